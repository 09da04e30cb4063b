"""Wackelig: what would flip a hit; and the head count of the EU definition."""

from typing import Any

import pytest
from factories import (
    TODAY,
    a_firm,
    a_place,
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

from digiwegweiser.core.firm import Firm
from digiwegweiser.core.guide import build_guide
from digiwegweiser.core.head_count import head_count
from digiwegweiser.core.matching import match
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.stability import wobbles
from digiwegweiser.core.vocabulary import Eligibility

CODES = [need.code for need in the_needs()]


def found(offer: Offer, **firm: Any) -> list[tuple[str, Any]]:
    """Attribute and flipping value of each wobble of a hit."""
    told = a_firm(**firm)
    hit = match(told, offer, TODAY, the_weights())
    assert hit.eligibility is not Eligibility.NO
    return [(wobble.attribute, wobble.value) for wobble in wobbles(hit, told, TODAY, the_weights())]


def is_excluded(firm: Firm, offer: Offer) -> bool:
    return match(firm, offer, TODAY, the_weights()).eligibility is Eligibility.NO


# --- numbers near a limit --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "employees", "value"),
    [
        ({"max_employees": 9}, 9, 10),
        ({"max_employees": 9}, 8.5, None),  # 9.5 is still in doubt
        ({"max_employees": 9}, 8, None),
        ({"max_employees": 49}, 46, 50),
        ({"max_employees": 49}, 45, None),
        ({"eu_sme": True}, 230, 250),
        ({"eu_sme": True}, 227, None),
        ({"min_employees": 3}, 3, 2),
        ({"min_employees": 3}, 3.5, 2.5),
        ({"min_employees": 3}, 4, None),
        ({"min_employees": 1}, 1, 0),
        ({"min_employees": 0}, 0, None),
        ({"eu_sme": False}, 255, 249),
        ({"min_employees": 2.5}, 3.4, 2.4),
        ({"min_employees": 9, "max_employees": 9}, 9, 8),
        ({}, 9, None),
    ],
)
def test_a_tenth_or_one_person_flips(limits: dict[str, Any], employees: float, value: float | None) -> None:
    """Named is the nearest head count that excludes; what is further off is not."""
    wanted = [] if value is None else [("employees", value)]
    assert found(an_offer(**limits), employees=employees) == wanted


@pytest.mark.parametrize(
    ("limits", "firm", "wanted"),
    [
        ({"min_turnover_eur": 100}, {"turnover_eur": 110}, [("turnover_eur", 99)]),
        ({"min_turnover_eur": 100}, {"turnover_eur": 111}, []),
        ({"max_turnover_eur": 110}, {"turnover_eur": 101}, [("turnover_eur", 111)]),
        ({"max_turnover_eur": 110}, {"turnover_eur": 100}, []),
        ({"max_turnover_eur": 100, "max_balance_eur": 10}, {"turnover_eur": 95, "balance_eur": 5}, []),
        (
            {"max_turnover_eur": 100, "max_balance_eur": 10},
            {"turnover_eur": 95, "balance_eur": 11},
            [("turnover_eur", 101)],
        ),
        (
            {"max_turnover_eur": 100, "max_balance_eur": 100},
            {"turnover_eur": 200, "balance_eur": 95},
            [("balance_eur", 101)],
        ),
    ],
)
def test_turnover_and_balance_flip_together_only(limits: dict[str, Any], firm: dict[str, Any], wanted: Any) -> None:
    """Where one of the two is enough, a rise of the other flips nothing."""
    assert found(an_offer(**limits), **firm) == wanted


def test_a_neighbouring_tier_catches_the_firm() -> None:
    """Growing out of the small tier into the large one is no wobble; a gap between them is."""
    assert found(an_offer([{"max_employees": 9}, {"min_employees": 10}]), employees=9) == []
    assert found(an_offer([{"max_employees": 29}, {"min_employees": 32}]), employees=29) == [("employees", 30)]


