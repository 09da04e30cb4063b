"""Exit codes and streams: the contract with scripts, and that every word is German."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cli.console import FIND, call, child, english_in
from typer.main import get_command

from digiwegweiser.cli import app
from digiwegweiser.exits import Exit


def every_command() -> list[tuple[str, ...]]:
    """The paths of all commands, the group itself first."""

    def below(command: object, path: tuple[str, ...]) -> list[tuple[str, ...]]:
        inner = getattr(command, "commands", {})
        return [path, *(found for name, sub in inner.items() for found in below(sub, (*path, name)))]

    return below(get_command(app), ())


@pytest.mark.parametrize("path", every_command(), ids=lambda path: " ".join(path) or "digiwegweiser")
def test_the_help_of_every_command_is_german(path):
    found = call(*path, "--help")
    assert (found.code, found.err) == (Exit.DONE, "")
    assert found.out.startswith("Aufruf:")
    assert english_in(found.out) == []


def test_a_good_call_writes_the_result_to_stdout_and_nothing_to_stderr():
    found = child(*FIND)
    assert found.code == Exit.DONE
    assert found.out.startswith("Ihr Wegweiser")
    assert found.err == ""


def test_a_hint_goes_to_stderr_and_leaves_the_result_alone():
    exact, typo = child(*FIND), child(*(word.replace("Tischlerei", "Tischlerrei") for word in FIND))
    assert typo.code == Exit.DONE
    assert typo.err.startswith("Hinweis: Gewerk: „Tischlerrei“")
    # The same guide; only the words on the phone are the owner's own.
    assert typo.out.split("Anrufzettel")[0] == exact.out.split("Anrufzettel")[0]


WRONG_CALLS = {
    "unknown option": (("finden", "--ortt", "59555"), ["--ortt", "Meinten Sie --ort"]),
    "unknown command": (("finnden",), ["„finnden“", "Meinten Sie „finden“?"]),
    "command far from any": (("qqqqq",), ["„qqqqq“", "beraten, "]),
    "no subcommand": (("katalog",), ["Es fehlt der Befehl", "pruefen"]),
    "unknown subcommand": (("katalog", "prufen"), ["„prufen“", "pruefen"]),
    "too much": (("finden", "59555", "Tischler"), ["59555 Tischler", "Anführungszeichen"]),
    "option without value": (("finden", "--ort"), ["--ort", "fehlt eine Angabe"]),
    "flag with value": (("finden", "--alle=1"), ["--alle", "keine Angabe"]),
    "unknown format": (("finden", "--format", "xml"), ["„xml“", "text, markdown, json"]),
    "unknown list format": (("katalog", "liste", "--format", "markdown"), ["„markdown“", "text, json"]),
    "no count": (("finden", "--anzahl", "viele"), ["--anzahl", "„viele“", "1 bis 1000"]),
    "count of nothing": (("finden", "--anzahl", "0"), ["--anzahl", "„0“"]),
    "count with zeros before a large one": (("finden", "--anzahl", "0000000019999"), ["--anzahl", "1 bis 1000"]),
    "count that int() refuses": (("finden", "--anzahl", f"000000001{'0' * 5000}"), ["--anzahl", "1 bis 1000"]),
    "negative count": (("finden", "--anzahl", "-3"), ["--anzahl", "„-3“"]),
    "no day": (("finden", "--stichtag", "morgen"), ["--stichtag", "„morgen“", "JJJJ-MM-TT"]),
    "no such day": (("finden", "--stichtag", "2026-02-30"), ["2026-02-30"]),
    "ambiguous place": (("finden", "--ort", "Neustadt"), ["nicht eindeutig", '--ort "', "Postleitzahl"]),
    "unknown place": (("finden", "--ort", "Hintertupfing"), ["Ort: „Hintertupfing“", "--ort"]),
    "unknown trade": (("finden", "--gewerk", "Xyzabc"), ["Gewerk: „Xyzabc“", "--gewerk"]),
    "unknown need": (("finden", "--bedarf", "qqqqqq"), ["In „qqqqqq“", "processes_erp"]),
    "no number": (("finden", "--beschaeftigte", "einige"), ["Beschäftigte: „einige“", "--beschaeftigte"]),
    "no amount": (("finden", "--umsatz", "gut"), ["Umsatz: „gut“", "--umsatz"]),
    "no year": (("finden", "--gruendung", "neulich"), ["Gründungsjahr: „neulich“", "--gruendung"]),
    "neither yes nor no": (("finden", "--bestellt", "vielleicht"), ["Bestellt: „vielleicht“", "ja oder nein"]),
    "no terminal": ((), ["braucht ein Terminal", "digiwegweiser finden --ort"]),
    "no terminal, by name": (("beraten",), ["braucht ein Terminal", "digiwegweiser finden --ort"]),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG_CALLS.values(), ids=WRONG_CALLS)
def test_a_wrong_call_is_2_with_a_german_word_on_stderr_only(arguments, told, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    found = call(*arguments)
    assert (found.code, found.out) == (Exit.WRONG_CALL, "")
    for words in told:
        assert words in found.err
    assert english_in(found.err) == []


def test_all_that_is_wrong_with_a_firm_is_told_at_once():
    found = call("finden", "--ort", "Hintertupfing", "--gewerk", "Xyzabc", "--bestellt", "vielleicht")
    assert all(words in found.err for words in ("Ort:", "Gewerk:", "Bestellt:"))


@pytest.mark.parametrize("arguments", [(), ("beraten",), ("finden", "--anzahl", "x")], ids=" ".join)
def test_the_same_codes_come_from_a_child_process(arguments):
    found = child(*arguments)
    assert (found.code, found.out) == (Exit.WRONG_CALL, "")
    assert "Traceback" not in found.err


UNREADABLE = {
    "broken yaml": b"- id: [",
    "not a list": b"id: x",
    "tab": b"-\tid: x\n\tname: y",
    "unknown key": b"- id: x\n  nme: y",
    "binary": b"\xff\xfe\x00\x01",
    "control characters": b"- id: \x01",
    "anchors": b"- &a {id: x}\n- *a",
    "two documents": b"[]\n---\n[]",
}


@pytest.mark.usefixtures("small_data")
@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_a_broken_catalogue_or_profile_is_3_and_names_the_file(content, tmp_path):
    path = tmp_path / "eigenes.yaml"
    path.write_bytes(content)
    for option in ("--katalog", "--profil"):
        found = call("finden", option, str(path))
        assert (found.code, found.out) == (Exit.UNREADABLE, "")
        assert str(path) in found.err
        # What may stand there instead are keys, and keys are English.
        assert english_in(re.sub(r"Möglich: .*", "", found.err.replace(str(path), ""))) == []


@pytest.mark.parametrize("option", ["--katalog", "--profil"])
def test_a_file_that_cannot_be_read_is_3_with_the_reason_in_german(option, tmp_path):
    missing, folder = call("finden", option, str(tmp_path / "fehlt.yaml")), call("finden", option, str(tmp_path))
    assert (missing.code, folder.code) == (Exit.UNREADABLE, Exit.UNREADABLE)
    assert "fehlt.yaml: Die Datei ist nicht lesbar (nicht gefunden)." in missing.err
    assert "(das ist ein Ordner)" in folder.err


def test_a_file_that_cannot_be_written_is_3_with_the_reason_in_german(tmp_path):
    found = call(*FIND, "--ausgabe", str(tmp_path / "kein" / "ordner.txt"))
    assert (found.code, found.out) == (Exit.UNREADABLE, "")
    assert "ordner.txt kann nicht gelesen oder geschrieben werden (nicht gefunden)." in found.err


def test_ausgabe_writes_the_file_and_says_so_on_stderr_only(tmp_path):
    path = tmp_path / "wegweiser.md"
    found = call(*FIND, "--format", "markdown", "--ausgabe", str(path))
    assert (found.code, found.out, found.err) == (Exit.DONE, "", f"Geschrieben: {path}\n")
    assert path.read_text(encoding="utf-8").startswith("# Ihr Wegweiser")


def test_katalog_liste_is_german_and_in_step_with_its_json():
    text, found = call("katalog", "liste"), call("katalog", "liste", "--format", "json").json
    rows = [line.split("\t") for line in text.out.splitlines()]
    assert [row[0] for row in rows] == [entry["id"] for entry in found]
    states = {row[2] for row in rows}
    assert states <= {"läuft", "nicht sicher belegt", "ausgesetzt", "noch nicht offen", "beendet"}
    assert {"läuft", "beendet"} <= states


def test_a_reader_that_goes_away_is_no_error():
    with subprocess.Popen(
        [sys.executable, "-m", "digiwegweiser", *FIND, "--alle"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == Exit.DONE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_stdout_is_3_and_said():
    with Path("/dev/full").open("wb") as full:
        found = subprocess.run(
            [sys.executable, "-m", "digiwegweiser", *FIND], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert found.returncode == Exit.UNREADABLE
    told = "Die Ausgabe kann nicht gelesen oder geschrieben werden (der Datenträger ist voll).\n"
    assert found.stderr.decode("utf-8") == told


def test_ctrl_c_outside_the_conversation_is_130_without_a_traceback(monkeypatch):
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("digiwegweiser.app.Adviser", stop)
    assert call(*FIND) == (Exit.STOPPED, "", "Abgebrochen.\n")


def test_the_version_is_told_as_a_bare_line():
    assert call("--version").out.startswith("digiwegweiser ")
    assert call("--version").out.count("\n") == 1
    assert "digiwegweiser 0" not in call("--help").out
