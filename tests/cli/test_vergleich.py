"""`katalog vergleich`: what is told of two files."""

import json

import pytest
from cli.console import TODAY, an_entry, call, english_in

COMPARE = ("katalog", "vergleich", "--stichtag", TODAY)

pytestmark = pytest.mark.usefixtures("small_data")


@pytest.fixture
def files(tmp_path):
    """One entry goes, one comes, one ends, one has another limit and another cost."""
    kept = {"audience": {"sectors": ["any"], "max_employees": 249}, "note": "Das steht hier seit langem so."}
    old = [
        an_entry(id="geht", name="Geht"),
        an_entry(id="endet", name="Endet"),
        an_entry(id="anders", name="Anders", **kept),
    ]
    kept = {"audience": {"sectors": ["any"], "max_employees": 3}, "note": "Das steht hier seit gestern so."}
    new = [
        an_entry(id="kommt", name="Kommt"),
        an_entry(id="endet", name="Endet", status="ended", valid_until="2026-10-31"),
        an_entry(id="anders", name="Anders", cost={"kind": "paid"}, **kept),
    ]
    paths = tmp_path / "alt.yaml", tmp_path / "neu.yaml"
    for path, entries in zip(paths, (old, new), strict=True):
        path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    return tuple(map(str, paths))


def one_line(text):
    return " ".join(text.split())


def test_the_page_tells_what_came_went_ended_and_changed(files):
    found = call(*COMPARE, *files)
    text = one_line(found.out)
    assert (found.code, found.err) == (0, "")
    assert "Neu (1) ------- - Kommt (kommt)" in text
    assert "Beendet (1) ----------- - Endet (endet)" in text
    assert "Nicht mehr im Katalog (1)" in text
    assert "audience.max_employees: 249 → 3" in text
    assert "cost.kind: „free“ → „paid“" in text
    assert "note: „… seit langem so.“ → „… seit gestern so.“" in text


def test_the_page_tells_whom_it_concerns_and_by_which_rule(files):
    text = one_line(call(*COMPARE, *files).out)
    assert "Wirkung auf 500 ausgedachte Betriebe" in text
    assert "nur bis 249 Beschäftigte" in text or "bis 249 Beschäftigte" in text
    assert "beendet am 31.10.2026" in text
    assert "Beispiele" in text


def test_the_same_file_twice_is_no_difference(files):
    text = call(*COMPARE, files[0], files[0]).out
    assert "Kein Unterschied." in text
    assert "Bei keinem ändern sich die ersten 5 Angebote." in text


def test_json_has_every_edit_and_every_move_with_its_causes(files):
    view = call(*COMPARE, *files, "--format", "json").json
    assert {entry["id"]: entry["fate"] for entry in view["entries"]} == {
        "anders": "changed", "endet": "ended", "geht": "removed", "kommt": "new",
    }  # fmt: skip
    assert {"key": "cost.kind", "old": "free", "new": "paid"} in view["entries"][0]["edits"]
    firms = view["firms"]
    assert firms["tried"] == 500
    assert 0 < firms["changed"] == len(firms["moves"])
    assert all(move["before"] != move["after"] and move["causes"] for move in firms["moves"])
    assert {rule for move in firms["moves"] for cause in move["causes"] for rule in cause["rules"]} >= {"date", "cost"}


def test_the_same_call_gives_the_same_answer(files):
    assert call(*COMPARE, *files, "--format", "json") == call(*COMPARE, *files, "--format", "json")


def test_markdown_is_the_section_of_the_list_of_changes(files):
    out = call(*COMPARE, *files, "--format", "markdown").out
    lines = out.splitlines()
    assert lines[0] == "### Katalog"
    assert all(line.startswith("- ") for line in lines[1:] if line)
    assert "- Neu: Kommt." in lines
    assert "- Beendet: Endet." in lines
    assert "- Geändert: Anders (Zielgruppe, Kosten, Angaben)." in lines
    assert english_in(out) == []


def test_without_the_second_the_tools_own_catalogue_is_meant(files):
    view = call(*COMPARE, files[0], "--format", "json").json
    assert {entry["id"] for entry in view["entries"] if entry["fate"] == "new"} == {"mitgeliefert", "auch-mitgeliefert"}


def test_what_is_no_version_is_a_wrong_call_with_a_way_out(files):
    found = call(*COMPARE, "gibt-es-nicht.yaml", files[0])
    assert found.code == 2
    assert "gibt-es-nicht.yaml" in found.err
    assert "HEAD~1" in found.err
    assert found.out == ""


def test_without_any_version_the_call_says_what_it_needs():
    found = call("katalog", "vergleich")
    assert found.code == 2
    assert "katalog vergleich HEAD" in found.err


def test_a_faulty_file_is_told_with_all_its_faults(files, tmp_path):
    path = tmp_path / "kaputt.yaml"
    path.write_text(json.dumps([an_entry(kind="zirkus", status="morgen")]), encoding="utf-8")
    found = call(*COMPARE, str(path), files[0])
    assert found.code == 3
    assert "zirkus" in found.err
    assert "morgen" in found.err


def test_keys_and_words_of_former_days_are_left_out_and_named(files, tmp_path):
    path = tmp_path / "frueher.yaml"
    path.write_text(json.dumps([an_entry(farbe="rot", network="alter-verbund")]), encoding="utf-8")
    found = call(*COMPARE, str(path), files[0])
    assert found.code == 0
    assert "2 Angaben (farbe, network: alter-verbund)." in found.err
