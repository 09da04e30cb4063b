"""The guide as a page."""

from collections.abc import Iterator, Sequence
from datetime import date

from digiwegweiser.core.guide import Guide, Hit
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Contact, Offer
from digiwegweiser.core.rules import is_ending, nearest_site
from digiwegweiser.core.vocabulary import State, Verdict
from digiwegweiser.core.weights import Weights
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.money import cost_text, money_text
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.reasons import changes, question, reason
from digiwegweiser.render.wording import KINDS, STATES, day, euro, listed, number, place_line

#: How many ended and upcoming offers a page names.
NAMED = 5
FOLDED_NAMED = 6
#: Open findings that have a line of their own: "Achtung" and "Zuerst".
_SAID_ELSEWHERE = ("date", "ordered")


def guide_page(guide: Guide, words: Lexicon, weights: Weights, shown: int, show_all: bool = False) -> Iterator[Block]:
    """The whole guide: the firm, the first `shown` hits, what has ended, and where the facts come from."""
    yield Heading("Ihr Wegweiser", 1, f"Stand {day(guide.as_of)}")
    yield from firm_lines(guide, words)
    if not guide.hits:
        yield Paragraph("Für diese Angaben steht kein passendes Angebot im Katalog.", Tone.STRONG)
        yield from _fallback(guide)
    for rank, hit in enumerate(guide.hits[:shown], 1):
        yield from hit_lines(rank, hit, guide, words, weights)
    if len(guide.hits) > shown:
        rest = len(guide.hits) - shown
        yield Paragraph(f"{rest} weitere passende Angebote: mehr davon mit --anzahl {shown + 10}.", Tone.QUIET)
    yield from _ended_lines(guide, words)
    yield from _excluded_lines(guide, words, show_all)
    yield from closing_lines()


def firm_lines(guide: Guide, words: Lexicon) -> Iterator[Block]:
    """What the guide was made for, and which words were read as which need."""
    firm = guide.firm
    craft = {True: "Handwerk", False: "kein Handwerk"}
    facts = [
        place_line(firm.place) if firm.place else None,
        f"{firm.trade.name} ({craft[firm.trade.is_craft]})" if firm.trade else None,
        f"{number(firm.employees)} Beschäftigte" if firm.employees is not None else None,
        f"Umsatz {euro(firm.turnover_eur)}" if firm.turnover_eur is not None else None,
        f"Bilanzsumme {euro(firm.balance_eur)}" if firm.balance_eur is not None else None,
        f"gegründet {firm.founded}" if firm.founded is not None else None,
        f"Budget {euro(firm.budget_eur)}" if firm.budget_eur is not None else None,
        {True: "schon bestellt", False: "noch nicht bestellt", None: None}[firm.ordered],
    ]
    yield Item("Für", " · ".join(fact for fact in facts if fact) or "einen Betrieb ohne nähere Angaben", indent=0)
    for need in firm.needs:
        yield Item("Bedarf", f"{words.needs.get(need.code, need.code)} (aus „{need.words}“)", indent=0)
    missing = _missing(guide)
    if missing:
        yield Item("Es fehlt", f"{listed(missing)}. Damit wird der Wegweiser genauer.", Tone.QUIET, indent=0)


def _missing(guide: Guide) -> list[str]:
    firm = guide.firm
    asked = {
        "Ort": firm.place,
        "Gewerk": firm.trade,
        "Zahl der Beschäftigten": firm.employees,
        "Bedarf": firm.needs or None,
    }
    return [name for name, value in asked.items() if value is None]


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
        yield Item("Zuerst", "Erst den Antrag, dann bestellen: wer vorher bestellt, verliert das Geld.", Tone.WARNING)
    questions = [question(found, m, words) for found in m.unknown() if found.rule not in _SAID_ELSEWHERE]
    if questions:
        yield Item("Offen", " ".join(questions))
    yield Item("Kontakt", contact_text(offer.contact, offer.operator), Tone.STRONG)
    if offer.how_to_apply:
        yield Item("So geht’s", offer.how_to_apply)
    way = way_text(hit, guide)
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
        reasons.append({"kreis": "in Ihrem Kreis zu Hause", "bund": "bundesweit"}.get(near.case or "", "in Ihrem Land"))
    if made.case in ("trade", "craft"):
        reasons.append(reason(made, m, words))
    return reasons


