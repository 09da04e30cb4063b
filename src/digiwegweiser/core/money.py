"""What a programme would pay for a planned project."""

from enum import StrEnum
from typing import NamedTuple

from digiwegweiser.core.kleene import within
from digiwegweiser.core.offer import Tier
from digiwegweiser.core.vocabulary import Form, Verdict

#: Forms that leave money with the firm, so that a rate of the costs says how much.
_GIVES = (Form.GRANT, Form.REPAYMENT_GRANT)


class Outcome(StrEnum):
    """What came out of the calculation."""

    KNOWN = "known"
    NO_BUDGET = "no_budget"
    NO_RATE = "no_rate"
    ONLY_PART = "only_part"
    """Only costs beside the investment are paid, and nobody has said how much of the budget they are."""
    COSTS_UNKNOWN = "costs_unknown"
    """No source says which costs count."""
    BELOW_PROJECT = "below_project"
    """The project costs less than the smallest that is funded."""
    ABOVE_PROJECT = "above_project"
    """The project costs more than the largest that is funded."""
    BELOW_GRANT = "below_grant"
    """The rate gives less than the smallest amount that is paid."""


#: Nothing is paid, whatever else is not known.
_NOTHING = (Outcome.BELOW_PROJECT, Outcome.ABOVE_PROJECT, Outcome.BELOW_GRANT)


class Estimate(NamedTuple):
    """The grant to expect, with everything it was calculated from; whole euros."""

    outcome: Outcome
    amount_eur: int | None
    """At the highest rate; 0 where nothing is paid, None where a number or the share that counts is missing."""
    least_eur: int | None
    """At the lowest rate; the same as `amount_eur` where only one rate is known."""
    highest_eur: int | None
    """The most it can be, if all costs counted; None where nothing limits it."""
    rate_percent: float | None
    rate_from_percent: float | None
    base_eur: int | None
    """The costs that count at most: of a loan with a waived part, the loan."""
    cap_eur: int | None
    is_base_limited: bool
    """Whether the project costs more than is counted."""
    is_capped: bool
    """Whether the rate alone would give more than the cap."""


def estimate(tier: Tier, form: Form, budget_eur: int | None) -> Estimate | None:
    """What a tier would pay for a project of that cost; None for forms that give the firm no money of its own."""
    if form not in _GIVES:
        return None
    base = _counted(tier, budget_eur)
    most, least = _share(base, tier.rate_percent), _share(base, tier.rate_from_percent)
    outcome = _outcome(tier, budget_eur, most)
    amount = _capped(most, tier.max_eur) if outcome is Outcome.KNOWN else 0 if outcome in _NOTHING else None
    return Estimate(
        outcome=outcome,
        amount_eur=amount,
        least_eur=amount if least is None or not amount else min(_capped(least, tier.max_eur) or 0, amount),
        highest_eur=amount if amount is not None else _bound(tier, base, most),
        rate_percent=tier.rate_percent,
        rate_from_percent=tier.rate_from_percent,
        base_eur=base,
        cap_eur=tier.max_eur,
        is_base_limited=base is not None and budget_eur is not None and base < budget_eur,
        is_capped=most is not None and tier.max_eur is not None and most > tier.max_eur,
    )


def estimate_eur(tier: Tier, form: Form, budget_eur: int | None) -> int | None:
    """The grant at the highest rate, whole euros rounded down; None where it is not known or no grant is paid."""
    found = estimate(tier, form, budget_eur)
    return None if found is None else found.amount_eur


def highest_eur(tier: Tier, form: Form, budget_eur: int | None) -> int | None:
    """The most that can be paid: as calculated, else the cap, never more than the costs that count.

    None where neither is known or no grant is paid.
    """
    found = estimate(tier, form, budget_eur)
    return None if found is None else found.highest_eur


def pays_for_investment(tier: Tier) -> bool | None:
    """Whether costs of software, devices or a website count; None where no source says which costs do."""
    return None if tier.pays_for is None else any(expense.is_investment for expense in tier.pays_for)


def pays_at_least(one: Tier, other: Tier) -> bool:
    """Whether a tier surely pays no less of the same costs than another; False where the figures cannot tell."""
    if one.pays_for != other.pays_for or (one.rate_percent is None and one.max_eur is None):
        return False
    most = ((one.rate_percent, other.rate_percent), (one.rate_from_percent, other.rate_from_percent))
    caps = ((one.max_eur, other.max_eur), (one.max_eligible_eur, other.max_eligible_eur))
    return all(mine == its or (mine is not None and its is not None and mine > its) for mine, its in (*most, *caps))


def pays_more(one: Tier, other: Tier) -> bool:
    """Whether a tier has the higher rate, or at the same rate the higher cap; an unknown figure counts as none."""
    return (one.rate_percent or 0, one.max_eur or 0) > (other.rate_percent or 0, other.max_eur or 0)


def project_verdict(tier: Tier, budget_eur: int | None) -> Verdict:
    """Whether a project of that cost is neither too small nor too large; both limits inclusive."""
    return within(budget_eur, *tier.project_limits)


def _counted(tier: Tier, budget_eur: int | None) -> int | None:
    if budget_eur is None or tier.max_eligible_eur is None:
        return budget_eur
    return min(budget_eur, tier.max_eligible_eur)


def _share(base_eur: int | None, rate_percent: float | None) -> int | None:
    """Percent of an amount, rounded down; in whole hundredths of a percent, so that no rounding ever adds a euro."""
    if base_eur is None or rate_percent is None:
        return None
    return base_eur * round(rate_percent * 100) // 10_000


def _capped(amount_eur: int | None, cap_eur: int | None) -> int | None:
    return amount_eur if amount_eur is None or cap_eur is None else min(amount_eur, cap_eur)


def _bound(tier: Tier, base_eur: int | None, share_eur: int | None) -> int | None:
    """The share of all costs up to the cap; without a rate the cap, for no grant is higher than the costs."""
    return _capped(tier.max_eur, base_eur) if share_eur is None else _capped(share_eur, tier.max_eur)


def _outcome(tier: Tier, budget_eur: int | None, share_eur: int | None) -> Outcome:
    if budget_eur is None:
        return Outcome.NO_BUDGET
    if project_verdict(tier, budget_eur) is Verdict.NOT_MET:
        is_small = tier.min_project_eur is not None and budget_eur < tier.min_project_eur
        return Outcome.BELOW_PROJECT if is_small else Outcome.ABOVE_PROJECT
    if share_eur is None:
        return Outcome.NO_RATE
    if tier.min_eur is not None and share_eur < tier.min_eur:
        return Outcome.BELOW_GRANT
    counts = pays_for_investment(tier)
    if counts is None:
        return Outcome.COSTS_UNKNOWN
    return Outcome.KNOWN if counts else Outcome.ONLY_PART
