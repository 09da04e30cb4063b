"""What a programme would pay: the calculation by example, and what must hold for every tier and budget."""

from typing import Any

import pytest
from factories import an_offer
from hypothesis import given
from hypothesis import strategies as st

from digiwegweiser.core.money import Estimate, Outcome, estimate, estimate_eur, highest_eur, pays_for_investment
from digiwegweiser.core.offer import Tier
from digiwegweiser.core.vocabulary import Expense, Form

GIVES = (Form.GRANT, Form.REPAYMENT_GRANT)


def a_tier(**money: Any) -> Tier:
    return an_offer(**money).tiers[0]


def judged(budget: int | None, form: Form = Form.GRANT, **money: Any) -> Estimate:
    found = estimate(a_tier(**money), form, budget)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("money", "budget", "amount", "outcome"),
    [
        ({"rate_percent": 50, "max_eur": 7_500}, 20_000, 7_500, Outcome.KNOWN),
        ({"rate_percent": 50, "max_eur": 7_500}, 15_000, 7_500, Outcome.KNOWN),
        ({"rate_percent": 50, "max_eur": 7_500}, 14_999, 7_499, Outcome.KNOWN),
        ({"rate_percent": 50}, 20_000, 10_000, Outcome.KNOWN),
        ({"rate_percent": 50, "max_eligible_eur": 10_000}, 20_000, 5_000, Outcome.KNOWN),
        ({"rate_percent": 50, "min_project_eur": 4_000}, 4_000, 2_000, Outcome.KNOWN),
        ({"rate_percent": 50, "min_project_eur": 4_000}, 3_999, 0, Outcome.BELOW_PROJECT),
        ({"rate_percent": 50, "max_project_eur": 9_000}, 9_000, 4_500, Outcome.KNOWN),
        ({"rate_percent": 50, "max_project_eur": 9_000}, 9_001, 0, Outcome.ABOVE_PROJECT),
        ({"rate_percent": 50, "min_eur": 4_000}, 8_000, 4_000, Outcome.KNOWN),
        ({"rate_percent": 50, "min_eur": 4_000}, 7_999, 0, Outcome.BELOW_GRANT),
        ({"rate_percent": 0}, 20_000, 0, Outcome.KNOWN),
        ({"rate_percent": 37.5}, 1_000, 375, Outcome.KNOWN),
        ({"rate_percent": 50}, 0, 0, Outcome.KNOWN),
        ({"max_eur": 7_500}, 20_000, None, Outcome.NO_RATE),
        ({"rate_percent": 50}, None, None, Outcome.NO_BUDGET),
        ({"min_project_eur": 4_000}, 3_999, 0, Outcome.BELOW_PROJECT),
    ],
)
def test_the_grant_by_rate_cap_and_limits(money, budget, amount, outcome):
    found = judged(budget, **money)
    assert (found.amount_eur, found.outcome) == (amount, outcome)
    assert estimate_eur(a_tier(**money), Form.GRANT, budget) == amount


@pytest.mark.parametrize(
    ("pays_for", "counts", "amount", "outcome"),
    [
        ({"software"}, True, 5_000, Outcome.KNOWN),
        ({"hardware"}, True, 5_000, Outcome.KNOWN),
        ({"website", "advice"}, True, 5_000, Outcome.KNOWN),
        ({"advice"}, False, None, Outcome.ONLY_PART),
        ({"training", "wages"}, False, None, Outcome.ONLY_PART),
        ({"development"}, False, None, Outcome.ONLY_PART),
        (None, None, None, Outcome.COSTS_UNKNOWN),
    ],
)
def test_the_budget_counts_only_where_investments_do(pays_for, counts, amount, outcome):
    tier = a_tier(rate_percent=50, pays_for=pays_for)
    found = estimate(tier, Form.GRANT, 10_000)
    assert found is not None
    assert pays_for_investment(tier) is counts
    assert (found.amount_eur, found.least_eur, found.outcome, found.highest_eur) == (amount, amount, outcome, 5_000)


def test_even_if_all_were_advice_too_little_is_nothing():
    assert judged(7_999, rate_percent=50, min_eur=4_000, pays_for={"advice"}).amount_eur == 0
    assert judged(8_000, rate_percent=50, min_eur=4_000, pays_for={"advice"}).amount_eur is None


@pytest.mark.parametrize("form", [form for form in Form if form not in GIVES])
def test_loans_guarantees_and_tax_rules_give_no_grant(form):
    tier = a_tier(rate_percent=80, max_eur=5_000)
    assert estimate(tier, form, 10_000) is None
    assert estimate_eur(tier, form, 10_000) is None
    assert highest_eur(tier, form, 10_000) is None


def test_of_a_loan_a_part_is_waived_only_up_to_what_counts():
    found = judged(400_000, Form.REPAYMENT_GRANT, rate_percent=5, max_eligible_eur=250_000)
    assert (found.base_eur, found.amount_eur, found.is_base_limited) == (250_000, 12_500, True)
    assert not judged(250_000, Form.REPAYMENT_GRANT, rate_percent=5, max_eligible_eur=250_000).is_base_limited


