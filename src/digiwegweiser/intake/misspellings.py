"""The vocabulary word that a misspelt one was meant to be."""

from collections.abc import Sequence

_MIN_LENGTH = 8
_MIN_FOR_TWO = 13
"""From these lengths on one and two slips are forgiven; below, other right words are too near (measured on prose)."""


def respell(form: str, candidates: Sequence[str]) -> str | None:
    """The candidate nearest to a folded word, "stem*" standing for any continuation; None where none is near."""
    best: tuple[int, int, str] | None = None
    for candidate in candidates:
        slips = _slips(form, candidate)
        if slips is not None:
            best = min(best or (9, 0, ""), (slips, -len(candidate), candidate))
    return best[2] if best is not None else None


def _slips(form: str, candidate: str) -> int | None:
    stem = candidate.rstrip("*")
    if len(stem) < _MIN_LENGTH or len(form) < len(stem) - 1:
        return None
    allowed = 2 if len(stem) >= _MIN_FOR_TWO else 1
    is_open = stem != candidate
    cuts = range(len(stem) - 1, len(stem) + 2) if is_open else (len(form),)
    # A stem's last letter must stand, or every other ending of a known beginning would be taken for a slip.
    beginnings = [form[:cut] for cut in cuts if not is_open or form[:cut].endswith(stem[-1])]
    # No slip at all means that the word was found as it stands.
    return min((slips for beginning in beginnings if (slips := _edits(beginning, stem, allowed))), default=None)


def _edits(one: str, other: str, allowed: int) -> int | None:
    """Insertions, deletions, replacements and swaps of neighbours between two words; None above `allowed`."""
    if abs(len(one) - len(other)) > allowed:
        return None
    start = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        start += 1
    one, other = one[start:], other[start:]
    if not one or not other:
        return len(one) + len(other)
    if allowed == 0:
        return None
    rests = [(one[1:], other[1:]), (one[1:], other), (one, other[1:])]
    if one[:2] == other[1::-1]:
        rests.append((one[2:], other[2:]))
    found = [edits + 1 for a, b in rests if (edits := _edits(a, b, allowed - 1)) is not None]
    return min(found, default=None)
