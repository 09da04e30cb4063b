"""The way in steps, and the sheet for the first call."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Firm, Place
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.plan import Stage, Step, asked_on_call, facts_asked, first_call, must_wait, plan
from digiwegweiser.core.vocabulary import State
from digiwegweiser.render.combination import ranked_name
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.reasons import area_words, reason, trade_words
from digiwegweiser.render.wording import (
    MISSING,
    day,
    euro,
    listed,
    number,
    phone_text,
    place_line,
    short_name,
    span,
    staff,
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
#: What whoever helps in an emergency asks first, and what to ask there.
TO_LOOK_UP_NOW = (
    "seit wann und was zuerst auffiel",
    "welche Geräte und Programme betroffen sind",
    "was auf dem Bildschirm steht",
    "von wann die letzte Datensicherung ist",
)
ASK_NOW = (
    "Was sollen wir als Nächstes tun, und was auf keinen Fall?",
    "Welche Spuren sollen wir sichern, und wie?",
    "Wer kann uns heute noch helfen, und was kostet das?",
    "Wie erstatten wir Anzeige?",
)
#: Of many needs the sheet says the first.
NEEDS_SAID = 3


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
            yield from _step_lines(step, guide, turn, step is call)
    if call is not None and call.stage is not Stage.EMERGENCY:
        yield from _sheet_lines(call, steps, guide, words)


def emergency_sheet_lines(guide: Guide, words: Lexicon) -> Iterator[Block]:
    """The sheet for the call that is made before all else; nothing where nobody has a number."""
    steps = plan(guide, 0)
    if steps:
        yield from _sheet_lines(steps[0], steps, guide, words)


def plan_view(guide: Guide, shown: int) -> list[dict[str, Any]]:
    """The steps for JSON; each with its offers."""
    steps = plan(guide, shown)
    return [
        {
            "step": at,
            "stage": stage,
            "title": STAGES[stage][0],
            "when": _turn(stage, steps, guide.firm),
            "offers": [_offer_view(step) for step in own],
        }
        for at, (stage, own) in enumerate(_by_stage(steps), 1)
    ]


def call_sheet_view(guide: Guide, words: Lexicon, shown: int) -> dict[str, Any] | None:
    """The sheet for the first call for JSON; None where nobody can be called."""
    steps = plan(guide, shown)
    call = first_call(steps)
    if call is None:
        return None
    offer, asked = call.match.offer, asked_on_call(steps, call)
    return {
        "id": offer.id,
        "name": offer.name,
        "phone": offer.contact.phone,
        "opening": opening(guide.firm, words),
        "at_hand": known_facts(guide.firm),
        "to_look_up": _to_look_up(call, asked, guide.firm),
        "questions": _questions_view(call, asked, words),
    }


def _questions_view(call: Step, asked: Sequence[Step], words: Lexicon) -> list[dict[str, Any]]:
    if call.stage is Stage.EMERGENCY:
        return [{"id": call.match.offer.id, "name": call.match.offer.name, "questions": list(ASK_NOW)}]
    return [
        {"id": step.match.offer.id, "name": step.match.offer.name, "questions": office_questions(step.match, words)}
        for step in asked
    ]


def _to_look_up(call: Step, asked: Sequence[Step], firm: Firm) -> list[str]:
    is_now = call.stage is Stage.EMERGENCY
    return list(TO_LOOK_UP_NOW) if is_now else missing_facts(firm, [step.match for step in asked])


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


def _step_lines(step: Step, guide: Guide, turn: str, is_call: bool) -> Iterator[Block]:
    offer = step.match.offer
    if step.stage is Stage.EMERGENCY:
        yield Item("Wer", _who(step.match), Tone.STRONG)
        return
    yield Item("Wer", f"{_number(step)}{_who(step.match)}", Tone.STRONG)
    later = [ranked_name(hit.match, guide) for hit in guide.hits if hit.match.offer.id in step.needed_for]
    if later:
        yield Item("Nötig", f"vor {listed(later)}", Tone.WARNING)
    if offer.how_to_apply:
        yield Item("Wie", offer.how_to_apply)
    ready = _ready(step.match, guide.firm)
    if is_call:
        yield Item("Bereit", "der Anrufzettel hier unten")
    elif ready:
        yield Item("Bereit", ready)
    when = _when(step.match, turn)
    if when:
        yield Item("Wann", when, Tone.WARNING)


def _number(step: Step) -> str:
    """The place in the guide before a name; empty for what is no hit."""
    return "" if step.rank is None else f"{step.rank}. "


def _who(m: Match) -> str:
    """The offer and the best way to reach it: telephone, else mail, else page."""
    contact, name = m.offer.contact, short_name(m.offer)
    way = phone_text(contact) or contact.email or contact.url
    office = contact.organisation
    named = f"{name}: {office}" if office and office not in m.offer.name else name
    return f"{named} · {way}" if way else named


def _ready(m: Match, firm: Firm) -> str:
    """What the office will ask for, with the firm's figures where they are known."""
    asked = facts_asked(m)
    known = [text for name, text in _facts(firm) if name in asked]
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


