"""The documents say what is so: the example guide, commands, options, numbers, exit codes, licences."""

import os
import re
import shlex
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from digiwegweiser import cli, exits
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import State

ROOT = Path(__file__).parents[2]
README, CONTRIBUTING, NOTICE = (ROOT / name for name in ("README.md", "CONTRIBUTING.md", "NOTICE.md"))
SKIPPED = {"node_modules", "build", "dist", "venv"}
DOCUMENTS = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(part.startswith(".") or part in SKIPPED for part in path.relative_to(ROOT).parts)
)
BEGIN, END = "<!-- Beispiel: Anfang.", "<!-- Beispiel: Ende. -->"
MACHINE_PATH = re.compile(r"(?<![\w./-])/(tmp|root|home|Users|mnt|srv)\b")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def one(pattern: str, text: str, flags: int = re.MULTILINE) -> re.Match[str]:
    """The only place where a pattern stands."""
    found = list(re.finditer(pattern, text, flags))
    assert len(found) == 1, f"{len(found)} times: {pattern}"
    return found[0]


def rows_after(header: str) -> list[list[str]]:
    """The cells of a README table, by its header line."""
    lines = text_of(README).split(header + "\n", 1)[1].splitlines()[1:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def fenced(path: Path, marker: str) -> str:
    """The fenced block right after a comment."""
    return one(rf"^<!-- {re.escape(marker)} -->\n```yaml\n(.*?)^```$", text_of(path), re.MULTILINE | re.DOTALL)[1]


def said_by(*arguments: str) -> str:
    """Standard output of the tool in a process of its own."""
    command = [sys.executable, "-m", "digiwegweiser", *arguments]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=True, timeout=60).stdout


# --- the two commands and the example --------------------------------------------------------------------------------


def setup_commands() -> list[str]:
    return [line for line in text_of(README).splitlines() if line.startswith("python3 -m pip install ")]


def example_arguments() -> list[str]:
    """The call of the first set-up command, cut short and dated."""
    call = shlex.split(setup_commands()[0].split(" && ", 1)[1])
    return [*call[1:], "--anzahl", "3", "--stichtag", "2026-11-22"]


def test_two_commands_are_the_whole_set_up() -> None:
    """One installs and asks, one installs for work on the project and tests; there is no third."""
    first, second = setup_commands()
    assert first.startswith("python3 -m pip install . && digiwegweiser finden ")
    assert second == 'python3 -m pip install ".[dev]" && python3 -m pytest'


def test_the_example_is_what_the_tool_says(request: pytest.FixtureRequest) -> None:
    """The guide in the README is the output of the command above it; `--update-golden` writes it anew."""
    fresh = f"```text\n{said_by(*example_arguments())}```\n"
    before, _, rest = text_of(README).partition(BEGIN)
    comment, _, rest = rest.partition("\n")
    shown, end, after = rest.partition(END)
    assert end, "the README has lost its example"
    if request.config.getoption("--update-golden", default=False):
        README.write_text(f"{before}{BEGIN}{comment}\n{fresh}{end}{after}", encoding="utf-8")
    else:
        assert shown == fresh, "refresh with: python3 -m pytest --update-golden"


def test_the_command_above_the_example_is_the_one_that_made_it() -> None:
    """An owner who copies the line gets the guide below it."""
    above = text_of(README).partition(BEGIN)[0].rsplit("```sh\n", 1)[1].splitlines()[0]
    assert shlex.split(above) == ["digiwegweiser", *example_arguments()]


# --- commands and options --------------------------------------------------------------------------------------------


@cache
def help_page(*command: str) -> str:
    return said_by(*command, "--help")


def section(page: str, title: str) -> list[str]:
    """The names of commands, or the long names of options, in a section of a help page."""
    found = re.search(rf"^{title}:\n((?:  .*\n)+)", page, re.MULTILINE)
    return re.findall(r"^  (?:-\w, )?(--[a-z-]+|\w+)", found[1], re.MULTILINE) if found else []


def commands_from(*above: str) -> set[tuple[str, ...]]:
    """All commands that can be called, found by asking for help."""
    below = section(help_page(*above), "Befehle")
    if not below:
        return {above}
    return {command for name in below for command in commands_from(*above, name)}


@cache
def options_by_command() -> dict[str, set[str]]:
    return {" ".join(c): set(section(help_page(*c), "Optionen")) for c in commands_from()}


def test_help_pages_can_be_read() -> None:
    """The tests below would be empty if help pages changed their form."""
    assert {"finden", "katalog pruefen"} <= options_by_command().keys()
    assert {"--ort", "--help"} <= options_by_command()["finden"]


def test_the_table_of_commands_is_complete() -> None:
    """Each command that exists has a row, and no other."""
    shown = {row[0].strip("`").removeprefix("digiwegweiser").strip() for row in rows_after("| Befehl | Was er tut |")}
    assert shown - {""} == options_by_command().keys()


