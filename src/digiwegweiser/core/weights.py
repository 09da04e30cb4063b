"""The points table: how much each circumstance counts."""

from collections.abc import Mapping
from typing import NamedTuple

#: Every line that the rules read; the file must have exactly these.
LINES = (
    "needs.max", "needs.core_percent", "needs.also_percent", "needs.means_percent", "needs.best_percent",
    "needs.untold_percent",
    "nearness.kreis", "nearness.region", "nearness.land", "nearness.laender", "nearness.bund", "nearness.elsewhere",
    "nearness.site_near", "nearness.site_near_km", "nearness.site_reachable", "nearness.site_reachable_km",
    "made_for.trade", "made_for.craft", "made_for.sector", "made_for.any",
    "cost.free", "cost.subsidised", "cost.interest", "cost.paid",
    "sureness.open", "sureness.unverified", "sureness.high", "sureness.medium", "sureness.low", "sureness.ending",
    "area.no_doubt", "trade.no_doubt", "company_age.no_doubt", "company_age.young", "company_age.young_years",
    "budget.no_doubt", "budget.large_eur",
    "guide.ending_days", "guide.own_chamber_rank", "guide.must_be_seen_rank", "guide.loan_rank",
    "guide.network_shown",
)  # fmt: skip


class Weight(NamedTuple):
    """One line of the table: points (or the percentage, kilometres, days that its name says) and why."""

    value: int
    reason: str


class Weights(dict[str, int]):
    """The table by "rule.case", and which general offers help with which need."""

    def __init__(self, lines: Mapping[str, Weight], means: Mapping[str, frozenset[str]]) -> None:
        super().__init__({key: line.value for key, line in lines.items()})
        self.lines = lines
        self.means = means
