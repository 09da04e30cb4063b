"""An owner's sentence as words, with the spellings under which each may be looked up."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\w+(?:[-\u2010\u2011'\u2019]\w+)*-?|[.!?;:\n]|[,()/\u2013\u2014]")
_SEPARATORS = re.compile(r"[-\u2010\u2011'\u2019]+")
_LETTERS = (
    ("é", "e"), ("è", "e"), ("ae", "ä"), ("oe", "ö"), ("eue", "e\0"), ("aue", "a\0"), ("äue", "ä\0"),
    ("que", "q\0"), ("ue", "ü"), ("\0", "ue"),
)  # fmt: skip
_UMLAUT = re.compile("[äöü]|[aou]e")
_OF_THEIR_OWN = re.compile(r"forder(?:n|t|te|ten)$|forderung")
"""Words that are whole without umlaut, and another word with it: demands are no grants."""
_SENTENCE_ENDS = frozenset(".!?;:\n")


class Word(NamedTuple):
    """One word of a text; sentences and clauses are counted from 0 through the whole text."""

    text: str
    forms: tuple[str, ...]
    """Folded spellings: the whole word without hyphens first, then its hyphenated parts."""
    sentence: int
    clause: int
    start: int
    end: int
    """Position in the text, end exclusive."""
    spelled: tuple[str, ...] = ()
    """The forms with their umlauts, letter by letter beside them; empty where umlauts may have been left out."""

    @property
    def is_capitalised(self) -> bool:
        """Whether it is written like a noun."""
        return self.text[0].isupper()


def write_umlauts(text: str) -> str:
    """The text in small letters with ae as ä and ß as ss."""
    text = text.casefold()
    for letters, plain in _LETTERS:
        text = text.replace(letters, plain)
    return text


def stem_umlauts(text: str) -> str:
    """The same with ä and a made one, letter by letter (so that "Auftrag" begins "Aufträge")."""
    return drop_umlauts(write_umlauts(text))


def drop_umlauts(written: str) -> str:
    """What `write_umlauts` gave, with ä as a."""
    return written.replace("ä", "a").replace("ö", "o").replace("ü", "u")


def has_its_umlauts(spelled: str, literal: str) -> bool:
    """Whether the umlauts of a literal stand in the spelling of a word that begins like it."""
    return all(one == other for one, other in zip(spelled, literal, strict=False) if other in "äöü")


def split_words(text: str, turns: frozenset[str] = frozenset()) -> tuple[Word, ...]:
    """The words of a text; a clause ends at punctuation and before one of `turns` (folded)."""
    words: list[Word] = []
    sentence = clause = 0
    has_umlauts = _UMLAUT.search(text.casefold()) is not None
    for found in _WORD.finditer(text):
        token = found[0]
        if not (token[0].isalnum() or token[0] == "_"):
            clause += 1
            sentence += token in _SENTENCE_ENDS
            continue
        forms, spelled, is_as_meant = _forms(token)
        clause += forms[0] in turns
        exact = spelled if has_umlauts or is_as_meant else ()
        words.append(Word(token, forms, sentence, clause, *found.span(), exact))
    return tuple(words)


def quote(text: str, words: Sequence[Word], positions: Sequence[int]) -> str:
    """The words at these positions as the owner wrote them, gaps shown by an ellipsis."""
    pieces: list[str] = []
    for before, position in zip([-2, *positions], positions, strict=False):
        if position == before + 1 and pieces:
            pieces[-1] = text[words[before].end - len(pieces[-1]) : words[position].end]
        else:
            pieces.append(words[position].text)
    return " … ".join(pieces)


@lru_cache(50_000)
def _forms(token: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """The forms of a token, the same with umlauts, and whether it is surely meant as it is written."""
    parts = [write_umlauts(part) for part in _SEPARATORS.split(token) if part]
    by_form = {drop_umlauts(spelled): spelled for spelled in reversed(["".join(parts), *parts])}
    spelled = tuple(reversed(by_form.values()))
    return tuple(reversed(by_form)), spelled, _OF_THEIR_OWN.search(spelled[0]) is not None
