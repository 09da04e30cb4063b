"""Why an offer is for a firm, in short: a part for each finding that speaks for it."""

from collections.abc import Callable, Mapping

from digiwegweiser.core.finding import Finding
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import Kind, Verdict
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.reasons import MADE_FOR, PARTIAL, reason


def fitting_reasons(m: Match, words: Lexicon) -> list[str]:
    """Needs, nearness, trade; what says nothing is left out."""
    needs = m.finding("needs")
    parts = [reason(needs, m, words) if needs.value else None]
    parts += [part(m.finding(rule), m.offer) for rule, part in PARTS.items()]
    return [text for text in parts if text is not None]


def _near(found: Finding, offer: Offer) -> str | None:
    if found.verdict is not Verdict.MET:
        return None
    if offer.area.is_partial:
        return PARTIAL
    at_home = "für Ihren Kreis zuständig" if offer.kind is Kind.CHAMBER else "in Ihrem Kreis zu Hause"
    where = {
        "kreis": at_home,
        "region": "auch für Ihren Kreis",
        "land": "in Ihrem Land",
        "laender": "auch für Ihr Land",
    }
    return where.get(found.case or "", "bundesweit")


def _made_for(found: Finding, _: Offer) -> str | None:
    return MADE_FOR[found.case] if found.case in ("trade", "craft") else None


#: By rule, in the order in which they are told after the needs.
PARTS: Mapping[str, Callable[[Finding, Offer], str | None]] = {"nearness": _near, "made_for": _made_for}
