"""Headers and cells as chambers write them."""

import polars as pl
import pytest

from digiwegweiser.batch.cells import excel_errors, firms, harmless
from digiwegweiser.batch.columns import Role, recognise, role_of, split_choice, unique
from digiwegweiser.batch.problems import BatchProblem, Problem

NEEDS = {"online_shop": "Online verkaufen", "it_security": "IT-Sicherheit"}


def answers(*chosen: tuple[str, str], **cells: list[object]) -> dict[str, list[object]]:
    """What the columns say of the firms; `_` in a name is a space."""
    frame = pl.DataFrame({name.replace("_", " "): values for name, values in cells.items()}, strict=False)
    return firms(frame, recognise(frame.columns, NEEDS, chosen)).to_dict(as_series=False)


def one(header: str, *cells: object) -> list[object]:
    """The answers below one header."""
    [found] = answers(**{header: list(cells)}).values()
    return found


# --- headers ---------------------------------------------------------------------------------------------------------

HEADERS = {
    Role.PLZ: ["PLZ", "plz", "Postleitzahl", " P.L.Z. ", "Firma PLZ", "PLZ (Betrieb)", "zip", "Postal Code"],
    Role.TOWN: ["Ort", "ORT", "Stadt", "Standort", "City", "Betriebs-Ort"],
    Role.PLACE: ["place", "PLZ/Ort", "PLZ + Ort", "PLZ und Ort"],
    Role.LAND: ["Bundesland", "Land"],
    Role.KREIS: ["Kreis", "Landkreis"],
    Role.TRADE: ["Gewerk", "Branche", "Tätigkeit", "Taetigkeit", "trade", "Beruf", "Wirtschaftszweig"],
    Role.EMPLOYEES: ["MA", "Mitarbeiter", "Mitarbeiter*innen", "Beschäftigte", "Beschaeftigte 2025", "Anzahl MA",
                     "Anzahl der Beschäftigten", "Mitarbeiter (VZÄ)", "employees"],
    Role.NEEDS: ["Bedarf", "Bedarf 2", "Bedarf3", "needs", "Beratungsbedarf", "Wünsche"],
    Role.TURNOVER: ["Umsatz", "Jahresumsatz (EUR)", "turnover_eur", "Umsatz T€", "Umsatz 2024"],
    Role.BALANCE: ["Bilanzsumme", "balance_eur"],
    Role.FOUNDED: ["Gründung", "Gründungsjahr", "gegründet am", "founded"],
    Role.BUDGET: ["Budget", "budget_eur", "Investitionssumme"],
    Role.ORDERED: ["Bestellt", "bestellt?", "ordered"],
    Role.DE_MINIMIS: ["De-minimis", "de_minimis_eur", "De-minimis-Beihilfen"],
    None: ["Name", "Firma", "Straße", "E-Mail", "Telefon", "Ort 2", "Gewerk-Nr", "", "   ", "T", "PLZ-Gebiet"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "header"), [(role, header) for role, several in HEADERS.items() for header in several]
)
def test_a_header_stands_for_what_a_clerk_means_by_it(role, header):
    assert role_of(header) is role


def test_the_contract_of_the_design_is_known_as_it_stands():
    keys = ("place", "trade", "employees", "needs", "turnover_eur", "balance_eur", "founded", "budget_eur", "ordered",
            "de_minimis_eur")  # fmt: skip
    assert [role_of(key) for key in keys] == [Role(key) for key in keys]


def test_two_columns_for_one_thing_are_refused_and_a_choice_settles_it():
    with pytest.raises(BatchProblem) as refused:
        recognise(["Gewerk", "Branche"], {})
    assert refused.value.problem is Problem.SEVERAL_COLUMNS
    assert refused.value.details["names"] == ("Gewerk", "Branche")
    assert [column.name for column in recognise(["Gewerk", "Branche"], {}, [("gewerk", "Branche")])] == ["Branche"]


def test_several_columns_of_needs_are_no_doubles():
    assert answers(Bedarf=["a;b", None], Bedarf_2=["c", None], Thema=[None, "d"]) == {"needs": [["a", "b", "c"], ["d"]]}


