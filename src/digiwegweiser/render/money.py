"""How much money an offer gives, how that was calculated, and what is left for de minimis aid, in words."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from digiwegweiser.core.de_minimis import CEILING_EUR, Aid, Room, room
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match, is_small
from digiwegweiser.core.money import Estimate, Outcome, estimate, pays_for_investment
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.vocabulary import CostKind, Expense, Form
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.wording import COSTS, FORMS, euro, listed, percent, short_name

#: Where the ceiling and the single undertaking are defined.
DE_MINIMIS_SOURCE = "https://eur-lex.europa.eu/legal-content/DE/TXT/?uri=CELEX:32023R2831"


class _Costs(NamedTuple):
    """How costs are told: what they are for, with and without article, and as costs."""

    bare: str
    exact: str
    costs: str


_EXPENSES = {
    Expense.ADVICE: _Costs("Beratung", "die Beratung", "der Beratungskosten"),
    Expense.TRAINING: _Costs("Schulung", "die Schulung", "der Schulungskosten"),
    Expense.SOFTWARE: _Costs("Software", "die Software", "der Softwarekosten"),
    Expense.HARDWARE: _Costs("Geräte", "die Geräte", "der Gerätekosten"),
    Expense.WEBSITE: _Costs("Internetseite", "die Internetseite", "der Kosten der Internetseite"),
    Expense.DEVELOPMENT: _Costs("Entwicklung", "die Entwicklung", "der Entwicklungskosten"),
    Expense.WAGES: _Costs("Gehalt", "das Gehalt", "der Gehaltskosten"),
    Expense.LIVING: _Costs("Lebensunterhalt", "den Lebensunterhalt", "des Lebensunterhalts"),
    Expense.IP_RIGHTS: _Costs("Patent und Schutzrecht", "Patent und Schutzrecht", "der Kosten des Schutzrechts"),
    Expense.STANDARDS: _Costs("Normung", "die Normung", "der Kosten der Normung"),
}


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
    likely = [f"{more}, {_assumption(tier, m)}" for tier in m.likely_tiers if (more := _tier_text(tier, form))]
    if likely:
        text += f" Mehr:{';'.join(likely)}."
    others = [other for tier in m.other_tiers if (other := _tier_text(tier, form))]
    if others:
        text += f" Weitere Stufen:{';'.join(others)}."
    expected = _estimates_text(m, budget_eur)
    return f"{text} Für Ihre {euro(budget_eur)}: {expected}." if expected and budget_eur is not None else text


def _assumption(tier: Tier, m: Match) -> str:
    """On what a tier depends whose limits of turnover and balance total nobody has answered."""
    audience = tier.audience
    limits = [
        f"{name} bis {euro(limit)}"
        for name, limit in (("Umsatz", audience.max_turnover_eur), ("Bilanzsumme", audience.max_balance_eur))
        if limit is not None
    ]
    what = f"bei {' oder '.join(limits)}" if limits else "wenn Sie ein KMU sind"
    return f"{what}: bei Ihrer Größe anzunehmen" if is_small(m) else what


def _estimates_text(m: Match, budget_eur: int | None) -> str | None:
    """What each tier for the firm gives, tiers that give the same told once; None where no grant is paid."""
    form = m.offer.form
    tiers = (*m.tiers, *m.likely_tiers)
    judged = [(tier, found) for tier in tiers if (found := estimate(tier, form, budget_eur)) is not None]
    names: dict[str, list[str]] = {}
    for tier, found in judged:
        names.setdefault(estimate_text(found, tier, form), []).append(tier.name or "")
    if len(names) < 2:
        return next(iter(names), None)
    if {(found.outcome, tier.pays_for) for tier, found in judged} == {(Outcome.ONLY_PART, m.tier.pays_for)}:
        most = [f"{_most_of_part(found, tier)}{f' („{tier.name}“)' if tier.name else ''}" for tier, found in judged]
        return _part_text(listed(most, "oder"), m.tier)
    told = ((listed([f"„{name}“" for name in own if name], "oder"), text) for text, own in names.items())
    return "; ".join(f"{own} {text}".strip() for own, text in told)


# --- the calculation -------------------------------------------------------------------------------------------------


def estimate_text(found: Estimate, tier: Tier, form: Form) -> str:
    """The calculation with its result: "50 % von 20.000 €, höchstens 7.500 €: also bis 7.500 €"."""
    match found.outcome:
        case Outcome.KNOWN:
            return f"{_formula(found, form)}: also {_result(found)}"
        case Outcome.BELOW_PROJECT:
            return f"nichts, gefördert wird erst ab {euro(tier.min_project_eur or 0)}"
        case Outcome.ABOVE_PROJECT:
            return f"nichts, gefördert wird nur bis {euro(tier.max_project_eur or 0)}"
        case Outcome.BELOW_GRANT:
            return f"nichts, {_formula(found, form)} bleiben unter dem Mindestbetrag von {euro(tier.min_eur or 0)}"
        case Outcome.NO_RATE:
            return _unknown_text(found, tier, form)
        case Outcome.ONLY_PART:
            own = f"{_rate_text(found)} {_costs_text(tier)}, " if _has_own_most(found) else ""
            return _part_text(own + _most_of_part(found, tier), tier)
        case Outcome.COSTS_UNKNOWN:
            most = f"zählen alle, {_formula(found, form)}: also bis {euro(found.highest_eur or 0)}"
            return f"welche Kosten zählen, ist nicht belegt; {most}"
        case Outcome.NO_BUDGET:
            return "Höhe unbekannt, es fehlt, was das Vorhaben kosten soll"


def _has_own_most(found: Estimate) -> bool:
    """Whether the programme sets the most that is paid: else it is only the firm's own budget."""
    return found.is_capped or found.is_base_limited


