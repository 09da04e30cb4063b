"""Use case: a whole register of firms, from a table to a table, chunk by chunk."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, BinaryIO, NamedTuple

import polars as pl

from digiwegweiser.app import Adviser
from digiwegweiser.batch.aside import refuse_existing, to_disk, written_aside
from digiwegweiser.batch.cells import firms
from digiwegweiser.batch.chunk import Chunk, Source, chunk_rows, line_numbers
from digiwegweiser.batch.columns import ROLE_WORDS, Columns, recognise, split_choice
from digiwegweiser.batch.crew import in_order
from digiwegweiser.batch.matched import Summary
from digiwegweiser.batch.pieces import Assembler, Layout
from digiwegweiser.batch.problems import UNREADABLE, BatchProblem, Problem
from digiwegweiser.batch.sinks import Behind, Encoder, OutForm, Sink, Style, open_sink, style_of
from digiwegweiser.batch.sources import open_source
from digiwegweiser.render.register import (
    Probed,
    Reading,
    Reason,
    Totals,
    batch_problem_text,
    probe_text,
    reading_text,
    row_fault_text,
    totals_text,
)

STANDARD = "-"
_COMMONEST_REASONS, _COMMONEST_OFFERS = 3, 5
#: Of faults that no file takes so many are told.
_FAULTS_TOLD = 20


class Call(NamedTuple):
    """What is asked for."""

    source: str
    """A file, or "-" for standard input."""
    output: str | None = None
    """A file; "-" or None for standard output."""
    faults: Path | None = None
    """None = beside the output, or told if there is no file beside which it could lie."""
    columns: Sequence[str] = ()
    """As after `--spalten`."""
    sheet: str | None = None
    shown: int = 5
    is_long: bool = False
    for_excel: bool = False
    may_replace: bool = False


class Streams(NamedTuple):
    """What a run reads and writes besides files."""

    standard_output: BinaryIO
    tell: Callable[[str], None]
    """Takes messages."""
    watch: Callable[[int, float], None]
    """Takes the number of rows read and the share of the input, from 0 to 1."""


class Tally:
    """Counts over all chunks."""

    def __init__(self) -> None:
        self.rows = 0
        self.summary = Summary(0, 0, 0, 0, Counter())
        self._reasons: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], tuple[str, str]] = {}

    def add(self, rows: int, summary: Summary, faults: pl.DataFrame) -> None:
        """Counts one chunk."""
        self.rows += rows
        self.summary = self.summary.plus(summary)
        for _, column, value, code, message, _ in faults.iter_rows():
            self._reasons[column or "", code] += 1
            self._examples.setdefault((column or "", code), (value, message.partition("\n")[0]))

    def totals(self, names: Callable[[str], str]) -> Totals:
        """The counts as they are told; `names` are those of the offers by id."""
        found, reasons = self.summary, self._reasons.most_common(_COMMONEST_REASONS)
        return Totals(
            self.rows,
            found.firms,
            found.guessed,
            found.faulty,
            found.without_local,
            [Reason(count, *key, *self._examples[key]) for key, count in reasons],
            [(names(offer), count) for offer, count in found.named.most_common(_COMMONEST_OFFERS)],
        )


class _Done(NamedTuple):
    """What came of one chunk."""

    block: memoryview
    """The rows of the output, encoded."""
    faults: pl.DataFrame
    rows: int
    summary: Summary


class _Job(NamedTuple):
    """All that a process must know to work on chunks."""

    adviser: Adviser
    as_of: date
    columns: Columns
    layout: Layout
    style: Style

    def assembler(self) -> Assembler:
        """What makes pieces of chunks."""
        return Assembler(self.adviser.engine(self.as_of), self.columns, self.layout, row_fault_text)

    def begin(self) -> Callable[[tuple[Chunk, bool]], _Done]:
        """What makes a part of the output of a chunk and whether it is the first one."""
        assembler, encoder = self.assembler(), Encoder(self.style)

        def work(given: tuple[Chunk, bool]) -> _Done:
            chunk, is_first = given
            piece = assembler.piece(chunk)
            return _Done(encoder.encoded(piece.frame, is_first), piece.faults, piece.rows, piece.summary)

        return work


class Register:
    """A table that was opened, and what its columns are."""

    def __init__(self, adviser: Adviser, as_of: date, call: Call, source: Source) -> None:
        """Raises BatchProblem if no column says anything of the firms."""
        labels = {need.code: need.label for need in adviser.needs.needs}
        self._adviser, self._as_of, self._call, self._source = adviser, as_of, call, source
        self._columns: Columns = recognise(source.about.names, labels, split_choice(call.columns))

    def reading_text(self) -> str:
        """How the table was read."""
        about = self._source.about
        columns = [(column.role.value, column.name) for column in self._columns]
        return reading_text(
            Reading(
                about.form.value, about.is_gzip, about.letters, about.separator, about.sheet, about.other_sheets,
                len(about.names), about.has_header, about.rows_above, columns,
            )
        )  # fmt: skip

    def write(self, streams: Streams) -> int:
        """Writes offers and faults, and tells how it went; the number of faulty rows. Raises BatchProblem, OSError."""
        call, tally = self._call, Tally()
        target, style = output_of(call)
        with written_aside(call.may_replace) as open_aside, ThreadPoolExecutor(1) as pool:
            stream = streams.standard_output if target is None else open_aside(target)
            # To the disk at once, while the next rows are matched: at the end all would have to wait for it.
            sink = Behind(open_sink(stream, style), pool, stream.flush if target is None else partial(to_disk, stream))
            faults = _FaultSink(faults_of(call), call, open_aside, streams.tell)
            layout, shares = Layout(call.shown, call.is_long, style.form is OutForm.JSONL), deque[float]()
            job, about = _Job(self._adviser, self._as_of, self._columns, layout, style), self._source.about
            chunks = about.rows // chunk_rows(len(about.names))
            with closing(in_order(job.begin, self._given(shares), chunks)) as every:
                for done in every:
                    sink.write(done.block)
                    faults.write(done.faults)
                    tally.add(done.rows, done.summary, done.faults)
                    streams.watch(tally.rows, shares.popleft())
            sink.close()
            faults.close()
        faults.clear()
        self._tell_end(streams.tell, tally, target, faults)
        return tally.summary.faulty

    def probe(self, rows: int) -> Iterator[tuple[str, bool]]:
        """What would come of the first rows: for each a text, and whether it is faulty."""
        layout = Layout(self._call.shown, is_json=True)
        assembler = _Job(self._adviser, self._as_of, self._columns, layout, Style()).assembler()
        for chunk in islice(self._source.chunks(rows), 1):
            piece = assembler.piece(chunk)
            answers = dict(zip(chunk.lines, firms(chunk.frame, self._columns).iter_rows(named=True), strict=True))
            found = {row["line"]: row for row in piece.frame.iter_rows(named=True)}
            faults: dict[int, list[tuple[str | None, str, str | None]]] = {}
            for line, column, _, _, message, suggestion in piece.faults.iter_rows():
                faults.setdefault(line, []).append((column, message, suggestion))
            for line in sorted(faults.keys() | found.keys()):
                row = found.get(line, {})
                told = faults.get(line, ())
                probed = Probed(line, answers.get(line, {}), row.get("results", ()), row.get("hints"), told)
                yield probe_text(probed), bool(told)

    def _given(self, shares: deque[float]) -> Iterator[tuple[Chunk, bool]]:
        """Each chunk and whether it is the first; appends how much of the source has been read by then."""
        for number, chunk in enumerate(self._chunks()):
            shares.append(self._source.progress())
            yield chunk, number == 0

    def _chunks(self) -> Iterator[Chunk]:
        """The chunks of the source; one without rows if it has none, so that there is a header."""
        is_empty = True
        for chunk in self._source.chunks():
            is_empty = False
            yield chunk
        if is_empty:
            names = self._source.about.names
            yield Chunk(pl.DataFrame(schema=dict.fromkeys(names, pl.String)), line_numbers(()))

    def _tell_end(self, tell: Callable[[str], None], tally: Tally, target: Path | None, faults: "_FaultSink") -> None:
        offers = self._adviser.offers
        tell(totals_text(tally.totals(lambda name: offers[name].name)))
        written = [str(path) for path in (target, faults.written) if path is not None]
        if written:
            tell(f"Geschrieben: {', '.join(written)}")


class _FaultSink:
    """The file of faults, which is there only if there are faults; without a file the first ones are told."""

    def __init__(
        self, path: Path | None, call: Call, open_aside: Callable[[Path], BinaryIO], tell: Callable[[str], None]
    ) -> None:
        self._path, self._call, self._open_aside, self._tell = path, call, open_aside, tell
        self._style = Style(for_excel=call.for_excel)
        self._encoder = Encoder(self._style)
        self._sink: Sink | None = None
        self._told = 0

    @property
    def written(self) -> Path | None:
        """The file, if there is one."""
        return self._path if self._sink is not None else None

    def write(self, faults: pl.DataFrame) -> None:
        """Takes the faults of a chunk."""
        if faults.is_empty():
            return
        if self._path is None:
            self._tell_some(faults)
            return
        is_first = self._sink is None
        if self._sink is None:
            self._sink = open_sink(self._open_aside(self._path), self._style)
        self._sink.write(self._encoder.encoded(faults, is_first))

    def close(self) -> None:
        """Ends the file."""
        if self._sink is not None:
            self._sink.close()

    def clear(self) -> None:
        """Takes away an older file, which could be taken for that of this run."""
        if self._sink is None and self._path is not None:
            self._path.unlink(missing_ok=True)

    def _tell_some(self, faults: pl.DataFrame) -> None:
        for line, column, _, _, message, _ in faults.head(_FAULTS_TOLD - self._told).iter_rows():
            where = f", Spalte „{column}“" if column else ""
            self._tell(f"Zeile {line}{where}: {message}")
        if self._told < _FAULTS_TOLD <= self._told + faults.height:
            self._tell("Alle Fehler nennt eine Datei: --fehler DATEI.")
        self._told += faults.height


@contextmanager
def opened(adviser: Adviser, as_of: date, call: Call, standard_input: IO[bytes]) -> Iterator[Register]:
    """The table of a call, ready to be read. Raises BatchProblem, OSError."""
    _refuse_targets(call)
    with TemporaryDirectory(prefix="digiwegweiser-") as folder:
        chosen = split_choice(call.columns)
        source = open_source(call.source, standard_input, Path(folder), chosen, call.sheet)
        yield Register(adviser, as_of, call, source)


def _refuse_targets(call: Call) -> None:
    """Raises BatchProblem if a file that would be written is there, or is the input, or both are one."""
    output, faults = output_of(call)[0], faults_of(call)
    taken = [] if call.source == STANDARD else [Path(call.source).resolve()]
    for target in (output, faults):
        if target is not None:
            if target.resolve() in taken:
                raise BatchProblem(Problem.SAME_FILE, name=str(target))
            taken.append(target.resolve())
            refuse_existing(target, call.may_replace)


def output_of(call: Call) -> tuple[Path | None, Style]:
    """The file that is written, None for standard output, and how. Raises BatchProblem."""
    if call.output is None or call.output == STANDARD:
        return None, Style(for_excel=call.for_excel)
    path = Path(call.output)
    return path, style_of(path, call.for_excel)


def faults_of(call: Call) -> Path | None:
    """The file of faults: the one asked for, or one beside the output or else the input."""
    if call.faults is not None:
        return call.faults
    beside = call.output if call.output not in (None, STANDARD) else call.source
    return None if beside == STANDARD else beside_of(Path(beside or ""), "fehler")


def beside_of(path: Path, word: str) -> Path:
    """A CSV file beside a table: betriebe.csv.gz gives betriebe.fehler.csv."""
    stem = path.name.removesuffix(".gz")
    return path.with_name(f"{Path(stem).stem}.{word}.csv")


def problem_text(error: BatchProblem) -> str:
    """Why the table can't be read or written, and what to do."""
    return batch_problem_text(error.problem.value, error.details, ROLE_WORDS.values())


def is_unreadable(error: BatchProblem) -> bool:
    """Whether the file is at fault and not the call."""
    return error.problem in UNREADABLE
