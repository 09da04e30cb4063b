"""Which needs an owner may have meant whose words no line knows."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from digiwegweiser.core.needs import Need
from digiwegweiser.intake.words import Word, write_umlauts

_MOST = 3
_SHORTEST_WORD = 6
"""Shorter words look like too many others."""


class NearNeeds:
    """Finds needs by words that only look like theirs; builds its list at the first text that says nothing known."""

    def __init__(self, needs: Sequence[Need]) -> None:
        """Take the closed list."""
        self._needs = needs

    def labels(self, words: Iterable[Word]) -> tuple[str, ...]:
        """The labels of the needs whose words look most like those of a text, each of which reads back as its need."""
        from digiwegweiser.intake.similar import alike

        # With umlauts: a demand ("Forderung") is nothing like a grant.
        written = (write_umlauts(word.text).replace("-", "") for word in words)
        long = (form for form in written if len(form) >= _SHORTEST_WORD)
        found = [label for form in long for near in alike(form, self._by_word) for label in self._by_word[near]]
        return tuple(dict.fromkeys(found))[:_MOST]

    @cached_property
    def _by_word(self) -> dict[str, tuple[str, ...]]:
        """Labels by the words that state their need alone."""
        labels: dict[str, dict[str, None]] = {}
        for need in self._needs:
            alone = [word for line in need.words if " " not in line for word in line.split("|")]
            for word in (*alone, *need.label.split()):
                plain = write_umlauts(word.strip("*,?()").replace("-", ""))
                if len(plain) >= _SHORTEST_WORD:
                    labels.setdefault(plain, {})[need.label] = None
        return {word: tuple(several) for word, several in labels.items()}
