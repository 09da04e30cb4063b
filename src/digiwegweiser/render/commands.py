"""Command lines to copy."""

import shlex
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from digiwegweiser.render.wording import OPTIONS


class Setting(NamedTuple):
    """What a run was told besides the firm; the next one needs the same for the same guide."""

    as_of: date
    is_day_given: bool = False
    """Whether the owner named the day, rather than meaning whichever is today."""
    own_files: tuple[Path, ...] = ()

    def options(self) -> list[str]:
        """The same as options."""
        day = ["--stichtag", self.as_of.isoformat()] if self.is_day_given else []
        return [*(text for path in self.own_files for text in ("--katalog", str(path))), *day]


def finden_command(answers: Iterable[tuple[str, Any]], setting: Setting) -> str:
    """The `finden` call with the given answers by attribute."""
    told = [
        text
        for key, value in answers
        for each in (value if isinstance(value, tuple) else (value,))
        for text in (OPTIONS[key], each)
    ]
    return shlex.join(["digiwegweiser", "finden", *told, *setting.options()])


def profile_command(path: Path, setting: Setting) -> str:
    """The `finden` call with answers kept in a file."""
    return shlex.join(["digiwegweiser", "finden", "--profil", str(path), *setting.options()])