def test_columns_to_tick_stand_for_their_need():
    ticked = {"online_shop": ["x", "", None], "IT-Sicherheit": ["ja", "nein", "1"], "Bedarf": ["a", "", ""]}
    assert answers(**ticked) == {"needs": [["online_shop", "it_security", "a"], None, ["it_security"]]}


@pytest.mark.parametrize("way", ["Was", "was", "2"])
def test_a_column_is_chosen_by_name_or_position(way):
    frame = pl.DataFrame({"Postl": ["59555"], "Was": ["Tischlerei"], "Ort": ["x"]})
    columns = recognise(frame.columns, {}, [("plz", "Postl"), ("gewerk", way)])
    assert {column.role: column.name for column in columns} == {
        Role.PLZ: "Postl", Role.TRADE: "Was", Role.TOWN: "Ort",
    }  # fmt: skip


def test_a_choice_without_column_leaves_the_attribute_out():
    assert [column.role for column in recognise(["PLZ", "Land"], {}, [("land", "")])] == [Role.PLZ]


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [
        (("farbe", "PLZ"), Problem.UNKNOWN_ATTRIBUTE),
        (("gewerk", "Wass"), Problem.UNKNOWN_COLUMN),
        (("gewerk", "3"), Problem.UNKNOWN_COLUMN),
        (("gewerk", "0"), Problem.UNKNOWN_COLUMN),
    ],
)
def test_a_wrong_choice_is_refused(chosen, problem):
    with pytest.raises(BatchProblem) as refused:
        recognise(["PLZ", "Was"], {}, [chosen])
    assert refused.value.problem is problem


def test_no_known_header_at_all_is_refused():
    with pytest.raises(BatchProblem) as refused:
        recognise(["Name", "Farbe"], {})
    assert refused.value.problem is Problem.NO_HEADER


def test_choices_are_parted_by_commas_that_are_not_part_of_a_header():
    assert split_choice(["plz=Postl,gewerk=Was, genau", "ma=5"]) == [
        ("plz", "Postl"), ("gewerk", "Was, genau"), ("ma", "5"),
    ]  # fmt: skip


def test_names_are_made_unique_and_do_not_meet_reserved_ones():
    assert unique(["a", "a", "", "rang1_id", "a (2)"], ["rang1_id"]) == [
        "a", "a (2)", "Spalte 3", "rang1_id (2)", "a (2) (2)",
    ]  # fmt: skip


# --- cells -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["", " ", "-", "–", "?", "k. A.", "K.A.", "keine Angabe", "unbekannt", "n/a", "N.A.", "NULL", "weiß nicht"]
)
@pytest.mark.parametrize("header", ["PLZ", "Gewerk", "MA", "Umsatz", "Bedarf"])
def test_what_stands_for_not_given_is_not_given(header, cell):
    assert one(header, cell) == [None]


@pytest.mark.parametrize(
    ("header", "cell"), [("MA", "0"), ("MA", "null"), ("Ort", "Leer"), ("Ort", "Offen"), ("Gewerk", "Na Klar GmbH")]
)
def test_what_only_looks_like_it_is_given(header, cell):
    assert one(header, cell) == [cell]


PLZS = {
    "1067": "01067", "1067.0": "01067", "1067,0": "01067", "1.067": "01067", "59555": "59555", "59555.0": "59555",
    "59.555": "59555", "D-59555": "59555", "D 59555": "59555", "DE-59555": "59555", " 01067 ": "01067", "0": None,
    "00000": None, "123": "123", "595555": "595555", "A-1010": "A-1010",
}  # fmt: skip


@pytest.mark.parametrize(("cell", "plz"), PLZS.items())
def test_a_plz_is_mended_below_its_own_header_only(cell, plz):
    assert one("PLZ", cell) == [plz]
    assert one("MA", cell) == [cell.strip()]


