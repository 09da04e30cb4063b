"""Long work shared among processes: as many as there are cores, results in order, few pieces in flight."""

import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, NamedTuple, TypeVar

from digiwegweiser.batch.problems import BatchProblem, Problem

P = TypeVar("P")
R = TypeVar("R")

#: Fewer pieces are done here: each process would first have to read and judge nearly all words anew.
WORTH_A_CREW = 3
#: One process reads and writes for all others; each takes half a GiB of memory, and all together shall take about two.
MOST_PROCESSES = 3
#: So many pieces for each process may be begun before the oldest is done.
_AHEAD = 2
_THREADS = "POLARS_MAX_THREADS"
_PATIENCE_SECONDS = 5.0


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(begin: Callable[[], Callable[[P], R]], pieces: Iterable[P]) -> Generator[R, None, None]:
    """What comes of each piece, in the order of the pieces; whoever stops early closes the iterator.

    `begin` is called once in each process that works, and what it returns does the work there; it, the pieces and what
    comes of them can be pickled. Raises what the work raises, and BatchProblem if a process ends before its time.
    """
    pieces = iter(pieces)
    first = list(islice(pieces, WORTH_A_CREW))
    every, processes = chain(first, pieces), min(cores(), MOST_PROCESSES)
    if len(first) < WORTH_A_CREW or processes < 2:
        yield from map(begin(), every)
    else:
        with _started(begin, processes) as crew:
            yield from _shared(crew, every)


class _Failed(NamedTuple):
    """What the work raised."""

    error: Exception


def _shared(crew: list[Any], pieces: Iterable[Any]) -> Iterator[Any]:
    """Hands out pieces and takes what comes of them."""
    numbered = enumerate(pieces)
    idle, busy, done = list(crew), dict[Any, int](), dict[int, Any]()
    due, following = 0, next(numbered, None)
    while following is not None or busy or done:
        while idle and following is not None and following[0] < due + _AHEAD * len(crew):
            end = idle.pop()
            with _loss_told():
                end.send(following[1])
            busy[end] = following[0]
            following = next(numbered, None)
        while due in done:
            yield done.pop(due)
            due += 1
        for end in wait(list(busy)) if busy else ():
            done[busy.pop(end)] = _received(end)
            idle.append(end)


def _received(end: Any) -> Any:
    with _loss_told():
        found = end.recv()
    if isinstance(found, _Failed):
        raise found.error
    return found


@contextmanager
def _loss_told() -> Iterator[None]:
    """A pipe that nobody holds at the other end means that the process is gone."""
    try:
        yield
    except (EOFError, OSError):
        raise BatchProblem(Problem.PROCESS_LOST) from None


@contextmanager
def _started(begin: Callable[[], Callable[[Any], Any]], processes: int) -> Iterator[list[Any]]:
    """Pipes to processes that work until the pipe is closed; when the block fails they are ended at once."""
    context = get_context("spawn")
    ends, members = list[Any](), list[BaseProcess]()
    try:
        with _quiet(), _one_thread_each():
            for _ in range(processes):
                ours, theirs = context.Pipe()
                ends.append(ours)
                members.append(context.Process(target=_work, args=(theirs,), daemon=True))
                members[-1].start()
                # Only then does the end of the process close the pipe.
                theirs.close()
        for end in ends:
            # Not among the arguments: whoever is stopped while a process takes those leaves it with half of them.
            with _loss_told():
                end.send(begin)
        yield ends
        for end in ends:
            end.close()
        for member in members:
            member.join(_PATIENCE_SECONDS)
    finally:
        for member in members:
            if member.pid is not None and member.is_alive():
                member.kill()
                member.join()


@contextmanager
def _quiet() -> Iterator[None]:
    """Processes begun within hear nothing of Ctrl-C and of the end of the terminal: they end with this one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGHUP))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes begun within use one core each, unless the user has said otherwise."""
    if _THREADS in os.environ:
        yield
        return
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        del os.environ[_THREADS]


def _work(end: Any) -> None:
    """One process; it ends when nobody holds the other end of the pipe."""
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(ValueError):
        # Where signals cannot be blocked from outside.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        begin, work = end.recv(), None
        while True:
            piece = end.recv()
            try:
                work = work or begin()
                found = work(piece)
            except Exception as error:
                found = _Failed(error)
            end.send(found)


def _end_with_parent() -> None:
    """In the middle of a piece, too, if the parent was ended by force."""
    if parent := parent_process():
        parent.join()
        os._exit(1)
