"""Which words of a text the owner refuses ("kein Onlineshop", "Roboter brauchen wir nicht")."""

from collections.abc import Sequence
from itertools import groupby

from digiwegweiser.core.needs import Negation
from digiwegweiser.intake.phrases import Located, PhraseBook
from digiwegweiser.intake.words import Word, stem_umlauts

_REFUSING = ("nouns", "clauses", "verbs", "settled")
"""Without a word of one of these lists nothing is refused."""
_REACH = 4
"""A negated noun stands at most this many words after "kein"."""
_REACH_UNCAPITALISED = 2
_VERB_REACH = 3
_BARE = 4
"""A clause of so few words ("kein Onlineshop") needs no verb to be a refusal."""


class RefusalReader:
    """Finds refused words by the lists of a Negation."""

    def __init__(self, negation: Negation, lists: PhraseBook) -> None:
        """Enter each list of the negation as one term of `lists`."""
        self.turns = frozenset(stem_umlauts(word) for word in negation.turns)
        self._terms = {name: lists.term(getattr(negation, name)) for name in Negation._fields if name != "turns"}

    def read(self, words: Sequence[Word], located: Located) -> frozenset[int]:
        """Positions of the refused words; located = where the terms of the lists stand."""
        if not any(self._terms[name] in located for name in _REFUSING):
            return frozenset()
        marks = {name: {span.first for span in located.get(term, ())} for name, term in self._terms.items()}
        refused: set[int] = set()
        for _, clause in groupby(range(len(words)), key=lambda position: words[position].clause):
            refused |= _refused_in(list(clause), words, marks)
        return frozenset(refused - marks["burdens"])


def _refused_in(clause: list[int], words: Sequence[Word], marks: dict[str, set[int]]) -> set[int]:
    present = {name: [position for position in clause if position in marks[name]] for name in marks}
    refused = {other for position in present["clauses"] for other in clause if other > position}
    for position in present["nouns"]:
        refused |= _refused_by_noun(position, clause, words, present)
    for position in present["verbs"]:
        refused |= _refused_by_verb(position, clause, words, present)
    if present["having"] and present["settled"] and present["settled"][-1] == clause[-1]:
        refused.update(clause)
    return refused


def _refused_by_noun(
    position: int, clause: list[int], words: Sequence[Word], present: dict[str, list[int]]
) -> set[int]:
    after = [other for other in clause if other > position]
    if any(position < other <= position + _VERB_REACH for other in present["dismissals"]):
        return set(clause)
    if any(other > position for other in present["harmless"]):
        return set()
    is_bare = len(clause) <= _BARE
    if present["lacking"] or not (present["wanting"] or is_bare):
        return set()
    return _noun_phrase(after, words) if after else set(clause)


def _noun_phrase(after: list[int], words: Sequence[Word]) -> set[int]:
    """Up to the first capitalised word; in a text without capitals the next two words."""
    for count, position in enumerate(after[:_REACH], 1):
        if words[position].is_capitalised:
            return set(after[:count])
    return set(after[:_REACH_UNCAPITALISED])


def _refused_by_verb(
    position: int, clause: list[int], words: Sequence[Word], present: dict[str, list[int]]
) -> set[int]:
    after = [other for other in clause if other > position]
    if after and after[0] in present["harmless"]:
        return set()
    if position == clause[0]:
        return _noun_phrase(after, words)
    if not any(position - _VERB_REACH <= other < position for other in present["wanting"]):
        return set()
    if len(after) <= 1:
        return set(clause)
    return set(after)
