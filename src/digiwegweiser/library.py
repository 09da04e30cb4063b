"""Use case for programs: a table of firms in, the same table with their offers out."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import polars as pl

from digiwegweiser.app import Adviser
from digiwegweiser.batch.cells import answers
from digiwegweiser.batch.columns import ROLE_WORDS, recognise, unique
from digiwegweiser.batch.engine import Engine
from digiwegweiser.batch.problems import BatchProblem
from digiwegweiser.render.register import batch_problem_text

T = TypeVar("T")

#: The column with what was wrong with a row.
FAULTS = "fehler"
#: An engine learns with every table, and can do so with one at a time only.
_ALONE = Lock()


def match_table(table: T, *, as_of: date, shown: int = 5, own_entries: Sequence[Path | str] = ()) -> T:
    """The table with offers for each row; documented in the package. Raises ValueError."""
    if shown < 1:
        raise ValueError(f"shown={shown}: Gebraucht wird eine ganze Zahl ab 1.")
    given: Any = table
    frame = given if isinstance(given, pl.DataFrame) else pl.DataFrame(given)
    found = _matched(frame, as_of, shown, tuple(map(Path, own_entries)))
    result: Any = found if isinstance(given, pl.DataFrame) else found.to_arrow(compat_level=pl.CompatLevel.oldest())
    same_kind: T = result
    return same_kind


def _matched(frame: pl.DataFrame, as_of: date, shown: int, own_entries: tuple[Path, ...]) -> pl.DataFrame:
    adviser, engine = _engine(as_of, own_entries)
    try:
        columns = recognise(frame.columns, {need.code: need.label for need in adviser.needs.needs})
    except BatchProblem as problem:
        raise ValueError(batch_problem_text(problem.problem.value, problem.details, ROLE_WORDS.values())) from None
    with _ALONE:
        matched = engine.match(frame, answers(columns), shown)
    good = matched.wide().with_columns(pl.Series("row", matched.rows, dtype=pl.UInt32))
    bad = matched.faults.group_by("row").agg(pl.col("message").str.join(" ").alias(FAULTS))
    rows = pl.DataFrame({"row": pl.Series(range(frame.height), dtype=pl.UInt32)})
    for part in (good, bad):
        rows = rows.join(part, on="row", how="left", maintain_order="left")
    found, beside = rows.drop("row"), frame.clone()
    beside.columns = unique(frame.columns, reserved=found.columns)
    return pl.concat([beside, found], how="horizontal")


@lru_cache(maxsize=4)
def _engine(as_of: date, own_entries: tuple[Path, ...]) -> tuple[Adviser, Engine]:
    """What matches tables on a day; kept, since it learns with every table."""
    adviser = Adviser(own_entries)
    return adviser, adviser.engine(as_of)
