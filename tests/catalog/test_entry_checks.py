"""What `katalog pruefen` doubts in single entries: each check with the case next to it that is sound."""

from datetime import date
from typing import Any

import pytest
from cli.console import an_entry

from digiwegweiser.catalog.entry_checks import ENTRY_CHECKS, check_entry
from digiwegweiser.catalog.located import Located
from digiwegweiser.catalog.schema import read_entries
from digiwegweiser.catalog.yaml_reader import read_yaml
from digiwegweiser.core.fault import Fault, FaultCode, Severity

TODAY = date(2026, 11, 22)
#: Nothing is to be said of it.
SOUND = an_entry(cost={"kind": "free", "payer": "Bund"}, sources=[{"url": "https://example.org", "date": "2026"}])


def doubts(**changes: Any) -> list[Fault]:
    entry = {key: value for key, value in {**SOUND, **changes}.items() if value is not None}
    return list(check_entry(Located(entry, "probe.yaml", 1), TODAY))


def codes(**changes: Any) -> list[FaultCode]:
    return [fault.code for fault in doubts(**changes)]


def grant(form: str = "grant", **money: Any) -> dict[str, Any]:
    return {"funding": {"form": form, **money}}


GRANT_SAID = grant(apply_before_start=False)
CASES: dict[str, tuple[FaultCode, str, dict[str, Any], dict[str, Any]]] = {
    "active the day after": (
        FaultCode.PAST_LAST_DAY, "status", {"valid_until": "2026-11-21"}, {"valid_until": "2026-11-22"},
    ),
    "active long after": (
        FaultCode.PAST_LAST_DAY, "status",
        {"valid_until": "2020-01-01"}, {"valid_until": "2020-01-01", "status": "ended"},
    ),
    "ended, nobody knows when": (
        FaultCode.NO_END_EVIDENCE, "status_evidence",
        {"status": "ended", "status_evidence": "Seite weg", "sources": []},
        {"status": "ended", "status_evidence": "Seite weg", "sources": [], "valid_until": "2024-12-31"},
    ),
    "ended, the evidence has a year": (
        FaultCode.NO_END_EVIDENCE, "status_evidence",
        {"status": "ended", "status_evidence": "Seite 12024 weg", "sources": []},
        {"status": "ended", "status_evidence": "Seite seit 2024 weg", "sources": []},
    ),
    "ended, a source has a date": (
        FaultCode.NO_END_EVIDENCE, "status_evidence",
        {"status": "ended", "sources": []}, {"status": "ended"},
    ),
    "free, nobody pays": (
        FaultCode.NO_PAYER, "cost.payer", {"cost": {"kind": "free"}}, {"cost": {"kind": "paid"}},
    ),
    "a grant without a word on the order": (
        FaultCode.NO_ORDER_RULE, "funding.apply_before_start", grant(), GRANT_SAID,
    ),
    "one tier without a word on the order": (
        FaultCode.NO_ORDER_RULE, "funding.apply_before_start",
        grant(tiers=[{"apply_before_start": True}, {"max_eur": 1}]),
        grant(apply_before_start=True, tiers=[{"apply_before_start": False}, {"max_eur": 1}]),
    ),
    "a loan pays, advice does not": (
        FaultCode.NO_ORDER_RULE, "funding.apply_before_start", grant("loan"), grant("advice"),
    ),
    "a living grant, and an ended one": (
        FaultCode.NO_ORDER_RULE, "funding.apply_before_start",
        grant() | {"status": "paused"}, grant() | {"status": "ended"},
    ),
    "a source without a date": (
        FaultCode.UNDATED_SOURCE, "sources.date",
        {"sources": [{"url": "https://a.example", "date": "2026"}, {"url": "https://b.example"}]},
        {"sources": [{"url": "https://a.example", "date": "2026"}]},
    ),
    "a person's address": (
        FaultCode.PERSONAL_MAIL, "contact.email",
        {"contact": {"email": "erika.muster@example.org"}}, {"contact": {"email": "zac.lka@example.org"}},
    ),
    "a person's address with an initial": (
        FaultCode.PERSONAL_MAIL, "contact.email",
        {"contact": {"email": "e.muster@example.org"}}, {"contact": {"email": "emuster@example.org"}},
    ),
    "a person's address, and an office's by its last word": (
        FaultCode.PERSONAL_MAIL, "contact.email",
        {"contact": {"email": "erika.muster@lka.example.org"}}, {"contact": {"email": "cybercrime.lka@example.org"}},
    ),
    "a person's address in prose": (
        FaultCode.PERSONAL_MAIL, "conditions",
        {"conditions": ["Mail an Max_Muster@example.org"]}, {"conditions": ["Mail an info@max.muster.example.org"]},
    ),
    "a mobile number": (
        FaultCode.MOBILE_NUMBER, "contact.phone",
        {"contact": {"phone": "0151 2345678"}}, {"contact": {"phone": "030 15012345"}},
    ),
    "a mobile number with country and brackets": (
        FaultCode.MOBILE_NUMBER, "note", {"note": "Rückfragen: +49 (0)160/2345678"}, {"note": "+49 231 5493-0"},
    ),
    "a mobile number, not in an address": (
        FaultCode.MOBILE_NUMBER, "note",
        {"note": "0171-2345678"}, {"sources": [{"url": "https://example.org/0171-2345678", "date": "2026"}]},
    ),
    "a Land without its name": (
        FaultCode.NO_AREA, "area.level",
        {"area": {"level": "land"}}, {"area": {"level": "land", "laender": ["DE-NW"]}},
    ),
    "an area of Gemeinden only": (
        FaultCode.NO_AREA, "area.level",
        {"area": {"level": "ort", "laender": []}}, {"area": {"level": "ort", "gemeinden": ["05974028"]}},
    ),
    "a Kreis of another Land": (
        FaultCode.OUTSIDE_ITS_LAENDER, "area.kreise",
        {"area": {"level": "kreis", "laender": ["DE-NW"], "kreise": ["05974", "06411"]}},
        {"area": {"level": "kreis", "laender": ["DE-NW", "DE-HE"], "kreise": ["05974", "06411"]}},
    ),
    "a tier's Kreis of another Land": (
        FaultCode.OUTSIDE_ITS_LAENDER, "funding.tiers.for.kreise",
        grant(apply_before_start=True, tiers=[{"for": {"laender": ["DE-NW"], "kreise": ["06411"]}}]),
        grant(apply_before_start=True, tiers=[{"for": {"kreise": ["06411"]}}]),
    ),
}  # fmt: skip


