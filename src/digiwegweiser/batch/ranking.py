"""From firms as numbers to their hits, block by block."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from digiwegweiser.batch.early import EarlyTable
from digiwegweiser.batch.matched import Hits
from digiwegweiser.batch.order import Block, Lift, Order, Ranked
from digiwegweiser.batch.profiles import SINGLE, Profiler, Profiles, distinct
from digiwegweiser.batch.reasons import NeedReasons
from digiwegweiser.batch.sites import SiteTable
from digiwegweiser.batch.slate import NO, YES, Slate
from digiwegweiser.batch.tables import ELSEWHERE, LOCAL, POINTS, VERDICT, NeedTable, Phrases, PlaceTable, Table
from digiwegweiser.batch.texts import Texts
from digiwegweiser.core.early import knows_no_land
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.rules import RULES, Rule
from digiwegweiser.core.service import mixed_points

Ints = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]

#: Rows that are ranked together: few enough for the arrays of a block to stay in the processor's cache.
BLOCK_ROWS = 2048

_PLACE, _NEEDS = ("place",), ("needs",)


class _View(NamedTuple):
    """A table cut down to the values and columns of some rows."""

    verdict: Ints | None
    points: Ints | None
    at: Ints
    """For each row its line."""


class Ranking:
    """All tables of one slate."""

    def __init__(self, slate: Slate, texts: Texts) -> None:
        self._slate, self._texts = slate, texts
        self._order, self._phrases = Order(slate), Phrases()
        self._tables: dict[tuple[str, ...], Table] = {}
        for attributes in dict.fromkeys(rule.attributes for rule in RULES):
            if attributes not in ((), _NEEDS):
                make = PlaceTable if attributes == _PLACE else Table
                self._tables[attributes] = make(_readers(attributes), slate, texts, self._phrases)
        self._known: dict[tuple[str, ...], dict[tuple[int, ...], int]] = {names: {} for names in self._tables}
        self._by_class: dict[str, list[int]] = {name: [] for name in SINGLE}
        self._sites = SiteTable(slate)
        self._lands: dict[str | None, int] = {None: 0}
        self._land: list[int] = []
        self._needs = NeedTable(_readers(_NEEDS)[0], slate)
        self._need_reasons = NeedReasons(self._needs, texts)
        self.profiler = Profiler(slate, self._needs)
        self._early = EarlyTable(self._order, self.profiler, slate.weights)

    def hits(self, firms: Profiles, rows: Ints, shown: int) -> Hits:
        """The first hits of each firm; `rows` are only passed on."""
        at = {attributes: self._rows(attributes, firms) for attributes in self._tables}
        many = len(rows)
        columns, score = np.full((many, shown), -1, dtype=np.int32), np.zeros((many, shown), dtype=np.int32)
        is_open = np.zeros((many, shown), dtype=np.bool_)
        for some, ranked in self._ranked(firms, at, shown):
            width = ranked.columns.shape[1]
            columns[some, :width], score[some, :width] = ranked.columns, ranked.score
            is_open[some, :width] = ranked.is_open
        is_local = self._tables[_PLACE][LOCAL][at[_PLACE][:, None], columns]
        local = np.logical_and(is_local, columns >= 0).any(axis=1)
        return Hits(rows, columns, score, is_open, local, self._reasons(firms, at, columns))

    def _rows(self, attributes: tuple[str, ...], firms: Profiles) -> Ints:
        """For each firm its row in a table."""
        if len(attributes) == 1:
            return self._rows_of_classes(attributes[0])[firms.classes[attributes[0]]]
        sizes = [len(self.profiler.classes[name].values) for name in attributes]
        packed = np.ravel_multi_index([firms.classes[name] for name in attributes], sizes)
        present, at = np.unique(packed, return_inverse=True)
        return np.array(self._look_up(attributes, sizes, present), dtype=np.intp)[at]

    def _rows_of_classes(self, name: str) -> Ints:
        """For each class of an attribute its row in the table of that attribute alone."""
        known, table = self._by_class[name], self._tables[name,]
        known += map(table.row, self.profiler.classes[name].values[len(known) :])
        return np.array(known, dtype=np.intp)

    def _look_up(self, attributes: tuple[str, ...], sizes: Sequence[int], packed: Ints) -> list[int]:
        """Rows in a table for combinations of classes."""
        table, rule = self._tables[attributes], _readers(attributes)[0]
        known, rows = self._known[attributes], []
        for numbers in zip(*(part.tolist() for part in np.unravel_index(packed, sizes)), strict=True):
            row = known.get(numbers)
            if row is None:
                values = {n: self.profiler.value(n, number) for n, number in zip(attributes, numbers, strict=True)}
                row = known[numbers] = table.row(rule.value_of(Firm(**values)))
            rows.append(row)
        return rows

    def _near(self) -> Ints:
        """For each class of places the points of the nearest sites."""
        places, areas = self.profiler.classes["place"].values, self._rows_of_classes("place")
        verdict = self._tables[_PLACE][VERDICT]
        for start in range(len(self._sites.points), len(places), BLOCK_ROWS):
            part = slice(start, start + BLOCK_ROWS)
            self._sites.add(places[part], verdict[areas[part]] != NO)
        return self._sites.points

    # -- blocks ---------------------------------------------------------------------------------------------------

    def _ranked(self, firms: Profiles, at: Mapping[tuple[str, ...], Ints], shown: int) -> Iterator[tuple[Ints, Ranked]]:
        """Blocks of rows with their hits; firms of one Land together, since they share most of their columns."""
        land, no_land = self._whereabouts(firms.classes["place"])
        early, near = self._early.lifts(firms, no_land), self._near()
        # Firms of the same needs lie together.
        by_land = np.lexsort((firms.needs_at, land))
        for group in np.split(by_land, np.flatnonzero(np.diff(land[by_land])) + 1):
            columns, views, elsewhere = self._views(at, firms.classes["place"], near, group)
            for start in range(0, len(group), BLOCK_ROWS):
                part = slice(start, start + BLOCK_ROWS)
                some = group[part]
                lists, each = distinct(firms.needs_at[some])
                served = _View(*self._served(firms.stated[lists], columns), each)
                verdict, score = self._judged([*(view._replace(at=view.at[part]) for view in views), served], columns)
                unsure = None if elsewhere is None else elsewhere[at[_PLACE][some]]
                lifts = [Lift(lift.rank[some], lift.wants[some]) for lift in early]
                block = Block(columns, verdict, score, unsure, no_land[some], lifts)
                yield some, self._order.rank(block, shown)

    def _whereabouts(self, places: Ints) -> tuple[Ints, Bools]:
        """For places by class a number of the Land, and whether not even that is known."""
        for place in self.profiler.classes["place"].values[len(self._land) :]:
            name = None if place is None or knows_no_land(Firm(place=place)) else place.land
            self._land.append(self._lands.setdefault(name, len(self._lands)))
        land = np.array(self._land, dtype=np.intp)[places]
        return land, np.equal(land, self._lands[None])

    def _views(
        self, at: Mapping[tuple[str, ...], Ints], places: Ints, near: Ints, group: Ints
    ) -> tuple[Ints, list[_View], Ints | None]:
        """The columns that no table excludes for all of these rows, what is said of them, and what may be elsewhere."""
        told = [(table, *distinct(at[attributes][group])) for attributes, table in self._tables.items()]
        possible = [(table[VERDICT][rows] != NO).any(axis=0) for table, rows, _ in told]
        columns = np.flatnonzero(np.logical_and.reduce(possible))
        views = [_view(each, columns, table[POINTS][rows], table[VERDICT][rows]) for table, rows, each in told]
        rows, each = distinct(places[group])
        views.append(_view(each, columns, near[rows]))
        elsewhere = self._tables[_PLACE][ELSEWHERE].take(columns, axis=1)
        is_anywhere = elsewhere[distinct(at[_PLACE][group])[0]].any()
        return columns, views, elsewhere if is_anywhere else None

    def _judged(self, views: Sequence[_View], columns: Ints) -> tuple[Ints, Ints]:
        """Verdict and score by all tables and by what the firm has no part in."""
        many = len(views[0].at)
        verdict = np.repeat(self._slate.verdict[None, columns], many, axis=0)
        score = np.repeat(self._slate.points[None, columns], many, axis=0)
        for view in views:
            if view.verdict is not None:
                np.minimum(verdict, view.verdict.take(view.at, axis=0), out=verdict)
            if view.points is not None:
                score += view.points.take(view.at, axis=0)
        return verdict, score

    def _served(self, stated: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """Verdict and points for lists of needs (rows of their table, -1 = none)."""
        many = (stated >= 0).sum(axis=1)
        # The last row stands for -1: no strength, nothing met.
        strength = np.pad(self._needs.strength.take(columns, axis=1), ((0, 1), (0, 0)))
        alone = np.pad(self._needs.verdict.take(columns, axis=1), ((0, 1), (0, 0)), constant_values=NO)
        best, met = strength.take(stated[:, 0], axis=0), alone.take(stated[:, 0], axis=0)
        total = best.copy()
        for place in range(1, max(1, int(many.max(initial=0)))):
            more = strength.take(stated[:, place], axis=0)
            total += more
            np.maximum(best, more, out=best)
            np.maximum(met, alone.take(stated[:, place], axis=0), out=met)
        points = mixed_points(best, total, np.maximum(many, 1).astype(np.int32)[:, None], self._slate.weights)
        untold = many == 0
        points[untold], met[untold] = self._needs.untold_points[columns], self._needs.untold_verdict[columns]
        return met, points.astype(np.int16)

    # -- reasons --------------------------------------------------------------------------------------------------

    def _reasons(self, firms: Profiles, at: Mapping[tuple[str, ...], Ints], columns: Ints) -> pl.Series:
        """The reason for each hit: all of the first rank, then all of the second, and so on."""
        many, shown = columns.shape
        flat, row = columns.T.ravel(), np.tile(np.arange(many), shown)
        phrases = {}
        for rule in self._texts.parts:
            attributes, table = next((names, table) for names, table in self._tables.items() if rule in table)
            phrases[rule] = table[rule][at[attributes][row], flat]
        sizes = len(firms.needs), len(self._slate) + 1, *(len(self._phrases.texts) for _ in phrases)
        # Most reasons are there many times: each is put together once.
        packed = np.ravel_multi_index((firms.needs_at[row], flat + 1, *phrases.values()), sizes)
        present, each = np.unique(packed, return_inverse=True)
        lists, place, *numbers = np.unravel_index(present, sizes)
        parts = [self._need_reasons.texts(firms.stated[lists], place - 1).alias("needs")]
        for rule, number in zip(phrases, numbers, strict=True):
            parts.append(pl.Series(rule, self._phrases.texts, dtype=pl.String).gather(number))
        joined = pl.concat_str(pl.all(), separator="; ", ignore_nulls=True)
        # Where there is no hit there is no reason.
        told = pl.DataFrame(parts).select(pl.when(pl.Series(place > 0)).then(joined))
        return told.to_series().gather(each)


def _view(at: Ints, columns: Ints, points: Ints, verdict: Ints | None = None) -> _View:
    """What a table says of these columns; None where it says the same of all."""
    # By `take`, so that what is said of a row lies together.
    points = points.take(columns, axis=1)
    if verdict is not None:
        verdict = verdict.take(columns, axis=1)
    is_told = verdict is not None and (verdict != YES).any()
    return _View(verdict if is_told else None, points if points.any() else None, at)


def _readers(attributes: tuple[str, ...]) -> list[Rule]:
    """The rules that read exactly these attributes."""
    return [rule for rule in RULES if rule.attributes == attributes]
