"""What a tier takes from its offer, and what it says for itself."""

from typing import Any

import pytest
from cli.console import an_entry

from digiwegweiser.catalog.build import build_offer
from digiwegweiser.catalog.fields import Context
from digiwegweiser.catalog.schema import FUNDING
from digiwegweiser.catalog.yaml_reader import read_yaml
from digiwegweiser.core.vocabulary import Expense


def tiers_of(funding: dict[str, Any]) -> Any:
    return build_offer(an_entry(funding=funding)).tiers


def test_what_the_money_is_for_is_inherited_unless_a_tier_says_otherwise():
    own, inherited = tiers_of({"form": "grant", "pays_for": ["advice"], "tiers": [{"pays_for": ["software"]}, {}]})
    assert (own.pays_for, inherited.pays_for) == ({Expense.SOFTWARE}, {Expense.ADVICE})


def test_what_is_not_said_is_unknown_and_not_nothing():
    (only,) = tiers_of({"form": "grant"})
    assert only.pays_for is None


@pytest.mark.parametrize(("value", "is_fine"), [("[advice, wages]", True), ("[beer]", False), ("[]", False)])
def test_the_vocabulary_of_expenses_is_closed(value, is_fine):
    context = Context("test.yaml")
    node = read_yaml(f"form: grant\npays_for: {value}\n".encode(), "test.yaml")
    FUNDING.read(node, "funding", context)
    assert (context.faults == []) is is_fine


@pytest.mark.parametrize(("told", "is_formal"), [({}, True), ({"successor_is_formal": False}, False)])
def test_a_successor_is_one_unless_the_entry_says_that_it_only_comes_nearest(told, is_formal):
    assert build_offer(an_entry(**told)).successor_is_formal is is_formal