def _most_of_part(found: Estimate, tier: Tier) -> str:
    if _has_own_most(found):
        return f"höchstens {euro(found.highest_eur or 0)}"
    is_range = found.rate_from_percent is not None and found.rate_from_percent != found.rate_percent
    return f"{'' if is_range else 'bis '}{_rate_text(found)} {_costs_text(tier)}"


def _part_text(how_much: str, tier: Tier) -> str:
    """For what alone money is paid, and how much: "nur für die Beratung: 50 % der Beratungskosten, …"."""
    kinds = _kinds(tier)
    only = kinds[0].exact if len(kinds) == 1 else _listed(kinds)
    verb = "ist" if len(kinds) == 1 else "sind"
    return f"nur für {only}: {how_much}; wie viel davon {_listed(kinds)} {verb}, wissen wir nicht"


def _kinds(tier: Tier) -> list[_Costs]:
    """The costs that count, in the order of the vocabulary."""
    return [_EXPENSES[expense] for expense in Expense if expense in (tier.pays_for or ())]


def _listed(kinds: Sequence[_Costs]) -> str:
    return listed([kind.bare for kind in kinds])


def _costs_text(tier: Tier) -> str:
    """Of which costs a rate is: named where only one kind of cost beside the investment counts."""
    kinds = _kinds(tier)
    if not kinds or pays_for_investment(tier):
        return "der Kosten"
    return kinds[0].costs if len(kinds) == 1 else f"der Kosten für {_listed(kinds)}"


def _rate_text(found: Estimate) -> str:
    rate = percent(found.rate_percent or 0)
    if found.rate_from_percent is not None and found.rate_from_percent != found.rate_percent:
        return f"{percent(found.rate_from_percent)} bis {rate}"
    return rate


def _formula(found: Estimate, form: Form) -> str:
    rate = _rate_text(found)
    what = " Kredit" if form is Form.REPAYMENT_GRANT else ""
    limited = " (mehr zählt nicht)" if found.is_base_limited else ""
    # A cap that the rate cannot reach is left to the line that describes the tier.
    cap = f", höchstens {euro(found.cap_eur)}" if found.cap_eur is not None and found.is_capped else ""
    return f"{rate} von {euro(found.base_eur or 0)}{what}{limited}{cap}"


