"""Where a table comes from: a file or standard input, packed or not, and what form it has by its content."""

import gzip
import io
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from digiwegweiser.batch.dialect import SAMPLE, is_text, letters_of
from digiwegweiser.batch.problems import BatchProblem, Problem

STANDARD_INPUT = "-"
_GZIP, _ZIP, _PARQUET, _OLD_BOOK = b"\x1f\x8b", b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOOK = "xl/workbook.xml"


class InForm(StrEnum):
    """Forms of tables that are read."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    PARQUET = "parquet"


class Input(NamedTuple):
    """Bytes on the disk that can be read more than once."""

    path: Path
    name: str
    """As the user calls it; the path may be a copy."""
    form: InForm
    is_gzip: bool

    @contextmanager
    def open(self) -> Iterator[tuple[BinaryIO, IO[bytes]]]:
        """The unpacked bytes, and the file below them, whose position tells how far reading has come."""
        with self.path.open("rb") as raw:
            try:
                yield (io.BufferedReader(gzip.GzipFile(fileobj=raw)) if self.is_gzip else raw), raw
            except (EOFError, gzip.BadGzipFile, zlib.error):
                raise BatchProblem(Problem.DAMAGED, name=self.name) from None

    @property
    def size(self) -> int:
        """How many bytes lie on the disk."""
        return self.path.stat().st_size


def take(source: str, standard_input: IO[bytes], folder: Path) -> Input:
    """The input with its form; what can be read only once is copied into `folder`. Raises BatchProblem, OSError."""
    path, name = Path(source), source
    if source == STANDARD_INPUT or not stat.S_ISREG(path.stat().st_mode):
        copy = folder / "input"
        with copy.open("wb") as out:
            if source == STANDARD_INPUT:
                shutil.copyfileobj(standard_input, out)
            else:
                with path.open("rb") as once:
                    shutil.copyfileobj(once, out)
        path = copy
    with path.open("rb") as raw:
        is_gzip = raw.read(2) == _GZIP
    found = Input(path, "Standardeingabe" if source == STANDARD_INPUT else name, InForm.CSV, is_gzip)
    with found.open() as (stream, _):
        sample = stream.read(SAMPLE)
    if is_gzip and sample.startswith((_ZIP, _PARQUET)):
        found = _unpacked(found, folder)
    return found._replace(form=_form(sample, found))


def _unpacked(packed: Input, folder: Path) -> Input:
    """A copy that can be read at any position."""
    copy = folder / "unpacked"
    with packed.open() as (stream, _), copy.open("wb") as out:
        shutil.copyfileobj(stream, out)
    return packed._replace(path=copy, is_gzip=False)


def _form(sample: bytes, found: Input) -> InForm:
    """The form by content, whatever the file is called. Raises BatchProblem if it is none that is read."""
    if sample.startswith(_PARQUET):
        return InForm.PARQUET
    if sample.startswith(_OLD_BOOK):
        raise BatchProblem(Problem.OLD_BOOK, name=found.name)
    if sample.startswith(_ZIP):
        return _book(found)
    if not is_text(sample):
        raise BatchProblem(Problem.UNKNOWN_FORM, name=found.name)
    letters = letters_of(sample)
    start = sample.decode(letters.codec, letters.errors).lstrip("\ufeff \t\r\n\0")
    if not start:
        raise BatchProblem(Problem.EMPTY, name=found.name)
    if start.startswith("[") and start[1:].lstrip().startswith("{"):
        raise BatchProblem(Problem.JSON_ARRAY, name=found.name)
    return InForm.JSONL if start.startswith("{") else InForm.CSV


def _book(found: Input) -> InForm:
    try:
        with zipfile.ZipFile(found.path) as archive:
            is_book = _BOOK in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise BatchProblem(Problem.DAMAGED, name=found.name) from None
    if not is_book:
        raise BatchProblem(Problem.UNKNOWN_FORM, name=found.name)
    return InForm.XLSX
