"""Long work shared among processes: as many as there are cores, results in order, few pieces in flight."""

import gc
import os
import signal
import socket
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.process import BaseProcess
from select import select
from threading import Thread
from typing import Any, NamedTuple, TypeVar, cast

from digiwegweiser.batch.connection import End, Room
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


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(begin: Callable[[], Callable[[P], R]], pieces: Iterable[P], about: int) -> Generator[R, None, None]:
    """What comes of each piece, in the order of the pieces, of which there are about so many.

    Whoever stops early closes the iterator.

    `begin` is called once in each process that works, and what it returns does the work there; it, the pieces and what
    comes of them can be pickled; views of memory can, too. Raises what the work raises, and BatchProblem if a process
    ends before its time.
    """
    processes = min(cores(), MOST_PROCESSES)
    if about < WORTH_A_CREW or processes < 2:
        yield from map(begin(), pieces)
    else:
        with ThreadPoolExecutor(1) as pool:
            # The first piece is fetched while the processes start; signals are left to the thread that starts them.
            with _quiet():
                ahead = _ahead(iter(pieces), pool)
            with _started(begin, processes) as crew:
                yield from _shared(crew, ahead)


class _Failed(NamedTuple):
    """What the work raised."""

    error: Exception


def _ahead(pieces: Iterator[P], pool: ThreadPoolExecutor) -> Iterator[P]:
    """The pieces; each is fetched while the one before it is in use. Whoever stops waits for the one being fetched."""
    nothing = object()
    following = pool.submit(next, pieces, nothing)

    def each() -> Iterator[P]:
        nonlocal following
        while (piece := following.result()) is not nothing:
            following = pool.submit(next, pieces, nothing)
            yield cast("P", piece)

    return each()


def _shared(crew: list[End], pieces: Iterable[Any]) -> Iterator[Any]:
    """Hands out pieces and takes what comes of them."""
    numbered = enumerate(pieces)
    idle, busy, done = list(crew), dict[End, int](), dict[int, Any]()
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
        for end in select(list(busy), (), ())[0] if busy else ():
            done[busy.pop(end)] = _received(end)
            idle.append(end)


def _received(end: End) -> Any:
    with _loss_told():
        found = end.receive()
    if isinstance(found, _Failed):
        raise found.error
    return found


@contextmanager
def _loss_told() -> Iterator[None]:
    """A connection that nobody holds at the other end means that the process is gone."""
    try:
        yield
    except (EOFError, OSError):
        raise BatchProblem(Problem.PROCESS_LOST) from None


@contextmanager
def _started(begin: Callable[[], Callable[[Any], Any]], processes: int) -> Iterator[list[End]]:
    """Connections to processes that work until the block ends."""
    context = get_context("spawn")
    ends, members, room = list[End](), list[BaseProcess](), Room()
    try:
        with _quiet(), _one_thread_each():
            for _ in range(processes):
                ours, theirs = socket.socketpair()
                ends.append(End(ours, room))
                members.append(context.Process(target=_work, args=(theirs,), daemon=True))
                members[-1].start()
                # Only then does the end of the process close the connection.
                theirs.close()
        for end in ends:
            # Not among the arguments: whoever is stopped while a process takes those leaves it with half of them.
            with _loss_told():
                end.send(begin)
        yield ends
    finally:
        # They hold nothing that could be lost; to end in order would take them half a second.
        begun = [member for member in members if member.pid is not None]
        for member in begun:
            member.kill()
        for member in begun:
            member.join()
        for end in ends:
            end.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Processes begun within hear nothing of Ctrl-C and of the end of the terminal: they end with this one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Begun together with the first process, it would let the signals through.
    resource_tracker.ensure_running()
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


def _work(connected: socket.socket) -> None:
    """One process; it ends when nobody holds the other end."""
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(ValueError):
        # Where signals cannot be blocked from outside.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What was read once lives to the end: looking for cycles in it again and again finds none.
    gc.disable()
    end = End(connected, Room())
    with suppress(EOFError, OSError):
        begin, work = end.receive(), None
        while True:
            piece = end.receive()
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
