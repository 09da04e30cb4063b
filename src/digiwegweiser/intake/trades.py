"""From an owner's words to a trade or sector."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from digiwegweiser.core.firm import Trade
from digiwegweiser.core.reading import Note, Reading, Remark
from digiwegweiser.core.vocabulary import Sector, TradeGroup
from digiwegweiser.intake.spelling import fold, squash
from digiwegweiser.intake.trade_text import LONGEST_TEXT, Mention, mentions
from digiwegweiser.intake.trade_words import Entry, Term, TradeLexicon, entries, strip_firm

_GROUPS = {
    "Bauhauptgewerbe": TradeGroup.CONSTRUCTION,
    "Ausbaugewerbe": TradeGroup.FINISHING,
    "Handwerke für den gewerblichen Bedarf": TradeGroup.COMMERCIAL_NEEDS,
    "Kraftfahrzeuggewerbe": TradeGroup.VEHICLES,
    "Lebensmittelgewerbe": TradeGroup.FOOD,
    "Gesundheitsgewerbe": TradeGroup.HEALTH,
    "Handwerke für den privaten Bedarf": TradeGroup.PRIVATE_NEEDS,
}

#: What each sector outside the crafts counts as; the rest are services.
_SECTORS = {
    "S-01": {Sector.INDUSTRY},
    "S-02": {Sector.INDUSTRY},
    "S-03": {Sector.INDUSTRY, Sector.SERVICES},
    "S-04": {Sector.COMMERCE},
    "S-05": {Sector.COMMERCE},
    "S-07": {Sector.IT, Sector.SERVICES},
    "S-08": {Sector.SERVICES, Sector.PROFESSIONS},
    "S-09": {Sector.PROFESSIONS},
    "S-10": {Sector.PROFESSIONS},
    "S-11": {Sector.PROFESSIONS},
    "S-14": {Sector.AGRICULTURE},
}
_INDUSTRY = "S-01"

#: Gardening for customers is a service, not agriculture, though the tables keep both in one line.
_GARDENING = re.compile(r"galabau|landschaft|garten(?!bau)|baumpfleg|gruenpfleg|grabpfleg")
_VAGUE = frozenset({"dienstleister", "dienstleistung", "dienstleistungen", "buero", "werk", "entwicklung"})

_CODE = re.compile(r"(a|b1|b2|s)[-\s]?0*([0-9]{1,2})")
_STARTUP = re.compile(
    r"\b(?:start[-\s]?ups?|existenzgruend\w*|gruender(?:in|innen|team)?|neugruendung|jungunternehmen"
    r"|spin[-\s]?offs?|ausgruendung|scale[-\s]?ups?)\b-?"
)
_CRAFT = re.compile(r"\bhandwerk(?:s?betrieb\w*|er|erin|smeister|smeisterin|sunternehmen|sfirma)?\b")

_STARTUP_ALONE = Trade(None, "Start-up", frozenset({Sector.STARTUP}))
_CRAFT_ALONE = Trade(None, "Handwerk", frozenset({Sector.CRAFT}))


class TradeBook:
    """Reads trades of the Handwerksordnung and other sectors from the tables of a data folder."""

    def __init__(self, data: Path) -> None:
        """Remember the folder; the tables are read when first needed."""
        self._data = data

    def read(self, text: str) -> Reading[Trade]:
        """The trade, with a remark where words have several meanings or several trades are named."""
        folded = fold(text[:LONGEST_TEXT])
        without = _STARTUP.sub(" ", folded)
        if without == folded:
            return self._read_trade(text, folded)
        rest = self._read_literal(text, without)
        if rest is None or rest.value is None:
            return Reading(text, _STARTUP_ALONE)
        return rest._replace(value=rest.value._replace(sectors=rest.value.sectors | {Sector.STARTUP}))

    def names(self) -> list[str]:
        """Official names, then all synonyms; each reads back to a trade that bears it."""
        official = [entry.name for entry in self._entries]
        synonyms = sorted(word for entry in self._entries for word in entry.synonyms)
        return list(dict.fromkeys([*official, *synonyms]))

    @cached_property
    def _entries(self) -> list[Entry]:
        return entries(self._data)

    @cached_property
    def _lexicon(self) -> TradeLexicon:
        return TradeLexicon(self._entries)

    @cached_property
    def _by_code(self) -> dict[str, Entry]:
        return {entry.code: entry for entry in self._entries}

    def _read_trade(self, text: str, folded: str) -> Reading[Trade]:
        """What is meant literally, else a misspelt word, else a guess from the beginning of a word."""
        literal = self._read_literal(text, folded)
        if literal and not any(note.remark is Remark.SPELLING for note in literal.notes):
            return literal
        if _CRAFT.search(folded):
            return Reading(text, _CRAFT_ALONE)
        return self._read_misspelt(text, folded) or literal or self._suggested(text, folded)

    def _read_literal(self, text: str, folded: str) -> Reading[Trade] | None:
        """What the words say: a code, one term, or the first trade of a description."""
        code = _CODE.fullmatch(folded.strip())
        if code and (key := f"{code[1].upper()}-{int(code[2]):02d}") in self._by_code:
            return Reading(text, self._trade(key, ""))
        if term := self._lexicon.find(squash(folded)):
            return self._meant(text, [term], [])
        found = mentions(folded, self._lexicon)
        sure = [mention for mention in found if not mention.is_guess]
        telling = [mention for mention in sure if squash(mention.term.word) not in _VAGUE]
        main = [mention for mention in telling if mention.is_main]
        if named := main or telling or sure:
            return self._meant(text, _industry_first(_one_per_phrase(named)), telling)
        if not found:
            return None
        guess = found[0].term
        reading = self._meant(text, [guess], [])
        return reading._replace(notes=(Note(Remark.SPELLING, guess.word), *reading.notes))

    def _meant(self, text: str, terms: Sequence[Term], all_found: Iterable[Mention]) -> Reading[Trade]:
        """The first trade; other trades named and other meanings of its word are mentioned."""
        first = terms[0]
        clear = {mention.term.codes[0] for mention in all_found if len(mention.term.codes) == 1}
        narrowed = [code for code in first.codes if code in clear] if len(first.codes) > 1 else []
        code = narrowed[0] if narrowed else first.codes[0]
        meanings = [] if narrowed else list(first.codes)
        others = [other for other in (*meanings, *(term.codes[0] for term in terms[1:])) if other != code]
        detail = ", ".join(self._by_code[other].name for other in dict.fromkeys(others))
        notes = (Note(Remark.LIKELIER, detail),) if detail else ()
        return Reading(text, self._trade(code, squash(first.word)), notes)

    def _read_misspelt(self, text: str, folded: str) -> Reading[Trade] | None:
        """The trade whose word the text, or a word of it, is a misspelling of."""
        from digiwegweiser.intake.similar import closest

        tried = [squash(folded), *(squash(word) for word in folded.split())]
        for word in dict.fromkeys([*tried, *(strip_firm(word) for word in tried)]):
            meant = closest(word, self._lexicon.terms)
            if meant is not None and not self._lexicon.changes_first_part(word, meant):
                term = self._lexicon.terms[meant]
                reading = self._meant(text, [term], [])
                return reading._replace(notes=(Note(Remark.SPELLING, term.word), *reading.notes))
        return None

    def _suggested(self, text: str, folded: str) -> Reading[Trade]:
        """Not understood, with the terms that look most alike."""
        from digiwegweiser.intake.similar import alike

        near = alike(squash(folded)[:80], self._lexicon.terms)
        return Reading(text, suggestions=tuple(self._lexicon.terms[key].word for key in near))

    def _trade(self, code: str, word: str) -> Trade:
        """The trade of a code; the word decides where one line of the tables holds two sectors."""
        entry = self._by_code[code]
        if not code.startswith("S"):
            return Trade(code, entry.name, frozenset({Sector.CRAFT}), _GROUPS[entry.group])
        sectors = _SECTORS.get(code, {Sector.SERVICES})
        if code == "S-14" and _GARDENING.search(word):
            sectors = {Sector.SERVICES}
        return Trade(code, entry.name, frozenset(sectors))


def _one_per_phrase(found: Iterable[Mention]) -> list[Term]:
    """For each phrase the word for a person or firm, else its first word."""
    phrases: dict[int, Term] = {}
    for mention in found:
        known = phrases.get(mention.phrase)
        if known is None or (mention.term.is_head and not known.is_head):
            phrases[mention.phrase] = mention.term
    return list(phrases.values())


def _industry_first(terms: list[Term]) -> list[Term]:
    """The terms with an industrial firm first, unless a craftsman or a craft firm comes before it."""
    first = terms[0]
    if first.is_head or first.codes[0].startswith("S"):
        return terms
    industry = [term for term in terms if term.codes[0] == _INDUSTRY and term.is_head]
    return [*industry, *(term for term in terms if term not in industry)]
