"""A need that is not understood, in `finden` and `stapel`: left out beside another one, an error alone."""

from pathlib import Path

import pytest
from cli.console import TODAY, call, english_in

from digiwegweiser.exits import Exit

FIRM = ("finden", "--ort", "59555", "--gewerk", "Tischlerei", "--stichtag", TODAY)
ATTACK = 'Ist gerade ein Angriff im Gange? --bedarf "wir wurden gehackt"'


def test_beside_a_need_that_was_read_it_is_named_and_left_out() -> None:
    found = call(*FIRM, "--bedarf", "Schnurgelbums", "--bedarf", "Onlineshop")
    assert found.code == Exit.DONE
    assert "Hinweis: Bedarf: In „Schnurgelbums“ finde ich keinen Bedarf" in found.err
    assert ATTACK not in found.err
    assert "Onlineshop" in found.out


@pytest.mark.parametrize("needs", [("Schnurgelbums",), ("Schnurgelbums", "Dingsbums")])
def test_alone_it_is_an_error_that_lists_the_known_needs_once_and_asks_about_an_attack(needs: tuple[str, ...]) -> None:
    found = call(*FIRM, *(word for need in needs for word in ("--bedarf", need)))
    assert found.code == Exit.WRONG_CALL
    assert found.out == ""
    assert all(f"„{need}“" in found.err for need in needs)
    assert found.err.count("Bekannt sind:") == 1
    assert found.err.count(ATTACK) == 1
    assert english_in(found.err.replace("_", " ").split("Bekannt sind:")[0]) == []


def test_an_error_elsewhere_does_not_ask_about_an_attack() -> None:
    found = call("finden", "--ort", "Xyzabc", "--bedarf", "Onlineshop", "--stichtag", TODAY)
    assert found.code == Exit.WRONG_CALL
    assert ATTACK not in found.err


def test_words_of_two_answers_to_one_need_are_both_shown() -> None:
    both = ("--bedarf", "Onlineshop", "--bedarf", "Waren im Internet verkaufen")
    assert "(aus „Onlineshop“, „" in " ".join(call(*FIRM, *both).out.split())
    assert call(*FIRM, *both, "--format", "json").json["firm"]["needs"][0]["from"].startswith("Onlineshop | ")
    assert "aus „Onlineshop“)" in " ".join(call(*FIRM, *both[:2]).out.split())


def test_in_a_register_the_row_is_good_with_a_remark_and_alone_faulty_with_a_suggestion(tmp_path: Path) -> None:
    source, target = tmp_path / "betriebe.csv", tmp_path / "wegweiser.csv"
    rows = [
        "PLZ;Gewerk;Bedarf 1;Bedarf 2",
        "59555;Tischler;Schnurgelbums;Onlineshop",
        "59555;Tischler;Kybersicherheit;",
    ]
    source.write_text("\n".join(rows), encoding="utf-8")
    spalten = "bedarf=Bedarf 1,bedarf=Bedarf 2"
    found = call("stapel", str(source), "-o", str(target), "--spalten", spalten, "--stichtag", TODAY)
    assert found.code == Exit.PARTLY
    good = target.read_text(encoding="utf-8")
    assert "Schnurgelbums“ finde ich keinen Bedarf" in good
    assert "Kybersicherheit" not in good
    faults = (tmp_path / "wegweiser.fehler.csv").read_text(encoding="utf-8")
    assert "„IT-Sicherheit“" in faults
    assert "Schnurgelbums" not in faults


def test_a_need_that_was_chosen_is_not_said_to_be_read_from_its_code() -> None:
    told = " ".join(call(*FIRM, "--bedarf", "e_invoicing", "--bedarf", "Onlineshop").out.split())
    assert "e_invoicing" not in told
    assert "(aus „Onlineshop“)" in told
    both = " ".join(call(*FIRM, "--bedarf", "e_invoicing", "--bedarf", "eine E-Rechnung schreiben").out.split())
    assert "Bedarf: E-Rechnung (aus „E-Rechnung" in both
