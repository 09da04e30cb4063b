"""Everything about one offer: for the firm, and from the catalogue."""

from collections.abc import Iterator

from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import Verdict
from digiwegweiser.core.weights import Weights
from digiwegweiser.render.guide import contact_text, successor_text, urgent_warnings
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.money import cost_text, money_text
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.reasons import reason
from digiwegweiser.render.wording import KINDS, day, listed

_MARKS = {
    Verdict.MET: ("ja", Tone.GOOD),
    Verdict.NOT_MET: ("nein", Tone.WARNING),
    Verdict.UNKNOWN: ("offen", Tone.STRONG),
}


def details_page(m: Match, guide: Guide, words: Lexicon, weights: Weights) -> Iterator[Block]:
    """All findings with both values and points, then the facts with their sources."""
    offer = m.offer
    yield Heading(offer.name, 1, KINDS[offer.kind])
    yield Paragraph(offer.summary, Tone.STRONG)
    for text in urgent_warnings(offer, guide.as_of, words, weights):
        yield Item("Achtung", text, Tone.WARNING, 0)
    yield Heading("Warum", 2, f"{m.score} von 100 Punkten")
    for found in m.findings:
        mark, tone = _MARKS[found.verdict]
        points = f" ({found.points} von {found.max_points} Punkten)" if found.max_points else ""
        yield Item(mark, f"{reason(found, m, words)}{points}", tone, 0)
    yield from offer_lines(offer, words)
    yield Item("Kosten", cost_text(offer), indent=0)
    money = money_text(m, guide.firm.budget_eur)
    if money:
        yield Item("Geld", money, indent=0)
    yield from source_lines(offer)


def offer_lines(offer: Offer, words: Lexicon) -> Iterator[Block]:
    """What the catalogue says of the offer, apart from money and sources."""
    yield Heading("Was und wie", 2)
    told = {
        "Träger": offer.operator,
        "Geld von": offer.funded_by,
        "Früher": listed(offer.former_names) or None,
        "Danach": successor_text(offer, words),
        "So geht’s": offer.how_to_apply,
        "Kontakt": contact_text(offer.contact, offer.operator),
        "Antrag": offer.contact.application_url,
        "Dauer": _dates(offer),
        "Beleg": offer.status_evidence,
        "Fördergeld": offer.funding_note,
        "Anmerkung": offer.note,
    }
    for label, text in told.items():
        if text:
            yield Item(label, text, indent=0)
    for text in offer.conditions:
        yield Item("Prüfen", text, indent=0)


def source_lines(offer: Offer) -> Iterator[Block]:
    """Where the facts were read, and when they were checked."""
    yield Heading("Quellen", 2, f"geprüft am {day(offer.checked_on)}")
    for source in offer.sources:
        what = f"{source.says}: " if source.says else ""
        yield Item("", f"{what}{source.url}{f' ({source.date})' if source.date else ''}", Tone.QUIET, 0)


def _dates(offer: Offer) -> str | None:
    first = f"ab {day(offer.valid_from)}" if offer.valid_from else ""
    last = f"bis {day(offer.valid_until)}" if offer.valid_until else ""
    return f"{first} {last}".strip() or None
