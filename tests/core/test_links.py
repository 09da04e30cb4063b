"""From what a visit met to its grade; each with its opposite."""

import pytest
from factories import an_offer

from digiwegweiser.core.links import Cause, Grade, Hop, Use, Visit, addresses, judge, site_of
from digiwegweiser.core.offer import Contact, Source

URL = "https://www.example.de/foerderung/digital"


def rated(*hops, status=200, title=None, trouble=None, url=URL):
    """The rating of a visit by redirects given as (status, address)."""
    return judge(Visit(url, tuple(Hop(*hop) for hop in hops), status, trouble, title))


@pytest.mark.parametrize(
    ("status", "grade"),
    [
        (200, Grade.OK),
        (204, Grade.OK),
        (304, Grade.ERROR),
        (400, Grade.ERROR),
        (401, Grade.BLOCKED),
        (403, Grade.BLOCKED),
        (404, Grade.GONE),
        (405, Grade.ERROR),
        (410, Grade.GONE),
        (429, Grade.BLOCKED),
        (500, Grade.ERROR),
        (503, Grade.ERROR),
        (999, Grade.ERROR),
    ],
)
def test_the_status_at_the_end_decides(status, grade):
    assert rated(status=status).grade is grade


@pytest.mark.parametrize(
    "trouble", [cause for cause in Cause if cause.value in ("timeout", "tls", "unreachable", "loop")]
)
def test_no_answer_is_an_error_and_never_gone(trouble):
    assert rated(status=None, trouble=trouble).grade is Grade.ERROR


@pytest.mark.parametrize(
    ("end", "grade"),
    [
        ("https://www.example.de/neu/digital", Grade.MOVED),
        ("https://example.de/foerderung/digital", Grade.MOVED),
        ("https://foerderung.example.de/digital", Grade.MOVED),
        ("https://www.example.com/foerderung/digital", Grade.CHANGED),
        ("https://www.example.de/", Grade.CHANGED),
        ("https://www.example.de/de/", Grade.CHANGED),
        ("https://www.example.de/?id=7", Grade.MOVED),
    ],
)
def test_where_a_lasting_redirect_ends(end, grade):
    found = rated((301, end))
    assert (found.grade, found.address) == (grade, end)


def test_a_home_page_that_moves_to_another_home_page_has_moved():
    assert rated((301, "https://example.de/de"), url="http://www.example.de/").grade is Grade.MOVED


def test_a_redirect_for_now_is_no_move_and_its_address_is_not_told():
    assert rated((302, "https://www.example.de/a")) == (Grade.OK, Cause.REDIRECTED, None)


def test_the_new_address_is_where_the_lasting_redirects_end():
    hops = [(308, "https://example.de/a"), (301, "https://example.de/b"), (302, "https://example.de/c")]
    assert rated(*hops).address == "https://example.de/b"


@pytest.mark.parametrize(
    ("title", "grade"),
    [
        ("Seite nicht gefunden", Grade.CHANGED),
        ("404 – Fehler", Grade.CHANGED),
        ("Page not found", Grade.CHANGED),
        ("Die Domain foo.de steht zum Verkauf: domain zu verkaufen", Grade.CHANGED),
        ("Förderung 2404 Euro", Grade.OK),
        ("Gefunden: Beratung", Grade.OK),
        ("Bitte lösen Sie das Captcha", Grade.BLOCKED),
        ("Access denied", Grade.BLOCKED),
        (None, Grade.OK),
    ],
)
def test_a_title_may_give_a_page_away(title, grade):
    assert rated(title=title).grade is grade


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.example.de/x", "example.de"),
        ("https://a.b.example.de", "example.de"),
        ("http://127.0.0.1:8000/x", "127.0.0.1"),
        ("http://[::1]:8000/x", "::1"),
        ("http://localhost/x", "localhost"),
    ],
)
def test_a_site_is_named_by_the_last_two_parts(url, site):
    assert site_of(url) == site


def test_each_address_is_visited_once_with_all_its_uses():
    one = an_offer(
        id="b", contact=Contact(url="https://a.de/"), sources=(Source("https://a.de/"), Source("https://b.de/"))
    )
    two = an_offer(id="a", contact=Contact(application_url="https://b.de/"), sources=())
    assert addresses([one, two]) == {
        "https://b.de/": (Use("a", "contact.application_url"), Use("b", "sources")),
        "https://a.de/": (Use("b", "contact.url"), Use("b", "sources")),
    }
