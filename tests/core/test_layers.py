"""The import order of the layers, the one file for each third-party package, and the clock, read from the source."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = "digiwegweiser"
SOURCE = Path(__file__).parents[2] / "src" / PACKAGE
FILES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))

#: What each place may know of the package; files of the top level are places of their own.
MAY_KNOW = {
    "core": set(),
    "intake": {"core"},
    "catalog": {"core"},
    "dialog": {"core", "intake"},
    "batch": {"core", "intake"},
    "render": {"core"},
    "app": {"core", "intake", "catalog", "dialog", "batch", "render"},
    # The conversation is a use case on top of the others; its commands lie in cli.
    "session": {"core", "intake", "catalog", "dialog", "render", "app"},
    # Keeping the catalogue: use cases on top of the others, too.
    "workshop": {"core", "intake", "catalog", "render", "app"},
    # A whole register: tables in, the engine, tables out.
    "register": {"core", "catalog", "batch", "render", "app"},
    # Checking and describing what entries may say; the list of all trades is made by the reader of trades.
    "inspection": {"core", "intake", "catalog", "render"},
    "cli": {
        *("core", "intake", "catalog", "dialog", "batch", "render"),
        *("app", "session", "workshop", "register", "inspection", "exits", "german_help"),
    },
    "exits": set(),
    "german_help": set(),
    # For programs: a table of firms in, a table out; the package itself only names it.
    "library": {"app", "batch", "render"},
    "__init__": {"library"},
    "__main__": {"cli"},
}
#: Third-party packages by place; all others are forbidden there.
MAY_USE = {
    "intake": {"rapidfuzz"},
    "catalog": {"yaml", "httpx"},
    "dialog": {"questionary"},
    "batch": {"polars", "numpy", "fastexcel", "xlsxwriter"},
    # What it hands from the sources to the sinks are tables.
    "register": {"polars"},
    "library": {"polars"},
    "render": {"rich", "icalendar"},
    # german_help is the part of the command line that words typer's texts.
    "cli": {"typer"},
    "german_help": {"typer"},
}
#: The only file that may use a package; None = any one file.
ONE_FILE = {
    "rapidfuzz": "intake/similar.py",
    "yaml": "catalog/yaml_reader.py",
    "httpx": "catalog/links.py",
    "icalendar": "render/calendar.py",
    "fastexcel": "batch/table_sources.py",
    "xlsxwriter": "batch/sinks.py",
    "questionary": None,
    "rich": None,
}
OUTSIDE_THE_CORE = {
    "os", "pathlib", "sys", "time", "io", "subprocess", "socket", "random", "locale", "shutil", "tempfile",
}  # fmt: skip
CLOCK_CALLS = {"today", "now", "utcnow", "localtime", "gmtime", "time", "time_ns"}


def place_of(file: str) -> str:
    """The layer of a file: its folder, or its own name at the top."""
    return file.split("/")[0].removesuffix(".py")


@cache
def tree(file: str) -> ast.Module:
    return ast.parse((SOURCE / file).read_text(encoding="utf-8"))


def imports(module: ast.AST, file: str = "x.py") -> Iterator[str]:
    """Full names of everything imported anywhere in a module, in functions too; relative ones made absolute."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from _from(node, file)
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
            first = node.args[0] if node.args else None
            yield str(first.value) if isinstance(first, ast.Constant) else "a computed name"


def _from(node: ast.ImportFrom, file: str) -> Iterator[str]:
    """`from package import layer` names the layer too."""
    folder = [PACKAGE, *file.split("/")[:-1]]
    base = folder[: len(folder) - node.level + 1] if node.level else []
    module = ".".join([*base, *([node.module] if node.module else [])])
    yield from (f"{module}.{alias.name}" for alias in node.names) if module == PACKAGE else (module,)


def _called(node: ast.Call) -> str | None:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else None


def layers_known(module: ast.AST, file: str) -> set[str]:
    """The other places of the package that a module imports."""
    inner = {name.split(".")[1] for name in imports(module, file) if name.startswith(PACKAGE + ".")}
    return inner - {place_of(file)}


def packages_used(module: ast.AST) -> set[str]:
    """The third-party packages that a module imports."""
    return {name.split(".")[0] for name in imports(module)} - set(sys.stdlib_module_names) - {PACKAGE}


