"""Use cases: wires data, intake, rules and rendering; knows no terminal and no clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digiwegweiser.catalog.store import Catalog, load_catalog, read_authorities, read_names
from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.needs import NeedVocabulary
from digiwegweiser.core.offer import Offer
from digiwegweiser.intake.firm import Answers, FirmReader, FirmReading
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.page import Block, Screen

if TYPE_CHECKING:
    from digiwegweiser.batch.engine import Engine
    from digiwegweiser.core.succession import Asked
    from digiwegweiser.intake.conflicts import Conflict
    from digiwegweiser.intake.offer_names import OfferNames
    from digiwegweiser.render.guide import Extent
    from digiwegweiser.render.named import Named


_LONGEST_RANK = 9


class Adviser:
    """One loaded catalogue with everything that is needed to advise; parts load when first used."""

    def __init__(self, extra: Sequence[Path] = (), folder: Path | None = None, use_cache: bool = True) -> None:
        self.catalog: Catalog = load_catalog(folder, extra, use_cache)

    def __getstate__(self) -> dict[str, Any]:
        """Other processes get the same catalogue, whatever became of its files since; the parts load there anew."""
        return {"catalog": self.catalog}

    @cached_property
    def needs(self) -> NeedVocabulary:
        """The closed list of needs with the owners' words."""
        return self.catalog.needs

    @cached_property
    def reader(self) -> FirmReader:
        """The reader of owners' words."""
        from digiwegweiser.intake.needs import NeedBook
        from digiwegweiser.intake.places import Gazetteer
        from digiwegweiser.intake.trades import TradeBook

        folder = self.catalog.folder
        return FirmReader(Gazetteer(folder), TradeBook(folder), NeedBook(self.needs))

    @cached_property
    def lexicon(self) -> Lexicon:
        """Names of needs, Kreise and trades for rendering."""
        folder = self.catalog.folder
        return Lexicon(
            needs={need.code: need.label for need in self.needs.needs},
            kreise=read_names(folder / "kreise.csv", "kreis_ags", "label"),
            trades={
                name: label
                for file in ("trades.csv", "sectors.csv")
                for name, label in read_names(folder / file, "code", "name").items()
            },
            offers=self.offers,
            means=self.catalog.weights.means,
            authorities=read_authorities(folder / "data_protection.csv"),
        )

    def read(self, answers: Answers, as_of: date) -> FirmReading:
        """The firm that the answers describe; the day is needed for words like "vor zwei Jahren gegründet"."""
        return self.reader.read_all(answers, as_of.year)

    def guide(self, reading: FirmReading, as_of: date) -> Guide:
        """The ranked guide for a firm on a day."""
        return build_guide(reading.firm, self.catalog.offers, as_of, self.catalog.weights)

    def page(self, guide: Guide, extent: "Extent") -> Iterator[Block]:
        """The guide as a page, for any renderer."""
        from digiwegweiser.render.guide import guide_page

        return guide_page(guide, self.lexicon, self.catalog.weights, extent)

    def summary(self, guide: Guide, ranks: Sequence[int], width: int) -> Iterator[Block]:
        """A line for each offer at one of these places."""
        from digiwegweiser.render.summary import summary_lines

        return summary_lines(guide, ranks, width)

    def details(self, match: Match, guide: Guide) -> Iterator[Block]:
        """Everything about one offer for this firm, as a page."""
        from digiwegweiser.render.details import details_page

        instead = self.asked(match.offer.id, guide).instead
        return details_page(match, guide, self.lexicon, self.catalog.weights, instead)

    @cached_property
    def offers(self) -> Mapping[str, Offer]:
        """The offers by id."""
        return {offer.id: offer for offer in self.catalog.offers}

    @cached_property
    def names(self) -> "OfferNames":
        """The reader of names of offers."""
        from digiwegweiser.intake.offer_names import OfferNames

        return OfferNames(self.catalog.offers)

    def asked(self, name: str, guide: Guide, has_firm: bool = True) -> "Asked":
        """The offer of that id, with its story, judged for the guide's firm."""
        from digiwegweiser.core.succession import ask

        return ask(self.offers[name], self.offers, guide, self.catalog.weights, has_firm)

    def story_page(self, asked: "Sequence[Asked]") -> Iterator[Block]:
        """What became of an offer, and of its variants, as a page."""
        from digiwegweiser.render.named import story_page

        return (block for one in asked for block in story_page(one, self.lexicon, self.catalog.weights))

    def story_json(self, asked: "Sequence[Asked]", named: "Named") -> str:
        """What became of an offer, and of its variants, as JSON."""
        from digiwegweiser.render.named import story_json

        return story_json(asked, named, self.lexicon, self.catalog.weights)

    def details_json(self, asked: "Asked") -> str:
        """Everything about one offer for this firm, as JSON."""
        from digiwegweiser.render.named import details_json

        return details_json(asked, self.lexicon, self.catalog.weights)

    def find_by_name(self, text: str, as_of: date, call: str) -> tuple[str | None, str]:
        """The id of the offer named and a remark on how the name was read; or None and what went wrong.

        `call` is the command that takes the id, for the answer to an unclear name.
        """
        from digiwegweiser.render.named import name_problem, name_remark

        reading = self.names.read(text)
        if reading.value is None:
            return None, name_problem(reading, self.offers, as_of, call)
        return reading.value, name_remark(reading)

    def named(self, text: str, as_of: date, call: str) -> "tuple[Named | None, str]":
        """What `find_by_name` finds and nothing, or several offers that have one story; or None and what went wrong."""
        from digiwegweiser.core.succession import are_variants
        from digiwegweiser.render.named import Named, variants_remark

        reading = self.names.read(text)
        if are_variants(reading.candidates, self.offers, as_of):
            return Named(text, reading.candidates, variants_remark(reading, self.offers)), ""
        found, message = self.find_by_name(text, as_of, call)
        return (None, message) if found is None else (Named(text, (found,), message), "")

    def find_by_rank(self, digits: str, guide: Guide) -> tuple[str | None, str]:
        """The id of the offer at that place of the guide and nothing; or None and how many places there are."""
        from digiwegweiser.render.named import rank_problem

        # No guide has a place of more digits, and int() refuses very long numbers.
        rank = int(digits) if len(digits) <= _LONGEST_RANK else 0
        is_there = 1 <= rank <= len(guide.hits)
        return (guide.hits[rank - 1].match.offer.id, "") if is_there else (None, rank_problem(digits, guide))

    def render_json(self, guide: Guide, shown: int | None) -> str:
        """The guide as JSON."""
        from digiwegweiser.render.json_view import render_json

        return render_json(guide, self._about(), self.lexicon, self.catalog.weights, shown)

    def _about(self) -> dict[str, Any]:
        """What JSON says of the catalogue."""
        checked = self.catalog.checked_on
        return {
            "entries": len(self.catalog.entries),
            "checked_on": checked.isoformat() if checked else None,
            "hash": self.catalog.hash,
        }

    def render_list(self, as_of: date, form: str) -> str:
        """All entries of the catalogue."""
        from digiwegweiser.render.listing import render_listing

        return render_listing(self.catalog.offers, as_of, form)

    def engine(self, as_of: date) -> "Engine":
        """What matches tables of firms on a day."""
        from digiwegweiser.batch.engine import Engine
        from digiwegweiser.render.rows import RowTexts

        catalog = self.catalog
        return Engine(catalog.offers, catalog.weights, self.reader, as_of, RowTexts(self.lexicon))

    def problem_texts(self, reading: FirmReading) -> list[str]:
        """What could not be read, and what to write instead."""
        from digiwegweiser.render.messages import ATTACK_CALL, problem_text

        problems = reading.problems()
        unread = [found for key, found in problems if key == "needs" and not found.notes]
        # The known needs are told once, below the last that was not understood.
        listed_at, needs = unread[-1:], self.lexicon.needs
        texts = [problem_text(key, found, needs if found in listed_at else {}) for key, found in problems]
        return [*texts, ATTACK_CALL] if unread else texts

    def conflict_texts(self, reading: FirmReading, as_of: date) -> "list[tuple[Conflict, str]]":
        """Answers that contradict each other, each with its wording; the impossible first."""
        found = self.reader.conflicts(reading, as_of.year)
        if not found:
            return []
        from digiwegweiser.render.messages import conflict_text

        return [(conflict, conflict_text(conflict.kind, conflict.values)) for conflict in found]

    def remark_texts(self, reading: FirmReading) -> list[str]:
        """What was assumed."""
        from digiwegweiser.render.messages import remark_text

        return [remark_text(key, found) for key, found in reading.remarks()]


def show(page: Iterable[Block], screen: Screen) -> None:
    """Writes a page to a screen, in colour or plain."""
    if screen.is_colourful:
        from digiwegweiser.render.terminal import print_page

        print_page(page, screen.stream, screen.width)
    else:
        screen.stream.write(as_text(page, screen.width))


def as_markdown(page: Iterable[Block]) -> str:
    """A page as Markdown."""
    from digiwegweiser.render.markdown import render_markdown

    return render_markdown(page)


def as_text(page: Iterable[Block], width: int) -> str:
    """A page as plain text."""
    from digiwegweiser.render.plain import render_plain

    return render_plain(page, width)