def _result(found: Estimate) -> str:
    if found.least_eur is not None and found.least_eur != found.amount_eur:
        return f"{euro(found.least_eur)} bis {euro(found.amount_eur or 0)}"
    return f"bis {euro(found.amount_eur or 0)}"


def _unknown_text(found: Estimate, tier: Tier, form: Form) -> str:
    if form is Form.REPAYMENT_GRANT:
        return "ob und wie viel davon erlassen wird, ist unbekannt"
    is_told = found.cap_eur is not None and found.base_eur is not None and found.cap_eur < found.base_eur
    cap = f", höchstens {euro(found.cap_eur or 0)}" if is_told else ""
    only = f"nur für {_listed(_kinds(tier))}; " if pays_for_investment(tier) is False else ""
    return f"{only}Höhe unbekannt, der Fördersatz ist nicht belegt{cap}"


def estimate_view(tier: Tier, form: Form, budget_eur: int | None) -> dict[str, Any] | None:
    """The calculation for JSON; None where no grant is paid."""
    found = estimate(tier, form, budget_eur)
    return None if found is None else {**found._asdict(), "text": estimate_text(found, tier, form)}


def estimates_view(m: Match, budget_eur: int | None) -> list[dict[str, Any]]:
    """The calculation for each tier open to the firm, for JSON; empty where no grant is paid."""
    views = [(tier, estimate_view(tier, m.offer.form, budget_eur)) for tier in (*m.tiers, *m.likely_tiers)]
    return [{"tier": tier.name, "pays_for": expenses(tier), **view} for tier, view in views if view is not None]


def likely_view(m: Match) -> list[dict[str, Any]]:
    """For JSON, the tiers that pay more and wait only for turnover or balance total."""
    return [
        {
            "tier": tier.name,
            "rate_percent": tier.rate_percent,
            "max_eur": tier.max_eur,
            "assumption": _assumption(tier, m),
        }
        for tier in m.likely_tiers
    ]


def expenses(tier: Tier) -> list[Expense] | None:
    """Which costs count, in the order of the vocabulary; None where that is unknown."""
    return None if tier.pays_for is None else [expense for expense in Expense if expense in tier.pays_for]


# --- de minimis ------------------------------------------------------------------------------------------------------


def de_minimis_lines(guide: Guide, shown: int) -> Iterator[Block]:
    """What is still free and what fits in; nothing where the firm has given no figure that it depends on."""
    found = _room(guide, shown)
    if found is None:
        return
    yield Heading("De-minimis: wie viel noch frei ist", 2)
    yield Paragraph(
        f"Manche Förderung zählt als De-minimis-Beihilfe. Davon darf ein Unternehmen, verbundene Firmen mitgerechnet, "
        f"in drei Jahren höchstens {euro(CEILING_EUR)} bekommen (Verordnung (EU) 2023/2831, Art. 3 Abs. 2)."
    )
    yield Item("Frei", _free_text(found), Tone.STRONG, 0)
    if found.fitting:
        yield Item("Passt" if found.free_eur is not None else "Geplant", _fitting_text(found), Tone.GOOD, 0)
    for aid in found.beyond:
        yield Item("Zu viel", f"{_aid_text(aid)}, frei sind dann nur noch {euro(found.left_eur or 0)}", Tone.WARNING, 0)
    for aid, others in found.alternatives:
        text = f"{_name_and_most(aid)}, nur anstelle von {_names(others)}: nicht mitgerechnet"
        yield Item("Statt", text, indent=0)
    if found.unmeasured:
        names = _names(aid.match for aid in found.unmeasured)
        yield Item("Ohne Zahl", f"{names}: zählt mit, der Betrag ist unbekannt.", indent=0)
    if found.unsettled:
        text = f"{_names(found.unsettled)}: ob De-minimis, ist nicht belegt. Die Stelle fragen."
        yield Item("Unklar", text, indent=0)
    if found.fitting or found.beyond:
        yield Paragraph(
            "Gerechnet der Reihe nach, das passendste Angebot zuerst, jedes mit seinem höchsten Betrag; was sich nach "
            "den Quellen ausschließt, nicht zusammen. Ob sich andere für dieselben Kosten vertragen, sagt die Stelle.",
            Tone.QUIET,
        )


