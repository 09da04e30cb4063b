"""From an owner's sentence, a code or a label to needs of the closed list."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache
from typing import NamedTuple

from digiwegweiser.core.firm import StatedNeed
from digiwegweiser.core.needs import NeedVocabulary
from digiwegweiser.core.reading import Note, Reading, Remark
from digiwegweiser.intake.calm import CalmReader, join_short_calls
from digiwegweiser.intake.leftovers import LeftoverReader
from digiwegweiser.intake.near_needs import NearNeeds
from digiwegweiser.intake.phrases import Line, Located, PhraseBook, Span, positions
from digiwegweiser.intake.refusals import RefusalReader
from digiwegweiser.intake.words import Word, quote, split_words, stem_umlauts

_STRONG, _WEAK, _HOW, _EMERGENCY = "words", "weak", "how", "emergency"
_TEXTS_KEPT = 16
"""What a text states, of which attack it tells and what it refuses is asked for one answer after the other."""
_LIST = re.compile(r"[,;|\n]+")


class _Sign(NamedTuple):
    """A line found in the text."""

    line: Line
    spans: tuple[Span, ...]
    positions: frozenset[int]


class _Told(NamedTuple):
    """What all questions to a text begin with."""

    words: tuple[Word, ...]
    located: Located
    lines: tuple[Line, ...]
    """Those whose terms all stand somewhere in the text."""
    listed: Located
    """Where words of the lists stand that tell refusals and leftovers."""
    refused: frozenset[int]


class _Lists(NamedTuple):
    """The book of the lists that stand in no line, and who reads them."""

    book: PhraseBook
    refusals: RefusalReader
    leftovers: LeftoverReader


class NeedBook:
    """Reads needs; builds its index at the first sentence, so that a run without needs pays nothing."""

    def __init__(self, vocabulary: NeedVocabulary) -> None:
        """Take the closed list in its order."""
        self.needs = vocabulary.needs
        self._vocabulary = vocabulary
        self._asides = frozenset(need.code for need in vocabulary.needs if need.is_aside)
        self._told = lru_cache(_TEXTS_KEPT)(self._tell)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Codes by what stands for exactly one need: its code, label and question."""
        return {
            _plain(name): need.code for need in self.needs for name in (need.question, need.label, need.code) if name
        }

    @cached_property
    def _lists(self) -> _Lists:
        # Entered together: a book takes no word after its first search.
        book = PhraseBook()
        negation, leftover = self._vocabulary.negation, self._vocabulary.leftover
        return _Lists(book, RefusalReader(negation, book), LeftoverReader(leftover, book))

    @cached_property
    def _near(self) -> NearNeeds:
        return NearNeeds(self.needs)

    @cached_property
    def _calm(self) -> CalmReader:
        return CalmReader(self._vocabulary.calm, self._vocabulary.word_fields)

    @cached_property
    def _phrases(self) -> PhraseBook:
        negation = self._vocabulary.negation
        book = PhraseBook(self._vocabulary.word_fields, (*negation.nouns, *negation.verbs), is_forgiving=True)
        for need in self.needs:
            book.add((need.code, *need.words), need.code, _STRONG)
            book.add(need.weak, need.code, _WEAK)
            book.add(need.how, need.code, _HOW)
            book.add(need.emergency, need.code, _EMERGENCY)
        return book

    def _tell(self, text: str) -> _Told:
        words = split_words(text, self._lists.refusals.turns)
        located, listed = self._phrases.locate(words), self._lists.book.locate(words)
        refused = self._lists.refusals.read(words, listed)
        return _Told(words, located, tuple(self._phrases.lines(located)), listed, refused)

    def read(self, text: str) -> Reading[tuple[StatedNeed, ...]]:
        """The needs a text states, in the order in which they appear; no value where it says nothing known."""
        named = self._read_names(text)
        if named:
            return Reading(text, value=named)
        told = self._told(text)
        signs = self._decisive(self._signs(told))
        if not signs:
            return self._unread(text, told.words)
        # What tells of an attack names the need only where nothing else does: its words are told apart.
        named_otherwise = {sign.line.owner for sign in signs if sign.line.kind == _STRONG}
        by_need: dict[str, set[int]] = defaultdict(set)
        for sign in signs:
            if sign.line.kind != _EMERGENCY or sign.line.owner not in named_otherwise:
                by_need[sign.line.owner] |= sign.positions
        in_order = sorted(by_need.items(), key=lambda item: (sorted(item[1]), item[0]))
        stated = tuple(StatedNeed(code, quote(text, told.words, sorted(at))) for code, at in in_order)
        return Reading(text, value=stated, notes=(*_spelling_notes(signs), *self._unused(text, told, signs)))

    def _unread(self, text: str, words: Sequence[Word]) -> Reading[tuple[StatedNeed, ...]]:
        """No value: what is refused, else the labels of needs whose words look most alike."""
        if refused := self.refused(text):
            return Reading(text, notes=(Note(Remark.REFUSED, refused[0].words),))
        return Reading(text, suggestions=self._near.labels(words))

    def _unused(self, text: str, told: _Told, signs: Iterable[_Sign]) -> tuple[Note, ...]:
        left = self._lists.leftovers.read(told.words, told.listed, told.located)
        return (Note(Remark.UNUSED, quote(text, told.words, left)),) if left else ()

    def read_emergency(self, text: str) -> str | None:
        """The owner's words that say an attack is going on; None where nothing does."""
        if all(line.kind != _EMERGENCY for line in self._told(text).lines):
            return None
        words = join_short_calls(split_words(text, self._lists.refusals.turns | self._calm.turns))
        located = self._phrases.locate(words)
        alarms = [line for line in self._phrases.lines(located) if line.kind == _EMERGENCY]
        # Apart from what calms, nothing takes the force of an alarm: "nichts geht mehr" is no refusal.
        calm = self._calm.read(words)
        at = positions(span for line in alarms for span in self._phrases.place(line, located, words, barred=calm) or ())
        return quote(text, words, sorted(at)) if at else None

    def refused(self, text: str) -> tuple[StatedNeed, ...]:
        """The needs that a text says it does not have, with their words ("kein Onlineshop")."""
        told = self._told(text)
        if not told.refused:
            return ()
        words, others = told.words, frozenset(range(len(told.words))) - told.refused
        strong = [line for line in told.lines if line.kind == _STRONG]
        placed = [(line.owner, self._phrases.place(line, told.located, words, barred=others) or ()) for line in strong]
        at = [(code, sorted(positions(spans))) for code, spans in placed]
        return tuple(dict.fromkeys(StatedNeed(code, quote(text, words, ends)) for code, ends in at if ends))

    def _read_names(self, text: str) -> tuple[StatedNeed, ...]:
        whole = self._names.get(_plain(text))
        if whole is not None:
            return (StatedNeed(whole, text.strip()),)
        if _LIST.search(text) is None:
            return ()
        parts = [part.strip() for part in _LIST.split(text) if part.strip()]
        stated: dict[str, str] = {}
        for part in parts:
            code = self._names.get(_plain(part))
            if code is None:
                return ()
            stated[code] = part
        return tuple(StatedNeed(code, part) for code, part in stated.items())

    def _signs(self, told: _Told) -> list[_Sign]:
        placed = ((line, self._phrases.place(line, told.located, told.words, told.refused)) for line in told.lines)
        return [_Sign(line, spans, positions(spans)) for line, spans in placed if spans is not None]

    def _decisive(self, signs: Iterable[_Sign]) -> list[_Sign]:
        """The signs of every need that is surely stated; where they say only how or with what, weak ones as well."""
        by_need: dict[str, list[_Sign]] = defaultdict(list)
        for sign in signs:
            by_need[sign.line.owner].append(sign)
        stated = [code for code, found in by_need.items() if _is_stated(found)]
        sure = {code for code in by_need if code in stated or any(sign.line.kind == _HOW for sign in by_need[code])}
        chosen = sure if set(stated) - self._asides else sure | set(self._likeliest(by_need, sure))
        # In the order in which they were found; that of a set is another in every process.
        return [sign for code, found in by_need.items() if code in chosen for sign in found]

    def _likeliest(self, by_need: Mapping[str, Sequence[_Sign]], sure: AbstractSet[str]) -> Iterator[str]:
        """Of the needs that are only hinted at, those that rest on a word no surer one rests on.

        A word that may mean three needs is thus one: that with most signs, else the first of the list.
        """
        order = {need.code: place for place, need in enumerate(self.needs)}
        hinted = sorted(by_need.keys() - sure, key=lambda code: (-len(by_need[code]), order[code]))
        # Money words may hint at what is to be bought.
        clear = sure - self._asides
        used = {position for code in clear for sign in by_need[code] for position in sign.positions}
        for code in hinted:
            words = {position for sign in by_need[code] for position in sign.positions}
            if not words <= used:
                used |= words
                yield code


def _is_stated(signs: Sequence[_Sign]) -> bool:
    """Whether a strong line is among the signs, or two weak ones that share no word."""
    if any(sign.line.kind in (_STRONG, _EMERGENCY) for sign in signs):
        return True
    weak = [sign.positions for sign in signs if sign.line.kind == _WEAK]
    return any(not one & other for one in weak for other in weak)


def _plain(text: str) -> str:
    return " ".join(stem_umlauts(text).split()).strip(" .!?")


def _spelling_notes(signs: Iterable[_Sign]) -> tuple[Note, ...]:
    meant = [span.respelled for sign in signs for span in sign.spans if span.respelled is not None]
    return tuple(Note(Remark.SPELLING, word) for word in dict.fromkeys(meant))
