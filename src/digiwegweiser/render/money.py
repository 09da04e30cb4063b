"""How much money an offer gives, in words."""

from digiwegweiser.core.matching import Match
from digiwegweiser.core.money import estimate_eur
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.vocabulary import CostKind, Form
from digiwegweiser.render.wording import COSTS, FORMS, euro, percent


def cost_text(offer: Offer) -> str:
    """What the offer costs the firm and who pays."""
    cost = offer.cost
    if cost.kind is None:
        return "nicht bekannt, vorher fragen"
    text = "kostenfrei für Sie" if cost.kind is CostKind.FREE else COSTS[cost.kind]
    return f"{text}, es zahlt: {cost.payer}" if cost.payer else text


def money_text(m: Match, budget_eur: int | None) -> str | None:
    """What the best tier pays; None where no money is paid."""
    form, tier = m.offer.form, m.tier
    if not form.pays:
        return None
    text = f"{FORMS[form]}{_tier_text(tier, form) or ': Höhe nicht belegt, nachfragen'}."
    expected = estimate_eur(tier, form, budget_eur)
    if expected is not None and budget_eur is not None:
        text += f" Bei {euro(budget_eur)}: höchstens {euro(expected)}."
    others = [other for tier in m.other_tiers if (other := _tier_text(tier, form))]
    return f"{text} Weitere Stufen:{';'.join(others)}." if others else text


def _tier_text(tier: Tier, form: Form) -> str:
    """The name and numbers of a tier; empty where no number is known."""
    parts = ", ".join(part for part in (_rate(tier, form), _amount(tier), _project(tier)) if part)
    name = f" „{tier.name}“" if tier.name else ""
    return f"{name}: {parts}" if parts else ""


def _rate(tier: Tier, form: Form) -> str:
    if tier.rate_percent is None:
        return ""
    of_what = {Form.REPAYMENT_GRANT: " Erlass", Form.GUARANTEE: " des Kredits"}.get(form, " der Kosten")
    if tier.rate_from_percent is not None and tier.rate_from_percent != tier.rate_percent:
        return f"{percent(tier.rate_from_percent)} bis {percent(tier.rate_percent)}{of_what}"
    return f"bis {percent(tier.rate_percent)}{of_what}"


def _amount(tier: Tier) -> str:
    if tier.max_eur is None:
        return f"ab {euro(tier.min_eur)}" if tier.min_eur is not None else ""
    if tier.min_eur is not None:
        return f"{euro(tier.min_eur)} bis {euro(tier.max_eur)}"
    return f"höchstens {euro(tier.max_eur)}"


def _project(tier: Tier) -> str:
    parts = []
    if tier.min_project_eur is not None:
        parts.append(f"Vorhaben ab {euro(tier.min_project_eur)}")
    if tier.max_project_eur is not None:
        parts.append(f"Vorhaben bis {euro(tier.max_project_eur)}")
    if tier.max_eligible_eur is not None:
        parts.append(f"Kosten zählen bis {euro(tier.max_eligible_eur)}")
    return ", ".join(parts)
