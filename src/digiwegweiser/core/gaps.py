"""Where nothing helps: live offers by Kreis, need and trade group, counted with the rules themselves.

Each rule is asked once per value and tier; the answers are kept as bits, one per offer, so that a cell is a few ands.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any, NamedTuple

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.firm import Firm, Place, Trade
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.preference import is_near
from digiwegweiser.core.rules import RULES
from digiwegweiser.core.service import service
from digiwegweiser.core.vocabulary import CostKind, Service, TradeGroup, Verdict, land_of
from digiwegweiser.core.weights import Weights

#: Sectors outside the crafts, which have no group of their own.
OTHER = "other"
GROUPS: tuple[str, ...] = (*TradeGroup, OTHER)

#: What a small firm is like that has nothing special; budget and orders are its own choice and close no gap.
_EMPLOYEES, _TURNOVER_EUR, _BALANCE_EUR, _AGE_YEARS = 8, 800_000, 400_000, 10
_SAME_FOR_ALL = frozenset({"date", "employees", "finance", "company_age"})
#: Being asked as a member of a chamber, or as a means to something else, is no offer for the need: with these every
#: cell would look filled, because a chamber listens to everything.
_SERVING = (Service.CORE, Service.ALSO)


class Counts(NamedTuple):
    """How many live offers a firm surely has; the firm of the group and place that has fewest of each."""

    offers: int
    local: int
    """Narrower than nationwide."""
    free: int
    local_free: int
    subsidised: int
    interest: int
    paid: int
    unsure: int
    """Further ones of which it is not known whether they run or are for the firm."""


class Row(NamedTuple):
    """One cell of the table: a Kreis or Land, a need and a trade group."""

    place: str
    """Key (AGS) of a Kreis, or ISO code of a Land."""
    need: str
    group: str
    counts: Counts
    kreise: int = 1
    """How many Kreise the place has."""
    without_local: int = 0
    """In how many of them nothing is local."""
    without_free: int = 0


class World(NamedTuple):
    """The values that are tabulated."""

    places: Sequence[Place]
    """One for each Kreis, known to the Kreis."""
    trades: Sequence[Trade]
    needs: Sequence[str]


#: Bits by offer, one number for the first tiers, one for the second, and so on.
_Planes = tuple[int, ...]


class _Mask(NamedTuple):
    """For which tiers a value surely is right, and for which it may be."""

    sure: _Planes
    possible: _Planes


class _Bits(NamedTuple):
    """Which offers (by bit) cost what."""

    free: int
    subsidised: int
    interest: int
    paid: int


def gaps_by_kreis(world: World, offers: Iterable[Offer], as_of: date, weights: Weights) -> tuple[Row, ...]:
    """A row for each Kreis, need and trade group, in the order in which they are given."""
    tables = _Tables(tuple(offers), as_of, weights)
    groups = {group: tables.trades(t for t in world.trades if _group_of(t) == group) for group in GROUPS}
    needs = {code: tables.need(code) for code in world.needs}
    known: dict[tuple[_Mask, int], list[tuple[str, str, Counts]]] = {}
    rows: list[Row] = []
    for place in world.places:
        profile = tables.place(place)
        # Many Kreise have the very same offers: what holds for one holds for all of them.
        if profile not in known:
            known[profile] = list(_cells(profile, needs, groups, tables.costs))
        rows += [_row(place.kreis or "", *cell) for cell in known[profile]]
    return tuple(rows)


def _group_of(trade: Trade) -> str:
    return OTHER if trade.group is None else trade.group


def _row(place: str, need: str, group: str, counts: Counts) -> Row:
    return Row(place, need, group, counts, 1, int(counts.local == 0), int(counts.free == 0))


def gaps_by_land(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The Kreise of each Land in one row: of every count the lowest, and how many Kreise lack something."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((land_of(row.place), row.need, row.group), []).append(row)
    return tuple(
        Row(
            *key,
            lowest(row.counts for row in group),
            len(group),
            sum(row.without_local for row in group),
            sum(row.without_free for row in group),
        )
        for key, group in found.items()
    )


def lowest(counts: Iterable[Counts]) -> Counts:
    """Of every count the lowest."""
    return Counts(*map(min, zip(*counts, strict=True)))


class _Tables:
    """The rules, asked for every value of one attribute over all tiers that a small firm could have on the day."""

    def __init__(self, offers: Sequence[Offer], as_of: date, weights: Weights) -> None:
        self.weights = weights
        firm = Firm(
            employees=_EMPLOYEES,
            turnover_eur=_TURNOVER_EUR,
            balance_eur=_BALANCE_EUR,
            founded=as_of.year - _AGE_YEARS,
        )
        judged = [
            [(on, _verdict(firm, on)) for on in (Candidate(offer, tier, as_of, weights) for tier in offer.tiers)]
            for offer in offers
        ]
        living = [[pair for pair in tiers if pair[1] is not Verdict.NOT_MET] for tiers in judged]
        #: Candidates by offer; those without any are left out.
        self.offers = [tiers for tiers in living if tiers]
        self.depth = max((len(tiers) for tiers in self.offers), default=0)
        self.live = self._mask(lambda on, verdict: verdict)
        self.costs = _Bits(*(self._costing(kind) for kind in _COSTS))

    def _mask(self, judge: Callable[[Candidate, Verdict], Verdict]) -> _Mask:
        sure, possible = [0] * self.depth, [0] * self.depth
        for at, tiers in enumerate(self.offers):
            for plane, (on, before) in enumerate(tiers):
                verdict = judge(on, before)
                if verdict is not Verdict.NOT_MET:
                    possible[plane] |= 1 << at
                if verdict is Verdict.MET:
                    sure[plane] |= 1 << at
        return _Mask(tuple(sure), tuple(possible))

    def _costing(self, kind: CostKind) -> int:
        return sum(1 << at for at, tiers in enumerate(self.offers) if tiers[0][0].offer.cost.kind is kind)

    def rule(self, name: str, value: Any) -> _Mask:
        """What one rule says of a value."""
        judge = next(rule.judge for rule in RULES if rule.name == name)
        return self._mask(lambda on, _: judge(value, on).verdict)

    def place(self, place: Place) -> tuple[_Mask, int]:
        """Where the live offers hold for a place, and which of them are narrower than nationwide."""
        local = (is_near(place, tiers[0][0]).case != "bund" for tiers in self.offers)
        return _both(self.live, self.rule("area", place)), sum(1 << at for at, is_local in enumerate(local) if is_local)

    def trades(self, trades: Iterable[Trade]) -> Sequence[_Mask]:
        """The different things that the offers say of some trades."""
        return tuple(dict.fromkeys(self.rule("trade", trade) for trade in trades))

    def need(self, code: str) -> _Mask:
        """Which tiers serve a need."""
        means = self.weights.means
        return self._mask(
            lambda on, _: Verdict.MET if service(code, on.offer, on.tier, means) in _SERVING else Verdict.NOT_MET
        )


_COSTS = (CostKind.FREE, CostKind.SUBSIDISED, CostKind.INTEREST, CostKind.PAID)


def _verdict(firm: Firm, on: Candidate) -> Verdict:
    """What the rules that don't look at place, trade and needs say of a small firm."""
    verdicts = {rule.judge(rule.value_of(firm), on).verdict for rule in RULES if rule.name in _SAME_FOR_ALL}
    if Verdict.NOT_MET in verdicts:
        return Verdict.NOT_MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MET


