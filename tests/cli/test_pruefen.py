"""`katalog pruefen`: what it tells, where, and how the run ends."""

import json
import re
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from catalog.test_template import filled
from cli.console import TODAY, an_entry, call, english_in, own_catalogue

from digiwegweiser import inspection
from digiwegweiser.catalog import files
from digiwegweiser.exits import Exit

#: Nothing is left to say of this entry.
SOUND = {
    "name": "Sprechtag am Montag",
    "operator": "Kammer Musterstadt",
    "cost": {"kind": "free", "payer": "Bund"},
    "sources": [{"url": "https://example.org", "date": "2026"}],
}


def check(*arguments: str):
    return call("katalog", "pruefen", *arguments, "--stichtag", TODAY)


#: Looking through the whole catalogue takes seconds; once for each day is enough.
inspect_once = cache(inspection.inspect)


class TestTheShippedCatalogue:
    @pytest.fixture(autouse=True)
    def _once(self, monkeypatch):
        monkeypatch.setattr(inspection, "inspect", inspect_once)

    def test_it_has_no_error_and_its_doubts_are_counted(self):
        found = check()
        assert (found.code, found.err) == (Exit.DONE, "")
        assert re.search(r"^\d{3,} Einträge geprüft: kein Fehler, \d+ Hinweise\.\n\Z", found.out, re.MULTILINE)

    def test_strictly_its_doubts_count_as_errors(self):
        assert check("--streng").code == Exit.PARTLY

    def test_as_json_nothing_is_left_out_and_the_counts_are_right(self):
        told = check("--format", "json").json
        assert (told["schema"], told["as_of"], told["errors"]) == (1, TODAY, 0)
        assert told["warnings"] == len(told["faults"]) == int(re.search(r"(\d+) Hinweise", check().out)[1])
        for fault in told["faults"]:
            assert fault["severity"] == "warning"
            assert fault["entry"]
            assert fault["line"] > 0
            assert fault["text"]
            assert fault["repair"]

    def test_all_doubts_are_listed_one_by_one_when_asked_for(self):
        few, every = check().out, check("--alle").out
        warnings = check("--format", "json").json["warnings"]
        assert len(re.findall(r"^  - ", every, re.MULTILINE)) == warnings
        assert len(re.findall(r"^  - ", few, re.MULTILINE)) < warnings
        assert re.search(r"^  … und \d+ weitere$", few, re.MULTILINE)
        assert "… und" not in every

    def test_a_later_day_finds_what_has_ended_by_then(self):
        """The day comes in; what is still said to be active then is told."""
        codes = {
            f["code"] for f in call("katalog", "pruefen", "--format", "json", "--stichtag", "2040-01-01").json["faults"]
        }
        assert "past_last_day" in codes
        assert "past_last_day" not in {f["code"] for f in check("--format", "json").json["faults"]}


