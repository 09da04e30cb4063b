"""What a rule says of one firm and one offer."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from digiwegweiser.core.kleene import MET, NOT_MET, UNKNOWN, all_of
from digiwegweiser.core.vocabulary import Eligibility, Verdict


class Finding(NamedTuple):
    """The verdict of one rule with its points and both values, so that it can explain itself."""

    rule: str
    verdict: Verdict
    points: int
    max_points: int
    attribute: str | None
    """The attribute of the firm that was read; None for rules that read only the offer and the date."""
    value: Any
    """The firm's value; None = unknown."""
    limit: Any
    """The offer's limit; for ranges a pair (lowest, highest), each None where open."""
    case: str | None = None
    """Which line of the points table applied, or which part of a limit failed."""


def combine(verdicts: Iterable[Verdict]) -> Eligibility:
    """Strong Kleene and: one "not met" is no; else one "unknown" is open; else yes."""
    return _ELIGIBILITY_OF[all_of(*verdicts)]


_ELIGIBILITY_OF = {MET: Eligibility.YES, UNKNOWN: Eligibility.OPEN, NOT_MET: Eligibility.NO}
