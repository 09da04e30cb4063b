"""Work shared among processes: the same, in the same order, whoever does it; and nobody is left when it ends."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from cli.console import TODAY, call

from digiwegweiser.batch import chunk, crew
from digiwegweiser.batch.crew import WORTH_A_CREW, in_order
from digiwegweiser.batch.problems import BatchProblem, Problem
from digiwegweiser.exits import Exit

#: Each test starts processes that load the catalogue.
pytestmark = pytest.mark.slow

MANY = 9


def slow_first() -> Callable[[int], tuple[int, int]]:
    """Says the piece and who worked; the first piece takes longest."""

    def work(piece: int) -> tuple[int, int]:
        time.sleep(0.3 if piece == 0 else 0)
        return piece, os.getpid()

    return work


def failing(error: Exception) -> Callable[[int], int]:
    """Raises the error at the second piece."""

    def work(piece: int) -> int:
        if piece == 1:
            raise error
        return piece

    return work


def dying(number: int) -> Callable[[int], int]:
    """Is ended by a signal at the second piece."""

    def work(piece: int) -> int:
        if piece == 1:
            os.kill(os.getpid(), number)
        return piece

    return work


@pytest.fixture(params=[1, 2, 3])
def cores(request, monkeypatch) -> int:
    monkeypatch.setattr(crew, "cores", lambda: request.param)
    return request.param


@pytest.fixture
def _two_cores(monkeypatch) -> None:
    monkeypatch.setattr(crew, "cores", lambda: 2)


def test_results_come_in_order_from_as_many_processes_as_there_are_cores(cores):
    found = list(in_order(slow_first, range(MANY), MANY))
    assert [piece for piece, _ in found] == list(range(MANY))
    workers = {worker for _, worker in found}
    assert (workers == {os.getpid()}) == (cores == 1)
    assert len(workers) <= cores
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("_two_cores")
@pytest.mark.parametrize(("pieces", "is_here"), [(0, True), (WORTH_A_CREW - 1, True), (WORTH_A_CREW, False)])
def test_little_work_is_done_here(pieces, is_here):
    workers = {worker for _, worker in in_order(slow_first, range(pieces), pieces)}
    assert (workers <= {os.getpid()}) == is_here


@pytest.mark.usefixtures("_two_cores")
@pytest.mark.parametrize(("pieces", "about"), [(0, MANY), (1, MANY), (MANY, 0)])
def test_all_is_done_however_many_pieces_were_thought_to_come(pieces, about):
    assert [piece for piece, _ in in_order(slow_first, range(pieces), about)] == list(range(pieces))
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("_two_cores")
def test_few_pieces_are_in_flight():
    read = []

    def pieces() -> Iterator[int]:
        for piece in range(100):
            read.append(piece)
            yield piece

    for piece, _ in in_order(slow_first, pieces(), 100):
        assert len(read) <= piece + 2 * 2 + 2
    assert len(read) == 100


def test_what_the_work_raises_is_raised_here_with_all_it_says(cores):
    error = BatchProblem(Problem.TOO_MANY_COLUMNS, count=cores)
    with pytest.raises(BatchProblem) as raised:
        list(in_order(partial(failing, error), range(MANY), MANY))
    assert (raised.value.problem, raised.value.details) == (error.problem, error.details)
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("_two_cores")
def test_a_process_that_is_ended_ends_the_work_with_a_word():
    with pytest.raises(BatchProblem) as raised:
        list(in_order(partial(dying, signal.SIGKILL), range(MANY), MANY))
    assert raised.value.problem is Problem.PROCESS_LOST
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("_two_cores")
def test_ctrl_c_is_for_the_one_that_reads_and_writes():
    assert list(in_order(partial(dying, signal.SIGINT), range(MANY), MANY)) == list(range(MANY))


def blocked() -> Callable[[int], bool]:
    return lambda piece: signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_no_process_hears_ctrl_c_while_it_starts():
    """Nor the very first ones, with which Python begins a process of its own."""
    code = (
        "from test_crew import blocked; from digiwegweiser.batch import crew; crew.cores = lambda: 2;"
        "print(*crew.in_order(blocked, range(3), 3))"
    )
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["True"] * 3


@pytest.mark.usefixtures("_two_cores")
def test_whoever_stops_early_leaves_nobody_behind():
    every = in_order(slow_first, range(MANY), MANY)
    next(every)
    assert len(multiprocessing.active_children()) == 2
    every.close()
    assert not multiprocessing.active_children()


# --- stapel ----------------------------------------------------------------------------------------------------------

HEADER = "PLZ;Ort;Gewerk;MA;Bedarf\n"
FIRMS = (
    "59555;Lippstadt;Tischlerei;8;Zeiterfassung ohne Zettel", "1067;Dresden;Friseur;3;Onlineshop und Homepage",
    "80331;München;Tischlerrei;;Homepage;mehr", "59555;Lippstadt;Xyzabc;viele;Homepage", "20095;;Bäckerei;12;Kasse",
    ";;;;", "26122;Oldenburg;Elektro;40;Wir wurden gehackt", "99084;#NV;Maler;5;",
)  # fmt: skip


@pytest.fixture
def register(tmp_path, monkeypatch) -> Path:
    """Seven chunks, faults among them."""
    monkeypatch.setattr(chunk, "CHUNK_ROWS", 30)
    source = tmp_path / "betriebe.csv"
    source.write_text(HEADER + "".join(f"{FIRMS[n * n // 7 % len(FIRMS)]}\n" for n in range(200)), encoding="utf-8")
    return source


@pytest.mark.parametrize(("name", "most"), [("w.csv", 3), ("w.jsonl", 2), ("w.parquet", 2)])
def test_the_files_are_the_same_whoever_made_them(register, monkeypatch, name, most):
    found = []
    for many in range(1, most + 1):
        monkeypatch.setattr(crew, "cores", lambda many=many: many)
        output, faults = register.with_name(f"{many}-{name}"), register.with_name(f"{many}-fehler.csv")
        run = call("stapel", str(register), "-o", str(output), "--fehler", str(faults), "--stichtag", TODAY)
        assert run.code == Exit.PARTLY, run.err
        summary = run.err.rpartition("\x1b[K")[2].partition("Geschrieben")[0]
        assert "Zeilen gelesen" in summary
        found.append((summary, faults.read_bytes(), output.read_bytes()))
    assert found == [found[0]] * most


@pytest.mark.usefixtures("_two_cores")
def test_a_lost_process_is_told_in_german_and_leaves_nothing(register, monkeypatch):
    def lost(*_: object) -> None:
        raise BatchProblem(Problem.PROCESS_LOST)

    monkeypatch.setattr(crew, "_received", lost)
    run = call("stapel", str(register), "-o", str(register.parent / "w.csv"), "--stichtag", TODAY)
    assert run.code == Exit.UNREADABLE
    assert "von außen beendet" in run.err
    assert [path.name for path in register.parent.iterdir()] == [register.name]
    assert not multiprocessing.active_children()
