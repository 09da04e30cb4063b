"""Knapp daneben: the least honest change that makes an excluding offer fit."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from factories import (
    TODAY,
    a_firm,
    a_place,
    a_trade,
    an_offer,
    every_kreis,
    every_trade,
    some_needs,
    the_catalogue,
    the_needs,
    the_weights,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from digiwegweiser.core.changes import EFFORT, Change, Direction, changes
from digiwegweiser.core.firm import Firm, StatedNeed
from digiwegweiser.core.matching import match, match_all
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import Eligibility
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.reasons import change_texts

DAY = timedelta(days=1)
CODES = [need.code for need in the_needs()]


def apply(firm: Firm, as_of: date, found: Iterable[Change]) -> tuple[Firm, date]:
    """The firm and the day after the changes; a need is added to those the firm has."""
    told: Mapping[str, Any] = {change.attribute: change.value for change in found}
    new = {name: value for name, value in told.items() if name not in ("as_of", "needs")}
    needs = tuple(StatedNeed(code, code) for code in told.get("needs", ())[:1])
    return firm._replace(**new, needs=(*firm.needs, *needs)), told.get("as_of", as_of)


def found(offer: Offer, **firm: Any) -> dict[str, Any]:
    """The changes by attribute, in their order."""
    return {change.attribute: change.value for change in changes(a_firm(**firm), offer, TODAY, the_weights())}


def fits(firm: Firm, offer: Offer, day: date) -> bool:
    return match(firm, offer, day, the_weights()).eligibility is not Eligibility.NO


def firms() -> st.SearchStrategy[Firm]:
    """Firms of which some things may be unknown."""

    def maybe(values: Any) -> st.SearchStrategy[Any]:
        return st.one_of(st.sampled_from(values), st.none())

    return st.builds(
        Firm,
        place=st.sampled_from(every_kreis()).map(a_place),
        trade=st.sampled_from(every_trade()),
        employees=maybe((0, 0.5, 1, 2.5, 8, 49.5, 120, 251, 3000)),
        needs=st.lists(st.sampled_from(CODES), max_size=2).map(lambda codes: some_needs(*codes)),
        turnover_eur=maybe((0, 800_000, 60_000_000)),
        balance_eur=maybe((300_000, 50_000_000)),
        founded=maybe((1990, 2020, 2024, 2026)),
        budget_eur=maybe((0, 1, 2999, 7500, 24_999, 200_000, 2_000_000)),
        ordered=st.one_of(st.booleans(), st.none()),
    )


DAYS = st.sampled_from((TODAY, TODAY, date(2024, 3, 1), date(2027, 3, 1)))


# --- properties over the whole catalogue -----------------------------------------------------------------------------


def smaller(told: tuple[Change, ...]) -> Iterator[tuple[Change, ...]]:
    """The same changes with one left out or one a little smaller."""
    for at, change in enumerate(told):
        rest = told[:at] + told[at + 1 :]
        yield rest
        match change.attribute:
            case "employees":
                yield from ((*rest, change._replace(value=change.value - less)) for less in (0.5, 1))
            case "budget_eur":
                euro = 1 if change.direction is Direction.AT_LEAST else -1
                yield (*rest, change._replace(value=change.value - euro))
            case "as_of":
                yield (*rest, change._replace(value=change.value - DAY))


@settings(max_examples=25)
@given(firm=firms(), day=DAYS)
def test_the_change_makes_the_offer_fit_and_nothing_smaller_does(firm: Firm, day: date) -> None:
    """After the changes the firm is not excluded; with one left out, one euro or one person less it still is."""
    for m in match_all(firm, the_catalogue(), day, the_weights()):
        told = changes(firm, m.offer, day, the_weights())
        assert not told or m.eligibility is Eligibility.NO
        assert not told or fits(*_on(m.offer, *apply(firm, day, told)))
        for less in smaller(told):
            assert not fits(*_on(m.offer, *apply(firm, day, less))), (m.offer.id, told, less)


def _on(offer: Offer, firm: Firm, day: date) -> tuple[Firm, Offer, date]:
    return firm, offer, day


@settings(max_examples=10)
@given(firm=firms(), day=DAYS)
def test_no_fewer_changes_would_do_and_none_are_missed(firm: Firm, day: date) -> None:
    """Trying every honest value of every attribute finds nothing with fewer changes, and nothing where none is told."""
    for m in match_all(firm, the_catalogue(), day, the_weights()):
        if m.eligibility is Eligibility.NO:
            told = changes(firm, m.offer, day, the_weights())
            fewest = min(
                (count for count, other, on in _trials(firm, m.offer, day) if fits(other, m.offer, on)), default=0
            )
            assert len(told) == fewest, (m.offer.id, told)


def _trials(firm: Firm, offer: Offer, day: date) -> Iterator[tuple[int, Firm, date]]:
    """The firm after every combination of honest changes, and how many they are."""
    same: tuple[Any, ...] = (None,)
    ordered = (*same, False) if firm.ordered else same
    budgets = {t.min_project_eur for t in offer.tiers} | {t.max_project_eur for t in offer.tiers} - {None}
    heads = {t.audience.min_employees for t in offer.tiers} - {None}
    hired = {n for n in heads if firm.employees is not None and n > firm.employees}
    days = (
        {offer.valid_from}
        if offer.valid_from and offer.valid_from > day and offer.state_on(day) == "not_yet"
        else set()
    )
    needs = sorted(offer.core_needs) if firm.needs else ()
    planned = budgets if firm.budget_eur is not None else set()
    for trial in product(ordered, (*same, *needs), {None, *planned}, {None, *days}, {None, *hired}):
        told = [Change(name, v, Direction.ONE_OF) for name, v in zip(EFFORT, trial, strict=True) if v is not None]
        told = [c._replace(value=(c.value,)) if c.attribute == "needs" else c for c in told]
        yield len(told), *apply(firm, day, told)


@settings(max_examples=10)
@given(firm=firms())
def test_each_of_several_needs_alone_is_enough(firm: Firm) -> None:
    """Whichever of the named needs the owner has, the offer fits with the other changes."""
    for offer in the_catalogue():
        told = changes(firm, offer, TODAY, the_weights())
        for change in (c for c in told if c.attribute == "needs"):
            for code in change.value:
                one = [c._replace(value=(code,)) if c is change else c for c in told]
                assert fits(*_on(offer, *apply(firm, TODAY, one)))


# --- examples --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "firm", "told"),
    [
        ({"min_employees": 3}, {"employees": 1}, {"employees": 3}),
        ({"min_employees": 3}, {"employees": 2.5}, {"employees": 3}),
        ({"min_employees": 3}, {"employees": 3}, {}),
        ({"min_employees": 3}, {"employees": None}, {}),
        ({"min_project_eur": 8000}, {"budget_eur": 7999}, {"budget_eur": 8000}),
        ({"min_project_eur": 8000}, {"budget_eur": 0}, {"budget_eur": 8000}),
        ({"min_project_eur": 8000}, {"budget_eur": 8000}, {}),
        ({"max_project_eur": 8000}, {"budget_eur": 8001}, {"budget_eur": 8000}),
        ({"form": "grant", "apply_before_start": True}, {"ordered": True}, {"ordered": False}),
        ({"form": "grant", "apply_before_start": True}, {"ordered": False}, {}),
        ({"core_needs": {"it_security"}}, {}, {"needs": ("it_security",)}),
        ({"core_needs": {"it_security", "data_ai"}}, {}, {"needs": ("data_ai", "it_security")}),
        ({"core_needs": {"it_security"}}, {"needs": ()}, {}),
        ({"valid_from": TODAY + DAY}, {}, {"as_of": TODAY + DAY}),
        ({"valid_from": TODAY + DAY, "status": "announced"}, {}, {"as_of": TODAY + DAY}),
    ],
)
def test_each_change_is_exactly_the_limit(limits: dict[str, Any], firm: dict[str, Any], told: dict[str, Any]) -> None:
    """Told is the offer's own limit, and nothing where the firm fits or has not said."""
    assert found(an_offer(**limits), **firm) == told