def test_the_table_of_options_is_complete() -> None:
    """Each option of each command has its place in the table, and the table names no others."""
    known = options_by_command()
    shown: dict[str, set[str]] = {command: set() for command in known}
    for option, where, _ in rows_after("| Option | Bei | Bedeutung |"):
        for command in known if where == "alle" else where.split(", "):
            shown[command].add(option.strip("`"))
    assert shown == known


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_call_in_a_document_can_be_made(document: Path) -> None:
    """A command in code is one that exists, with options that it has."""
    known = options_by_command()
    groups = {name.split()[0] for name in known if " " in name}
    for call in re.findall(r"(?:^|[`&] ?|-m )digiwegweiser ([^`\n]+)", text_of(document), re.MULTILINE):
        words = shlex.split(call)
        command = " ".join(words[: 2 if words[0] in groups else 1])
        if command == "--help":
            continue
        assert command in known, call
        assert {word for word in words if word.startswith("--")} <= known[command], call


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_the_numbers_are_those_of_the_catalogue(catalogue: tuple[Offer, ...]) -> None:
    """Entries, the newest check, and how many are unverified and ended on that day."""
    page = text_of(README)
    newest = max(offer.checked_on for offer in catalogue)
    states = [offer.state_on(newest) for offer in catalogue]
    said = one(r"enthält (\d+) Angebote, geprüft am (\d\d\.\d\d\.\d{4})", page)
    assert said.groups() == (str(len(catalogue)), f"{newest:%d.%m.%Y}")
    assert int(one(r"„Nicht sicher belegt“\*\* \((\d+) Angebote\)", page)[1]) == states.count(State.UNVERIFIED)
    assert int(one(r"Beendete Angebote\*\* \((\d+)\)", page)[1]) == states.count(State.ENDED)


def test_the_exit_codes_are_those_of_the_command_line() -> None:
    """Each exit code has a row, and no other."""
    assert [int(code) for code, _ in rows_after("| Code | Bedeutung |")] == sorted(exits.Exit)


# --- examples to copy ------------------------------------------------------------------------------------------------


def test_the_profile_example_can_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The profile names every attribute there is, and the tool understands all of them."""
    from digiwegweiser.catalog.profile import PROFILE

    profile = tmp_path / "mein-betrieb.yaml"
    profile.write_text(fenced(README, "Beispiel: Profildatei"), encoding="utf-8")
    assert set(re.findall(r"^\w+(?=:)", text_of(profile), re.MULTILINE)) == set(PROFILE.fields)
    assert cli.run(["finden", "--profil", str(profile), "--format", "json", "--stichtag", "2026-11-22"]) == 0
    assert capsys.readouterr().err == ""


def test_the_library_example_can_be_run(capsys: pytest.CaptureFixture[str]) -> None:
    """The Python lines work as they stand and print the offers."""
    source = one(r"^```python\n(.*?)^```$", text_of(README), re.MULTILINE | re.DOTALL)[1]
    exec(compile(source, "README.md", "exec"), {})
    assert "rang1_id" in capsys.readouterr().out


def test_the_entry_example_passes_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The annotated entry is right as it stands, and a guide with it names it for a firm it is made for."""
    own = tmp_path / "eigene.yaml"
    own.write_text(fenced(CONTRIBUTING, "Beispiel: Eintrag"), encoding="utf-8")
    assert cli.run(["katalog", "pruefen", str(own)]) == 0
    assert capsys.readouterr().err == ""
    firm = ["--ort", "59555", "--gewerk", "Tischlerei", "--beschaeftigte", "8", "--bedarf", "processes_erp"]
    assert cli.run(["finden", *firm, "--katalog", str(own), "--stichtag", "2026-11-22", "--anzahl", "20"]) == 0
    assert "Muster-Gutschein Digitale Werkstatt" in capsys.readouterr().out


def test_the_check_is_strict_with_the_entry_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same entry with one wrong word is told as faulty."""
    own = tmp_path / "eigene.yaml"
    wrong = fenced(CONTRIBUTING, "Beispiel: Eintrag").replace("kind: voucher", "kind: gutschein")
    own.write_text(wrong, encoding="utf-8")
    assert cli.run(["katalog", "pruefen", str(own)]) == exits.Exit.PARTLY
    assert "kind" in capsys.readouterr().out


# --- promises --------------------------------------------------------------------------------------------------------


def test_no_connection_is_made_and_only_the_catalogue_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`finden` opens no socket, and what it leaves on the disk is one cache file without the owner's words."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert cli.run(["finden", "--ort", "59555", "--gewerk", "Tischlerei", "--bedarf", "Zettel fliegen herum"]) == 0
    assert "Lippstadt" in capsys.readouterr().out
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept.parent.name == "digiwegweiser"
    assert "Zettel fliegen herum" not in text_of(kept)


@pytest.mark.parametrize("name", ["OpenStreetMap", "Open Database License", "GeoNames", "CC BY 4.0", "Destatis"])
@pytest.mark.parametrize("document", [NOTICE, README], ids=lambda path: path.name)
def test_the_sources_of_the_place_data_are_credited(document: Path, name: str) -> None:
    assert name in text_of(document)


def test_every_data_file_has_its_licence() -> None:
    """The table of the notice names each file that is shipped in `data/`, and no other."""
    assert set(re.findall(r"`(data/[\w.]+)`", text_of(NOTICE))) == {
        f"data/{path.name}" for path in (ROOT / "data").iterdir() if path.is_file()
    }


@pytest.mark.parametrize("document", [*DOCUMENTS, ROOT / "pyproject.toml"], ids=lambda path: path.name)
def test_documents_are_true_on_every_machine(document: Path) -> None:
    """No paths of one machine; addresses of the web are no paths."""
    without_links = re.sub(r"https?://\S+", "", text_of(document))
    assert MACHINE_PATH.findall(without_links) == []


def test_machine_paths_are_recognised() -> None:
    """The pattern finds paths at the start of a word, and neither web addresses nor relative folders."""
    assert MACHINE_PATH.search("cd /home/somebody")
    assert MACHINE_PATH.search("`/mnt/x`")
    assert not MACHINE_PATH.search("https://example.org/home/x and src/home/x")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text_of(document)):
        assert (document.parent / target).exists(), target
