"""Reading the data folder and keeping its plain form: what is noticed, and what is never read."""

import ast
import os
import sys
import time
from pathlib import Path
from shutil import copyfile

import pytest
from cli.console import an_entry, own_catalogue

import digiwegweiser
from digiwegweiser.catalog import files, store
from digiwegweiser.core.fault import FaultCode, FaultyData

PACKAGE = Path(digiwegweiser.__file__).parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one entry, and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = tmp_path / "data"
    found.mkdir()
    for path in store.data_folder().iterdir():
        copyfile(path, found / path.name)
    own_catalogue(found / "programs.yaml", an_entry(id="mitgeliefert"))
    return found


def kept_names() -> set[str]:
    return {path.name for path in files.cache_folder().glob("*.json")}


# --- what the cache notices ------------------------------------------------------------------------------------------


#: They keep the plain form, hand it on, or find the files; none of them makes it.
KEEPERS = {"catalog/store.py", "catalog/files.py", "core/fault.py"}


def makers(module: str) -> set[str]:
    """The modules of the package that a module needs, itself among them, as paths in the package."""
    found: set[str] = set()
    waiting = {module}
    while waiting:
        name = waiting.pop()
        found.add(name)
        for node in ast.walk(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("digiwegweiser."):
                waiting.add(node.module.removeprefix("digiwegweiser.").replace(".", "/") + ".py")
        waiting -= found | KEEPERS
    return found


def test_every_module_that_makes_the_plain_form_is_in_the_name_of_the_cache() -> None:
    """Nobody can change the field table, or what is checked by it, and be served what was kept before."""
    assert makers("catalog/parse.py") == set(store.MAKERS)


def test_a_change_in_the_field_table_makes_a_new_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same files read by another reader are kept apart; by the same reader they are found again."""
    store.load_catalog(folder)
    first = kept_names()
    store.load_catalog(folder)
    assert kept_names() == first
    monkeypatch.setattr(store, "_makers", lambda: b"another field table")
    store.load_catalog(folder)
    assert len(kept_names()) == 2


def test_the_hash_tells_catalogues_apart_and_not_readers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is shown to scripts, which compare the facts."""
    first = store.load_catalog(folder).hash
    monkeypatch.setattr(store, "_makers", lambda: b"another field table")
    assert store.load_catalog(folder).hash == first
    own_catalogue(folder / "programs.yaml", an_entry(id="anders"))
    assert store.load_catalog(folder).hash != first


def test_a_hundred_own_files_are_kept_too(folder: Path, tmp_path: Path) -> None:
    """The name of the kept file does not grow with them."""
    own = [
        Path(own_catalogue(tmp_path / f"{n}-mit-einem-langen-namen.yaml", an_entry(id=f"eigen-{n}")))
        for n in range(100)
    ]
    assert len(store.load_catalog(folder, own).offers) == 101
    assert len(kept_names()) == 1


# --- the folders -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "variables", "expected"),
    [
        ("linux", {}, (".cache/digiwegweiser", ".config/digiwegweiser/katalog.d")),
        ("linux", {"XDG_CACHE_HOME": "/c"}, ("/c/digiwegweiser", ".config/digiwegweiser/katalog.d")),
        ("linux", {"XDG_CONFIG_HOME": "/k"}, (".cache/digiwegweiser", "/k/digiwegweiser/katalog.d")),
        ("linux", {"XDG_CONFIG_HOME": "config"}, (".cache/digiwegweiser", ".config/digiwegweiser/katalog.d")),
        ("darwin", {}, ("Library/Caches/digiwegweiser", "Library/Application Support/digiwegweiser/katalog.d")),
        ("win32", {"LOCALAPPDATA": "/local"}, ("/local/digiwegweiser", "/local/digiwegweiser/katalog.d")),
    ],
)  # fmt: skip
def test_the_folders_are_where_each_system_keeps_such_things(
    system: str,
    variables: dict[str, str],
    expected: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As platformdirs finds them; a relative folder in the environment is ignored."""
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(files.sys, "platform", system)
    assert (files.cache_folder(), files.own_folder()) == tuple(tmp_path / name for name in expected)


def test_own_files_are_the_yaml_files_of_the_folder_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other files, hidden ones and folders are left alone; without the folder there are none."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert files.own_files() == []
    folder = files.own_folder()
    folder.mkdir(parents=True)
    for name in ("20-b.yaml", "10-a.yml", "30-C.YAML", "lies-mich.txt", ".versteckt.yaml", "x.yaml~"):
        (folder / name).touch()
    (folder / "ordner.yaml").mkdir()
    assert [path.name for path in files.own_files()] == ["10-a.yml", "20-b.yaml", "30-C.YAML"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes there")
def test_a_pipe_in_the_folder_is_not_waited_for_and_a_dangling_link_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody writes into the pipe; a link that leads nowhere is somebody's mistake."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = files.own_folder()
    folder.mkdir(parents=True)
    os.mkfifo(folder / "pipe.yaml")
    (folder / "link.yaml").symlink_to(tmp_path / "fehlt.yaml")
    assert [path.name for path in files.own_files()] == ["link.yaml"]


# --- gigantic files --------------------------------------------------------------------------------------------------


def code_of(path: Path) -> FaultCode:
    with pytest.raises(FaultyData) as caught:
        files.read_bytes(path)
    (fault,) = caught.value.faults
    return fault.code


def test_a_file_of_the_limit_is_read_and_a_byte_more_is_not(tmp_path: Path) -> None:
    """A sparse file of ten gigabytes is refused as fast."""
    path = tmp_path / "gross.yaml"
    path.write_bytes(b"#" * files.MAX_BYTES)
    assert len(files.read_bytes(path)) == files.MAX_BYTES
    path.write_bytes(b"#" * (files.MAX_BYTES + 1))
    assert code_of(path) is FaultCode.FILE_TOO_LARGE
    os.truncate(path, 10_000_000_000)
    start = time.process_time()
    assert code_of(path) is FaultCode.FILE_TOO_LARGE
    assert time.process_time() - start < 2


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_device_without_an_end_is_too_large() -> None:
    """And not read until the memory is full."""
    assert code_of(Path("/dev/zero")) is FaultCode.FILE_TOO_LARGE
