"""The guide in a few lines, one for each offer: what an owner sees first, or last when the page has run by."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from digiwegweiser.core.emergency import first_to_call
from digiwegweiser.core.firm import Trade
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.offer import Contact
from digiwegweiser.core.plan import own_chambers
from digiwegweiser.render.chamber import candidates_count, is_outside, own_chamber
from digiwegweiser.render.order_lock import lock_text
from digiwegweiser.render.page import Block, Paragraph, Tone
from digiwegweiser.render.wording import phone_text, short_name

_INDENT = 1
#: What is left of a name at the least, however long the way to reach the office is.
_SHORTEST_NAME = 20


def summary_lines(guide: Guide, ranks: Sequence[int], width: int, has_calls: bool = True) -> Iterator[Block]:
    """Place, name and number of the offers shown, no line longer than the width; then what an order would lose.

    In an emergency first whom to call, unless that stands above.
    """
    shown = [(rank, hit.match) for rank, hit in enumerate(guide.hits, 1) if rank in ranks]
    if not shown:
        return
    yield Paragraph("Kurz gefasst", Tone.STRONG)
    for m in first_to_call(guide) if has_calls else ():
        yield Paragraph(
            _line("!", m.offer.name, _way(m.offer.contact, guide.firm.trade), width), Tone.WARNING, indent=_INDENT
        )
    chambers = own_chambers(guide)
    for rank, m in shown:
        told = (short_name(m.offer), _way(m.offer.contact, guide.firm.trade))
        if m in chambers:
            told = (candidates_count(chambers, guide.firm.trade), _NUMBERS_BELOW)
        yield Paragraph(_line(f"{rank}.", *told, width), indent=_INDENT)
    lock = lock_text(guide, ranks)
    if lock:
        yield Paragraph(lock, Tone.WARNING, indent=_INDENT)


_NUMBERS_BELOW = "Nummern in den Schritten"


def _line(head: str, name: str, way: str, width: int) -> str:
    """The name is cut, the number never."""
    around = f"{head:<2}   {way}"
    room = max(width - _INDENT - len(around), _SHORTEST_NAME)
    name = name if len(name) <= room else f"{name[: room - 1].rstrip()}…"
    return f"{head:<2} {name}  {way}"


def _way(contact: Contact, trade: Trade | None) -> str:
    """The number; without one the next best way, of an address only whose it is; else who can tell."""
    host = urlsplit(contact.url).hostname if contact.url else None
    way = phone_text(contact) or contact.email or (host or "").removeprefix("www.")
    return way or ("ohne Nummer" if is_outside(trade) else f"über {own_chamber(trade)}")
