"""What must stand early in a guide, whatever its points: stated once, for one firm's hits as for tables of many."""

from collections.abc import Callable, Collection, Sequence
from functools import cache, partial
from typing import NamedTuple

from digiwegweiser.core.firm import Firm
from digiwegweiser.core.matching import Match
from digiwegweiser.core.money import pays_for_investment
from digiwegweiser.core.service import FINANCING, LOANS, service
from digiwegweiser.core.vocabulary import Form, Kind, Service, State
from digiwegweiser.core.weights import Weights


class Want(NamedTuple):
    """Something of which the best hit must stand early; wants of one name want the same."""

    name: str
    kinds: tuple[Callable[[Match, Weights], bool], ...]
    """What will do, by offer and tier alone; a later kind only where there is nothing of an earlier."""
    is_sound_only: bool = True
    """Whether only what is known to run, says whom to ask and is for this place will do."""


class Early(NamedTuple):
    """The wants whose best hits must stand among the first `rank`; of more than fit, the first."""

    rank: int
    wants: tuple[Want, ...]


def what_comes_early(firm: Firm, weights: Weights) -> tuple[Early, ...]:
    """One after the other: each changes the order in which the next finds the hits."""
    chamber = () if knows_no_land(firm) else _CHAMBER
    loan, money = (_LOAN, _ANY_MONEY) if plans_to_spend(firm) else ((), ())
    needs = tuple([_made_for_need(need.code) for need in firm.needs])
    return (
        Early(weights["guide.must_be_seen_rank"], (*chamber, *needs, *money)),
        Early(weights["guide.own_chamber_rank"], chamber),
        Early(weights["guide.loan_rank"], loan),
    )


def best_of(want: Want, ranked: Sequence[Match], weights: Weights) -> Match | None:
    """The hit that satisfies a want: of its earliest kind the first, None where there is nothing of the kind."""
    will_do = [m for m in ranked if not want.is_sound_only or (is_sound(m) and not m.may_be_elsewhere())]
    found = (m for is_kind in want.kinds for m in will_do if is_kind(m, weights))
    return next(found, None)


def is_sound(m: Match) -> bool:
    """Whether an offer is known to run, says whom to ask and holds in all of its area; by offer and tier alone."""
    return m.state is State.OPEN and any(m.offer.contact) and not m.tier.area.is_partial


def knows_no_land(firm: Firm) -> bool:
    """Whether the firm has not said where it is: it sees first what holds everywhere."""
    return firm.place is None or firm.place.land is None


def plans_to_spend(firm: Firm) -> bool:
    """Whether there is a budget, or money is what the firm needs."""
    return firm.budget_eur is not None or any(need.code == FINANCING for need in firm.needs)


@cache
def _made_for_need(code: str) -> Want:
    return Want(f"need {code}", (partial(_serves, code),))


def _serves(code: str, m: Match, weights: Weights) -> bool:
    return service(code, m.offer, m.tier, weights.means) is Service.CORE


def _is_chamber(m: Match, _: Weights) -> bool:
    return m.offer.kind is Kind.CHAMBER


def _pays(forms: Collection[Form], m: Match, _: Weights) -> bool:
    return m.offer.form in forms


def _gives_to_projects(m: Match, _: Weights) -> bool:
    return m.offer.form is Form.GRANT and pays_for_investment(m.tier) is not False


#: Where only the Land is known, the best of those that the firm's chamber could be.
_CHAMBER = (Want("chamber", (_is_chamber,), is_sound_only=False),)
_LOAN = (Want("loan", (partial(_pays, LOANS),)),)
#: What need not be paid back comes before loans, and both before a tax relief that comes later. A grant that pays only
#: for advice or courses is no money for a project: it stands where its points put it.
_ANY_MONEY = (Want("money", (_gives_to_projects, partial(_pays, LOANS), partial(_pays, {Form.TAX}))),)
