"""What the rules say of every offer at each of its limits, as lines of text that are kept and read by people.

A line holds the values asked and what came out: `employees: 249 met | 250 not_met`. Whole vocabularies (places, trades,
needs) are asked entirely and told by what came out. A kept line is asked again as it stands, so that a limit that has
moved since is noticed at the value where it lay.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from factories import DATA, a_place, a_trade, every_gemeinde, every_kreis, the_catalogue, the_needs, the_weights

from digiwegweiser.catalog.store import read_names
from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.combination import Limit, limit_between
from digiwegweiser.core.firm import Firm, Place, Trade
from digiwegweiser.core.matching import Match, match
from digiwegweiser.core.money import estimate
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.rules import EU_SME_BALANCE_EUR, EU_SME_EMPLOYEES, EU_SME_TURNOVER_EUR, RULES
from digiwegweiser.core.service import service
from digiwegweiser.core.vocabulary import LAND_NAMES, Form, Sector, Service, land_of
from digiwegweiser.intake.trades import TradeBook
from digiwegweiser.render.money import money_text

DAY = timedelta(days=1)
#: All lines are asked for this day, but those of the dates themselves.
AS_OF = date(2026, 11, 22)
_JUDGES = {rule.name: rule.judge for rule in RULES}

Line = tuple[str, str]


def lines_of(offer: Offer) -> Iterator[Line]:
    """All lines on an offer, each with its name; names of tiers' lines begin with the number of the tier."""
    yield "date", _dates(offer, _days(offer))
    for name, told in _OF_OFFER.items():
        yield name, told(offer)
    for number, tier in enumerate(offer.tiers, 1):
        for name, text in _tier_lines(offer, tier):
            yield f"{number} {name}", text
        if tier.requires:
            yield f"{number} requires", _before(tier)
    if offer.not_with:
        yield "excludes", _excludes(offer)


def asked_again(offer: Offer, name: str, kept: str) -> str:
    """The line of that name for the values of a kept one."""
    number, _, rule = name.rpartition(" ")
    values = [part.rsplit(" ", 1)[0] for part in kept.split(" | ")]
    if rule == "date":
        return _dates(offer, [date.fromisoformat(day) for day in values])
    if not number:
        return _excludes(offer) if rule == "excludes" else _OF_OFFER[rule](offer)
    if int(number) > len(offer.tiers):
        return "no such tier"
    tier = offer.tiers[int(number) - 1]
    if rule == "requires":
        return _before(tier)
    if rule in _BY_VALUE:
        return _line(offer, tier, rule, [_read(text) for text in values])
    return _money_told(offer, tier) if rule == "told" else _whole(_WHOLE[rule](offer, tier))


# --- what goes together ----------------------------------------------------------------------------------------------


def _excludes(offer: Offer) -> str:
    """Whom in the catalogue it excludes for one project, as the guide sees it, and which forms for the same costs."""
    own = _seen(offer)
    found = [other.offer.id for other in _all_seen() if limit_between(own, other) is Limit.PROJECT]
    forms = [form.value for form in Form if _excludes_form(own, form)]
    return " ".join([*found, *(f"{form}:costs" for form in forms)]) or "nobody"


def _excludes_form(own: Match, form: Form) -> bool:
    """Asked of an offer of that form of which nobody knows what it pays for."""
    other = own.offer._replace(
        id="another", form=form, not_with=frozenset(), tiers=(Tier(own.tier.area, own.tier.audience),)
    )
    return limit_between(own, _seen(other)) is Limit.COSTS


@cache
def _all_seen() -> tuple[Match, ...]:
    return tuple(_seen(offer) for offer in the_catalogue())


def _seen(offer: Offer) -> Match:
    """An offer for a firm of which nothing is known: all of its tiers may be open."""
    return match(Firm(), offer, AS_OF, the_weights())


def _before(tier: Tier) -> str:
    return " ".join(sorted(tier.requires)) or "nothing"


# --- lines over whole vocabularies -----------------------------------------------------------------------------------


