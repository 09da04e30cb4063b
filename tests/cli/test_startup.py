"""What a start may load: lists of modules from child processes."""

import json
import subprocess
import sys

import pytest
from cli.console import FIND, child

HEAVY = {
    "yaml",
    "httpx",
    "icalendar",
    "questionary",
    "prompt_toolkit",
    "rich",
    "rapidfuzz",
    "importlib.metadata",
    "polars",
    "numpy",
}
PROBE = """
import sys
from digiwegweiser.cli import run
code = run(sys.argv[1:])
import json
sys.stderr.write(json.dumps([int(code), sorted(sys.modules)]))
"""


def loaded_by(*arguments: str) -> set[str]:
    """Modules in memory at the end of a run that went well."""
    found = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, timeout=30, check=True
    )
    code, modules = json.loads(found.stderr)
    assert code == 0
    return set(modules)


@pytest.fixture(scope="module")
def _warm() -> None:
    assert child(*FIND).code == 0


@pytest.mark.usefixtures("_warm")
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_finden_with_a_warm_cache_loads_nothing_heavy(form):
    modules = loaded_by(*FIND, "--format", form)
    assert modules & HEAVY == set()
    assert "digiwegweiser.core.rules" in modules


@pytest.mark.usefixtures("_warm")
@pytest.mark.parametrize("call", [("--help",), ("finden", "--help")], ids=" ".join)
def test_help_loads_nothing_but_the_command_line(call):
    own = {name for name in loaded_by(*call) if name.startswith("digiwegweiser")}
    assert {name.split(".")[1] for name in own if "." in name} == {"cli", "exits", "german_help"}


@pytest.mark.usefixtures("_warm")
def test_help_loads_nothing_heavy():
    assert loaded_by("--help") & HEAVY == set()


def test_a_cold_cache_gives_the_same_result_and_then_is_warm(tmp_path):
    cold = child(*FIND, XDG_CACHE_HOME=str(tmp_path))
    assert len(list((tmp_path / "digiwegweiser").glob("*.json"))) == 1
    assert cold == child(*FIND, XDG_CACHE_HOME=str(tmp_path))
    assert cold == child(*FIND, XDG_CACHE_HOME="/dev/null")


def test_a_kept_catalogue_that_somebody_changed_is_read_anew(tmp_path):
    cold = child(*FIND, XDG_CACHE_HOME=str(tmp_path))
    [kept] = tmp_path.rglob("*.json")
    seal, _, plain = kept.read_bytes().partition(b"\n")
    for broken in (
        b'{"entries":[{}],"raw_needs":{},"scoring":[],"origins":{}}',
        plain,
        seal + b"\n" + plain[:-1] + b" ",
    ):
        kept.write_bytes(broken)
        assert child(*FIND, XDG_CACHE_HOME=str(tmp_path)) == cold
        assert kept.read_bytes() == seal + b"\n" + plain
