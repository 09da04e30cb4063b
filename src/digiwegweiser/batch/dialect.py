"""How a text table is written: its letters, its separator, and which row is the header."""

import codecs
import io
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from digiwegweiser.batch.columns import is_by_position, known_headers
from digiwegweiser.batch.records import read_records
from digiwegweiser.intake.spelling import squash

#: So much of a text is looked at before it is read.
SAMPLE = 1 << 18
SEPARATORS = (";", ",", "\t", "|")
_ROWS_COMPARED = 50
#: Titles and remarks above the header are looked through so far.
_HEADER_WITHIN = 20
_UTF8_MARK, _FALLBACK = b"\xef\xbb\xbf", "digiwegweiser-cp1252"
#: Text has next to no control characters besides tabs and line breaks.
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1a")) + b"\x7f"
_CONTROL_SHARE, _FEW_CONTROLS = 0.05, 32


class Letters(StrEnum):
    """How letters are coded, as Python calls it."""

    UTF8 = "utf-8"
    UTF8_MARKED = "utf-8-sig"
    UTF8_MIXED = "utf-8 with single letters of cp1252"
    UTF16 = "utf-16"
    UTF16_LE = "utf-16-le"
    UTF16_BE = "utf-16-be"
    CP1252 = "cp1252"

    @property
    def codec(self) -> str:
        """The name of the codec that reads it."""
        return Letters.UTF8.value if self is Letters.UTF8_MIXED else self.value

    @property
    def errors(self) -> str:
        """What is done with bytes that do not fit: they are Windows letters, or, in pairs, lost."""
        return "replace" if self.name.startswith("UTF16") else _FALLBACK


class Header(NamedTuple):
    """The names of the columns and where they stand."""

    names: tuple[str, ...]
    rows_above: int
    """Rows that are not blank above the header."""
    is_there: bool = True


def _as_windows_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    found = error.object[error.start : error.end]
    # Five bytes mean nothing there either.
    return "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in found), error.end


codecs.register_error(_FALLBACK, _as_windows_letters)


def letters_of(sample: bytes) -> Letters:
    """How the letters of a text are coded, by its beginning."""
    if sample.startswith(_UTF8_MARK):
        return Letters.UTF8_MARKED
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Letters.UTF16
    if (wide := _wide(sample)) is not None:
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(sample)
    except UnicodeDecodeError:
        valid = sample.decode("utf-8", "ignore")
        return Letters.CP1252 if valid.isascii() else Letters.UTF8_MIXED
    return Letters.UTF8


def is_text(sample: bytes) -> bool:
    """Whether this is the beginning of a text at all; stray NULs are forgiven."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _wide(sample) is not None:
        return True
    control = len(sample) - len(sample.translate(None, _CONTROL))
    return control <= max(_FEW_CONTROLS, len(sample) * _CONTROL_SHARE) and not sample.startswith(b"%PDF")


def separator_of(text: str, chosen: Sequence[tuple[str, str]]) -> str:
    """The separator that makes most of a text's beginning: known headers, rows of one length, many columns."""
    if text[:4].casefold() == "sep=" and text[4:5] in SEPARATORS:
        return text[4]

    def sense(separator: str) -> tuple[int, float, int]:
        rows = rows_of(text, separator)
        if not rows:
            return 0, 0.0, 0
        header = find_header(rows, chosen)
        width = len(header.names)
        alike = sum(len(row) == width for row in rows) / len(rows)
        return _known(header.names, chosen) if width > 1 else 0, alike if width > 1 else 0.0, width

    return max(SEPARATORS, key=sense)


def rows_of(text: str, separator: str) -> list[list[str]]:
    """The first rows of a text that are not blank."""
    lines = io.StringIO(text, newline="").readlines()
    return list(islice((cells for _, cells in read_records(lines, separator)), _ROWS_COMPARED))


def find_header(rows: Sequence[Sequence[str]], chosen: Sequence[tuple[str, str]]) -> Header:
    """The row with the most known names among the first ones; else the first row, or none in front of bare data."""
    offset = 1 if len(rows[0]) <= 2 and rows[0][0][:4].casefold() == "sep=" and len(rows) > 1 else 0
    rows = rows[offset:]
    best = max(range(min(len(rows), _HEADER_WITHIN)), key=lambda place: _known(rows[place], chosen))
    known = _known(rows[best], chosen)
    if known > 1 or (known == 1 and not _has_numbers(rows[best])):
        return Header(tuple(rows[best]), best + offset)
    if is_by_position(chosen) and _has_numbers(rows[0]):
        return Header(("",) * max(len(row) for row in rows), offset, is_there=False)
    return Header(tuple(rows[0]), offset)


def _known(row: Sequence[str], chosen: Sequence[tuple[str, str]]) -> int:
    """How many cells are names that we know or were told."""
    told = {squash(name) for _, name in chosen if name and not name.isdigit()}
    return known_headers(row) + len(told & {squash(cell) for cell in row})


def _has_numbers(row: Iterable[str]) -> bool:
    return any(cell.strip().replace(".", "").replace(",", "").isdecimal() for cell in row)


def _wide(sample: bytes) -> Letters | None:
    """UTF-16 without a mark: every other byte of Western text is NUL."""
    half = len(sample) // 2
    if half < 2:
        return None
    if sample[1::2].count(0) > half * 0.6 and sample[::2].count(0) < half * 0.1:
        return Letters.UTF16_LE
    return Letters.UTF16_BE if sample[::2].count(0) > half * 0.6 and sample[1::2].count(0) < half * 0.1 else None
