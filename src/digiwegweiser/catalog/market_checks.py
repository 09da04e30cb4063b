"""What can be doubtful in the catalogue as a whole: a table of functions, run by `katalog pruefen` only."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from digiwegweiser.catalog.dominance import never_shown
from digiwegweiser.catalog.likeness import twins
from digiwegweiser.catalog.market import Market
from digiwegweiser.catalog.reach import unreachable
from digiwegweiser.core.fault import Fault, FaultCode, Severity

#: Offers on the first page of a guide.
PAGE = 5


class MarketCheck(NamedTuple):
    """What is looked for, and how bad it is."""

    code: FaultCode
    severity: Severity
    find: Callable[[Market], Iterator[Fault]]


def offers_for_nobody(market: Market) -> Iterator[Fault]:
    """Limits that contradict each other, also those that a tier inherits."""
    for stand, path, limits in unreachable(market):
        yield stand.item.fault(FaultCode.NO_FIRM, path, limits)


def offers_told_twice(market: Market) -> Iterator[Fault]:
    """Two entries that look like the same offer."""
    for later, first in twins(market):
        yield later.item.fault(FaultCode.LOOKS_THE_SAME, ("name",), later.offer.name, [first.offer.id])


def offers_never_shown(market: Market) -> Iterator[Fault]:
    """Dominated everywhere by a whole page of others."""
    for stand, ahead in never_shown(market, PAGE):
        yield stand.item.fault(FaultCode.NEVER_SHOWN, (), str(len(ahead)), ahead)


def check_market(market: Market) -> Iterator[Fault]:
    """Everything that is doubtful between the offers."""
    for check in MARKET_CHECKS:
        yield from (fault._replace(severity=check.severity) for fault in check.find(market))


MARKET_CHECKS: tuple[MarketCheck, ...] = (
    MarketCheck(FaultCode.NO_FIRM, Severity.ERROR, offers_for_nobody),
    MarketCheck(FaultCode.LOOKS_THE_SAME, Severity.WARNING, offers_told_twice),
    MarketCheck(FaultCode.NEVER_SHOWN, Severity.WARNING, offers_never_shown),
)
