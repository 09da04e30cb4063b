"""What `katalog pruefen` says of what it found."""

import json

import pytest
from factories import TODAY

from digiwegweiser.catalog.entry_checks import ENTRY_CHECKS
from digiwegweiser.catalog.market_checks import MARKET_CHECKS
from digiwegweiser.core.fault import Fault, FaultCode, Severity
from digiwegweiser.render.inspection import SHOWN, inspection_json, inspection_text

DOUBTS = [check.code for check in (*ENTRY_CHECKS, *MARKET_CHECKS) if check.severity is Severity.WARNING]


def a_doubt(code: FaultCode = FaultCode.NO_PAYER, **details: object) -> Fault:
    return Fault(
        code, **{"file": "a.yaml", "line": 3, "entry": "x", "key": "k", **details, "severity": Severity.WARNING}
    )


@pytest.mark.parametrize("code", DOUBTS)
def test_every_kind_of_doubt_has_a_heading_with_its_count(code):
    text = inspection_text(2, [], [a_doubt(code), a_doubt(code, entry="y")], show_all=False)
    heading, repair, first, second, _, last = text.rstrip("\n").split("\n")
    assert heading.endswith(" (2)")
    assert repair.startswith("  ")
    assert (first, second) == ("  - a.yaml, Zeile 3, Eintrag x", "  - a.yaml, Zeile 3, Eintrag y")
    assert last == "2 Einträge geprüft: kein Fehler, 2 Hinweise."


def test_many_of_a_kind_are_cut_short_and_counted_unless_all_are_asked_for():
    doubts = [a_doubt(line=n) for n in range(1, SHOWN + 3)]
    few, every = (inspection_text(9, [], doubts, show_all) for show_all in (False, True))
    assert (few.count("  - "), every.count("  - ")) == (SHOWN, SHOWN + 2)
    assert "  … und 2 weitere\n" in few
    assert "--alle" in few
    assert "--alle" not in every
    assert "--alle" not in inspection_text(9, [], doubts[:SHOWN], show_all=False)


def test_errors_come_first_each_on_its_line():
    error = Fault(FaultCode.EMPTY, "a.yaml", 7, "x", "name")
    text = inspection_text(1, [error], [a_doubt()], show_all=False)
    assert text.startswith("a.yaml, Zeile 7, Eintrag x: „name“ ist leer.\n\nKostenfrei, ")
    assert text.endswith("\n1 Eintrag geprüft: 1 Fehler, 1 Hinweis.\n")


def test_which_other_entry_is_meant_is_said():
    doubt = a_doubt(FaultCode.LOOKS_THE_SAME, instead=("anderer",))
    assert "  - a.yaml, Zeile 3, Eintrag x: Das ist wohl dasselbe Angebot wie anderer.\n" in inspection_text(
        1, [], [doubt], show_all=False
    )


def test_json_counts_both_kinds():
    told = json.loads(inspection_json(1, TODAY, [a_doubt(), Fault(FaultCode.EMPTY, "a.yaml", value="x\x1b" * 9)]))
    assert (told["errors"], told["warnings"], told["as_of"]) == (1, 1, "2026-11-22")
    assert "\x1b" not in told["faults"][1]["value"]
