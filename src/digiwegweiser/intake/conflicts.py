"""Answers that cannot all be true, or hardly: the one place that says so, for one firm and for many."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from digiwegweiser.core.firm import Firm, StatedNeed
from digiwegweiser.intake.words import split_words

#: The oldest firms that still work were founded in the Middle Ages; before this year a slip is likelier.
EARLIEST_LIKELY = 1200
#: Turnover for each person, the owner counted: above it even traders do not come, below it nobody lives.
MOST_PER_HEAD_EUR = 20_000_000
LEAST_PER_HEAD_EUR = 1_000
#: A balance sheet and a turnover of a working firm are not this many times apart, …
TIMES_APART = 100
#: … nor is a project this many times what the firm turns over in a year.
TIMES_TURNOVER = 5
#: Below this many persons a turnover of next to nothing is an ordinary beginning.
FEW_PERSONS = 5


class ConflictKind(StrEnum):
    """What does not go together; the wording of each lives in `render.messages`."""

    FOUNDED_LATER = "founded_later"
    WANTED_AND_REFUSED = "wanted_and_refused"
    FOUNDED_EARLY = "founded_early"
    TURNOVER_HIGH = "turnover_high"
    TURNOVER_LOW = "turnover_low"
    BALANCE_APART = "balance_apart"
    BUDGET_HIGH = "budget_high"
    ORDERED_FOR_NOTHING = "ordered_for_nothing"


#: All others are odd, but can be.
IMPOSSIBLE = frozenset({ConflictKind.FOUNDED_LATER, ConflictKind.WANTED_AND_REFUSED})


class Conflict(NamedTuple):
    """Attributes of the firm that do not go together, and their values in the same order."""

    kind: ConflictKind
    attributes: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def is_impossible(self) -> bool:
        """Whether no firm can be like that."""
        return self.kind in IMPOSSIBLE


def conflicts(firm: Firm, this_year: int) -> tuple[Conflict, ...]:
    """What the numbers of a firm contradict, the impossible first; what is unknown contradicts nothing."""
    asked = ((check, [getattr(firm, name) for name in attributes]) for attributes, check in CHECKS)
    found = (check(this_year, *values) for check, values in asked if None not in values)
    return tuple(conflict for conflict in found if conflict is not None)


def needs_at_odds(stated: Sequence[StatedNeed], refused: Sequence[StatedNeed]) -> tuple[Conflict, ...]:
    """Needs that are wanted and refused in the same words, or wanted by their name and refused."""
    pairs = ((one, other) for one in stated for other in refused if one.code == other.code)
    return tuple(
        Conflict(ConflictKind.WANTED_AND_REFUSED, ("needs", "needs"), (one.words, other.words))
        for one, other in pairs
        if one.words == one.code or _forms(one.words) & _forms(other.words)
    )


def _forms(text: str) -> set[str]:
    return {word.forms[0] for word in split_words(text)}


def _age(this_year: int, founded: int) -> Conflict | None:
    if founded > this_year:
        return Conflict(ConflictKind.FOUNDED_LATER, ("founded",), (founded, this_year))
    if founded < EARLIEST_LIKELY:
        return Conflict(ConflictKind.FOUNDED_EARLY, ("founded",), (founded,))
    return None


def _turnover_per_head(_this_year: int, turnover: int, persons: float) -> Conflict | None:
    # The owner works, too: nobody employed is still one person.
    per_head = turnover / (persons + 1)
    if per_head > MOST_PER_HEAD_EUR:
        return Conflict(ConflictKind.TURNOVER_HIGH, ("turnover_eur", "employees"), (turnover, persons))
    if per_head < LEAST_PER_HEAD_EUR and persons >= FEW_PERSONS:
        return Conflict(ConflictKind.TURNOVER_LOW, ("turnover_eur", "employees"), (turnover, persons))
    return None


def _balance(_this_year: int, turnover: int, balance: int) -> Conflict | None:
    # Either may be nothing in the first year.
    if turnover and balance and max(turnover, balance) > TIMES_APART * min(turnover, balance):
        return Conflict(ConflictKind.BALANCE_APART, ("turnover_eur", "balance_eur"), (turnover, balance))
    return None


def _order(_this_year: int, ordered: bool, budget: int) -> Conflict | None:
    is_odd = ordered and budget == 0
    return Conflict(ConflictKind.ORDERED_FOR_NOTHING, ("ordered", "budget_eur"), (True, 0)) if is_odd else None


def _budget(_this_year: int, budget: int, turnover: int) -> Conflict | None:
    if turnover and budget > TIMES_TURNOVER * turnover:
        return Conflict(ConflictKind.BUDGET_HIGH, ("budget_eur", "turnover_eur"), (budget, turnover))
    return None


#: Attributes that may contradict each other, and what says so of their values if all are known; the impossible first.
CHECKS: Sequence[tuple[tuple[str, ...], Callable[..., Conflict | None]]] = (
    (("founded",), _age),
    (("turnover_eur", "employees"), _turnover_per_head),
    (("turnover_eur", "balance_eur"), _balance),
    (("ordered", "budget_eur"), _order),
    (("budget_eur", "turnover_eur"), _budget),
)
