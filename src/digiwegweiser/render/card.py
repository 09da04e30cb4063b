"""One recommended offer on the page: what it is, why it fits, what it costs, whom to call."""

from collections.abc import Iterator, Sequence
from datetime import date

from digiwegweiser.core.guide import Guide, Hit
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Contact, Offer
from digiwegweiser.core.rules import is_ending, nearest_site
from digiwegweiser.core.vocabulary import Kind, State, Verdict
from digiwegweiser.core.weights import Weights
from digiwegweiser.render.judgement import wobble_text
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.money import cost_text, money_text
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.reasons import question, reason
from digiwegweiser.render.wording import KINDS, STATES, day

#: How many folded offers and conditions are written out.
FOLDED_NAMED = 6
CONDITIONS_NAMED = 2
#: Open findings that are told once for the whole guide or have a line of their own: "Achtung", "Zuerst", "Zu klären".
_SAID_ELSEWHERE = ("date", "ordered", "finance")


def hit_lines(rank: int, hit: Hit, guide: Guide, words: Lexicon, weights: Weights) -> Iterator[Block]:
    """One recommended offer."""
    m, offer = hit.match, hit.match.offer
    yield Heading(f"{rank}. {offer.name}", 3, KINDS[offer.kind])
    yield Paragraph(offer.summary, Tone.STRONG, 3)
    yield Item("Passt", "; ".join(fitting_reasons(m, words)))
    for text in urgent_warnings(offer, guide.as_of, words, weights):
        yield Item("Achtung", text, Tone.WARNING)
    yield Item("Kosten", cost_text(offer), Tone.GOOD if offer.cost.kind == "free" else Tone.PLAIN)
    money = money_text(m, guide.firm.budget_eur)
    if money:
        yield Item("Geld", money)
    if m.tier.apply_before_start and offer.form.pays:
        yield Item("Zuerst", "Erst der Antrag, dann die Bestellung.", Tone.WARNING)
    conditions = conditions_text(offer)
    if conditions:
        yield Item("Bedingung", conditions)
    questions = [question(found, m, words) for found in m.unknown() if found.rule not in _SAID_ELSEWHERE]
    if questions:
        yield Item("Offen", " ".join(questions))
    wobble = wobble_text(m, guide, weights)
    if wobble:
        yield Item("Wackelig", wobble, Tone.WARNING)
    yield Item("Kontakt", contact_text(offer.contact, offer.operator), Tone.STRONG)
    if offer.how_to_apply:
        yield Item("So geht’s", offer.how_to_apply)
    way = way_text(hit, guide, weights)
    if way:
        yield Item("Weg", way)
    yield Item("Stand", f"{_state_text(m)}; geprüft am {day(offer.checked_on)}{_origin(offer)}", Tone.QUIET)
    if hit.folded:
        yield Item("Ähnlich", _folded_text(hit.folded), Tone.QUIET)


def fitting_reasons(m: Match, words: Lexicon) -> list[str]:
    """Why the offer is for this firm: needs, nearness, trade."""
    reasons = [reason(m.finding("needs"), m, words)] if m.finding("needs").value else []
    near, made = m.finding("nearness"), m.finding("made_for")
    if near.verdict is Verdict.MET:
        at_home = "für Ihren Kreis zuständig" if m.offer.kind is Kind.CHAMBER else "in Ihrem Kreis zu Hause"
        reasons.append({"kreis": at_home, "land": "in Ihrem Land"}.get(near.case or "", _wide(near.case)))
    if made.case in ("trade", "craft"):
        reasons.append(reason(made, m, words))
    return reasons


def _wide(case: str | None) -> str:
    return "auch für Ihr Land" if case == "laender" else "bundesweit"


def conditions_text(offer: Offer) -> str:
    """The first conditions that only the office can check, and how many more there are."""
    named = ". ".join(text.rstrip(".") for text in offer.conditions[:CONDITIONS_NAMED])
    more = len(offer.conditions) - CONDITIONS_NAMED
    return f"{named} ({more} weitere in den Einzelheiten)" if more > 0 else named


def urgent_warnings(offer: Offer, as_of: date, words: Lexicon, weights: Weights) -> list[str]:
    """What the owner must know before calling: soon over, not sure, and the entry's own warnings."""
    found = []
    if is_ending(offer, as_of, weights) and offer.valid_until is not None:
        then = successor_text(offer, words, as_of)
        found.append(f"Endet am {day(offer.valid_until)}.{f' Danach: {then}.' if then else ''}")
    # An entry's own warning says what exactly is unsure.
    if offer.state_on(as_of) is State.UNVERIFIED and not offer.warnings:
        found.append(f"Nicht sicher belegt, ob es noch läuft: erst {_way_to_ask(offer.contact)}.")
    return found + list(offer.warnings)


def _way_to_ask(contact: Contact) -> str:
    if contact.phone:
        return "anrufen"
    if contact.email:
        return "mailen"
    return "auf der Internetseite nachsehen" if contact.url else "bei Ihrer Kammer nachfragen"


def successor_text(offer: Offer, words: Lexicon, as_of: date) -> str | None:
    """The name of what came after an offer, past successors that have ended too, and when that begins."""
    after = words.successor(offer, as_of)
    if after is None:
        return offer.successor_note
    begins = after.valid_from
    return f"{after.name} (ab {day(begins)})" if begins is not None and begins > as_of else after.name


def contact_text(contact: Contact, operator: str) -> str:
    """Whom to call, with every way to reach them."""
    ways = [way for way in (contact.phone, contact.email, contact.url) if way]
    return " · ".join([contact.organisation or operator, *(ways or ["Nummer nicht bekannt, Ihre Kammer vermittelt"])])


def way_text(hit: Hit, guide: Guide, weights: Weights) -> str:
    """How far away the nearest site is; nothing where a visit would take more than half a day."""
    nearest = nearest_site(guide.firm.place, hit.match.offer)
    if nearest is None or nearest[1] > weights["nearness.site_reachable_km"]:
        return ""
    site, km = nearest
    address = ", ".join(part for part in (site.street, f"{site.plz or ''} {site.city}".strip()) if part)
    return f"{address}, etwa {km} km Luftlinie" if km else f"{address}, am Ort"


def _state_text(m: Match) -> str:
    last = m.offer.valid_until
    return f"{STATES[m.state]} bis {day(last)}" if last is not None and m.state is State.OPEN else STATES[m.state]


def _origin(offer: Offer) -> str:
    return f"; eigener Eintrag aus {offer.origin}" if offer.origin else ""


def _folded_text(folded: Sequence[Match]) -> str:
    names = [m.offer.name for m in folded[:FOLDED_NAMED]]
    more = len(folded) - len(names)
    return ", ".join(names) + (f" und {more} weitere" if more else "")
