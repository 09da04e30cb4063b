"""What is left of the ceiling for de minimis aid, and which grants fit under it together."""

from collections.abc import Iterable
from typing import NamedTuple

from digiwegweiser.core.combination import excluded_by, together
from digiwegweiser.core.guide import Hit
from digiwegweiser.core.matching import Match
from digiwegweiser.core.money import highest_eur
from digiwegweiser.core.offer import Tier
from digiwegweiser.core.vocabulary import Form

#: For one single undertaking, linked firms included, in any three years (Verordnung (EU) 2023/2831, Art. 3 Abs. 2).
CEILING_EUR = 300_000

#: Aid that may count. A tax rule for every firm gives no aid to a single one and is left out unless the entry says so.
_MAY_COUNT = (Form.GRANT, Form.REPAYMENT_GRANT, Form.LOAN, Form.GUARANTEE)


class Aid(NamedTuple):
    """A recommended offer that counts as de minimis aid."""

    match: Match
    amount_eur: int | None
    """The most it can pay. None = not known; of a loan only the advantage counts, which the bank calculates."""


class Alternative(NamedTuple):
    """Aid that counts and can only be had in place of better ranked offers."""

    aid: Aid
    instead_of: tuple[Match, ...]


class Room(NamedTuple):
    """The ceiling as it stands for one firm."""

    received_eur: int | None
    free_eur: int | None
    """None where it is not known what was received."""
    fitting: tuple[Aid, ...]
    """Taken in the order of the ranking as long as they fit together; all of them where the free room is unknown."""
    beyond: tuple[Aid, ...]
    """Too much for what the better ones leave."""
    unmeasured: tuple[Aid, ...]
    """Count, but nobody knows how much."""
    unsettled: tuple[Match, ...]
    """Whether they count is not known."""
    alternatives: tuple[Alternative, ...] = ()
    """Not added up, because they exclude a better ranked one."""

    @property
    def planned_eur(self) -> int:
        """What the fitting ones take together."""
        return sum(aid.amount_eur or 0 for aid in self.fitting)

    @property
    def left_eur(self) -> int | None:
        """What stays free after the fitting ones."""
        return None if self.free_eur is None else self.free_eur - self.planned_eur


def free_eur(received_eur: int | None) -> int | None:
    """What may still be received; None where it is not known what was."""
    return None if received_eur is None else max(CEILING_EUR - received_eur, 0)


def room(received_eur: int | None, budget_eur: int | None, hits: Iterable[Hit]) -> Room:
    """Which of the hits fit under the ceiling together, each with its highest amount, the better ranked first.

    Of offers that exclude each other only the better ranked is added up.
    """
    every = [hit.match for hit in hits]
    matches = together(every)
    aids = _aids(matches, budget_eur)
    others = _aids([m for m in every if m not in matches], budget_eur)
    measured = [aid for aid in aids if aid.amount_eur is not None and aid.amount_eur > 0]
    free = free_eur(received_eur)
    fitting, beyond = _fill(measured, free)
    return Room(
        received_eur=received_eur,
        free_eur=free,
        fitting=tuple(fitting),
        beyond=tuple(beyond),
        unmeasured=tuple(aid for aid in aids if aid.amount_eur is None),
        unsettled=tuple(m for m in matches if _may_count(m)),
        alternatives=tuple(Alternative(aid, excluded_by(aid.match, matches)) for aid in others if aid.amount_eur != 0),
    )


def _aids(matches: Iterable[Match], budget_eur: int | None) -> list[Aid]:
    return [Aid(m, _most(m, counting, budget_eur)) for m in matches if (counting := _counting(m))]


def _counting(m: Match) -> list[Tier]:
    """The tiers open to the firm that surely count."""
    return [tier for tier in m.tiers if tier.de_minimis is True]


def _may_count(m: Match) -> bool:
    """Whether no tier surely counts, and of one it is not known."""
    return not _counting(m) and m.offer.form in _MAY_COUNT and any(tier.de_minimis is None for tier in m.tiers)


def _most(m: Match, tiers: Iterable[Tier], budget_eur: int | None) -> int | None:
    """The most that one of the tiers can pay; None where of one of them nobody knows."""
    amounts = [highest_eur(tier, m.offer.form, budget_eur) for tier in tiers]
    known = [eur for eur in amounts if eur is not None]
    return max(known) if len(known) == len(amounts) else None


def _fill(aids: Iterable[Aid], free: int | None) -> tuple[list[Aid], list[Aid]]:
    """First come, first served; a smaller one may still fit after a larger one did not."""
    fitting: list[Aid] = []
    beyond: list[Aid] = []
    taken = 0
    for aid in aids:
        amount = aid.amount_eur or 0
        if free is not None and taken + amount > free:
            beyond.append(aid)
        else:
            fitting.append(aid)
            taken += amount
    return fitting, beyond
