"""The firm's own chamber: what it is called, and how to find it where it is not known which one."""

from collections.abc import Sequence

from digiwegweiser.core.firm import Trade
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import Kind, Sector
from digiwegweiser.render.wording import NBSP, listed, phone_text

#: How many chambers are written out of those that may be the firm's own.
NAMED = 4
#: Chambers that are not in the catalogue, by the sector of their members.
_OUTSIDE = {
    Sector.AGRICULTURE: "etwa die Landwirtschaftskammer",
    Sector.PROFESSIONS: "etwa die Steuerberater-, Architekten- oder Ärztekammer",
}
_FINDER = "IHK-Finder auf https://www.ihk.de/"
#: What stands before the district in the name of a chamber, the longest first.
_BEFORE_DISTRICT = ("Handwerkskammer für ", "Handwerkskammer der ", "Handwerkskammer des ", "Handwerkskammer zu ")


def is_outside(trade: Trade | None) -> bool:
    """Whether the firm's chamber is none of those in the catalogue."""
    return trade is not None and trade.sectors <= _OUTSIDE.keys()


def own_chamber(trade: Trade | None) -> str:
    """What the chamber of a firm is called; free professions and farmers have chambers of other names."""
    if trade is None or is_outside(trade):
        return "Ihre Kammer"
    return "Ihre Handwerkskammer" if trade.is_craft else "Ihre IHK"


def advice_to_ask(trade: Trade | None) -> str:
    """Whom to ask first where the catalogue has nothing, and how to find that chamber."""
    if trade is not None and is_outside(trade):
        names = " oder ".join(_OUTSIDE[sector] for sector in sorted(trade.sectors))
        return f"Ihre Kammer ({names}) steht nicht im Katalog: fragen Sie dort zuerst."
    chamber = own_chamber(trade)
    return f"Fragen Sie zuerst {chamber}{f' ({_FINDER})' if chamber == 'Ihre IHK' else ''}."


def way_to_page(offer: Offer) -> str | None:
    """The page of an office; for the one entry of all IHKs how to find the firm's own."""
    return _FINDER if _stands_for_all(offer) else offer.contact.url


def way_to_number(offer: Offer) -> str | None:
    """How to find the number of an office that has none in the catalogue; None where nothing is known."""
    page = way_to_page(offer)
    if _stands_for_all(offer):
        return f"Nummer über den {page}"
    return f"Nummer auf {page}" if page else offer.contact.email


def _stands_for_all(offer: Offer) -> bool:
    """Whether the one entry stands for all chambers of industry and commerce: a chamber has a district."""
    return offer.kind is Kind.CHAMBER and not offer.area.laender


def candidates_name(candidates: Sequence[Match], trade: Trade | None) -> str:
    """The firm's own chamber with the districts that it may be."""
    names = [_district(m.offer) for m in candidates[:NAMED]]
    more = len(candidates) - len(names)
    names += ["eine weitere"] if more == 1 else [f"eine von {more} weiteren"] if more else []
    return f"{own_chamber(trade)} ({listed(names, 'oder')})"


def candidates_count(candidates: Sequence[Match], trade: Trade | None) -> str:
    """The firm's own chamber with how many it may be, for one short line."""
    return f"{own_chamber(trade)} (eine von {len(candidates)})"


def candidates_numbers(candidates: Sequence[Match]) -> str:
    """The numbers of the first few, and that each of them knows whose the firm is."""
    known = ((m.offer, phone_text(m.offer.contact)) for m in candidates[:NAMED])
    numbers = [f"{_district(offer)} {number}".replace(" ", NBSP) for offer, number in known if number is not None]
    return "; ".join([*numbers, "welche zuständig ist, sagt jede"])


def _district(offer: Offer) -> str:
    name = offer.name
    for words in (*_BEFORE_DISTRICT, "Handwerkskammer "):
        name = name.removeprefix(words)
    return name
