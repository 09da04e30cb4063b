"""A description of a firm, taken apart into what it says the firm is and what it only adds."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from digiwegweiser.intake.spelling import fold
from digiwegweiser.intake.trade_words import Term, TradeLexicon

#: Longer descriptions are cut: the trade stands at the beginning.
LONGEST_TEXT = 300
_LONGEST_PHRASE = 5

#: After these words comes what the firm makes, for whom, or with what, not what it is.
_ADDING = frozenset((
    "fuer", "fuers", "von", "vom", "mit", "aus", "im", "in", "zur", "zum", "bei", "auf", "an", "ohne", "rund", "um",
    "nach", "ueber", "samt", "inklusive", "inkl",
))  # fmt: skip
_AND = frozenset({"und", "u", "sowie", "oder", "&", "+"})

_TOKEN = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*|[&+]|[^a-z0-9\s.]")
_HALF = re.compile(
    r"([a-z0-9]{2,})-(\s*(?:,|/|und\b|u\.|u\b|&|\+|oder\b|sowie\b)\s*(?:[a-z0-9]+-[\s,]+(?:und\s+)?)*)([a-z0-9-]{5,})"
)
_SHORTEST_TAIL = 3


class Mention(NamedTuple):
    """A term that a description contains."""

    term: Term
    is_main: bool
    """Says what the firm is; else it stands in brackets or after "für", "von" and the like."""
    is_guess: bool
    """Only the beginning of a longer word was recognised."""
    phrase: int
    """Mentions of one phrase describe the same thing."""


def mentions(text: str, lexicon: TradeLexicon) -> list[Mention]:
    """All terms in the description, in order."""
    found: list[Mention] = []
    for phrase, (is_main, words) in enumerate(_clauses(complete_halves(fold(text[:LONGEST_TEXT]), lexicon))):
        found += _mentions_in(words, is_main, phrase, lexicon)
    return found


def complete_halves(folded: str, lexicon: TradeLexicon) -> str:
    """The text with words like "Maschinen-" in "Maschinen- und Anlagenbau" completed, where that gives a term."""

    def complete(found: re.Match[str]) -> str:
        half, between, whole = found[1], found[2], found[3].replace("-", "")
        if lexicon.find(re.sub(r"[^a-z0-9]", "", found[0])):
            return found[0]
        tails = (whole[start:] for start in range(1, len(whole) - _SHORTEST_TAIL + 1))
        full = next((half + tail for tail in tails if lexicon.find(half + tail)), half)
        return full + between + found[3]

    return _HALF.sub(complete, folded)


def _clauses(folded: str) -> Iterator[tuple[bool, list[str]]]:
    """The words between signs and adding words, and whether they say what the firm is."""
    words: list[str] = []
    in_brackets = adds = False
    for token in _TOKEN.findall(folded):
        is_sign = not token[0].isalnum() and token not in _AND
        if is_sign or token in _ADDING:
            if words:
                yield not (in_brackets or adds), words
            words = []
            in_brackets = (in_brackets or token in "([") and token not in ")]"
            adds = not is_sign
        else:
            words.append(token)
    if words:
        yield not (in_brackets or adds), words


def _mentions_in(words: list[str], is_main: bool, phrase: int, lexicon: TradeLexicon) -> Iterator[Mention]:
    """The terms in the words of one clause, the longest first at each place."""
    place, part = 0, 0
    while place < len(words):
        part += words[place] in _AND
        term, used = _longest_term(words, place, lexicon)
        if term:
            yield Mention(term, is_main, False, phrase * 100 + part)
        elif guess := lexicon.find_by_guess(_joined(words[place : place + 1])):
            yield Mention(guess, is_main, True, phrase * 100 + part)
        place += used


def _longest_term(words: list[str], place: int, lexicon: TradeLexicon) -> tuple[Term | None, int]:
    """The term that most of the words from this place on make together, and how many they are."""
    if words[place] in _AND:
        return None, 1
    for many in range(min(_LONGEST_PHRASE, len(words) - place), 1, -1):
        if words[place + many - 1] not in _AND and (term := lexicon.find(_joined(words[place : place + many]))):
            return term, many
    word = _joined(words[place : place + 1])
    last = words[place].split("-")[-1]
    term = lexicon.find(word) or lexicon.find_adjective(word) or lexicon.find_compound(word)
    return term or lexicon.find(last), 1


def _joined(words: list[str]) -> str:
    """The words in one piece, "&" read as "und"."""
    spelled = ("und" if word in _AND else word for word in words)
    return re.sub(r"[^a-z0-9]", "", "".join(spelled))
