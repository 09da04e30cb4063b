"""How a word of the owner was read: the value, or what stands in the way."""

from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Remark(StrEnum):
    """Why a reading is less than literal; the user is told each of these."""

    SPELLING = "spelling"
    """Read as a similar word; detail: that word."""
    LIKELIER = "likelier"
    """Several meanings, the likelier one taken; detail: the others."""
    LARGE_RECIPIENT = "large_recipient"
    """PLZ of a single large recipient; detail: the town assumed."""
    DISSOLVED = "dissolved"
    """PLZ that is no longer in use; detail: the town assumed."""
    LAND_ONLY = "land_only"
    """Unknown PLZ, the Land was inferred from its first digits; detail: the Land."""
    SIZE_CLASS = "size_class"
    """A class of head counts; detail: the number that stands for it."""
    PART_OF = "part_of"
    """The name of a quarter or former municipality; detail: the municipality."""
    REFUSED = "refused"
    """Says only what is not wanted; detail: that. The reading has no value."""
    UNUSED = "unused"
    """A part was not understood, while the rest was; detail: that part."""


class Note(NamedTuple):
    """One remark on a reading."""

    remark: Remark
    detail: str


class Reading(NamedTuple, Generic[T]):
    """One word or sentence of the owner, read.

    Exactly one of these holds: `value` is set (read, perhaps with notes); `candidates` has at least two
    (ambiguous, likeliest first); or neither (not understood, `suggestions` may name similar words).
    """

    text: str
    value: T | None = None
    notes: tuple[Note, ...] = ()
    candidates: tuple[T, ...] = ()
    suggestions: tuple[str, ...] = ()

    @property
    def is_understood(self) -> bool:
        """Whether there is one value."""
        return self.value is not None