def _tier_lines(offer: Offer, tier: Tier) -> Iterator[Line]:
    for name, outcomes in _WHOLE.items():
        yield name, _whole(outcomes(offer, tier))
    yield "told", _money_told(offer, tier)
    for rule, values in _BY_VALUE.items():
        asked = values(offer, tier)
        if asked:
            yield rule, _line(offer, tier, rule, asked)


def _whole(outcomes: dict[str, str]) -> str:
    """Everything by what came out; the commonest outcome without its keys."""
    found: dict[str, list[str]] = {}
    for key, outcome in outcomes.items():
        found.setdefault(outcome, []).append(key)
    common = max(found, key=lambda outcome: len(found[outcome]))
    rest = [f"{outcome}: {' '.join(keys)}" for outcome, keys in sorted(found.items()) if outcome != common]
    return "; ".join([f"{common} but for", *rest]) if rest else common


@cache
def _places() -> dict[str, Place]:
    """All Länder, all Kreise, and the Gemeinden of the two Kreise that are split."""
    split = [key for key in every_gemeinde() if key[:5] in ("13072", "15089")]
    return {key: a_place(key) for key in (*LAND_NAMES, *every_kreis(), *split)}


def _area(offer: Offer, tier: Tier) -> dict[str, str]:
    found = {key: _judge(offer, tier, "area", place).verdict.value for key, place in _places().items()}
    # A Kreis that says what its Land said is not told again.
    return {key: v for key, v in found.items() if len(key) > 5 or key in LAND_NAMES or v != found[land_of(key)]}


def _home(offer: Offer) -> dict[str, str]:
    tier = offer.tiers[0]
    return {key: _judge(offer, tier, "nearness", place).case or "" for key, place in _places().items()}


@cache
def _trades() -> dict[str, Trade]:
    """All crafts and sectors as an owner's word for them is read, and each sector by itself."""
    book = TradeBook(DATA)
    codes = (*read_names(DATA / "trades.csv", "code", "name"), *read_names(DATA / "sectors.csv", "code", "name"))
    known = {code: book.read(code).value for code in codes}
    return {**{code: trade for code, trade in known.items() if trade}, **_ONE_SECTOR, "gardens": _GARDENS}


#: Firms of which no more than one sector is known, as own data may have them.
_ONE_SECTOR = {sector.value: a_trade(None, sector.value) for sector in Sector if sector is not Sector.ANY}

#: Who tends gardens for others has the code of farms, and is none.
_GARDENS = a_trade("S-14", "services")


def _trade(offer: Offer, tier: Tier) -> dict[str, str]:
    return {code: _judge(offer, tier, "trade", trade).verdict.value for code, trade in _trades().items()}


def _made_for(offer: Offer, tier: Tier) -> dict[str, str]:
    return {code: _judge(offer, tier, "made_for", trade).case or "" for code, trade in _trades().items()}


def _needs(offer: Offer, tier: Tier) -> dict[str, str]:
    means = the_weights().means
    found = {need.code: service(need.code, offer, tier, means) for need in the_needs()}
    return {code: how.value if how in (Service.CORE, Service.ALSO) else "none" for code, how in found.items()}


_OF_OFFER: dict[str, Callable[[Offer], str]] = {
    "checked": lambda offer: offer.checked_on.isoformat(),
    "cost": lambda offer: str(offer.cost.kind or "?"),
    "home": lambda offer: _whole(_home(offer)),
}
_WHOLE: dict[str, Callable[[Offer, Tier], dict[str, str]]] = {
    "area": _area,
    "trade": _trade,
    "made_for": _made_for,
    "needs": _needs,
}


# --- lines of values -------------------------------------------------------------------------------------------------


def _days(offer: Offer) -> list[date]:
    first, last = offer.valid_from, offer.valid_until
    days = {offer.checked_on - DAY, offer.checked_on}
    days |= {first - DAY, first} if first else set()
    days |= {last, last + DAY} if last else set()
    return sorted(days)


def _dates(offer: Offer, days: Iterable[date]) -> str:
    found = (_JUDGES["date"](None, Candidate(offer, offer.tiers[0], day, the_weights())) for day in days)
    return " | ".join(f"{f.value} {f.case}{'' if offer.is_recommended else '-but-discouraged'}" for f in found)