def test_a_sound_entry_gives_no_reason_for_doubt() -> None:
    """Neither does one of which hardly anything is known."""
    assert doubts() == []
    assert list(check_entry(Located({}, "probe.yaml", 1), TODAY)) == []


@pytest.mark.parametrize(("code", "key", "bad", "good"), CASES.values(), ids=CASES)
def test_what_is_doubtful_is_told_with_its_key_and_what_is_not_is_not(
    code: FaultCode, key: str, bad: dict[str, Any], good: dict[str, Any]
) -> None:
    (fault,) = doubts(**bad)
    assert (fault.code, fault.key) == (code, key)
    assert codes(**good) == []


def test_every_check_has_a_case() -> None:
    """Nobody adds one that never found anything."""
    assert {code for code, *_ in CASES.values()} == {check.code for check in ENTRY_CHECKS}


def test_only_what_is_certainly_wrong_is_an_error() -> None:
    """The others may have a reason that only a person can judge."""
    assert {check.code for check in ENTRY_CHECKS if check.severity is Severity.ERROR} == {
        FaultCode.MOBILE_NUMBER, FaultCode.NO_AREA, FaultCode.OUTSIDE_ITS_LAENDER,
    }  # fmt: skip


SOURCE = """\
- id: a
  funding:
    form: grant
    tiers:
      - max_eur: 1
      - note: Rückfragen unter 0171 2345678
  sources:
    - url: https://a.example
      date: "2026"
    - url: https://b.example
"""


def test_a_doubt_stands_on_the_line_of_its_value() -> None:
    """Deep in a list, too; where the key is missing, on the line of what lacks it."""
    (entry,), (node,), _ = read_entries(read_yaml(SOURCE.encode(), "probe.yaml"), "probe.yaml")
    found = {f.code: f.line for f in check_entry(Located(entry, "probe.yaml", 1, node), TODAY)}
    assert found == {FaultCode.NO_ORDER_RULE: 2, FaultCode.MOBILE_NUMBER: 6, FaultCode.UNDATED_SOURCE: 10}
