"""Everything about one offer: for the firm, and from the catalogue."""

from collections.abc import Iterator

from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.guide import Guide, is_over
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.rules import HARD_RULES
from digiwegweiser.core.succession import Instead
from digiwegweiser.core.vocabulary import Eligibility, State, Verdict
from digiwegweiser.core.weights import Weights
from digiwegweiser.render.card import contact_text, heir_line, urgent_warnings
from digiwegweiser.render.combination import facts_told
from digiwegweiser.render.judgement import change_phrases
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.money import cost_text, money_text
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.reasons import open_questions, reason
from digiwegweiser.render.wording import FORMS, KINDS, STATES, day, euro, listed, origin_text

_MARKS = {
    Verdict.MET: ("ja, ", Tone.PLAIN),
    Verdict.NOT_MET: ("nein, ", Tone.WARNING),
    Verdict.UNKNOWN: ("offen, ", Tone.STRONG),
}
#: What each rule is about, short enough for the column of labels.
RULE_LABELS = {
    "date": "Zeitraum",
    "area": "Gebiet",
    "trade": "Gewerk",
    "employees": "Größe",
    "finance": "Finanzen",
    "company_age": "Alter",
    "budget": "Vorhaben",
    "ordered": "Bestellt",
    "needs": "Bedarf",
    "nearness": "Nähe",
    "made_for": "Zuschnitt",
    "cost": "Kosten",
    "sureness": "Belegt",
}
_RANGES = ("employees", "finance", "company_age", "budget")
_NO_LIMITS = ((None, None), (None, None, None))


def details_page(
    m: Match, guide: Guide, words: Lexicon, weights: Weights, instead: Instead | None = None
) -> Iterator[Block]:
    """All findings with both values and points, then the facts with their sources."""
    offer = m.offer
    yield Heading(offer.name, 1, KINDS[offer.kind])
    yield Paragraph(offer.summary, Tone.STRONG)
    yield Item("Kürzel", offer.id, Tone.QUIET, 0)
    for text in urgent_warnings(offer, guide.as_of, words, weights):
        yield Item("Achtung", text, Tone.WARNING, 0)
    yield from firm_lines(m, guide, words, weights)
    yield from instead_lines(m, instead, guide, words)
    yield from offer_lines(m, guide.firm, words)
    yield from source_lines(offer)


# --- for the firm ----------------------------------------------------------------------------------------------------


def firm_lines(m: Match, guide: Guide, words: Lexicon, weights: Weights) -> Iterator[Block]:
    """The result, what would change it, and every finding; of what is over only that, for nobody can have it."""
    if is_over(m):
        yield Heading("Für Ihren Betrieb", 2)
        yield Item("Ergebnis", f"{finding_text(m.finding('date'), m, words)}.", Tone.WARNING, 0)
        return
    yield Heading("Für Ihren Betrieb", 2, f"{m.score} von 100 Punkten")
    yield from _result_lines(m, guide, words, weights)
    yield Heading("Im Einzelnen", 2)
    free = [found for found in m.findings if _is_free(found)]
    yield from (_finding_line(found, m, words) for found in m.findings if found not in free)
    if free:
        yield Item("Sonst", f"keine Grenze für {listed([RULE_LABELS[found.rule] for found in free])}", Tone.QUIET, 0)


def _is_free(found: Finding) -> bool:
    """Whether the offer sets no limit there at all."""
    return found.rule in _RANGES and found.limit in _NO_LIMITS


def _result_lines(m: Match, guide: Guide, words: Lexicon, weights: Weights) -> Iterator[Block]:
    place = place_text(m, guide)
    match m.eligibility:
        case Eligibility.YES:
            yield Item("Ergebnis", f"passt{place}.", Tone.GOOD, 0)
        case Eligibility.OPEN:
            yield Item("Ergebnis", f"kann passen{place}.", Tone.STRONG, 0)
            yield from (Item("Offen", text, indent=0) for text in open_questions(m, words))
        case Eligibility.NO:
            yield from _not_now_lines(m, guide, words, weights)


def _not_now_lines(m: Match, guide: Guide, words: Lexicon, weights: Weights) -> Iterator[Block]:
    """Why not, a line for each of several reasons, and what would change it."""
    reasons = [finding_text(found, m, words) for found in m.failing()]
    if len(reasons) == 1:
        yield Item("Ergebnis", not_now(m, words), Tone.WARNING, 0)
    else:
        yield Item("Ergebnis", "derzeit nicht, weil:", Tone.WARNING, 0)
        yield from (Item("", text, Tone.WARNING, 0) for text in reasons)
    possible = listed(change_phrases(m, guide, words, weights))
    if possible:
        yield Item("Möglich", possible, Tone.GOOD, 0)
    else:
        yield Item("Möglich", "daran kann ein Betrieb selbst nichts ändern", indent=0)


def not_now(m: Match, words: Lexicon) -> str:
    """Why the firm can't have the offer, calmly and with all reasons."""
    return f"derzeit nicht, weil: {'; '.join(finding_text(found, m, words) for found in m.failing())}."


def place_text(m: Match, guide: Guide) -> str:
    """The offer's place in the guide, or the place of the one it is folded into; empty if neither."""
    rank = guide.rank_of(m.offer)
    if rank is not None:
        return f", Platz {rank} von {len(guide.hits)} im Wegweiser"
    for at, hit in enumerate(guide.hits, 1):
        if m.offer.id in {other.offer.id for other in hit.folded}:
            return f"; im Wegweiser steht es unter Platz {at}, „{hit.match.offer.name}“, als ähnlich"
    return ""


