"""--katalog and --profil: entries and answers from files of the user's own."""

import os
import re
import sys
from pathlib import Path
from shutil import copytree

import pytest
from cli.console import FIND, JOINER, TODAY, an_entry, call, own_catalogue

from digiwegweiser.catalog import store
from digiwegweiser.exits import Exit


def results(*arguments: str) -> dict[str, dict]:
    return {result["id"]: result for result in call(*FIND, "--format", "json", *arguments).json["results"]}


@pytest.mark.usefixtures("small_data")
class TestKatalog:
    def test_an_own_entry_is_added_and_marked_with_its_file(self, tmp_path):
        shipped = results()
        mixed = results("--katalog", own_catalogue(tmp_path / "eigenes.yaml"))
        assert mixed.keys() == {*shipped.keys(), "eigener-eintrag"}
        assert {result["id"] for result in mixed.values() if result["origin"]} == {"eigener-eintrag"}
        assert mixed["eigener-eintrag"]["origin"] == "eigenes.yaml"

    def test_text_names_the_file_of_an_own_entry_and_only_there(self, tmp_path):
        text = call(*FIND, "--anzahl", "99", "--katalog", own_catalogue(tmp_path / "eigenes.yaml")).out
        assert re.search(r"\d+\. Eigener Eintrag ", text)
        assert len(re.findall(r"eigener\s+Eintrag\s+aus", text)) == 1

    def test_an_entry_with_a_known_id_replaces_the_shipped_one(self, tmp_path):
        first = "mitgeliefert"
        own = an_entry(id=first, name="Unsere Fassung")
        mixed = results("--katalog", own_catalogue(tmp_path / "eigenes.yaml", own))
        assert (mixed[first]["name"], mixed[first]["origin"]) == ("Unsere Fassung", "eigenes.yaml")
        assert len([result for result in mixed.values() if result["id"] == first]) == 1

    def test_of_several_files_the_last_has_the_last_word(self, tmp_path):
        one = own_catalogue(tmp_path / "eins.yaml", an_entry(name="Eins"), an_entry(id="nur-eins"))
        two = own_catalogue(tmp_path / "zwei.yaml", an_entry(name="Zwei"), an_entry(id="nur-zwei"))
        mixed = results("--katalog", one, "--katalog", two)
        assert {"nur-eins", "nur-zwei"} <= mixed.keys()
        assert (mixed["eigener-eintrag"]["name"], mixed["eigener-eintrag"]["origin"]) == ("Zwei", "zwei.yaml")
        turned = results("--katalog", two, "--katalog", one)
        assert turned["eigener-eintrag"]["name"] == "Eins"

    def test_the_same_id_twice_in_one_file_is_a_fault(self, tmp_path):
        path = own_catalogue(tmp_path / "eigenes.yaml", an_entry(), an_entry())
        found = call("finden", "--katalog", path)
        assert found.code == Exit.UNREADABLE
        assert "„eigener-eintrag“ ist schon vergeben" in found.err

    def test_an_own_entry_may_follow_a_shipped_one_and_must_not_follow_nothing(self, tmp_path):
        good = own_catalogue(tmp_path / "gut.yaml", an_entry(predecessor="mitgeliefert"))
        bad = own_catalogue(tmp_path / "schlecht.yaml", an_entry(predecessor="gibt-es-nicht"))
        assert call("katalog", "pruefen", good).code == Exit.DONE
        found = call("katalog", "pruefen", bad)
        assert found.code == Exit.PARTLY
        assert "„gibt-es-nicht“" in found.out

    @pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
    def test_a_file_may_have_a_name_that_is_no_text(self, tmp_path):
        own = own_catalogue(tmp_path / os.fsdecode(b"eigenes-\xe4.yaml"))
        assert "eigener-eintrag" in results("--katalog", own)

    def test_checking_reads_the_tables_again_though_the_entries_are_kept(self, tmp_path, small_folder, monkeypatch):
        folder = Path(copytree(small_folder, tmp_path / "data"))
        monkeypatch.setattr(store, "data_folder", lambda: folder)
        own = own_catalogue(tmp_path / "eigenes.yaml", an_entry(sites=[{"city": "Soest", "ags": "05974040"}]))
        assert call("katalog", "pruefen", own).code == Exit.DONE
        table = folder / "postal_codes.csv"
        table.write_text(table.read_text(encoding="utf-8").replace(",05974040,", ",05974999,"), encoding="utf-8")
        found = call("katalog", "pruefen", own)
        assert found.code == Exit.PARTLY
        assert "05974040" in found.out

    def test_an_own_entry_is_listed(self, tmp_path):
        own = own_catalogue(tmp_path / "eigenes.yaml")
        text = call("katalog", "liste", "--katalog", own).out
        assert re.search("^eigener-eintrag\t.* \\(eigener Eintrag aus eigenes.yaml\\)$", text, re.MULTILINE)
        assert text.count("eigener Eintrag aus") == 1
        assert "eigener-eintrag" not in call("katalog", "liste").out


