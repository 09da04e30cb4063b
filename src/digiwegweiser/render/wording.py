"""German words for codes, numbers and days."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from digiwegweiser.core.firm import Place
from digiwegweiser.core.offer import Contact, Offer
from digiwegweiser.core.vocabulary import LAND_NAMES, CostKind, Form, Kind, Sector, State, TradeGroup

#: Keeps a number and its unit on one line; renderers that do not wrap write a plain space.
NBSP = "\u00a0"

KINDS = {
    Kind.CENTER: "Zentrum",
    Kind.CHAMBER: "Kammer",
    Kind.HUB: "Digital Hub",
    Kind.GRANT: "Zuschuss",
    Kind.VOUCHER: "Gutschein",
    Kind.CONSULTING_SUBSIDY: "Beratungszuschuss",
    Kind.COACHING: "Beratung",
    Kind.LOAN: "Kredit",
    Kind.GUARANTEE: "Bürgschaft",
    Kind.SELF_CHECK: "Selbst-Check",
    Kind.TRAINING: "Weiterbildung",
    Kind.HOTLINE: "Anlaufstelle",
    Kind.NETWORK: "Netzwerk",
    Kind.INITIATIVE: "Initiative",
    Kind.COMPETITION: "Wettbewerb",
}

STATES = {
    State.OPEN: "läuft",
    State.UNVERIFIED: "nicht sicher belegt, vorher nachfragen",
    State.PAUSED: "ausgesetzt",
    State.NOT_YET: "noch nicht offen",
    State.ENDED: "beendet",
}

COSTS = {
    CostKind.FREE: "kostenfrei",
    CostKind.SUBSIDISED: "bezuschusst",
    CostKind.INTEREST: "Kredit mit Zinsen",
    CostKind.PAID: "kostenpflichtig",
}

FORMS = {
    Form.NONE: "kein Geld an den Betrieb",
    Form.ADVICE: "Beratung statt Geld",
    Form.GRANT: "Zuschuss",
    Form.LOAN: "Kredit",
    Form.REPAYMENT_GRANT: "Kredit, ein Teil wird erlassen",
    Form.GUARANTEE: "Bürgschaft",
    Form.TAX: "Steuervorteil",
}

SECTORS = {
    Sector.CRAFT: "Handwerk",
    Sector.INDUSTRY: "Industrie",
    Sector.COMMERCE: "Handel",
    Sector.SERVICES: "Dienstleistung",
    Sector.IT: "IT",
    Sector.PROFESSIONS: "freie Berufe",
    Sector.STARTUP: "Start-ups",
    Sector.AGRICULTURE: "Land- und Forstwirtschaft",
    Sector.ANY: "kleine und mittlere Betriebe aller Branchen",
}

GROUPS = {
    TradeGroup.CONSTRUCTION: "Bauhauptgewerbe",
    TradeGroup.FINISHING: "Ausbaugewerbe",
    TradeGroup.COMMERCIAL_NEEDS: "Handwerke für den gewerblichen Bedarf",
    TradeGroup.VEHICLES: "Kraftfahrzeuggewerbe",
    TradeGroup.FOOD: "Lebensmittelgewerbe",
    TradeGroup.HEALTH: "Gesundheitsgewerbe",
    TradeGroup.PRIVATE_NEEDS: "Handwerke für den privaten Bedarf",
}

ATTRIBUTES = {
    "place": "Ort",
    "trade": "Gewerk",
    "employees": "Beschäftigte",
    "needs": "Bedarf",
    "turnover_eur": "Umsatz",
    "balance_eur": "Bilanzsumme",
    "founded": "Gründungsjahr",
    "budget_eur": "Budget",
    "ordered": "Bestellt",
    "de_minimis_eur": "De-minimis",
}

OPTIONS = {
    "place": "--ort",
    "trade": "--gewerk",
    "employees": "--beschaeftigte",
    "needs": "--bedarf",
    "turnover_eur": "--umsatz",
    "balance_eur": "--bilanzsumme",
    "founded": "--gruendung",
    "budget_eur": "--budget",
    "ordered": "--bestellt",
    "de_minimis_eur": "--de-minimis",
}


#: What a firm has to look up, in the order in which one asks.
MISSING = ATTRIBUTES | {
    "place": "genauer Ort",
    "employees": "Zahl der Beschäftigten",
    "budget_eur": "Kosten des Vorhabens",
    "ordered": "ob schon etwas bestellt ist",
    "de_minimis_eur": "De-minimis-Beihilfen der letzten drei Jahre",
}


def number(value: float) -> str:
    """A number as Germans write it: 1.234,5."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value != int(value) else f"{int(value):,}"
    return text.translate(str.maketrans(",.", ".,"))


