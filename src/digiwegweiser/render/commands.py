"""Command lines to copy."""

import shlex
from collections.abc import Iterable
from typing import Any

from digiwegweiser.render.wording import OPTIONS


def finden_command(answers: Iterable[tuple[str, Any]]) -> str:
    """The `finden` call with the given answers by attribute."""
    parts = ["digiwegweiser", "finden"]
    for key, value in answers:
        for text in value if isinstance(value, tuple) else (value,):
            parts += [OPTIONS[key], shlex.quote(text)]
    return " ".join(parts)
