"""One recommended offer on the page: what it is, why it fits, what it costs, whom to call."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from digiwegweiser.core.firm import Firm
from digiwegweiser.core.guide import Guide, Hit
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Contact, Offer
from digiwegweiser.core.preference import is_ending, nearest_site
from digiwegweiser.core.vocabulary import State
from digiwegweiser.core.weights import Weights
from digiwegweiser.render.chamber import is_outside, own_chamber
from digiwegweiser.render.combination import combination_lines
from digiwegweiser.render.fitting import fitting_reasons
from digiwegweiser.render.judgement import wobble_text
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.money import cost_text, money_text
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.reasons import question
from digiwegweiser.render.wording import KINDS, STATES, day, origin_text, short_name

#: How many folded offers and conditions are written out.
FOLDED_NAMED = 6
CONDITIONS_NAMED = 2
#: The label of a successor, and what is said where there is none.
AFTER, NO_HEIR = "Danach", "kein Nachfolger bekannt"
_HEIR_REMARKS = {
    State.OPEN: "",
    State.UNVERIFIED: "Stand nicht belegt",
    State.PAUSED: "ausgesetzt",
    State.NOT_YET: "angekündigt, noch nicht offen",
    State.ENDED: "beendet",
}
#: Open findings that are told once for the whole guide or have a line of their own: "Achtung", "Zuerst", "Zu klären".
_SAID_ELSEWHERE = ("date", "ordered", "finance")


def hit_lines(hit: Hit, guide: Guide, words: Lexicon, weights: Weights, shown: int) -> Iterator[Block]:
    """One recommended offer of the first `shown`."""
    m, offer = hit.match, hit.match.offer
    yield Heading(f"{guide.rank_of(offer)}. {offer.name}", 3, KINDS[offer.kind])
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
    yield from combination_lines(m, guide, words, shown)
    conditions = conditions_text(offer)
    if conditions:
        yield Item("Bedingung", conditions)
    questions = [question(found, m, words) for found in m.unknown() if found.rule not in _SAID_ELSEWHERE]
    if questions:
        yield Item("Offen", " ".join(questions))
    wobble = wobble_text(m, guide, weights)
    if wobble:
        yield Item("Wackelig", wobble, Tone.WARNING)
    yield Item("Kontakt", contact_text(offer.contact, offer.operator, guide.firm), Tone.STRONG)
    if offer.how_to_apply:
        yield Item("So geht’s", offer.how_to_apply)
    way = way_text(hit, guide, weights)
    if way:
        yield Item("Weg", way)
    yield Item("Stand", f"{_state_text(m)}; geprüft am {day(offer.checked_on)}{origin_text(offer)}", Tone.QUIET)
    if hit.folded:
        yield Item("Ähnlich", _folded_text(hit.folded), Tone.QUIET)


def conditions_text(offer: Offer) -> str:
    """The first conditions that only the office can check, and how many more there are."""
    named = ". ".join(text.rstrip(".") for text in offer.conditions[:CONDITIONS_NAMED])
    more = len(offer.conditions) - CONDITIONS_NAMED
    return f"{named} ({more} weitere in den Einzelheiten)" if more > 0 else named


def urgent_warnings(offer: Offer, as_of: date, words: Lexicon, weights: Weights) -> list[str]:
    """What the owner must know before calling: soon over, not sure, and the entry's own warnings."""
    found = []
    if is_ending(offer, as_of, weights) and offer.valid_until is not None:
        then = heir_text(offer, words, as_of)
        found.append(f"Endet am {day(offer.valid_until)}.{f' {then}.' if then else ''}")
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


def heir_text(offer: Offer, words: Lexicon, as_of: date) -> str | None:
    """What came after an offer, as a sentence without its full stop; None for one that goes on and has none."""
    line = heir_line(offer, words, as_of)
    if line is None:
        return None
    label, text = line
    return f"{label}: {text}" if words.heir(offer, as_of) is not None and label == AFTER else text[0].upper() + text[1:]


def heir_line(offer: Offer, words: Lexicon, as_of: date) -> tuple[str, str] | None:
    """The label and the words for what came after an offer and when that begins; None as above."""
    heir = words.heir(offer, as_of)
    if heir is None:
        return (AFTER, NO_HEIR) if offer.state_on(as_of) is State.ENDED else None
    if heir.offer is None:
        return after_line(f"{heir.name} (nicht im Katalog, Stand nicht belegt)", heir.is_formal)
    remark = _heir_remark(heir.offer, offer.valid_until, as_of)
    return after_line(f"{short_name(heir.offer)}{f' ({remark})' if remark else ''}", heir.is_formal)


def _heir_remark(heir: Offer, until: date | None, as_of: date) -> str:
    """What keeps a firm from going there today; nothing of an heir that takes over on the very next day."""
    begins = heir.valid_from
    if begins is not None and begins > as_of:
        takes_over = until is not None and until >= as_of and begins == until + timedelta(days=1)
        return "" if takes_over else f"ab {day(begins)}"
    if not heir.is_recommended:
        return "wird nicht mehr empfohlen"
    return _HEIR_REMARKS[heir.state_on(as_of)]


def after_line(text: str, is_formal: bool) -> tuple[str, str]:
    """What came after an offer, with its label; what no source calls a successor is not told as one."""
    return (AFTER, text) if is_formal else ("Ersatz", f"am nächsten kommt {text}")


def contact_text(contact: Contact, operator: str, firm: Firm) -> str:
    """Whom to call, with every way to reach them; where none is known, who can tell."""
    ways = [way for way in (contact.phone, contact.email, contact.url) if way]
    unknown = "Nummer nicht bekannt"
    if not is_outside(firm.trade):
        unknown = f"{unknown}, {own_chamber(firm.trade)} vermittelt"
    return " · ".join([contact.organisation or operator, *(ways or [unknown])])


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


def _folded_text(folded: Sequence[Match]) -> str:
    names = [m.offer.name for m in folded[:FOLDED_NAMED]]
    more = len(folded) - len(names)
    return ", ".join(names) + (f" und {more} weitere" if more else "")
