"""The sheet for the first call: what to say, what to have at hand, and what only that office can tell."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Firm, Place, StatedNeed, Trade
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.plan import Stage, Step, facts_asked, first_call, plan, prepared_for_call
from digiwegweiser.core.vocabulary import Kind
from digiwegweiser.render.chamber import candidates_name, candidates_numbers, way_to_number
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.reasons import area_words, reason, trade_words
from digiwegweiser.render.wording import (
    MISSING,
    age_span,
    euro,
    listed,
    number,
    phone_text,
    place_line,
    short_name,
    span,
    staff,
    staff_span,
)

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
#: How many of the owner's sentences the sheet repeats, and up to which length they can be spoken.
SENTENCES_SAID = 2
SPEAKABLE = 200
#: The longest word for a trade that is said in the owner's way.
TRADE_WORD = 40
#: How many questions a call can bear.
QUESTIONS_ASKED = 6


def emergency_sheet_lines(guide: Guide, words: Lexicon) -> Iterator[Block]:
    """The sheet for the call that is made before all else; nothing where nobody has a number."""
    steps = plan(guide, 0)
    if steps:
        yield from sheet_lines(steps[0], steps, guide, words)


def call_sheet_view(guide: Guide, words: Lexicon, shown: int) -> dict[str, Any] | None:
    """The sheet for the first call for JSON; None where nobody can be called."""
    steps = plan(guide, shown)
    call = first_call(steps)
    if call is None:
        return None
    offer, is_now = call.match.offer, call.stage is Stage.EMERGENCY
    questions = list(ASK_NOW) if is_now else office_questions(call.match, words)
    return {
        "id": offer.id,
        "name": offer.name,
        "phone": offer.contact.phone,
        "candidates": candidates_view(call),
        "opening": opening(guide.firm, words),
        "at_hand": known_facts(guide.firm),
        "to_look_up": _to_look_up(call, steps, guide.firm),
        "questions": [{"id": offer.id, "name": offer.name, "questions": questions}],
    }


def _to_look_up(call: Step, steps: Sequence[Step], firm: Firm) -> list[str]:
    if call.stage is Stage.EMERGENCY:
        return list(TO_LOOK_UP_NOW)
    return missing_facts(firm, [step.match for step in prepared_for_call(steps, call)])


def candidates_view(step: Step) -> list[dict[str, Any]]:
    """The chambers that may be the firm's own; empty where it is known which."""
    offers = [m.offer for m in step.candidates]
    return [{"id": offer.id, "name": offer.name, "phone": offer.contact.phone} for offer in offers]


def sheet_lines(call: Step, steps: Sequence[Step], guide: Guide, words: Lexicon) -> Iterator[Block]:
    """The sheet: whom to call, what to say and have at hand, and what to ask."""
    firm = guide.firm
    yield Heading("Anrufzettel", 2)
    yield from _called_lines(call, firm)
    yield Item("Sagen", opening(firm, words), indent=0)
    known = known_facts(firm)
    if known:
        yield Item("Zur Hand", " · ".join(known), indent=0)
    missing = _to_look_up(call, steps, firm)
    if missing:
        yield Item("Nachsehen", listed(missing), indent=0)
    if call.stage is Stage.EMERGENCY:
        yield Paragraph("Fragen:", Tone.STRONG)
        yield from (Item("", text, indent=0) for text in ASK_NOW)
    else:
        yield from _question_lines(call, words)


def _called_lines(call: Step, firm: Firm) -> Iterator[Block]:
    offer = call.match.offer
    if call.candidates:
        yield Item("Anruf bei", candidates_name(call.candidates, firm.trade), Tone.STRONG, 0)
        yield Item("Nummern", candidates_numbers(call.candidates), Tone.STRONG, 0)
        return
    way = phone_text(offer.contact) or way_to_number(offer)
    yield Item("Anruf bei", f"{short_name(offer)}{f' · {way}' if way else ''}", Tone.STRONG, 0)


def _question_lines(call: Step, words: Lexicon) -> Iterator[Block]:
    """What only this office knows, as many as a call can bear; conditions without the words around them."""
    asked, conditions = _open_questions(call.match, words), call.match.offer.conditions
    if not (asked or conditions):
        return
    yield Paragraph("Fragen, die der Wegweiser nicht klären kann:", Tone.STRONG)
    yield from (Item("", text, indent=0) for text in asked[:QUESTIONS_ASKED])
    named = conditions[: max(QUESTIONS_ASKED - len(asked), 0)]
    if named:
        yield Paragraph("Erfüllen wir diese Bedingungen?", Tone.QUIET)
        yield from (Item("", text.rstrip("."), indent=0) for text in named)
    more = len(asked) + len(conditions) - min(len(asked), QUESTIONS_ASKED) - len(named)
    if more:
        yield Item("", f"… und {more} weitere, siehe Einzelheiten", Tone.QUIET, 0)


