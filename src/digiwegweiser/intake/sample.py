"""Made-up firms of every kind, always the same ones, on whom the effect of a change is tried."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import TypeVar

from digiwegweiser.intake.firm import Answers

T = TypeVar("T")

SEED = 20261122
#: Three firms in four are crafts, whom the catalogue is for first of all.
_CRAFTS_PERCENT = 75
#: Small firms are the many.
_EMPLOYEES = ("0", "1", "2", "3", "4", "5", "6", "8", "8", "12", "15", "20", "35", "60", "120", "300")
_BUDGETS = ("", "", "", "3000", "8000", "15000", "40000", "120000")
_ORDERED = ("", "", "", "nein", "nein", "ja")


def sample_answers(
    count: int, postal_codes: Sequence[str], crafts: Sequence[str], sectors: Sequence[str], needs: Sequence[str]
) -> Iterator[Answers]:
    """That many owners' answers, drawn from the given codes; the same codes give the same firms everywhere."""
    draw = Random(SEED)
    for _ in range(count):
        trades = crafts if draw.random() * 100 < _CRAFTS_PERCENT else sectors
        yield Answers(
            place=_one_of(postal_codes, draw),
            trade=_one_of(trades, draw),
            employees=_one_of(_EMPLOYEES, draw),
            needs=tuple(dict.fromkeys(_one_of(needs, draw) for _ in range(1 + int(draw.random() * 3)))),
            founded=str(1950 + int(draw.random() * 75)),
            budget_eur=_one_of(_BUDGETS, draw) or None,
            ordered=_one_of(_ORDERED, draw) or None,
        )


def _one_of(values: Sequence[T], draw: Random) -> T:
    # Only random() is promised to give the same numbers in every version of Python.
    return values[int(draw.random() * len(values))]
