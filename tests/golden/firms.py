"""The firms of this folder, and the guide that each is given; also used by tests/history."""

import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from factories import TODAY

from digiwegweiser.app import Adviser
from digiwegweiser.catalog.profile import read_profile
from digiwegweiser.core.guide import Guide
from digiwegweiser.intake.firm import Answers

FOLDER = Path(__file__).parent
#: Every firm, by the name of its file without the ending.
FIRMS: tuple[str, ...] = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def the_adviser() -> Adviser:
    """One adviser for the whole run, that leaves nothing in the user's own cache folder."""
    with TemporaryDirectory() as folder, patch.dict(os.environ, {"XDG_CACHE_HOME": folder}):
        return Adviser()


@cache
def guide_of(firm: str) -> Guide:
    """The guide for the firm of that file name."""
    return guide_for(read_profile(FOLDER / f"{firm}.yaml"))


def guide_for(answers: Mapping[str, Any], as_of: date = TODAY) -> Guide:
    """The guide for an owner's answers, all of which must be understood."""
    adviser = the_adviser()
    reading = adviser.read(Answers(**answers), as_of)
    assert reading.problems() == [], adviser.problem_texts(reading)
    return adviser.guide(reading, as_of)