@pytest.mark.parametrize(
    ("limits", "firm"),
    [
        ({"laender": {"DE-SN"}}, {}),
        ({"sectors": {"industry"}}, {}),
        ({"trades": {"A-01"}}, {}),
        ({"max_employees": 7}, {}),
        ({"eu_sme": True}, {"employees": 250}),
        ({"max_turnover_eur": 700_000, "max_balance_eur": 200_000}, {}),
        ({"min_turnover_eur": 900_000}, {}),
        ({"max_company_age_years": 5}, {}),
        ({"min_company_age_years": 5}, {"founded": 2025}),
        ({"status": "paused"}, {}),
        ({"status": "paused", "valid_from": TODAY + DAY}, {}),
        ({"status": "ended"}, {}),
        ({"valid_until": TODAY - DAY}, {}),
        ({"status": "announced"}, {}),
        ({"min_employees": 10, "max_employees": 9}, {}),
        ({"min_project_eur": 20_000, "max_project_eur": 9000}, {}),
    ],
)
def test_what_no_firm_can_honestly_change_is_not_proposed(limits: dict[str, Any], firm: dict[str, Any]) -> None:
    """Place, trade, age, turnover and fewer people are no proposals, nor are closed doors."""
    offer = an_offer(**limits)
    assert not fits(a_firm(**firm), offer, TODAY)
    assert found(offer, **firm) == {}
    both = an_offer(**limits, form="grant", apply_before_start=True)
    assert found(both, **firm, ordered=True) == {}


