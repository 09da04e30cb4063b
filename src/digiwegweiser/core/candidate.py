"""What a rule judges: one tier of one offer on one day."""

from datetime import date

from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.weights import Weights


class Candidate:
    """One tier of one offer on one day, as the rules see it."""

    __slots__ = ("as_of", "offer", "state", "tier", "weights")

    def __init__(self, offer: Offer, tier: Tier, as_of: date, weights: Weights) -> None:
        self.offer, self.tier, self.as_of, self.weights = offer, tier, as_of, weights
        # Three rules ask for the state; it is looked up once.
        self.state = offer.state_on(as_of)
