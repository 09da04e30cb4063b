"""Tables out, chunk by chunk: CSV, TSV, Excel, a JSON object a line, Parquet."""

import gzip
import io
import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple, Protocol

import polars as pl

from digiwegweiser.batch.cells import as_text, harmless, harmless_names
from digiwegweiser.batch.problems import BatchProblem, Problem

SHEET_ROWS, SHEET_COLUMNS, SHEET_CELL = 1_048_576, 16_384, 32_767
#: Results are long and alike: packed harder they take twice the time and hardly less room.
_GZIP_LEVEL = 4
_CUT = " …"


class OutForm(StrEnum):
    """Forms of tables that are written."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    PARQUET = "parquet"


_ENDINGS = {
    ".csv": OutForm.CSV, ".txt": OutForm.CSV, ".tsv": OutForm.TSV, ".tab": OutForm.TSV, ".xlsx": OutForm.XLSX,
    ".jsonl": OutForm.JSONL, ".ndjson": OutForm.JSONL, ".parquet": OutForm.PARQUET,
}  # fmt: skip
_PACKABLE = (OutForm.CSV, OutForm.TSV, OutForm.JSONL)


class Style(NamedTuple):
    """How a table is written."""

    form: OutForm = OutForm.CSV
    is_gzip: bool = False
    for_excel: bool = False
    """CSV that Excel opens with a double click: marked UTF-8 and semicolons."""


class Sink(Protocol):
    """Takes encoded tables with the same columns one after the other."""

    def write(self, block: memoryview) -> None:
        """Appends rows. Raises BatchProblem, OSError."""

    def close(self) -> None:
        """Writes what is still to be written."""


def style_of(path: Path, for_excel: bool) -> Style:
    """How a file is written, by its ending. Raises BatchProblem."""
    is_gzip = path.suffix.casefold() == ".gz"
    form = _ENDINGS.get((Path(path.stem) if is_gzip else path).suffix.casefold())
    if form is None or (is_gzip and form not in _PACKABLE):
        raise BatchProblem(Problem.FORM_OF_ENDING, name=str(path), endings=tuple(_ENDINGS))
    return Style(form, is_gzip, for_excel)


class Encoder:
    """Tables as their sink takes them, made in memory that is used again: new memory takes a quarter of the time."""

    def __init__(self, style: Style) -> None:
        # While one block is read, the next one is made.
        self._style, self._blocks = style, deque[io.BytesIO](maxlen=2)

    def encoded(self, frame: pl.DataFrame, is_first: bool) -> memoryview:
        """Texts as they will stand in the file, the first one with the header; it stays as long as it is held."""
        # Polars writes into memory, so that a full disk is met, and told, by Python; not into an object of our own,
        # since a signal that comes while polars calls it would become an error of polars.
        block = self._unread()
        match self._style.form:
            case OutForm.JSONL:
                frame.write_ndjson(block)
            case OutForm.PARQUET:
                frame.write_parquet(block, compression="lz4")
            case OutForm.XLSX:
                _flat(frame).write_ipc(block, compat_level=pl.CompatLevel.newest())
            case OutForm.CSV | OutForm.TSV:
                _write_csv(frame, self._style, is_first, block)
        return block.getbuffer()[: block.tell()]

    def _unread(self) -> io.BytesIO:
        """A block that nobody holds any more, ready to be written from its beginning."""
        for block in self._blocks:
            with suppress(BufferError):
                # Shortens nothing, and is refused as long as it is held.
                block.truncate(sys.maxsize)
                block.seek(0)
                return block
        self._blocks.append(io.BytesIO())
        return self._blocks[-1]


def _write_csv(frame: pl.DataFrame, style: Style, is_first: bool, block: io.BytesIO) -> None:
    """Harmless for spreadsheets."""
    texts = harmless(_flat(frame))
    texts.columns = harmless_names(texts.columns)
    texts.write_csv(
        block,
        include_header=is_first,
        include_bom=is_first and style.for_excel,
        separator="\t" if style.form is OutForm.TSV else ";" if style.for_excel else ",",
        line_terminator="\r\n" if style.for_excel else "\n",
    )


def open_sink(stream: BinaryIO, style: Style) -> Sink:
    """A sink that writes to the stream, which stays open."""
    if style.form is OutForm.XLSX:
        return _ExcelSink(stream)
    if style.form is OutForm.PARQUET:
        return _ParquetSink(stream)
    return _TextSink(stream, style)


class Behind:
    """A sink that writes while the next table is made; at most one table waits."""

    def __init__(self, sink: Sink, pool: ThreadPoolExecutor, settle: Callable[[], None]) -> None:
        """The pool has one thread; leaving it waits for what is being written. `settle` is called after each table."""
        self._sink, self._pool, self._settle = sink, pool, settle
        self._last: Future[None] | None = None

    def write(self, block: memoryview) -> None:
        """Appends rows a little later; what went wrong with those before is raised here. Raises as the sink does."""
        self._wait()
        self._last = self._pool.submit(self._write, block)

    def _write(self, block: memoryview) -> None:
        self._sink.write(block)
        self._settle()

    def close(self) -> None:
        """Writes what is still to be written."""
        self._wait()
        self._sink.close()

    def _wait(self) -> None:
        if self._last is not None:
            self._last.result()


class _TextSink:
    """CSV, TSV and JSONL."""

    def __init__(self, stream: BinaryIO, style: Style) -> None:
        self._is_gzip = style.is_gzip
        self._out: BinaryIO | gzip.GzipFile = stream
        if style.is_gzip:
            # Without name and time the same table gives the same bytes.
            self._out = gzip.GzipFile("", "wb", _GZIP_LEVEL, stream, mtime=0)

    def write(self, block: memoryview) -> None:
        self._out.write(block)

    def close(self) -> None:
        if self._is_gzip:
            self._out.close()


class _ParquetSink:
    """Parts in a folder of their own, put together at the end: polars writes a Parquet file in one go."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._parts = stream, 0
        self._folder = TemporaryDirectory(prefix="digiwegweiser-")

    def write(self, block: memoryview) -> None:
        (Path(self._folder.name) / f"{self._parts:06}.parquet").write_bytes(block)
        self._parts += 1

    def close(self) -> None:
        with self._folder as folder:
            parts = pl.scan_parquet(Path(folder) / "*.parquet", glob=True)
            _as_os_error(lambda: parts.sink_parquet(self._stream))