def de_minimis_view(guide: Guide, shown: int) -> dict[str, Any] | None:
    """The same for JSON; None where the text says nothing."""
    found = _room(guide, shown)
    if found is None:
        return None
    return {
        "ceiling_eur": CEILING_EUR,
        "years": 3,
        "received_eur": found.received_eur,
        "free_eur": found.free_eur,
        "planned_eur": found.planned_eur,
        "left_eur": found.left_eur,
        "fitting": [_aid_view(aid) for aid in found.fitting],
        "beyond": [_aid_view(aid) for aid in found.beyond],
        "amount_unknown": [_aid_view(aid) for aid in found.unmeasured],
        "alternatives": [
            {**_aid_view(aid), "instead_of": [m.offer.id for m in others]} for aid, others in found.alternatives
        ],
        "not_settled": [{"id": m.offer.id, "name": m.offer.name} for m in found.unsettled],
        "source": DE_MINIMIS_SOURCE,
    }


def _room(guide: Guide, shown: int) -> Room | None:
    """The room, if the firm gave what it received, or a budget that a de minimis grant on the page would draw on."""
    firm = guide.firm
    found = room(firm.de_minimis_eur, firm.budget_eur, guide.hits[:shown])
    counts = found.fitting or found.beyond or found.unmeasured
    return found if firm.de_minimis_eur is not None or (firm.budget_eur is not None and counts) else None


def _free_text(found: Room) -> str:
    if found.received_eur is None or found.free_eur is None:
        needed = f" {euro(found.planned_eur)} müssen frei sein." if found.planned_eur else ""
        return f"nicht bekannt. Was hat Ihr Betrieb in den letzten drei Jahren so bekommen?{needed}"
    if found.received_eur > CEILING_EUR:
        return f"nichts mehr, {euro(found.received_eur)} sind schon über der Grenze"
    if found.received_eur == 0:
        return f"{euro(found.free_eur)}, denn Sie haben noch nichts bekommen"
    return f"{euro(CEILING_EUR)} - {euro(found.received_eur)} schon bekommen = {euro(found.free_eur)}"


def _fitting_text(found: Room) -> str:
    names = "; ".join(_aid_text(aid) for aid in found.fitting)
    together = f"; zusammen bis {euro(found.planned_eur)}" if len(found.fitting) > 1 else ""
    left = f"; danach frei: {euro(found.left_eur)}" if found.left_eur is not None else ""
    return f"{names}{together}{left}"


def _aid_text(aid: Aid) -> str:
    return f"{short_name(aid.match.offer)} (bis {euro(aid.amount_eur or 0)})"


def _name_and_most(aid: Aid) -> str:
    return short_name(aid.match.offer) if aid.amount_eur is None else _aid_text(aid)


def _names(matches: Iterable[Match]) -> str:
    return "; ".join(short_name(m.offer) for m in matches)


def _aid_view(aid: Aid) -> dict[str, Any]:
    return {"id": aid.match.offer.id, "name": aid.match.offer.name, "amount_eur": aid.amount_eur}


# --- the tier --------------------------------------------------------------------------------------------------------


def _tier_text(tier: Tier, form: Form) -> str:
    """The name and numbers of a tier; empty where no number is known."""
    parts = ", ".join(part for part in (_rate(tier, form), _amount(tier), _project(tier)) if part)
    name = f" „{tier.name}“" if tier.name else ""
    return f"{name}: {parts}" if parts else ""


def _rate(tier: Tier, form: Form) -> str:
    if tier.rate_percent is None:
        return ""
    of_what = {Form.REPAYMENT_GRANT: " Erlass", Form.GUARANTEE: " des Kredits"}.get(form, f" {_costs_text(tier)}")
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