def _offer_view(step: Step) -> dict[str, Any]:
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
    }


# --- the sheet for the first call ------------------------------------------------------------------------------------


def _sheet_lines(call: Step, steps: Sequence[Step], guide: Guide, words: Lexicon) -> Iterator[Block]:
    firm, contact = guide.firm, call.match.offer.contact
    way = phone_text(contact) or (f"Nummer auf {contact.url}" if contact.url else contact.email)
    yield Heading("Anrufzettel", 2)
    yield Item("Anruf bei", f"{short_name(call.match.offer)}{f' · {way}' if way else ''}", Tone.STRONG, 0)
    yield Item("Sagen", opening(firm, words), indent=0)
    known, asked = known_facts(firm), asked_on_call(steps, call)
    if known:
        yield Item("Zur Hand", " · ".join(known), indent=0)
    missing = _to_look_up(call, asked, firm)
    if missing:
        yield Item("Nachsehen", listed(missing), indent=0)
    if call.stage is Stage.EMERGENCY:
        yield Paragraph("Fragen:", Tone.STRONG)
        yield from (Item("", text, indent=0) for text in ASK_NOW)
    to_clear = [step for step in asked if office_questions(step.match, words)]
    if to_clear:
        yield Paragraph("Fragen, die der Wegweiser nicht klären kann:", Tone.STRONG)
    for step in to_clear:
        yield Paragraph(f"Zu {_number(step)}{short_name(step.match.offer)}")
        for text in _open_questions(step.match, words):
            yield Item("", text, indent=0)
        if step.match.offer.conditions:
            yield Paragraph("Erfüllen wir diese Bedingungen?", Tone.QUIET)
        for text in step.match.offer.conditions:
            yield Item("", text.rstrip("."), indent=0)


def opening(firm: Firm, words: Lexicon) -> str:
    """What to say first: who calls, how many they are, and what it is about."""
    kind = "Handwerksbetrieb" if firm.trade is not None and firm.trade.is_craft else "Betrieb"
    what = f"{kind} ({firm.trade.name})" if firm.trade is not None else kind
    where = f" {_from_place(firm.place)}" if firm.place is not None else ""
    who = "ich führe allein einen" if firm.employees == 0 else "wir sind ein"
    size = f" mit {_staff(firm.employees)}" if firm.employees is not None and firm.employees > 0 else ""
    if firm.emergency is not None:
        happened = f"Wir haben einen IT-Notfall: „{firm.emergency}“. Was tun wir zuerst?"
        return f"Guten Tag, {who} {what}{where}{size}. {happened}"
    about = f" Es geht um {listed(_needs_said(firm, words))}." if firm.needs else ""
    topic = "dazu" if firm.needs else "zur Digitalisierung"
    asked = f"Wer kann mich {topic} beraten? Können Sie mich bitte verbinden?"
    return f"Guten Tag, {who} {what}{where}{size}.{about} {asked}"


_KREIS = re.compile(r"kreis\b|^Regionalverband|^Saarland$", re.IGNORECASE)
_REGION = re.compile(r"^(Städter|R)egion\b")


def _from_place(place: Place) -> str:
    """A town has no article, a Kreis and the Saarland have one."""
    if _KREIS.search(place.name):
        return f"aus dem {place.name}"
    return f"aus der {place.name}" if _REGION.search(place.name) else f"aus {place.name}"


def _staff(employees: float) -> str:
    return "einer beschäftigten Person" if employees == 1 else f"{number(employees)} Beschäftigten"


