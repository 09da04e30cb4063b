"""The catalogue's hard rules as a decision table of GoRules ZEN: a row for each tier, collected."""

from datetime import date
from typing import Any

from digiwegweiser.app import Adviser
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.rules import EU_SME_BALANCE_EUR, EU_SME_EMPLOYEES, EU_SME_TURNOVER_EUR, lowest_of

#: Columns of the table, by the firm's attribute.
FIELDS = ("land", "kreis", "sector", "trade", "employees", "turnover", "balance", "age", "budget", "ordered", "needs")


def decision(day: date) -> dict[str, Any]:
    """The graph: request, table, response."""
    offers = [offer for offer in Adviser().catalog.offers if offer.state_on(day).is_living]
    inputs = [{"id": name, "name": name, "type": "expression", "field": name} for name in FIELDS]
    rows = [
        {"_id": f"{offer.id}-{n}", **_cells(offer, tier), "offer": f'"{offer.id}"'}
        for offer in offers
        for n, tier in enumerate(offer.tiers)
    ]
    table = {
        "hitPolicy": "collect",
        "inputs": inputs,
        "outputs": [{"id": "offer", "name": "offer", "type": "expression", "field": "offer"}],
        "rules": rows,
    }
    nodes = [
        {"id": "in", "name": "Request", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "table", "name": "Rules", "type": "decisionTableNode", "content": table, "position": {"x": 1, "y": 0}},
        {"id": "out", "name": "Response", "type": "outputNode", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "b", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return {"nodes": nodes, "edges": edges}


def _cells(offer: Offer, tier: Tier) -> dict[str, str]:
    who, area = tier.audience, tier.area
    is_small = who.eu_sme is True
    needs = sorted((offer.core_needs | offer.also_needs) & (tier.needs or offer.core_needs | offer.also_needs))
    return {
        "land": _any_of(area.laender if not area.kreise else ()),
        "kreis": _any_of(area.kreise),
        "sector": _any_of(() if "any" in who.sectors else who.sectors),
        "trade": _any_of(who.trades),
        "employees": _between(who.min_employees, lowest_of(who.max_employees, EU_SME_EMPLOYEES if is_small else None)),
        "turnover": _between(
            who.min_turnover_eur, lowest_of(who.max_turnover_eur, EU_SME_TURNOVER_EUR if is_small else None)
        ),
        "balance": _between(None, lowest_of(who.max_balance_eur, EU_SME_BALANCE_EUR if is_small else None)),
        "age": _between(who.min_company_age_years, who.max_company_age_years),
        "budget": _between(*tier.project_limits),
        "ordered": "false" if tier.apply_before_start and offer.form.pays else "",
        # One of several needs is enough; FINANCING and chambers are left out, as is what helps as a means.
        "needs": f"some($, # in [{_any_of(needs)}])" if needs else "",
    }


def _any_of(values: Any) -> str:
    """A cell that one of the values satisfies; empty = everything does."""
    return ", ".join(f'"{value}"' for value in sorted(values))


def _between(lowest: float | None, highest: float | None) -> str:
    if lowest is not None and highest is not None:
        return f"[{lowest}..{highest}]"
    return f">= {lowest}" if lowest is not None else "" if highest is None else f"<= {highest}"


def firm(number: int) -> dict[str, Any]:
    """A firm of which everything is known: a joiner in the Kreis Soest, or somebody else elsewhere."""
    laender = ("DE-NW", "DE-BY", "DE-SN", "DE-NI", "DE-HE")
    kreise = ("05974", "09162", "14612", "03241", "06412")
    needs = ("it_security", "processes_erp", "website_marketing", "financing", "e_invoicing")
    at = number % 5
    asked = [needs[(number // 5 + n) % 5] for n in range(1 + number % 4)]
    return {
        "land": laender[at], "kreis": kreise[at], "sector": "craft", "trade": f"A-{27 - at:02}",
        "employees": 8 + number % 300, "turnover": 800_000 + number, "balance": 300_000, "age": 5 + number % 40,
        "budget": 1000 * (number % 60), "ordered": number % 7 == 0, "needs": asked,
    }  # fmt: skip
