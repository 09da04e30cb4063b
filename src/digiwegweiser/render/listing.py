"""All entries of the catalogue as a list."""

import json
from collections.abc import Iterable
from datetime import date

from digiwegweiser.core.offer import Area, Offer
from digiwegweiser.core.vocabulary import State
from digiwegweiser.render.wording import KINDS, STATES

_STATES = {**STATES, State.UNVERIFIED: "nicht sicher belegt"}


def render_listing(offers: Iterable[Offer], as_of: date, form: str) -> str:
    """Identity, kind, state on the day and area of each entry, as tab-separated text or JSON."""
    ordered = sorted(offers, key=lambda offer: offer.id)
    if form == "json":
        return json.dumps([_view(offer, as_of) for offer in ordered], ensure_ascii=False, indent=1) + "\n"
    lines = ["\t".join((o.id, KINDS[o.kind], _STATES[o.state_on(as_of)], _area(o.area), _names(o))) for o in ordered]
    return "\n".join(lines) + "\n"


def _names(offer: Offer) -> str:
    """The name with the former ones; of an entry of the user's own also the file that it is from."""
    origin = f" (eigener Eintrag aus {offer.origin})" if offer.origin else ""
    return " / ".join((offer.name, *offer.former_names)) + origin


def _area(area: Area) -> str:
    if area.kreise or area.gemeinden:
        count = len(area.kreise)
        kreise = "Teile von Kreisen" if not count else "1 Kreis" if count == 1 else f"{count} Kreise"
        return f"{', '.join(sorted(area.laender))}: {kreise}"
    return ", ".join(sorted(area.laender)) or "Bund"


def _view(offer: Offer, as_of: date) -> dict[str, object]:
    return {
        "id": offer.id,
        "name": offer.name,
        "former_names": list(offer.former_names),
        "kind": offer.kind,
        "status": offer.state_on(as_of),
        "area": {
            "level": offer.area.level,
            "laender": sorted(offer.area.laender),
            "kreise": sorted(offer.area.kreise),
            "gemeinden": sorted(offer.area.gemeinden),
        },
        "valid_until": None if offer.valid_until is None else offer.valid_until.isoformat(),
        "checked_on": offer.checked_on.isoformat(),
        "origin": offer.origin,
    }
