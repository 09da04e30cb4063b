"""Which words of a text tell of an attack that is feared, past or another's, so that they raise no alarm."""

from collections.abc import Sequence
from itertools import groupby

from digiwegweiser.core.needs import Calm
from digiwegweiser.intake.phrases import Located, PhraseBook
from digiwegweiser.intake.words import Word, stem_umlauts

_NEGATION_REACH = 3
"""What a negation denies stands at most this many words after it ("noch nie von Hackern angegriffen")."""
_PART_OF_A_LIST = 4
"""A clause of so few words goes on with what the clause before it says ("Schutz vor Hackern, Viren im Netz")."""
_SHORT_CALL = 2
"""A sentence of so few words ("Notfall!") belongs to the next."""


class CalmReader:
    """Finds the words that no emergency line may rest on, by the lists of a Calm."""

    def __init__(self, calm: Calm, word_fields: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Enter the lists; lines may name word fields."""
        self._lines = PhraseBook(word_fields)
        self._lines.add(calm.clauses, "clauses", "")
        self._lines.add(calm.onward, "onward", "")
        self.turns = frozenset(map(stem_umlauts, calm.inheriting))
        self._inheriting = self._lines.term(calm.inheriting)
        self._negations = self._lines.term(calm.negations)
        self._harmless = self._lines.term(calm.harmless)

    def read(self, words: Sequence[Word]) -> frozenset[int]:
        """Positions of the calm words."""
        located = self._lines.locate(words)
        calm = self._denied(words, located)
        was_calm = False
        for _, group in groupby(range(len(words)), key=lambda position: words[position].clause):
            clause = list(group)
            start = self._calm_from(clause, words, located)
            goes_on = len(clause) <= _PART_OF_A_LIST or clause[0] in _starts(located, self._inheriting)
            if was_calm and goes_on:
                start = clause[0]
            was_calm = start is not None
            calm |= {position for position in clause if start is not None and position >= start}
        return frozenset(calm)

    def _calm_from(self, clause: Sequence[int], words: Sequence[Word], located: Located) -> int | None:
        """The position from which on a clause is calm; None where it is not."""
        # A line must stand in the clause as a whole.
        own = {
            term: [span for span in spans if clause[0] <= span.first <= span.last <= clause[-1]]
            for term, spans in located.items()
        }
        own = {term: spans for term, spans in own.items() if spans}
        starts = [
            clause[0] if line.owner == "clauses" else min(span.first for span in spans)
            for line in self._lines.lines(own)
            if (spans := self._lines.place(line, own, words)) is not None
        ]
        return min(starts, default=None)

    def _denied(self, words: Sequence[Word], located: Located) -> set[int]:
        """What a negation denies; "nicht mehr" and "keine … mehr" tell of a loss and deny nothing."""
        harmless = _starts(located, self._harmless)
        denied: set[int] = set()
        for position in _starts(located, self._negations):
            clause = words[position].clause
            rest = [p for p in range(position + 1, len(words)) if words[p].clause == clause]
            if harmless.isdisjoint(rest):
                denied.update(rest[:_NEGATION_REACH])
        return denied


def join_short_calls(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, with a sentence of one or two words counted to the next: "Notfall! Hacker im System"."""
    joined: list[Word] = []
    moved = 0
    sentences = [list(group) for _, group in groupby(words, key=lambda word: word.sentence)]
    for at, sentence in enumerate(sentences):
        number = at - moved
        joined += [word._replace(sentence=number) for word in sentence]
        moved += len(sentence) <= _SHORT_CALL
    return tuple(joined)


def _starts(located: Located, term: int) -> set[int]:
    return {span.first for span in located.get(term, ())}
