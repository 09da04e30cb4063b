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
        self._unsound = ~slate.flags(is_sound(m) for m in slate.bare)
        self._wants: dict[str, int] = {}
        self._kinds: list[Ints] = []
        self._sound_only: list[bool] = []

    def number(self, want: Want) -> int:
        """The number of a want."""
        found = self._wants.get(want.name)
        if found is None:
            found = self._wants[want.name] = len(self._kinds)
            kinds = (
                next((at for at, is_kind in enumerate(want.kinds) if is_kind(m)), _NEVER) for m in self._slate.bare
            )
            self._kinds.append(np.fromiter(kinds, dtype=np.int8, count=len(self._slate)))
            self._sound_only.append(want.is_sound_only)
        return found

    def rank(self, block: Block, shown: int) -> Ranked:
        """The first hits of each row."""
        self._choose_tiers(block)
        keys = _keys(block, lifts=len(block.early))
        self._fold_networks(block, keys)
        bit = keys.free_bit
        if block.elsewhere is not None and block.no_land.any():
            keys.values[block.elsewhere & block.no_land[:, None]] |= 1 << bit
        for at, lift in enumerate(block.early, bit + 1):
            if (lift.wants >= 0).any():
                wanted = self._best(block, keys, lift, bit + 1 + len(block.early))
                _lift(keys, wanted, lift.rank, at)
        return _first(block, keys, shown)

    def _choose_tiers(self, block: Block) -> None:
        """Leaves of each offer the tier that suits best: eligible before open, then by points, then as listed."""
        offers = self._slate.offer_at[block.columns]
        starts = np.flatnonzero(np.diff(offers, prepend=-1))
        ends = np.append(starts[1:], len(offers))
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            if end - start > 1:
                verdict = block.verdict[:, start:end]
                suits = verdict.astype(np.int32) * (1 << 20) + block.score[:, start:end]
                verdict[np.arange(end - start) != suits.argmax(axis=1)[:, None]] = NO

    def _fold_networks(self, block: Block, keys: Keys) -> None:
        """Takes out the members of a network after the first, and what is reached through them."""
        network, through = self._network[block.columns], self._through[block.columns]
        hidden = []
        for name in np.unique(network[network >= 0]).tolist():
            members, reached = np.flatnonzero(network == name), np.flatnonzero(through == name)
            values = keys.values[:, members]
            if len(members) > 1:
                shown = self._shown[block.columns[members]][values.argmin(axis=1)]
                last = np.sort(values, axis=1)[np.arange(len(values)), np.minimum(shown, len(members)) - 1]
                hidden.append((members, values > last[:, None]))
            if len(reached):
                hidden.append((reached, np.repeat(values.min(axis=1, keepdims=True) < keys.no, len(reached), axis=1)))
        # All are judged before one is taken out: what is folded may have been a member of another network.
        for columns, rows in hidden:
            values = keys.values[:, columns]
            values[rows] = keys.no
            keys.values[:, columns] = values

    def _best(self, block: Block, keys: Keys, lift: Lift, bit: int) -> Ints:
        """The keys of the hits that best satisfy the wants of each row; no hit where nothing does."""
        best = np.full(lift.wants.shape, keys.no, dtype=keys.values.dtype)
        for want in np.unique(lift.wants[lift.wants >= 0]).tolist():
            kinds = self._kinds[want][block.columns]
            columns = np.flatnonzero(kinds < _NEVER)
            if not len(columns):
                continue
            rows, places = np.nonzero(lift.wants == want)
            values = keys.values[np.ix_(rows, columns)]
            is_hit = values < keys.no
            values = values + (kinds[columns].astype(values.dtype) << bit)
            if self._sound_only[want]:
                is_hit &= ~self._doubt(block, rows, columns)
            values[~is_hit] = keys.no
            found = values.min(axis=1)
            best[rows, places] = np.where(found < keys.no, found & ((1 << bit) - 1), keys.no)
        return best

    def _doubt(self, block: Block, rows: Ints, columns: Ints) -> Bools:
        """Whether hits are not sound."""
        doubt: Bools = self._unsound[block.columns[columns]].reshape(1, -1)
        if block.elsewhere is not None:
            doubt = np.logical_or(doubt, block.elsewhere[np.ix_(rows, columns)])
        return doubt


def _keys(block: Block, lifts: int) -> Keys:
    """Ordered by score, then eligibility, then id; above that, room for a place unknown, lifts and kinds."""
    best, least = int(block.score.max()), int(block.score.min())
    column_bits, score_bits = len(block.columns).bit_length(), (best - least + 1).bit_length()
    used = column_bits + 1 + score_bits + 1 + lifts + _KIND_BITS
    dtype: Any = np.int32 if used < 30 else np.int64
    values = (best - block.score).astype(dtype)
    values <<= 1
    values |= block.verdict == OPEN
    values <<= column_bits
    # Every hit is behind until it is lifted.
    behind = ((1 << lifts) - 1) << (used - _KIND_BITS - lifts)
    values |= np.arange(len(block.columns), dtype=dtype) | behind
    keys = Keys(values, column_bits, score_bits, best)
    values[block.verdict == NO] = keys.no
    return keys


def _lift(keys: Keys, wanted: Ints, rank: Ints, bit: int) -> None:
    """Puts all wanted hits (as many as fit) among the first `rank`; the rest keep their order."""
    # By place and row, so that what is done for all rows lies together.
    wanted, many = np.ascontiguousarray(wanted.T), np.zeros_like(rank)
    taken = np.full_like(wanted, keys.no)
    for place, one in enumerate(wanted):
        fits = (one < keys.no) & (many < rank) & (taken[:place] != one).all(axis=0)
        taken[place, fits] = one[fits]
        many += fits
    first = np.sort(keys.values, axis=1)[:, : rank.max()].T.copy()
    is_other = (first[:, None] != taken).all(axis=1)
    stays = is_other & (is_other.cumsum(axis=0) <= rank - many)
    in_front = np.vstack([taken, np.where(stays, first, keys.no)])
    places, rows = np.nonzero(in_front < keys.no)
    keys.values[rows, in_front[places, rows] & ((1 << keys.column_bits) - 1)] -= 1 << bit


def _first(block: Block, keys: Keys, shown: int) -> Ranked:
    """The best hits, taken apart."""
    best = np.sort(keys.values, axis=1)[:, :shown]
    is_hit = best < keys.no
    column = block.columns[np.where(is_hit, best & ((1 << keys.column_bits) - 1), 0)]
    score = keys.best_score - ((best >> (keys.column_bits + 1)) & ((1 << keys.score_bits) - 1))
    return Ranked(np.where(is_hit, column, -1), score, ((best >> keys.column_bits) & 1).astype(np.bool_))
