"""Use cases of those who keep the catalogue; each loads only what it needs."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digiwegweiser.app import Adviser
    from digiwegweiser.core.due import Due
    from digiwegweiser.core.firm import Firm
    from digiwegweiser.core.gaps import World
    from digiwegweiser.render.page import Block


class DueList:
    """What falls due within some days of a day."""

    def __init__(self, adviser: "Adviser", as_of: date, days: int) -> None:
        from digiwegweiser.core.due import due_by, later

        self.as_of, self.last = as_of, later(as_of, days)
        self.dues: tuple[Due, ...] = due_by(adviser.catalog.offers, self.last)

    def page(self) -> "Iterator[Block]":
        """For people."""
        from digiwegweiser.render.due import due_page

        return due_page(self.dues, self.as_of, self.last)

    def json(self) -> str:
        """For programs."""
        from digiwegweiser.render.due import due_json

        return due_json(self.dues, self.as_of, self.last)

    def calendar(self) -> str:
        """For calendars."""
        from digiwegweiser.render.calendar import due_calendar

        return due_calendar(self.dues, self.as_of)


class LinkReport:
    """How all addresses of the catalogue do; made by visiting them."""

    def __init__(self, adviser: "Adviser", on_done: Callable[[int, int], None]) -> None:
        """`on_done` is told how many of how many addresses have been visited. Raises Offline."""
        from digiwegweiser.catalog.links import visit_all
        from digiwegweiser.catalog.store import read_names
        from digiwegweiser.core.links import Checked, addresses, judge

        uses = addresses(adviser.catalog.offers)
        self.blockers = read_names(adviser.catalog.folder / "blocking_hosts.csv", "host", "reason")
        done = count(1)
        visits = visit_all(uses, self.blockers, lambda _: on_done(next(done), len(uses)))
        self.checked = [Checked(visit, judge(visit), uses[visit.url]) for visit in visits]

    @property
    def has_gone(self) -> bool:
        """Whether an address is no longer there."""
        from digiwegweiser.core.links import Grade

        return any(one.rating.grade is Grade.GONE for one in self.checked)

    def page(self) -> "Iterator[Block]":
        """For people."""
        from digiwegweiser.render.links import links_page

        return links_page(self.checked, self.blockers)

    def json(self) -> str:
        """For programs."""
        from digiwegweiser.render.links import links_json

        return links_json(self.checked, self.blockers)


class GapTable:
    """Where nothing helps, by Land or Kreis."""

    def __init__(self, adviser: "Adviser", as_of: date, by_kreis: bool) -> None:
        from digiwegweiser.core.gaps import gaps_by_kreis, gaps_by_land
        from digiwegweiser.render.gaps import Table

        self.words = adviser.lexicon
        rows = gaps_by_kreis(_world(adviser), adviser.catalog.offers, as_of, adviser.catalog.weights)
        self.table = Table(rows if by_kreis else gaps_by_land(rows), by_kreis, as_of)

    def page(self) -> "Iterator[Block]":
        """For people."""
        from digiwegweiser.render.gaps import gaps_page

        return gaps_page(self.table, self.words)

    def json(self) -> str:
        """For programs."""
        from digiwegweiser.render.gaps import gaps_json

        return gaps_json(self.table, self.words)

    def csv(self) -> str:
        """For spreadsheets."""
        from digiwegweiser.render.gaps import gaps_csv

        return gaps_csv(self.table, self.words)


def _world(adviser: "Adviser") -> "World":
    """Every Kreis, trade and need there is."""
    from digiwegweiser.core.firm import Place
    from digiwegweiser.core.gaps import World
    from digiwegweiser.core.vocabulary import land_of

    words = adviser.lexicon
    read = (adviser.reader.read("trade", code).value for code in words.trades)
    return World(
        places=[Place(name, land_of(key), key, name) for key, name in words.kreise.items()],
        trades=[trade for trade in read if trade is not None],
        needs=list(words.needs),
    )


#: On so many made-up firms the effect of a change is tried.
SAMPLE_FIRMS = 500


class Comparison:
    """What differs between two versions of the catalogue, and which of the sample firms are told something else."""

    def __init__(self, adviser: "Adviser", old: str, new: str | None, as_of: date) -> None:
        """Versions are named by file or revision, the newer one may be the tool's own.

        Raises NoVersion and FaultyData.
        """
        from digiwegweiser.catalog.versions import read_version
        from digiwegweiser.core.comparison import Effect, entry_changes, moves

        data = adviser.catalog.folder
        before, outdated = read_version(old, data)
        after, also_outdated = read_version(new or str(data / "programs.yaml"), data)
        self.outdated = (*outdated, *also_outdated)
        """Keys and words that are unknown today and were left out."""
        firms = _sample_firms(adviser, as_of)
        found = tuple(moves(firms, before, after, as_of, adviser.catalog.weights))
        self.effect = Effect(before, after, as_of, entry_changes(before, after, as_of), len(firms), found)
        self.words = adviser.lexicon._replace(offers={**before.offers, **after.offers})

    def page(self) -> "Iterator[Block]":
        """For people."""
        from digiwegweiser.render.comparison import comparison_page

        return comparison_page(self.effect, self.words)

    def changelog(self) -> "Iterator[Block]":
        """The section on the catalogue, ready for the list of changes."""
        from digiwegweiser.render.comparison import changelog_page

        return changelog_page(self.effect, self.words)

    def json(self) -> str:
        """For programs."""
        from digiwegweiser.render.comparison import comparison_json

        return comparison_json(self.effect, self.words)


def _sample_firms(adviser: "Adviser", as_of: date) -> "list[Firm]":
    """The same firms on every run, as far as the reference tables stay."""
    from digiwegweiser.catalog.store import read_column
    from digiwegweiser.intake.sample import sample_answers

    folder = adviser.catalog.folder
    answers = sample_answers(
        SAMPLE_FIRMS,
        postal_codes=sorted(read_column(folder / "postal_codes.csv", "plz")),
        crafts=sorted(read_column(folder / "trades.csv", "code")),
        sectors=sorted(read_column(folder / "sectors.csv", "code")),
        needs=sorted(adviser.lexicon.needs),
    )
    return [adviser.read(answer, as_of).firm for answer in answers]