# --- open questions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "firm", "attribute"),
    [
        ({"max_employees": 9}, {"employees": None}, "employees"),
        ({"min_project_eur": 5000}, {"budget_eur": None}, "budget_eur"),
        ({"form": "grant", "apply_before_start": True}, {"ordered": None}, "ordered"),
        ({"eu_sme": True}, {"employees": 100, "turnover_eur": None, "balance_eur": None}, "turnover_eur"),
        ({"eu_sme": True}, {"turnover_eur": 60_000_000, "balance_eur": None}, "balance_eur"),
        ({"eu_sme": False}, {"employees": 100, "turnover_eur": None, "balance_eur": None}, "turnover_eur"),
        ({"eu_sme": False}, {"employees": None}, "employees"),
        ({"max_company_age_years": 5}, {"founded": None}, "founded"),
        ({"max_company_age_years": 5}, {"founded": 2020}, "founded"),
        ({"laender": {"DE-NW"}}, {"place": None}, "place"),
        ({"laender": {"DE-NW"}, "kreise": {"05974"}}, {"place": a_place("DE-NW")}, "place"),
        ({"laender": {"DE-NW"}, "gemeinden": {"05974028"}}, {"place": a_place("05974")}, "place"),
        ({"sectors": {"industry"}}, {"trade": None}, "trade"),
        ({"trades": {"A-27"}}, {"trade": None}, "trade"),
    ],
)
def test_an_open_question_wobbles(limits: dict[str, Any], firm: dict[str, Any], attribute: str) -> None:
    """What the firm has not told and could exclude it is named without a value; told, it is not."""
    assert found(an_offer(**limits), **firm) == [(attribute, None)]


def test_what_the_size_settles_does_not_wobble() -> None:
    """Eight people have no 50 million, a hundred may have; the finding is unknown all the same."""
    untold: dict[str, Any] = {"turnover_eur": None, "balance_eur": None}
    assert found(an_offer(eu_sme=True), employees=8, **untold) == []
    assert found(an_offer(eu_sme=True), employees=100, **untold) == [("turnover_eur", None)]
    assert match(a_firm(employees=8, **untold), an_offer(eu_sme=True), TODAY, the_weights()).unknown() != ()


@pytest.mark.parametrize(
    ("limits", "firm"),
    [
        ({"max_employees": 9}, {"employees": 5}),
        ({"form": "grant"}, {"ordered": None}),
        ({"form": "grant", "apply_before_start": None}, {"ordered": True}),
        ({"form": "grant", "apply_before_start": False}, {"ordered": None}),
        ({"sectors": {"any"}, "form": "grant", "apply_before_start": False}, {"trade": None}),
        ({"status": "unverified"}, {}),
        ({}, {"needs": ()}),
        ({"max_company_age_years": 5}, {"founded": 2023}),
        ({"laender": {"DE-NW"}}, {"place": a_place("DE-NW")}),
    ],
)
def test_what_no_answer_excludes_stands_firm(limits: dict[str, Any], firm: dict[str, Any]) -> None:
    """An open question that no answer turns into a no, and a doubt that only the office clears, are no wobbles."""
    assert found(an_offer(**limits), **firm) == []


def test_another_tier_catches_the_other_answer() -> None:
    """An open question matters only if every tier falls with it."""
    assert found(an_offer([{"max_employees": 9}, {"min_employees": 5}]), employees=None) == []
    assert found(an_offer([{"max_employees": 9}, {"max_employees": 49}]), employees=None) == [("employees", None)]


# --- laws ------------------------------------------------------------------------------------------------------------


