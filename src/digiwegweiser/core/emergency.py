"""Who helps while an attack is going on: the hotlines and the police contact for the firm's place."""

from collections.abc import Iterator
from typing import NamedTuple

from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import Kind, State, Verdict

#: The need that an attack states.
IT_SECURITY = "it_security"
#: The network of the police contacts for firms (Zentrale Ansprechstellen Cybercrime).
POLICE = "zac"
#: The list of all police contacts; several entries of the catalogue give it as their address.
POLICE_LIST = "https://www.polizei.de/Polizei/DE/Einrichtungen/ZAC/zac_node.html"

#: Who is attacked makes two calls, not five.
CALLS = 2


class Authority(NamedTuple):
    """Whom a data breach is reported to; None where no source tells the number."""

    name: str
    url: str
    phone: str | None = None


class Help(NamedTuple):
    """Whom to call; both may be empty."""

    hotlines: tuple[Offer, ...]
    """Those of the firm's own Land first; no telephone number twice."""
    police: tuple[Offer, ...]


def is_emergency_line(offer: Offer) -> bool:
    """Whether one calls there while an attack is going on."""
    is_for_security = IT_SECURITY in offer.core_needs | offer.also_needs
    return offer.network == POLICE or (offer.kind is Kind.HOTLINE and is_for_security)


def emergency_help(guide: Guide) -> Help:
    """The living hotlines and police contacts whose area surely holds the firm.

    Where the place is not known, only nationwide ones are left.
    """
    found = _helpers(guide)
    police = [m.offer for m in found if m.offer.network == POLICE]
    return Help(tuple(_once([m.offer for m in found if m.offer.network != POLICE])), tuple(police))


def first_to_call(guide: Guide) -> tuple[Match, ...]:
    """Whom to call while the attack is going on: who surely answers, then the own Land, its hotline before its police.

    Only who has a number, no number twice, and the police once; empty where nothing tells of an attack.
    """
    if guide.firm.emergency is None:
        return ()
    callable_ = {m.offer.id: m for m in _helpers(guide) if m.offer.contact.phone is not None}
    police = [name for name, m in callable_.items() if m.offer.network == POLICE]
    distinct = _once([m.offer for name, m in callable_.items() if name not in police[1:]])
    return tuple([callable_[offer.id] for offer in distinct][:CALLS])


def _helpers(guide: Guide) -> list[Match]:
    return sorted((m for m in _matches(guide) if _helps(m)), key=_order)


def _matches(guide: Guide) -> Iterator[Match]:
    """All that was judged and lives, whatever else is in the way: who is attacked is not asked for its trade."""
    for hit in guide.hits:
        yield hit.match
        yield from hit.folded
    yield from guide.excluded


def _helps(m: Match) -> bool:
    is_here = m.finding("area").verdict is Verdict.MET
    can_be_had = m.finding("date").verdict is not Verdict.NOT_MET
    return is_emergency_line(m.offer) and is_here and can_be_had


def _order(m: Match) -> tuple[bool, bool, bool, bool, str]:
    """What surely runs, then what has a number, then what is near; first aid before the police."""
    offer = m.offer
    is_sure, has_number, is_local = m.state is State.OPEN, offer.contact.phone is not None, bool(offer.area.laender)
    return (not is_sure, not has_number, not is_local, offer.network == POLICE, offer.id)


def _once(offers: list[Offer]) -> Iterator[Offer]:
    """Without those that only repeat a number."""
    seen: set[str] = set()
    for offer in offers:
        number = "".join(sign for sign in offer.contact.phone or "" if sign.isdigit())
        if not number or number not in seen:
            yield offer
        seen.add(number)
