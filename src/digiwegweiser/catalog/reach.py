"""Offers that no firm can get, because their limits contradict each other."""

from collections.abc import Iterator
from itertools import product

from digiwegweiser.catalog.located import Path
from digiwegweiser.catalog.market import Market, Stand
from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.kleene import NOT_MET
from digiwegweiser.core.offer import Tier
from digiwegweiser.core.rules import RULES, Rule
from digiwegweiser.core.vocabulary import Verdict

#: Which part of an entry the rules read, and the fields that may be in each other's way.
_READ_FROM = {
    "trade": ("audience", ("sectors", "trades", "trade_groups", "not_trades", "partly_trades")),
    "employees": ("audience", ("min_employees", "max_employees", "eu_sme")),
    "finance": ("audience", ("min_turnover_eur", "max_turnover_eur", "max_balance_eur", "eu_sme", "max_employees")),
    "company_age": ("audience", ("min_company_age_years", "max_company_age_years")),
    "budget": ("funding", ("min_project_eur", "max_project_eur")),
    "needs": ("needs", ("needs",)),
}
#: Rules that share an attribute: a value that suits one may not suit the other.
_TOGETHER = (("employees", "finance"),)


def unreachable(market: Market) -> Iterator[tuple[Stand, Path, str]]:
    """The tiers for which some limit excludes every firm there could be."""
    for stand in filter(market.is_asked_for, market.not_ended):
        for at, tier in enumerate(stand.offer.tiers):
            rule = _impossible(market, stand, tier)
            if rule is not None:
                part, fields = _READ_FROM[rule]
                path: Path = ("funding", "tiers", at) if len(stand.offer.tiers) > 1 else (part,)
                yield stand, path, _limits(tier, fields)


def _impossible(market: Market, stand: Stand, tier: Tier) -> str | None:
    """The first rule that excludes every value, alone or with those that it shares an attribute with."""
    on = market.candidate(stand.offer, tier)
    hard = {rule.name: rule for rule in RULES if rule.name in _READ_FROM}
    for rule in hard.values():
        if all(verdict is NOT_MET for verdict in _verdicts(market, rule, on)):
            return rule.name
    for first, second in _TOGETHER:
        if not _meet(market, hard[first], hard[second], on):
            return second
    return None


def _verdicts(market: Market, rule: Rule, on: Candidate) -> Iterator[Verdict]:
    # What a firm does not tell it may yet turn out to be: only known values count.
    return (rule.judge(value, on).verdict for value in market.values(rule.attributes, [on.tier]) if _is_known(value))


def _is_known(value: object) -> bool:
    # Trades and places are tuples, too, whose parts may well be unknown.
    return value is not None and not (type(value) is tuple and None in value)


def _meet(market: Market, single: Rule, several: Rule, on: Candidate) -> bool:
    """Whether one value of the shared attribute suits both rules."""
    place = several.attributes.index(single.attributes[0])
    ones = [v for v in market.values(single.attributes, [on.tier]) if _is_known(v)]
    manies = [v for v in market.values(several.attributes, [on.tier]) if _is_known(v)]
    good = {v for v in ones if single.judge(v, on).verdict is not NOT_MET}
    return any(v == many[place] for v, many in product(good, manies) if several.judge(many, on).verdict is not NOT_MET)


def _limits(tier: Tier, fields: tuple[str, ...]) -> str:
    said = {name: getattr(tier.audience, name, getattr(tier, name, None)) for name in fields}
    return ", ".join(f"{name}: {_plain(value)}" for name, value in said.items() if value not in (None, frozenset()))


def _plain(value: object) -> str:
    if isinstance(value, frozenset):
        return f"[{', '.join(sorted(map(str, value)))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)
