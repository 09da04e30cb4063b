"""Which hit comes when, whom to call first, and what an order has cost."""

from typing import Any

import pytest
from factories import MET, TODAY, a_firm, a_place, a_trade, an_offer, the_catalogue, the_weights
from hypothesis import given
from hypothesis import strategies as st

from digiwegweiser.core.emergency import CALLS, POLICE, emergency_help, first_to_call, is_emergency_line
from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.offer import Contact, Offer
from digiwegweiser.core.plan import (
    MOST,
    Stage,
    facts_asked,
    first_call,
    lost_by_ordering,
    may_have_to_wait,
    must_wait,
    own_chambers,
    plan,
    prepared_for_call,
    stage_of,
)
from digiwegweiser.core.vocabulary import LAND_NAMES, Eligibility, Kind

PHONE = Contact(phone="0123 456")
LAND = {"level": "land", "laender": {"DE-NW"}}


def a_guide(*offers: Offer, **firm: Any) -> Guide:
    return build_guide(a_firm(**firm), offers, TODAY, the_weights())


def ids(steps: Any, stage: Stage | None = None) -> list[str]:
    return [step.match.offer.id for step in steps if stage is None or step.stage is stage]


@pytest.mark.parametrize(
    ("kind", "form", "cost", "stage"),
    [
        ("chamber", "advice", "free", Stage.TALK),
        ("center", "none", "free", Stage.TALK),
        ("center", "none", "subsidised", Stage.LEARNING),
        ("center", "none", None, Stage.LEARNING),  # not known to be free is not free
        ("hub", "none", "free", Stage.TALK),
        ("coaching", "advice", "free", Stage.TALK),
        ("coaching", "grant", "subsidised", Stage.APPLICATION),
        ("network", "advice", "free", Stage.TALK),
        ("network", "none", "free", Stage.LEARNING),
        ("initiative", "none", "free", Stage.LEARNING),
        ("initiative", "tax", "free", Stage.APPLICATION),
        ("self_check", "none", "free", Stage.CHECK),
        ("coaching", "advice", "subsidised", Stage.APPLICATION),
        ("coaching", "advice", None, Stage.LEARNING),
        ("consulting_subsidy", "grant", "subsidised", Stage.APPLICATION),
        ("consulting_subsidy", "advice", "subsidised", Stage.APPLICATION),
        ("grant", "grant", "subsidised", Stage.APPLICATION),
        ("voucher", "grant", "subsidised", Stage.APPLICATION),
        ("loan", "loan", "interest", Stage.APPLICATION),
        ("guarantee", "guarantee", "paid", Stage.APPLICATION),
        ("competition", "grant", "free", Stage.APPLICATION),
        ("training", "none", "free", Stage.LEARNING),
        ("training", "grant", "subsidised", Stage.LEARNING),
        ("hotline", "none", "free", Stage.TALK),
    ],
)
def test_kind_form_and_cost_give_the_stage(kind, form, cost, stage):
    assert stage_of(an_offer(kind=kind, form=form, cost=cost)) is stage


def test_a_line_for_emergencies_has_no_place_in_the_plan():
    line = an_offer(kind="hotline", form="none", core_needs={"it_security"}, contact=PHONE)
    assert stage_of(line) is None
    assert plan(a_guide(line, needs=("it_security",)), 8) == ()


@pytest.mark.parametrize("offer", the_catalogue(), ids=lambda offer: offer.id)
def test_every_offer_of_the_catalogue_has_a_stage_or_is_for_emergencies(offer):
    assert (stage_of(offer) is None) == (offer.kind is Kind.HOTLINE)


def test_the_chamber_is_called_first_whatever_its_rank():
    center = an_offer(id="center", kind="center", contact=PHONE, made_for={"A-27"}, **LAND)
    chamber = an_offer(id="chamber", kind="chamber", core_needs=frozenset(), contact=PHONE, **LAND)
    guide = a_guide(center, chamber, trade=None)
    assert [hit.match.offer.id for hit in guide.hits] == ["center", "chamber"]
    assert ids(plan(guide, 8)) == ["chamber", "center"]
    assert [step.rank for step in plan(guide, 8)] == [2, 1]


def test_a_second_talk_is_a_call_in_the_region():
    first = an_offer(id="first", kind="chamber", contact=PHONE, **LAND)
    for change, expected in [
        ({"contact": PHONE, **LAND}, ["first", "second"]),
        ({"contact": Contact(url="https://example.org"), **LAND}, ["first"]),
        ({"contact": PHONE}, ["first"]),  # nationwide
        ({"contact": PHONE, "kind": "network", "form": "advice", **LAND}, ["first"]),
    ]:
        second = an_offer(**{"id": "second", "kind": "center", **change})
        assert ids(plan(a_guide(first, second), 8)) == expected


