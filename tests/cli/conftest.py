"""A cache folder of our own, warm after the first run, for every test that starts the tool."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import copyfile

import pytest
from cli.console import an_entry, own_catalogue

from digiwegweiser import app
from digiwegweiser.catalog import store

load = app.Adviser
shipped = cache(load)


@pytest.fixture(scope="session")
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all starts of the tool keep the catalogue, so that only the first is cold."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True, scope="module")
def _own_cache(cache_home: Path) -> Iterator[None]:
    # By module, so that nothing of it reaches the tests of other folders.
    with pytest.MonkeyPatch.context() as patch:
        # Children find the package from any folder, installed or not.
        patch.setenv("PYTHONPATH", str(Path(app.__file__).parents[1]))
        patch.setenv("XDG_CACHE_HOME", str(cache_home))
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
            patch.delenv(name, raising=False)
        # Calls in this process share one shipped catalogue; those with files of their own load as ever.
        patch.setattr(
            app, "Adviser", lambda own=(), use_cache=True: load(own, use_cache=use_cache) if own else shipped()
        )
        yield


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder with two entries only."""
    folder = tmp_path_factory.mktemp("data")
    for path in store.data_folder().iterdir():
        if path.suffix in (".csv", ".yaml"):
            copyfile(path, folder / path.name)
    own_catalogue(folder / "programs.yaml", an_entry(id="mitgeliefert"), an_entry(id="auch-mitgeliefert"))
    return folder


@pytest.fixture
def small_data(small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of two entries instead of the shipped one, because with a new own file all of it is read again."""
    monkeypatch.setattr(app, "Adviser", load)
    monkeypatch.setattr(store, "data_folder", lambda: small_folder)
