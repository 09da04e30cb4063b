"""`stapel` as a chamber meets it: any register in, every row out or among the faults, nothing half."""

import csv
import gzip
import io
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
import pytest
from cli.console import JOINER, TODAY, Result, call, child, english_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digiwegweiser.exits import Exit

REGISTER = """Nr;Firma;PLZ;Ort;Gewerk;MA;Bedarf
1;Müller;59555;Lippstadt;Tischlerei;8;Zeiterfassung ohne Zettel
2;"Schulze
& Co";1067;Dresden;Friseur;3;Onlineshop
3;Quatsch;59555;Lippstadt;Xyzabc;viele;Homepage
4;Meier;80331;München;Tischlerrei;;Homepage; mehr
5;Leer;;;;;
6;Excel;59555;#NV;Bäcker;wenige;
"""
#: Lines with faults, and what is wrong there by column.
FAULTS = {
    5: {("Gewerk", "not_understood"), ("MA", "not_understood")},
    6: {("", "too_many_cells")},
    8: {("Ort", "excel_error"), ("MA", "not_understood")},
}
GOOD = ["1", "2", "5"]


class Desk:
    """A folder with a register, and the tool."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = self.put("betriebe.csv", REGISTER)

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def run(self, *arguments: str | Path) -> Result:
        return call("stapel", *map(str, arguments), "--stichtag", TODAY)

    def write(self, name: str, *arguments: str | Path) -> Path:
        """A run that writes a file; ends with 1 because of the faulty rows."""
        found = self.run(self.source, "-o", self.folder / name, *arguments)
        assert found.code == Exit.PARTLY, found.err
        return self.folder / name

    @property
    def names(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def table(content: str | bytes, separator: str = ",") -> list[dict[str, str]]:
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


def faults_in(path: Path) -> dict[int, set[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = {}
    for row in table(path.read_bytes()):
        found.setdefault(int(row["zeile"]), set()).add((row["spalte"], row["code"]))
    return found


# --- what comes out --------------------------------------------------------------------------------------------------


def test_every_row_is_either_a_firm_with_offers_or_a_fault_with_its_line(desk):
    rows = table(desk.write("w.csv").read_bytes())
    assert [row["Nr"] for row in rows] == GOOD
    assert faults_in(desk.folder / "w.fehler.csv") == FAULTS
    assert desk.names == {"betriebe.csv", "w.csv", "w.fehler.csv"}


def test_the_offers_are_those_of_finden(desk):
    [first, *_] = table(desk.write("w.csv", "--anzahl", "7").read_bytes())
    results = call("finden", *JOINER, "--format", "json").json["results"][:7]
    assert [first[f"rang{rank}_id"] for rank in range(1, 8)] == [result["id"] for result in results]
    assert [first[f"rang{rank}_punkte"] for rank in range(1, 8)] == [str(result["score"]) for result in results]
    assert "rang8_id" not in first


def test_columns_of_the_register_come_first_unchanged_and_in_order(desk):
    rows = table(desk.write("w.csv").read_bytes())
    assert list(rows[0])[:8] == ["Nr", "Firma", "PLZ", "Ort", "Gewerk", "MA", "Bedarf", "rang1_id"]
    assert [row["PLZ"] for row in rows] == ["59555", "1067", ""]
    assert rows[1]["Firma"] == "Schulze\n& Co"


def test_a_column_called_like_ours_keeps_its_text_under_another_name(desk):
    desk.source = desk.put("b.csv", "rang1_id;hinweise;PLZ\nA;B;59555\n")
    found = desk.run(desk.source, "-o", desk.folder / "w.csv")
    assert found.code == Exit.DONE
    [row] = table((desk.folder / "w.csv").read_bytes())
    assert (row["rang1_id (2)"], row["hinweise (2)"]) == ("A", "B")
    assert row["rang1_id"] not in ("A", "")


def test_what_was_guessed_is_marked_in_its_row_and_in_no_other(desk):
    desk.source = desk.put("b.csv", "PLZ;Gewerk\n59555;Tischlerrei\n59555;Tischlerei\n")
    assert desk.run(desk.source, "-o", desk.folder / "w.csv").code == Exit.DONE
    guessed, exact = table((desk.folder / "w.csv").read_bytes())
    assert "„Tischlerrei“ als „Tischlerei“" in guessed["hinweise"]
    assert exact["hinweise"] == ""
    assert guessed["rang1_id"] == exact["rang1_id"]


def test_long_has_a_row_for_each_firm_and_offer(desk):
    wide = table(desk.write("w.csv", "--anzahl", "3").read_bytes())
    rows = table(desk.write("l.csv", "--anzahl", "3", "--lang").read_bytes())
    expected = [(row["Nr"], str(rank), row[f"rang{rank}_id"]) for row in wide for rank in (1, 2, 3)]
    assert [(row["Nr"], row["rang"], row["id"]) for row in rows] == expected


def test_jsonl_is_the_json_of_finden_in_short(desk):
    lines = [json.loads(line) for line in desk.write("w.jsonl", "--anzahl", "2").read_text("utf-8").splitlines()]
    assert [line["line"] for line in lines] == [2, 3, 7]
    assert lines[0]["input"]["Firma"] == "Müller"
    results = call("finden", *JOINER, "--format", "json").json["results"][:2]
    for short, full in zip(lines[0]["results"], results, strict=True):
        for key in ("rank", "id", "name", "kind", "score", "eligibility"):
            assert short[key] == full[key]
        assert short["cost"]["text"] == full["cost"]["text"]
        assert short["contact"]["phone"] == full["contact"].get("phone")


def test_long_jsonl_has_one_result_a_line(desk):
    lines = [json.loads(line) for line in desk.write("w.jsonl", "--anzahl", "2", "--lang").read_text().splitlines()]
    assert [(line["line"], line["result"]["rank"]) for line in lines] == [(n, r) for n in (2, 3, 7) for r in (1, 2)]


@pytest.mark.parametrize("name", ["w.tsv", "w.csv.gz", "w.xlsx", "w.parquet"])
def test_every_form_says_the_same_as_csv(desk, name):
    plain = [(row["Nr"], row["rang1_id"], row["rang5_grund"]) for row in table(desk.write("w.csv").read_bytes())]
    content = desk.write(name, "--fehler", desk.folder / "f.csv").read_bytes()
    match name:
        case "w.tsv":
            rows: list[dict[str, Any]] = table(content, "\t")
        case "w.csv.gz":
            rows = table(gzip.decompress(content))
        case "w.xlsx":
            rows = fastexcel.read_excel(content).load_sheet(0, dtypes="string").to_polars().to_dicts()
        case _:
            rows = pl.read_parquet(content).to_dicts()
    assert [(row["Nr"], row["rang1_id"], row["rang5_grund"]) for row in rows] == plain


def test_csv_for_excel_is_for_excel_and_so_are_its_faults(desk):
    content = desk.write("w.csv", "--excel").read_bytes()
    assert [row["Nr"] for row in table(content, ";")] == GOOD
    for path in (desk.folder / "w.csv", desk.folder / "w.fehler.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_formulas_in_a_register_are_harmless_in_both_files(desk):
    desk.source = desk.put("b.csv", "PLZ;Firma\n59555;=HYPERLINK(1)\n=1+1;x\n")
    rows = table(desk.write("w.csv").read_bytes())
    assert rows[0]["Firma"] == "'=HYPERLINK(1)"
    assert table((desk.folder / "w.fehler.csv").read_bytes())[0]["wert"] == "'=1+1"


def test_no_faults_no_file_of_faults_and_zero(desk):
    desk.source = desk.put("b.csv", "PLZ\n59555\n")
    desk.put("w.fehler.csv", "von gestern")
    desk.put("w.csv", "von gestern")
    found = desk.run(desk.source, "-o", desk.folder / "w.csv", "--ueberschreiben")
    assert found.code == Exit.DONE
    assert desk.names == {"betriebe.csv", "b.csv", "w.csv"}


def test_a_register_without_rows_gives_a_table_without_rows(desk):
    desk.source = desk.put("b.csv", "PLZ;Ort\n")
    assert desk.run(desk.source, "-o", desk.folder / "w.csv").code == Exit.DONE
    assert (desk.folder / "w.csv").read_text("utf-8").startswith("PLZ,Ort,rang1_id,")
    assert table((desk.folder / "w.csv").read_bytes()) == []


# --- where it goes, what is told -------------------------------------------------------------------------------------


def test_in_a_pipe_the_table_is_the_output_and_all_else_is_told(desk):
    found = child("stapel", str(desk.source), "--stichtag", TODAY)
    assert found.code == Exit.PARTLY
    assert [row["Nr"] for row in table(found.out)] == GOOD
    assert "Gelesen als: CSV, Trennzeichen ;, UTF-8, 7 Spalten." in found.err
    assert "PLZ ← „PLZ“" in found.err
    assert "Beschäftigte ← „MA“" in found.err
    assert "6 Zeilen gelesen: 3 mit Wegweiser" in found.err
    assert "\x1b" not in found.err
    assert desk.names == {"betriebe.csv", "betriebe.fehler.csv"}


def test_what_is_told_is_german_and_all_numbers_add_up(desk):
    found = desk.run(desk.source, "-o", desk.folder / "w.csv")
    assert english_in(found.err.replace(str(desk.folder), "")) == []
    rows, good, guessed, faulty = map(int, re.search(
        r"(\d+) Zeilen gelesen: (\d+) mit Wegweiser, davon (\d+) mit Hinweis; (\d+) fehlerhaft", found.err
    ).groups())  # fmt: skip
    assert (rows, good, faulty) == (6, 3, 3)
    assert guessed <= good
    assert "Häufigste Fehler:" in found.err
    assert "Am häufigsten genannt:" in found.err


def test_still_says_nothing_and_writes_the_same(desk):
    loud, quiet = desk.write("laut.csv"), desk.folder / "still.csv"
    found = desk.run(desk.source, "-o", quiet, "--still")
    assert (found.code, found.out, found.err) == (Exit.PARTLY, "", "")
    assert quiet.read_bytes() == loud.read_bytes()


def test_probe_shows_the_first_rows_and_writes_nothing(desk):
    assert desk.run(desk.source, "--probe", "2").code == Exit.DONE
    found = desk.run(desk.source, "--probe", "3", "--anzahl", "2")
    assert found.code == Exit.PARTLY
    assert re.findall(r"^Zeile (\d+)", found.out, re.MULTILINE) == ["2", "3", "5"]
    assert "Handwerkskammer Dortmund" in found.out
    assert "Fehler: Spalte „Gewerk“: Gewerk: „Xyzabc“ kenne ich nicht." in found.out
    assert desk.names == {"betriebe.csv"}


def test_probe_minds_no_files_of_earlier_runs(desk):
    faults = desk.put("betriebe.fehler.csv", "von gestern")
    assert desk.run(desk.source, "--probe", "2").code == Exit.DONE
    assert faults.read_text() == "von gestern"


def test_standard_input_can_be_any_form_and_faults_without_a_file_are_told(desk):
    for content in (REGISTER.encode("cp1252"), gzip.compress(REGISTER.encode("utf-16"))):
        found = subprocess.run(
            [sys.executable, "-m", "digiwegweiser", "stapel", "-", "--stichtag", TODAY],
            input=content, capture_output=True, cwd=desk.folder, timeout=60, check=False,
        )  # fmt: skip
        assert found.returncode == Exit.PARTLY
        assert [row["Nr"] for row in table(found.stdout)] == GOOD
        assert "Zeile 5, Spalte „Gewerk“: " in found.stderr.decode()
    assert desk.names == {"betriebe.csv"}


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_any_dialect_gives_the_same_offers(desk, letters, separator):
    source = "Firma;PLZ;Ort;Bedarf\nMüller;59555;Lippstadt;Zeiterfassung\n".replace(";", separator)
    found = desk.run(desk.put("b.csv", source.encode(letters)))
    assert found.code == Exit.DONE
    [row] = table(found.out)
    assert (row["Firma"], row["rang1_id"]) == ("Müller", "hwk-dortmund")


def test_columns_are_named_by_the_user(desk):
    source = desk.put("b.csv", "Postl;Taetig\n59555;Tischlerei\n")
    wrong = desk.run(source)
    assert wrong.code == Exit.WRONG_CALL
    assert "„Postl“, „Taetig“" in wrong.err
    assert "--spalten" in wrong.err
    right = desk.run(source, "--spalten", "plz=Postl,gewerk=2")
    assert right.code == Exit.DONE
    assert table(right.out)[0]["rang1_id"] == "hwk-dortmund"
    headless = desk.run(desk.put("c.csv", "59555;Tischlerei\n"), "--spalten", "plz=1,gewerk=2")
    assert table(headless.out)[0]["rang1_id"] == "hwk-dortmund"


# --- wrong calls and unreadable files --------------------------------------------------------------------------------

WRONG = {
    "no input": ((), ["Es fehlt die Tabelle"]),
    "two inputs": (("a.csv", "b.csv"), ["Zu viel angegeben"]),
    "unknown ending": (("betriebe.csv", "-o", "w.doc"), ["w.doc", ".parquet"]),
    "output is there": (("betriebe.csv", "-o", "da.csv"), ["da.csv gibt es schon", "--ueberschreiben"]),
    "faults are there": (("betriebe.csv", "-o", "w.csv", "--fehler", "da.csv"), ["da.csv gibt es schon"]),
    "output is the input": (("betriebe.csv", "-o", "./betriebe.csv", "--ueberschreiben"), ["auch die Eingabe"]),
    "faults are the input": (("betriebe.csv", "--fehler", "betriebe.csv", "--ueberschreiben"), ["auch die Eingabe"]),
    "both are one": (("betriebe.csv", "-o", "w.csv", "--fehler", "w.csv"), ["w.csv"]),
    "no count": (("betriebe.csv", "--anzahl", "0"), ["--anzahl"]),
    "no count to probe": (("betriebe.csv", "--probe", "x"), ["--probe"]),
    "unknown attribute": (("betriebe.csv", "--spalten", "farbe=PLZ"), ["„farbe“", "gewerk"]),
    "unknown column": (("betriebe.csv", "--spalten", "plz=PLZZ"), ["„PLZZ“", "Meinten Sie „PLZ“"]),
    "no pair": (("betriebe.csv", "--spalten", "plz"), ["plz=Postl"]),
    "two columns": (("doppelt.csv",), ["Gewerk", "„Branche“", "--spalten gewerk="]),
    "no sheet": (("betriebe.csv", "--blatt", "1"), ["--blatt", "Excel"]),
    "empty": (("leer.csv",), ["leer.csv", "steht nichts"]),
    "one json list": (("liste.json",), ["JSONL"]),
    "picture": (("bild.png",), ["bild.png", "CSV, TSV"]),
}  # fmt: skip


@pytest.fixture
def _messy(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)
    for name, content in {
        "da.csv": "alt", "doppelt.csv": "Gewerk;Branche\na;b\n", "leer.csv": "", "liste.json": '[{"plz": 1}]',
        "bild.png": "\x89PNG" + "\1\2\3" * 50,
    }.items():  # fmt: skip
        desk.put(name, content)


@pytest.mark.usefixtures("_messy")
@pytest.mark.parametrize(("arguments", "told"), WRONG.values(), ids=WRONG)
def test_a_wrong_call_is_2_and_changes_nothing(desk, arguments, told):
    before = {path: path.read_bytes() for path in desk.folder.iterdir()}
    found = desk.run(*arguments)
    assert (found.code, found.out) == (Exit.WRONG_CALL, "")
    for words in told:
        assert words in found.err
    assert english_in(re.sub(r"\w+\.\w+", "", found.err)) == []
    assert {path: path.read_bytes() for path in desk.folder.iterdir()} == before


@pytest.mark.parametrize(
    "content",
    [None, b"PAR1...", b"PK\x03\x04...", gzip.compress(REGISTER.encode() * 50)[:-30]],
    ids=["missing", "parquet", "zip", "gzip"],
)
def test_an_unreadable_file_is_3_and_nothing_is_written(desk, content):
    path = desk.folder / "kaputt"
    if content is not None:
        path.write_bytes(content)
    found = desk.run(path, "-o", desk.folder / "w.csv")
    assert found.code == Exit.UNREADABLE
    assert str(path) in found.err
    assert english_in(found.err.replace(str(desk.folder), "")) == []
    assert "w.csv" not in desk.names


def test_a_folder_that_is_not_there_is_3(desk):
    found = desk.run(desk.source, "-o", desk.folder / "nicht" / "da.csv")
    assert found.code == Exit.UNREADABLE


def test_overwriting_is_asked_for_and_then_done(desk):
    target = desk.write("w.csv")
    assert desk.run(desk.source, "-o", target).code == Exit.WRONG_CALL
    first = target.read_bytes()
    target.write_text("alt")
    assert desk.run(desk.source, "-o", target, "--ueberschreiben").code == Exit.PARTLY
    assert target.read_bytes() == first


# --- any bytes -------------------------------------------------------------------------------------------------------

CELL = st.text(st.characters(codec="utf-8", exclude_characters=';\n\r"\0'), max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(
    st.binary(max_size=200).map(lambda tail: b"PLZ;Gewerk;Bedarf\n59555;Friseur;Kasse\n" + tail),
    st.lists(st.lists(CELL, max_size=4).map(";".join), max_size=8).map(
        lambda rows: "\n".join(["PLZ;Ort;Bedarf", *rows]).encode()
    ),
))  # fmt: skip
def test_any_bytes_are_offers_or_faults_and_no_row_is_lost(desk, content):
    found = desk.run(desk.put("b", content), "-o", desk.folder / "w.csv", "--ueberschreiben")
    if found.code == Exit.WRONG_CALL and "Diese Art von Datei" in found.err:
        return
    assert found.code in (Exit.DONE, Exit.PARTLY), found.err
    told = re.search(r"([\d.]+) Zeilen? gelesen: ([\d.]+) mit Wegweiser.*; ([\d.]+) fehlerhaft", found.err)
    rows, good, faulty = (int(number.replace(".", "")) for number in told.groups())
    assert rows == good + faulty
    assert len(table((desk.folder / "w.csv").read_bytes())) == good
    faults = desk.folder / "w.fehler.csv"
    assert len(faults_in(faults) if faults.exists() else ()) == faulty


# --- ends before the end ---------------------------------------------------------------------------------------------


@pytest.fixture
def long_run(desk):
    """A run that is in the middle of its work, with its folder."""
    rows = "".join(f"{i};59555;Lippstadt;Tischlerei;Homepage und {i} Fotos\n" for i in range(150_000))
    source = desk.put("gross.csv", "Nr;PLZ;Ort;Gewerk;Bedarf\n" + rows)
    process = subprocess.Popen(
        [sys.executable, "-m", "digiwegweiser", "stapel", str(source), "-o", str(desk.folder / "w.csv")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stderr.readline().startswith("Gelesen als")
    time.sleep(0.5)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGKILL, -9),
        (signal.SIGINT, Exit.STOPPED),
        (signal.SIGTERM, Exit.STOPPED),
        (signal.SIGHUP, Exit.STOPPED),
    ],
)
def test_whoever_stops_it_finds_nothing_half(desk, long_run, number, code):
    long_run.send_signal(number)
    _, told = long_run.communicate(timeout=30)
    assert long_run.returncode == code
    assert "Traceback" not in told
    if code == Exit.STOPPED:
        assert told.endswith("Abgebrochen.\n")
    assert desk.names == {"betriebe.csv", "gross.csv"}


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_whoever_waits_for_a_sender_who_says_nothing_is_ended_at_once(desk, number):
    sender = desk.folder / "leitung"
    os.mkfifo(sender)
    process = subprocess.Popen(
        [sys.executable, "-m", "digiwegweiser", "stapel", str(sender), "-o", str(desk.folder / "w.csv")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    # To open it takes until somebody reads.
    with sender.open("wb", buffering=0) as begun:
        begun.write(b"PLZ;Ort\n")
        time.sleep(0.2)
        process.send_signal(number)
        try:
            _, told = process.communicate(timeout=10)
        finally:
            process.kill()
    assert (process.returncode, told) == (Exit.STOPPED, "Abgebrochen.\n")
    assert desk.names == {"betriebe.csv", "leitung"}


def test_whoever_shall_survive_the_end_of_the_terminal_does(desk):
    found = subprocess.run(
        ["sh", "-c", 'trap "" HUP; "$0" -m digiwegweiser stapel "$1" --still & sleep 0.3; kill -HUP $!; wait $!',
         sys.executable, str(desk.source)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert found.returncode == Exit.PARTLY
    assert [row["Nr"] for row in table(found.stdout)] == GOOD


def test_a_disk_that_takes_no_more_is_3_and_leaves_nothing(desk):
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))

    found = subprocess.run(
        [sys.executable, "-m", "digiwegweiser", "stapel", str(desk.source), "-o", str(desk.folder / "w.csv")],
        capture_output=True, text=True, preexec_fn=small, timeout=60, check=False,
    )  # fmt: skip
    assert found.returncode == Exit.UNREADABLE
    assert "Traceback" not in found.stderr
    assert desk.names == {"betriebe.csv"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_standard_output_is_3_and_told_in_german(desk):
    with Path("/dev/full").open("wb") as full:
        found = subprocess.run(
            [sys.executable, "-m", "digiwegweiser", "stapel", str(desk.source)],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert found.returncode == Exit.UNREADABLE
    assert "der Datenträger ist voll" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_full_small_disk_is_3_and_leaves_nothing(desk, tmp_path):
    disk = tmp_path / "klein"
    disk.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k", "none", disk], capture_output=True, check=False)
    if mount.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        found = child("stapel", str(desk.source), "-o", str(disk / "w.csv"), "--anzahl", "50")
        assert found.code == Exit.UNREADABLE
        assert "der Datenträger ist voll" in found.err
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_reader_that_goes_early_is_no_error(desk):
    found = subprocess.run(
        f"{sys.executable} -m digiwegweiser stapel {desk.source} | head -c 10",
        shell=True, capture_output=True, text=True, timeout=60, check=False, env=os.environ,
    )  # fmt: skip
    assert found.stdout == "Nr,Firma,P"
    assert "Traceback" not in found.stderr
