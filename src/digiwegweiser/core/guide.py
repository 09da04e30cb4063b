"""The guide: matches arranged as an adviser would tell them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digiwegweiser.core.firm import Firm
from digiwegweiser.core.matching import Match, match_all
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import Eligibility, Kind, State, Verdict
from digiwegweiser.core.weights import Weights


@dataclass(frozen=True, slots=True)
class Hit:
    """A recommended offer, with the like offers of its network that it stands for."""

    match: Match
    folded: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """What one firm is told on one day."""

    firm: Firm
    as_of: date
    hits: tuple[Hit, ...]
    """Recommended, best first."""
    excluded: tuple[Match, ...]
    """Alive, but not for this firm or not for its needs."""
    ended: tuple[Match, ...]
    """Over; would have served the needs in this place and trade."""
    upcoming: tuple[Match, ...]
    """Announced and not yet open; would serve the needs in this place and trade."""
    chamber: Offer | None
    """The Handwerkskammer in whose district the firm lies, whether or not it is a craft; None where not decided."""

    def open_attributes(self) -> tuple[str, ...]:
        """Attributes of the firm that some hit waits for, in the order of the ranking."""
        asked = (f.attribute for hit in self.hits for f in hit.match.unknown() if f.attribute is not None)
        return tuple(dict.fromkeys(asked))


def build_guide(firm: Firm, offers: Iterable[Offer], as_of: date, weights: Weights) -> Guide:
    """The ranked guide; depends on nothing but its arguments and not on the order of the offers."""
    matches = match_all(firm, offers, as_of, weights)
    fitting = [m for m in matches if m.eligibility is not Eligibility.NO]
    rest = [m for m in matches if m.eligibility is Eligibility.NO]
    return Guide(
        firm=firm,
        as_of=as_of,
        hits=arrange(fitting, weights),
        excluded=tuple(m for m in rest if m.state in (State.OPEN, State.UNVERIFIED, State.PAUSED)),
        ended=tuple(m for m in rest if m.state is State.ENDED and _would_have_served(m)),
        upcoming=tuple(m for m in rest if m.state is State.NOT_YET and _would_have_served(m)),
        chamber=_district_chamber(matches),
    )


def arrange(fitting: Sequence[Match], weights: Weights) -> tuple[Hit, ...]:
    """Hits in the order they are told: own chamber among the first, networks folded."""
    return _fold_networks(_lift_chamber(fitting, weights["guide.own_chamber_rank"]), weights["guide.network_shown"])


def _lift_chamber(ranked: Sequence[Match], lowest_rank: int) -> list[Match]:
    """The order with the firm's own chamber at least at that rank: its advice is free and it knows the firm."""
    order = list(ranked)
    place = next((i for i, m in enumerate(order) if _is_own_chamber(m)), 0)
    if place >= lowest_rank:
        order.insert(lowest_rank - 1, order.pop(place))
    return order


def _is_own_chamber(m: Match) -> bool:
    return m.offer.kind is Kind.CHAMBER and m.eligibility is Eligibility.YES


def _fold_networks(ranked: Sequence[Match], shown: int) -> tuple[Hit, ...]:
    """The first `shown` members of each network as hits, the others folded into the network's best."""
    members: dict[str, list[Match]] = {}
    for m in ranked:
        if m.offer.network is not None:
            members.setdefault(m.offer.network, []).append(m)
    folded = {m.offer.id for group in members.values() for m in group[shown:]}
    hits = [Hit(m) for m in ranked if m.offer.id not in folded]
    leads = {group[0].offer.id: tuple(group[shown:]) for group in members.values()}
    return tuple(replace(hit, folded=leads.get(hit.match.offer.id, ())) for hit in hits)


def _would_have_served(m: Match) -> bool:
    """Whether the offer, were it open, is one the firm would ask for: its size and money do not matter any more."""
    verdicts = {rule: m.finding(rule).verdict for rule in ("area", "trade", "needs")}
    return Verdict.NOT_MET not in verdicts.values()


def _district_chamber(matches: Iterable[Match]) -> Offer | None:
    chambers = (m for m in matches if m.offer.kind is Kind.CHAMBER and m.offer.area.laender)
    return next((m.offer for m in chambers if m.finding("area").verdict is Verdict.MET), None)
