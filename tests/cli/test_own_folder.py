"""katalog.d: the user's standing entries; and what a file that nobody has looked at must not be able to do."""

import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.console import FIND, an_entry, call, child, own_catalogue

from digiwegweiser.catalog import files
from digiwegweiser.catalog.yaml_reader import MAX_NODES
from digiwegweiser.exits import Exit

pytestmark = pytest.mark.usefixtures("small_data")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of standing entries."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    found = files.own_folder()
    found.mkdir(parents=True)
    return found


def results(*arguments: str) -> dict[str, dict]:
    return {result["id"]: result for result in call(*FIND, "--format", "json", *arguments).json["results"]}


# --- standing entries ------------------------------------------------------------------------------------------------


def test_an_entry_in_the_folder_is_found_by_every_command_and_marked(folder):
    own_catalogue(folder / "kammer.yaml")
    assert results()["eigener-eintrag"]["origin"] == "kammer.yaml"
    assert re.search(r"eigener\s+Eintrag\s+aus\s+kammer.yaml", call(*FIND, "--anzahl", "99").out)
    assert "(eigener Eintrag aus kammer.yaml)" in call("katalog", "liste").out
    listed = {entry["id"]: entry["origin"] for entry in call("katalog", "liste", "--format", "json").json}
    assert listed["eigener-eintrag"] == "kammer.yaml"
    assert listed["mitgeliefert"] is None
    assert "kammer.yaml" in call("zeigen", "eigener-eintrag").out
    (folder / "kammer.yaml").unlink()
    assert "eigener-eintrag" not in results()


def test_a_later_name_beats_an_earlier_one_and_the_command_line_beats_both(folder, tmp_path):
    own_catalogue(folder / "20-b.yaml", an_entry(name="Zwei"))
    own_catalogue(folder / "10-a.yaml", an_entry(name="Eins"), an_entry(id="nur-eins"))
    assert results()["eigener-eintrag"]["name"] == "Zwei"
    named = own_catalogue(tmp_path / "00.yaml", an_entry(name="Genannt"))
    mixed = results("--katalog", named)
    assert (mixed["eigener-eintrag"]["name"], mixed["nur-eins"]["origin"]) == ("Genannt", "10-a.yaml")


def test_a_shipped_entry_can_be_replaced(folder):
    own_catalogue(folder / "a.yaml", an_entry(id="mitgeliefert", name="Unsere Fassung"))
    assert results()["mitgeliefert"]["name"] == "Unsere Fassung"


def test_a_change_in_the_folder_is_noticed_at_once_though_all_is_kept(folder):
    path = folder / "a.yaml"
    own_catalogue(path, an_entry(name="Alt"))
    before = path.stat()
    assert results()["eigener-eintrag"]["name"] == "Alt"
    own_catalogue(path, an_entry(name="Neu"))
    # Same length, same time: only the content tells.
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert results()["eigener-eintrag"]["name"] == "Neu"


@pytest.mark.parametrize("command", [("finden",), ("katalog", "liste"), ("zeigen", "mitgeliefert")], ids=" ".join)
def test_a_faulty_file_in_the_folder_is_3_with_file_line_and_the_way_out(folder, command):
    path = own_catalogue(folder / "a.yaml", an_entry(kind="zuschus"))
    found = call(*command)
    assert (found.code, found.out) == (Exit.UNREADABLE, "")
    assert re.search(rf"^{re.escape(path)}, Zeile 5, Eintrag eigener-eintrag: „kind“: „zuschus“", found.err)
    assert "Ordner für eigene Einträge" in found.err
    assert "wegnehmen" in found.err


def test_a_faulty_file_named_by_hand_is_not_said_to_lie_in_the_folder(folder, tmp_path):
    own_catalogue(folder / "gut.yaml")
    found = call("finden", "--katalog", own_catalogue(tmp_path / "a.yaml", an_entry(kind="zuschus")))
    assert found.code == Exit.UNREADABLE
    assert "Ordner für eigene Einträge" not in found.err


def test_a_folder_that_cannot_be_read_is_3(folder, monkeypatch):
    def refuse(_: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", refuse)
    found = call("finden")
    assert (found.code, found.out) == (Exit.UNREADABLE, "")
    assert "die Berechtigung fehlt" in found.err


# --- files of strangers ----------------------------------------------------------------------------------------------

#: Seconds of work, on however busy a machine, in which any file must be read or refused, the shipped data included.
LONGEST = 15


def _laughs() -> str:
    return "a0: &a0 [ha]\n" + "\n".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]" for n in range(1, 40))


def _many_keys() -> str:
    return "- id: a\n" + "".join(f"  k{n}: 1\n" for n in range(1_000_000))[:4_900_000]


def _many_unknown_codes() -> str:
    codes = ", ".join(f'"{n:08}"' for n in range(99_000_000, 99_200_000))
    return json.dumps([an_entry()])[1:-2].join(("[", f', "sites": [{{"city": "x"}}], "former_names": [{codes}]}}]'))


def _many_entries(**changes: object) -> str:
    return json.dumps([an_entry(id=f"x{n}", **changes) for n in range(900)])


def _chain() -> str:
    return json.dumps([an_entry(id=f"x{n}", successor=f"x{n + 1}") for n in range(900)])


