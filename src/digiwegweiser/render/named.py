"""What became of an offer that somebody asks for by name: its page, its JSON, and the answer to an unclear name."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from digiwegweiser.core.guide import Guide, Hit
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.preference import is_ending
from digiwegweiser.core.reading import Reading
from digiwegweiser.core.succession import Asked, Instead, Story, living_first
from digiwegweiser.core.vocabulary import Eligibility, State
from digiwegweiser.core.weights import Weights
from digiwegweiser.render.card import after_line, heir_line
from digiwegweiser.render.details import firm_lines, instead_lines, instead_text, offer_lines, source_lines
from digiwegweiser.render.json_view import SCHEMA, firm_view, heir_view, hit_view
from digiwegweiser.render.judgement import change_phrases
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.messages import shorten
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.wording import KINDS, NBSP, day, listed

PREDECESSORS_SHOWN = 4
CANDIDATES_SHOWN = 10
SUGGESTIONS_SHOWN = 5
#: The labels of what came after an offer.
_AFTER = (after_line("", is_formal=True)[0], after_line("", is_formal=False)[0])
_ALL = "Alle Angebote: digiwegweiser katalog liste"
#: What of a result says something of a firm.
_OF_FIRM = ("score", "eligibility", "findings", "open_questions", "distance_km")


def story_page(asked: Asked, words: Lexicon, weights: Weights) -> Iterator[Block]:
    """State, dates, evidence, succession, the firm's case if there is a firm, the facts and the sources."""
    offer, as_of = asked.match.offer, asked.guide.as_of
    yield Heading(offer.name, 1, KINDS[offer.kind])
    yield Paragraph(offer.summary, Tone.STRONG)
    yield Item("Kürzel", offer.id, Tone.QUIET, 0)
    said = state_text(offer, as_of, weights)
    is_calm = asked.match.state is State.OPEN and not is_ending(offer, as_of, weights)
    yield Item("Stand", f"am {day(as_of)}: {said}", Tone.GOOD if is_calm else Tone.WARNING, 0)
    yield Item("Beleg", offer.status_evidence, indent=0)
    for text in offer.warnings:
        yield Item("Achtung", text, Tone.WARNING, 0)
    yield from _succession_lines(asked.story, as_of, words, weights)
    if asked.has_firm:
        yield from firm_lines(asked.match, asked.guide, words, weights)
        yield from instead_lines(asked.match, asked.instead, asked.guide, words)
    yield from _facts(asked, words)
    yield from source_lines(offer)
    if not asked.has_firm:
        call = f"digiwegweiser zeigen {offer.id} --ort … --gewerk … --bedarf …"
        question = "Was passt stattdessen" if asked.match.state is State.ENDED else "Passt es"
        yield Paragraph(f"{question} zu Ihrem Betrieb? {call}", Tone.QUIET)


def _facts(asked: Asked, words: Lexicon) -> Iterator[Block]:
    """The facts without those that stand further up on this page."""
    said = ("Beleg", *_AFTER, "Stand")
    for block in offer_lines(asked.match, asked.guide.firm, words):
        if not (isinstance(block, Item) and block.label in said):
            yield block


def state_text(offer: Offer, as_of: date, weights: Weights) -> str:
    """What holds on the day, as a sentence without its full stop."""
    last, first = offer.valid_until, offer.valid_from
    match offer.state_on(as_of):
        case State.OPEN if last is not None:
            left = _days_left((last - as_of).days) if is_ending(offer, as_of, weights) else ""
            return f"läuft bis {day(last)}{left}"
        case State.OPEN:
            return "läuft, ein Ende ist nicht bekannt"
        case State.ENDED:
            return (
                f"beendet, der letzte Tag war der {day(last)}" if last else "beendet, der letzte Tag ist nicht belegt"
            )
        case State.NOT_YET:
            return f"beginnt am {day(first)}" if first else "angekündigt, noch nicht offen"
        case State.PAUSED:
            return "ausgesetzt"
        case State.UNVERIFIED if as_of < offer.checked_on:
            missing = [name for name, value in (("der Beginn", first), ("das Ende", last)) if value is None]
            return f"nicht sicher, {listed(missing)} {'ist' if len(missing) == 1 else 'sind'} nicht bekannt"
        case State.UNVERIFIED:
            limit = f", längstens bis {day(last)}" if last else ""
            return f"nicht sicher belegt, ob es noch läuft{limit}: erst anrufen oder mailen"


