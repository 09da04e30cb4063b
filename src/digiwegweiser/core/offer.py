"""An offer of the catalogue, typed. None means unknown and is never read as yes, no or zero."""

from datetime import date
from typing import NamedTuple

from digiwegweiser.core.firm import Trade
from digiwegweiser.core.vocabulary import (
    Confidence,
    CostKind,
    Expense,
    Form,
    Kind,
    Level,
    Sector,
    State,
    Status,
    TradeGroup,
)


class Area(NamedTuple):
    """Where a firm must be. Gemeinden and Kreise, if any, are the limit; else the Länder; else all of Germany."""

    level: Level = Level.BUND
    laender: frozenset[str] = frozenset()
    kreise: frozenset[str] = frozenset()
    gemeinden: frozenset[str] = frozenset()
    focus: frozenset[str] = frozenset()
    """Kreise in which the offer is at home although others may use it too."""
    is_partial: bool = False
    """Only some places within the area count, and the catalogue has no list of them."""
    note: str | None = None


class Site(NamedTuple):
    """A place where the offer can be visited."""

    city: str
    name: str | None = None
    street: str | None = None
    plz: str | None = None
    ags: str | None = None
    lat: float | None = None
    lon: float | None = None


class Audience(NamedTuple):
    """Which firms may use an offer; all limits are inclusive."""

    sectors: frozenset[Sector] = frozenset()
    trades: frozenset[str] = frozenset()
    """Codes of crafts: with `trade_groups` the only crafts served; both empty = every craft of the sectors."""
    trade_groups: frozenset[TradeGroup] = frozenset()
    made_for: frozenset[str] = frozenset()
    """Codes of trades or groups it was made for, though others may use it."""
    not_trades: frozenset[str] = frozenset()
    """Codes of crafts and sectors, groups of crafts, and words for sectors that are left out."""
    partly_trades: frozenset[str] = frozenset()
    """The same of those of which only a part is served, so that the office has to tell."""
    min_employees: float | None = None
    max_employees: float | None = None
    min_turnover_eur: int | None = None
    max_turnover_eur: int | None = None
    max_balance_eur: int | None = None
    eu_sme: bool | None = None
    """Only small and medium firms as in Empfehlung 2003/361/EG, Anhang Art. 2; False = only all others."""
    min_company_age_years: int | None = None
    max_company_age_years: int | None = None
    note: str | None = None

    def leaves_out(self, trade: Trade) -> bool:
        """Whether firms of that trade are left out by name."""
        return _is_among(trade, self.not_trades)

    def serves_part_of(self, trade: Trade) -> bool:
        """Whether only some firms of that trade are served."""
        return _is_among(trade, self.partly_trades)


def _is_among(trade: Trade, chosen: frozenset[str]) -> bool:
    """By its code, its group, or all of its sectors: who also does something else is not meant."""
    return trade.code in chosen or trade.group in chosen or (bool(trade.sectors) and trade.sectors <= chosen)


class Tier(NamedTuple):
    """One variant of an offer with its own firms and its own money; every offer has at least one."""

    area: Area
    audience: Audience
    name: str | None = None
    needs: frozenset[str] = frozenset()
    """The needs that this tier serves; empty = all of the offer's."""
    rate_percent: float | None = None
    rate_from_percent: float | None = None
    max_eur: int | None = None
    min_eur: int | None = None
    min_project_eur: int | None = None
    max_project_eur: int | None = None
    """A project that costs more is not funded at all; compare `max_eligible_eur`."""
    max_eligible_eur: int | None = None
    """Costs above this are allowed, but not counted."""
    pays_for: frozenset[Expense] | None = None
    """Which costs count; None = unknown."""
    de_minimis: bool | None = None
    apply_before_start: bool | None = None
    requires: frozenset[str] = frozenset()
    """What must be used first: ids of offers, or kinds of which any one will do."""
    note: str | None = None

    @property
    def project_limits(self) -> tuple[int | None, int | None]:
        """The smallest and the largest project that is funded."""
        return self.min_project_eur, self.max_project_eur


class Cost(NamedTuple):
    """What using the offer costs the firm, and who pays the rest."""

    kind: CostKind | None = None
    payer: str | None = None
    note: str | None = None


class Contact(NamedTuple):
    """Whom to call: an organisation, never a person."""

    organisation: str | None = None
    phone: str | None = None
    email: str | None = None
    url: str | None = None
    application_url: str | None = None


class Source(NamedTuple):
    """Where a fact was read, and the day or month of that publication as far as known."""

    url: str
    says: str | None = None
    date: str | None = None


class Offer(NamedTuple):
    """A centre, chamber, hub, grant, loan, check, course or contact."""

    id: str
    name: str
    kind: Kind
    summary: str
    operator: str
    status: Status
    status_evidence: str
    confidence: Confidence
    checked_on: date
    area: Area
    audience: Audience
    core_needs: frozenset[str]
    also_needs: frozenset[str]
    form: Form
    tiers: tuple[Tier, ...]
    cost: Cost
    contact: Contact
    sources: tuple[Source, ...]
    funded_by: str | None = None
    funding_note: str | None = None
    former_names: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    network: str | None = None
    through: str | None = None
    """The network through whose members firms reach the offer: next to a member it need not be named."""
    is_recommended: bool = True
    """False where the sources say that firms should not be sent there any more."""
    valid_from: date | None = None
    valid_until: date | None = None
    """The last day on which the offer can be had."""
    predecessor: str | None = None
    predecessor_note: str | None = None
    successor: str | None = None
    successor_note: str | None = None
    """Name of a successor that is not an entry of the catalogue."""
    successor_is_formal: bool = True
    """False where the sources name no successor and it only comes nearest."""
    not_with: frozenset[str] = frozenset()
    """What cannot be combined with it, whoever says so: ids, for one project; forms of money, for the same costs."""
    sites: tuple[Site, ...] = ()
    how_to_apply: str | None = None
    conditions: tuple[str, ...] = ()
    """What only the office can check."""
    warnings: tuple[str, ...] = ()
    note: str | None = None
    origin: str | None = None
    """File of the user's own that the entry comes from; None = the shipped catalogue."""

    def state_on(self, day: date) -> State:
        """What holds on that day; before `checked_on` only the dates decide, a missing one leaves it unverified."""
        if self.valid_until is not None and day > self.valid_until:
            return State.ENDED
        if self.valid_from is not None and day < self.valid_from:
            return State.NOT_YET
        if day < self.checked_on:
            return State.UNVERIFIED if self.valid_from is None or self.valid_until is None else State.OPEN
        return self._state_now()

    def _state_now(self) -> State:
        """What the status says once the dates allow the offer; an announced start that has come needs checking."""
        if self.status is Status.ANNOUNCED:
            return State.NOT_YET if self.valid_from is None else State.UNVERIFIED
        return _STATE_OF[self.status]


_STATE_OF = {
    Status.ACTIVE: State.OPEN,
    Status.PAUSED: State.PAUSED,
    Status.ENDED: State.ENDED,
    Status.UNVERIFIED: State.UNVERIFIED,
}
