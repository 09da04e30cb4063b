"""The guide: matches arranged as an adviser would tell them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from digiwegweiser.core.early import best_of, knows_no_land, what_comes_early
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.matching import Match, match_all
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import Eligibility, Kind, State, Verdict
from digiwegweiser.core.weights import Weights


class Hit(NamedTuple):
    """A recommended offer, with the like offers of its network that it stands for."""

    match: Match
    folded: tuple[Match, ...] = ()
    """The firm's own and nearest first, for a page names only some; then by rank."""


class Guide(NamedTuple):
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

    def rank_of(self, offer: Offer) -> int | None:
        """The offer's place among the hits, from 1; None where it is no hit of its own."""
        return next((rank for rank, hit in enumerate(self.hits, 1) if hit.match.offer.id == offer.id), None)


def build_guide(firm: Firm, offers: Iterable[Offer], as_of: date, weights: Weights) -> Guide:
    """The ranked guide; depends on nothing but its arguments and not on the order of the offers."""
    matches = match_all(firm, offers, as_of, weights)
    fitting = [m for m in matches if m.eligibility is not Eligibility.NO]
    rest = [m for m in matches if m.eligibility is Eligibility.NO]
    return Guide(
        firm=firm,
        as_of=as_of,
        hits=arrange(fitting, firm, weights),
        excluded=tuple(m for m in rest if not is_over(m) and m.state is not State.NOT_YET),
        ended=tuple(m for m in rest if is_over(m) and _would_have_served(m)),
        upcoming=tuple(m for m in rest if m.state is State.NOT_YET and _would_have_served(m)),
        chamber=_district_chamber(matches),
    )


def arrange(fitting: Sequence[Match], firm: Firm, weights: Weights) -> tuple[Hit, ...]:
    """Hits in the order they are told: networks folded, and nothing that must be seen early left behind."""
    hits = _fold_networks(fitting, weights["guide.network_shown"])
    if knows_no_land(firm):
        hits.sort(key=lambda hit: hit.match.may_be_elsewhere())
    for rank, wants in what_comes_early(firm, weights):
        ranked = [hit.match for hit in hits]
        wanted = [best_of(want, ranked, weights) for want in wants]
        hits = _lift(hits, [m.offer.id for m in wanted if m is not None], rank)
    return tuple(hits)


def _fold_networks(ranked: Sequence[Match], shown: int) -> list[Hit]:
    """The first `shown` members of each network as hits; the others, and what is reached through it, folded."""
    members: dict[str, list[Match]] = {}
    for m in ranked:
        if m.offer.network is not None:
            members.setdefault(m.offer.network, []).append(m)
    folded = {name: group[shown_of(group[0].offer, shown) :] for name, group in members.items()}
    for m in ranked:
        if m.offer.through in folded:
            folded[m.offer.through].append(m)
    hidden = {m.offer.id for group in folded.values() for m in group}
    leads = {members[name][0].offer.id: tuple(sorted(group, key=_distance)) for name, group in folded.items()}
    return [Hit(m, leads.get(m.offer.id, ())) for m in ranked if m.offer.id not in hidden]


def _distance(m: Match) -> int:
    """The less, the nearer to the firm: by area and by site."""
    return -m.finding("nearness").points


def shown_of(lead: Offer, shown: int) -> int:
    """How many of a network are named, by its best; a firm has one chamber: until it is known, one stands for all."""
    return 1 if lead.kind is Kind.CHAMBER else shown


def _lift(hits: Sequence[Hit], wanted: Sequence[str], rank: int) -> list[Hit]:
    """The order with all of `wanted` (ids, as many as fit) among the first `rank`; the rest keep theirs."""
    keep = set(list(dict.fromkeys(wanted))[:rank])
    others = [hit for hit in hits if hit.match.offer.id not in keep]
    front = {hit.match.offer.id for hit in others[: max(rank - len(keep), 0)]} | keep
    return [h for h in hits if h.match.offer.id in front] + [h for h in hits if h.match.offer.id not in front]


def is_over(m: Match) -> bool:
    """Whether nobody is sent there any more: ended, or no longer recommended by the sources."""
    return m.state is State.ENDED or (m.state is State.UNVERIFIED and m.finding("date").verdict is Verdict.NOT_MET)


def _would_have_served(m: Match) -> bool:
    """Whether the offer, were it open, is one the firm would ask for: its size and money do not matter any more."""
    if m.tier.audience.made_for and m.finding("made_for").case != "trade":
        return False
    verdicts = {rule: m.finding(rule).verdict for rule in ("area", "trade", "needs")}
    return Verdict.NOT_MET not in verdicts.values()


def _district_chamber(matches: Iterable[Match]) -> Offer | None:
    chambers = (m for m in matches if m.offer.kind is Kind.CHAMBER and m.offer.area.laender)
    return next((m.offer for m in chambers if m.finding("area").verdict is Verdict.MET), None)