def firms() -> st.SearchStrategy[Firm]:
    return st.builds(
        Firm,
        place=st.sampled_from(every_kreis()).map(a_place),
        trade=st.sampled_from(every_trade()),
        employees=st.one_of(st.none(), st.integers(0, 300), st.sampled_from((0.5, 9.5, 48.5, 49.5))),
        needs=st.lists(st.sampled_from(CODES), min_size=1, max_size=3).map(lambda codes: some_needs(*codes)),
        turnover_eur=st.sampled_from((None, 1_900_000, 9_500_000, 48_000_000, 51_000_000)),
        balance_eur=st.sampled_from((None, 300_000, 9_500_000, 42_000_000, 44_000_000)),
        founded=st.sampled_from((None, 1990, 2021, 2022, 2024)),
        budget_eur=st.sampled_from((None, 5000)),
        ordered=st.sampled_from((None, False, True)),
    )


@settings(max_examples=20)
@given(firm=firms())
def test_a_named_value_excludes_and_no_nearer_whole_number_does(firm: Firm) -> None:
    """Over the catalogue: the value flips the hit and lies within the band; and no whole head count in it is missed."""
    for hit in build_guide(firm, the_catalogue(), TODAY, the_weights()).hits:
        offer, told = hit.match.offer, wobbles(hit.match, firm, TODAY, the_weights())
        values = {w.attribute: w.value for w in told if w.value is not None}
        for name, value in values.items():
            own = getattr(firm, name)
            assert 0 < abs(value - own) <= max(own / 10, 1 if name == "employees" else 0) + 0.01
            assert is_excluded(firm._replace(**{name: value}), offer)
        if firm.employees is not None:
            band = max(1.0, firm.employees / 10)
            near = [n for n in range(400) if abs(n - firm.employees) <= band]
            flips = [abs(n - firm.employees) for n in near if is_excluded(firm._replace(employees=n), offer)]
            assert ("employees" in values) or not flips
            assert not flips or abs(values["employees"] - firm.employees) <= min(flips)


@settings(max_examples=20)
@given(firm=firms())
def test_each_rule_wobbles_once_and_open_ones_are_open(firm: Firm) -> None:
    """An attribute is named once; without a value only where the rule's finding is unknown."""
    for hit in build_guide(firm, the_catalogue(), TODAY, the_weights()).hits:
        told = wobbles(hit.match, firm, TODAY, the_weights())
        assert len({(w.attribute, w.value is None) for w in told}) == len(told)
        assert {w.rule for w in told if w.value is None} <= {f.rule for f in hit.match.unknown()}


# --- the head count --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("full_time", "hours", "week", "apprentices", "heads"),
    [
        (8, [], 40, 0, 8),
        (8, [20, 20], 40, 0, 9),
        (8, [20, 10], 40, 3, 8.75),
        (0, [], 40, 5, 0),
        (2, [19.5], 39, 0, 2.5),
        (1, [13], 39, 0, 1.33),
        (1, [45], 40, 0, 2),
        (1, [0], 40, 0, 1),
    ],
)
def test_part_timers_count_as_fractions_and_apprentices_not(
    full_time: float, hours: list[float], week: float, apprentices: int, heads: float
) -> None:
    """Annual work units: nobody more than one, apprentices none."""
    assert head_count(full_time, hours, week, apprentices) == heads


@given(full_time=st.integers(0, 500), hours=st.lists(st.floats(0, 60), max_size=30), apprentices=st.integers(0, 50))
def test_a_head_count_lies_between_full_timers_and_all(full_time: int, hours: list[float], apprentices: int) -> None:
    """Never more than the persons without apprentices, never fewer than the full-timers; the order is no matter."""
    heads = head_count(full_time, hours, apprentices=apprentices)
    assert full_time <= heads <= full_time + len(hours)
    assert heads == head_count(full_time, hours) == head_count(full_time, sorted(hours))


@pytest.mark.parametrize("wrong", [(-1, [], 40, 0), (1, [-1], 40, 0), (1, [], 0, 0), (1, [], 40, -1)])
def test_impossible_numbers_are_refused(wrong: Any) -> None:
    """Nothing negative, and a full week has hours."""
    with pytest.raises(ValueError, match="negative"):
        head_count(*wrong)
