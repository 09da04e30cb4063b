"""Tables that are no text: Parquet, and the sheets of an Excel workbook."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple
from xml.etree import ElementTree

import fastexcel
import polars as pl

from digiwegweiser.batch.chunk import About, Chunk, checked_width, chunk_rows, line_numbers
from digiwegweiser.batch.columns import unique
from digiwegweiser.batch.dialect import find_header
from digiwegweiser.batch.inputs import Input
from digiwegweiser.batch.problems import BatchProblem, Problem

_HEADER_WITHIN = 30
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"([^>]*)>')
#: All that reading a zip file and the lists in it can end in; the sheet itself is read by others.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, StopIteration, OSError, RuntimeError, ValueError,
)  # fmt: skip
_ERROR_TEXT = re.compile(rb"<v>(#[^<]{1,20})</v>")


@contextmanager
def _damage_told(found: Input) -> Iterator[None]:
    """What the readers say of a damaged file is said in our words."""
    try:
        yield
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError, OSError):
        raise BatchProblem(Problem.DAMAGED, name=found.name) from None
    except BaseException as error:
        # A reader that gives up in Rust raises what is no Exception and has a class of its own in each package.
        if type(error).__name__ != "PanicException":
            raise
        raise BatchProblem(Problem.DAMAGED, name=found.name) from None


class ParquetSource:
    """A Parquet file; its lines are its rows."""

    def __init__(self, found: Input) -> None:
        """Read the schema. Raises BatchProblem."""
        self._found, self._rows_read = found, 0
        with _damage_told(found):
            self._scan = pl.scan_parquet(found.path)
            self._names = self._scan.collect_schema().names()
            self._height = int(self._scan.select(pl.len()).collect().item())
        checked_width(len(self._names))
        self.about = About(found.form, found.is_gzip, tuple(unique(self._names)), self._height)

    def progress(self) -> float:
        """How much has been read, from 0 to 1."""
        return self._rows_read / self._height if self._height else 1.0

    def chunks(self, rows: int | None = None) -> Iterator[Chunk]:
        """The rows, so many at a time."""
        size = chunk_rows(len(self._names), rows)
        with _damage_told(self._found):
            for frame in self._scan.collect_batches(chunk_size=size, maintain_order=True):
                for part in frame.iter_slices(size):
                    first = self._rows_read + 1
                    self._rows_read += part.height
                    part.columns = list(self.about.names)
                    yield Chunk(part, line_numbers(range(first, first + part.height)))


class ExcelSource:
    """One sheet of a workbook, read as a whole; its lines are the rows of the sheet, blank ones left out."""

    def __init__(self, found: Input, chosen: Sequence[tuple[str, str]], sheet: str | None) -> None:
        """Load the sheet. Raises BatchProblem."""
        with _damage_told(found):
            book = fastexcel.read_excel(found.path)
            if not book.sheet_names:
                raise BatchProblem(Problem.EMPTY, name=found.name)
            name = _sheet_name(book.sheet_names, sheet)
            cells = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
        if not cells.width:
            raise BatchProblem(Problem.EMPTY, name=f"{found.name}, Blatt {name}")
        checked_width(cells.width)
        numbered = _with_errors(cells, found, name).with_row_index("line", offset=1)
        filled = numbered.filter(pl.any_horizontal(pl.exclude("line").str.strip_chars().fill_null("") != ""))
        if filled.is_empty():
            raise BatchProblem(Problem.EMPTY, name=f"{found.name}, Blatt {name}")
        top = [["" if cell is None else cell for cell in row[1:]] for row in filled.head(_HEADER_WITHIN).iter_rows()]
        header = find_header(top, chosen)
        names = tuple(unique(header.names))
        self._table = filled.slice(header.rows_above + header.is_there)
        others = tuple(other for other in book.sheet_names if other != name)
        self.about = About(
            found.form, found.is_gzip, names, self._table.height, None, None, header.is_there, header.rows_above,
            name, others,
        )  # fmt: skip
        self._rows_read = 0

    def progress(self) -> float:
        """How much has been handed out, from 0 to 1."""
        return self._rows_read / self._table.height if self._table.height else 1.0

    def chunks(self, rows: int | None = None) -> Iterator[Chunk]:
        """The rows, so many at a time."""
        for part in self._table.iter_slices(chunk_rows(len(self.about.names), rows)):
            frame = part.drop("line")
            frame.columns = list(self.about.names)
            self._rows_read += part.height
            yield Chunk(frame, part["line"].cast(pl.Int64))


def _sheet_name(names: Sequence[str], wanted: str | None) -> str:
    """The sheet of that name or number, or the first one."""
    if wanted is None:
        return names[0]
    if wanted in names:
        return wanted
    same = [name for name in names if name.casefold().strip() == wanted.casefold().strip()]
    if len(same) == 1:
        return same[0]
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise BatchProblem(Problem.UNKNOWN_SHEET, name=wanted, names=tuple(names))


class _ErrorCell(NamedTuple):
    """A cell that shows an error; row and column from 0, within the range that is used."""

    row: int
    column: int
    text: str


def _with_errors(cells: pl.DataFrame, found: Input, sheet: str) -> pl.DataFrame:
    """The cells, with the errors that the reader leaves out as if nothing stood there."""
    for cell in _error_cells(found, sheet):
        if cell.row < cells.height and cell.column < cells.width:
            cells[cell.row, cell.column] = cell.text
    return cells


def _error_cells(found: Input, sheet: str) -> list[_ErrorCell]:
    """All cells with an error; none where the file does not say it in the usual way."""
    try:
        with zipfile.ZipFile(found.path) as archive:
            xml = archive.read(_part_of(archive, sheet))
    except _UNREADABLE:
        return []
    if b't="e"' not in xml:
        return []
    first, errors = 1 << 20, []
    for match in _CELL.finditer(xml):
        column = _column_number(match[1].decode())
        first = min(first, column)
        if b't="e"' in match[3]:
            text = _ERROR_TEXT.search(xml, match.end(), match.end() + 4096)
            errors.append(_ErrorCell(int(match[2]) - 1, column, text[1].decode() if text else "#"))
    return [cell._replace(column=cell.column - first) for cell in errors]


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The file of a sheet within the workbook."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    identity = next(entry.get(_RELATION) for entry in book.iter(f"{_MAIN}sheet") if entry.get("name") == sheet)
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = next(entry.get("Target", "") for entry in relations if entry.get("Id") == identity)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _column_number(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
