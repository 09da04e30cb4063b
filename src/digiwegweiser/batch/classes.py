"""Values of an attribute of the firm, as classes that no rule tells apart."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Any

from digiwegweiser.core.decisive import interval_starts
from digiwegweiser.core.firm import Trade
from digiwegweiser.core.offer import Audience, Tier

_NUMBERS = frozenset({"employees", "turnover_eur", "balance_eur", "founded", "budget_eur"})


class Classes:
    """Numbers the classes of one attribute as they come; 0 is "unknown"."""

    def __init__(self, key: Callable[[Any], Hashable]) -> None:
        self._key = key
        self._known: dict[Hashable, int] = {}
        self.values: list[Any] = [None]
        """A value of each class."""

    def of(self, value: Any) -> int:
        """The class of a value."""
        if value is None:
            return 0
        key = self._key(value)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.values)
            self.values.append(value)
        return found


def classes_of(attribute: str, tiers: Iterable[Tier], as_of: date) -> Classes:
    """Numbers by the interval between the limits of these tiers, trades by what these name; all else by itself."""
    if attribute == "trade":
        return Classes(_trade_key(tier.audience for tier in tiers))
    if attribute not in _NUMBERS:
        return Classes(lambda value: value)
    starts = interval_starts(attribute, tiers)
    if attribute == "founded":
        return Classes(lambda year: bisect_right(starts, as_of.year - year))
    # Intervals begin with whole numbers; a fraction may be judged unlike its neighbours on both sides.
    return Classes(lambda number: bisect_right(starts, number) if number == int(number) else str(number))


def _trade_key(audiences: Iterable[Audience]) -> Callable[[Trade], Hashable]:
    """All that audiences read of a trade: of a code that none of them names, only that there is one."""
    named = {code for who in audiences for code in who.trades | who.made_for | who.not_trades | who.partly_trades}
    return lambda trade: (trade.code is None, trade.code if trade.code in named else None, trade.sectors, trade.group)