def _both(one: _Mask, other: _Mask) -> _Mask:
    """Strong Kleene and, bit by bit."""
    return _Mask(*(tuple(a & b for a, b in zip(x, y, strict=True)) for x, y in zip(one, other, strict=True)))


def _cells(
    profile: tuple[_Mask, int], needs: Mapping[str, _Mask], groups: Mapping[str, Sequence[_Mask]], costs: _Bits
) -> Iterator[tuple[str, str, Counts]]:
    """The counts of one kind of Kreis by need and group; groups without any trade are left out."""
    here, local = profile
    for need, serving in needs.items():
        base = _both(here, serving)
        for group, trades in groups.items():
            if trades:
                yield need, group, lowest(_counts(_both(base, trade), local, costs) for trade in trades)


def _counts(found: _Mask, local: int, costs: _Bits) -> Counts:
    sure, possible = (reduce(int.__or__, planes, 0) for planes in found)
    free = sure & costs.free
    return Counts(
        offers=sure.bit_count(),
        local=(sure & local).bit_count(),
        free=free.bit_count(),
        local_free=(free & local).bit_count(),
        subsidised=(sure & costs.subsidised).bit_count(),
        interest=(sure & costs.interest).bit_count(),
        paid=(sure & costs.paid).bit_count(),
        unsure=(possible & ~sure).bit_count(),
    )