STRANGE = {
    "aliases of aliases": _laughs,
    "a million aliases": lambda: "- &a x\n" + "- *a\n" * 900_000,
    "open brackets": lambda: "[" * 4_000_000,
    "deep mappings": lambda: "{a: " * 1_000_000,
    "deep lists": lambda: "- " * 2_000_000,
    "a million keys": _many_keys,
    "a million items": lambda: "- 1\n" * 1_000_000,
    "a long list of names": _many_unknown_codes,
    "one long line": lambda: "- id: " + "x" * 4_900_000,
    "one long key": lambda: '- "' + "x" * 4_900_000 + '": 1',
    "a long list of equal words": lambda: json.dumps([an_entry(former_names=["x"] * 100_000)]),
    "a gigantic number": lambda: json.dumps([an_entry(audience={"max_employees": "9" * 4_000_000})]),
    "a number with an exponent": lambda: json.dumps([an_entry(audience={"max_employees": "1e999999999"})]),
    "a word near all others": lambda: json.dumps([an_entry(kind="c" * 1_000_000)]),
    "a hostile mail": lambda: json.dumps([an_entry(contact={"email": "a@" + "." * 4_000_000})]),
    "a long chain of successors": _chain,
    "codes that do not exist": lambda: json.dumps(
        [
            an_entry(id=f"x{n}", area={"level": "ort", "gemeinden": [f"99{i:06}" for i in range(300)]})
            for n in range(100)
        ]
    ),
    "an object of python": lambda: "- !!python/object/apply:os.system ['touch hacked']",
    "nothing but newlines": lambda: "\n" * 4_900_000,
    "nothing but comments": lambda: "#\n" * 2_000_000,
    "entries that all look the same": _many_entries,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", STRANGE)
def test_no_file_of_a_stranger_holds_the_tool_up(name, tmp_path, monkeypatch):
    """Read or refused in seconds, with few words and without a traceback; nothing of it is run."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "fremd.yaml"
    path.write_text(STRANGE[name](), encoding="utf-8")
    assert path.stat().st_size < files.MAX_BYTES
    start = time.process_time()
    found = call("finden", "--katalog", str(path))
    assert time.process_time() - start < LONGEST
    assert found.code in (Exit.DONE, Exit.UNREADABLE)
    assert len(found.err) < 500_000
    assert not (tmp_path / "hacked").exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a million keys", "codes that do not exist", "entries that all look the same"])
def test_checking_such_a_file_ends_soon_too(name, tmp_path):
    path = tmp_path / "fremd.yaml"
    path.write_text(STRANGE[name](), encoding="utf-8")
    start = time.process_time()
    assert call("katalog", "pruefen", str(path)).code in (Exit.DONE, Exit.PARTLY)
    assert time.process_time() - start < 4 * LONGEST


def test_a_large_file_that_is_sound_is_read(tmp_path):
    """The limits leave room for twice the shipped catalogue."""
    path = tmp_path / "gross.yaml"
    path.write_text(_many_entries(warnings=["Hinweis"] * 1), encoding="utf-8")
    assert len(results("--katalog", str(path))) > 900
    assert MAX_NODES > 900 * 40


def test_a_gigantic_file_is_refused_with_its_name(tmp_path):
    path = tmp_path / "gross.yaml"
    path.touch()
    os.truncate(path, 10_000_000_000)
    found = call("finden", "--katalog", str(path))
    assert found.code == Exit.UNREADABLE
    assert found.err.startswith(f"{path}: Die Datei ist zu groß")


#: What a terminal obeys, what turns the order of letters around, and what nobody sees.
SMUGGLED = [
    "\x1b[31m",
    "\x9b2J",
    "\x07",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u061c",
    "\u200b",
    "\ufeff",
    "\U000e0041",
    "\ue000",
]
STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff\ue000\U000e0041]"
)


@pytest.mark.parametrize("character", SMUGGLED, ids=ascii)
@pytest.mark.parametrize("key", ["name", "id", "summary", "kind", "key"])
def test_nothing_invisible_comes_in_by_a_value_or_a_key(character, key, tmp_path):
    entry = an_entry(**{key: f"ab{character}cd"}) if key != "key" else an_entry(**{f"ab{character}cd": "x"})
    found = call("finden", "--katalog", own_catalogue(tmp_path / "a.yaml", entry))
    assert (found.code, found.out) == (Exit.UNREADABLE, "")
    assert STEERING.search(found.err) is None


def test_a_word_with_an_umlaut_an_emoji_and_a_soft_hyphen_is_no_smuggling(tmp_path):
    own = own_catalogue(tmp_path / "a.yaml", an_entry(name="Bäcker🥨 Digi\u00adtal"))
    assert results("--katalog", own)["eigener-eintrag"]["name"] == "Bäcker🥨 Digi\u00adtal"


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
@pytest.mark.parametrize("character", ["\x1b[31m", "\u202e", "\n"], ids=ascii)
def test_nothing_invisible_comes_in_by_the_name_of_a_file(character, folder):
    own_catalogue(folder / f"a{character}b.yaml")
    assert STEERING.search(call(*FIND, "--anzahl", "99").out) is None
    origin = results()["eigener-eintrag"]["origin"]
    assert (STEERING.search(origin), "\n" in origin) == (None, False)


def test_a_file_of_standing_entries_works_in_a_process_of_its_own(folder, tmp_path):
    own_catalogue(folder / "kammer.yaml")
    found = child(*FIND, "--anzahl", "99", XDG_CONFIG_HOME=str(tmp_path / "config"))
    assert found.code == Exit.DONE
    assert "kammer.yaml" in found.out
