"""What cannot be had together, which of them stays, and what must come first."""

from typing import Any

import pytest
from factories import TODAY, a_firm, an_offer, the_weights
from hypothesis import given
from hypothesis import strategies as st

from digiwegweiser.core.combination import Limit, excluded_by, limit_between, requirements, together
from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.matching import Match, match
from digiwegweiser.core.offer import Offer


def a_match(name: str, *not_with: str, **changes: Any) -> Match:
    told = {"id": name, "kind": "grant", "form": "grant", "not_with": frozenset(not_with)} | changes
    return match(a_firm(), an_offer(**told), TODAY, the_weights())


def a_guide(*offers: Offer, **firm: Any) -> Guide:
    return build_guide(a_firm(**firm), offers, TODAY, the_weights())


def ids(matches: Any) -> list[str]:
    return [m.offer.id for m in matches]


# --- excluding each other --------------------------------------------------------------------------------------------


def test_one_side_that_says_so_is_enough():
    one, other, stranger = a_match("a", "b"), a_match("b"), a_match("c")
    assert limit_between(one, other) is limit_between(other, one) is Limit.PROJECT
    assert limit_between(one, stranger) is limit_between(stranger, one) is None


def test_a_form_excludes_only_what_may_pay_for_the_same():
    def limit(mine: set[str] | None, its: set[str] | None, form: str = "grant") -> Limit | None:
        one = a_match("a", "grant", form="loan", pays_for=mine)
        other = a_match("b", form=form, pays_for=its)
        assert limit_between(one, other) is limit_between(other, one)
        return limit_between(one, other)

    assert limit({"software"}, {"software", "training"}) is Limit.COSTS
    assert limit({"software"}, {"training"}) is None
    assert limit({"software"}, {"software"}, form="loan") is None
    # Where no source says which costs count, nobody can rule it out.
    assert limit(None, {"training"}) is limit({"software"}, None) is Limit.COSTS


def test_every_tier_open_to_the_firm_counts():
    two = [{"pays_for": {"training"}}, {"pays_for": {"software"}}]
    assert limit_between(a_match("a", "grant"), a_match("b", tiers=two)) is Limit.COSTS
    assert limit_between(a_match("a", "grant"), a_match("b", tiers=two[:1])) is None
    closed = [two[0], two[1] | {"min_employees": 50}]
    assert limit_between(a_match("a", "grant"), a_match("b", tiers=closed)) is None


def test_what_is_said_by_name_outweighs_what_is_said_by_form():
    assert limit_between(a_match("a", "grant", "b"), a_match("b")) is Limit.PROJECT


def test_no_offer_excludes_itself():
    assert limit_between(a_match("a", "grant"), a_match("a", "grant")) is None


def test_those_excluded_keep_their_order():
    others = [a_match("c"), a_match("b"), a_match("d")]
    assert ids(excluded_by(a_match("a", "b", "c"), others)) == ["c", "b"]
    assert excluded_by(a_match("a"), others) == ()


def test_the_better_ranked_stays_whoever_says_it_and_whatever_it_pays():
    small, large = a_match("small", max_eur=1_000), a_match("large", "small", max_eur=50_000)
    assert ids(together([small, large])) == ["small"]
    assert ids(together([large, small])) == ["large"]
    assert ids(together([small, a_match("other", max_eur=50_000)])) == ["small", "other"]


def test_what_is_left_out_excludes_nothing_itself():
    assert ids(together([a_match("a", "b"), a_match("b", "c"), a_match("c")])) == ["a", "c"]


@given(
    st.lists(st.sampled_from("abcdef"), unique=True),
    st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdef"))),
)
def test_no_two_that_stay_exclude_each_other_and_each_left_out_has_a_better_rival(names, said):
    ranked = [a_match(name, *said.get(name, ())) for name in names]
    kept = together(ranked)
    assert all(excluded_by(m, kept) == () for m in kept)
    for at, m in enumerate(ranked):
        rivals = [other for other in ranked[:at] if other in kept and limit_between(m, other)]
        assert (m in kept) is (rivals == [])


# --- coming first ----------------------------------------------------------------------------------------------------


def required(guide: Guide, name: str = "a") -> list[tuple[str, str | None]]:
    m = next(hit.match for hit in guide.hits if hit.match.offer.id == name)
    return [(need.named, need.match and need.match.offer.id) for need in requirements(m, guide)]


def test_a_requirement_is_met_by_the_offer_of_that_name():
    grant = an_offer(id="a", kind="grant", form="grant", requires={"check"})
    assert required(a_guide(grant, an_offer(id="check", kind="self_check"), an_offer(id="other"))) == [
        ("check", "check")
    ]
    assert required(a_guide(grant, an_offer(id="other"))) == [("check", None)]
    assert required(a_guide(an_offer(id="a"), an_offer(id="check"))) == []


def test_a_requirement_is_met_by_the_best_offer_of_that_kind():
    grant = an_offer(id="a", kind="grant", form="grant", requires={"self_check"})
    near = an_offer(id="near", kind="self_check", level="land", laender={"DE-NW"})
    far = an_offer(id="far", kind="self_check")
    assert required(a_guide(grant, far, near)) == [("self_check", "near")]
    assert required(a_guide(grant, an_offer(id="advice"))) == [("self_check", None)]


def test_an_offer_is_no_requirement_of_its_own():
    assert required(a_guide(an_offer(id="a", kind="grant", form="grant", requires={"grant"}))) == [("grant", None)]


@pytest.mark.parametrize(
    ("change", "meets"),
    [
        ({"core_needs": frozenset({"ecommerce"})}, True),  # a check need not serve the need of the money
        ({"laender": {"DE-BY"}}, False),
        ({"status": "ended"}, False),
        ({"max_employees": 3}, False),
    ],
)
def test_what_meets_it_may_serve_other_needs_and_must_be_for_the_firm(change, meets):
    grant = an_offer(id="a", kind="grant", form="grant", requires={"check"})
    check = an_offer(**{"id": "check", "kind": "self_check"} | change)
    assert required(a_guide(grant, check)) == [("check", "check" if meets else None)]


def test_what_is_folded_meets_it_too():
    grant = an_offer(id="a", kind="grant", form="grant", requires={"z"})
    members = [an_offer(id=name, network="edih") for name in ("x", "y", "z")]
    guide = a_guide(grant, *members)
    assert "z" not in [hit.match.offer.id for hit in guide.hits]
    assert required(guide) == [("z", "z")]


def test_only_the_tier_that_suits_the_firm_counts():
    tiers = [{"max_employees": 9, "requires": frozenset({"check"})}, {"min_employees": 10}]
    grant = an_offer(id="a", kind="grant", form="grant", tiers=tiers)
    check = an_offer(id="check", kind="self_check")
    assert required(a_guide(grant, check)) == [("check", "check")]
    assert required(a_guide(grant, check, employees=20)) == []