def urgent_warnings(offer: Offer, as_of: date, words: Lexicon, weights: Weights) -> list[str]:
    """What the owner must know before calling: soon over, not sure, and the entry's own warnings."""
    found = []
    if is_ending(offer, as_of, weights) and offer.valid_until is not None:
        then = successor_text(offer, words)
        found.append(f"Endet am {day(offer.valid_until)}.{f' Danach: {then}.' if then else ''}")
    if offer.state_on(as_of) is State.UNVERIFIED:
        found.append("Nicht sicher belegt, ob es noch läuft: erst anrufen oder mailen.")
    return found + list(offer.warnings)


def successor_text(offer: Offer, words: Lexicon) -> str | None:
    """The name of what comes after an offer."""
    if offer.successor is not None:
        return words.offers.get(offer.successor, offer.successor)
    return offer.successor_note


def contact_text(contact: Contact, operator: str) -> str:
    """Whom to call, with every way to reach them."""
    ways = [way for way in (contact.phone, contact.email, contact.url) if way]
    return " · ".join([contact.organisation or operator, *ways])


def way_text(hit: Hit, guide: Guide) -> str:
    """How far away the nearest site is."""
    nearest = nearest_site(guide.firm.place, hit.match.offer)
    if nearest is None:
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


def _fallback(guide: Guide) -> Iterator[Block]:
    if guide.chamber is not None:
        contact = contact_text(guide.chamber.contact, guide.chamber.operator)
        yield Paragraph(f"Fragen Sie Ihre Kammer: {contact}")
    else:
        yield Paragraph("Fragen Sie Ihre Handwerkskammer oder IHK: sie berät Mitglieder kostenfrei.")


def _ended_lines(guide: Guide, words: Lexicon) -> Iterator[Block]:
    if guide.upcoming:
        yield Heading("Demnächst", 2)
        for m in guide.upcoming[:NAMED]:
            yield Item("", f"{m.offer.name}: {reason(m.finding('date'), m, words)}", indent=0)
    if guide.ended:
        yield Heading("Nicht mehr", 2)
        for m in guide.ended[:NAMED]:
            yield Item("", _ended_text(m, words), indent=0)


def _ended_text(m: Match, words: Lexicon) -> str:
    then = successor_text(m.offer, words)
    text = f"{m.offer.name}: {reason(m.finding('date'), m, words)}"
    return f"{text}. Heute: {then}" if then else text


def _excluded_lines(guide: Guide, words: Lexicon, show_all: bool) -> Iterator[Block]:
    if not guide.excluded:
        return
    yield Heading("Geprüft und nicht passend", 2)
    if not show_all:
        text = f"{len(guide.excluded)} Angebote, etwa weil sie für ein anderes Land sind. Alle mit Grund: --alle"
        yield Paragraph(text, Tone.QUIET)
        return
    for m in guide.excluded:
        why = "; ".join(reason(found, m, words) for found in m.failing())
        change = listed(changes(m, words))
        yield Item(
            "", f"{m.offer.name}: derzeit nicht, weil: {why}.{f' Möglich {change}.' if change else ''}", indent=0
        )


def closing_lines() -> Iterator[Block]:
    """Where the facts come from and what the guide is not."""
    yield Paragraph(
        "Ohne Gewähr: Verbindlich ist nur, was die Stelle selbst sagt. Fragen Sie vor jeder Bestellung nach. "
        "Orte: © OpenStreetMap-Mitwirkende (ODbL), GeoNames (CC BY 4.0), Destatis.",
        Tone.QUIET,
    )
