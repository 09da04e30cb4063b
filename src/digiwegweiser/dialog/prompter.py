"""What the interview needs of a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list: what is shown, and what it stands for."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Lines under a common heading."""

    label: str
    choices: tuple[Choice, ...]


class Prompter(Protocol):
    """Asks in some terminal; every method raises KeyboardInterrupt when the user stops."""

    def text(self, message: str, hint: str, completions: Sequence[str]) -> str:
        """A line typed by the user."""

    def select(self, message: str, choices: Sequence[Choice]) -> str:
        """The value of the chosen line."""

    def many(self, message: str, groups: Sequence[ChoiceGroup], chosen: Sequence[str]) -> list[str]:
        """The values of all marked lines; `chosen` are marked at the start."""

    def tell(self, text: str) -> None:
        """Shows a message."""
