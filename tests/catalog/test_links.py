"""Visits to a real server on this machine: every behaviour that a link may meet, and the manners kept."""

import asyncio
import socket

import pytest
from catalog.web import closed_port, web

from digiwegweiser.catalog import links
from digiwegweiser.catalog.links import LONGEST_TITLE, Manners, Offline, visit_all
from digiwegweiser.core.links import Cause, Grade, judge

#: No pauses; a machine under load gets its time to answer.
QUICK = Manners(pause=0.0, timeout=10.0, backoff=0.01, longest_wait=1.0, may_go_inside=True)


@pytest.fixture(scope="module")
def server():
    with web() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def visit(url, manners=QUICK, blockers=None):
    """One visit."""
    (found,) = visit_all([url], blockers or {}, manners=manners)
    return found


def graded(url, **how):
    """Grade and cause of one visit."""
    rating = judge(visit(url, **how))
    return rating.grade, rating.cause


@pytest.mark.parametrize(
    ("path", "grade", "cause"),
    [
        ("/page", Grade.OK, Cause.REACHED),
        ("/document", Grade.OK, Cause.REACHED),
        ("/no-head", Grade.OK, Cause.REACHED),
        ("/odd-charset", Grade.OK, Cause.REACHED),
        ("/undefined-charset", Grade.OK, Cause.REACHED),
        ("/packed", Grade.OK, Cause.REACHED),
        ("/for-now", Grade.OK, Cause.REDIRECTED),
        ("/moved", Grade.MOVED, Cause.PERMANENT),
        ("/to-home", Grade.CHANGED, Cause.HOME_PAGE),
        ("/to-other", Grade.CHANGED, Cause.OTHER_SITE),
        ("/says-missing", Grade.CHANGED, Cause.SAYS_MISSING),
        ("/missing", Grade.GONE, Cause.NOT_FOUND),
        ("/gone", Grade.GONE, Cause.NOT_FOUND),
        ("/to-nothing", Grade.GONE, Cause.NOT_FOUND),
        ("/forbidden", Grade.BLOCKED, Cause.FORBIDDEN),
        ("/login", Grade.BLOCKED, Cause.FORBIDDEN),
        ("/captcha", Grade.BLOCKED, Cause.CHALLENGE),
        ("/always-busy", Grade.BLOCKED, Cause.TOO_MANY),
        ("/busy", Grade.OK, Cause.REACHED),
        ("/broken", Grade.ERROR, Cause.SERVER_ERROR),
        ("/flaky", Grade.OK, Cause.REACHED),
        ("/nowhere", Grade.ERROR, Cause.REFUSED),
        ("/loop", Grade.ERROR, Cause.LOOP),
        ("/endless", Grade.ERROR, Cause.LOOP),
        ("/hangs-up", Grade.ERROR, Cause.UNREACHABLE),
        ("/to-file", Grade.ERROR, Cause.BAD_ADDRESS),
        ("/to-rubbish", Grade.ERROR, Cause.BAD_ADDRESS),
    ],
)
def test_each_behaviour_has_its_grade(server, path, grade, cause):
    assert graded(server.url(path)) == (grade, cause)


@pytest.mark.parametrize("path", ["/slow", "/dripping"])
def test_a_server_that_never_comes_to_an_end_is_given_up(server, path):
    assert graded(server.url(path), manners=QUICK._replace(timeout=0.1, retries=0)) == (Grade.ERROR, Cause.TIMEOUT)


def test_what_moved_for_good_has_its_new_address_and_what_moved_for_now_does_not(server):
    assert judge(visit(server.url("/moved-twice"))).address == server.url("/page")
    assert judge(visit(server.url("/moved-then-for-now"))).address == server.url("/for-now")
    assert judge(visit(server.url("/for-now"))).address is None


def test_the_title_is_read_of_pages_only(server):
    assert visit(server.url("/page")).title == "Beratung & Hilfe"
    assert visit(server.url("/document")).title is None
    assert visit(server.url("/packed")).title is None


def test_a_document_is_not_fetched_and_a_refused_head_is_asked_again_by_get(server):
    visit(server.url("/document?1"))
    visit(server.url("/no-head?1"))
    assert server.asked("/document?1") == ["HEAD"]
    assert server.asked("/no-head?1") == ["HEAD", "GET"]


def test_of_a_huge_page_only_the_beginning_is_read(server):
    server.written = 0
    assert graded(server.url("/huge")) == (Grade.OK, Cause.REACHED)
    assert server.written < 50_000_000


