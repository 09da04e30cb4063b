"""Answers that contradict each other: each with its twin just on the other side of the line."""

from typing import Any

import pytest

from digiwegweiser.core.firm import Firm, StatedNeed
from digiwegweiser.intake.conflicts import CHECKS, IMPOSSIBLE, ConflictKind, conflicts, needs_at_odds

THIS_YEAR = 2026


def kinds(**firm: Any) -> list[str]:
    return [conflict.kind for conflict in conflicts(Firm(**firm), THIS_YEAR)]


@pytest.mark.parametrize(
    ("kind", "odd", "fine"),
    [
        ("founded_later", {"founded": 2027}, {"founded": 2026}),
        ("founded_early", {"founded": 1199}, {"founded": 1200}),
        ("turnover_high", {"employees": 0, "turnover_eur": 20_000_001}, {"employees": 0, "turnover_eur": 20_000_000}),
        (
            "turnover_high",
            {"employees": 0, "turnover_eur": 900_000_000},
            {"employees": 900, "turnover_eur": 900_000_000},
        ),
        ("turnover_low", {"employees": 5, "turnover_eur": 5_999}, {"employees": 5, "turnover_eur": 6_000}),
        ("turnover_low", {"employees": 50, "turnover_eur": 0}, {"employees": 4, "turnover_eur": 0}),
        ("balance_apart", {"turnover_eur": 10, "balance_eur": 1_001}, {"turnover_eur": 10, "balance_eur": 1_000}),
        ("balance_apart", {"turnover_eur": 1_001, "balance_eur": 10}, {"turnover_eur": 0, "balance_eur": 1_001}),
        ("budget_high", {"budget_eur": 501, "turnover_eur": 100}, {"budget_eur": 500, "turnover_eur": 100}),
        ("ordered_for_nothing", {"ordered": True, "budget_eur": 0}, {"ordered": True, "budget_eur": 1}),
        ("ordered_for_nothing", {"ordered": True, "budget_eur": 0}, {"ordered": False, "budget_eur": 0}),
    ],
)
def test_what_cannot_go_together_is_named_and_its_neighbour_is_not(kind, odd, fine):
    assert kinds(**odd) == [kind]
    assert kinds(**fine) == []


def test_what_is_unknown_contradicts_nothing():
    assert kinds() == []
    for alone in ({"employees": 0}, {"turnover_eur": 9 * 10**11}, {"balance_eur": 1}, {"budget_eur": 10**9}):
        assert kinds(**alone) == []


def test_only_the_impossible_is_an_error_and_it_comes_first():
    found = conflicts(Firm(founded=2030, ordered=True, budget_eur=0), THIS_YEAR)
    assert [conflict.is_impossible for conflict in found] == [True, False]
    assert {ConflictKind.FOUNDED_LATER, ConflictKind.WANTED_AND_REFUSED} == IMPOSSIBLE


def test_a_check_reads_what_it_speaks_of_and_the_impossible_come_first():
    firm: dict[str, Any] = {"founded": 2030, "ordered": True, "budget_eur": 0, "employees": 9, "turnover_eur": 1}
    told = [conflict.attributes for conflict in conflicts(Firm(**firm, balance_eur=101), THIS_YEAR)]
    assert told == [attributes for attributes, _ in CHECKS if attributes != ("budget_eur", "turnover_eur")]
    assert conflicts(Firm(balance_eur=101, founded=2026), THIS_YEAR) == ()


@pytest.mark.parametrize(
    ("wanted", "refused", "count"),
    [
        (("ecommerce", "Onlineshop"), ("ecommerce", "onlineshop"), 1),
        (("ecommerce", "ecommerce"), ("ecommerce", "Webshop"), 1),
        (("ecommerce", "Verkauf im Netz"), ("ecommerce", "Amazon"), 0),
        (("website_marketing", "Webseite"), ("ecommerce", "Onlineshop"), 0),
    ],
)
def test_a_need_is_at_odds_only_with_its_own_refusal(wanted, refused, count):
    assert len(needs_at_odds([StatedNeed(*wanted)], [StatedNeed(*refused)])) == count