def test_a_talk_without_a_number_is_better_than_none():
    assert ids(plan(a_guide(an_offer(kind="center")), 8)) == ["an-offer"]


@pytest.mark.parametrize("way", ["phone", "email", "url", "application_url"])
def test_only_what_can_be_reached_is_a_step(way):
    unreachable = an_offer(contact=Contact(organisation="Stelle"))
    assert [hit.match.offer.id for hit in a_guide(unreachable).hits] == ["an-offer"]
    assert plan(a_guide(unreachable), 8) == ()
    assert ids(plan(a_guide(an_offer(contact=Contact(**{way: "so"}))), 8)) == ["an-offer"]


def a_paid(name: str, *pays_for: str, kind: str = "grant", **changes: Any) -> Offer:
    return an_offer(**{"id": name, "kind": kind, "form": "grant", "pays_for": pays_for or None, **changes})


def test_checks_come_before_paid_advice_and_that_before_what_pays_for_things():
    check = an_offer(id="check", kind="self_check", form="none")
    things, advice = a_paid("a-things", "software"), a_paid("b-advice", "advice", kind="coaching")
    assert ids(plan(a_guide(things, advice, check), 8)) == ["check", "b-advice", "a-things"]


def test_one_advice_beside_two_that_pay_for_more():
    offers = [a_paid(f"a{at}", "advice") for at in range(2)] + [
        a_paid(f"b{at}", "advice", "software") for at in range(3)
    ]
    assert ids(plan(a_guide(*offers), 8)) == ["a0", "b0", "b1"]


def test_where_it_is_not_said_what_is_paid_the_kind_tells_advice():
    coaching, grant = a_paid("coaching", kind="coaching"), a_paid("a-grant")
    assert ids(plan(a_guide(grant, coaching), 8)) == ["coaching", "a-grant"]


def test_only_the_first_page_is_planned():
    guide = a_guide(*(an_offer(id=f"grant-{at}", kind="grant", form="grant") for at in range(4)))
    assert ids(plan(guide, 1)) == ["grant-0"]
    assert ids(plan(guide, 8)) == ["grant-0", "grant-1"]
    assert plan(guide, 0) == ()


@given(st.lists(st.sampled_from(the_catalogue()), max_size=25, unique_by=lambda offer: offer.id), st.integers(0, 12))
def test_a_plan_is_short_and_in_the_order_of_the_stages(offers, shown):
    steps = plan(a_guide(*offers), shown)
    order = list(Stage)
    assert [step.stage for step in steps] == sorted((step.stage for step in steps), key=order.index)
    # What another step requires is named, however many and wherever ranked.
    chosen = [step for step in steps if not step.needed_for]
    assert all(len(ids(chosen, stage)) <= MOST[stage] for stage in Stage)
    assert all(step.rank is not None and step.rank <= shown for step in chosen)
    assert len(set(ids(steps))) == len(steps)


def test_the_first_call_goes_to_somebody_who_advises_or_pays():
    check = an_offer(id="check", kind="self_check", form="none")
    grant = an_offer(id="grant", kind="grant", form="grant")
    course = an_offer(id="course", kind="training", form="none")
    talk = an_offer(id="talk", kind="center", contact=PHONE)

    def called(*offers: Offer) -> str | None:
        call = first_call(plan(a_guide(*offers), 8))
        return call and call.match.offer.id

    assert called(check, grant, course, talk) == "talk"
    assert called(check, grant, course) == "grant"
    assert called(check, course) is None
    assert called() is None


def test_figures_are_laid_ready_for_the_called_office_and_for_money_only():
    check = an_offer(id="check", kind="self_check", form="none")
    steps = plan(a_guide(check, an_offer(id="grant", kind="grant", form="grant"), an_offer(id="talk")), 8)
    call = first_call(steps)
    assert call is not None
    assert ids(prepared_for_call(steps, call)) == ["talk", "grant"]


def test_what_an_office_asks_is_what_its_limits_read():
    def asked(**money: Any) -> tuple[str, ...]:
        return facts_asked(a_guide(an_offer(kind="grant", form="grant", **money)).hits[0].match)

    assert asked() == ()
    assert asked(max_employees=49) == ("employees",)
    assert asked(eu_sme=True) == ("employees", "turnover_eur", "balance_eur")
    assert asked(max_company_age_years=50, min_project_eur=4_000) == ("founded", "budget_eur")
    assert asked(de_minimis=True) == ("de_minimis_eur",)
    assert asked(de_minimis=False) == asked(de_minimis=None) == ()


@pytest.mark.parametrize(
    ("form", "first", "must", "may"),
    [
        ("grant", True, True, False),
        ("loan", True, True, False),
        ("grant", None, False, True),
        ("grant", False, False, False),
        ("advice", True, False, False),
        ("advice", None, False, False),
    ],
)
def test_whose_money_an_order_loses(form, first, must, may):
    m = a_guide(an_offer(form=form, apply_before_start=first), ordered=False).hits[0].match
    assert (must_wait(m), may_have_to_wait(m)) == (must, may)