def test_a_title_is_cut(server):
    assert len(visit(server.url("/hostile")).title) == LONGEST_TITLE


@pytest.mark.parametrize(("path", "tries"), [("/busy?2", 2), ("/flaky?2", 2), ("/broken?2", 3), ("/missing?2", 1)])
def test_what_may_pass_is_tried_again_and_what_will_not_is_not(server, path, tries):
    visit(server.url(path))
    assert server.asked(path) == ["HEAD", *["GET"] * tries]


@pytest.mark.parametrize("path", ["/busy-for-long", "/busy-until"])
def test_a_server_that_asks_for_a_long_pause_is_left_alone(server, path):
    assert graded(server.url(path)) == (Grade.BLOCKED, Cause.TOO_MANY)
    assert server.asked(path) == ["HEAD"]


def test_one_host_gets_one_request_at_a_time_and_two_hosts_two():
    paths = [f"/nap/{n}" for n in range(3)]
    with web() as server:
        visit_all([server.url(path) for path in paths], {}, manners=QUICK)
        assert server.most_under_way == 1
        visit_all([server.url("/meet", host) for host in ("127.0.0.1", "localhost")], {}, manners=QUICK)
        assert server.most_under_way == 2


def test_over_all_hosts_no_more_than_allowed_are_under_way():
    with web() as server:
        urls = [server.url(f"/nap/{n}", host) for n in range(3) for host in ("127.0.0.1", "localhost")]
        visit_all(urls, {}, manners=QUICK._replace(at_once=1))
        assert server.most_under_way == 1


def test_a_host_has_its_pause(server, monkeypatch):
    pauses = []
    sleep = asyncio.sleep

    async def noted(seconds):
        pauses.append(seconds)
        await sleep(0)

    monkeypatch.setattr(links.asyncio, "sleep", noted)
    visit_all([server.url("/document?3"), server.url("/document?4")], {}, manners=QUICK._replace(pause=7.0))
    # One for robots.txt.
    assert [seconds for seconds in pauses if seconds] == [7.0] * 3


def test_robots_txt_is_obeyed_for_us_and_others_are_not_meant():
    rules = "User-agent: digiwegweiser\nDisallow: /page\n\nUser-agent: other\nDisallow: /\n"
    with web(rules) as server:
        assert graded(server.url("/page")) == (Grade.BLOCKED, Cause.ROBOTS)
        assert server.asked("/page") == []
        assert graded(server.url("/document")) == (Grade.OK, Cause.REACHED)


@pytest.mark.parametrize("odd", ["Disallow: //[", "Crawl-delay: ²", "Request-rate: ²/²", "\x00\xff"])
def test_an_odd_line_in_robots_txt_leaves_the_others_in_force(odd):
    with web(f"User-agent: *\n{odd}\nDisallow: /page\n") as server:
        assert graded(server.url("/page")) == (Grade.BLOCKED, Cause.ROBOTS)
        assert graded(server.url("/document")) == (Grade.OK, Cause.REACHED)


@pytest.mark.parametrize("path", ["/busy-for-ages", "/busy-for-ages?zone"])
def test_a_pause_until_no_day_there_is_counts_as_none_asked_for(server, path):
    assert graded(server.url(path)) == (Grade.BLOCKED, Cause.TOO_MANY)
    assert server.asked(path) == ["HEAD", "GET", "GET", "GET"]


def test_what_a_library_stumbles_over_costs_one_visit(server, monkeypatch):
    send = links._Visitor._send

    async def stumble(self, method, url):
        if url.path == "/page":
            raise RuntimeError
        return await send(self, method, url)

    monkeypatch.setattr(links._Visitor, "_send", stumble)
    odd, sound = visit_all([server.url("/page"), server.url("/document")], {}, manners=QUICK)
    assert judge(odd)[:2] == (Grade.ERROR, Cause.UNREACHABLE)
    assert judge(sound)[:2] == (Grade.OK, Cause.REACHED)


def test_robots_txt_is_read_once_for_all_pages_of_a_site():
    with web("User-agent: *\nDisallow:\n") as server:
        visit_all([server.url(f"/page?{n}") for n in range(5)], {}, manners=QUICK)
        assert server.asked("/robots.txt") == ["GET"]


def test_a_known_blocker_is_not_asked(server):
    assert graded(server.url("/page?5"), blockers={"127.0.0.1": "Grund"}) == (Grade.BLOCKED, Cause.KNOWN_BLOCKER)
    assert server.asked("/page?5") == []


def test_the_visitor_says_who_it_is():
    assert "digiwegweiser" in links._HEADERS["User-Agent"]


