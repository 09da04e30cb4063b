"""What an adviser adds to the list: near misses, the questions that matter, and hits that could flip."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from digiwegweiser.core.changes import Change, changes
from digiwegweiser.core.decisive import MOST_ASKED, OpenQuestion, missing_basics, outlook
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.stability import wobbles
from digiwegweiser.core.vocabulary import Verdict
from digiwegweiser.core.weights import Weights
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.page import Block, Heading, Item
from digiwegweiser.render.reasons import appended, change_texts
from digiwegweiser.render.wording import ATTRIBUTES, euro, listed, number

NEAR_MISSES = 3
#: How each question is put to the owner.
ASKED = {
    "employees": "Wie viele arbeiten im Betrieb?",
    "ordered": "Haben Sie schon etwas bestellt oder beauftragt?",
    "budget_eur": "Was darf das Vorhaben kosten?",
    "turnover_eur": "Wie hoch ist Ihr Jahresumsatz?",
    "balance_eur": "Wie hoch ist Ihre Bilanzsumme?",
    "founded": "Seit wann gibt es den Betrieb?",
}


def changes_of(m: Match, guide: Guide, weights: Weights) -> tuple[Change, ...]:
    """What the firm could honestly change to make an excluded offer fit."""
    return changes(guide.firm, m.offer, guide.as_of, weights)


def change_phrases(m: Match, guide: Guide, words: Lexicon, weights: Weights) -> list[str]:
    """The same in words."""
    return change_texts(changes_of(m, guide, weights), words)


def near_miss_lines(guide: Guide, words: Lexicon, weights: Weights) -> Iterator[Block]:
    """The best offers for these needs that fail only by what the firm can change."""
    near = list(islice(_near_misses(guide, words, weights), NEAR_MISSES))
    if near:
        yield Heading("Knapp daneben", 2)
        yield from (Item("", f"{m.offer.name}: möglich{appended(texts)}", indent=0) for m, texts in near)


def _near_misses(guide: Guide, words: Lexicon, weights: Weights) -> Iterator[tuple[Match, list[str]]]:
    for m in guide.excluded:
        # Only what was made for one of the needs is worth a change of plans.
        if m.finding("needs").verdict is not Verdict.MET or not m.offer.core_needs & _codes(guide):
            continue
        found = changes_of(m, guide, weights)
        # An order cannot be taken back: what it has cost is told elsewhere.
        if found and not (guide.firm.ordered and any(change.attribute == "ordered" for change in found)):
            yield m, change_texts(found, words)


def _codes(guide: Guide) -> frozenset[str]:
    return frozenset(need.code for need in guide.firm.needs)


def question_lines(guide: Guide, words: Lexicon, weights: Weights) -> Iterator[Block]:
    """The questions whose answers can still change the first five, the one that matters most first.

    Before them the basics that are missing. And whether the first three stand already, and what was not asked because
    the size of the firm settles it.
    """
    ahead = outlook(guide, weights)
    texts = [_BASICS[name] for name in missing_basics(guide)]
    texts += [question_text(question, words) for question in ahead.questions[:MOST_ASKED]]
    if ahead.is_settled:
        texts.append(_THREE_STAND if texts else _NOTHING)
    if ahead.takes_finance_for_granted:
        texts.append(_GRANTED)
    yield Heading("Noch zu klären", 2)
    yield from (Item("", text, indent=0) for text in texts or [_NOTHING_WORTH_ASKING])


_BASICS = {
    "place": "Wo genau liegt der Betrieb? Vom Ort hängt ab, welche Kammer und welche örtlichen Angebote gelten.",
    "trade": "Was macht der Betrieb? Davon hängt ab, welche Kammer und welche Angebote für ihn gedacht sind.",
    "needs": "Wobei brauchen Sie Hilfe? Davon hängt am meisten ab.",
}
_NOTHING_WORTH_ASKING = "nichts, das ein Betrieb dieser Größe noch angeben müsste."
_NOTHING = "nichts: keine weitere Angabe würde die ersten drei noch ändern."
_THREE_STAND = "Die ersten drei stehen fest: keine weitere Angabe würde sie noch ändern."
_GRANTED = "Nichts zu Umsatz und Bilanzsumme: bei Ihrer Größe ist anzunehmen, dass sie innerhalb der Grenzen liegen."


def question_text(question: OpenQuestion, words: Lexicon) -> str:
    """The question and why it is asked."""
    decides = [words.offers[name].name for name in question.decides]
    if decides:
        return f"{ASKED[question.attribute]} Das entscheidet über: {'; '.join(decides)}."
    brings = [words.offers[name].name for name in question.brings[:NEAR_MISSES]]
    return f"{ASKED[question.attribute]} Das kann nach vorn bringen: {'; '.join(brings)}."


def outlook_view(guide: Guide, words: Lexicon, weights: Weights) -> dict[str, Any]:
    """The same for JSON."""
    ahead = outlook(guide, weights)
    asked = [
        {
            "attribute": question.attribute,
            "text": question_text(question, words),
            "movement": round(question.movement, 3),
            "decides": list(question.decides),
            "brings": list(question.brings),
        }
        for question in ahead.questions[:MOST_ASKED]
    ]
    return {
        "questions": asked,
        "first_three_settled": ahead.is_settled,
        "missing_basics": list(missing_basics(guide)),
    }


def wobbles_view(m: Match, guide: Guide, weights: Weights) -> list[dict[str, Any]]:
    """What would exclude the firm: a number a tenth away, or an open answer (value None)."""
    found = wobbles(m, guide.firm, guide.as_of, weights)
    return [{"attribute": wobble.attribute, "value": wobble.value, "rule": wobble.rule} for wobble in found]


def wobble_text(m: Match, guide: Guide, weights: Weights) -> str:
    """The numbers near a limit, in words; open questions are told elsewhere."""
    near = [w for w in wobbles(m, guide.firm, guide.as_of, weights) if w.value is not None]
    texts = [f"schon bei {_amount(w.attribute, w.value)} wäre es nichts mehr" for w in near]
    return f"knapp an der Grenze: {listed(texts)}" if texts else ""


def _amount(attribute: str, value: float | None) -> str:
    if value is None:
        return ""
    if attribute == "employees":
        return f"{number(value)} Beschäftigten"
    return f"{euro(int(value))} {ATTRIBUTES[attribute]}"
