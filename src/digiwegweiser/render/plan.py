"""The way in steps, and the sheet for the first call."""

from collections.abc import Iterator, Sequence
from typing import Any

from digiwegweiser.core.firm import Firm
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.plan import Stage, Step, facts_asked, first_call, must_wait, plan
from digiwegweiser.core.vocabulary import State
from digiwegweiser.render.call_sheet import (
    candidates_view,
    figures,
    missing_facts,
    office_questions,
    question_of,
    sheet_lines,
)
from digiwegweiser.render.card import conditions_text
from digiwegweiser.render.chamber import candidates_name, candidates_numbers, way_to_page
from digiwegweiser.render.combination import ranked_name
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.page import Block, Heading, Item, Tone
from digiwegweiser.render.wording import (
    day,
    listed,
    phone_text,
    short_name,
)

#: What each stage is called and when it has its turn.
STAGES = {
    Stage.EMERGENCY: ("Sofort Hilfe holen", "jetzt"),
    Stage.TALK: ("Kostenlos beraten lassen", "jetzt"),
    Stage.CHECK: ("Prüfen, was sich lohnt", "vor dem Antrag"),
    Stage.APPLICATION: ("Geld beantragen", "vor der Bestellung"),
    Stage.LEARNING: ("Lernen und vernetzen", "danach"),
}
#: After an order only money is left that may be had then.
AFTER_ORDER = "auch nach der Bestellung"
#: While an attack is going on, the hotline and the police come first.
AFTER_EMERGENCY = "nach dem Notfall"


def plan_lines(guide: Guide, words: Lexicon, shown: int) -> Iterator[Block]:
    """The numbered steps and the sheet for the first call; nothing where there are none.

    In an emergency the sheet stands with the first help instead.
    """
    steps = plan(guide, shown)
    if not steps:
        return
    call = first_call(steps)
    yield Heading("Ihr Weg in Schritten", 2)
    for at, (stage, own) in enumerate(_by_stage(steps), 1):
        turn = _turn(stage, steps, guide.firm)
        yield Heading(f"Schritt {at}: {STAGES[stage][0]}", 3, turn)
        for step in own:
            yield from _step_lines(step, guide, words, turn, step is call)
    if call is not None and call.stage is not Stage.EMERGENCY:
        yield from sheet_lines(call, steps, guide, words)


def plan_view(guide: Guide, words: Lexicon, shown: int) -> list[dict[str, Any]]:
    """The steps for JSON; each with its offers."""
    steps = plan(guide, shown)
    return [
        {
            "step": at,
            "stage": stage,
            "title": STAGES[stage][0],
            "when": _turn(stage, steps, guide.firm),
            "offers": [_offer_view(step, words) for step in own],
        }
        for at, (stage, own) in enumerate(_by_stage(steps), 1)
    ]


def _by_stage(steps: Sequence[Step]) -> list[tuple[Stage, list[Step]]]:
    found = [(stage, [step for step in steps if step.stage is stage]) for stage in Stage]
    return [(stage, own) for stage, own in found if own]


def _turn(stage: Stage, steps: Sequence[Step], firm: Firm) -> str:
    """When a stage has its turn; empty where its offers differ."""
    if stage is Stage.TALK and firm.emergency is not None:
        return AFTER_EMERGENCY
    money = [step.match for step in steps if step.stage is Stage.APPLICATION]
    # Without an application that comes before the order there is none to check for.
    if stage is Stage.CHECK and not any(must_wait(m) for m in money):
        return STAGES[Stage.LEARNING][1]
    if stage is not Stage.APPLICATION or all(must_wait(m) for m in money):
        return STAGES[stage][1]
    return AFTER_ORDER if all(m.tier.apply_before_start is False for m in money) else ""


# --- the steps -------------------------------------------------------------------------------------------------------