def test_lost_is_what_only_the_order_excludes():
    early = {"kind": "grant", "form": "grant", "apply_before_start": True}
    offers = [
        an_offer(id="lost", **early),
        an_offer(id="too-big-anyway", max_employees=3, **early),
        an_offer(id="elsewhere", laender={"DE-BY"}, **early),
        an_offer(id="still-there", kind="grant", form="grant", apply_before_start=False),
    ]
    assert [m.offer.id for m in lost_by_ordering(a_guide(*offers, ordered=True), the_weights())] == ["lost"]
    assert lost_by_ordering(a_guide(*offers, ordered=False), the_weights()) == ()
    assert lost_by_ordering(a_guide(*offers, ordered=None), the_weights()) == ()


def test_lost_is_seen_in_every_tier():
    """The tier that is shown as failing may fail in more or other than the order; another one only in that."""
    tiers = [{"max_employees": 3, "apply_before_start": False}, {"max_employees": 49}]
    offer = an_offer(tiers, kind="grant", form="grant", apply_before_start=True)
    lost = lost_by_ordering(a_guide(offer, ordered=True), the_weights())
    assert [m.eligibility for m in lost] == [Eligibility.YES]
    assert lost[0].tier.audience.max_employees == 49
    assert lost[0].finding("ordered").verdict is MET


# --- what is no step, and the chamber of which only the Land is known ----------------------------------------------


@pytest.mark.parametrize(
    ("smallest", "budget", "steps"),
    [
        (the_weights()["budget.large_eur"], None, ["small"]),
        (the_weights()["budget.large_eur"] - 1, None, ["large", "small"]),
        (the_weights()["budget.large_eur"], the_weights()["budget.large_eur"], ["large", "small"]),
        (None, None, ["large", "small"]),
    ],
)
def test_what_is_for_large_projects_only_is_no_step_until_a_sum_is_named(smallest, budget, steps):
    large = a_paid("large", "software", min_project_eur=smallest)
    guide = a_guide(large, a_paid("small", "software"), budget_eur=budget)
    assert sorted(ids(plan(guide, 8))) == steps
    assert len(guide.hits) == 2


@pytest.mark.parametrize(
    ("status", "confidence", "is_left_out"),
    [("unverified", "low", True), ("unverified", "medium", False), ("active", "low", False)],
)
def test_what_is_doubtful_is_no_step_beside_something_sure(status, confidence, is_left_out):
    doubtful = an_offer(id="doubt", kind="training", form="none", status=status, confidence=confidence)
    sure = an_offer(id="sure", kind="training", form="none", core_needs={"ecommerce"}, also_needs={"processes_erp"})
    assert a_guide(doubtful, sure).hits[0].match.offer.id == "doubt"
    assert ids(plan(a_guide(doubtful, sure), 8)) == ["sure" if is_left_out else "doubt"]
    assert ids(plan(a_guide(doubtful), 8)) == ["doubt"]
    check = an_offer(id="check", kind="self_check", form="none")
    assert ids(plan(a_guide(doubtful, check), 8)) == ["check", "doubt"]


def some_chambers(*kreise: str) -> list[Offer]:
    told = {"kind": "chamber", "level": "kreis", "contact": PHONE, "sectors": {"craft"}, "network": "hwk"}
    return [an_offer(id=f"hwk-{kreis}", kreise={kreis}, laender={"DE-NW"}, **told) for kreis in kreise]


@pytest.mark.parametrize(
    ("place", "trade", "candidates"),
    [
        ("DE-NW", "craft", ["hwk-05111", "hwk-05974"]),
        ("05974028", "craft", []),  # it is known which
        ("DE-BY", "craft", []),  # of another Land
        (None, "craft", []),  # of any Land: too many to name
        ("DE-NW", None, []),  # perhaps no craft
    ],
)
def test_where_the_land_is_known_all_that_may_be_the_own_chamber_are_one_step(place, trade, candidates):
    told = {"place": place and a_place(place), "trade": trade and a_trade()}
    center = an_offer(id="center", kind="center", contact=PHONE)
    guide = a_guide(*some_chambers("05974", "05111"), center, **told)
    assert sorted(m.offer.id for m in own_chambers(guide)) == candidates
    steps = plan(guide, 8)
    assert [bool(step.candidates) for step in steps] == [True] * bool(candidates) + [False] * (
        len(steps) - bool(candidates)
    )
    call = first_call(steps)
    assert call is not None
    is_chamber = bool(candidates) or place == "05974028"
    assert (call.match.offer.kind is Kind.CHAMBER) is is_chamber