def _days_left(days: int) -> str:
    if days == 0:
        return ", das ist der letzte Tag"
    return f", noch {days} Tag{'' if days == 1 else 'e'}"


def _succession_lines(story: Story, as_of: date, words: Lexicon, weights: Weights) -> Iterator[Block]:
    offer = story.offer
    before = [_named(other, as_of, weights) for other in story.before[:PREDECESSORS_SHOWN]]
    more = len(story.before) - len(before)
    before += [f"und {more} weitere"] if more > 0 else []
    before += [offer.predecessor_note] if offer.predecessor_note else []
    after = [after_line(_named(other, as_of, weights), other.id not in story.nearest) for other in story.after]
    heir, last = words.heir(offer, as_of), heir_line(offer, words, as_of)
    if last is not None and (heir is None or heir.offer is None):
        after.append(last)
    if not (before or after):
        return
    yield Heading("Davor und danach" if before and after else "Was danach kam" if after else "Was davor war", 2)
    for label, text in (*(("Davor", text) for text in before), *after):
        yield Item(label, text, indent=0)


def _named(offer: Offer, as_of: date, weights: Weights) -> str:
    return f"{offer.name}: {state_text(offer, as_of, weights)} ({offer.id})"


# --- JSON ------------------------------------------------------------------------------------------------------------


class Named(NamedTuple):
    """What a user asked for and how that was read: as one offer, or as variants that ended together."""

    text: str
    ids: tuple[str, ...]
    remark: str = ""
    """For stderr; empty where the offer is called so."""


def story_json(asked: Sequence[Asked], named: Named, words: Lexicon, weights: Weights) -> str:
    """The entry with the keys of a result and its variants; what is said of a firm stands under `for_firm`."""
    first, *others = (_story_view(one, words, weights) for one in asked)
    read = {"text": named.text, "ids": list(named.ids), "is_exact": not named.remark}
    return _dumped(asked[0], {"read": read, **first, "variants": others})


def _story_view(asked: Asked, words: Lexicon, weights: Weights) -> dict[str, Any]:
    view, firm = _result_view(asked, words, weights)
    offer, as_of = asked.match.offer, asked.guide.as_of
    of_firm = {key: view.pop(key) for key in _OF_FIRM}
    heir = words.heir(offer, as_of)
    living = heir.offer if heir is not None and heir.offer is not None else None
    view |= {
        "status_text": state_text(offer, as_of, weights),
        "status_evidence": offer.status_evidence,
        "former_ids": list(offer.former_ids),
        "operator": offer.operator,
        "funded_by": offer.funded_by,
        "valid_from": _iso(offer.valid_from),
        "note": offer.note,
        "sources": [source._asdict() for source in offer.sources],
        "predecessors": [_brief(other, as_of) for other in asked.story.before],
        "successors": [_brief(other, as_of) for other in asked.story.after],
        "successor_note": offer.successor_note,
        **heir_view(heir),
        "living_successor": living.id if living is not None and living.state_on(as_of).is_living else None,
        "for_firm": {**of_firm, **_judgement(asked, words, weights)} if asked.has_firm else None,
    }
    return {"firm": firm if asked.has_firm else None, **view}


def details_json(asked: Asked, words: Lexicon, weights: Weights) -> str:
    """The entry as a result of the guide, with all findings, whether it is a hit, excluded or over."""
    view, firm = _result_view(asked, words, weights)
    after = [_brief(other, asked.guide.as_of) for other in asked.story.after]
    return _dumped(asked, {"firm": firm, **view, **_judgement(asked, words, weights), "successors": after})


def _result_view(asked: Asked, words: Lexicon, weights: Weights) -> tuple[dict[str, Any], dict[str, Any]]:
    """The offer as a result of the guide, and the firm."""
    guide = asked.guide
    result = hit_view(Hit(asked.match), guide, words, weights)
    del result["folded"]
    return result, firm_view(guide.firm, guide.chamber, words)