def clock_calls(module: ast.AST) -> list[str]:
    """Calls that ask the clock: `date.today()`, `datetime.now()`, `time.time()` and their kin."""
    calls = (node for node in ast.walk(module) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    return [ast.unparse(node) for node in calls if _called(node) in CLOCK_CALLS]


# --- the order -------------------------------------------------------------------------------------------------------


def test_there_is_something_to_check() -> None:
    """The walk finds the package."""
    assert {"core/rules.py", "catalog/yaml_reader.py", "intake/__init__.py"} <= set(FILES)


@pytest.mark.parametrize("file", FILES)
def test_a_file_imports_only_what_its_layer_may_know(file: str) -> None:
    """One way only: cli → app → dialog, batch, render → intake, catalog → core; an unknown place may know nothing."""
    assert layers_known(tree(file), file) <= MAY_KNOW[place_of(file)]


@pytest.mark.parametrize("file", FILES)
def test_a_file_uses_only_the_packages_of_its_layer(file: str) -> None:
    """Third-party packages stay where the design puts them; core has none."""
    assert packages_used(tree(file)) <= MAY_USE.get(place_of(file), set())


@pytest.mark.parametrize("package", ONE_FILE)
def test_a_package_is_used_by_one_file_only(package: str) -> None:
    """What is behind one file can be exchanged there."""
    users = [file for file in FILES if package in packages_used(tree(file))]
    assert len(users) <= 1
    assert set(users) <= {ONE_FILE[package] or file for file in users}


@pytest.mark.parametrize("file", [file for file in FILES if place_of(file) == "core"])
def test_core_touches_neither_files_nor_environment(file: str) -> None:
    """The core imports nothing of the outside world and opens nothing."""
    module = tree(file)
    assert {name.split(".")[0] for name in imports(module)} & OUTSIDE_THE_CORE == set()
    called = {_called(node) for node in ast.walk(module) if isinstance(node, ast.Call)}
    assert called & {"open", "print", "input", "eval", "exec", "compile", "__import__"} <= {"compile"}


@pytest.mark.parametrize("file", [file for file in FILES if place_of(file) != "cli"])
def test_only_the_command_line_asks_the_clock(file: str) -> None:
    """The date comes in as an argument."""
    assert clock_calls(tree(file)) == []


@pytest.mark.parametrize("file", [file for file in FILES if place_of(file) == "cli"])
def test_commands_import_their_use_cases_when_they_run(file: str) -> None:
    """At the top of cli stand typer, its German help and the standard library: `--help` loads nothing else."""
    body = [node for node in tree(file).body if isinstance(node, ast.Import | ast.ImportFrom)]
    module = ast.Module(body=list(body), type_ignores=[])
    assert layers_known(module, file) <= {"exits", "german_help"}


# --- the checker itself ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "import digiwegweiser.catalog.store",
        "from digiwegweiser.catalog import store",
        "from digiwegweiser import catalog",
        "from ..catalog import store",
        "from .. import catalog",
        "def f():\n    from digiwegweiser.catalog.store import load_catalog",
        "if TYPE_CHECKING:\n    import digiwegweiser.catalog",
        "import importlib\nimportlib.import_module('digiwegweiser.catalog')",
    ],
)
def test_no_way_of_importing_another_layer_is_overlooked(source: str) -> None:
    """At the top, in a function, relative or by name: core knowing the catalogue is found."""
    assert layers_known(ast.parse(source), "core/x.py") == {"catalog"}


@pytest.mark.parametrize(
    "source", ["from digiwegweiser.core import offer", "from . import offer", "import json, catalog"]
)
def test_the_own_layer_is_no_breach(source: str) -> None:
    """What lies in the same layer, or only has the name of one, is not counted."""
    assert layers_known(ast.parse(source), "core/x.py") == set()


def test_packages_are_told_from_the_standard_library() -> None:
    """yaml and rich are found wherever they are imported, json and csv are not meant."""
    source = "import json, csv\nimport yaml as y\ndef f():\n    from rich.console import Console"
    assert packages_used(ast.parse(source)) == {"yaml", "rich"}
    assert packages_used(ast.parse("import importlib\nimportlib.import_module(name)")) == {"a computed name"}


def test_the_clock_is_found_and_other_dates_are_not() -> None:
    """Asking for today is found; reading a date from text is not."""
    assert clock_calls(ast.parse("date.today()\ndatetime.datetime.now(tz=UTC)\ntime.time()")) != []
    assert clock_calls(ast.parse("date.fromisoformat('2026-11-22')\ndate(2026, 1, 1)\noffer.today")) == []
