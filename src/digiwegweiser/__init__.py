"""Adviser on digitalisation support for craft businesses and other small firms in Germany."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

__all__ = ["match_table"]

T = TypeVar("T")


def match_table(table: T, *, as_of: date, shown: int = 5, own_entries: Sequence[Path | str] = ()) -> T:
    """A table of firms with the offers for each: the same guide that `digiwegweiser finden` gives.

    A polars data frame comes back as such, an Arrow table (or whatever else polars takes for one) as an Arrow table.
    Columns are known by their headers, as in `digiwegweiser stapel`, and all stay; behind them stand `rang1_id`,
    `rang1_name`, … for each of the `shown` ranks, `hinweise` (what was assumed) and `fehler` (why a row has no offers).
    No row is lost or moved, and no row depends on another: a table may be cut anywhere and its parts matched apart.
    `own_entries` are files of catalogue entries. Raises ValueError where no column says anything of a firm.

        import polars as pl
        from datetime import date
        from digiwegweiser import match_table

        firms = pl.DataFrame({"PLZ": ["59555"], "Gewerk": ["Tischlerei"], "Bedarf": ["Zeiterfassung ohne Zettel"]})
        match_table(firms, as_of=date(2026, 11, 22))["rang1_name"]
    """
    # Whoever only wants the package's name must not wait for polars.
    from digiwegweiser.library import match_table as match

    return match(table, as_of=as_of, shown=shown, own_entries=own_entries)
