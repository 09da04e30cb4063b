"""The guide in a few lines, one for each offer: what an owner still sees when the page has run off the screen."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from digiwegweiser.core.emergency import first_to_call
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.offer import Contact, Offer
from digiwegweiser.render.page import Block, Paragraph, Tone
from digiwegweiser.render.wording import phone_text

_INDENT = 1
#: What is left of a name at the least, however long the way to reach the office is.
_SHORTEST_NAME = 20


def summary_lines(guide: Guide, ranks: Sequence[int], width: int) -> Iterator[Block]:
    """Place, name and number of the offers shown, no line longer than the width; in an emergency first whom to call."""
    shown = [(rank, hit.match.offer) for rank, hit in enumerate(guide.hits, 1) if rank in ranks]
    if not shown:
        return
    yield Paragraph("Kurz gefasst", Tone.STRONG)
    for m in first_to_call(guide):
        yield Paragraph(_line("!", m.offer, width), Tone.WARNING, indent=_INDENT)
    for rank, offer in shown:
        yield Paragraph(_line(f"{rank}.", offer, width), indent=_INDENT)


def _line(head: str, offer: Offer, width: int) -> str:
    """The name is cut, the number never."""
    way = _way(offer.contact)
    around = f"{head:<2}   {way}"
    room = max(width - _INDENT - len(around), _SHORTEST_NAME)
    name = offer.name if len(offer.name) <= room else f"{offer.name[: room - 1].rstrip()}…"
    return f"{head:<2} {name}  {way}"


def _way(contact: Contact) -> str:
    """The number; without one the next best way, of an address only whose it is."""
    host = urlsplit(contact.url).hostname if contact.url else None
    return phone_text(contact) or contact.email or (host or "").removeprefix("www.") or "ohne Nummer"
