"""What all tests share: the shipped catalogue, the points table, and how hypothesis runs."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# With importlib mode pytest puts no folder of tests on the path, and the builders are used by all of them.
sys.path.insert(0, str(Path(__file__).parent))

from factories import the_catalogue, the_weights

from digiwegweiser.core.offer import Offer
from digiwegweiser.core.weights import Weights

# No deadline: a busy machine is no fault of the code. On CI the same examples every time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that accepts changed guides; see tests/golden."""
    parser.addoption("--update-golden", action="store_true", help="write the guides of tests/golden anew")


@pytest.fixture(scope="session")
def catalogue() -> tuple[Offer, ...]:
    """All offers of data/programs.yaml, read without the cache."""
    return the_catalogue()


@pytest.fixture(scope="session")
def weights() -> Weights:
    """The shipped points table."""
    return the_weights()
