"""The catalogue's hard rules as one decision table of GoRules ZEN: a row for each tier, collected.

ZEN knows yes and no. A row applies where no hard rule says "not met", so that its offers are those that core calls
eligible or open, without telling which; and it is asked only of firms of which everything is known. Rules that read
nothing of the firm (the date) and how a tier serves a need are asked of core when the table is made.
"""

import json
import random
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from seeded_register import register

from digiwegweiser.app import Adviser
from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.matching import match
from digiwegweiser.core.offer import Area, Audience
from digiwegweiser.core.rules import EU_SME_BALANCE_EUR, EU_SME_EMPLOYEES, EU_SME_TURNOVER_EUR, lowest_of, still_open
from digiwegweiser.core.service import strength
from digiwegweiser.core.vocabulary import Eligibility, Sector, Verdict
from digiwegweiser.intake.firm import Answers

#: Columns of the table, by what `facts` says of a firm; a column without a field holds whole expressions.
FIELDS = {
    "area": "area", "trade": "", "employees": "employees", "finance": "", "age": "age", "budget": "budget",
    "ordered": "ordered", "needs": "needs",
}  # fmt: skip
SEED = 7


def decision(adviser: Adviser, day: date) -> dict[str, Any]:
    """The graph: request, table, response."""
    catalog = adviser.catalog
    tiers = [Candidate(offer, tier, day, catalog.weights) for offer in catalog.offers for tier in offer.tiers]
    codes = [need.code for need in adviser.needs.needs]
    rows = [
        {"_id": f"{on.offer.id}-{n}", **_cells(on, codes), "offer": f'"{on.offer.id}"'}
        for n, on in enumerate(tiers)
        if still_open(None, on).verdict is not Verdict.NOT_MET
    ]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": name, "name": name, "type": "expression", "field": field} for name, field in FIELDS.items()],
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


# --- cells; an empty one is always true ------------------------------------------------------------------------------


def _cells(on: Candidate, codes: Iterable[str]) -> dict[str, str]:
    who, tier = on.tier.audience, on.tier
    served = {code for code in codes if strength(code, on) > 0}
    highest_age = who.max_company_age_years
    return {
        "area": _area(tier.area),
        "trade": _trade(who),
        "employees": _between(
            who.min_employees, lowest_of(who.max_employees, EU_SME_EMPLOYEES if who.eu_sme else None)
        ),
        "finance": _finance(who),
        # Known by year only: in the year of its n-th birthday a firm may still be a year younger.
        "age": _between(who.min_company_age_years, None if highest_age is None else highest_age + bool(highest_age)),
        "budget": _between(*tier.project_limits),
        "ordered": "false" if tier.apply_before_start and on.offer.form.pays else "",
        "needs": "" if served == set(codes) else f"some($, # in {_list(served)})",
    }


def _area(area: Area) -> str:
    keys = area.kreise | area.gemeinden or area.laender
    return f"some($, # in {_list(keys)})" if keys else ""


def _trade(who: Audience) -> str:
    """Left out by name is no; else served in part may be yes; else sector and code must both be served."""
    serves = " and ".join(filter(None, (_sectors(who), _codes(who))))
    if serves and who.partly_trades:
        serves = f"({_among(who.partly_trades)} or ({serves}))"
    return " and ".join(filter(None, (f"not ({_among(who.not_trades)})" if who.not_trades else "", serves)))


def _sectors(who: Audience) -> str:
    if not who.sectors or Sector.ANY in who.sectors:
        return ""
    return f"(some(trade.sectors, # in {_list(who.sectors)}) or {_in('code', who.trades)})"


def _codes(who: Audience) -> str:
    """Codes limit their own kind: named crafts the crafts, named sectors (S-…) all other firms."""
    sectors = {code for code in who.trades if code.startswith("S-")}
    crafts = who.trades - sectors
    limits = []
    if crafts or who.trade_groups:
        limits.append(f"(not trade.craft or {_in('code', crafts)} or {_in('group', who.trade_groups)})")
    if sectors:
        limits.append(f"(trade.craft or {_in('code', sectors)})")
    return " and ".join(limits)


