"""The rules that only give points: how near, how closely made for the trade, at what cost, how sure."""

from datetime import date, timedelta

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Place, Trade
from digiwegweiser.core.geography import distance_km
from digiwegweiser.core.kleene import MET, UNKNOWN
from digiwegweiser.core.offer import Audience, Offer, Site
from digiwegweiser.core.vocabulary import Kind, Sector, State, TradeGroup
from digiwegweiser.core.weights import Weights


def is_near(place: Place | None, on: Candidate) -> Finding:
    """How near the offer is: by area, and by the nearest site."""
    weights = on.weights
    top = weights["nearness.kreis"] + weights["nearness.site_near"]
    case = _nearness(place, on.offer)
    km = nearest_km(place, on.offer)
    points = weights[f"nearness.{case}"] + site_points(km, weights)
    verdict = UNKNOWN if place is None else MET
    return Finding("nearness", verdict, points, top, "place", place, km, case)


def is_local(found: Finding) -> bool:
    """Whether a finding on nearness says that the offer is one of the firm's own Kreis or Land."""
    return found.case in ("kreis", "region", "land")


def _nearness(place: Place | None, offer: Offer) -> str:
    area = offer.area
    if place is not None and place.kreis is not None:
        if _at_home(place.kreis, offer):
            return "kreis"
        if place.kreis in area.kreise or place.gemeinde in area.gemeinden:
            return "region"
    if not area.laender or place is None or place.land is None:
        return "elsewhere" if area.focus and place is not None and place.kreis is not None else "bund"
    return "land" if len(area.laender) == 1 else "laender"


def _at_home(kreis: str, offer: Offer) -> bool:
    """Whether the offer is for that Kreis above all: a site there, a home there, no other Kreis; or its chamber."""
    area = offer.area
    if kreis in area.focus or area.kreise == {kreis}:
        return True
    if offer.kind is Kind.CHAMBER:
        return kreis in area.kreise or any(key.startswith(kreis) for key in area.gemeinden)
    return kreis in area.kreise and any(site.ags is not None and site.ags.startswith(kreis) for site in offer.sites)


def nearest_site(place: Place | None, offer: Offer) -> tuple[Site, int] | None:
    """The nearest site and whole kilometres as the crow flies; None where either end is not known to the town."""
    if place is None or not place.is_town or place.lat is None or place.lon is None:
        return None
    found = [
        (round(distance_km(place.lat, place.lon, site.lat, site.lon)), at)
        for at, site in enumerate(offer.sites)
        if site.lat is not None and site.lon is not None
    ]
    if not found:
        return None
    km, at = min(found)
    return offer.sites[at], km


def nearest_km(place: Place | None, offer: Offer) -> int | None:
    """Whole kilometres to the nearest site as the crow flies; None where that is not known."""
    nearest = nearest_site(place, offer)
    return None if nearest is None else nearest[1]


def site_points(km: int | None, weights: Weights) -> int:
    """What the nearest site adds to the points of the area; a distance that is not known adds nothing."""
    if km is None or km > weights["nearness.site_reachable_km"]:
        return 0
    return weights["nearness.site_near" if km <= weights["nearness.site_near_km"] else "nearness.site_reachable"]


def is_made_for(trade: Trade | None, on: Candidate) -> Finding:
    """How closely the offer was made for this trade."""
    case = _made_for(trade, on.tier.audience)
    points = on.weights[f"made_for.{case}"]
    verdict = UNKNOWN if trade is None else MET
    return Finding("made_for", verdict, points, on.weights["made_for.trade"], "trade", trade, on.tier.audience, case)


def _made_for(trade: Trade | None, audience: Audience) -> str:
    if trade is None or audience.serves_part_of(trade):
        return "any"
    if trade.code in audience.trades or trade.code in audience.made_for:
        return "trade"
    if trade.group is not None and (trade.group in audience.made_for or _is_chosen(trade.group, audience)):
        return "trade"
    if trade.is_craft and audience.sectors == {Sector.CRAFT}:
        return "craft"
    if audience.made_for:
        return "any"
    # Next to "any" a sector is only an example.
    is_named = trade.sectors & audience.sectors and Sector.ANY not in audience.sectors
    return "sector" if is_named else "any"


#: An offer that names more groups than this leaves some out rather than choosing any.
MOST_CHOSEN_GROUPS = 3


def _is_chosen(group: TradeGroup, audience: Audience) -> bool:
    return group in audience.trade_groups and len(audience.trade_groups) <= MOST_CHOSEN_GROUPS


def is_affordable(_: None, on: Candidate) -> Finding:
    """What using the offer costs."""
    kind = on.offer.cost.kind
    verdict = UNKNOWN if kind is None else MET
    points = 0 if kind is None else on.weights[f"cost.{kind.value}"]
    return Finding("cost", verdict, points, on.weights["cost.free"], None, None, kind, kind)


def is_sure(_: None, on: Candidate) -> Finding:
    """How sure the entry is: state on the day, sourcing, and whether it is about to end."""
    weights = on.weights
    case = "open" if on.state is State.OPEN else "unverified"
    ends_soon = is_ending(on.offer, on.as_of, weights)
    points = weights[f"sureness.{case}"] + weights[f"sureness.{on.offer.confidence.value}"]
    points += weights["sureness.ending"] if ends_soon else 0
    top = weights["sureness.open"] + weights["sureness.high"]
    verdict = MET if case == "open" else UNKNOWN
    return Finding("sureness", verdict, max(points, 0), top, None, None, on.offer.valid_until, case)


def is_ending(offer: Offer, as_of: date, weights: Weights) -> bool:
    """Whether the last day comes within the warning time."""
    last = offer.valid_until
    return last is not None and timedelta(0) <= last - as_of <= timedelta(days=weights["guide.ending_days"])
