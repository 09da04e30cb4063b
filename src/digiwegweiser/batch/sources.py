"""Any table that can be read, as rows with the lines they stand in."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from digiwegweiser.batch.chunk import Source
from digiwegweiser.batch.inputs import InForm, Input, take
from digiwegweiser.batch.problems import BatchProblem, Problem


def open_source(
    source: str,
    standard_input: IO[bytes],
    folder: Path,
    chosen: Sequence[tuple[str, str]] = (),
    sheet: str | None = None,
) -> Source:
    """The table in a file or, with "-", on standard input; `folder` takes copies. Raises BatchProblem, OSError."""
    found = take(source, standard_input, folder)
    if sheet is not None and found.form is not InForm.XLSX:
        raise BatchProblem(Problem.SHEET_OF_NO_BOOK, name=found.name)
    return _source(found, chosen, sheet)


def _source(found: Input, chosen: Sequence[tuple[str, str]], sheet: str | None) -> Source:
    match found.form:
        case InForm.CSV:
            from digiwegweiser.batch.text_sources import CsvSource

            return CsvSource(found, chosen)
        case InForm.JSONL:
            from digiwegweiser.batch.text_sources import JsonSource

            return JsonSource(found)
        case InForm.PARQUET:
            from digiwegweiser.batch.table_sources import ParquetSource

            return ParquetSource(found)
        case InForm.XLSX:
            from digiwegweiser.batch.table_sources import ExcelSource

            return ExcelSource(found, chosen, sheet)
