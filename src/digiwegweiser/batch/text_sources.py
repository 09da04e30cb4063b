"""Tables that are text: CSV with any separator, and a JSON object a line."""

import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any, TextIO

import polars as pl

from digiwegweiser.batch.chunk import About, Chunk, checked_width, chunk_rows, line_numbers, text_column
from digiwegweiser.batch.columns import unique
from digiwegweiser.batch.dialect import SAMPLE, Letters, find_header, letters_of, rows_of, separator_of
from digiwegweiser.batch.inputs import Input
from digiwegweiser.batch.problems import BatchProblem, Problem, RowCode, RowFault
from digiwegweiser.batch.records import SHOWN, read_records, text_lines

#: Three decimals after a point are thousands to a German reader; a fourth tells that they are none.
_LIKE_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}")


class _Text:
    """A text that is read from its beginning as often as needed, and how far that has come."""

    def __init__(self, found: Input) -> None:
        """Look at the beginning."""
        self._found, self._size, self._raw = found, max(found.size, 1), None
        with found.open() as (stream, _):
            sample = stream.read(SAMPLE)
        self.letters: Letters = letters_of(sample)
        self.sample = sample.decode(self.letters.codec, self.letters.errors)
        if len(sample) == SAMPLE:
            # The last line is cut.
            self.sample = self.sample[: self.sample.rfind("\n") + 1] or self.sample

    _raw: IO[bytes] | None

    @contextmanager
    def open(self) -> Iterator[TextIO]:
        """The whole text; line ends stay as they are."""
        with self._found.open() as (stream, raw):
            self._raw = raw
            yield io.TextIOWrapper(stream, self.letters.codec, self.letters.errors, newline="")
            self._raw = None

    def progress(self) -> float:
        """How much has been read, from 0 to 1."""
        return 1.0 if self._raw is None else min(self._raw.tell() / self._size, 1.0)


class CsvSource:
    """Records with a separator; blank ones are no rows."""

    def __init__(self, found: Input, chosen: Sequence[tuple[str, str]]) -> None:
        """Find separator and header at the beginning. Raises BatchProblem."""
        self._text = _Text(found)
        sample = self._text.sample.replace("\0", "")
        self._separator = separator_of(sample, chosen)
        rows = rows_of(sample, self._separator)
        if not rows:
            raise BatchProblem(Problem.EMPTY, name=found.name)
        header = find_header(rows, chosen)
        checked_width(len(header.names))
        self._to_skip = header.rows_above + header.is_there
        names = tuple(unique(header.names))
        self.about = About(
            found.form, found.is_gzip, names, self._text.letters, self._separator, header.is_there, header.rows_above
        )

    def progress(self) -> float:
        """How much has been read, from 0 to 1."""
        return self._text.progress()

    def chunks(self, rows: int | None = None) -> Iterator[Chunk]:
        """The rows, so many at a time."""
        width = len(self.about.names)
        size = chunk_rows(width, rows)
        faults: list[RowFault] = []
        with self._text.open() as stream:
            records = read_records(text_lines(stream), self._separator, faults.append)
            filled = ((line, cells) for line, cells in records if "".join(cells).strip())
            firms = islice(filled, self._to_skip, None)
            while True:
                lines, table = _take_rows(firms, size, width, faults)
                if not lines and not faults:
                    return
                yield self._chunk(lines, table, tuple(faults))
                faults.clear()

    def _chunk(self, lines: list[int], table: list[list[str]], faults: tuple[RowFault, ...]) -> Chunk:
        columns = zip(*table, strict=True) if table else ((),) * len(self.about.names)
        frame = pl.DataFrame([text_column(n, c) for n, c in zip(self.about.names, columns, strict=True)])
        return Chunk(frame, line_numbers(lines), faults)


def _take_rows(
    records: Iterator[tuple[int, list[str]]], size: int, width: int, faults: list[RowFault]
) -> tuple[list[int], list[list[str]]]:
    """Up to so many rows of the right width: what is missing at the end is empty, what is too much is a fault."""
    lines, table = [], []
    for line, cells in islice(records, size):
        if len(cells) != width:
            if any(cell.strip() for cell in cells[width:]):
                surplus = " ".join(" ".join(cells[width:]).split())
                faults.append(RowFault(line, None, surplus[:SHOWN], RowCode.TOO_MANY_CELLS))
                continue
            cells = (cells + [""] * (width - len(cells)))[:width]  # noqa: PLW2901 - the same cells, mended
        lines.append(line)
        table.append(cells)
    return lines, table


class JsonSource:
    """A JSON object a line; the columns are all keys of all lines, in the order in which they first come."""

    def __init__(self, found: Input) -> None:
        """Read all keys once. Raises BatchProblem."""
        self._text = _Text(found)
        keys: dict[str, None] = {}
        with self._text.open() as stream:
            for line in text_lines(stream):
                parsed = _parse(line)
                if isinstance(parsed, dict) and not parsed.keys() <= keys.keys():
                    keys.update(dict.fromkeys(parsed))
                    checked_width(len(keys))
        if not keys:
            raise BatchProblem(Problem.EMPTY, name=found.name)
        self._keys = tuple(keys)
        names = (key.encode("utf-8", "replace").decode("utf-8") for key in keys)
        self.about = About(found.form, found.is_gzip, tuple(unique(list(names))), self._text.letters)

    def progress(self) -> float:
        """How much has been read, from 0 to 1."""
        return self._text.progress()

    def chunks(self, rows: int | None = None) -> Iterator[Chunk]:
        """The rows, so many at a time."""
        size = chunk_rows(len(self._keys), rows)
        faults: list[RowFault] = []
        with self._text.open() as stream:
            objects = _objects(text_lines(stream), faults.append)
            while True:
                taken = list(islice(objects, size))
                if not taken and not faults:
                    return
                columns = ([_json_text(found.get(key)) for _, found in taken] for key in self._keys)
                frame = pl.DataFrame([text_column(n, c) for n, c in zip(self.about.names, columns, strict=True)])
                yield Chunk(frame, line_numbers([line for line, _ in taken]), tuple(faults))
                faults.clear()


def _objects(lines: Iterator[str], report: Callable[[RowFault], None]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects with their lines; blank lines are none, and anything else is reported."""
    for number, line in enumerate(lines, 1):
        text = line.strip().lstrip("\ufeff")
        if not text:
            continue
        parsed = _parse(text)
        if isinstance(parsed, dict):
            yield number, parsed
        else:
            report(RowFault(number, None, text[:SHOWN], RowCode.NO_JSON if parsed is None else RowCode.NO_OBJECT))


def _parse(line: str) -> Any:
    """The parsed line with all numbers as text; None if it is no JSON."""
    try:
        return json.loads(line.lstrip("\ufeff"), parse_int=str, parse_float=_decimal, parse_constant=str)
    except (ValueError, RecursionError):
        return None


def _decimal(number: str) -> str:
    """A JSON number that nobody takes for thousands."""
    if "e" in number or "E" in number:
        plain = f"{float(number):f}".rstrip("0").rstrip(".")
        return plain if plain not in ("inf", "-inf") else number
    return number + "0" if _LIKE_THOUSANDS.fullmatch(number) else number


def _json_text(value: Any) -> str | None:
    """A value as one cell; lists of words are parted by semicolons."""
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case list() if all(isinstance(one, str) for one in value):
            return "; ".join(value)
        case _:
            return json.dumps(value, ensure_ascii=False)
