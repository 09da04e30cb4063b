"""Strong Kleene logic over verdicts: what is unknown stays unknown until something else decides."""

from digiwegweiser.core.vocabulary import Verdict

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


def all_of(*verdicts: Verdict) -> Verdict:
    """Strong Kleene and."""
    if NOT_MET in verdicts:
        return NOT_MET
    return UNKNOWN if UNKNOWN in verdicts else MET


def any_of(*verdicts: Verdict) -> Verdict:
    """Strong Kleene or."""
    if MET in verdicts:
        return MET
    return UNKNOWN if UNKNOWN in verdicts else NOT_MET


def negated(verdict: Verdict) -> Verdict:
    """Strong Kleene not."""
    return {MET: NOT_MET, NOT_MET: MET}.get(verdict, UNKNOWN)


def met(condition: bool) -> Verdict:
    """The verdict for something known."""
    return MET if condition else NOT_MET


def within(value: float | None, lowest: float | None, highest: float | None) -> Verdict:
    """Whether a value lies between two inclusive limits; a missing limit is no limit."""
    if lowest is None and highest is None:
        return MET
    if value is None:
        return UNKNOWN
    return met((lowest is None or value >= lowest) and (highest is None or value <= highest))
