"""Start-up, side by side in one run: `import typer`, `--help` and `finden`, as ratios of the median wall times.

python benchmarks/startup.py [--runs 20]
"""

import argparse
import statistics
import subprocess
import sys
import time

FIND = [
    "finden",
    "--ort",
    "59555",
    "--gewerk",
    "Tischlerei",
    "--beschaeftigte",
    "8",
    "--bedarf",
    "Zeiterfassung ohne Zettel",
]
CALLS = {
    "import typer": [sys.executable, "-c", "import typer"],
    "--help": [sys.executable, "-m", "digiwegweiser", "--help"],
    "finden": [sys.executable, "-m", "digiwegweiser", *FIND],
}
#: Bars of the design, as multiples of `import typer`.
BARS = {"--help": 1.5, "finden": 2.5}


def seconds(call: list[str]) -> float:
    """Wall time of one run of a child process."""
    start = time.perf_counter()
    subprocess.run(call, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> int:
    """Prints the table; exit code 1 when a bar is missed."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--runs", type=int, default=20)
    runs = cli.parse_args().runs
    for call in CALLS.values():
        seconds(call)
    # Interleaved, so that whatever else the machine does falls on all alike.
    rounds = [{name: seconds(call) for name, call in CALLS.items()} for _ in range(runs)]
    medians = {name: statistics.median(found[name] for found in rounds) for name in CALLS}
    floor = medians["import typer"]
    missed = [name for name, bar in BARS.items() if medians[name] > bar * floor]
    for name, median in medians.items():
        bar = f"  (bar {BARS[name]})" if name in BARS else ""
        sys.stdout.write(f"{name:<14} {median * 1000:6.0f} ms  {median / floor:5.2f} x{bar}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
