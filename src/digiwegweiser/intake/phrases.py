"""Word lines as they stand in data/needs.yaml (the notation is described there), found in a text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from digiwegweiser.intake.misspellings import respell
from digiwegweiser.intake.word_index import WordIndex, plain_pattern
from digiwegweiser.intake.words import Word

WORDS_KEPT = 50_000
_MAX_GAP = 9
"""Words of one line may stand this far apart; beyond it they rarely belong together."""
_EXPLAINED = 2 / 3
"""A word of which known words make up more than this share is not taken for a misspelt one."""


class Span(NamedTuple):
    """Where a word of a line stands in the text: first and last position, both inclusive."""

    first: int
    last: int
    respelled: str | None = None
    """The word meant, where the owner wrote only something like it."""


class Line(NamedTuple):
    """One compiled line: a term is a number of the index, owner and kind are the caller's."""

    owner: str
    kind: str
    terms: Sequence[int]
    excluded: Sequence[int]
    text: str


Located = dict[int, list[Span]]


class _Found(NamedTuple):
    """The terms that name a word, and those of the word that it is probably a misspelling of."""

    terms: tuple[int, ...]
    meant: str | None = None
    meant_terms: tuple[int, ...] = ()


class PhraseBook:
    """Word lines, each with its owner and kind."""

    def __init__(
        self,
        word_fields: Iterable[tuple[str, Sequence[str]]] = (),
        negations: Iterable[str] = (),
        *,
        is_forgiving: bool = False,
    ) -> None:
        """Start with the word fields; a line that names one of `negations` is exempt from negation.

        Forgiving = a word that is not known may be a misspelt one.
        """
        self._is_forgiving = is_forgiving
        self._index = WordIndex()
        self._lines_of: dict[int, list[Line]] = defaultdict(list)
        self._negations = frozenset(map(plain_pattern, negations))
        # Many sentences share few words; lines are added before the first of them is read.
        self._found = lru_cache(WORDS_KEPT)(self._look_up)
        self._across = lru_cache(WORDS_KEPT)(self._look_up_pair)
        for name, words in word_fields:
            self._index.name_field(plain_pattern(name), self.term(words))

    def term(self, words: Iterable[str]) -> int:
        """The number under which `locate` tells where one of these words stands."""
        return self._index.term(plain_pattern("|".join(words)))

    def add(self, lines: Sequence[str], owner: str, kind: str) -> None:
        """Put lines into the book."""
        for plain in plain_pattern("\n".join(lines)).splitlines():
            terms: list[int] = []
            excluded: list[int] = []
            for word in plain.split():
                if word[0] == "!":
                    excluded.append(self._index.term(word[1:]))
                else:
                    terms.append(self._index.term(word))
            line = Line(owner, kind, terms, excluded, plain)
            if terms:
                self._lines_of[terms[0]].append(line)

    def locate(self, words: Sequence[Word]) -> Located:
        """Where each term stands in the text."""
        located: Located = defaultdict(list)
        for position, (word, after) in enumerate(zip_longest(words, words[1:])):
            terms, meant, meant_terms = self._found(word.forms, word.spelled)
            if terms:
                # One word may name a hundred terms.
                here = Span(position, position)
                for term in terms:
                    located[term].append(here)
            for term in meant_terms:
                located[term].append(Span(position, position, meant))
            if after is not None and after.clause == word.clause:
                for term in self._across(word.forms[0], after.forms[0]):
                    located[term].append(Span(position, position + 1))
        return located

    def _look_up(self, forms: tuple[str, ...], spelled: tuple[str, ...]) -> _Found:
        """What the index says of one word."""
        exact = spelled or (None,) * len(forms)
        known = {found for pair in zip(forms, exact, strict=True) for found in self._index.words_in(*pair)}
        terms = self._index.terms_of(known)
        return self._misspelt(forms[0], known, terms) if self._is_forgiving and len(forms) == 1 else _Found(terms)

    def _misspelt(self, form: str, known: Iterable[str], terms: tuple[int, ...]) -> _Found:
        """With what the word probably means, unless known words explain most of it."""
        explained = max((len(word.strip("*")) for word in known), default=0)
        if explained > len(form) * _EXPLAINED:
            return _Found(terms)
        alike = self._index.words_alike(form)
        meant = respell(form, tuple(alike))
        if meant is None or len(meant.rstrip("*")) <= explained:
            return _Found(terms)
        return _Found(terms, alike[meant].strip("*"), self._index.terms_of(self._index.words_in(meant.rstrip("*"))))

    def _look_up_pair(self, first: str, second: str) -> tuple[int, ...]:
        """The terms of a word that may be written as these two."""
        known = self._index.words_across(first, second)
        return self._index.terms_of(known) if known else ()

    def lines(self, located: Located) -> Iterator[Line]:
        """The lines all of whose terms stand somewhere in the text, each once."""
        for term in located:
            for line in self._lines_of.get(term, ()):
                if all(map(located.__contains__, line.terms)):
                    yield line

    def place(
        self,
        line: Line,
        located: Located,
        words: Sequence[Word],
        refused: frozenset[int] = frozenset(),
        barred: frozenset[int] = frozenset(),
    ) -> tuple[Span, ...] | None:
        """The first place where the words of a line stand together in one sentence, none of them refused; else None.

        Barred words count for no line, refused ones still for a line that names a negation itself.
        """
        is_exempt = refused and not self._negations.isdisjoint(line.text.replace("|", " ").split())
        refused = barred if is_exempt else refused | barred
        for anchor in located[line.terms[0]]:
            if line.excluded and _stands_near(anchor, line.excluded, located, words):
                continue
            chosen: list[Span] = []
            for term in line.terms:
                span = _nearest(anchor, located[term], words, refused)
                if span is None:
                    break
                chosen.append(span)
            else:
                return tuple(chosen)
        return None


def positions(spans: Iterable[Span]) -> frozenset[int]:
    """The words at which these spans begin and end."""
    return frozenset([position for first, last, _ in spans for position in (first, last)])


def _stands_near(anchor: Span, terms: Iterable[int], located: Located, words: Sequence[Word]) -> bool:
    return any(_nearest(anchor, located[term], words, frozenset()) for term in terms if term in located)


def _nearest(anchor: Span, spans: Sequence[Span], words: Sequence[Word], refused: frozenset[int]) -> Span | None:
    sentence = words[anchor.first].sentence
    nearest, least = None, _MAX_GAP + 1
    for span in spans:
        gap = abs(span.first - anchor.first)
        if gap < least and words[span.first].sentence == sentence and refused.isdisjoint((span.first, span.last)):
            nearest, least = span, gap
    return nearest
