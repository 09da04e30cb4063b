"""The words for trades and sectors, and how German compounds of them are taken apart."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from digiwegweiser.intake.spelling import squash_all

#: Codes that win when a word has several meanings; the reference README names them, the rest follow the annexes.
_LIKELIER = ("A-25", "A-24", "A-27", "A-09", "A-20", "S-07", "S-11", "S-01", "B1-33", "B1-11", "B1-30")
_LIKELIER_FOR = {"gebaeudetechnik": "A-24", "energietechnik": "A-24", "klimatechnik": "A-18"}
_ANNEXES = ("A", "B1", "B2", "S")

#: What only says that it is a firm or a craftsman, not which one; longest first.
_FIRM_ENDINGS = (
    "handwerksbetrieb", "meisterwerkstatt", "meisterbetriebe", "familienbetrieb", "meisterbetrieb", "innungsbetrieb",
    "fachwerkstatt", "dienstleister", "fachbetriebe", "werkstaetten", "kundendienst", "fachbetrieb", "unternehmen",
    "werkstaette", "reparaturen", "manufaktur", "spezialist", "fachfirma", "werkstatt", "meisterin", "notdienst",
    "monteurin", "loesungen", "kollektiv", "reparatur", "sanierung", "betriebe", "services", "handwerk", "arbeiten",
    "montagen", "gesellin", "experten", "filialen", "anbieter", "betrieb", "meister", "studios", "atelier", "service",
    "zentrum", "gewerbe", "monteur", "montage", "geselle", "experte", "partner", "technik", "systeme", "wartung",
    "filiale", "traeger", "firmen", "studio", "salons", "dienst", "center", "profis", "bueros", "firma", "salon",
    "profi", "stube", "kette", "buero", "bude", "team", "gmbh",
)  # fmt: skip

#: Endings that say "shop" unless a person stands before them: "Bäckerladen", but "Teeladen".
_SHOP_ENDINGS = ("fachgeschaeft", "geschaeft", "laden", "haus", "shop", "markt", "store", "boutique")
_SHOP = "S-04"

#: Endings that say "made in large numbers", whatever it is; some words of other kinds end so, too.
_INDUSTRY_TAILS = ("verarbeitung", "bearbeitung", "industrie", "fabrik", "werk")
_INDUSTRY_ENDING = re.compile(
    r"(?!daten|text|bild|signal|ton|lohn).{3,}verarbeitung(?:sbetrieb)?$|.{3,}(?:industrie|fabriken?|fabrikation)$"
    r"|(?!.*(?:hand|netz|fach|mauer|feuer|uhr|lauf|bau|kraft|stadt|schuh|back|stock|mund|tage|blatt)werke?$).{3,}werke?$"
)
_INDUSTRY = "industrie"

#: Endings that name a person or a firm rather than a thing or an activity.
_HEADS = (
    "er", "erin", "ers", "eur", "eure", "eurin", "or", "oren", "ist", "istin", "isten", "ei", "eien", "arzt",
    "aerztin", "anwalt", "anwaeltin", "wirt", "wirtin", "bauer", "betrieb", "unternehmen", "firma", "meister",
    "werkstatt", "studio", "salon", "atelier", "schmied", "schmiedin", "schmiede", "metz", "metzin", "institut",
    "labor", "haus", "geschaeft", "laden", "shop", "handel", "handlung", "markt", "praxis", "klinik", "kanzlei",
    "agentur", "buero", "fabrik", "werk", "werke", "hotel", "restaurant", "pension", "cafe", "verlag", "spedition",
    "verein", "verband", "club", "schule", "akademie", "heim", "hof", "gut", "apotheke", "drogerie", "boutique",
    "platz", "muehle", "gasthof", "bar", "imbiss", "kita", "kindergarten", "dienst", "makler", "bank", "fotograf",
    "optik", "akustik", "systemhaus", "werft", "brauhaus", "koch", "designer", "coach", "planer", "architekt",
    "notar", "gastronomie", "hotellerie",
)  # fmt: skip

#: Words too common as the end of other words to be recognised there.
_NOT_AS_ENDING = frozenset((
    "bauer", "kultur", "sport", "film", "musik", "games", "druck", "print", "optik", "lager", "store", "markt",
    "apps", "stempel",
))  # fmt: skip

_SHORTEST_PART = 5
_SHORTEST_FIRST = 3
_STEM_ENDINGS = (
    ("erinnen", "er"), ("innen", ""), ("erin", "er"), ("eurin", "eur"), ("istin", "ist"), ("orin", "or"),
    ("ereien", "er"), ("erei", "er"), ("oreien", "or"), ("orei", "or"), ("ureien", "ur"),
    ("bauern", "bau"), ("bauers", "bau"), ("bauer", "bau"), ("nikerin", "nik"), ("nikern", "nik"), ("niker", "nik"),
    ("nikers", "nik"), ("tiker", "tik"), ("tikern", "tik"), ("verlegung", "leger"), ("ungen", "er"),
    ("ung", "er"),
)  # fmt: skip


_ADJECTIVES = (
    (r"ische[rnsm]?$", "ik"),
    (r"verarbeitende[rnsm]?$", "verarbeitung"),
    (r"liche[rnsm]?$", ""),
)


class Term(NamedTuple):
    """A word of the tables: how it is written there, and what it may mean, the likeliest first."""

    word: str
    codes: tuple[str, ...]
    is_head: bool
    """A word for a person or a firm, not for a thing or an activity."""


class Entry(NamedTuple):
    """One line of the tables: a craft or a sector."""

    code: str
    name: str
    group: str
    synonyms: tuple[str, ...]


def entries(data: Path) -> list[Entry]:
    """The crafts of the HwO, then the other sectors."""
    found = []
    for file in ("trades.csv", "sectors.csv"):
        with (data / file).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                synonyms = tuple(row["synonyms"].split(";"))
                found.append(Entry(row["code"], row["name"], row.get("group", ""), synonyms))
    return found


def _terms_of(entry: Entry) -> tuple[str, ...]:
    plain = re.sub(r"\s*\(.*?\)", "", entry.name)
    return (entry.name, plain, *entry.synonyms)


class TradeLexicon:
    """All terms, found as written, by their stem, or within compounds."""

    def __init__(self, table: Iterable[Entry]) -> None:
        """Sort the terms of the table by spelling."""
        spelled: dict[str, tuple[str, list[str]]] = {}
        told = [(word, entry.code) for entry in table for word in _terms_of(entry)]
        for key, (word, code) in zip(squash_all(word for word, _ in told), told, strict=True):
            known = spelled.setdefault(key, (word, []))
            if code not in known[1]:
                known[1].append(code)
        self._spelled = spelled

    @cached_property
    def terms(self) -> dict[str, Term]:
        """All terms by their squashed spelling."""
        return {key: self._term(key) for key in self._spelled}

    @cached_property
    def _stems(self) -> dict[str, Term]:
        stems: dict[str, Term] = {}
        for key, term in self.terms.items():
            stems.setdefault(stem(key), term)
        return stems

    @cached_property
    def _parts(self) -> list[str]:
        return sorted((key for key in self.terms if len(key) >= _SHORTEST_PART), key=len, reverse=True)

    def _term(self, key: str) -> Term:
        word, codes = self._spelled[key]
        return Term(word, _by_likelihood(codes, key), is_head(key))

    def find(self, word: str) -> Term | None:
        """The term that is this squashed word, or has the same stem."""
        if word in self._spelled:
            # The common case, for which the thousands of other terms need not be built.
            return self._term(word)
        return self._stems.get(stem(word)) if len(word) > 3 else None

    def find_compound(self, word: str) -> Term | None:
        """The term that a compound is a kind of: a firm of that trade, or the last part."""
        return self._firm_of(word) or self._last_part(word)

    def find_adjective(self, word: str) -> Term | None:
        """The term behind words like "zahntechnisches" or "metallverarbeitender"."""
        for ending, instead in _ADJECTIVES:
            if found := re.search(ending, word):
                term = self.find(word[: found.start()] + instead)
                return Term(term.word, term.codes, is_head=True) if term else None
        return None

    def find_by_guess(self, word: str) -> Term | None:
        """Industry where the ending says so, else the term that a compound begins with."""
        return self.find(_INDUSTRY) if _INDUSTRY_ENDING.match(word) else self._first_part(word)

    def changes_first_part(self, word: str, meant: str) -> bool:
        """Whether two compounds are of different things, and both are known: fish is no misspelt meat."""
        ends = (key for key in (*self._parts, *_FIRM_ENDINGS, *_INDUSTRY_TAILS) if word.endswith(key))
        tail = max((key for key in ends if meant.endswith(key)), key=len, default="")
        first = word.removesuffix(tail)
        if not tail or len(first) < _SHORTEST_FIRST or meant.removesuffix(tail).startswith(first):
            return False
        return any(key.startswith(first) for key in self.terms)

    def _first_part(self, word: str) -> Term | None:
        """The term that a compound begins with, or the only one that begins so."""
        part = next((key for key in self._parts if word.startswith(key)), None)
        if part:
            return self.terms[part]
        start = strip_firm(word)
        longer = [self.terms[key] for key in self._parts if key.startswith(start)] if len(start) > 5 else []
        common = Counter(term.codes for term in longer).most_common(1)
        if not common or 2 * common[0][1] <= len(longer):
            return None
        return next(term for term in reversed(longer) if term.codes == common[0][0])

    def _firm_of(self, word: str) -> Term | None:
        """The trade in words like "Dachdeckermeisterbetrieb"; a shop is a shop, unless a craftsman's."""
        for ending in (*_FIRM_ENDINGS, *_SHOP_ENDINGS):
            if not word.endswith(ending) or len(word) - len(ending) < 2:
                continue
            rest = word.removesuffix(ending)
            term = self.find(rest) or self.find(rest.removesuffix("s")) or self._firm_of(rest)
            term = term or (self._last_part(rest) if len(rest) > _SHORTEST_PART else None)
            if term and (ending not in _SHOP_ENDINGS or term.is_head):
                return Term(term.word, term.codes, is_head=True)
        return None

    def _last_part(self, word: str) -> Term | None:
        """The longest term that the word ends with."""
        for form in dict.fromkeys((word, _singular(word))):
            for key in self._parts:
                if form.endswith(key) and len(form) - len(key) >= 2 and key not in _NOT_AS_ENDING:
                    return self.terms[key]
        if word.endswith(_SHOP_ENDINGS) and len(word) > 6:
            return Term(word, (_SHOP,), is_head=True)
        return None


def is_head(key: str) -> bool:
    """Whether the squashed word names a person or a firm."""
    return key.endswith(_HEADS)


def stem(word: str) -> str:
    """The squashed word without female, plural and firm endings, so that all forms of a trade are one."""
    for ending, instead in _STEM_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending) + instead
    return _singular(word)


def _singular(word: str) -> str:
    """The word without a plural or case ending."""
    for ending in ("en", "es", "e", "n", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _by_likelihood(codes: Iterable[str], key: str) -> tuple[str, ...]:
    """The meanings of a squashed word, the likeliest first."""
    return tuple(sorted(codes, key=lambda code: (_LIKELIER_FOR.get(key) != code, *_rank(code))))


def _rank(code: str) -> tuple[int, int, str]:
    """Where a meaning stands among several."""
    likelier = _LIKELIER.index(code) if code in _LIKELIER else len(_LIKELIER)
    return likelier, _ANNEXES.index(code.split("-")[0]), code


def strip_firm(word: str) -> str:
    """The squashed word without an ending that only says firm."""
    return next((word.removesuffix(end) for end in _FIRM_ENDINGS if word.endswith(end)), word)
