"""The command on many firms: `stapel`."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digiwegweiser.cli.inputs import load_adviser
from digiwegweiser.cli.options import AsOf, OwnFiles, count_of, day_of, option
from digiwegweiser.cli.output import refusal, tell
from digiwegweiser.exits import Exit, Stop

if TYPE_CHECKING:
    from digiwegweiser.register import Register

SHOWN = 5
NO_INPUT = "Es fehlt die Tabelle. So geht es: digiwegweiser stapel betriebe.csv -o wegweiser.csv"
_STANDARD = "-"
#: Polars gives memory back after half a second and has it anew, page by page, for the next rows; so it keeps it longer.
#: That is read when polars is loaded, here and in the processes that this one starts.
_ALLOCATOR, _KEEP = "_RJEM_MALLOC_CONF", "dirty_decay_ms:10000,muzzy_decay_ms:10000"


def stapel(
    eingabe: Annotated[
        str | None, typer.Argument(metavar="EINGABE", help="CSV, TSV, XLSX, JSONL, Parquet; - = Standardeingabe")
    ] = None,
    ausgabe: Annotated[
        str | None,
        typer.Option("--ausgabe", "-o", metavar="DATEI", help=".csv .tsv .xlsx .jsonl .parquet; - = Standardausgabe"),
    ] = None,
    fehler: Annotated[Path | None, option("--fehler", "DATEI", "Fehlerhafte Zeilen; sonst NAME.fehler.csv")] = None,
    spalten: Annotated[
        list[str] | None, option("--spalten", "ANGABE=SPALTE", "Welche Spalte was ist: plz=Postl,gewerk=5")
    ] = None,
    blatt: Annotated[str | None, option("--blatt", "NAME|NUMMER", "Blatt der Excel-Mappe; sonst das erste")] = None,
    anzahl: Annotated[str | None, option("--anzahl", "ZAHL", f"Angebote je Betrieb; sonst {SHOWN}")] = None,
    lang: Annotated[bool, typer.Option("--lang", help="Eine Zeile je Betrieb und Angebot")] = False,
    excel: Annotated[bool, typer.Option("--excel", help="CSV so, dass Excel sie gleich richtig öffnet")] = False,
    probe: Annotated[str | None, option("--probe", "ZAHL", "Nur zeigen, was aus den ersten Zeilen würde")] = None,
    ueberschreiben: Annotated[bool, typer.Option("--ueberschreiben", help="Vorhandene Dateien ersetzen")] = False,
    still: Annotated[bool, typer.Option("--still", help="Nur Fehler melden")] = False,
    stichtag: AsOf = None,
    katalog: OwnFiles = None,
) -> int:
    """Viele Betriebe auf einmal: aus einer Tabelle je Zeile der Wegweiser."""
    if eingabe is None:
        raise Stop(Exit.WRONG_CALL, NO_INPUT)
    as_of, shown, rows = day_of(stichtag), count_of(anzahl) or SHOWN, count_of(probe, "--probe")
    adviser = load_adviser(katalog)
    os.environ.setdefault(_ALLOCATOR, _KEEP)
    from digiwegweiser.batch.problems import BatchProblem
    from digiwegweiser.register import Call, is_unreadable, opened, problem_text

    output = _STANDARD if rows else _output(eingabe, ausgabe)
    may_replace = ueberschreiben or rows is not None
    call = Call(eingabe, output, fehler, tuple(spalten or ()), blatt, shown, lang, excel, may_replace)
    try:
        with _ended_by_signals(), opened(adviser, as_of, call, sys.stdin.buffer) as register:
            if not still:
                tell(register.reading_text())
            if not rows:
                return Exit.PARTLY if _write(register, still) else Exit.DONE
            return Exit.PARTLY if _show(register, rows) else Exit.DONE
    except BatchProblem as error:
        raise Stop(Exit.UNREADABLE if is_unreadable(error) else Exit.WRONG_CALL, problem_text(error)) from None
    except OSError as error:
        if error.filename is None:
            # A stream, which the end of the process may not try to write to once more.
            raise
        raise Stop(Exit.UNREADABLE, refusal(error)) from None


def _output(source: str, output: str | None) -> str:
    """The file asked for; without one, what would run over a terminal goes into a file beside the input."""
    if output is not None:
        return output
    if source == _STANDARD or not sys.stdout.isatty():
        return _STANDARD
    from digiwegweiser.register import beside_of

    return str(beside_of(Path(source), "wegweiser"))


def _show(register: "Register", rows: int) -> bool:
    """Writes what would come of the first rows, and whether any of them is faulty."""
    has_fault = False
    for text, is_faulty in register.probe(rows):
        typer.echo(text)
        has_fault |= is_faulty
    return has_fault


def _write(register: "Register", still: bool) -> int:
    """Writes everything with a progress bar, and how many rows were faulty."""
    from digiwegweiser.register import Streams
    from digiwegweiser.render.progress import ProgressLine

    is_shown = sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "", None) and not still
    line = ProgressLine(sys.stderr, time.monotonic, is_shown)
    try:
        told: list[str] = []
        faulty = register.write(Streams(sys.stdout.buffer, told.append, line.show))
    finally:
        line.clear()
    for text in () if still else told:
        tell(text)
    return faulty


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Being told to end is the same as Ctrl-C: what was begun is taken away."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # What is ignored, as below nohup, stays so; other threads, as in tests, may not ask.
    is_main = threading.current_thread() is threading.main_thread()
    ours = [number for number in numbers if is_main and signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, stop)
    if hasattr(signal, "siginterrupt"):
        # Polars has Ctrl-C begin anew what it interrupts: whoever waits for a sender who says nothing would wait on.
        signal.siginterrupt(signal.SIGINT, True)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)
