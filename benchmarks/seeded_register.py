"""A register of realistic firms that comes out the same every time, as a chamber's export would look.

Places are drawn by PLZ, each as often as the reference table has places for it. How often a craft is found nobody
ships as data here, so crafts follow a falling frequency (the n-th commonest 1/n as often as the first, the commonest
ones named below), and every fifth firm is of another sector. Half of the firms say what they need in a sentence, the
others in one to four codes or labels.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import yaml

ROOT = Path(__file__).parents[1]
SEED = 20_261_122
#: By the number of firms, an estimate; the crafts not named follow in the order of the Handwerksordnung.
COMMONEST_FIRST = (
    "A-38", "A-20", "A-25", "B1-56", "A-42", "A-24", "A-01", "B1-33", "A-10", "A-27", "A-13", "A-03", "A-16", "A-04",
    "A-32", "A-33", "A-30",
)  # fmt: skip
DIRTY = 0.02
_OPENINGS = ("{}", "Wir suchen Hilfe: {}", "Thema: {}", "{} Wer hilft dabei?", "Unser Anliegen: {}", "{} (dringend)")
_WRONG = {
    "PLZ": ("", "k.A.", "99999", "1067", "50667.0", "D-50667", "5066"),
    "Gewerk": ("?", "xyz", "Bäkerei", "Tischlerrei", "keine Angabe"),
    "Mitarbeiter": ("viele", "-3", "ca. 12", "8,5", "k.A."),
}


def register(rows: int, every_sentence_new: bool = False) -> pl.DataFrame:
    """The register as text, with its headers; with `every_sentence_new` no two firms use the same words."""
    rng = np.random.default_rng(SEED)
    places = rng.choice(np.array(_pairs("postal_codes.csv", "plz", "place"), dtype=object), rows)
    columns = {
        "Nr": np.arange(1, rows + 1).astype(str),
        "Betrieb": np.char.add("Betrieb ", np.arange(1, rows + 1).astype(str)),
        "PLZ": places[:, 0],
        "Ort": places[:, 1],
        "Gewerk": _trades(rng, rows),
        "Mitarbeiter": np.minimum(rng.lognormal(1.4, 1.1, rows).astype(int), 900).astype(str),
        "Bedarf": _needs(rng, rows, every_sentence_new),
        "Umsatz": _some(rng, 0.3, rng.lognormal(13.2, 1.2, rows) // 1000 * 1000),
        "Gründung": _some(rng, 0.5, 2026 - rng.gamma(2.0, 9.0, rows)),
        "Budget": _some(rng, 0.3, rng.choice([2000, 5000, 10_000, 15_000, 25_000, 50_000, 120_000], rows)),
    }
    for name, wrong in _WRONG.items():
        is_wrong = rng.random(rows) < DIRTY / len(_WRONG)
        columns[name] = np.where(is_wrong, rng.choice(wrong, rows), columns[name])
    return pl.DataFrame({name: pl.Series(values.astype(object), dtype=pl.String) for name, values in columns.items()})


def sentences() -> list[str]:
    """What owners write: the sentences that the need reader is tested with, each opened in several ways."""
    told = yaml.safe_load((ROOT / "tests" / "data" / "need_sentences.yaml").read_text(encoding="utf-8"))
    texts = [line["text"] for lines in told.values() for line in lines if line["needs"]]
    return [opening.format(text) for opening, text in product(_OPENINGS, texts)]


def _some(rng: np.random.Generator, share: float, values: np.ndarray) -> np.ndarray:
    """Whole numbers, of which only a share is told."""
    return np.where(rng.random(len(values)) < share, values.astype(int).astype(str), "")


def _needs(rng: np.random.Generator, rows: int, every_sentence_new: bool) -> np.ndarray:
    told = np.array(sentences(), dtype=object)[rng.integers(0, len(sentences()), rows)]
    if every_sentence_new:
        told = np.array([f"{text} Auftrag {number}" for number, text in enumerate(told)], dtype=object)
    codes = _table_of_needs()
    weights = 1.0 / np.arange(1, len(codes) + 1) ** 0.7
    picks = rng.choice(codes, (rows, 4), p=weights / weights.sum())
    many = rng.choice([1, 2, 3, 4], rows, p=[0.4, 0.3, 0.2, 0.1])
    listed = np.array(["; ".join(dict.fromkeys(row[:n])) for row, n in zip(picks.tolist(), many.tolist(), strict=True)])
    return np.where(rng.random(rows) < 0.5, told, listed.astype(object))


def _trades(rng: np.random.Generator, rows: int) -> np.ndarray:
    names = dict(_pairs("trades.csv", "code", "name"))
    ranked = [names[code] for code in COMMONEST_FIRST if code in names]
    ranked += [name for name in names.values() if name not in ranked]
    weights = 1.0 / np.arange(1, len(ranked) + 1)
    crafts = rng.choice(np.array(ranked, dtype=object), rows, p=weights / weights.sum())
    sectors = np.array(_table("sectors.csv", "name"), dtype=object)
    return np.where(rng.random(rows) < 0.2, rng.choice(sectors, rows), crafts)


def _table_of_needs() -> list[str]:
    told = yaml.safe_load((ROOT / "data" / "needs.yaml").read_text(encoding="utf-8"))
    return [need["code"] for need in _all_needs(told)]


def _all_needs(told: object) -> Iterator[dict[str, str]]:
    """Every record of the file that has a code and a question."""
    if isinstance(told, dict):
        if "code" in told and "question" in told:
            yield told
        for value in told.values():
            yield from _all_needs(value)
    elif isinstance(told, list):
        for value in told:
            yield from _all_needs(value)


def _pairs(file: str, *names: str) -> list[tuple[str, ...]]:
    with (ROOT / "data" / file).open(encoding="utf-8", newline="") as stream:
        return [tuple(row[name] for name in names) for row in csv.DictReader(stream)]


def _table(file: str, name: str) -> Sequence[str]:
    return [row[0] for row in _pairs(file, name)]


if __name__ == "__main__":
    register(int(sys.argv[1]), "new" in sys.argv[3:]).write_csv(sys.argv[2])