def test_all_addresses_come_back_in_order_and_are_told_as_they_are_done(server):
    urls = [server.url("/last"), server.url("/page?6", "localhost"), "http://["]
    told = []

    def note(visit):
        told.append(visit)
        if len(told) == len(urls) - 1:
            server.word.set()

    found = visit_all(urls, {}, note, QUICK)
    assert [done.url for done in found] == urls
    assert sorted(done.url for done in told) == sorted(urls)
    assert told[-1].url == urls[0]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "[::1]", "[fe80::1]", "[::ffff:10.0.0.1]"],
)
def test_no_address_inside_a_network_is_visited(server, host):
    url = f"http://{host}:{server.server_port}/page?inside"
    assert graded(url, manners=QUICK._replace(may_go_inside=False)) == (Grade.ERROR, Cause.NOT_PUBLIC)
    assert server.asked("/page?inside") == []


def test_a_public_address_is_suitable():
    assert asyncio.run(links._unsuitable_host("8.8.8.8")) is None


def test_a_redirect_does_not_lead_inside_either(server, monkeypatch):
    async def only_localhost(host):
        return None if host == "localhost" else Cause.NOT_PUBLIC

    monkeypatch.setattr(links, "_unsuitable_host", only_localhost)
    manners = QUICK._replace(may_go_inside=False)
    assert graded(server.url("/page", "localhost"), manners=manners) == (Grade.OK, Cause.REACHED)
    assert graded(server.url("/to-inside", "localhost"), manners=manners) == (Grade.ERROR, Cause.NOT_PUBLIC)


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/x", "file:///etc/passwd", "http://", "http://[", "http://a..b/", "http://me:word@127.0.0.1/"],
)
def test_what_is_no_web_address_is_not_visited(url):
    assert graded(url, manners=QUICK._replace(may_go_inside=False))[1] is Cause.BAD_ADDRESS


@pytest.mark.parametrize(
    ("code", "grade", "cause"),
    [
        (socket.EAI_NONAME, Grade.GONE, Cause.NO_SUCH_HOST),
        (socket.EAI_AGAIN, Grade.ERROR, Cause.UNREACHABLE),
    ],
)
def test_a_name_that_does_not_exist_is_gone_and_a_silent_name_server_is_no_proof(monkeypatch, code, grade, cause):
    def refuse(*_, **__):
        raise socket.gaierror(code, "x")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert graded("http://example.org/", manners=QUICK._replace(may_go_inside=False)) == (grade, cause)


def test_a_server_that_speaks_no_tls_is_told_from_one_that_is_not_there(server):
    with closed_port() as port:
        closed = f"https://127.0.0.1:{port}/"
        assert graded(closed, manners=QUICK._replace(retries=0)) == (Grade.ERROR, Cause.UNREACHABLE)
    secure = server.url("/page").replace("http:", "https:")
    assert graded(secure, manners=QUICK._replace(retries=0)) == (Grade.ERROR, Cause.TLS)


def test_where_nothing_at_all_answers_the_line_is_at_fault(server, monkeypatch):
    monkeypatch.setattr(links, "SILENT_BEFORE_GIVING_UP", 3)
    manners = QUICK._replace(retries=0)
    with closed_port() as port:
        urls = [f"http://127.0.0.1:{port}/{n}" for n in range(3)]
        with pytest.raises(Offline):
            visit_all(urls, {}, manners=manners)
        assert len(visit_all(urls[1:], {}, manners=manners)) == 2
        # One host is asked in turn, so that what answers is heard first.
        assert len(visit_all([server.url("/document"), *urls], {}, manners=manners)) == 4


@pytest.mark.parametrize("port", [0, 65_536, 99_999])
def test_a_port_that_there_cannot_be_ends_one_visit_and_not_the_run(server, port):
    odd, sound = visit_all([f"http://127.0.0.1:{port}/", server.url("/document")], {}, manners=QUICK)
    assert judge(odd)[:2] == (Grade.ERROR, Cause.BAD_ADDRESS)
    assert judge(sound)[:2] == (Grade.OK, Cause.REACHED)


def test_a_foreign_server_cannot_end_the_run_by_where_it_leads(server):
    assert graded(server.url("/to-odd-port")) == (Grade.ERROR, Cause.BAD_ADDRESS)


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "gopher://127.0.0.1:1"])
def test_a_proxy_of_an_unknown_kind_is_no_line(server, monkeypatch, proxy):
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(Offline):
        visit(server.url("/page"))
