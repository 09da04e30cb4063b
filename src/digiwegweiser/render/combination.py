"""What cannot be had together and what must come first, in words."""

from collections.abc import Iterator, Mapping, Sequence

from digiwegweiser.core.combination import Limit, Requirement, excluded_by, limit_between, requirements
from digiwegweiser.core.firm import Trade
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import Form, Kind
from digiwegweiser.render.chamber import own_chamber
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.page import Block, Item, Tone
from digiwegweiser.render.wording import FORMS, KINDS, NBSP, listed, short_name


def combination_lines(m: Match, guide: Guide, words: Lexicon, shown: int) -> Iterator[Block]:
    """For a card: which of the first `shown` hits exclude it, and what it needs before."""
    shown_hits = [hit.match for hit in guide.hits[:shown]]
    for limit, what in _LIMITS.items():
        names = [ranked_name(other, guide) for other in shown_hits if limit_between(m, other) is limit]
        if names:
            yield Item("Achtung", _either_text(names, what), Tone.WARNING)
    first = [_required_name(need, guide, words) for need in requirements(m, guide)]
    if first:
        yield Item("Zuerst", f"Vorher nötig: {listed(first)}.", Tone.WARNING)


_LIMITS = {Limit.PROJECT: "dasselbe Vorhaben", Limit.COSTS: "dieselben Kosten"}


def _either_text(names: Sequence[str], what: str) -> str:
    rest = "eines von beiden" if len(names) == 1 else "dieses oder die anderen"
    return f"Nicht zusammen mit {listed(names, 'oder')} für {what}: {rest}."


def ranked_name(m: Match, guide: Guide) -> str:
    """The short name, with its place in the guide where it has one."""
    rank = guide.rank_of(m.offer)
    return short_name(m.offer) if rank is None else f"{rank}.{NBSP}{short_name(m.offer)}"


def _required_name(need: Requirement, guide: Guide, words: Lexicon) -> str:
    if need.match is None or need.match.may_be_elsewhere():
        return _named(need.named, words.offers, guide.firm.trade)
    return ranked_name(need.match, guide)


def _named(named: str, offers: Mapping[str, Offer], trade: Trade | None = None) -> str:
    """An offer by its name; a kind by its word, the chamber by that of the firm."""
    if named in offers:
        return short_name(offers[named])
    if named == Kind.CHAMBER:
        return own_chamber(trade)
    return KINDS[Kind(named)] if named in set(Kind) else named


def facts_told(m: Match, words: Lexicon) -> dict[str, str]:
    """For the page of one offer: what any entry of the catalogue says of combining it, by label."""
    offer, every = m.offer, words.offers
    excluded = [_named(name, every) for name in sorted(offer.not_with & every.keys())]
    excluded += [short_name(other) for other in every.values() if offer.id in other.not_with]
    forms = [FORMS[form] for form in Form if form in offer.not_with]
    told = []
    if excluded:
        told.append(f"{listed(list(dict.fromkeys(excluded)), 'oder')} für {_LIMITS[Limit.PROJECT]}")
    if forms:
        told.append(f"anderer Förderung für {_LIMITS[Limit.COSTS]} ({'; '.join(forms)})")
    first = sorted({name for tier in offer.tiers for name in tier.requires})
    return {
        "Nicht mit": "; ".join(told),
        "Vorher": listed([f"{_named(name, every)}{_only_tiers(offer, name)}" for name in first]),
    }


def _only_tiers(offer: Offer, named: str) -> str:
    """For which tiers a requirement holds; empty where it does for all."""
    having = [tier.name for tier in offer.tiers if named in tier.requires]
    return "" if len(having) == len(offer.tiers) else f" (für {listed([f'„{name}“' for name in having])})"


def not_with_view(m: Match, guide: Guide) -> list[str]:
    """Ids of all hits that cannot be combined with it."""
    return [other.offer.id for other in excluded_by(m, (hit.match for hit in guide.hits))]


def requires_view(m: Match, guide: Guide) -> list[str]:
    """Ids of what must be used before; a kind stands by its own word where no offer of it is for this firm."""
    return [need.named if need.match is None else need.match.offer.id for need in requirements(m, guide)]