def test_a_chamber_that_is_required_is_the_step_for_the_own_chamber():
    grant = a_paid("grant", "software", requires={"chamber"}, laender={"DE-NW"}, level="land")
    steps = plan(a_guide(*some_chambers("05974", "05111"), grant, place=a_place("DE-NW")), 8)
    assert [(step.stage, step.needed_for) for step in steps] == [(Stage.TALK, ("grant",)), (Stage.APPLICATION, ())]


# --- emergencies -----------------------------------------------------------------------------------------------------


def test_in_an_emergency_the_first_step_and_call_is_help_and_otherwise_never():
    catalogue = the_catalogue()
    attacked = plan(a_guide(*catalogue, needs=("it_security",), emergency="gehackt"), 5)
    calm = plan(a_guide(*catalogue, needs=("it_security",)), 5)
    assert attacked[0].stage is Stage.EMERGENCY
    assert all(is_emergency_line(step.match.offer) for step in attacked if step.stage is Stage.EMERGENCY)
    assert first_call(attacked) == attacked[0]
    assert prepared_for_call(attacked, attacked[0]) == ()
    assert [step for step in attacked if step.stage is not Stage.EMERGENCY] == list(calm)


@pytest.mark.parametrize("land", sorted(LAND_NAMES))
def test_in_an_emergency_somebody_with_a_number_is_called_in_every_land(land):
    guide = a_guide(*the_catalogue(), place=a_place(land), needs=("it_security",), emergency="gehackt")
    calls = first_to_call(guide)
    assert 1 <= len(calls) <= CALLS
    assert all(m.offer.contact.phone and m.offer.area.laender <= {land} for m in calls)
    police = [m for m in calls if m.offer.network == POLICE]
    assert len(police) == any(offer.contact.phone for offer in emergency_help(guide).police)


def test_without_an_emergency_nobody_is_called_at_once():
    assert first_to_call(a_guide(*the_catalogue(), needs=("it_security",))) == ()


# --- what goes together, and what comes first ------------------------------------------------------------------------


def test_of_two_that_exclude_each_other_only_the_better_ranked_is_a_step():
    first = a_paid("first", "software", laender={"DE-NW"}, level="land")
    second, third = a_paid("second", "software", not_with={"first"}), a_paid("third", "software")
    assert ids(plan(a_guide(first, second, third), 8), Stage.APPLICATION) == ["first", "third"]
    free = second._replace(not_with=frozenset())
    assert ids(plan(a_guide(first, free, third), 8), Stage.APPLICATION) == ["first", "second"]


def test_what_a_step_requires_comes_before_it_even_from_behind_the_page():
    grant = a_paid("grant", "software", requires={"check"}, laender={"DE-NW"}, level="land")
    check = an_offer(id="check", kind="self_check", form="none", core_needs={"ecommerce"})
    (first, second) = plan(a_guide(grant, check), 1)
    assert (first.match.offer.id, first.stage, first.rank, first.needed_for) == ("check", Stage.CHECK, None, ("grant",))
    assert (second.match.offer.id, second.needed_for) == ("grant", ())
    assert ids(plan(a_guide(a_paid("grant", "software"), check), 1)) == ["grant"]


def test_a_step_that_is_there_anyway_is_only_told_what_it_is_needed_for():
    grant = a_paid("grant", "software", requires={"chamber"})
    chamber = an_offer(id="kammer", kind="chamber", contact=PHONE, **LAND)
    steps = plan(a_guide(grant, chamber), 8)
    assert [(step.match.offer.id, step.rank, step.needed_for) for step in steps] == [
        ("kammer", 1, ("grant",)),
        ("grant", 2, ()),
    ]


def test_in_one_stage_the_required_comes_first_and_is_never_put_later():
    course = an_offer(id="course", kind="training", form="none", core_needs={"ecommerce"})
    loan = a_paid("loan", "software", kind="loan", requires={"advice"}, laender={"DE-NW"}, level="land")
    advice = a_paid("advice", "advice", requires={"course"}, core_needs={"ecommerce"})
    steps = plan(a_guide(loan, advice, course), 8)
    assert ids(steps) == ["course", "advice", "loan"]
    assert {step.stage for step in steps} == {Stage.APPLICATION}


def test_what_cannot_be_reached_is_no_step_though_it_is_required():
    grant = a_paid("grant", "software", requires={"check"})
    check = an_offer(id="check", kind="self_check", form="none", contact=Contact(organisation="Stelle"))
    assert ids(plan(a_guide(grant, check), 8)) == ["grant"]


def test_two_that_wait_for_each_other_are_both_told_and_the_plan_ends():
    one = a_paid("one", "software", requires={"grant"})
    two = an_offer(id="two", kind="grant", form="grant", requires={"one"}, core_needs={"ecommerce"})
    assert sorted(ids(plan(a_guide(one, two), 8))) == ["one", "two"]
