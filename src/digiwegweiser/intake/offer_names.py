"""From the name of an offer as people say it (old, shortened, mistyped) to an entry of the catalogue."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from digiwegweiser.core.offer import Offer
from digiwegweiser.core.reading import Note, Reading, Remark
from digiwegweiser.core.vocabulary import LAND_NAMES
from digiwegweiser.intake.similar import alike, closest
from digiwegweiser.intake.spelling import fold

_LONGEST = 200
_SUGGESTED = 10
_PART_WORTH = 0.1
"""What a part of a word tells for a suggestion, where a whole one tells up to 1."""
_PART = 4
"""Letters that a part of a compound must have to tell something."""

#: Version numbers stay in one piece, however they are written: "4.0" and "40".
_POINT = re.compile(r"(?<=\d)[.,](?=\d)")
_WORD = re.compile(r"[a-z]+|\d+")
_FILLERS = frozenset((
    "am", "an", "auf", "bei", "beim", "das", "dem", "den", "der", "des", "die", "fuer", "im", "in", "mit", "und",
    "vom", "von", "zu", "zum", "zur",
))  # fmt: skip
_ENDINGS = ("en", "es", "er", "e", "n", "s")
_BRACKET = re.compile(r"\(([^()]*)\)")
_BREAK = re.compile(r"\s+[-–|/]\s+|:\s+")
_ABBREVIATION = re.compile(r"(?=.*[A-ZÄÖÜ].*[A-ZÄÖÜ]).{3,}")

Words = tuple[str, ...]


class Fit(NamedTuple):
    """How well the words of a query are found in an entry; more is better."""

    weakest: int
    total: int


#: Where a word of the query was found: in the name itself, in a former one or in another form, as the head of a
#: compound (an "Unternehmensberatung" is a "Beratung"), as another part of one, or only in what surrounds the offer.
_OWN, _FORMER, _HEAD, _COMPOUND, _AROUND, _NOWHERE = 5, 4, 3, 2, 1, 0


class _Entry(NamedTuple):
    """One offer with all that it is called, folded."""

    id: str
    name: str
    full: frozenset[str]
    """The id and the whole name, in one piece each."""
    former_full: frozenset[str]
    """The same of former names and ids."""
    titles: frozenset[str]
    """Parts of the name that stand for it: without brackets, before and after a dash, abbreviations in brackets."""
    old: frozenset[str]
    """The same of former names."""
    names: tuple[Words, ...]
    """The words of each name and id, of today and former ones."""
    own: frozenset[str]
    """Words, and neighbours in one piece: "Digi-Z" is "DigiZ", too."""
    former: frozenset[str]
    around: frozenset[str]
    """Operator, Land and towns."""
    successor: str | None
    predecessor: str | None


class OfferNames:
    """Reads names of offers; the result is an id. The order of the catalogue never matters."""

    def __init__(self, offers: Iterable[Offer]) -> None:
        self._entries = sorted((_entry(offer) for offer in offers), key=lambda entry: entry.id)

    def read(self, text: str) -> Reading[str]:
        """The id that is meant, with a note unless it is called so; several as candidates, closest first.

        Where nobody bears all the words, the ids of the nearest are suggestions.
        """
        if any(entry.id == text for entry in self._entries):
            return Reading(text, value=text)
        query = _words(text[:_LONGEST])
        if not query:
            return Reading(text)
        found = self._found(query) or self._respelled(query)
        if not found:
            return Reading(text, suggestions=tuple(self._nearest(query)))
        found = _eldest(found)
        if len(found) > 1:
            return Reading(text, candidates=tuple(entry.id for entry in found))
        notes = () if _joined(query) in _titles(found[0]) else (Note(Remark.SPELLING, found[0].name),)
        return Reading(text, value=found[0].id, notes=notes)

    def _found(self, query: Words) -> Sequence[_Entry]:
        return self._exact(query) or self._titled(query) or self._containing(query) or self._by_parts(query)

    def _exact(self, query: Words) -> list[_Entry]:
        """Entries that are called so as a whole, today or, if there are none, once."""
        joined = _joined(query)
        called = self._where(lambda entry: joined in entry.full)
        return called or self._where(lambda entry: joined in entry.former_full)

    def _titled(self, query: Words) -> list[_Entry]:
        """Entries one of whose titles it is, with those whose name begins so; none for a single word: many share it."""
        joined = _joined(query)
        if len(query) == 1 or any(joined in name for entry in self._entries for name in entry.names):
            return []
        titled = self._where(lambda entry: joined in _titles(entry))
        begun = self._where(lambda entry: any(words[: len(query)] == query for words in entry.names))
        return titled + [entry for entry in begun if entry not in titled] if titled else []

    def _containing(self, query: Words) -> list[_Entry]:
        """Entries one of whose names has every word of it, else all names together; the fullest first."""
        joined = _joined(query)
        held = self._where(
            lambda entry: joined in _titles(entry) or _fit(query, entry, splits=False).weakest >= _FORMER
        )
        covers = {entry.id: _coverage(query, entry) for entry in held}
        held = [entry for entry in held if covers[entry.id]] or held
        return sorted(held, key=lambda entry: (-covers[entry.id], entry.id))

    def _where(self, holds: Callable[[_Entry], bool]) -> list[_Entry]:
        return [entry for entry in self._entries if holds(entry)]

    def _by_parts(self, query: Words) -> list[_Entry]:
        """Entries that have every word as a part of one of theirs or around them; the best of these, fullest first."""
        for splits in (False, True):
            fits = [(_fit(query, entry, splits), entry) for entry in self._entries]
            fits = [(fit, entry) for fit, entry in fits if fit.weakest > _NOWHERE and _tells(fit, query)]
            if fits:
                best = max(fit.weakest for fit, _ in fits)
                chosen = [(fit, entry) for fit, entry in fits if fit.weakest == best]
                return [entry for _, entry in sorted(chosen, key=_closest_first)]
        return []

    def _respelled(self, query: Words) -> Sequence[_Entry]:
        """Entries found once typing errors are put right: in the whole name, or word by word."""
        joined = _joined(query)
        title = closest(joined, self._all_titles)
        if title is not None:
            return self._where(lambda entry: title in _titles(entry))
        right = tuple(word if word in self._frequency else closest(word, self._frequency) or word for word in query)
        return [] if right == query else self._found(right)

    def _nearest(self, query: Words) -> list[str]:
        """Ids of entries that share the rarest words with the query; else of those whose title looks alike."""
        shared = [(self._shared(query, entry), entry.id) for entry in self._entries]
        found = [name for worth, name in sorted(shared, key=lambda pair: (-pair[0], pair[1])) if worth > 0]
        if not found:
            near = alike(_joined(query), self._all_titles)
            found = [entry.id for title in near for entry in self._entries if title in _titles(entry)]
        return list(dict.fromkeys(found))[:_SUGGESTED]

    def _shared(self, query: Words, entry: _Entry) -> float:
        levels = ((word, _found(word, entry, splits=True)) for word in query)
        return sum(
            1 / (self._frequency[word] or 1) if level >= _FORMER else _PART_WORTH
            for word, level in levels
            if level >= _COMPOUND
        )

    @cached_property
    def _frequency(self) -> Counter[str]:
        return Counter(word for entry in self._entries for word in entry.own | entry.former)

    @cached_property
    def _all_titles(self) -> list[str]:
        return sorted({title for entry in self._entries for title in _titles(entry)})


def _eldest(found: Sequence[_Entry]) -> Sequence[_Entry]:
    """The one whose heirs all the others are, because its story tells of them; else all."""
    heirs = {entry.successor for entry in found}
    ids = {entry.id for entry in found}
    eldest = [entry for entry in found if entry.id not in heirs and entry.predecessor not in ids]
    return eldest if len(eldest) == 1 else found


def _entry(offer: Offer) -> _Entry:
    own, former = (offer.id, offer.name), (*offer.former_names, *offer.former_ids)
    towns = [site.city for site in offer.sites]
    laender = [text for code in offer.area.laender for text in (code, LAND_NAMES[code])]
    return _Entry(
        id=offer.id,
        name=offer.name,
        full=frozenset(_joined(_words(name)) for name in own),
        titles=frozenset(_title_forms(offer.name)),
        former_full=frozenset(_joined(_words(name)) for name in former),
        old=frozenset(form for name in former for form in _title_forms(name)),
        names=tuple(_words(name) for name in (*own, *former)),
        own=_all_words(own) | _pairs(own),
        former=_all_words(former) | _pairs(former),
        around=_all_words((offer.operator, *towns, *laender)),
        successor=offer.successor,
        predecessor=offer.predecessor,
    )


def _title_forms(name: str) -> Iterable[str]:
    bare = _BRACKET.sub(" ", name)
    parts = [bare, *_BREAK.split(bare), *_BREAK.split(name)]
    for inside in _BRACKET.findall(name):
        parts += [short for short in re.split(r"\s*[,;]\s*", inside) if _ABBREVIATION.fullmatch(short)]
    return (joined for part in parts if (joined := _joined(_words(part))))


def _titles(entry: _Entry) -> frozenset[str]:
    return entry.full | entry.former_full | entry.titles | entry.old


def _words(text: str) -> Words:
    """The telling words, folded, letters and digits apart: "KfW380" gives kfw, 380."""
    found = tuple(_WORD.findall(_POINT.sub("", fold(text))))
    return tuple(word for word in found if word not in _FILLERS) or found


def _joined(words: Words) -> str:
    return "".join(words)


def _all_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in _words(name))


def _pairs(names: Iterable[str]) -> frozenset[str]:
    return frozenset(one + other for name in names for one, other in pairwise(_words(name)))


def _coverage(query: Words, entry: _Entry) -> float:
    """The largest share of one of the names that the words of the query make up, if that name has them all."""
    shares = [len(query) / len(name) for name in entry.names if name and _has_all(name, query)]
    return min(max(shares, default=0.0), 1.0)


def _has_all(name: Words, query: Words) -> bool:
    joined = _joined(query)
    is_piece = joined in name or any(joined == one + other for one, other in pairwise(name))
    return is_piece or all(any(_forms(word) & _forms(other) for other in name) for word in query)


def _fit(query: Words, entry: _Entry, splits: bool) -> Fit:
    if _joined(query) in entry.own:
        return Fit(_OWN, _OWN * len(query))
    found = [_found(word, entry, splits) for word in query]
    return Fit(min(found), sum(found))


def _tells(fit: Fit, query: Words) -> bool:
    """Whether more was found than what surrounds the offer."""
    return fit.weakest > _AROUND or fit.total > len(query) * _AROUND + 1


def _closest_first(found: tuple[Fit, _Entry]) -> tuple[int, int, str]:
    fit, entry = found
    return (-fit.total, len(entry.own), entry.id)


def _found(word: str, entry: _Entry, splits: bool) -> int:
    """Where a word of the query stands in an entry."""
    if word in entry.own:
        return _OWN
    known = entry.own | entry.former
    if any(_forms(word) & _forms(other) for other in known):
        return _FORMER
    if _is_head(word, known):
        return _HEAD
    if len(word) >= _PART and any(other.startswith(word) for other in known):
        return _COMPOUND
    if word in entry.around:
        return _AROUND
    return _COMPOUND if splits and (_is_split(word, known) or _is_shortened(word, known)) else _NOWHERE


def _is_head(word: str, known: Iterable[str]) -> bool:
    """Whether a known word is the word in another form, or a compound that ends in it."""
    endings = tuple(form for form in _forms(word) if len(form) >= _PART)
    return bool(endings) and any(form.endswith(endings) for other in known for form in _forms(other))


def _is_split(word: str, known: Iterable[str]) -> bool:
    """Whether the word is made of two that are known: "Beratungsförderung" of "Förderung von Beratungen"."""
    cuts = range(_PART, len(word) - _PART + 1)
    return any(_is_head(word[:cut], known) and _is_head(word[cut:], known) for cut in cuts)


def _is_shortened(word: str, known: Iterable[str]) -> bool:
    """Whether the word is one that is known without its middle: "Investbonus" for "Investitionsbonus"."""
    cuts = range(_PART, len(word) - _PART + 1)
    longer = [other for other in known if len(other) > len(word)]
    return any(other.startswith(word[:cut]) and other.endswith(word[cut:]) for cut in cuts for other in longer)


@lru_cache(maxsize=20_000)
def _forms(word: str) -> frozenset[str]:
    """The word, and the word without the commonest ending if enough is left."""
    ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _PART), "")
    # "Know-hows": an "s" may follow a short word, too.
    short = "s" if not ending and word.endswith("s") and len(word) == _PART else ""
    return frozenset((word, word.removesuffix(ending or short)))