def _around(*limits: tuple[float | None, float]) -> list[float]:
    """Each limit and its neighbour by that step."""
    found = {value for limit, step in limits if limit is not None for value in (limit, limit + step)}
    return sorted(value for value in found if value >= 0)


def _heads(_: Offer, tier: Tier) -> list[float]:
    audience = tier.audience
    return _around((audience.min_employees, -1), (audience.max_employees, 1), (EU_SME_EMPLOYEES, 1))


def _money_of_firm(_: Offer, tier: Tier) -> list[tuple[float | None, ...]]:
    """Turnover, balance total and head count: each at its limits, the other side too large to help."""
    audience = tier.audience
    turnover = _around((audience.min_turnover_eur, -1), (audience.max_turnover_eur, 1), (EU_SME_TURNOVER_EUR, 1))
    balance = _around((audience.max_balance_eur, 1), (EU_SME_BALANCE_EUR, 1))
    sides = [(value, 10**11, 1) for value in turnover] + [(10**11, value, 1) for value in balance]
    return [(0, 0, 1), *sides]


def _years(_: Offer, tier: Tier) -> list[int]:
    youngest, oldest = tier.audience.min_company_age_years, tier.audience.max_company_age_years
    ages = _around((youngest, -1), (oldest, 1))
    # An age is known by year only: one year further nothing is in doubt.
    return sorted({AS_OF.year - int(age) - more for age in ages for more in (-1, 0, 1)})


def _budgets(_: Offer, tier: Tier) -> list[float]:
    return _around((tier.min_project_eur, -1), (tier.max_project_eur, 1))


def _sums(offer: Offer, tier: Tier) -> list[float]:
    """Budgets at which rate, cap, lowest grant and eligible costs begin or cease to matter."""
    if not offer.form.pays:
        return []
    rate = tier.rate_percent or 100
    turning = [limit * 100 // rate for limit in (tier.max_eur, tier.min_eur) if limit is not None]
    sides = _around(*((limit, step) for limit in (*turning, tier.max_eligible_eur) for step in (-200, 200)))
    return [100, 999, *sides, 10**9]


_BY_VALUE: dict[str, Callable[[Offer, Tier], list[Any]]] = {
    "employees": _heads,
    "finance": _money_of_firm,
    "company_age": _years,
    "budget": _budgets,
    "ordered": lambda offer, _: [True] if offer.form.pays else [],
    "sum": _sums,
}


def _line(offer: Offer, tier: Tier, rule: str, values: list[Any]) -> str:
    return " | ".join(f"{_told(value)} {_outcome(offer, tier, rule, value)}" for value in values)


def _outcome(offer: Offer, tier: Tier, rule: str, value: Any) -> str:
    if rule == "sum":
        found = estimate(tier, offer.form, int(value))
        return "none" if found is None else f"{found.outcome}:{found.least_eur}-{found.amount_eur}-{found.highest_eur}"
    return _judge(offer, tier, rule, value).verdict.value


def _money_told(offer: Offer, tier: Tier) -> str:
    """What a guide says of the tier's money to a firm that names no sum."""
    return money_text(match(Firm(), offer._replace(tiers=(tier,)), AS_OF, the_weights()), None) or "none"


def _judge(offer: Offer, tier: Tier, rule: str, value: Any) -> Any:
    return _JUDGES[rule](value, Candidate(offer, tier, AS_OF, the_weights()))


def _told(value: Any) -> str:
    """A value without spaces; parts of a tuple by slashes."""
    if isinstance(value, tuple):
        return "/".join(f"{part:g}" if part < 1e5 else str(int(part)) for part in value)
    return str(value) if isinstance(value, bool) or value % 1 else str(int(value))


def _read(text: str) -> Any:
    if text == "True":
        return True
    parts = [float(part) for part in text.split("/")]
    whole = [int(part) if part == int(part) else part for part in parts]
    return tuple(whole) if len(whole) > 1 else whole[0]
