"""What a programme would pay for a planned project."""

from digiwegweiser.core.offer import Tier
from digiwegweiser.core.vocabulary import Form


def estimate_eur(tier: Tier, form: Form, budget_eur: int | None) -> int | None:
    """The grant at the highest rate, whole euros rounded down; None where it is not known or no grant is paid."""
    if form is not Form.GRANT or budget_eur is None or tier.rate_percent is None:
        return None
    counted = budget_eur if tier.max_eligible_eur is None else min(budget_eur, tier.max_eligible_eur)
    amount = int(counted * tier.rate_percent / 100)
    return amount if tier.max_eur is None else min(amount, tier.max_eur)
