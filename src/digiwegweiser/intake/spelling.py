"""Spellings brought to one form, so that what sounds the same compares equal."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LETTERS = (
    ("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("é", "e"), ("è", "e"), ("ê", "e"), ("ë", "e"),
    ("á", "a"), ("à", "a"), ("â", "a"), ("ô", "o"), ("ó", "o"), ("ç", "c"),
)  # fmt: skip

#: Words that join the parts of a place name and are written, abbreviated or left out at will.
_JOINING = frozenset((
    "a", "am", "an", "auf", "b", "bei", "beim", "d", "dem", "den", "der", "i", "im", "in", "o", "ob", "u", "und",
    "unter", "v", "vor", "vorm", "von", "zu", "zum", "zur",
))  # fmt: skip

#: Long forms of what place names in the reference tables abbreviate, or the other way round.
_SHORT = {
    "sankt": "st", "saint": "st", "heilig": "hl", "heiligen": "hl", "hannoversch": "hann", "westfalen": "westf",
    "oberpfalz": "opf", "oberfranken": "ofr", "unterfranken": "ufr", "niederbayern": "nb", "erzgebirge": "erzgeb",
    "vogtland": "vogtl", "thueringen": "thuer", "oberlausitz": "ol",
}  # fmt: skip

_QUALIFIER = re.compile(r"\s*[(/,]|\s+(?:am|an|a|auf|bei|beim|b|im|in|i|ob|o|unter|vor|vorm|v|von|zu|zum|zur)[\s.]")
#: More than all names of the tables, which are compared again and again.
_NAMES_KEPT = 50_000

_WORD = re.compile(r"[a-z0-9]+")
_NO_WORD = re.compile(r"[^a-z0-9\n]+")


def fold(text: str) -> str:
    """The text in small letters without umlauts, sharp s and accents; punctuation stays."""
    if text.isascii():
        # Most texts, and tables are full of them.
        return text.lower()
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    text = text.casefold()
    for letter, plain in _LETTERS:
        text = text.replace(letter, plain)
    return text


def fold_table(data: bytes) -> str:
    """The same for a whole UTF-8 table without other letters than German ones, ten times as fast."""
    data = data.lower()
    for letter, plain in (("Ä", "ae"), ("Ö", "oe"), ("Ü", "ue"), ("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        data = data.replace(letter.encode(), plain.encode())
    return data.decode("utf-8")


def words(text: str) -> list[str]:
    """The folded words of a text; hyphens, brackets and dots part words."""
    return _WORD.findall(fold(text))


def squash(text: str) -> str:
    """All folded letters and digits in one piece: "Kfz-Werkstatt" and "KFZ Werkstatt" are the same."""
    return "".join(words(text))


def squash_all(texts: Iterable[str]) -> list[str]:
    """The same for many texts without line breaks, in one piece and far cheaper than one by one."""
    return _NO_WORD.sub("", fold("\n".join(texts))).split("\n")


@lru_cache(maxsize=_NAMES_KEPT)
def place_words(name: str) -> tuple[str, ...]:
    """The telling words of a place name: "Frankfurt a.M." gives frankfurt, m; "Halle (Saale)" gives halle, saale."""
    found = words(fold(name).replace("o.l", "ol"))
    short = [_SHORT.get(word, word) for word in found]
    return tuple(word for word in short if word not in _JOINING) or tuple(short)


@lru_cache(maxsize=_NAMES_KEPT)
def bare_place_words(name: str) -> tuple[str, ...]:
    """The telling words without what only tells namesakes apart: "Frankfurt am Main" gives frankfurt."""
    head = _QUALIFIER.split(fold(name).strip(), maxsplit=1)[0]
    return place_words(head)


def is_abbreviation(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether each word is the beginning of its counterpart; of the first one of several, four letters at least."""
    if len(short) != len(full) or not short:
        return False
    if short[0] != full[0] and (len(short) == 1 or len(short[0]) < 4):
        return False
    return all(long.startswith(part) for part, long in zip(short, full, strict=True))