def _finding_line(found: Finding, m: Match, words: Lexicon) -> Item:
    mark, tone = _MARKS[found.verdict] if found.rule in HARD_RULES else ("", Tone.PLAIN)
    # Whom a limit shuts out has nothing of the points that it would have given.
    has_points = found.max_points and found.verdict is not Verdict.NOT_MET
    points = f" ({found.points} von {found.max_points} Punkten)" if has_points else ""
    return Item(RULE_LABELS[found.rule], f"{mark}{finding_text(found, m, words)}{points}", tone, 0)


def finding_text(found: Finding, m: Match, words: Lexicon) -> str:
    """The reason with the firm's value; turnover and balance too, which a reason leaves out."""
    text = reason(found, m, words)
    if found.rule != "finance" or not isinstance(found.value, tuple):
        return text
    told = [
        f"{name} {euro(value)}" if value is not None else f"{name} fehlt"
        for name, value in zip(("Ihr Umsatz", "Ihre Bilanzsumme"), found.value, strict=True)
    ]
    return f"{text}; {', '.join(told)}"


def instead_lines(m: Match, instead: Instead | None, guide: Guide, words: Lexicon) -> Iterator[Block]:
    """What to ask for in its place and why that one; nothing for an offer that may fit."""
    if m.eligibility is not Eligibility.NO:
        return
    yield Heading("Stattdessen", 2)
    if instead is None:
        yield Paragraph("Einen Ersatz, der zu Ihrem Betrieb passt, kennt der Katalog nicht.")
        return
    other = instead.match.offer
    yield Item("Angebot", f"{other.name} ({other.id})", Tone.STRONG, 0)
    yield Item("Warum", instead_text(m, instead, words), indent=0)
    yield Item("Kosten", cost_text(other), indent=0)
    yield Item("Kontakt", contact_text(other.contact, other.operator, guide.firm), indent=0)
    for refused in instead.refused:
        yield Item("Nicht", f"Danach kam {refused.offer.name}: {not_now(refused, words)}", indent=0)


def instead_text(m: Match, instead: Instead, words: Lexicon) -> str:
    """Why this substitute is named."""
    other = instead.match
    fits = "passt zu Ihrem Betrieb" if other.eligibility is Eligibility.YES else "kann zu Ihrem Betrieb passen"
    place = f", Platz {instead.rank} im Wegweiser" if instead.rank is not None else ""
    shared = [f"„{label}“" for label in words.need_labels(instead.shared)]
    if instead.is_successor:
        parts = [f"kam danach und {fits}{place}"]
    else:
        parts = [f"{fits}{place}", f"ist ebenfalls gemacht für {listed(shared)}"]
    if m.offer.form.pays and other.offer.form.pays:
        how = "ebenfalls Geld" if m.offer.form is other.offer.form else "Geld, aber in anderer Form"
        parts.append(f"gibt {how} ({FORMS[other.offer.form]})")
    elif m.offer.form.pays:
        parts.append("gibt dem Betrieb aber kein Geld")
    if other.state is State.UNVERIFIED:
        parts.append("ob es noch läuft, ist nicht sicher belegt: erst anrufen oder mailen")
    return f"{'; '.join(parts)}."


# --- from the catalogue ----------------------------------------------------------------------------------------------


def offer_lines(m: Match, firm: Firm, words: Lexicon) -> Iterator[Block]:
    """What the catalogue says of the offer, apart from its sources."""
    offer = m.offer
    yield Heading("Was es war" if m.state is State.ENDED else "Was und wie", 2)
    after = heir_line(offer, words, m.finding("date").value)
    told = {
        "Träger": offer.operator,
        "Geld von": offer.funded_by,
        "Kosten": cost_text(offer),
        "Geld": money_text(m, firm.budget_eur),
        "Zum Geld": offer.funding_note,
        "So geht’s": offer.how_to_apply,
        "Kontakt": contact_text(offer.contact, offer.operator, firm),
        "Antrag": offer.contact.application_url,
        **facts_told(m, words),
        "Früher": listed(offer.former_names) or None,
        **(dict([after]) if after else {}),
        "Dauer": dates_text(offer),
        "Stand": f"{STATES[m.state]}; geprüft am {day(offer.checked_on)}",
        "Beleg": offer.status_evidence,
        "Anmerkung": offer.note,
    }
    for label, text in told.items():
        if text:
            yield Item(label, text, indent=0)
    for text in offer.conditions:
        yield Item("Prüfen", text, indent=0)


def source_lines(offer: Offer) -> Iterator[Block]:
    """Where the facts were read, and when they were checked."""
    yield Heading("Quellen", 2, f"geprüft am {day(offer.checked_on)}{origin_text(offer)}")
    for source in offer.sources:
        what = f"{source.says}: " if source.says else ""
        yield Item("", f"{what}{source.url}{f' ({_german(source.date)})' if source.date else ''}", Tone.QUIET, 0)


def _german(written: str) -> str:
    """A date of a source, 2024-06-05, 2024-06 or 2024, as Germans write it."""
    parts = written.split("-")
    return ("/" if len(parts) == len(("2024", "06")) else ".").join(reversed(parts))


def dates_text(offer: Offer) -> str | None:
    """The first and the last day, as far as known."""
    first = f"ab {day(offer.valid_from)}" if offer.valid_from else ""
    last = f"bis {day(offer.valid_until)}" if offer.valid_until else ""
    return f"{first} {last}".strip() or None