def opening(firm: Firm, words: Lexicon) -> str:
    """What to say first: who calls, how many they are, and what it is about."""
    kind = "Handwerksbetrieb" if firm.trade is not None and firm.trade.is_craft else "Betrieb"
    what = f"{kind} ({_trade_said(firm.trade, firm)})" if firm.trade is not None else kind
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
    """The owner's own sentences, as typed; what the needs are called for codes and labels and after the first few."""
    by_text: dict[str, list[StatedNeed]] = {}
    for need in firm.needs:
        by_text.setdefault(" ".join(need.text.split()), []).append(need)
    said: list[str] = []
    for text, needs in by_text.items():
        labels = words.need_labels(need.code for need in needs)
        if len(said) < SENTENCES_SAID and _is_own_sentence(text, needs, words):
            said.append(f"„{text.rstrip('. ')}“")
        else:
            # Of an answer that is not repeated one need at least; of codes and labels all.
            said += labels if not text or not _is_own_sentence(text, needs, words) else labels[:1]
    return list(dict.fromkeys(said))


def _is_own_sentence(text: str, needs: Sequence[StatedNeed], words: Lexicon) -> bool:
    """Whether an answer is in the owner's own words and can be spoken."""
    is_named = all(need.words in (need.code, words.needs.get(need.code)) for need in needs)
    return bool(text) and not is_named and len(text) <= SPEAKABLE


def _trade_said(trade: Trade, firm: Firm) -> str:
    """The owner's own word; the name of the trade for a code or a whole description."""
    word = firm.trade_word
    if word is None or len(word) > TRADE_WORD or any(letter.isdigit() for letter in word):
        return trade.name
    return word[:1].upper() + word[1:]


def known_facts(firm: Firm) -> list[str]:
    """What the firm has said, as facts to have at hand; in an emergency nothing about money."""
    place = [place_line(firm.place)] if firm.place is not None else []
    trade = [_trade_said(firm.trade, firm)] if firm.trade is not None else []
    ordered = {True: ["schon bestellt"], False: ["noch nichts bestellt"], None: []}[firm.ordered]
    if firm.emergency is not None:
        return [*place, *trade, *(text for name, text in figures(firm) if name == "employees")]
    return [*place, *trade, *(text for _, text in figures(firm)), *ordered]


_FACTS: dict[str, Callable[[Any], str]] = {
    "employees": staff,
    "turnover_eur": lambda value: f"Umsatz {euro(value)}",
    "balance_eur": lambda value: f"Bilanzsumme {euro(value)}",
    "founded": lambda value: f"gegründet {value}",
    "budget_eur": lambda value: f"Vorhaben für {euro(value)}",
    "de_minimis_eur": lambda value: f"De-minimis-Beihilfen {euro(value)}",
}


def figures(firm: Firm) -> list[tuple[str, str]]:
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
    return [question_of(found, m, words) for found in m.unknown()]


def question_of(found: Finding, m: Match, words: Lexicon) -> str:
    """One open finding as a question to the office."""
    return _QUESTIONS[found.rule](found, m, words)


def _ask_area(found: Finding, m: Match, words: Lexicon) -> str:
    if m.offer.kind is Kind.CHAMBER:
        return "Sind Sie für unseren Ort zuständig?"
    return f"Gilt {area_words(found.limit, words)}: Gehört unser Ort dazu?"


def _ask_ordered(found: Finding, _m: Match, _w: Lexicon) -> str:
    if found.limit is True:
        return "Der Antrag muss vor der Bestellung gestellt sein: Ab wann dürfen wir bestellen?"
    return "Muss der Antrag vor der Bestellung gestellt sein?"


def _ask_trade(found: Finding, _m: Match, words: Lexicon) -> str:
    return f"Gilt {trade_words(found, words)}: Gehört unser Betrieb dazu?"


_QUESTIONS: dict[str, Callable[[Finding, Match, Lexicon], str]] = {
    "date": lambda _f, _m, _w: "Läuft das Angebot noch?",
    "area": _ask_area,
    "trade": _ask_trade,
    "employees": lambda found, _m, _w: f"Gilt {staff_span(found.limit)}: Wie wird gezählt?",
    "finance": lambda found, m, words: f"{reason(found, m, words)}: Welches Jahr zählt?",
    "company_age": lambda found, _m, _w: f"Gilt {age_span(found.limit)}: Welcher Tag zählt?",
    "budget": lambda found, _m, _w: f"Vorhaben {span(found.limit, '', euro)}: Welche Kosten zählen?",
    "ordered": _ask_ordered,
    "needs": lambda _f, _m, _w: "Hilft das Angebot bei unserem Vorhaben?",
}
