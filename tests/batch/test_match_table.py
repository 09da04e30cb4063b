"""match_table, the engine for programs."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import polars as pl
import pytest

from digiwegweiser import match_table

DAY = date(2026, 11, 22)
FIRMS = pl.DataFrame({
    "Nr": [7, 8, 9],
    "PLZ": ["59555", None, "1067"],
    "Gewerk": ["Tischlerei", "xyzzy", "Bäckerei"],
    "Bedarf": ["Zeiterfassung ohne Zettel", None, "Webseite"],
})  # fmt: skip


def test_the_table_comes_back_with_its_offers() -> None:
    """Own columns first and untouched, all rows in their order; a faulty row says why instead of having offers."""
    found = match_table(FIRMS, as_of=DAY, shown=2)
    assert found.select(FIRMS.columns).equals(FIRMS)
    assert found["rang1_id"].to_list() == ["hwk-dortmund", None, "hwk-dresden"]
    assert [text is None for text in found["fehler"]] == [True, False, True]
    assert "xyzzy" in found["fehler"][1]
    assert found.columns[-2:] == ["hinweise", "fehler"]


def test_a_table_may_be_cut_anywhere() -> None:
    """Row by row the same as in one piece; a table without rows has all columns."""
    whole = match_table(FIRMS, as_of=DAY, shown=2)
    assert pl.concat([match_table(FIRMS[n], as_of=DAY, shown=2) for n in range(3)]).equals(whole)
    assert match_table(FIRMS.clear(), as_of=DAY, shown=2).schema == whole.schema


def test_arrow_in_arrow_out() -> None:
    """The kind of table is kept, and so is what it says."""
    pa = pytest.importorskip("pyarrow")
    found = match_table(FIRMS.to_arrow(), as_of=DAY, shown=1)
    assert isinstance(found, pa.Table)
    assert pl.DataFrame(found).equals(match_table(FIRMS, as_of=DAY, shown=1))


def test_a_column_called_like_ours_is_kept_under_another_name() -> None:
    """Nothing is overwritten."""
    found = match_table(FIRMS.rename({"Nr": "rang1_id"}), as_of=DAY, shown=1)
    assert found["rang1_id (2)"].to_list() == [7, 8, 9]
    assert found["rang1_id"][0] == "hwk-dortmund"


@pytest.mark.parametrize(("table", "shown", "word"), [(pl.DataFrame({"a": ["x"]}), 1, "„a“"), (FIRMS, 0, "shown=0")])
def test_what_cannot_be_matched_is_said(table: pl.DataFrame, shown: int, word: str) -> None:
    """A table that says nothing of firms, and no ranks, are named."""
    with pytest.raises(ValueError, match=word):
        match_table(table, as_of=DAY, shown=shown)


def test_several_threads_may_ask_at_once() -> None:
    """Whatever the columns of their tables, each gets what it would get alone."""
    day, every = date(2026, 11, 23), [f"{plz}" for plz in range(10115, 10999)]
    tables = [pl.DataFrame({"PLZ": every[n::12]}).with_columns(Ort=pl.lit("Berlin"))[:, : 1 + n % 2] for n in range(12)]
    match_table(FIRMS, as_of=day, shown=1)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda table: match_table(table, as_of=day, shown=1), tables))
    for table, told in zip(tables, found, strict=True):
        assert told.equals(match_table(table, as_of=day, shown=1))


def test_the_day_decides() -> None:
    """In 2019 other offers were to be had."""
    assert not match_table(FIRMS, as_of=date(2019, 5, 1)).equals(match_table(FIRMS, as_of=DAY))


def test_importing_the_package_loads_no_tables() -> None:
    """polars comes with the first call."""
    code = "import sys, digiwegweiser; print(sorted({'polars', 'numpy', 'yaml'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "[]\n"
