"""The firm that is advised: declared attributes, each of which may be unknown (None)."""

from typing import NamedTuple

from digiwegweiser.core.vocabulary import Sector, TradeGroup


class Place(NamedTuple):
    """Where the firm is, as exactly as it is known: Land, Kreis, Gemeinde or PLZ."""

    name: str
    """What to show: "Lippstadt", "Kreis Soest", "Nordrhein-Westfalen"."""
    land: str | None = None
    """ISO 3166-2, e.g. DE-NW; None only where not even the Land is sure."""
    kreis: str | None = None
    """Five-digit key (AGS) of the Kreis."""
    kreis_name: str | None = None
    gemeinde: str | None = None
    """Eight-digit key (AGS) of the municipality."""
    gemeinde_name: str | None = None
    plz: str | None = None
    lat: float | None = None
    lon: float | None = None

    @property
    def label(self) -> str:
        """What an owner may type to mean exactly this place."""
        return f"{self.plz} {self.name}" if self.plz else self.name

    @property
    def is_town(self) -> bool:
        """Whether the town is known, and not only the middle of a Kreis or Land."""
        return self.plz is not None or self.gemeinde is not None


class Trade(NamedTuple):
    """What the firm does: a craft of the Handwerksordnung, another sector, or (without code) just a start-up."""

    code: str | None
    """"A-27", "B1-33", "B2-24" for crafts, "S-07" for other sectors."""
    name: str
    sectors: frozenset[Sector]
    group: TradeGroup | None = None

    @property
    def is_craft(self) -> bool:
        """Whether the firm is a member of a Handwerkskammer (annexes A and B of the HwO)."""
        return Sector.CRAFT in self.sectors


#: Between the words of two answers that state one need.
NEXT_WORDS = " | "


class StatedNeed(NamedTuple):
    """A need of the closed list and the words it was read from."""

    code: str
    words: str
    """Those of several answers are parted by NEXT_WORDS."""
    text: str = ""
    """The whole answer in which the first of them stand, as typed; no rule reads it."""


class Firm(NamedTuple):
    """All that the rules may know of a firm; None, and no needs at all, mean unknown."""

    place: Place | None = None
    trade: Trade | None = None
    employees: float | None = None
    """Persons working in the firm; part-timers may count as fractions; 0 = the owner alone."""
    needs: tuple[StatedNeed, ...] = ()
    turnover_eur: int | None = None
    balance_eur: int | None = None
    founded: int | None = None
    """Year of foundation."""
    budget_eur: int | None = None
    """Planned cost of the project."""
    ordered: bool | None = None
    """Whether the project has been ordered or begun."""
    de_minimis_eur: int | None = None
    """De minimis aid received in the last three years (Verordnung (EU) 2023/2831, Art. 3)."""
    trade_word: str | None = None
    """The owner's own word for the trade, where it was taken literally; no rule reads it."""
    emergency: str | None = None
    """The owner's words for an attack in progress; no rule reads them, but help comes before funding."""