def staff(employees: float) -> str:
    """The head count in words."""
    if employees == 0:
        return "allein, ohne Beschäftigte"
    return "1 Beschäftigter" if employees == 1 else f"{number(employees)} Beschäftigte"


def euro(amount: int) -> str:
    """An amount in euros; millions in words from two million on."""
    if amount >= 2_000_000 and amount % 100_000 == 0:
        return f"{number(amount / 1_000_000)}{NBSP}Mio.{NBSP}€"
    return f"{number(amount)}{NBSP}€"


def percent(value: float) -> str:
    """A share."""
    return f"{number(value)}{NBSP}%"


def day(value: date) -> str:
    """A day as 31.12.2026."""
    return f"{value.day:02d}.{value.month:02d}.{value.year}"


def listed(words: Sequence[str], last: str = "und") -> str:
    """Words joined as in a sentence: a, b und c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def laender(codes: Iterable[str]) -> str:
    """Names of Länder."""
    return listed(sorted(LAND_NAMES[code] for code in codes))


def place_line(place: Place) -> str:
    """A place with its Kreis and Land, nothing said twice."""
    first = place.label
    parts = [first]
    if place.kreis_name and place.kreis_name not in first:
        parts.append(place.kreis_name)
    if place.land and LAND_NAMES[place.land] not in first:
        parts.append(LAND_NAMES[place.land])
    return ", ".join(parts)


def span(limits: tuple[Any, Any], unit: str, write: Callable[[Any], str] = number) -> str:
    """A range of inclusive limits in words: "3 bis 49 Beschäftigte"."""
    lowest, highest = limits
    if lowest is not None and highest is not None:
        return f"{write(lowest)} bis {write(highest)}{unit}"
    if lowest is not None:
        return f"ab {write(lowest)}{unit}"
    return f"bis {write(highest)}{unit}" if highest is not None else "ohne Grenze"


def staff_span(limits: tuple[Any, Any]) -> str:
    """A range of head counts."""
    return span(limits, " Beschäftigten" if _ends_with_one(limits) else " Beschäftigte")


def age_span(limits: tuple[Any, Any]) -> str:
    """A range of years after the foundation."""
    if limits[1] == 0:
        return "nur vor der Gründung"
    return span(limits, f" {'Jahr' if _ends_with_one(limits) else 'Jahre'} nach der Gründung")


def _ends_with_one(limits: tuple[Any, Any]) -> bool:
    lowest, highest = limits
    return bool((lowest if highest is None else highest) == 1)


#: Names up to this length are left as they are.
_SHORT = 40
_IN_BRACKETS = re.compile(r" \([^()]*\)")


def short_name(offer: Offer) -> str:
    """The name, a long one without what stands in brackets; in that of a chamber they belong to its town."""
    is_whole = len(offer.name) <= _SHORT or offer.kind is Kind.CHAMBER
    return offer.name if is_whole else _IN_BRACKETS.sub("", offer.name)


def phone_text(contact: Contact) -> str | None:
    """The telephone number, which no line break cuts."""
    return None if contact.phone is None else contact.phone.replace(" ", NBSP)


def origin_text(offer: Offer) -> str:
    """Which file of the user's own an entry is from, to follow other words; empty for a shipped one."""
    return f"; eigener Eintrag aus {offer.origin}" if offer.origin else ""
