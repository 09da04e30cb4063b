"""Tables that are text: CSV with any separator, and a JSON object a line."""

import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import IO, Any, TextIO

import polars as pl

from digiwegweiser.batch.chunk import About, Chunk, checked_width, chunk_rows, line_numbers, text_column
from digiwegweiser.batch.columns import unique
from digiwegweiser.batch.csv_blocks import LINE, LONGEST_LINE, SHOWN, CsvBlocks, text_blocks
from digiwegweiser.batch.dialect import SAMPLE, Letters, find_header, letters_of, rows_of, separator_of
from digiwegweiser.batch.inputs import Input
from digiwegweiser.batch.problems import BatchProblem, Problem, RowCode, RowFault

#: Three decimals after a point are thousands to a German reader; a fourth tells that they are none.
_LIKE_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}")


class _Text:
    """A text that is read from its beginning as often as needed, and how far that has come."""

    def __init__(self, found: Input) -> None:
        """Look at the beginning."""
        self._found, self._size, self._raw = found, max(found.size, 1), None
        with found.open() as (stream, raw):
            sample = stream.read(SAMPLE)
            share = min(raw.tell() / self._size, 1.0)
        self.letters: Letters = letters_of(sample)
        self.sample = sample.decode(self.letters.codec, self.letters.errors)
        if len(sample) == SAMPLE:
            # The last line is cut.
            self.sample = self.sample[: self.sample.rfind("\n") + 1] or self.sample
        lines = max(self.sample.count(end) for end in "\r\n")
        self.rows = round(lines / max(share, 1 / self._size))
        """About how many."""

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
            found.form, found.is_gzip, names, self._text.rows, self._text.letters, self._separator, header.is_there,
            header.rows_above,
        )  # fmt: skip

    def progress(self) -> float:
        """How much has been read, from 0 to 1."""
        return self._text.progress()

    def chunks(self, rows: int | None = None) -> Iterator[Chunk]:
        """The rows, so many at a time."""
        size = chunk_rows(len(self.about.names), rows)
        reader = CsvBlocks(self._separator, self.about.names, self._to_skip)
        table, faults = None, list[RowFault]()
        with self._text.open() as stream:
            for text, is_last in text_blocks(stream):
                found = reader.read(text, is_last)
                table = found.table if table is None else pl.concat([table, found.table])
                faults += found.faults
                while table.height >= size or (is_last and (table.height or faults)):
                    part, table = table.head(size), table.slice(size)
                    # Faults go with the rows before them, so that those of all chunks are in order.
                    until = part[LINE][-1] if table.height else None
                    told = tuple(fault for fault in faults if until is None or fault.line < until)
                    faults = [fault for fault in faults if until is not None and fault.line >= until]
                    yield Chunk(part.drop(LINE), part[LINE].alias("line"), told)


class JsonSource:
    """A JSON object a line; the columns are all keys of all lines, in the order in which they first come."""

    def __init__(self, found: Input) -> None:
        """Read all keys once. Raises BatchProblem."""
        self._text = _Text(found)
        keys: dict[str, None] = {}
        with self._text.open() as stream:
            for line in _text_lines(stream):
                parsed = _parse(line)
                if isinstance(parsed, dict) and not parsed.keys() <= keys.keys():
                    keys.update(dict.fromkeys(parsed))
                    checked_width(len(keys))
        if not keys:
            raise BatchProblem(Problem.EMPTY, name=found.name)
        self._keys = tuple(keys)
        names = (key.encode("utf-8", "replace").decode("utf-8") for key in keys)
        self.about = About(found.form, found.is_gzip, tuple(unique(list(names))), self._text.rows, self._text.letters)

    def progress(self) -> float:
        """How much has been read, from 0 to 1."""
        return self._text.progress()

    def chunks(self, rows: int | None = None) -> Iterator[Chunk]:
        """The rows, so many at a time."""
        size = chunk_rows(len(self._keys), rows)
        faults: list[RowFault] = []
        with self._text.open() as stream:
            objects = _objects(_text_lines(stream), faults.append)
            while True:
                taken = list(islice(objects, size))
                if not taken and not faults:
                    return
                columns = ([_json_text(found.get(key)) for _, found in taken] for key in self._keys)
                frame = pl.DataFrame([text_column(n, c) for n, c in zip(self.about.names, columns, strict=True)])
                yield Chunk(frame, line_numbers([line for line, _ in taken]), tuple(faults))
                faults.clear()


def _text_lines(stream: TextIO) -> Iterator[str]:
    """The lines of a text, without NULs. Raises BatchProblem if one is too long to be kept."""
    for number, line in enumerate(iter(partial(stream.readline, LONGEST_LINE), ""), 1):
        if len(line) == LONGEST_LINE:
            raise BatchProblem(Problem.LINE_TOO_LONG, line=number)
        yield line.replace("\0", "") if "\0" in line else line


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
