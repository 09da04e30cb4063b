"""The question that matters: what can still move the first five, exactly as a new guide would tell it."""

from typing import Any

import pytest
from factories import (
    TODAY,
    a_firm,
    a_place,
    an_offer,
    every_gemeinde,
    every_trade,
    some_needs,
    the_catalogue,
    the_needs,
    the_weights,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.decisive import (
    ASKED,
    SETTLED,
    TOP,
    OpenQuestion,
    answers,
    missing,
    outlook,
    prospects,
)
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.plausibility import EUROS_PER_HEAD, is_plausible
from digiwegweiser.core.rules import RULES
from digiwegweiser.core.vocabulary import Eligibility

CODES = [need.code for need in the_needs()]
UNTOLD: dict[str, Any] = dict.fromkeys(
    ("employees", "turnover_eur", "balance_eur", "founded", "budget_eur", "ordered", "de_minimis_eur")
)
#: More points than an offer for everybody.
GOOD = {"sectors": {"craft"}, "form": "grant"}


def guide(*offers: Offer, **firm: Any) -> Guide:
    return build_guide(a_firm(**{**UNTOLD, **firm}), offers, TODAY, the_weights())


def questions(*offers: Offer, **firm: Any) -> tuple[OpenQuestion, ...]:
    return outlook(guide(*offers, **firm), the_weights()).questions


def first(told: Guide, places: int = TOP) -> tuple[str, ...]:
    return tuple(hit.match.offer.id for hit in told.hits[:places])


def firms() -> st.SearchStrategy[Firm]:
    """Firms with place, trade and needs, of which most other things are not told."""

    def maybe(*values: Any) -> st.SearchStrategy[Any]:
        return st.sampled_from((None, None, *values))

    return st.builds(
        Firm,
        place=st.sampled_from(every_gemeinde()).map(lambda key: a_place(key, lat=51.0, lon=9.0)),
        trade=st.sampled_from(every_trade()),
        employees=maybe(0, 8, 49.5, 249, 300),
        needs=st.lists(st.sampled_from(CODES), min_size=1, max_size=3).map(lambda codes: some_needs(*codes)),
        turnover_eur=maybe(800_000, 60_000_000),
        balance_eur=maybe(300_000, 50_000_000),
        founded=maybe(1990, 2024),
        budget_eur=maybe(1, 5000, 30_000),
        ordered=maybe(True, False),
        emergency=st.none(),
    )


# --- laws ------------------------------------------------------------------------------------------------------------


def rebuilt(told: Guide, asked: tuple[str, ...]) -> list[Guide]:
    """The whole guide anew for every answer that the whole catalogue tells apart."""
    tiers = [tier for offer in the_catalogue() for tier in offer.tiers]
    changed = answers(asked, told.firm, tiers, TODAY)
    return [build_guide(firm, the_catalogue(), TODAY, the_weights()) for firm in changed[:: max(len(changed) // 8, 1)]]


def untold(firm: Firm) -> list[tuple[str, ...]]:
    return [names for names in ASKED if missing(names, firm)]


@pytest.mark.slow
@settings(max_examples=12)
@given(firm=firms())
def test_the_first_five_are_as_a_new_guide_would_tell_them(firm: Firm) -> None:
    """For every answer the predicted page is the page of a guide built from scratch."""
    told = build_guide(firm, the_catalogue(), TODAY, the_weights())
    for asked in untold(firm):
        for prospect in prospects(asked, told, the_weights()):
            again = build_guide(prospect.firm, the_catalogue(), TODAY, the_weights())
            assert prospect.first == first(again), (asked, prospect.firm)
            assert prospect.lost == everywhere(told) - everywhere(again)


def everywhere(told: Guide) -> set[str]:
    return {m.offer.id for hit in told.hits for m in (hit.match, *hit.folded)}


@settings(max_examples=6)
@given(firm=firms(), asked=st.sampled_from(ASKED))
def test_what_is_not_asked_moves_nothing(firm: Firm, asked: tuple[str, ...]) -> None:
    """Whatever the answer to a question that is not put, the first five stay, even for limits of other offers."""
    told = build_guide(firm, the_catalogue(), TODAY, the_weights())
    put = {question.attribute for question in outlook(told, the_weights()).questions}
    if asked in untold(firm) and not put & set(asked):
        # Where the size settles the answer, the one that is left may move ties; then there is nothing to choose.
        then = [again.first for again in prospects(asked, told, the_weights())]
        assert {first(again) for again in rebuilt(told, asked)} == {first(told) if len(then) > 1 else then[0]}


@pytest.mark.slow
@settings(max_examples=8)
@given(firm=firms())
def test_every_question_has_an_answer_that_changes_the_first_five(firm: Firm) -> None:
    """And what it is said to decide on is judged differently after different answers, by guides built from scratch."""
    told = build_guide(firm, the_catalogue(), TODAY, the_weights())
    for question in outlook(told, the_weights()).questions:
        asked = next(names for names in ASKED if question.attribute in names)
        then = [
            build_guide(one.firm, the_catalogue(), TODAY, the_weights())
            for one in prospects(asked, told, the_weights())
        ]
        assert any(first(again) != first(told) for again in then)
        for name in question.decides:
            assert len({verdicts_of(name, asked, again) for again in then}) > 1, (question.attribute, name)
        assert set(question.brings) <= {name for again in then for name in first(again)}


def verdicts_of(name: str, asked: tuple[str, ...], told: Guide) -> tuple[Any, ...]:
    """How an offer stands, and what its rules that read these attributes say."""
    hits = [m for hit in told.hits for m in (hit.match, *hit.folded)]
    (m,) = [m for m in (*hits, *told.excluded) if m.offer.id == name]
    reading = [rule.name for rule in RULES if rule.is_hard and set(asked) & set(rule.attributes)]
    return m.eligibility is Eligibility.NO, tuple(m.finding(rule).verdict for rule in reading)


@pytest.mark.slow
@settings(max_examples=5)
@given(firm=firms())
def test_a_settled_guide_keeps_its_first_three(firm: Firm) -> None:
    """Settled means that no answer to one question changes the first three; not settled, that one does."""
    told = build_guide(firm, the_catalogue(), TODAY, the_weights())
    settled = outlook(told, the_weights()).is_settled
    moves = False
    for asked in untold(firm):
        moves |= any(again != first(told, SETTLED) for again in (first(g, SETTLED) for g in rebuilt(told, asked)))
    assert not (settled and moves)


@settings(max_examples=15)
@given(firm=firms())
def test_questions_are_open_and_in_order(firm: Firm) -> None:
    """Each is on something untold, moves something, and none that moves less comes before; twice asked is the same."""
    told = build_guide(firm, the_catalogue(), TODAY, the_weights())
    found = outlook(told, the_weights()).questions
    assert all(getattr(firm, q.attribute) is None and 0 < q.movement <= TOP for q in found)
    assert [q.movement for q in found] == sorted((q.movement for q in found), reverse=True)
    assert all(set(q.decides) <= set(first(told)) and not set(q.brings) & set(first(told)) for q in found)
    assert all(len(q.decides) == len(q.because) for q in found)
    shuffled = build_guide(firm, the_catalogue()[::-1], TODAY, the_weights())
    assert outlook(shuffled, the_weights()).questions == found


@settings(max_examples=30)
@given(
    asked=st.sampled_from([names for names in ASKED if names != ("ordered",)]),
    values=st.tuples(*2 * [st.one_of(st.integers(0, 600), st.integers(0, 6 * 10**7))]),
    firm=firms(),
)
def test_the_classes_leave_out_no_answer(asked: tuple[str, ...], values: tuple[int, int], firm: Firm) -> None:
    """Any whole number is judged by all tiers of the catalogue as one of the answers tried."""
    told = values if asked != ("founded",) else (TODAY.year - values[0] % 200,)
    given_firm = firm._replace(**dict(zip(asked, told, strict=False)))
    assume(all(is_plausible(name, getattr(given_firm, name), firm._replace(**dict.fromkeys(asked))) for name in asked))
    forgotten = firm._replace(**dict.fromkeys(asked))
    tiers = [tier for offer in the_catalogue() for tier in offer.tiers]
    tiers = list({(t.audience, t.min_project_eur, t.max_project_eur): t for t in tiers}.values())
    on = [Candidate(the_catalogue()[0], tier, TODAY, the_weights()) for tier in tiers]

    def verdicts(one: Firm) -> list[Any]:
        reading = [rule for rule in RULES if rule.is_hard and set(asked) & set(rule.attributes)]
        return [rule.judge(rule.value_of(one), candidate).verdict for rule in reading for candidate in on]

    wanted = verdicts(given_firm)
    assert any(verdicts(one) == wanted for one in answers(asked, forgotten, tiers, TODAY))


# --- examples --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "attribute"),
    [
        ({"max_employees": 9}, "employees"),
        ({"min_employees": 3}, "employees"),
        ({"eu_sme": True}, "employees"),
        ({"apply_before_start": True}, "ordered"),
        ({"min_turnover_eur": 1}, "turnover_eur"),
        ({"max_turnover_eur": 1, "max_balance_eur": 1}, "turnover_eur"),
        ({"max_company_age_years": 5}, "founded"),
    ],
)
def test_a_limit_on_the_page_is_asked_for(limits: dict[str, Any], attribute: str) -> None:
    """The question names the offer that it decides, with the limit, and what would move up."""
    found = questions(an_offer(id="a", **GOOD | {"apply_before_start": False} | limits), an_offer(id="b"))
    asked = next(q for q in found if q.attribute == attribute)
    assert asked.decides == ("a",)
    assert asked.because[0].limit is not None
    assert asked.movement > 0


def test_a_budget_is_asked_where_it_lifts_the_best_money() -> None:
    """Whoever plans to spend sees money on the first page, so the answer moves it without any limit."""
    others = [an_offer(id=name, sectors={"craft"}) for name in "abcdef"]
    money = an_offer(id="money", form="grant", apply_before_start=False, cost="paid")
    found = questions(*others, money)
    assert [(q.attribute, q.decides, q.brings) for q in found] == [("budget_eur", (), ("money",))]
    assert questions(*others, money, budget_eur=1) == ()


def test_nothing_is_asked_about_what_is_told_or_decides_nothing() -> None:
    """A known value, an offer without limits, or a lone limit that all offers share in vain: no question."""
    limited = an_offer(id="a", form="advice", max_employees=9)
    assert [q.attribute for q in questions(limited, an_offer(id="b"))] == ["employees"]
    assert questions(limited, an_offer(id="b"), employees=8) == ()
    assert questions(an_offer(id="b")) == ()
    assert questions() == ()


def test_offers_after_the_first_page_are_not_asked_for() -> None:
    """What nobody sees first decides nothing."""
    better = [an_offer(id=name, sectors={"craft"}) for name in "abcde"]
    late = an_offer(id="late", max_employees=9)
    assert questions(*better, late) == ()
    assert [q.attribute for q in questions(*better[:4], late)] == ["employees"]


def test_the_question_that_moves_most_comes_first() -> None:
    """Losing the first of five moves all five, losing the last one moves one."""
    top = an_offer(id="a", sectors={"craft"}, max_company_age_years=5)
    middle = [an_offer(id=name) for name in "bcde"]
    last = an_offer(id="f", max_employees=9)
    assert [q.attribute for q in questions(top, *middle[:3], last)] == ["founded", "employees"]


def test_turnover_and_balance_are_one_question_until_one_is_told() -> None:
    """One of the two is enough to fit, so only both exclude; the second is asked if the first is too high."""
    offers = an_offer(id="a", sectors={"craft"}, max_turnover_eur=10, max_balance_eur=10), an_offer(id="b")
    assert [q.attribute for q in questions(*offers)] == ["turnover_eur"]
    assert [q.attribute for q in questions(*offers, turnover_eur=11)] == ["balance_eur"]
    assert questions(*offers, turnover_eur=10) == ()


def test_a_small_firm_is_asked_what_could_make_it_large() -> None:
    """An offer for all but small firms hangs on head count and turnover: the one is asked when the other is told."""
    offers = an_offer(id="a", sectors={"craft"}, eu_sme=False), an_offer(id="b")
    assert [q.attribute for q in questions(*offers, employees=100)] == ["turnover_eur"]
    assert questions(*offers, employees=8) == ()
    assert [q.attribute for q in questions(*offers, turnover_eur=1)] == ["employees"]
    assert questions(*offers, employees=250) == ()


def test_without_a_place_nothing_else_matters() -> None:
    """The place decides more than any limit and is asked first."""
    offers = an_offer(id="a", max_employees=9), an_offer(id="b")
    assert questions(*offers, place=None) == ()
    assert questions(*offers) != ()


def test_in_an_emergency_nothing_is_asked_and_nothing_called_settled() -> None:
    """Help comes first; the same firm at peace is asked."""
    offers = an_offer(id="a", max_employees=9), an_offer(id="b")
    calm, attacked = (outlook(guide(*offers, emergency=words), the_weights()) for words in (None, "gehackt"))
    assert (len(calm.questions), attacked.questions, attacked.is_settled) == (1, (), False)


@pytest.mark.parametrize(
    ("firm", "settled"),
    [
        ({"employees": 8}, True),
        ({"employees": None}, False),
        ({"employees": 8, "place": None}, False),
        ({"employees": 8, "place": a_place("DE-NW")}, False),
        ({"employees": 8, "place": a_place("05974")}, False),
        ({"employees": 8, "trade": None}, False),
        ({"employees": 8, "needs": ()}, False),
    ],
)
def test_settled_is_said_only_when_all_that_counts_is_known(firm: dict[str, Any], settled: bool) -> None:
    """An open limit among the first three, or a basic answer missing, leaves the guide open."""
    offers = an_offer(id="a", max_employees=9), an_offer(id="b")
    assert outlook(guide(*offers, **firm), the_weights()).is_settled is settled


def test_a_limit_on_the_fourth_place_leaves_the_guide_settled() -> None:
    """It may still be asked for, but changes no one of the first three."""
    better = [an_offer(id=name, sectors={"craft"}) for name in "abc"]
    told = guide(*better, an_offer(id="late", max_employees=9))
    assert outlook(told, the_weights()).is_settled
    assert [q.attribute for q in outlook(told, the_weights()).questions] == ["employees"]
    assert not outlook(guide(*better[:2], an_offer(id="late", max_employees=9)), the_weights()).is_settled


# --- what the size settles -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("employees", "asked"), [(0, []), (2, []), (24, []), (25, ["turnover_eur"]), (50, ["turnover_eur"])]
)
def test_nobody_is_asked_for_a_turnover_out_of_reach_of_his_size(employees: int, asked: list[str]) -> None:
    """50 million take 25 heads at the least (two million each); the offer stays open all the same."""
    offers = an_offer(id="a", sectors={"craft"}, eu_sme=True), an_offer(id="b", sectors={"craft"})
    told = guide(*offers, employees=employees)
    assert [q.attribute for q in outlook(told, the_weights()).questions] == asked
    (hit,) = [hit.match for hit in told.hits if hit.match.offer.id == "a"]
    assert hit.eligibility is Eligibility.OPEN


def test_a_turnover_within_reach_is_asked_of_the_smallest() -> None:
    """Two million are no question of size for two, and without a head count nothing is settled."""
    offers = an_offer(id="a", sectors={"craft"}, max_turnover_eur=2_000_000), an_offer(id="b")
    assert [q.attribute for q in questions(*offers, employees=2)] == ["turnover_eur"]
    large = an_offer(id="a", sectors={"craft"}, max_turnover_eur=50_000_000)
    assert [q.attribute for q in questions(large, offers[1])] == ["turnover_eur"]
    assert questions(large, offers[1], employees=2) == ()


@pytest.mark.parametrize("name", ["turnover_eur", "balance_eur"])
def test_the_line_is_drawn_by_heads_and_moved_by_what_is_told(name: str) -> None:
    """The owner is counted on top; a firm that told a larger figure is above the line for the other, too."""
    firm = Firm(employees=2)
    assert is_plausible(name, 3 * EUROS_PER_HEAD, firm)
    assert not is_plausible(name, 3 * EUROS_PER_HEAD + 1, firm)
    assert is_plausible(name, 10**12, Firm())
    assert is_plausible("budget_eur", 10**12, firm)
    assert is_plausible(name, 60_000_000, firm._replace(turnover_eur=60_000_000))


def test_an_offer_is_named_only_if_the_answer_decides_on_it() -> None:
    """The head count decides nothing about a limit on the turnover, though that waits for an answer of its own."""
    heads = an_offer(id="a", sectors={"craft"}, max_employees=9)
    money = an_offer(id="b", sectors={"craft"}, max_turnover_eur=1)
    found = {q.attribute: q.decides for q in questions(heads, money, an_offer(id="c"))}
    assert found == {"employees": ("a",), "turnover_eur": ("b",)}


@pytest.mark.parametrize(
    ("limits", "employees", "granted"),
    [
        ({"eu_sme": True}, 8, True),
        ({"eu_sme": True}, 100, False),
        ({"eu_sme": True}, None, False),
        ({"eu_sme": False}, 8, False),
        ({"max_turnover_eur": 2_000_000}, 8, False),
        ({"max_employees": 9}, 8, False),
    ],
)
def test_taken_for_granted_is_what_every_plausible_answer_meets(
    limits: dict[str, Any], employees: int | None, granted: bool
) -> None:
    """Not what the size rules out, nor what another answer of a firm that size could fail, nor what is no money."""
    limited = an_offer(id="a", **GOOD | {"apply_before_start": False} | limits)
    told = guide(limited, an_offer(id="b"), employees=employees)
    assert outlook(told, the_weights()).takes_finance_for_granted is granted
