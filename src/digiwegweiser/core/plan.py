"""The way in steps: which hit comes when, whom to call first, and what an early order has cost."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from digiwegweiser.core.combination import requirements, together
from digiwegweiser.core.early import knows_no_land
from digiwegweiser.core.emergency import CALLS, first_to_call, is_emergency_line
from digiwegweiser.core.finding import Finding
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match, match
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import Confidence, CostKind, Eligibility, Expense, Form, Kind, State, Verdict
from digiwegweiser.core.weights import Weights


class Stage(StrEnum):
    """When an offer has its turn; in this order."""

    EMERGENCY = "emergency"
    """Only while an attack is going on."""
    TALK = "talk"
    CHECK = "check"
    APPLICATION = "application"
    LEARNING = "learning"


_STAGES = tuple(Stage)
#: How many offers of a stage are named: a plan that names everything is none.
MOST = {Stage.EMERGENCY: CALLS, Stage.TALK: 2, Stage.CHECK: 1, Stage.APPLICATION: 2, Stage.LEARNING: 1}
#: Beside the other money one offer that pays for advice: it is taken before anything is bought.
MOST_ADVICE = 1

_TALKS = (Kind.CHAMBER, Kind.CENTER, Kind.HUB, Kind.COACHING, Kind.HOTLINE)
_PAID_ADVICE = (Kind.CONSULTING_SUBSIDY, Kind.COACHING)


class Step(NamedTuple):
    """One offer in the plan."""

    stage: Stage
    rank: int | None
    """Its place in the guide, from 1; None for whom to call in an emergency, and for what only another step needs."""
    match: Match
    needed_for: tuple[str, ...] = ()
    """Ids of the offers of later steps that require it."""
    candidates: tuple[Match, ...] = ()
    """The chambers of which one is the firm's own, the offer among them; empty where the offer itself is meant."""


def stage_of(offer: Offer) -> Stage | None:
    """The stage that kind, form and cost give an offer; a talk counts as one only where it is free for sure.

    None for the lines that are called during an attack: they have their own place, before all else.
    """
    if is_emergency_line(offer):
        return None
    is_talk = offer.kind in _TALKS or (offer.kind in (Kind.NETWORK, Kind.INITIATIVE) and offer.form is Form.ADVICE)
    if is_talk and offer.cost.kind is CostKind.FREE and not offer.form.pays:
        return Stage.TALK
    if offer.kind is Kind.SELF_CHECK:
        return Stage.CHECK
    if offer.form.pays and offer.kind is not Kind.TRAINING:
        return Stage.APPLICATION
    if offer.kind in _PAID_ADVICE and offer.cost.kind is CostKind.SUBSIDISED:
        return Stage.APPLICATION
    return Stage.LEARNING


def plan(guide: Guide, shown: int) -> tuple[Step, ...]:
    """A few of the first `shown` hits for each stage, in the order of the ranking; talks: the chamber first.

    Of hits that exclude each other only the better ranked. What a step requires comes before it, whatever its rank.
    While an attack is going on, whom to call then comes before all.
    """
    chambers = own_chambers(guide)
    page = [hit.match for hit in guide.hits[:shown]]
    hits = together(m for m in page if m in chambers or (_can_be_a_step(m) and not _is_for_large_projects(m)))
    ranked = [(stage_of(m.offer), guide.rank_of(m.offer), m) for m in hits]
    chosen = [Step(Stage.EMERGENCY, None, m) for m in first_to_call(guide)]
    for stage in Stage:
        own = [_step(stage, rank, m, chambers) for found, rank, m in ranked if found is stage]
        chosen += _chosen(stage, sorted(_sure(own), key=_order_of(stage)))
    return _in_order(_with_required(chosen, guide))


def own_chambers(guide: Guide) -> tuple[Match, ...]:
    """The chambers of which one is the firm's own, the best ranked first; none where it is known which or no craft."""
    firm = guide.firm
    if firm.trade is None or not firm.trade.is_craft or knows_no_land(firm):
        return ()
    found = (m for hit in guide.hits for m in (hit.match, *hit.folded) if m.offer.kind is Kind.CHAMBER)
    return tuple(m for m in found if m.may_be_elsewhere())


def _step(stage: Stage, rank: int | None, m: Match, chambers: tuple[Match, ...]) -> Step:
    return Step(stage, rank, m, candidates=chambers if m in chambers else ())


def _is_for_large_projects(m: Match) -> bool:
    """Whether the offer is for large projects only and the firm has named no sum."""
    found = m.finding("budget")
    return found.verdict is Verdict.UNKNOWN and found.points < found.max_points


def _sure(own: Sequence[Step]) -> Sequence[Step]:
    """Without what is neither known to run nor well sourced, if there is something that runs."""
    if not any(step.match.state is State.OPEN for step in own):
        return own
    return [step for step in own if not _is_doubtful(step.match)]


def _is_doubtful(m: Match) -> bool:
    return m.state is not State.OPEN and m.offer.confidence is Confidence.LOW


