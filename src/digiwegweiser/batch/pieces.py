"""A chunk of the source and what the engine says of it, put together to pieces of the output and of the faults."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import polars as pl

from digiwegweiser.batch.cells import Answer, answers, excel_errors
from digiwegweiser.batch.chunk import Chunk
from digiwegweiser.batch.columns import Columns, Role, unique
from digiwegweiser.batch.matched import Matched, Summary
from digiwegweiser.batch.problems import RowCode, RowFault

#: The columns of the file of faults.
FAULT_SCHEMA: pl.Schema = pl.Schema(
    {
        "zeile": pl.Int64,
        "spalte": pl.String,
        "wert": pl.String,
        "code": pl.String,
        "meldung": pl.String,
        "vorschlag": pl.String,
    }
)
_PLACES = frozenset({Role.PLACE, Role.PLZ, Role.TOWN, Role.KREIS, Role.LAND})


class Engine(Protocol):
    """Matches firms, given as answers in words, with offers."""

    def match(self, frame: pl.DataFrame, answers: Mapping[str, Answer], shown: int) -> Matched:
        """The offers for the firm in each row, the best `shown` of them."""


class Layout(NamedTuple):
    """What the rows of the output are."""

    shown: int
    is_long: bool = False
    is_json: bool = False


class Piece(NamedTuple):
    """What comes of one chunk."""

    frame: pl.DataFrame
    faults: pl.DataFrame
    rows: int
    """All of the chunk; each is in the frame or among the faults."""
    summary: Summary


class Assembler:
    """Makes pieces of chunks that have the same columns."""

    def __init__(
        self, engine: Engine, columns: Columns, layout: Layout, words: Callable[[str], tuple[str, str | None]]
    ) -> None:
        """`words` are message and suggestion for the code of a row that is none."""
        self._engine, self._columns, self._layout, self._words = engine, columns, layout, words
        self._answers, self._headers = answers(columns), _headers(columns)

    def piece(self, chunk: Chunk) -> Piece:
        """The firms of a chunk with their offers, and the rows that are no firms with the reasons."""
        errors = excel_errors(chunk.frame, self._columns)
        broken = sorted({row for row, _, _ in errors})
        is_whole = ~pl.Series(range(chunk.frame.height), dtype=pl.UInt32).is_in(broken)
        frame, lines = chunk.frame.filter(is_whole), chunk.lines.filter(is_whole)
        matched = self._engine.match(frame, self._answers, self._layout.shown)
        faults = [self._row_faults([*chunk.faults, *_as_faults(errors, chunk.lines)])]
        if broken:
            # What else is wrong with these rows is told, too.
            others = self._engine.match(_without(chunk.frame[broken], errors, broken), self._answers, 1)
            faults.append(self._cell_faults(others.faults, chunk.lines[broken]))
        faults.append(self._cell_faults(matched.faults, lines))
        faulty = matched.summary.faulty + len(broken) + len(chunk.faults)
        return Piece(
            self._output(frame, lines, matched),
            pl.concat(faults).sort("zeile", maintain_order=True),
            chunk.frame.height + len(chunk.faults),
            matched.summary._replace(faulty=faulty),
        )

    def _output(self, frame: pl.DataFrame, lines: pl.Series, matched: Matched) -> pl.DataFrame:
        rows = pl.Series("row", matched.rows, dtype=pl.UInt32)
        if self._layout.is_json:
            return _json_rows(frame, lines, rows, matched, self._layout.is_long)
        if not self._layout.is_long:
            # Few rows are left out, which is faster than to gather all others.
            return _beside(frame.filter(np.isin(np.arange(frame.height), matched.rows)), matched.wide())
        # A firm without any offer keeps a row, too.
        noted = pl.DataFrame([rows, matched.notes])
        found = noted.join(matched.long(), on="row", how="left", maintain_order="left_right")
        return _beside(frame[found["row"]], found.select(pl.exclude("row", matched.notes.name), matched.notes.name))

    def _row_faults(self, faults: Iterable[RowFault]) -> pl.DataFrame:
        rows = [(f.line, f.column, f.value, f.code.value, *self._words(f.code)) for f in faults]
        return pl.DataFrame(rows, schema=FAULT_SCHEMA, orient="row")

    def _cell_faults(self, faults: pl.DataFrame, lines: pl.Series) -> pl.DataFrame:
        """The engine's faults with lines and headers instead of rows and attributes."""
        headers = faults["key"].replace_strict(self._headers, default=None, return_dtype=pl.String)
        return faults.select(
            zeile=lines.gather(faults["row"]),
            spalte=headers,
            wert="value",
            code="code",
            meldung="message",
            vorschlag="suggestion",
        ).cast(FAULT_SCHEMA)


def _headers(columns: Columns) -> Mapping[str, str]:
    """By attribute the headers of its columns."""
    found: dict[str, list[str]] = {}
    for column in columns:
        found.setdefault("place" if column.role in _PLACES else column.role.value, []).append(column.name)
    return {key: " + ".join(names) for key, names in found.items()}


def _as_faults(errors: Iterable[tuple[int, str, str]], lines: pl.Series) -> list[RowFault]:
    return [RowFault(lines[row], name, value, RowCode.EXCEL_ERROR) for row, name, value in errors]


def _without(frame: pl.DataFrame, errors: Iterable[tuple[int, str, str]], rows: Sequence[int]) -> pl.DataFrame:
    """The rows with nothing in the cells of the errors."""
    for row, name, _ in errors:
        frame[rows.index(row), name] = None
    return frame


def _beside(given: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Both tables side by side; columns of the source that are called like ours are numbered."""
    given = given.clone()
    given.columns = unique(given.columns, reserved=found.columns)
    return pl.concat([given, found], how="horizontal")


def _json_rows(frame: pl.DataFrame, lines: pl.Series, rows: pl.Series, matched: Matched, is_long: bool) -> pl.DataFrame:
    """The results under the keys of `finden --format json`, as one list for each firm or one line for each."""
    found = matched.entries().select(
        "row",
        pl.struct(
            "rank",
            "id",
            "name",
            "kind",
            "score",
            "eligibility",
            pl.struct(pl.col("cost").alias("text")).alias("cost"),
            pl.struct("phone", "url").alias("contact"),
            "reason",
        ).alias("result"),
    )
    if not is_long:
        found = found.group_by("row", maintain_order=True).agg(pl.col("result").alias("results"))
    listed = pl.DataFrame([rows, matched.notes.alias("hints")]).join(
        found, on="row", how="left", maintain_order="left_right"
    )
    given = frame[listed["row"]].select(pl.struct(pl.all()).alias("input"))
    told = pl.col("result") if is_long else pl.col("results").fill_null(pl.lit([], dtype=found.schema["results"]))
    return listed.select(lines.gather(listed["row"]).alias("line"), given["input"], told, "hints")
