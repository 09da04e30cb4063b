"""Ranks many firms at once: the order of core.matching and core.guide on arrays, with their decisions as tables."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from digiwegweiser.batch.slate import NO, OPEN, Slate
from digiwegweiser.core.early import Want, is_sound
from digiwegweiser.core.guide import shown_of

Ints = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]

#: No kind of a want.
_NEVER = 127
#: Room for the kinds of a want.
_KIND_BITS = 3


class Block(NamedTuple):
    """Some rows over some columns of the slate."""

    columns: Ints
    """In the order of the slate."""
    verdict: Ints
    score: Ints
    elsewhere: Bools | None
    """Where the offer may be for another place; None where that holds nowhere."""
    no_land: Bools
    """Rows of which not even the Land is known."""
    early: Sequence["Lift"]


class Lift(NamedTuple):
    """What comes early, for each row of a block."""

    rank: Ints
    wants: Ints
    """Numbers of wants, by row; -1 = none."""


class Ranked(NamedTuple):
    """The hits of each row, best first."""

    columns: Ints
    """Columns of the slate; -1 after the last hit."""
    score: Ints
    is_open: Bools


class Keys(NamedTuple):
    """Numbers of which the least is the best hit of a row; each says its column, eligibility and score."""

    values: Ints
    column_bits: int
    score_bits: int
    best_score: int

    @property
    def no(self) -> int:
        """From here on it is no hit."""
        return 1 << (30 if self.values.dtype == np.int32 else 62)

    @property
    def free_bit(self) -> int:
        """The first bit that nothing is said with."""
        return self.column_bits + 1 + self.score_bits

    def column(self, values: Ints) -> Ints:
        """The columns of some of them, counted within the block."""
        found: Ints = values & ((1 << self.column_bits) - 1)
        return found

    def take_out(self, columns: Ints, rows: Bools) -> None:
        """Makes no hits of these columns (a line each) in these rows; which column they were is still to be read."""
        self.values[:, columns] |= np.multiply(rows, self.no, dtype=self.values.dtype).T


class Order:
    """The order of one slate, with what guides decide by offer and tier alone."""

    def __init__(self, slate: Slate) -> None:
        self._slate = slate
        offers = [on.offer for on in slate.candidates]
        self._network_shown = slate.weights["guide.network_shown"]
        self._shown = np.array([shown_of(offer, self._network_shown) for offer in offers])
        networks = {name: at for at, name in enumerate(sorted({o.network for o in offers if o.network}))}
        self._network = np.array([networks.get(offer.network or "", -1) for offer in offers])
        self._through = np.array([networks.get(offer.through or "", -1) for offer in offers])
        self._is_sound = slate.flags(is_sound(m) for m in slate.bare)
        self._wants: dict[str, int] = {}
        self._kinds: list[Ints] = []
        self._sound_only: list[bool] = []

    def number(self, want: Want) -> int:
        """The number of a want."""
        found = self._wants.get(want.name)
        if found is None:
            found = self._wants[want.name] = len(self._kinds)
            weights = self._slate.weights
            kinds = (
                next((at for at, is_kind in enumerate(want.kinds) if is_kind(m, weights)), _NEVER)
                for m in self._slate.bare
            )
            will_do = self._is_sound | (not want.is_sound_only)
            self._kinds.append(np.where(will_do, np.fromiter(kinds, dtype=np.int8, count=len(self._slate)), _NEVER))
            self._sound_only.append(want.is_sound_only)
        return found

    def rank(self, block: Block, shown: int) -> Ranked:
        """The first hits of each row."""
        keys = _keys(block, lifts=len(block.early))
        self._choose_tiers(block, keys)
        self._fold_networks(block, keys)
        bit = keys.free_bit
        if block.elsewhere is not None and block.no_land.any():
            keys.values[block.elsewhere & block.no_land[:, None]] |= 1 << bit
        ordered = np.sort(keys.values, axis=1)
        for at, lift in enumerate(block.early, bit + 1):
            _lift(keys, ordered, self._best(block, keys, lift, bit + 1 + len(block.early)), lift.rank, at)
        return _first(block, keys, ordered[:, :shown])

    def _choose_tiers(self, block: Block, keys: Keys) -> None:
        """Leaves of each offer the tier that suits best: eligible before open, then by points, then as listed."""
        offers = self._slate.offer_at[block.columns]
        tiers = np.flatnonzero(np.bincount(offers)[offers] > 1)
        if len(tiers):
            suits = np.ascontiguousarray(keys.values.take(tiers, axis=1).T)
            # What is open stands behind everything that is not.
            suits += ((suits >> keys.column_bits) & 1) * (keys.no // 2)
            listed = np.split(suits, np.flatnonzero(np.diff(offers[tiers])) + 1)
            keys.take_out(tiers, np.concatenate([part != part.min(axis=0) for part in listed]))

    def _fold_networks(self, block: Block, keys: Keys) -> None:
        """Takes out the members of a network after the first, and what is reached through them."""
        network, through = self._network[block.columns], self._through[block.columns]
        hidden = []
        for name in np.unique(network[network >= 0]).tolist():
            members, reached = np.flatnonzero(network == name), np.flatnonzero(through == name)
            if len(members) + len(reached) < 2:
                continue
            values = np.sort(keys.values.take(members, axis=1), axis=1)
            if len(members) > 1:
                shown = self._shown[block.columns[keys.column(values[:, 0])]]
                last = values[np.arange(len(values)), np.minimum(shown, len(members)) - 1]
                hidden.append((members, keys.values.T[members] > last))
            if len(reached):
                hidden.append((reached, np.repeat(values[None, :, 0] < keys.no, len(reached), axis=0)))
        # All are judged before one is taken out: what is folded may have been a member of another network.
        for columns, rows in hidden:
            keys.take_out(columns, rows)

    def _best(self, block: Block, keys: Keys, lift: Lift, bit: int) -> Ints:
        """The keys of the hits that best satisfy the wants of each row; no hit where nothing does."""
        best = np.full(lift.wants.size, keys.no, dtype=keys.values.dtype)
        wants = lift.wants.ravel()
        by_want = np.argsort(wants, kind="stable")
        for some in np.split(by_want, np.flatnonzero(np.diff(wants[by_want])) + 1):
            want = wants[some[0]]
            if want < 0:
                continue
            kinds = self._kinds[want][block.columns]
            columns = np.flatnonzero(kinds < _NEVER)[:, None]
            if not len(columns):
                continue
            rows = some // lift.wants.shape[1]
            values = keys.values.take(rows * keys.values.shape[1] + columns)
            values += kinds[columns].astype(values.dtype) << bit
            if self._sound_only[want] and block.elsewhere is not None:
                values[block.elsewhere[rows, columns]] = keys.no
            best[some] = values.min(axis=0)
        return np.where(best < keys.no, best & ((1 << bit) - 1), keys.no).reshape(lift.wants.shape)


def _keys(block: Block, lifts: int) -> Keys:
    """Ordered by score, then eligibility, then id; above that, room for a place unknown, lifts and kinds."""
    best, least = int(block.score.max()), int(block.score.min())
    column_bits, score_bits = len(block.columns).bit_length(), (best - least + 1).bit_length()
    used = column_bits + 1 + score_bits + 1 + lifts + _KIND_BITS
    dtype: Any = np.int32 if used < 30 else np.int64
    values = np.subtract(best, block.score, dtype=dtype)
    values <<= 1
    values |= block.verdict == OPEN
    values <<= column_bits
    # Every hit is behind until it is lifted.
    behind = ((1 << lifts) - 1) << (used - _KIND_BITS - lifts)
    values |= np.arange(len(block.columns), dtype=dtype) | behind
    keys = Keys(values, column_bits, score_bits, best)
    values |= np.multiply(block.verdict == NO, keys.no, dtype=dtype)
    return keys


def _lift(keys: Keys, ordered: Ints, wanted: Ints, rank: Ints, bit: int) -> None:
    """Puts all wanted hits (as many as fit) among the first `rank`; the rest keep their order."""
    last = ordered[np.arange(len(ordered)), np.minimum(rank, ordered.shape[1]) - 1]
    # Where all stand there by themselves nothing moves.
    moved = np.flatnonzero(((wanted > last[:, None]) & (wanted < keys.no)).any(axis=1))
    values, room = keys.values[moved], rank[moved]
    for one in wanted[moved].T:
        rows = np.flatnonzero((one < keys.no) & (room > 0))
        # What was wanted before has been lifted, and is another number now.
        rows = rows[values[rows, keys.column(one[rows])] == one[rows]]
        values[rows, keys.column(one[rows])] -= 1 << bit
        room[rows] -= 1
    # Those come first now; with the best of the others they make up the first `rank`.
    ordered[moved] = np.sort(values, axis=1)
    first = ordered[moved, : rank.max()]
    is_other = (first < keys.no) & (first & (1 << bit) != 0) & (np.arange(first.shape[1]) < rank[moved, None])
    rows, places = np.nonzero(is_other)
    values[rows, keys.column(first[rows, places])] -= 1 << bit
    first[rows, places] -= 1 << bit
    keys.values[moved], ordered[moved, : first.shape[1]] = values, np.sort(first, axis=1)


def _first(block: Block, keys: Keys, best: Ints) -> Ranked:
    """The best hits, taken apart."""
    column = np.where(best < keys.no, block.columns[keys.column(best)], -1)
    score = keys.best_score - ((best >> (keys.column_bits + 1)) & ((1 << keys.score_bits) - 1))
    return Ranked(column, score, ((best >> keys.column_bits) & 1).astype(np.bool_))
