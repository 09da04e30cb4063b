"""The guide as JSON: a contract whose keys are never renamed."""

import json
from datetime import date
from typing import Any

from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Firm, Place, StatedNeed, Trade
from digiwegweiser.core.guide import Guide, Hit
from digiwegweiser.core.matching import Match
from digiwegweiser.core.money import estimate_eur
from digiwegweiser.core.offer import Area, Audience, Contact, Offer
from digiwegweiser.core.preference import nearest_km
from digiwegweiser.core.succession import Heir
from digiwegweiser.core.vocabulary import Sector
from digiwegweiser.core.weights import Weights
from digiwegweiser.render.call_sheet import call_sheet_view
from digiwegweiser.render.card import urgent_warnings
from digiwegweiser.render.combination import not_with_view, requires_view
from digiwegweiser.render.emergency import emergency_view
from digiwegweiser.render.judgement import change_phrases, outlook_view, wobbles_view
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.money import (
    cost_text,
    de_minimis_view,
    estimate_view,
    estimates_view,
    expenses,
    likely_view,
    money_text,
)
from digiwegweiser.render.order_lock import order_lock_view
from digiwegweiser.render.page import FIRST_PAGE
from digiwegweiser.render.plan import plan_view
from digiwegweiser.render.reasons import open_questions, reason
from digiwegweiser.render.wording import NBSP

SCHEMA = 1


def render_json(guide: Guide, catalog: dict[str, Any], words: Lexicon, weights: Weights, shown: int | None) -> str:
    """The guide; `shown` cuts the results, None keeps them all."""
    hits = guide.hits if shown is None else guide.hits[:shown]
    page, heard = FIRST_PAGE, guide.firm.emergency
    view = {
        "schema": SCHEMA,
        "as_of": guide.as_of.isoformat(),
        "catalog": catalog,
        "firm": firm_view(guide.firm, guide.chamber, words),
        "results": [{"rank": rank, **hit_view(hit, guide, words, weights)} for rank, hit in enumerate(hits, 1)],
        "excluded": [_excluded_view(m, guide, words, weights) for m in guide.excluded],
        "ended": [_ended_view(m, words) for m in guide.ended],
        "upcoming": [_ended_view(m, words) for m in guide.upcoming],
        **outlook_view(guide, words, weights),
        "order_lock": order_lock_view(guide, page, weights),
        "de_minimis": de_minimis_view(guide, page),
        "plan": plan_view(guide, words, page),
        "call_sheet": call_sheet_view(guide, words, page),
        "emergency": None if heard is None else emergency_view(guide, heard, words),
    }
    return json.dumps(view, ensure_ascii=False, indent=1).replace(NBSP, " ") + "\n"


def firm_view(firm: Firm, chamber: Offer | None, words: Lexicon) -> dict[str, Any]:
    """What was understood of the firm."""
    return {
        "place": None if firm.place is None else _place_view(firm.place, chamber),
        "trade": None if firm.trade is None else _trade_view(firm.trade),
        "employees": firm.employees,
        "needs": [{"code": n.code, "label": words.needs.get(n.code, n.code), "from": n.words} for n in firm.needs],
        "turnover_eur": firm.turnover_eur,
        "balance_eur": firm.balance_eur,
        "founded": firm.founded,
        "budget_eur": firm.budget_eur,
        "ordered": firm.ordered,
        "de_minimis_eur": firm.de_minimis_eur,
    }


def _place_view(place: Place, chamber: Offer | None) -> dict[str, Any]:
    return {
        "plz": place.plz,
        "name": place.name,
        "gemeinde": place.gemeinde_name,
        "kreis": place.kreis_name,
        "kreis_ags": place.kreis,
        "land": place.land,
        "chamber": None if chamber is None else chamber.name,
        "chamber_id": None if chamber is None else chamber.id,
    }


def _trade_view(trade: Trade) -> dict[str, Any]:
    sectors = [sector for sector in _MOST_TELLING_FIRST if sector in trade.sectors]
    return {"code": trade.code, "name": trade.name, "sector": sectors[0] if sectors else None, "sectors": sectors}


_MOST_TELLING_FIRST = (
    Sector.CRAFT, Sector.IT, Sector.INDUSTRY, Sector.COMMERCE, Sector.AGRICULTURE, Sector.PROFESSIONS, Sector.SERVICES,
    Sector.STARTUP,
)  # fmt: skip


