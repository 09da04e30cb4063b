"""`finden --warum`: everything about one offer for this firm, whether it is a hit, excluded or over."""

import pytest
from cli.console import FIND, call
from factories import the_weights

from digiwegweiser.exits import Exit

RULES = {
    "date", "area", "trade", "employees", "finance", "company_age", "budget", "ordered", "needs", "nearness",
    "made_for", "cost", "sureness",
}  # fmt: skip


def page(*arguments: str) -> str:
    found = call(*FIND, *arguments)
    assert (found.code, found.err) == (Exit.DONE, "")
    return " ".join(found.out.split())


def test_a_place_and_the_id_at_that_place_are_the_same():
    first = call(*FIND, "--format", "json").json["results"][0]
    assert call(*FIND, "--warum", "1").out == call(*FIND, "--warum", first["id"]).out
    assert first["name"] in page("--warum", "1")


def test_a_hit_tells_its_place_its_points_and_its_sources():
    told = page("--warum", "1")
    # The chamber is made for the one need that was told: all points that a need can give.
    most = the_weights()["needs.max"]
    every = ("passt, Platz 1 von ", "von 100 Punkten", f"({most} von {most} Punkten)", "Quellen geprüft am", "https://")
    for words in every:
        assert words in told
    assert "derzeit nicht" not in told


def test_an_excluded_offer_says_calmly_why_not_and_what_else():
    told = page("--warum", "Digitalbonus Bayern")
    assert "derzeit nicht, weil: nur Bayern; Ihr Ort: 59555 Lippstadt" in told
    assert "Möglich: daran kann ein Betrieb selbst nichts ändern" in told
    assert "Stattdessen" in told


def test_several_reasons_have_a_line_each():
    lines = call(*FIND, "--warum", "by-digitalbonus", "--budget", "3000").out.splitlines()
    at = lines.index("Ergebnis:  derzeit nicht, weil:")
    assert lines[at + 1].startswith("- nur Bayern")
    assert any(line.startswith("- Vorhaben ab 4.000 €") for line in lines[at:])


def test_what_the_firm_could_change_is_said():
    asked = ("--warum", "bw-digitalisierungsfinanzierung", "--ort", "76131", "--budget", "15000", "--bestellt", "nein")
    (change,) = call(*FIND, *asked, "--format", "json").json["change"]
    assert "25.000 €" in change
    assert f"Möglich: {change} " in page(*asked)
    assert "Möglich" not in page(*asked, "--budget", "25000")


def test_an_ended_offer_is_found_by_its_old_name():
    told = page("--warum", "Digital jetzt")
    assert "Ergebnis: beendet am 31.12.2023." in told
    assert "Beleg: Programm lief bis 31.12.2023" in told
    assert "Ersatz: am nächsten kommt ERP-Förderkredit Digitalisierung" in told
    assert "Danach" not in told


def test_what_is_over_gets_no_points_and_no_advice_to_change_oneself():
    assert "Punkten" in page("--warum", "Digitalbonus Bayern")
    told = page("--warum", "digital-jetzt")
    assert "Punkten" not in told
    assert "selbst nichts ändern" not in told
    assert "Stattdessen" in told


def test_a_folded_offer_says_under_which_place_it_stands():
    results = call(*FIND, "--format", "json").json["results"]
    rank, folded = next((r["rank"], r["folded"][0]["id"]) for r in results if r["folded"])
    assert f"im Wegweiser steht es unter Platz {rank}" in page("--warum", folded)


WRONG = {
    "a place with zeros before a large one": ("0000000019999", ["Diesen Platz gibt es im Wegweiser nicht"]),
    "a place that int() refuses": (f"000000001{'0' * 5000}", ["Diesen Platz gibt es im Wegweiser nicht"]),
    "no such place": ("999", ["--warum 999", "Diesen Platz gibt es im Wegweiser nicht, der letzte ist "]),
    "place nought": ("0", ["--warum 0"]),
    "several": ("INQA", ["nicht eindeutig", "--warum inqa-coaching"]),
    "near": ("Digitalbonus Mallorca", ["Am nächsten kommen", "by-digitalbonus", "--warum by-digitalbonus"]),
    "far": ("xyzabc", ["„xyzabc“ kenne ich nicht"]),
    "nothing": ("", ["Welches Angebot?"]),
}


@pytest.mark.parametrize(("asked", "told"), WRONG.values(), ids=WRONG)
def test_an_unknown_place_or_name_is_2_with_the_nearest(asked, told):
    found = call(*FIND, "--warum", asked)
    assert (found.code, found.out) == (Exit.WRONG_CALL, "")
    for words in told:
        assert words in found.err


@pytest.mark.parametrize("other", [("--alle",), ("--anzahl", "3")], ids=" ".join)
def test_options_of_the_whole_guide_contradict(other):
    found = call(*FIND, "--warum", "1", *other)
    assert (found.code, found.out) == (Exit.WRONG_CALL, "")
    assert "--warum" in found.err
    assert other[0] in found.err


@pytest.mark.parametrize("asked", ["1", "by-digitalbonus", "go-digital", "mdz-nachfolge-2027"])
def test_json_is_the_object_of_the_result_with_all_findings(asked):
    found = call(*FIND, "--warum", asked, "--format", "json").json
    result = call(*FIND, "--format", "json").json["results"][0]
    assert result.keys() - {"folded"} <= found.keys()
    assert {finding["rule"] for finding in found["findings"]} == RULES
    assert all(finding.keys() == result["findings"][0].keys() for finding in found["findings"])
    assert (found["rank"] is None) is (found["eligibility"] == "no")


def test_json_of_a_hit_says_what_the_guide_says():
    result = call(*FIND, "--format", "json").json["results"][1]
    found = call(*FIND, "--warum", "2", "--format", "json").json
    assert {key: found[key] for key in result if key != "folded"} == {k: v for k, v in result.items() if k != "folded"}


def test_json_of_an_excluded_offer_has_the_failing_findings_and_changes_of_the_guide():
    whole = call(*FIND, "--format", "json").json["excluded"]
    entry = next(e for e in whole if e["id"] == "by-digitalbonus")
    found = call(*FIND, "--warum", "by-digitalbonus", "--format", "json").json
    assert [f for f in found["findings"] if f["verdict"] == "not_met"] == entry["findings"]
    assert (found["score"], found["change"]) == (entry["score"], entry["change"])


def test_markdown_and_files_carry_it_too(tmp_path):
    path = tmp_path / "warum.md"
    found = call(*FIND, "--warum", "1", "--format", "markdown", "--ausgabe", str(path))
    assert (found.code, found.out) == (Exit.DONE, "")
    assert path.read_text(encoding="utf-8").startswith("# Handwerkskammer Dortmund (Kammer)")
