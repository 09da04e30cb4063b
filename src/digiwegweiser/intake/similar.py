"""Similar words, for typing errors; the only file that loads rapidfuzz, and only when it is asked."""

from collections.abc import Collection

_SURE_LENGTH = 6
_TWO_ERRORS_LENGTH = 11


def closest(word: str, known: Collection[str]) -> str | None:
    """The one known word that is so close that a typing error is the likely reason, else None.

    One error (a letter wrong, missing, too many, or two swapped) is forgiven from six letters on, two from eleven;
    the first letter must stand. Two known words that are equally close give None.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) < _SURE_LENGTH:
        return None
    errors = 2 if len(word) >= _TWO_ERRORS_LENGTH else 1
    near = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=errors, limit=8)
    near = [match for match in near if match[0][:1] == word[:1]]
    if not near or (len(near) > 1 and near[0][1] == near[1][1]):
        return None
    return str(near[0][0])


def alike(word: str, known: Collection[str], limit: int = 5) -> list[str]:
    """Known words that look alike, the most similar first; empty when nothing does."""
    from rapidfuzz import fuzz, process

    if len(word) < 3:
        return []
    near = process.extract(word, list(known), scorer=fuzz.ratio, score_cutoff=70.0, limit=limit)
    return [str(match[0]) for match in near]