def _judgement(asked: Asked, words: Lexicon, weights: Weights) -> dict[str, Any]:
    m, instead = asked.match, asked.instead
    return {
        "rank": asked.guide.rank_of(m.offer),
        "change": change_phrases(m, asked.guide, words, weights) if m.eligibility is Eligibility.NO else [],
        "instead": None if instead is None else _instead_view(m, instead, words),
    }


def _instead_view(m: Match, instead: Instead, words: Lexicon) -> dict[str, Any]:
    other = instead.match
    return {
        "id": other.offer.id,
        "name": other.offer.name,
        "status": other.state,
        "eligibility": other.eligibility,
        "rank": instead.rank,
        "is_successor": instead.is_successor,
        "shared_needs": list(instead.shared),
        "text": instead_text(m, instead, words),
    }


def _brief(offer: Offer, as_of: date) -> dict[str, Any]:
    status, last = offer.state_on(as_of), _iso(offer.valid_until)
    return {"id": offer.id, "name": offer.name, "status": status, "valid_until": last}


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _dumped(asked: Asked, view: Mapping[str, Any]) -> str:
    whole = {"schema": SCHEMA, "as_of": asked.guide.as_of.isoformat(), **view}
    return json.dumps(whole, ensure_ascii=False, indent=1).replace(NBSP, " ") + "\n"


# --- names that do not lead to one offer -----------------------------------------------------------------------------


def name_problem(reading: Reading[str], offers: Mapping[str, Offer], as_of: date, call: str) -> str:
    """What a name may mean, or what comes nearest, the living first; `call` is the command that takes the id."""
    if not reading.text.strip():
        return f"Welches Angebot? Gebraucht wird ein Name oder ein Kürzel, etwa: {call} go-digital"
    quoted = f"„{shorten(reading.text)}“"
    names = living_first(reading.candidates or reading.suggestions, offers, as_of)
    if not names:
        return f"Ein Angebot {quoted} kenne ich nicht.\n{_ALL}"
    shown = CANDIDATES_SHOWN if reading.candidates else SUGGESTIONS_SHOWN
    lines = _choices([offers[name] for name in names[:shown]], as_of)
    go_on = f"Weiter mit dem Kürzel, etwa: {call} {names[0]}"
    if reading.candidates:
        rest = len(names) - shown
        lines += [f"  … und {rest} weitere; ein Wort mehr hilft, etwa das Land"] if rest > 0 else []
        return "\n".join([f"{quoted} ist nicht eindeutig. Gemeint sein kann:", *lines, go_on])
    return "\n".join([f"Ein Angebot {quoted} kenne ich nicht. Am nächsten kommen:", *lines, go_on, _ALL])


def _choices(offers: Sequence[Offer], as_of: date) -> list[str]:
    width = max(len(offer.id) for offer in offers)
    return [f"  {offer.id:<{width}}  {offer.name}{_over(offer, as_of)}" for offer in offers]


def _over(offer: Offer, as_of: date) -> str:
    return " (beendet)" if offer.state_on(as_of) is State.ENDED else ""


def name_remark(reading: Reading[str]) -> str:
    """How a name was read that does not stand so in the catalogue; empty if it does."""
    return " ".join(f"„{shorten(reading.text)}“ gelesen als „{note.detail}“." for note in reading.notes)


def variants_remark(reading: Reading[str], offers: Mapping[str, Offer]) -> str:
    """That a name was read as several offers with one story."""
    names = listed([f"„{offers[name].name}“" for name in reading.candidates])
    both = "beide" if len(reading.candidates) == 2 else "alle"
    return f"„{shorten(reading.text)}“ gelesen als {names}: zu Ende am selben Tag, hier {both}."


def rank_problem(rank: str, guide: Guide) -> str:
    """A place that the guide does not have."""
    last = f"der letzte ist {len(guide.hits)}" if guide.hits else "für diese Angaben passt kein Angebot"
    return f"--warum {shorten(rank)}: Diesen Platz gibt es im Wegweiser nicht, {last}. Ein Name oder Kürzel geht auch."