PROFILE = """\
place: 59555
trade: Tischlerei
employees: 8
needs:
  - Zeiterfassung ohne Zettel
"""


class TestProfil:
    @pytest.fixture
    def profile(self, tmp_path):
        path = tmp_path / "betrieb.yaml"
        path.write_text(PROFILE, encoding="utf-8")
        return str(path)

    def test_a_profile_says_the_same_as_the_options(self, profile):
        assert call("finden", "--profil", profile, "--stichtag", TODAY) == call(*FIND)

    def test_an_option_beats_the_profile_and_leaves_the_rest(self, profile):
        firm = call("finden", "--profil", profile, "--ort", "01067", "--format", "json", "--anzahl", "1").json["firm"]
        assert (firm["place"]["land"], firm["trade"]["code"], firm["employees"]) == ("DE-SN", "A-27", 8)

    def test_needs_given_as_options_replace_those_of_the_profile(self, profile):
        found = call("finden", "--profil", profile, "--bedarf", "it_security", "--format", "json", "--anzahl", "1")
        assert [need["code"] for need in found.json["firm"]["needs"]] == ["it_security"]

    def test_a_plz_with_a_leading_zero_needs_no_quotes(self, tmp_path):
        path = tmp_path / "betrieb.yaml"
        path.write_text("place: 01067\nordered: no\n", encoding="utf-8")
        firm = call("finden", "--profil", str(path), "--format", "json", "--anzahl", "1").json["firm"]
        assert (firm["place"]["plz"], firm["ordered"]) == ("01067", False)

    def test_an_unknown_key_is_3_with_file_line_key_and_a_guess(self, tmp_path):
        path = tmp_path / "betrieb.yaml"
        path.write_text("place: 59555\n\nemployes: 8\n", encoding="utf-8")
        found = call("finden", "--profil", str(path))
        assert (found.code, found.out) == (Exit.UNREADABLE, "")
        assert found.err == f"{path}, Zeile 3: Den Schlüssel „employes“ gibt es nicht. Möglich: employees.\n"

    def test_a_word_in_the_profile_that_is_not_understood_is_2_as_in_an_option(self, tmp_path):
        path = tmp_path / "betrieb.yaml"
        path.write_text("place: Hintertupfing\n", encoding="utf-8")
        found = call("finden", "--profil", str(path))
        assert (found.code, found.out) == (Exit.WRONG_CALL, "")
        assert "„Hintertupfing“" in found.err

    @pytest.mark.parametrize("content", ["place: 59555\nplace: 01067\n", "needs: Webseite\n", "place: [59555]\n", ""])
    def test_a_profile_of_the_wrong_form_is_3(self, content, tmp_path):
        path = tmp_path / "betrieb.yaml"
        path.write_text(content, encoding="utf-8")
        found = call("finden", "--profil", str(path))
        assert (found.code, found.out) == (Exit.UNREADABLE, "")
        assert str(path) in found.err


def test_the_examples_in_the_help_work():
    epilogue = call("--help").out.split("Beispiel: ")[1]
    assert 'digiwegweiser finden --ort 59555 --gewerk Tischlerei --bedarf "Zeiterfassung' in " ".join(epilogue.split())
    assert call("finden", *JOINER).code == Exit.DONE