class _ExcelSink:
    """One sheet; all texts are texts, whatever they look like."""

    def __init__(self, stream: BinaryIO) -> None:
        import xlsxwriter  # type: ignore[import-untyped]

        # Packed in memory, because a zip file that meets a full disk complains once more when it is thrown away.
        self._stream, self._packed = stream, io.BytesIO()
        safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = xlsxwriter.Workbook(self._packed, {"constant_memory": True, "in_memory": False, **safe})
        self._sheet = self._book.add_worksheet("Wegweiser")
        self._row = 0

    def write(self, block: memoryview) -> None:
        frame = pl.read_ipc(io.BytesIO(block))
        if frame.width > SHEET_COLUMNS:
            raise BatchProblem(Problem.TOO_WIDE_FOR_SHEET, count=frame.width, most=SHEET_COLUMNS)
        if self._row + frame.height + 1 > SHEET_ROWS:
            raise BatchProblem(Problem.TOO_LONG_FOR_SHEET, most=SHEET_ROWS - 1)
        if self._row == 0:
            bold = self._book.add_format({"bold": True})
            for place, name in enumerate(frame.columns):
                self._sheet.write_string(0, place, name[:SHEET_CELL], bold)
            self._sheet.freeze_panes(1, 0)
            self._row = 1
        for row in frame.iter_rows():
            self._write_row(row)

    def _write_row(self, cells: Sequence[object]) -> None:
        for place, cell in enumerate(cells):
            if isinstance(cell, int | float):
                self._sheet.write_number(self._row, place, cell)
            elif isinstance(cell, str):
                fits = len(cell) <= SHEET_CELL
                self._sheet.write_string(self._row, place, cell if fits else cell[: SHEET_CELL - len(_CUT)] + _CUT)
        self._row += 1

    def close(self) -> None:
        from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from None
        self._stream.write(self._packed.getbuffer())


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """The table with only texts and numbers."""
    return frame.with_columns(
        as_text(frame[name]) for name, kind in frame.schema.items() if not (kind.is_integer() or kind == pl.String)
    )


def _as_os_error(write: Callable[[], object]) -> None:
    """Runs it; what polars says of the disk is said as the system says it."""
    try:
        write()
    except pl.exceptions.PolarsError as error:
        raise OSError(str(error)) from None
