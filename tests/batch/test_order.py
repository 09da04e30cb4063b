"""What comes early in tables of hits."""

from collections.abc import Sequence

import numpy as np

from digiwegweiser.batch.order import Block, Lift, _first, _keys, _lift
from digiwegweiser.batch.slate import NO, YES

ROWS, COLUMNS, SHOWN = 400, 9, 7


def lifted(ranked: Sequence[int], wanted: Sequence[int], rank: int) -> list[int]:
    """As guides have it: as many wanted as fit and the best others are the first `rank`, each in its old order."""
    early = list(dict.fromkeys(one for one in wanted if one in ranked))[:rank]
    others = [one for one in ranked if one not in early]
    first = {*early, *others[: rank - len(early)]}
    return [one for one in ranked if one in first] + [one for one in ranked if one not in first]


def test_what_is_wanted_early_is_lifted_and_all_else_keeps_its_order() -> None:
    """One lift after the other, with hits wanted twice, standing there already, or being none."""
    random = np.random.default_rng(7)
    verdict = random.choice([NO, YES, YES], (ROWS, COLUMNS)).astype(np.int8)
    score = random.integers(0, 50, (ROWS, COLUMNS)).astype(np.int16)
    wanted = [random.integers(0, COLUMNS, (ROWS, many)) for many in (4, 1)]
    ranks = [random.choice([2, 3], ROWS), np.full(ROWS, 5)]
    lifts = [Lift(rank, wants.astype(np.int16)) for rank, wants in zip(ranks, wanted, strict=True)]
    block = Block(np.arange(COLUMNS), verdict, score, None, np.zeros(ROWS, dtype=np.bool_), lifts)

    keys = _keys(block, lifts=len(lifts))
    ordered = np.sort(keys.values, axis=1)
    before = _first(block, keys, ordered).columns.tolist()
    for bit, lift in enumerate(lifts, keys.free_bit + 1):
        best = np.minimum(keys.values[np.arange(ROWS)[:, None], lift.wants], keys.no)
        _lift(keys, ordered, best, lift.rank, bit)
        assert (ordered == np.sort(keys.values, axis=1)).all()
    found = _first(block, keys, ordered[:, :SHOWN]).columns.tolist()

    for row in range(ROWS):
        ranked = [column for column in before[row] if column >= 0]
        for rank, wants in zip(ranks, wanted, strict=True):
            ranked = lifted(ranked, wants[row].tolist(), int(rank[row]))
        assert found[row] == [*ranked, *[-1] * COLUMNS][:SHOWN]