def _needs_said(firm: Firm, words: Lexicon) -> list[str]:
    """The owner's own words where they are whole, and what the need is called."""
    said = []
    for need in firm.needs:
        label = words.needs.get(need.code, need.code)
        is_whole = "…" not in need.words and need.words not in (need.code, label)
        said.append(f"„{need.words}“ ({label})" if is_whole else label)
    return list(dict.fromkeys(said))[:NEEDS_SAID]


def known_facts(firm: Firm) -> list[str]:
    """What the firm has said, as facts to have at hand; in an emergency nothing about money."""
    place = [place_line(firm.place)] if firm.place is not None else []
    trade = [firm.trade.name] if firm.trade is not None else []
    ordered = {True: ["schon bestellt"], False: ["noch nichts bestellt"], None: []}[firm.ordered]
    if firm.emergency is not None:
        return [*place, *trade, *(text for name, text in _facts(firm) if name == "employees")]
    return [*place, *trade, *(text for _, text in _facts(firm)), *ordered]


_FACTS: dict[str, Callable[[Any], str]] = {
    "employees": staff,
    "turnover_eur": lambda value: f"Umsatz {euro(value)}",
    "balance_eur": lambda value: f"Bilanzsumme {euro(value)}",
    "founded": lambda value: f"gegründet {value}",
    "budget_eur": lambda value: f"Vorhaben für {euro(value)}",
    "de_minimis_eur": lambda value: f"De-minimis-Beihilfen {euro(value)}",
}


def _facts(firm: Firm) -> list[tuple[str, str]]:
    """The known figures by attribute."""
    known = ((name, getattr(firm, name), write) for name, write in _FACTS.items())
    return [(name, write(value)) for name, value, write in known if value is not None]


def missing_facts(firm: Firm, matches: Sequence[Match]) -> list[str]:
    """What these offers ask for and the firm has not said."""
    asked = {name for m in matches for name in facts_asked(m)}
    asked |= {found.attribute for m in matches for found in m.unknown() if found.attribute is not None}
    return [text for name, text in MISSING.items() if name in asked and getattr(firm, name) is None]


def office_questions(m: Match, words: Lexicon) -> list[str]:
    """Exactly what could not be checked: the open findings, then the conditions that only the office knows."""
    return [
        *_open_questions(m, words),
        *(f"Erfüllen wir die Bedingung „{condition.rstrip('.')}“?" for condition in m.offer.conditions),
    ]


def _open_questions(m: Match, words: Lexicon) -> list[str]:
    return [_QUESTIONS[found.rule](found, m, words) for found in m.unknown()]


def _ask_ordered(found: Finding, _m: Match, _w: Lexicon) -> str:
    if found.limit is True:
        return "Der Antrag muss vor der Bestellung gestellt sein: Ab wann dürfen wir bestellen?"
    return "Muss der Antrag vor der Bestellung gestellt sein?"


def _ask_trade(found: Finding, _m: Match, words: Lexicon) -> str:
    name = f" ({found.value.name})" if found.value is not None else ""
    return f"Gilt {trade_words(found, words)}: Gehört unser Betrieb{name} dazu?"


def _ask_age(found: Finding, _m: Match, _w: Lexicon) -> str:
    limit = "nur vor der Gründung" if found.limit[1] == 0 else span(found.limit, " Jahre nach der Gründung")
    return f"Gilt {limit}: Welcher Tag zählt?"


_QUESTIONS: dict[str, Callable[[Finding, Match, Lexicon], str]] = {
    "date": lambda _f, _m, _w: "Läuft das Angebot noch?",
    "area": lambda found, _m, words: f"Gilt {area_words(found.limit, words)}: Gehört unser Ort dazu?",
    "trade": _ask_trade,
    "employees": lambda found, _m, _w: f"Gilt {span(found.limit, ' Beschäftigte')}: Wie wird gezählt?",
    "finance": lambda found, m, words: f"{reason(found, m, words)}: Welches Jahr zählt?",
    "company_age": _ask_age,
    "budget": lambda found, _m, _w: f"Vorhaben {span(found.limit, '', euro)}: Welche Kosten zählen?",
    "ordered": _ask_ordered,
    "needs": lambda _f, _m, _w: "Hilft das Angebot bei unserem Vorhaben?",
}