def hit_view(hit: Hit, guide: Guide, words: Lexicon, weights: Weights) -> dict[str, Any]:
    """One offer for one firm, without its rank."""
    m, offer = hit.match, hit.match.offer
    return {
        "id": offer.id,
        "name": offer.name,
        "former_names": list(offer.former_names),
        "kind": offer.kind,
        "summary": offer.summary,
        "status": m.state,
        "score": m.score,
        "eligibility": m.eligibility,
        "findings": [_finding_view(found, m, words) for found in m.findings],
        "open_questions": open_questions(m, words),
        "wobbles": wobbles_view(m, guide, weights),
        "warnings": urgent_warnings(offer, guide.as_of, words, weights),
        "conditions": list(offer.conditions),
        "not_with": not_with_view(m, guide),
        "requires": requires_view(m, guide),
        "cost": {"kind": offer.cost.kind, "text": cost_text(offer)},
        "funding": _funding_view(m, guide.firm.budget_eur),
        "contact": _plain(offer.contact),
        "how_to_apply": offer.how_to_apply,
        "distance_km": nearest_km(guide.firm.place, offer),
        "valid_until": _day(offer.valid_until),
        "checked_on": _day(offer.checked_on),
        "origin": offer.origin,
        "folded": [{"id": other.offer.id, "name": other.offer.name, "score": other.score} for other in hit.folded],
        "sources": [{"url": source.url, "date": source.date} for source in offer.sources],
    }


def _funding_view(m: Match, budget_eur: int | None) -> dict[str, Any]:
    tier, form = m.tier, m.offer.form
    return {
        "form": form,
        "tier": tier.name,
        "rate_percent": tier.rate_percent,
        "rate_from_percent": tier.rate_from_percent,
        "max_eur": tier.max_eur,
        "min_eur": tier.min_eur,
        "min_project_eur": tier.min_project_eur,
        "max_project_eur": tier.max_project_eur,
        "max_eligible_eur": tier.max_eligible_eur,
        "pays_for": expenses(tier),
        "de_minimis": tier.de_minimis,
        "apply_before_start": tier.apply_before_start,
        "estimate_eur": estimate_eur(tier, form, budget_eur),
        "estimate": estimate_view(tier, form, budget_eur),
        "estimates": estimates_view(m, budget_eur),
        "likely": likely_view(m),
        "text": money_text(m, budget_eur),
    }


def _excluded_view(m: Match, guide: Guide, words: Lexicon, weights: Weights) -> dict[str, Any]:
    return {
        "id": m.offer.id,
        "name": m.offer.name,
        "score": m.score,
        "findings": [_finding_view(found, m, words) for found in m.failing()],
        "change": change_phrases(m, guide, words, weights),
    }


def _ended_view(m: Match, words: Lexicon) -> dict[str, Any]:
    return {
        "id": m.offer.id,
        "name": m.offer.name,
        "status": m.state,
        "valid_from": _day(m.offer.valid_from),
        "valid_until": _day(m.offer.valid_until),
        **heir_view(words.heir(m.offer, m.finding("date").value)),
    }


def heir_view(heir: Heir | None) -> dict[str, Any]:
    """What came after an offer; the id is null for one that is not in the catalogue."""
    if heir is None:
        return {"successor": None, "successor_is_formal": None}
    named = {"id": None if heir.offer is None else heir.offer.id, "name": heir.name}
    return {"successor": named, "successor_is_formal": heir.is_formal}


def _finding_view(found: Finding, m: Match, words: Lexicon) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "verdict": found.verdict,
        "points": found.points,
        "max_points": found.max_points,
        "text": reason(found, m, words),
        "attribute": found.attribute,
        "firm_value": _plain(found.value),
        "limit": _plain(found.limit),
    }


def _plain(value: Any) -> Any:
    """A value of the core in JSON's types: keys for places, trades and needs, lists for sets and ranges."""
    match value:
        case date():
            return value.isoformat()
        case Place():
            return value.gemeinde or value.kreis or value.land
        case Trade():
            return value.code or value.name
        case StatedNeed():
            return value.code
        case Area() | Audience() | Contact():
            return {name: _plain(item) for name, item in value._asdict().items() if item not in _NOTHING}
        case frozenset():
            return sorted(value)
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


_NOTHING: tuple[Any, ...] = (None, frozenset())


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