def _among(chosen: frozenset[str]) -> str:
    return f"({_in('code', chosen)} or {_in('group', chosen)} or all(trade.sectors, # in {_list(chosen)}))"


def _in(name: str, values: Iterable[str]) -> str:
    """In brackets, since `in` binds less than `and` and `or`."""
    return f"(trade.{name} in {_list(values)})"


def _finance(who: Audience) -> str:
    """One of turnover and balance within its limit is enough; the limits of the EU definition by themselves."""
    limits = [_either(who.max_turnover_eur, who.max_balance_eur)]
    limits += [f"finance.turnover >= {who.min_turnover_eur}"] if who.min_turnover_eur is not None else []
    is_small = _either(EU_SME_TURNOVER_EUR, EU_SME_BALANCE_EUR)
    if who.eu_sme is not None:
        limits.append(is_small if who.eu_sme else f"not ({is_small} and finance.employees <= {EU_SME_EMPLOYEES})")
    return " and ".join(filter(None, limits))


def _either(turnover: float | None, balance: float | None) -> str:
    sides = [
        f"finance.{name} <= {top}" for name, top in (("turnover", turnover), ("balance", balance)) if top is not None
    ]
    return f"({' or '.join(sides)})" if sides else ""


def _between(lowest: float | None, highest: float | None) -> str:
    if lowest is not None and highest is not None:
        return f"[{lowest}..{highest}]"
    return f">= {lowest}" if lowest is not None else "" if highest is None else f"<= {highest}"


def _list(values: Iterable[str]) -> str:
    return json.dumps(sorted(map(str, values)))


# --- firms -----------------------------------------------------------------------------------------------------------


def known_firms(adviser: Adviser, day: date, many: int) -> Iterator[Firm]:
    """Firms of the register, read by the tool, of which everything is known: what they do not tell is drawn."""
    rng = random.Random(SEED)
    for row in register(2 * many).iter_rows(named=True):
        answers = Answers(place=f"{row['PLZ']} {row['Ort']}", trade=row["Gewerk"], needs=(row["Bedarf"],))
        firm = adviser.read(answers, day).firm
        if firm.place is None or firm.place.gemeinde is None or firm.trade is None or not firm.needs or not many:
            continue
        many -= 1
        yield firm._replace(
            employees=rng.choice((0, 3, 8, 20, 49, 50, 120, 249, 250, 400)),
            turnover_eur=rng.choice((80_000, 800_000, 9_000_000, 50_000_000, 60_000_000)),
            balance_eur=rng.choice((50_000, 300_000, 10_000_000, 43_000_000, 70_000_000)),
            founded=day.year - rng.choice((-1, 0, 1, 2, 3, 5, 6, 10, 40)),
            budget_eur=rng.choice((500, 2_000, 4_000, 8_000, 15_000, 30_000, 80_000, 500_000)),
            ordered=rng.random() < 0.3,
        )


def facts(firm: Firm, day: date) -> dict[str, Any]:
    """What ZEN is told of a firm of which everything is known."""
    place, trade = firm.place, firm.trade
    assert place is not None
    assert trade is not None
    assert firm.founded is not None
    return {
        "area": [place.land, place.kreis, place.gemeinde],
        "trade": {
            "code": trade.code, "group": trade.group, "sectors": sorted(trade.sectors), "craft": trade.is_craft,
        },
        "employees": firm.employees,
        "finance": {"turnover": firm.turnover_eur, "balance": firm.balance_eur, "employees": firm.employees},
        "age": day.year - firm.founded,
        "budget": firm.budget_eur,
        "ordered": firm.ordered,
        "needs": [need.code for need in firm.needs],
    }  # fmt: skip


def possible(adviser: Adviser, firm: Firm, day: date) -> set[str]:
    """The offers that core calls eligible or open."""
    catalog = adviser.catalog
    judged = (match(firm, offer, day, catalog.weights) for offer in catalog.offers)
    return {found.offer.id for found in judged if found.eligibility is not Eligibility.NO}
