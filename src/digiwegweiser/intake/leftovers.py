"""Which part of a list of wishes was not understood ("Homepage und Schnurgelbums")."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from digiwegweiser.core.needs import Leftover
from digiwegweiser.intake.phrases import Located, PhraseBook, positions
from digiwegweiser.intake.words import Word

_LONGEST_WISH = 3
"""A longer part is a sentence, in which much may be left unsaid; a wish of a list is shorter."""
_SHORTEST_WORD = 5


class LeftoverReader:
    """Finds the parts of a list that look like a wish of their own and were not used."""

    def __init__(self, leftover: Leftover, lists: PhraseBook) -> None:
        """Enter each list as one term of `lists`."""
        self._joiners = lists.term(leftover.joiners)
        self._filler = lists.term(leftover.filler)

    def read(self, words: Sequence[Word], located: Located, used: Located) -> tuple[int, ...]:
        """Positions of the first such part, empty where there is none.

        located = where the terms of the lists stand, used = where those of any line of a need do.
        """
        if not words or (words[-1].clause == 0 and self._joiners not in located):
            return ()
        joining = {span.first for span in located.get(self._joiners, ())}
        parts = list(_parts(words, joining))
        short = [part for part in parts if len(part) <= _LONGEST_WISH]
        if len(parts) < 2 or not short:
            return ()
        filler = {span.first for span in located.get(self._filler, ())}
        has_nouns = any(word.is_capitalised for word in words[1:])
        wishes: list[tuple[list[int], tuple[int, ...]]] = []
        for part in short:
            wish = tuple(position for position in part if position not in filler)
            if wish and all(_looks_like_a_noun(words[at], has_nouns) for at in wish):
                wishes.append((part, wish))
        known = positions(span for spans in used.values() for span in spans) if wishes else frozenset()
        return next((wish for part, wish in wishes if known.isdisjoint(part)), ())


def _parts(words: Sequence[Word], joining: AbstractSet[int]) -> Iterator[list[int]]:
    """The parts between commas, sentences and joining words."""
    part: list[int] = []
    for position, word in enumerate(words):
        is_new = position in joining or (position > 0 and words[position - 1].clause != word.clause)
        if is_new and part:
            yield part
            part = []
        if position not in joining:
            part.append(position)
    if part:
        yield part


def _looks_like_a_noun(word: Word, has_nouns: bool) -> bool:
    """Written like one, where the text writes nouns so; a number or an abbreviation is none."""
    is_long = len(word.text) >= _SHORTEST_WORD and word.text.isalpha()
    return is_long and (word.is_capitalised or not has_nouns)