def test_a_plz_that_is_a_number_is_one_too():
    assert one("PLZ", 1067, 59555, None) == ["01067", "59555", None]
    assert one("PLZ", 1067.0, 59555.0) == ["01067", "59555"]


def test_place_is_put_together_from_what_there_is():
    columns = {
        "PLZ": ["1067", None, "59555", None, None, None, "59555 Lippstadt"],
        "Ort": ["Dresden", "Halle", "-", None, None, None, "Lippstadt"],
        "Kreis": ["x", "y", "Soest", "Soest", "Kreis Soest", None, None],
        "Land": ["Sachsen", "NRW", "D", "NRW", None, "Bayern", "NRW"],
    }
    assert answers(**columns)["place"] == [
        "01067 Dresden", "Halle, NRW", "59555", "Kreis Soest", "Kreis Soest", "Bayern", "59555 Lippstadt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "cell", "text"),
    [
        ("Umsatz (T€)", "800", "800 Tsd"),
        ("Umsatz in TEUR", "1.200,5", "1.200,5 Tsd"),
        ("Umsatz Mio", "1,2", "1,2 Mio"),
        ("Umsatz (T€)", "1,2 Mio", "1,2 Mio"),
        ("Umsatz (EUR)", "800", "800"),
        ("MA T", "8", "8"),
    ],
)
def test_a_unit_in_the_header_counts_for_bare_numbers(header, cell, text):
    assert one(header, cell) == [text]


def test_numbers_of_typed_columns_are_never_taken_for_thousands():
    assert one("MA", 7.125, 8.0, 1.5, None) == ["7.1250", "8", "1.5", None]
    assert one("Umsatz", 1_200_000.0, 1e12) == ["1200000", "1000000000000"]


def test_a_day_of_excel_is_a_day():
    assert one("Gründung", "2015-03-01 00:00:00", "2015") == ["2015-03-01", "2015"]


def test_needs_part_at_semicolons_bars_and_lines_and_not_at_commas():
    cells = ["a; b|c\r\nd", "Homepage, neu", ";;", " ; a ;", "keine", "-; a", None]
    expected = [["a", "b", "c", "d"], ["Homepage, neu"], None, ["a"], None, ["a"], None]
    assert one("Bedarf", *cells) == expected


def test_lists_of_needs_stay_lists():
    assert one("needs", ["a", "b, c"], [], None) == [["a", "b, c"], None, None]


def test_errors_of_excel_are_found_below_known_headers_only():
    frame = pl.DataFrame({
        "PLZ": ["#NV", "59555", " #bezug! ", "#1"], "Firma": ["#NV", "a", "b", "c"], "MA": ["8", "#DIV/0!", "####", ""],
        "Ort": ["\u00a0#überlauf!\t", None, "Ötz", "a #NV"],
    })  # fmt: skip
    found = excel_errors(frame, recognise(frame.columns, {}))
    assert [(row, name) for row, name, _ in found] == [(0, "PLZ"), (2, "PLZ"), (1, "MA"), (2, "MA"), (0, "Ort")]


RUNS = [
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-cmd|x",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "=",
    "-2+3+cmd|' /C calc'!A0",
    "-5%\n",
    "+1%%",
]


@pytest.mark.parametrize("text", RUNS)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert harmless(pl.DataFrame({"a": [text]}))["a"].to_list() == [f"'{text}"]


@pytest.mark.parametrize(
    "text", ["-5", "-5,3 %", "+49 231 5493-0", "+49 (0) 231/5493", "a=b", " =1", "1-2", "", "-", "'"]
)
def test_numbers_and_other_texts_stay_as_they_are(text):
    assert harmless(pl.DataFrame({"a": [text, None]}))["a"].to_list() == [text, None]


def test_each_cell_of_a_column_is_judged_by_itself():
    cells = ["+49 231 5493-0", None, "=1+1", "Müller", "", "-5", "+1+cmd|x"]
    found = harmless(pl.DataFrame({"a": cells}))["a"].to_list()
    assert found == ["+49 231 5493-0", None, "'=1+1", "Müller", "", "-5", "'+1+cmd|x"]
