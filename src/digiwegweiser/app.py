"""Use cases: wires data, intake, rules and rendering; knows no terminal and no clock."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digiwegweiser.catalog.store import Catalog, load_catalog, read_names
from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.matching import match as judge
from digiwegweiser.core.needs import NeedVocabulary
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import Eligibility, State
from digiwegweiser.intake.firm import Answers, FirmReader, FirmReading
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.page import Block, Screen

if TYPE_CHECKING:
    from digiwegweiser.intake.offer_names import OfferNames
    from digiwegweiser.render.details import Instead
    from digiwegweiser.render.guide import Extent
    from digiwegweiser.render.named import Asked, Story


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
            offers={offer.id: offer for offer in self.catalog.offers},
            means=self.catalog.weights.means,
        )

    def read(self, answers: Answers, as_of: date | None = None) -> FirmReading:
        """The firm that the answers describe; the day is needed for words like "vor zwei Jahren gegründet"."""
        return self.reader.read_all(answers, None if as_of is None else as_of.year)

    def guide(self, reading: FirmReading, as_of: date) -> Guide:
        """The ranked guide for a firm on a day."""
        return build_guide(reading.firm, self.catalog.offers, as_of, self.catalog.weights)

    def page(self, guide: Guide, extent: "Extent") -> Iterator[Block]:
        """The guide as a page, for any renderer."""
        from digiwegweiser.render.guide import guide_page

        return guide_page(guide, self.lexicon, self.catalog.weights, extent)

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
        from digiwegweiser.render.named import Asked

        found = judge(guide.firm, self.offers[name], guide.as_of, self.catalog.weights)
        story = self.story(self.offers[name])
        return Asked(story, found, guide, has_firm, self._instead(found, guide, story.after) if has_firm else None)

    def story(self, offer: Offer) -> "Story":
        """What came before an offer, and what comes after it."""
        from digiwegweiser.render.named import Story

        before = [o for o in self.catalog.offers if o.successor == offer.id or o.id == offer.predecessor]
        after = {later.id: later for later in self._successors(offer)}
        after |= {o.id: o for o in self.catalog.offers if o.predecessor == offer.id and o.id not in after}
        return Story(offer, tuple(before), tuple(after.values()))

    def _successors(self, offer: Offer) -> Iterator[Offer]:
        seen = {offer.id}
        while offer.successor is not None and offer.successor not in seen:
            seen.add(offer.successor)
            offer = self.offers[offer.successor]
            yield offer

    def _instead(self, found: Match, guide: Guide, after: Iterable[Offer]) -> "Instead | None":
        """The best living substitute for this firm: a successor that may fit, else one of the guide's hits.

        Of these the first that was made for one of the offer's core needs, too, and pays money if the offer did;
        for money in the same form, if that serves as many of these needs.
        """
        from digiwegweiser.render.details import Instead, rank_of

        if found.eligibility is not Eligibility.NO:
            return None
        own = found.offer
        heirs = [judge(guide.firm, later, guide.as_of, self.catalog.weights) for later in after]
        heirs = [heir for heir in heirs if heir.state in (State.OPEN, State.UNVERIFIED)]
        for heir in heirs:
            if heir.eligibility is not Eligibility.NO:
                return Instead(heir, rank_of(heir, guide), True, _shared(own, heir.offer))
        near = [(hit.match, _shared(own, hit.match.offer)) for hit in guide.hits]
        near = [(m, needs) for m, needs in near if needs and (m.offer.form.pays or not own.form.pays)]
        if not near:
            return None
        alike = [(m, needs) for m, needs in near if m.offer.form is own.form and len(needs) >= len(near[0][1])]
        best, shared = alike[0] if alike and own.form.pays else near[0]
        return Instead(best, rank_of(best, guide), False, shared, tuple(heirs))

    def story_page(self, asked: "Asked") -> Iterator[Block]:
        """What became of an offer, as a page."""
        from digiwegweiser.render.named import story_page

        return story_page(asked, self.lexicon, self.catalog.weights)

    def story_json(self, asked: "Asked") -> str:
        """What became of an offer, as JSON."""
        from digiwegweiser.render.named import story_json

        return story_json(asked, self.lexicon, self.catalog.weights)

    def details_json(self, asked: "Asked") -> str:
        """Everything about one offer for this firm, as JSON."""
        from digiwegweiser.render.named import details_json

        return details_json(asked, self.lexicon, self.catalog.weights)

    def find_offer(self, text: str, guide: Guide, call: str) -> tuple[str | None, str]:
        """The id of an offer and a remark on how the name was read; or None and what went wrong.

        With `--warum` as the call that asks, a number is a place in the guide.
        """
        from digiwegweiser.render.named import name_problem, name_remark, rank_problem

        if call == "--warum" and text.isascii() and text.isdigit():
            is_there = 1 <= int(text[:9]) <= len(guide.hits)
            return (guide.hits[int(text) - 1].match.offer.id, "") if is_there else (None, rank_problem(text, guide))
        reading = self.names.read(text)
        if reading.value is None:
            return None, name_problem(reading, self.offers, guide.as_of, call)
        return reading.value, name_remark(reading)

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

    def problem_texts(self, reading: FirmReading) -> list[str]:
        """What could not be read, and what to write instead."""
        from digiwegweiser.render.messages import problem_text

        return [problem_text(key, found, self.lexicon.needs) for key, found in reading.problems()]

    def remark_texts(self, reading: FirmReading) -> list[str]:
        """What was assumed."""
        from digiwegweiser.render.messages import remark_text

        return [remark_text(key, found) for key, found in reading.remarks()]


def _shared(one: Offer, other: Offer) -> tuple[str, ...]:
    return tuple(sorted(one.core_needs & other.core_needs))


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
