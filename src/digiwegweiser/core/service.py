"""How offers serve needs, and what that is worth."""

from collections.abc import Mapping
from typing import Any

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.money import pays_for_investment
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.vocabulary import Form, Kind, Service
from digiwegweiser.core.weights import Weights

#: Whoever asks for money is served by every offer that pays some.
FINANCING = "financing"
#: Forms of money that is paid back, at least in part.
LOANS = frozenset({Form.REPAYMENT_GRANT, Form.LOAN, Form.GUARANTEE})
#: Where to begin: the need of whoever names none.
OVERVIEW = "strategy"


def mixed_points(best: Any, total: Any, many: Any, weights: Weights) -> Any:
    """Points for that many needs, from the percents to which the best is served and all together.

    Whole numbers throughout, or arrays of such: percent of percent, rounded half up once.
    """
    share, top = weights["needs.best_percent"], weights["needs.max"]
    mixed = share * many * best + (100 - share) * total
    return (2 * top * mixed + 10_000 * many) // (20_000 * many)


def service(code: str, offer: Offer, tier: Tier, means: Mapping[str, frozenset[str]]) -> Service:
    """How an offer in one of its tiers serves a need; `means`: which needs help with which other as a means."""
    is_open = not tier.needs or code in tier.needs
    if is_open and code in offer.core_needs:
        return Service.CORE
    if code == FINANCING and offer.form.pays:
        # Whoever asks for money means money for a project: that a grant is for something does not make it worth less.
        return Service.CORE if offer.form is Form.GRANT and pays_for_investment(tier) else Service.ALSO
    if is_open and code in offer.also_needs:
        return Service.ALSO
    made_for = offer.core_needs & tier.needs if tier.needs else offer.core_needs
    if means.get(code, frozenset()) & made_for:
        return Service.MEANS
    return Service.MEMBERS if offer.kind is Kind.CHAMBER else Service.NONE


def strength(code: str, on: Candidate) -> int:
    """Percent to which one need is served; a chamber's adviser is never less than an offer that also covers it."""
    match service(code, on.offer, on.tier, on.weights.means):
        case Service.NONE:
            return 0
        case Service.CORE:
            return on.weights["needs.core_percent"]
        case Service.MEANS if on.offer.kind is not Kind.CHAMBER:
            return on.weights["needs.means_percent"]
        case _:
            return on.weights["needs.also_percent"]
