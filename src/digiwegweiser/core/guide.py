"""The guide: matches arranged as an adviser would tell them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from digiwegweiser.core.firm import Firm
from digiwegweiser.core.matching import Match, match_all
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.rules import FINANCING
from digiwegweiser.core.vocabulary import Eligibility, Form, Kind, State, Verdict
from digiwegweiser.core.weights import Weights


class Hit(NamedTuple):
    """A recommended offer, with the like offers of its network that it stands for."""

    match: Match
    folded: tuple[Match, ...] = ()


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
        excluded=tuple(m for m in rest if not _is_over(m) and m.state is not State.NOT_YET),
        ended=tuple(m for m in rest if _is_over(m) and _would_have_served(m)),
        upcoming=tuple(m for m in rest if m.state is State.NOT_YET and _would_have_served(m)),
        chamber=_district_chamber(matches),
    )


def arrange(fitting: Sequence[Match], firm: Firm, weights: Weights) -> tuple[Hit, ...]:
    """Hits in the order they are told: networks folded, and nothing that must be seen early left behind."""
    hits = _fold_networks(fitting, weights["guide.network_shown"])
    if firm.place is None or firm.place.land is None:
        # Whoever has not said where sees first what holds everywhere.
        hits.sort(key=lambda hit: hit.match.may_be_elsewhere())
    chambers = [hit for hit in hits if _is_own_chamber(hit.match, firm)][:1]
    hits = _lift(hits, [*chambers, *_must_be_seen(hits, firm)], weights["guide.must_be_seen_rank"])
    is_craft = firm.trade is not None and firm.trade.is_craft
    return tuple(_lift(hits, chambers, weights["guide.own_chamber_rank"]) if is_craft else hits)


def _fold_networks(ranked: Sequence[Match], shown: int) -> list[Hit]:
    """The first `shown` members of each network as hits; the others, and what is reached through it, folded."""
    members: dict[str, list[Match]] = {}
    for m in ranked:
        if m.offer.network is not None:
            members.setdefault(m.offer.network, []).append(m)
    folded = {name: group[_shown_of(group, shown) :] for name, group in members.items()}
    for m in ranked:
        if m.offer.through in folded:
            folded[m.offer.through].append(m)
    hidden = {m.offer.id for group in folded.values() for m in group}
    leads = {members[name][0].offer.id: tuple(group) for name, group in folded.items()}
    return [Hit(m, leads.get(m.offer.id, ())) for m in ranked if m.offer.id not in hidden]


def _shown_of(group: Sequence[Match], shown: int) -> int:
    """A firm has one chamber: where it is not yet known which, one stands for all."""
    return 1 if group[0].offer.kind is Kind.CHAMBER else shown


def _must_be_seen(hits: Sequence[Hit], firm: Firm) -> list[Hit]:
    """For each need the best offer made for it, and the best money for whoever plans to spend some."""
    wanted = [_best(hits, partial(_is_made_for_need, need.code)) for need in firm.needs]
    if firm.budget_eur is not None or any(need.code == FINANCING for need in firm.needs):
        money = (_best(hits, partial(_pays, forms)) for forms in _MONEY)
        wanted.append(next((hit for hit in money if hit is not None), None))
    return [hit for hit in wanted if hit is not None]


#: Money that need not be paid back comes before loans, and both before a tax relief that comes later.
_MONEY = ((Form.GRANT,), (Form.REPAYMENT_GRANT, Form.LOAN, Form.GUARANTEE), (Form.TAX,))


def _best(hits: Sequence[Hit], is_wanted: Callable[[Match], bool]) -> Hit | None:
    """The first wanted hit that is known to run and says whom to ask; else the first wanted one."""
    wanted = [hit for hit in hits if is_wanted(hit.match)]
    return next((hit for hit in wanted if _is_sound(hit.match)), wanted[0] if wanted else None)


def _is_sound(m: Match) -> bool:
    return m.state is State.OPEN and any(m.offer.contact) and not m.may_be_elsewhere()


def _pays(forms: Sequence[Form], m: Match) -> bool:
    return m.offer.form in forms


def _is_made_for_need(code: str, m: Match) -> bool:
    return code in m.offer.core_needs and (not m.tier.needs or code in m.tier.needs)


def _lift(hits: Sequence[Hit], wanted: Sequence[Hit], rank: int) -> list[Hit]:
    """The order with all of `wanted` (as many as fit) among the first `rank`; the rest keep theirs."""
    keep = set(list(dict.fromkeys(hit.match.offer.id for hit in wanted))[:rank])
    others = [hit for hit in hits if hit.match.offer.id not in keep]
    front = {hit.match.offer.id for hit in others[: max(rank - len(keep), 0)]} | keep
    return [h for h in hits if h.match.offer.id in front] + [h for h in hits if h.match.offer.id not in front]


def _is_own_chamber(m: Match, firm: Firm) -> bool:
    """Whether it is the firm's chamber; where only the Land is known, one of those it could be."""
    return m.offer.kind is Kind.CHAMBER and firm.place is not None and firm.place.land is not None


def _is_over(m: Match) -> bool:
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
