"""`katalog luecken`: the table, the file, and what stands out."""

import csv
import io

import pytest
from cli.console import TODAY, an_entry, call, english_in, own_catalogue

GAPS = ("katalog", "luecken", "--stichtag", TODAY)

pytestmark = pytest.mark.usefixtures("small_data")


@pytest.fixture
def own(tmp_path):
    """Two nationwide offers for processes; here one that is free and local in Kreis Soest, too, for e-invoices."""
    area = {"level": "kreis", "laender": ["DE-NW"], "kreise": ["05974"]}
    return own_catalogue(tmp_path / "eigene.yaml", an_entry(id="ortsnah", area=area, needs={"core": ["e_invoicing"]}))


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_table_names_needs_and_laender_in_german(own):
    found = call(*GAPS, "--katalog", own)
    assert (found.code, found.err) == (0, "")
    assert english_in(found.out) == []
    lines = {line[:20].strip(): line for line in found.out.splitlines()}
    # Nationwide and free: nothing local, but no mark. Nothing at all: the mark.
    assert lines["Abläufe, Aufträge un"].split()[-16:] == ["8"] * 16
    assert lines["IT-Sicherheit"].split()[-16:] == ["8!"] * 16


def test_a_kreis_that_has_something_is_told_from_its_neighbour(own):
    out = call(*GAPS, "--kreise", "--katalog", own).out
    # The needs that do not fit follow below with the same names: the first part is meant.
    lines = {line[:20].strip(): line.split() for line in reversed(out.splitlines())}
    assert lines["Kreis Unna"][2:4] == ["8", "8!"]
    assert lines["Kreis Soest"][2:4] == ["8", "·"]


def test_the_file_has_every_cell_and_says_how_many_kreise_lack_what(own):
    rows = rows_of(call(*GAPS, "--format", "csv", "--katalog", own).out)
    assert len(rows) == 16 * 25 * 8
    (cell,) = [r for r in rows if (r["Schlüssel"], r["Bedarf"], r["Gruppe"]) == ("DE-NW", "e_invoicing", "food")]
    assert (cell["Gebiet"], cell["Gruppe in Worten"]) == ("Nordrhein-Westfalen", "Lebensmittelgewerbe")
    assert (cell["Angebote"], cell["Kreise"], cell["Kreise ohne Örtliches"]) == ("0", "53", "52")


def test_json_has_the_same_cells_as_the_file(own):
    view = call(*GAPS, "--format", "json", "--katalog", own).json
    rows = rows_of(call(*GAPS, "--format", "csv", "--katalog", own).out)
    assert view["by"] == "land"
    assert [str(cell["without_free"]) for cell in view["cells"]] == [row["Kreise ohne Kostenfreies"] for row in rows]


def test_the_day_counts(tmp_path):
    own = own_catalogue(tmp_path / "x.yaml", an_entry(valid_until="2026-12-31", needs={"core": ["it_security"]}))
    count = {
        day: call("katalog", "luecken", "--stichtag", day, "--katalog", own).out.count("8!")
        for day in ("2026-12-31", "2027-01-01")
    }
    assert count["2027-01-01"] == count["2026-12-31"] + 16


def test_a_file_is_written(own, tmp_path):
    path = tmp_path / "luecken.csv"
    found = call(*GAPS, "--format", "csv", "--ausgabe", str(path), "--katalog", own)
    assert (found.code, found.out) == (0, "")
    assert len(rows_of(path.read_text(encoding="utf-8"))) == 16 * 25 * 8


def test_an_unknown_form_is_a_wrong_call():
    assert call(*GAPS, "--format", "xlsx").code == 2
