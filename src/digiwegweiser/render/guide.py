"""The guide as a page."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from digiwegweiser.core.firm import NEXT_WORDS, Firm
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.preference import is_local
from digiwegweiser.core.vocabulary import Kind
from digiwegweiser.core.weights import Weights
from digiwegweiser.render.call_sheet import emergency_sheet_lines
from digiwegweiser.render.card import contact_text, heir_text, hit_lines
from digiwegweiser.render.chamber import advice_to_ask
from digiwegweiser.render.emergency import emergency_lines
from digiwegweiser.render.judgement import change_phrases, near_miss_lines, question_lines
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.money import de_minimis_lines
from digiwegweiser.render.order_lock import order_lock_lines
from digiwegweiser.render.page import FIRST_PAGE, Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.plain import WIDTH
from digiwegweiser.render.plan import plan_lines
from digiwegweiser.render.reasons import appended, quoted, reason
from digiwegweiser.render.summary import summary_lines
from digiwegweiser.render.wording import ATTRIBUTES, MISSING, day, euro, listed, place_line, staff

#: How many ended offers a page names, and how many upcoming.
NAMED = 4
#: What ended longer ago is hardly remembered, unless it gave money.
REMEMBERED_YEARS = 3
#: How many more offers are proposed at a time.
MORE = 10


class Extent(NamedTuple):
    """How much of a guide is shown, and whether the reader can be offered more on the spot."""

    shown: int = FIRST_PAGE
    show_all: bool = False
    is_dialogue: bool = False


def guide_page(guide: Guide, words: Lexicon, weights: Weights, extent: Extent) -> Iterator[Block]:
    """The whole guide: the firm, the hits, what has ended, and where the facts come from."""
    yield Heading("Ihr Wegweiser", 1, f"Stand {day(guide.as_of)}")
    if guide.firm.emergency is not None:
        yield from emergency_lines(guide, guide.firm.emergency, words)
        yield from emergency_sheet_lines(guide, words)
        yield Heading("Nach dem Notfall", 2)
    yield from firm_lines(guide, words)
    if not guide.hits:
        yield Paragraph("Für diese Angaben steht kein passendes Angebot im Katalog.", Tone.STRONG)
        yield from _fallback(guide)
    if not extent.is_dialogue and min(extent.shown, len(guide.hits)) > 1:
        # In an interview it stands below the page, which has run off the screen by then.
        yield from summary_lines(guide, range(1, extent.shown + 1), WIDTH, has_calls=False)
    for hit in guide.hits[: extent.shown]:
        yield from hit_lines(hit, guide, words, weights, extent.shown)
    rest = len(guide.hits) - extent.shown
    if rest > 0:
        how = "unten unter „Mehr Angebote“" if extent.is_dialogue else f"mit --anzahl {extent.shown + MORE}"
        yield Paragraph(f"{rest} weitere passende Angebote: {how}.", Tone.QUIET)
    if guide.hits and not extent.is_dialogue:
        yield Paragraph("Einzelheiten zu einem Angebot: mit --warum und seiner Nummer, etwa --warum 1.", Tone.QUIET)
    if guide.firm.emergency is not None:
        # The steps begin with the emergency; what concerns money comes after them, and nothing is asked.
        yield from plan_lines(guide, words, extent.shown)
    yield from near_miss_lines(guide, words, weights)
    how_to_say = "Unten unter „Angaben ändern“ gesagt," if extent.is_dialogue else "Mit --bestellt ja"
    yield from order_lock_lines(guide, extent.shown, weights, how_to_say)
    yield from de_minimis_lines(guide, extent.shown)
    if guide.firm.emergency is None:
        yield from question_lines(guide, words, weights)
        yield from plan_lines(guide, words, extent.shown)
    yield from _ended_lines(guide, words, extent)
    yield from _excluded_lines(guide, words, weights, extent)
    yield from closing_lines()


def firm_lines(guide: Guide, words: Lexicon) -> Iterator[Block]:
    """What the guide was made for, and which words were read as which need."""
    firm = guide.firm
    craft = {True: "Handwerk", False: "kein Handwerk"}
    facts = [
        place_line(firm.place) if firm.place else None,
        f"{firm.trade.name} ({craft[firm.trade.is_craft]})" if firm.trade else None,
        staff(firm.employees) if firm.employees is not None else None,
        f"Umsatz {euro(firm.turnover_eur)}" if firm.turnover_eur is not None else None,
        f"Bilanzsumme {euro(firm.balance_eur)}" if firm.balance_eur is not None else None,
        f"gegründet {firm.founded}" if firm.founded is not None else None,
        f"Budget {euro(firm.budget_eur)}" if firm.budget_eur is not None else None,
        {True: "schon bestellt", False: "noch nicht bestellt", None: None}[firm.ordered],
    ]
    yield Item("Für", " · ".join(fact for fact in facts if fact) or "einen Betrieb ohne nähere Angaben", indent=0)
    for need in firm.needs:
        # Whoever chose the need itself said nothing that it was read from.
        said = [f"„{one}“" for one in need.words.split(NEXT_WORDS) if one.casefold() != need.code]
        read_from = f" (aus {', '.join(said)})" if said else ""
        yield Item("Bedarf", f"{words.needs.get(need.code, need.code)}{read_from}", indent=0)
    missing = _missing(firm)
    if missing:
        yield Item("Es fehlt", f"{listed(missing)}. Damit wird der Wegweiser genauer.", Tone.WARNING, indent=0)
    yield from _unserved_lines(guide, words)


def _missing(firm: Firm) -> list[str]:
    names = MISSING | ({"place": ATTRIBUTES["place"]} if firm.place is None else {})
    known = {
        "place": firm.place is not None and firm.place.kreis is not None,
        "trade": firm.trade is not None,
        "employees": firm.employees is not None,
        "needs": bool(firm.needs),
    }
    return [names[key] for key, is_known in known.items() if not is_known]


def _unserved_lines(guide: Guide, words: Lexicon) -> Iterator[Block]:
    """Needs for which nothing in the catalogue was made; the chamber is the next best address."""
    made = {code for hit in guide.hits for code in hit.match.offer.core_needs}
    unserved = words.need_labels(need.code for need in guide.firm.needs if need.code not in made)
    if unserved:
        text = f"Eigens für {quoted(unserved)} ist hier kein Angebot bekannt. {advice_to_ask(guide.firm.trade)}"
        yield Item("Ehrlich", text, Tone.QUIET, indent=0)


def _fallback(guide: Guide) -> Iterator[Block]:
    trade = guide.firm.trade
    if guide.chamber is not None and (trade is None or trade.is_craft):
        contact = contact_text(guide.chamber.contact, guide.chamber.operator, guide.firm)
        yield Paragraph(f"Fragen Sie Ihre Kammer: {contact}")
    else:
        yield Paragraph(advice_to_ask(trade))


def _ended_lines(guide: Guide, words: Lexicon, extent: Extent) -> Iterator[Block]:
    upcoming = [f"{m.offer.name}: {reason(m.finding('date'), m, words)}" for m in guide.upcoming]
    yield from _first_lines("Demnächst", upcoming, extent)
    ended = sorted(guide.ended, key=lambda m: _fame(m, guide.as_of))
    yield from _first_lines("Nicht mehr", [_ended_text(m, guide, words) for m in ended], extent)


def _first_lines(title: str, texts: Sequence[str], extent: Extent) -> Iterator[Block]:
    """The first few with how to see the rest; all of them where all is shown."""
    if not texts:
        return
    named = texts if extent.show_all else texts[:NAMED]
    yield Heading(title, 2)
    yield from (Item("", text, indent=0) for text in named)
    if len(texts) > len(named):
        how = "unten unter „Was nicht passt“" if extent.is_dialogue else "--alle"
        yield Item("", f"… und {len(texts) - len(named)} weitere: {how}", Tone.QUIET, 0)


#: What becomes one of many in a network rather than a programme with a name of its own.
_PLACES = frozenset({Kind.CENTER, Kind.NETWORK, Kind.HUB})


def _fame(m: Match, as_of: date) -> tuple[bool, bool, int]:
    """The less, the likelier the owner has heard of it: what is long over last, the own Land first, then by points."""
    last = m.offer.valid_until
    is_long_over = last is not None and (last.year + REMEMBERED_YEARS, last.month, last.day) < as_of.timetuple()[:3]
    return m.offer.kind in _PLACES and is_long_over, not is_local(m.finding("nearness")), -m.score


def _ended_text(m: Match, guide: Guide, words: Lexicon) -> str:
    then = heir_text(m.offer, words, guide.as_of)
    text = f"{m.offer.name}: {reason(m.finding('date'), m, words)}"
    return f"{text}. {then}" if then else text


def _excluded_lines(guide: Guide, words: Lexicon, weights: Weights, extent: Extent) -> Iterator[Block]:
    if not guide.excluded:
        return
    yield Heading("Geprüft und nicht passend", 2)
    if not extent.show_all:
        how = "unten unter „Was nicht passt“" if extent.is_dialogue else "--alle"
        text = f"{len(guide.excluded)} Angebote, etwa weil sie für ein anderes Land sind. Mit Gründen: {how}"
        yield Paragraph(text, Tone.QUIET)
        return
    for m in guide.excluded:
        why = "; ".join(reason(found, m, words) for found in m.failing())
        change = appended(change_phrases(m, guide, words, weights))
        yield Item("", f"{m.offer.name}: derzeit nicht, weil: {why}.{f' Möglich{change}.' if change else ''}", indent=0)


def closing_lines() -> Iterator[Block]:
    """Where the facts come from and what the guide is not."""
    yield Paragraph(
        "Ohne Gewähr: Verbindlich ist nur, was die Stelle selbst sagt. Fragen Sie vor jeder Bestellung nach. "
        "Orte: © OpenStreetMap-Mitwirkende (ODbL), GeoNames (CC BY 4.0), Destatis.",
        Tone.QUIET,
    )