def test_the_cap_is_marked_only_where_it_cuts():
    assert judged(20_000, rate_percent=50, max_eur=7_500).is_capped
    assert not judged(15_000, rate_percent=50, max_eur=7_500).is_capped


def test_two_rates_give_a_span_and_one_rate_gives_none():
    assert judged(10_000, rate_from_percent=40, rate_percent=60).least_eur == 4_000
    assert judged(10_000, rate_from_percent=40, rate_percent=60, max_eur=3_000).least_eur == 3_000
    only = judged(10_000, rate_percent=60)
    assert only.least_eur == only.amount_eur == 6_000


@pytest.mark.parametrize(
    ("money", "budget", "highest"),
    [
        ({"rate_percent": 50, "max_eur": 7_500}, 10_000, 5_000),
        ({"rate_percent": 50, "max_eur": 7_500}, None, 7_500),
        ({"max_eur": 7_500}, 10_000, 7_500),
        ({"max_eur": 7_500}, 5_000, 5_000),  # no grant is higher than the costs
        ({"rate_percent": 50}, None, None),
        ({}, 10_000, None),
    ],
)
def test_the_most_that_can_be_paid(money, budget, highest):
    assert highest_eur(a_tier(**money), Form.GRANT, budget) == highest


# --- for every tier and budget ---------------------------------------------------------------------------------------

#: None would leave the default, software.
UNTOLD = object()
eur = st.integers(0, 2_000_000)
rates = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)
tiers = st.builds(
    lambda **money: a_tier(
        **{key: None if value is UNTOLD else value for key, value in money.items() if value is not None}
    ),
    rate_percent=rates | st.none(),
    rate_from_percent=rates | st.none(),
    max_eur=eur | st.none(),
    min_eur=eur | st.none(),
    min_project_eur=eur | st.none(),
    max_project_eur=eur | st.none(),
    max_eligible_eur=eur | st.none(),
    pays_for=st.frozensets(st.sampled_from(Expense)) | st.just(UNTOLD),
)


@given(tiers, st.sampled_from(GIVES), eur)
def test_never_above_the_cap_nor_above_rate_times_budget(tier, form, budget):
    found = estimate(tier, form, budget)
    assert found is not None
    if found.amount_eur is None:
        assert tier.rate_percent is None or not pays_for_investment(tier)
        return
    assert 0 <= (found.least_eur or 0) <= found.amount_eur <= budget
    assert tier.max_eur is None or found.amount_eur <= tier.max_eur
    assert found.amount_eur * 10_000 <= budget * round((tier.rate_percent or 0) * 100) or found.amount_eur == 0
    if tier.max_eligible_eur is not None and tier.rate_percent is not None:
        assert found.amount_eur * 10_000 <= tier.max_eligible_eur * round(tier.rate_percent * 100)


@given(tiers, st.sampled_from(GIVES), eur, eur)
def test_a_dearer_project_never_gets_less_up_to_the_largest_that_is_funded(tier, form, one, other):
    low, high = sorted((one, other))
    if tier.max_project_eur is not None and high > tier.max_project_eur:
        assert estimate_eur(tier, form, high) == 0
        return
    cheap, dear = estimate_eur(tier, form, low), estimate_eur(tier, form, high)
    assert cheap is None or dear is None or cheap <= dear


@given(tiers, st.sampled_from(GIVES), eur)
def test_below_the_smallest_project_nothing_is_paid(tier, form, budget):
    if tier.min_project_eur is not None and budget < tier.min_project_eur:
        assert estimate_eur(tier, form, budget) == 0


@given(tiers, st.sampled_from(GIVES), eur)
def test_where_investments_do_not_count_for_sure_no_amount_is_promised(tier, form, budget):
    found = estimate(tier, form, budget)
    assert found is not None
    if pays_for_investment(tier) is not True:
        assert found.amount_eur in (None, 0)
        assert found.outcome is not Outcome.KNOWN


@given(tiers, st.sampled_from(GIVES), eur, st.integers(0, 100))
def test_whatever_part_of_the_budget_counts_the_upper_bound_holds(tier, form, budget, percent):
    found = estimate(tier, form, budget)
    assert found is not None
    if found.highest_eur is None:
        assert tier.rate_percent is None
        assert tier.max_eur is None
        return
    counted = estimate_eur(tier._replace(pays_for=frozenset({Expense.SOFTWARE})), form, budget * percent // 100)
    assert found.outcome is Outcome.ABOVE_PROJECT or (counted or 0) <= found.highest_eur
    assert tier.max_eur is None or found.highest_eur <= tier.max_eur
    assert found.highest_eur <= budget


@given(tiers, st.sampled_from(GIVES))
def test_without_a_budget_nothing_is_claimed(tier, form):
    assert estimate_eur(tier, form, None) is None