def test_several_changes_come_by_effort() -> None:
    """Not ordering is easier than another need, that than money, waiting and hiring."""
    offer = an_offer(
        form="grant", apply_before_start=True, core_needs={"it_security"}, min_project_eur=20_000,
        valid_from=TODAY + DAY, min_employees=10,
    )  # fmt: skip
    assert tuple(found(offer, ordered=True)) == EFFORT


@pytest.mark.parametrize(
    ("tiers", "told"),
    [
        ([{"min_employees": 20}, {"min_employees": 10}], {"employees": 10}),
        ([{"min_employees": 10}, {"min_project_eur": 90_000}], {"budget_eur": 90_000}),
        ([{"min_employees": 10, "min_project_eur": 11_000}, {"min_employees": 90}], {"employees": 90}),
        ([{"min_project_eur": 12_000}, {"max_project_eur": 9000}], {"budget_eur": 9000}),
        ([{"laender": {"DE-SN"}}, {"min_employees": 10}], {"employees": 10}),
        ([{"min_employees": 10}, {"max_employees": 9}], {}),
    ],
)
def test_the_tier_with_the_least_effort_counts(tiers: list[dict[str, Any]], told: dict[str, Any]) -> None:
    """Fewest changes first, then the easiest, then the nearest; nothing if one tier fits as it is."""
    assert found(an_offer(tiers)) == told


def test_a_tier_names_only_needs_that_it_serves() -> None:
    """A need that another tier serves is no way into this one."""
    offer = an_offer([{"needs": {"data_ai"}}], core_needs={"data_ai", "it_security"})
    assert found(offer) == {"needs": ("data_ai",)}
    assert found(an_offer([{"needs": {"data_ai"}}], core_needs={"it_security"})) == {}


def test_the_firm_is_judged_on_the_first_day() -> None:
    """A firm that is old enough when an offer begins only has to wait."""
    offer = an_offer(valid_from=date(2027, 6, 1), min_company_age_years=2)
    assert found(offer, founded=2024) == {"as_of": date(2027, 6, 1)}
    assert found(offer, founded=2026) == {}


def test_applying_changes_touches_nothing_else() -> None:
    """A need is added, the day moves, the rest of the firm stays."""
    told = (Change("needs", ("data_ai", "it_security"), Direction.ONE_OF), Change("employees", 9, Direction.AT_LEAST))
    assert apply(a_firm(), TODAY, told) == (a_firm(needs=("processes_erp", "data_ai"), employees=9), TODAY)
    assert apply(a_firm(), TODAY, [Change("as_of", TODAY + DAY, Direction.AT_LEAST)]) == (a_firm(), TODAY + DAY)
    assert apply(a_firm(needs=()), TODAY, ()) == (a_firm(needs=()), TODAY)


def test_the_joiner_of_another_trade_gets_no_proposal() -> None:
    """An offer for bakers stays one for bakers, however much money is planned."""
    offer = an_offer(trades={"A-30"}, min_project_eur=20_000)
    assert found(offer) == {}
    assert found(offer, trade=a_trade("A-30", group="food")) == {"budget_eur": 20_000}


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Change("employees", 3, Direction.AT_LEAST), "ab 3 Beschäftigten"),
        (Change("employees", 1, Direction.AT_LEAST), "ab einem Beschäftigten"),
        (Change("budget_eur", 8000, Direction.AT_LEAST), "wenn das Vorhaben mindestens 8.000\u00a0€ kostet"),
        (Change("budget_eur", 8000, Direction.AT_MOST), "wenn das Vorhaben höchstens 8.000\u00a0€ kostet"),
        (Change("ordered", False, Direction.ONE_OF), "wenn noch nicht bestellt ist"),
        (Change("as_of", date(2027, 1, 1), Direction.AT_LEAST), "ab 01.01.2027"),
        (Change("needs", ("a", "b"), Direction.ONE_OF), "bei Bedarf: KI oder b"),
    ],
)
def test_changes_in_words(change: Change, text: str) -> None:
    """Each change is one phrase that follows "möglich"."""
    assert change_texts([change], Lexicon({"a": "KI"}, {}, {}, {}, {})) == [text]
