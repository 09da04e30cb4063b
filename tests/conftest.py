"""What all tests share: the shipped catalogue, the points table, and how hypothesis runs."""

import os
import sys
from collections.abc import Iterator
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


@pytest.fixture(scope="session", autouse=True)
def _no_entries_of_the_developers_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What lies in the configuration folder of whoever runs the tests is none of their business."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(scope="session")
def catalogue() -> tuple[Offer, ...]:
    """All offers of data/programs.yaml, read without the cache."""
    return the_catalogue()


@pytest.fixture(scope="session")
def weights() -> Weights:
    """The shipped points table."""
    return the_weights()