def _step_lines(step: Step, guide: Guide, words: Lexicon, turn: str, is_call: bool) -> Iterator[Block]:
    if step.stage is Stage.EMERGENCY:
        yield Item("Wer", _who(step.match), Tone.STRONG)
        return
    yield from _who_lines(step, guide.firm)
    later = [ranked_name(hit.match, guide) for hit in guide.hits if hit.match.offer.id in step.needed_for]
    if later:
        yield Item("Nötig", f"vor {listed(later)}", Tone.WARNING)
    hows = {m.offer.how_to_apply for m in step.candidates or (step.match,)}
    how = hows.pop()
    if how and not hows:
        yield Item("Wie", how)
    yield from _ready_lines(step, guide.firm, words, is_call)
    when = _when(step.match, turn)
    if when:
        yield Item("Wann", when, Tone.WARNING)


def _who_lines(step: Step, firm: Firm) -> Iterator[Block]:
    if not step.candidates:
        yield Item("Wer", f"{_number(step)}{_who(step.match)}", Tone.STRONG)
        return
    yield Item("Wer", f"{_number(step)}{candidates_name(step.candidates, firm.trade)}", Tone.STRONG)
    yield Item("Nummern", candidates_numbers(step.candidates), Tone.STRONG)


def _ready_lines(step: Step, firm: Firm, words: Lexicon, is_call: bool) -> Iterator[Block]:
    """What to have at hand; before an application also what to check, which for the first call stands on its sheet."""
    if is_call:
        yield Item("Bereit", "der Anrufzettel hier unten")
        return
    ready = _ready(step.match, firm)
    if ready:
        yield Item("Bereit", ready)
    to_check = _to_check(step, words)
    if to_check:
        yield Item("Prüfen", to_check)


def _to_check(step: Step, words: Lexicon) -> str:
    """What could not be checked and is not told in another line of the step, in short; only before an application."""
    if step.stage is not Stage.APPLICATION:
        return ""
    asked = [question_of(found, step.match, words) for found in step.match.unknown() if found.rule in _OPEN]
    return " ".join(text for text in (*asked, conditions_text(step.match.offer)) if text)


#: Open findings that no figure settles.
_OPEN = ("area", "trade")


def _number(step: Step) -> str:
    """The place in the guide before a name; empty for what is no hit."""
    return "" if step.rank is None else f"{step.rank}. "


def _who(m: Match) -> str:
    """The offer and the best way to reach it: telephone, else mail, else page."""
    contact, name = m.offer.contact, short_name(m.offer)
    way = phone_text(contact) or contact.email or way_to_page(m.offer)
    office = contact.organisation
    named = f"{name}: {office}" if office and office not in m.offer.name else name
    return f"{named} · {way}" if way else named


def _ready(m: Match, firm: Firm) -> str:
    """What the office will ask for, with the firm's figures where they are known."""
    asked = facts_asked(m)
    known = [text for name, text in figures(firm) if name in asked]
    missing = missing_facts(firm, [m]) if asked else []
    parts = [", ".join(known), f"noch nachsehen: {listed(missing)}" if missing else ""]
    return "; ".join(part for part in parts if part)


def _when(m: Match, turn: str) -> str:
    """What the heading has not said: whether before the order, until when, and whether at all."""
    before = "vor der Bestellung" if must_wait(m) else AFTER_ORDER if m.tier.apply_before_start is False else ""
    parts = [
        before if before != turn else "",
        f"spätestens {day(m.offer.valid_until)}" if m.offer.valid_until is not None else "",
        "erst klären, ob es noch läuft" if m.state is State.UNVERIFIED else "",
    ]
    return ", ".join(part for part in parts if part)


def _offer_view(step: Step, words: Lexicon) -> dict[str, Any]:
    m, contact = step.match, step.match.offer.contact
    last = m.offer.valid_until
    return {
        "rank": step.rank,
        "needed_for": list(step.needed_for),
        "id": m.offer.id,
        "name": m.offer.name,
        "organisation": contact.organisation,
        "phone": contact.phone,
        "email": contact.email,
        "url": contact.url,
        "how": m.offer.how_to_apply,
        "facts_asked": list(facts_asked(m)),
        "apply_before_order": must_wait(m),
        "deadline": None if last is None else last.isoformat(),
        "status": m.state,
        "check_before": office_questions(m, words) if step.stage is Stage.APPLICATION else [],
        "candidates": candidates_view(step),
    }
