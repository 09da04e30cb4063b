"""`stapel` side by side with what else one could do, measured in one run; ratios go to benchmarks/README.md.

python benchmarks/batch.py [--rows 10000 100000 1000000] [--write]

Needs the extra `benchmark` for the comparison with GoRules ZEN, which is left out aloud where it is missing.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from seeded_register import register

DAY = date(2026, 11, 22)
HERE = Path(__file__).parent
#: Goals: times the floor, GiB, times the rows a second of ZEN.
FLOOR_BAR, GIB_BAR, ZEN_BAR = 6.0, 2.0, 100.0
SAMPLED_SECONDS = 0.05
TRIES = 3
SCALAR_ROWS, ZEN_ROWS, ZEN_CHECKED = 300, 2_000, 200
#: The floor in a process of its own: the output is read before the clock runs, since only its writing counts.
FLOOR = """
import sys, time, polars as pl
given, found, target = sys.argv[1:]
output = pl.read_csv(found, infer_schema=False)
start = time.perf_counter()
pl.read_csv(given, infer_schema=False)
output.write_csv(target)
print(time.perf_counter() - start)
"""


class Other(NamedTuple):
    """Something else that one could do, on a sample of firms."""

    name: str
    firms: int
    work: Callable[[], object]
    goal: float | None = None
    """How many times its rows a second `stapel` shall do."""


class Measured(NamedTuple):
    """One size of the register."""

    rows: int
    seconds: float
    peak_gib: float
    floor_seconds: float
    others: Sequence[float] = ()
    """Rows a second of each."""

    @property
    def rows_per_second(self) -> float:
        """Of the command."""
        return self.rows / self.seconds

    @property
    def times_floor(self) -> float:
        """How many times the floor the command takes."""
        return self.seconds / self.floor_seconds


def run(call: Sequence[str]) -> None:
    """Waits for a child; exit code 1 means that rows were faulty."""
    if (code := subprocess.run(call, stdout=subprocess.DEVNULL, check=False).returncode) not in (0, 1):
        raise SystemExit(f"{' '.join(call)} ended with {code}")


def peak_gib(call: Sequence[str]) -> float:
    """The most memory that a child and its own children have together, sampled; which would slow a run to be timed."""
    peak, child = 0, subprocess.Popen(call, stdout=subprocess.DEVNULL)
    while child.poll() is None:
        peak = max(peak, sum(map(_resident_kib, _family(child.pid))))
        time.sleep(SAMPLED_SECONDS)
    return peak / 2**20


def _family(process: int) -> Iterator[int]:
    """The process and its descendants, as far as they are still there."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for member in task.read_text().split():
                yield from _family(int(member))