@pytest.mark.usefixtures("small_data")
class TestOwnFile:
    def test_a_sound_file_is_0_and_only_its_own_entries_are_counted(self, tmp_path):
        found = check("--streng", own_catalogue(tmp_path / "eigenes.yaml", an_entry(**SOUND)))
        assert found == (Exit.DONE, "1 Eintrag geprüft: kein Fehler.\n", "")

    def test_a_doubt_is_0_and_1_where_one_wants_it_strict(self, tmp_path):
        own = own_catalogue(tmp_path / "eigenes.yaml", an_entry(**SOUND | {"cost": {"kind": "free"}}))
        found = check(own)
        assert found.code == Exit.DONE
        assert found.out.endswith("1 Eintrag geprüft: kein Fehler, 1 Hinweis.\n")
        assert "„cost.payer“ mit dem Geldgeber ergänzen" in found.out
        assert check(own, "--streng").code == Exit.PARTLY

    def test_all_errors_come_at_once_each_with_file_line_and_entry(self, tmp_path):
        broken = an_entry(
            **SOUND, kind="zuschus", valid_until="2026-13-01", area={"level": "land"}, needs={"core": ["xyz"]},
            contact={"phone": "0171 2345678"},
        )  # fmt: skip
        path = own_catalogue(tmp_path / "eigenes.yaml", broken)
        found = check(path)
        assert (found.code, found.err) == (Exit.PARTLY, "")
        lines = found.out.splitlines()
        text = Path(path).read_text(encoding="utf-8").splitlines()
        for word in ("zuschus", "2026-13-01", "land", "xyz", "0171 2345678"):
            (line,) = [one for one in lines if re.search(rf"\b{word}\b", one) and one.startswith(path)]
            number = int(re.search(r"Zeile (\d+), Eintrag eigener-eintrag: ", line)[1])
            assert word in text[number - 1]
        assert lines[-1] == "1 Eintrag geprüft: 5 Fehler."

    def test_json_tells_an_error_with_key_value_and_repair(self, tmp_path):
        own = own_catalogue(tmp_path / "eigenes.yaml", an_entry(**SOUND, kind="voucer"))
        found = check(own, "--format", "json")
        assert found.code == Exit.PARTLY
        (fault,) = found.json["faults"]
        assert (fault["severity"], fault["code"], fault["key"], fault["value"]) == (
            "error",
            "not_in_list",
            "kind",
            "voucer",
        )
        assert (fault["file"], fault["entry"], fault["instead"]) == (own, "eigener-eintrag", ["voucher"])
        assert fault["repair"] == "Möglich: voucher."

    def test_faults_of_another_standing_file_are_not_told(self, tmp_path, monkeypatch):
        """It may be referred to, and only the file asked for is judged."""
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        files.own_folder().mkdir(parents=True)
        own_catalogue(files.own_folder() / "a.yaml", an_entry(id="alt", kind="zuschus"), an_entry(id="aelter"))
        mine = own_catalogue(files.own_folder() / "b.yaml", an_entry(**SOUND, predecessor="aelter"))
        assert check(mine).out == "1 Eintrag geprüft: kein Fehler.\n"

    def test_a_file_that_is_not_there_is_3(self, tmp_path):
        found = check(str(tmp_path / "fehlt.yaml"))
        assert (found.code, found.out) == (Exit.UNREADABLE, "")
        assert "nicht gefunden" in found.err

    def test_a_catalogue_among_its_data_files_is_checked_with_them(self, tmp_path, small_folder):
        """What was deleted from it is missed, although the shipped one still has it."""
        folder = Path(copytree(small_folder, tmp_path / "data"))
        own_catalogue(folder / "programs.yaml", an_entry(**SOUND, successor="auch-mitgeliefert"))
        found = check(str(folder / "programs.yaml"))
        assert found.code == Exit.PARTLY
        assert "Den Eintrag „auch-mitgeliefert“ gibt es nicht." in found.out
        (folder / "needs.yaml").unlink()
        assert check(str(folder / "programs.yaml")).code == Exit.DONE

    def test_the_template_filled_in_is_sound_and_empty_it_is_not(self, tmp_path):
        """As a clerk does it; unfilled, each empty key is told."""
        path = tmp_path / "eigene.yaml"
        found = call("katalog", "neu", "--ausgabe", str(path))
        assert (found.code, path.read_text(encoding="utf-8")) == (0, call("katalog", "neu").out)
        assert check(str(path)).code == Exit.PARTLY
        text = filled().replace("level: kreis", "level: kreis\n    laender: [DE-NW]")
        path.write_text(text, encoding="utf-8")
        found = check(str(path))
        assert found.code == Exit.DONE, found.out

    def test_a_fault_in_a_neighbour_is_one_of_the_catalogue(self, tmp_path, small_folder):
        """A list of needs that cannot be read leaves nothing to check the entries by."""
        folder = Path(copytree(small_folder, tmp_path / "data"))
        own_catalogue(folder / "programs.yaml", an_entry(**SOUND))
        assert check(str(folder / "programs.yaml")).code == Exit.DONE
        with (folder / "needs.yaml").open("a", encoding="utf-8") as needs:
            needs.write("fremd: 1\n")
        found = check(str(folder / "programs.yaml"))
        assert found.code == Exit.PARTLY
        assert f"{folder / 'needs.yaml'}, Zeile" in found.out

    @pytest.mark.parametrize("text", ["", "id: x\n", "hallo\n", "- hallo\n"])
    def test_what_is_no_list_of_entries_is_told_as_such(self, text, tmp_path):
        path = tmp_path / "eigenes.yaml"
        path.write_text(text, encoding="utf-8")
        found = check(str(path))
        assert found.code == Exit.PARTLY
        assert "Das hat die falsche Form. Möglich: " in found.out
        assert "„“" not in found.out

    def test_the_words_are_german(self, tmp_path):
        broken = an_entry(kind="zuschus", contact={"email": "v.muster@example.org"}, area={"level": "land"})
        found = check(own_catalogue(tmp_path / "eigenes.yaml", broken))
        assert english_in(re.sub(r"„[^“]*“|Möglich: .*", "", found.out.replace(str(tmp_path), ""))) == []

    def test_nothing_in_the_file_steers_the_terminal(self, tmp_path):
        path = tmp_path / "eigenes.yaml"
        path.write_text(json.dumps([an_entry(**{"id": "x\x1b[31m", "\u202ekey\x9b": "\x07"})]), encoding="utf-8")
        for form in ("text", "json"):
            out = check(str(path), "--format", form).out
            assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out) is None
