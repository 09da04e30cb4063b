"""`katalog links`: what it tells of a real server on this machine, and how it ends."""

from shutil import copytree

import pytest
from catalog.web import closed_port, web
from cli.console import an_entry, call, english_in, own_catalogue

from digiwegweiser.catalog import links, store

LINKS = ("katalog", "links")


@pytest.fixture
def server():
    with web() as running:
        yield running


@pytest.fixture(autouse=True)
def _on_this_machine(small_data, small_folder, tmp_path, monkeypatch):
    """Quick manners; the sources of the two shipped entries are known to block, so that nobody else is asked."""
    folder = copytree(small_folder, tmp_path / "data")
    (folder / "blocking_hosts.csv").write_text("host,reason,observed_on\nexample.org,nur ein Beispiel,2026-11-22\n")
    monkeypatch.setattr(store, "data_folder", lambda: folder)
    quick = links.Manners(pause=0.0, timeout=10.0, retries=0, backoff=0.01, may_go_inside=True)
    monkeypatch.setattr(links, "Manners", lambda: quick)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def own(tmp_path, *urls, **changes):
    """A file of the user's own that names addresses as sources."""
    entry = an_entry(sources=[{"url": url} for url in urls], **changes)
    return ("--katalog", own_catalogue(tmp_path / "eigene.yaml", entry))


def test_what_is_gone_is_told_with_its_use_and_ends_with_one(server, tmp_path):
    found = call(*LINKS, *own(tmp_path, server.url("/missing"), server.url("/page")))
    assert found.code == 1
    assert "Nicht mehr da (1)" in found.out
    assert "eigener-eintrag (sources)" in " ".join(found.out.split())
    assert server.url("/page") not in found.out


def test_where_nothing_is_gone_the_end_is_good(server, tmp_path):
    found = call(*LINKS, *own(tmp_path, server.url("/page"), server.url("/moved"), server.url("/forbidden")))
    assert found.code == 0
    assert "4 Adressen geprüft, 1 in Ordnung." in found.out
    assert f"Neu: {server.url('/page')}" in " ".join(found.out.split())
    assert "als gesperrt bekannt: nur ein Beispiel" in " ".join(found.out.split())
    assert english_in(found.out.replace(server.url(""), "")) == []


def test_json_has_every_address_with_grade_and_uses(server, tmp_path):
    view = call(*LINKS, *own(tmp_path, server.url("/moved")), "--format", "json").json
    (link,) = [link for link in view["links"] if link["grade"] == "moved"]
    assert link["new_url"] == server.url("/page")
    assert link["used_in"] == [{"id": "eigener-eintrag", "key": "sources"}]
    assert link["redirects"] == [{"status": 301, "to": server.url("/page")}]
    assert {link["grade"] for link in view["links"]} == {"moved", "blocked"}


def test_where_a_way_ends_badly_its_end_is_told(server, tmp_path):
    shown = call(*LINKS, *own(tmp_path, server.url("/to-nothing"), server.url("/for-now"))).out
    assert f"Führt zu: {server.url('/missing')}" in " ".join(shown.split())
    assert shown.count("Führt zu") == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_that_a_server_sends_steers_the_terminal(server, tmp_path, form):
    out = call(*LINKS, *own(tmp_path, server.url("/hostile")), "--format", form).out
    assert "rot" in out
    assert not any(c in out for c in "\x1b\x07\u202e")


def test_progress_is_told_on_a_terminal_and_the_result_stays_clean(server, tmp_path):
    found = call(*LINKS, *own(tmp_path, server.url("/page")))
    assert found.err.endswith("\r2 von 2 Adressen\n")
    assert "von 2" not in found.out


def test_without_a_line_the_run_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(links, "SILENT_BEFORE_GIVING_UP", 1)
    with closed_port() as port:
        found = call(*LINKS, *own(tmp_path, f"http://127.0.0.1:{port}/"))
    assert found.code == 3
    assert "\nKeine einzige Adresse hat geantwortet. Wahrscheinlich ist dieser Rechner nicht am Netz" in found.err
    assert found.out == ""


def test_a_state_is_never_changed(server, tmp_path):
    arguments = own(tmp_path, server.url("/missing"))
    before = (tmp_path / "eigene.yaml").read_bytes()
    call(*LINKS, *arguments)
    assert (tmp_path / "eigene.yaml").read_bytes() == before