def _resident_kib(process: int) -> int:
    """The memory of a process; what it shares with others is counted in each."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0


def measure(rows: int, folder: Path, others: Sequence[Other] = (), every_sentence_new: bool = False) -> Measured:
    """All in turn, command and floor on the same files, the best of three each: what disturbs only takes time."""
    given = folder / "betriebe.csv"
    # Made by a child, which gives all of its memory back.
    run([sys.executable, str(HERE / "seeded_register.py"), str(rows), str(given), *["new"] * every_sentence_new])
    taken, told, by_others = [], [], []
    for _ in range(TRIES):
        # To take away what an older run has left is the work of none of them.
        with tempfile.TemporaryDirectory(dir=folder) as fresh:
            found = Path(fresh) / "wegweiser.csv"
            taken.append(_seconds(partial(run, _stapel(given, found))))
            floor = [sys.executable, "-c", FLOOR, str(given), str(found), str(found.with_name("floor.csv"))]
            told.append(float(subprocess.run(floor, check=True, capture_output=True, text=True).stdout))
        by_others.append([other.firms / _seconds(other.work) for other in others])
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        peak = peak_gib(_stapel(given, Path(fresh) / "wegweiser.csv"))
    rates = [max(tries) for tries in zip(*by_others, strict=True)]
    return Measured(rows, min(taken), peak, min(told), rates)


def _stapel(given: Path, found: Path) -> list[str]:
    options = ["-o", str(found), "--still", "--stichtag", DAY.isoformat()]
    return [sys.executable, "-m", "digiwegweiser", "stapel", str(given), *options]


# --- what else one could do, on a sample of rows ---------------------------------------------------------------------


def scalar_loop() -> Other:
    """A loop over the matcher that `finden` uses, with the reasons of the first five."""
    from digiwegweiser.app import Adviser
    from digiwegweiser.intake.firm import Answers
    from digiwegweiser.render.fitting import fitting_reasons

    adviser = Adviser()
    told = [
        Answers(
            place=f"{row['PLZ']} {row['Ort']}",
            trade=row["Gewerk"],
            employees=row["Mitarbeiter"],
            needs=(row["Bedarf"],),
        )
        for row in register(SCALAR_ROWS).iter_rows(named=True)
    ]
    adviser.read(told[0], DAY)

    def match(answers: Answers) -> None:
        guide = adviser.guide(adviser.read(answers, DAY), DAY)
        [fitting_reasons(hit.match, adviser.lexicon) for hit in guide.hits[:5]]

    return Other("loop over the scalar matcher", len(told), lambda: [match(answers) for answers in told])


def zen_engine() -> Other | None:
    """GoRules ZEN with all hard rules as one collect decision table; None where it is missing.

    Its firms are read already, it gives no points, no order and no reasons, and knows no "unknown". That it finds the
    same offers as core is checked for the first firms.
    """
    try:
        import zen
    except ImportError:
        sys.stdout.write("ZEN is left out: pip install zen-engine\n")
        return None
    from zen_table import decision, facts, known_firms, possible

    from digiwegweiser.app import Adviser

    adviser = Adviser()
    decided = zen.ZenEngine().create_decision(json.dumps(decision(adviser, DAY)))
    firms = list(known_firms(adviser, DAY, ZEN_ROWS))
    told = [facts(firm, DAY) for firm in firms]
    for firm, one in zip(firms[:ZEN_CHECKED], told, strict=False):
        found = {hit["offer"] for hit in decided.evaluate(one)["result"]}
        if found != (expected := possible(adviser, firm, DAY)):
            raise SystemExit(f"ZEN and core differ for {one}: {sorted(found ^ expected)}")
    return Other("GoRules ZEN, all hard rules", len(told), lambda: [decided.evaluate(one) for one in told], ZEN_BAR)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# --- the report ------------------------------------------------------------------------------------------------------


def report(measured: Sequence[Measured], worst: Measured | None, others: Sequence[Other]) -> str:
    """The figures as a Markdown table; the largest register is held against what else one could do."""
    lines = [
        "| rows | `stapel` | floor | times the floor | peak memory | rows a second |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [_line(one, f"{one.rows:,}") for one in measured]
    lines += [_line(worst, f"{worst.rows:,}, every sentence new")] if worst is not None else []
    lines += [""]
    for other, rows in zip(others, measured[-1].others, strict=True):
        goal = "" if other.goal is None else f" (goal: {other.goal:.0f})"
        times = measured[-1].rows_per_second / rows
        lines.append(f"- {other.name}: {rows:,.0f} rows a second; `stapel` {times:,.0f} times that{goal}")
    return "\n".join(lines) + "\n"


def _line(one: Measured, name: str) -> str:
    return (
        f"| {name} | {one.seconds:.1f} s | {one.floor_seconds:.2f} s | {one.times_floor:.1f}"
        f" | {one.peak_gib:.2f} GiB | {one.rows_per_second:,.0f} |"
    )


def main() -> int:
    """Prints the table; exit code 1 when the largest register misses a bar."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    cli.add_argument(
        "--worst", type=int, default=100_000, help="rows of the register in which no sentence recurs; 0 = none"
    )
    cli.add_argument("--write", action="store_true", help="into benchmarks/README.md")
    asked = cli.parse_args()
    others = [other for other in (scalar_loop(), zen_engine()) if other is not None]
    with tempfile.TemporaryDirectory() as folder:
        measured = [measure(rows, Path(folder)) for rows in asked.rows[:-1]]
        measured.append(last := measure(asked.rows[-1], Path(folder), others))
        worst = measure(asked.worst, Path(folder), every_sentence_new=True) if asked.worst else None
    text = report(measured, worst, others)
    sys.stdout.write(text)
    if asked.write:
        page = HERE / "README.md"
        head, _, _ = page.read_text(encoding="utf-8").partition(MARK)
        page.write_text(f"{head}{MARK}\n\n{text}", encoding="utf-8")
    is_fast = last.times_floor <= FLOOR_BAR and last.peak_gib <= GIB_BAR
    beats = [last.rows_per_second >= (other.goal or 0) * rows for other, rows in zip(others, last.others, strict=True)]
    return 0 if is_fast and all(beats) else 1


MARK = "<!-- figures -->"

if __name__ == "__main__":
    sys.exit(main())
