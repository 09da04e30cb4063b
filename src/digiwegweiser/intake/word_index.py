"""The words of all word lines in one index, so that the time for a text hardly depends on their number.

Words stand in the index in small letters and with their stars ("*papier", "zeiterfass*"). It is made in milliseconds at
every start that reads a need, hence plain text, lists and numbers instead of an object per word.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from digiwegweiser.intake.words import drop_umlauts, has_its_umlauts, write_umlauts

_KEY = 3
_MIN_SPLIT = 4
"""Shortest word that may be written as two ("E Rechnung", "Online Shop")."""
_MIN_REACH = 3
"""So many letters of the second part must belong to the word: "vorher soll" is no beginning of "vorhersagen"."""


def plain_pattern(line: str) -> str:
    """A line, or several, as the index wants it."""
    return line.casefold().replace("-", "")


class WordIndex:
    """From words of a text to the numbers of the terms ("zettel*|papier*") that name them."""

    def __init__(self) -> None:
        """Start empty."""
        self._numbers: dict[str, int] = {}
        self._terms_of: dict[str, list[int]] = {}
        self._users_of: dict[int, list[int]] = {}

    def term(self, alternatives: str) -> int:
        """The number of a term, entered when it is new; only before the first search."""
        number = self._numbers.get(alternatives)
        if number is None:
            number = self._numbers[alternatives] = len(self._numbers)
            for word in alternatives.split("|"):
                self._terms_of.setdefault(word, []).append(number)
        return number

    def name_field(self, name: str, term: int) -> None:
        """Let a term stand for the word field `name` in terms that come later."""
        self._terms_of[f"<{name}>"] = self._users_of[term] = []

    @cached_property
    def _folded(self) -> list[tuple[str, str, str]]:
        """Each word folded and as it is, and its literal with umlauts where it has any, else nothing."""
        # Folded in one piece, which is far cheaper than word by word.
        together = write_umlauts("\n".join(self._terms_of))
        folded, written = drop_umlauts(together).split("\n"), together.split("\n")
        pairs = zip(folded, written, strict=True)
        umlauts = [spelled.strip("*") if spelled != plain else "" for plain, spelled in pairs]
        return list(zip(folded, self._terms_of, umlauts, strict=True))

    @cached_property
    def _whole(self) -> dict[str, list[tuple[str, str]]]:
        """Words without stars, with their umlauts, by their folded form."""
        whole: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for plain, word, umlauts in self._folded:
            whole[plain].append((word, umlauts))
        return whole

    @cached_property
    def _by_start(self) -> dict[str, list[tuple[str, str, str]]]:
        """Words with stars, with their folded literal and their umlauts, by its first letters."""
        index: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for plain, word, umlauts in self._folded:
            literal = plain.strip("*")
            if literal != plain:
                index[literal[:_KEY]].append((literal, word, umlauts))
        return index

    @cached_property
    def _alike(self) -> dict[str, dict[str, str]]:
        """Words by their folded form without leading star, by its first two letters."""
        alike: dict[str, dict[str, str]] = defaultdict(dict)
        for plain, word, _ in self._folded:
            stem = plain.lstrip("*")
            alike[stem[:2]][stem] = word
        return alike

    def terms_of(self, words: Iterable[str]) -> tuple[int, ...]:
        """The terms that name these words of the index, themselves or through a word field, as they were entered."""
        terms = {term for word in words for term in self._terms_of.get(word, ())}
        return tuple(sorted(terms.union(*(self._users_of[term] for term in terms if term in self._users_of))))

    def words_in(self, form: str, spelled: str | None = None) -> Iterator[str]:
        """The words of the index that a folded word of a text is, or contains as their stars allow.

        spelled = the same with its umlauts, where none was left out, so that "zahlen" is not "zählen" (while "Aufträge"
        is "auftrag*"). Within a word an umlaut must stand in any case: "Herausforderung" is no "förderung".
        """
        for word, umlauts in self._whole.get(form, ()):
            if not umlauts or spelled is None or has_its_umlauts(spelled, umlauts):
                yield word
        for start in range(len(form)):
            for literal, word, umlauts in self._by_start.get(form[start : start + _KEY], ()):
                is_begun = (start == 0 or word[0] == "*") and form.startswith(literal, start)
                if not is_begun or not (word[-1] == "*" or start + len(literal) == len(form)):
                    continue
                has_them = start == 0 if spelled is None else has_its_umlauts(spelled[start:], umlauts)
                if not umlauts or has_them:
                    yield word

    def words_across(self, first: str, second: str) -> list[str]:
        """The words of the index that are written as two in the text."""
        joined = first + second
        whole, begun = self._whole.get(joined, ()), self._by_start.get(joined[:_KEY], ())
        if not whole and not begun:
            # Hardly any two words are one of the index.
            return []
        least = max(_MIN_SPLIT, len(first) + min(_MIN_REACH, len(second)))
        words = [word for word, _ in whole if len(joined) >= least]
        for literal, word, _ in begun:
            if len(literal) >= least and joined.startswith(literal) and (word[-1] == "*" or literal == joined):
                words.append(word)
        return words

    def words_alike(self, form: str) -> dict[str, str]:
        """The words of the index that begin with the same two letters, by their folded form."""
        return self._alike.get(form[:2], {})