def _with_required(chosen: Sequence[Step], guide: Guide) -> dict[str, Step]:
    """The steps by id, with all that they require, each no later than the step that requires it."""
    found = {step.match.offer.id: step for step in chosen}
    waiting = list(found)
    for own in waiting:
        for m in (need.match for need in requirements(found[own].match, guide)):
            if m is None or not (m.offer.id in found or _can_be_a_step(m)):
                continue
            name, last = m.offer.id, found[own].stage
            known = found.get(name)
            first = known or Step(stage_of(m.offer) or last, guide.rank_of(m.offer), m)
            needed_for = tuple(dict.fromkeys([*first.needed_for, own]))
            found[name] = first._replace(stage=min(first.stage, last, key=_STAGES.index), needed_for=needed_for)
            if known is None or known.stage is not found[name].stage:
                # What it requires itself must not come later either.
                waiting.append(name)
    return found


def _in_order(found: Mapping[str, Step]) -> tuple[Step, ...]:
    """Stage by stage; within a stage what another step requires comes before that."""
    begun: set[str] = set()
    placed: list[Step] = []

    def place(name: str) -> None:
        begun.add(name)
        for other, step in found.items():
            if name in step.needed_for and step.stage is found[name].stage and other not in begun:
                place(other)
        placed.append(found[name])

    for name in sorted(found, key=lambda name: _STAGES.index(found[name].stage)):
        if name not in begun:
            place(name)
    return tuple(placed)


def _can_be_a_step(m: Match) -> bool:
    """Whether the offer is for this place, and there is a way to reach somebody."""
    contact = m.offer.contact
    ways = (contact.phone, contact.email, contact.url, contact.application_url)
    return not m.may_be_elsewhere() and any(way is not None for way in ways)


def _chosen(stage: Stage, own: Sequence[Step]) -> list[Step]:
    """The few that are named of a stage; `own` in their order."""
    if stage is Stage.APPLICATION:
        advice = [step for step in own if _is_for_advice(step.match)]
        return [*advice[:MOST_ADVICE], *[step for step in own if step not in advice][: MOST[stage]]]
    return [*own[:1], *[step for step in own[1 : MOST[stage]] if _is_worth_a_second(step)]]


def _is_for_advice(m: Match) -> bool:
    """Whether advice is all that is paid for."""
    return m.tier.pays_for == frozenset({Expense.ADVICE}) or (m.tier.pays_for is None and m.offer.kind in _PAID_ADVICE)


def _order_of(stage: Stage) -> Callable[[Step], tuple[bool | int, ...]]:
    return _talk_order if stage is Stage.TALK else lambda step: (step.rank or 0,)


def _talk_order(step: Step) -> tuple[bool | int, ...]:
    """The chamber first, then whom one can call, then what surely runs."""
    offer = step.match.offer
    is_doubtful = step.match.state is not State.OPEN
    return (offer.kind is not Kind.CHAMBER, _is_late(offer), offer.contact.phone is None, is_doubtful, step.rank or 0)


def _is_late(offer: Offer) -> bool:
    """A network passes on to those who advise."""
    return offer.kind is Kind.NETWORK


def _is_worth_a_second(step: Step) -> bool:
    """A second talk only where one can call somebody of the region who advises."""
    offer = step.match.offer
    is_of_the_region = step.match.finding("nearness").case != "bund"
    return step.stage is not Stage.TALK or (
        offer.contact.phone is not None and is_of_the_region and not _is_late(offer)
    )


def first_call(steps: Sequence[Step]) -> Step | None:
    """Whom to call first: the first step in which somebody advises or pays."""
    return next((s for s in steps if s.stage is not Stage.LEARNING and s.match.offer.kind is not Kind.SELF_CHECK), None)


def prepared_for_call(steps: Sequence[Step], call: Step) -> tuple[Step, ...]:
    """The offers whose figures to have at hand for the first call: that office's own, and the money it advises on.

    Nobody is asked for figures while an attack is going on.
    """
    if call.stage is Stage.EMERGENCY:
        return ()
    return tuple(step for step in steps if step is call or step.match.offer.form.pays)


# --- facts -----------------------------------------------------------------------------------------------------------

_FACTS_OF_RULES = {
    "employees": ("employees",),
    "finance": ("turnover_eur", "balance_eur"),
    "company_age": ("founded",),
    "budget": ("budget_eur",),
}


def facts_asked(m: Match) -> tuple[str, ...]:
    """Attributes of the firm that the tier has a limit for, so that the office will ask for them."""
    asked = [name for rule, names in _FACTS_OF_RULES.items() if _has_limit(m.finding(rule)) for name in names]
    return (*asked, "de_minimis_eur") if m.tier.de_minimis is True else tuple(asked)


def _has_limit(found: Finding) -> bool:
    return any(limit is not None for limit in found.limit)


# --- the early order -------------------------------------------------------------------------------------------------


def must_wait(m: Match) -> bool:
    """Whether ordering before the application loses the money."""
    return m.offer.form.pays and m.tier.apply_before_start is True


def may_have_to_wait(m: Match) -> bool:
    """Whether it is not known if ordering first loses the money."""
    return m.offer.form.pays and m.tier.apply_before_start is None


def lost_by_ordering(guide: Guide, weights: Weights) -> tuple[Match, ...]:
    """What the firm could still have applied for, had it not ordered: best first, as it would have been judged."""
    if guide.firm.ordered is not True:
        return ()
    firm = guide.firm._replace(ordered=False)
    late = [m.offer for m in guide.excluded if any(tier.apply_before_start for tier in m.offer.tiers)]
    otherwise = [match(firm, offer, guide.as_of, weights) for offer in late]
    lost = [m for m in otherwise if m.eligibility is not Eligibility.NO]
    return tuple(sorted(lost, key=lambda m: (-m.score, m.offer.id)))
