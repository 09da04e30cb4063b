"""Use cases: wires data, intake, rules and rendering; knows no terminal and no clock."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from digiwegweiser.catalog.store import Catalog, load_catalog, read_names
from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.needs import NeedVocabulary
from digiwegweiser.intake.firm import Answers, FirmReader, FirmReading
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.page import Block, Screen


class Adviser:
    """One loaded catalogue with everything that is needed to advise; parts load when first used."""

    def __init__(self, extra: Sequence[Path] = (), folder: Path | None = None) -> None:
        self.catalog: Catalog = load_catalog(folder, extra)

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
            offers={offer.id: offer.name for offer in self.catalog.offers},
            means=self.catalog.weights.means,
        )

    def read(self, answers: Answers) -> FirmReading:
        """The firm that the answers describe."""
        return self.reader.read_all(answers)

    def guide(self, reading: FirmReading, as_of: date) -> Guide:
        """The ranked guide for a firm on a day."""
        return build_guide(reading.firm, self.catalog.offers, as_of, self.catalog.weights)

    def page(self, guide: Guide, shown: int, show_all: bool = False) -> Iterator[Block]:
        """The guide as a page, for any renderer."""
        from digiwegweiser.render.guide import guide_page

        return guide_page(guide, self.lexicon, self.catalog.weights, shown, show_all)

    def details(self, match: Match, guide: Guide) -> Iterator[Block]:
        """Everything about one offer for this firm, as a page."""
        from digiwegweiser.render.details import details_page

        return details_page(match, guide, self.lexicon, self.catalog.weights)

    def render_json(self, guide: Guide, shown: int | None) -> str:
        """The guide as JSON."""
        from digiwegweiser.render.json_view import render_json

        checked = self.catalog.checked_on
        about = {
            "entries": len(self.catalog.entries),
            "checked_on": checked.isoformat() if checked else None,
            "hash": self.catalog.hash,
        }
        return render_json(guide, about, self.lexicon, self.catalog.weights, shown)

    def render_list(self, as_of: date, form: str) -> str:
        """All entries of the catalogue."""
        from digiwegweiser.render.listing import render_listing

        return render_listing(self.catalog.offers, as_of, form)

    def problem_texts(self, reading: FirmReading) -> list[str]:
        """What could not be read, and what to write instead."""
        from digiwegweiser.render.messages import problem_text

        return [problem_text(key, found, self.lexicon.needs) for key, found in reading.problems()]

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
