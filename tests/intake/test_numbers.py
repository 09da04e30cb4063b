"""How numbers, amounts, years and yes or no are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digiwegweiser.core.reading import Remark
from digiwegweiser.intake.numbers import founding_year, read_count, read_euro, read_year, read_yes_no


@pytest.mark.parametrize(
    ("text", "count"),
    [("8", 8), ("8,5", 8.5), ("8.5", 8.5), (" 12 ", 12), ("ca. 12", 12), ("12 MA", 12), ("12 Mitarbeiter", 12),
     ("12 Beschäftigte", 12), ("etwa 20 Personen", 20), ("zwei Leute", 2), ("1.200", 1200), ("1 200", 1200),
     ("0", 0), ("keine", 0), ("allein", 0), ("nur ich", 0), ("Ein-Mann-Betrieb", 0), ("0,5", 0.5),
     ("10.000.000", 10_000_000)],
)  # fmt: skip
def test_count_is_read(text, count):
    assert read_count(text).value == count


@pytest.mark.parametrize(
    "text",
    ["", " ", "viele", "-3", "−3", "1e9", "８", "inf", "nan", "keine Angabe", "12 Vollzeit, 3 Teilzeit",
     "10.000.001", "9" * 400, "8,5,5", "1.2.3", "0x10", "12 Euro"],
)  # fmt: skip
def test_count_is_not_guessed(text):
    assert not read_count(text).is_understood


@pytest.mark.parametrize(
    ("text", "euro"),
    [("1,2 Mio", 1_200_000), ("1.2 Mio €", 1_200_000), ("1,2 Mio. Euro", 1_200_000),
     ("ca. 2 Millionen Euro", 2_000_000),
     ("800.000 €", 800_000), ("800 000", 800_000), ("800000", 800_000), ("50k", 50_000), ("50 Tsd", 50_000),
     ("500 T€", 500_000), ("10.000,50", 10_001), ("10.000,49", 10_000), ("50.000,-", 50_000), ("€ 500", 500),
     ("1.200", 1200), ("1,234,567", 1_234_567), ("0", 0), ("keine", 0), ("3 Mrd", 3_000_000_000),
     ("rund 35.000 Euro", 35_000), ("10000000000000", 10**13)],
)  # fmt: skip
def test_amount_is_read(text, euro):
    assert read_euro(text).value == euro


@pytest.mark.parametrize(
    "text",
    ["", "viel", "-5", "1e9", "５００", "inf", "20 Bio", "10000000000001", "12,345.67", "keine Angabe", "5 bis 10 Mio",
     "1,2 Mia Franken", "9" * 400 + " Mio", "500 $"],
)  # fmt: skip
def test_amount_is_not_guessed(text):
    assert not read_euro(text).is_understood


@pytest.mark.parametrize(
    ("text", "year"),
    [("2015", 2015), ("1742", 1742), ("1000", 1000), ("seit 2015", 2015), ("2015.0", 2015), ("1.3.2015", 2015),
     ("03/2015", 2015), ("2015-03-01", 2015),
     ("1. Mai 2015", 2015), ("im Jahr 1998 gegründet", 1998), ("1800", 1800), ("2100", 2100)],
)  # fmt: skip
def test_year_is_read(text, year):
    assert read_year(text).value == year


@pytest.mark.parametrize(
    "text", ["", "0999", "2101", "15", "20155", "-2015", "vor 2015", "２０１５", "2015 2016", "1e3"]
)
def test_year_is_not_guessed(text):
    assert not read_year(text).is_understood


@pytest.mark.parametrize(
    ("text", "answer"),
    [("ja", True), ("J", True), ("yes", True), ("true", True), ("Ja!", True), ("1", True),
     ("nein", False), ("N", False), ("no", False), ("FALSE", False), ("noch nicht", False), ("0", False)],
)  # fmt: skip
def test_yes_and_no_are_read(text, answer):
    assert read_yes_no(text).value is answer


@pytest.mark.parametrize("text", ["", "jein", "weiß nicht", "-1", "2", "ja nein", "ｊａ", "vielleicht"])
def test_other_answers_are_neither_yes_nor_no(text):
    assert not read_yes_no(text).is_understood


@pytest.mark.parametrize("read", [read_count, read_euro, read_year, read_yes_no])
@given(text=st.text(max_size=40) | st.text("0123456789.,' -€kmio", max_size=30))
def test_no_text_raises(read, text):
    value = read(text).value
    assert value is None or value >= 0


@given(st.integers(0, 10**13))
def test_amounts_in_german_notation_are_read_back(amount):
    assert read_euro(f"{amount:,} €".replace(",", ".")).value == amount
    assert read_euro(str(amount)).value == amount


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Start-up, vor zwei Jahren gegründet, KI-Software", 2024),
        ("Tischlerei, gegründet 1998", 1998),
        ("Familienbetrieb seit 1921", 1921),
        ("Malerbetrieb, vor einem Jahr gegründet", 2025),
        ("Metallbau, vor 12 Jahren gegründet", 2014),
        ("Tischlerei", None),
        ("seit Jahren Tischlerei", None),
        ("vor vielen Jahren gegründet", None),
        ("Lager für 2000 Paletten", None),
        ("seit 9999", None),
    ],
)
def test_a_description_may_tell_the_year_of_foundation(text, year):
    """What an owner says of the foundation by the way is heard; other numbers and vague words are not."""
    assert founding_year(text, 2026) == year


def test_years_ago_need_a_year_to_count_from():
    """Without the day asked for, "vor zwei Jahren" says nothing; a year in figures still does."""
    assert founding_year("vor zwei Jahren gegründet", None) is None
    assert founding_year("gegründet 2015", None) == 2015


# --- size classes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("10-49", 30), ("10 bis 49", 30), ("10 – 49 Beschäftigte", 30), ("von 1 bis 9", 5), ("unter 10", 5),
        ("weniger als 10 Mitarbeiter", 5), ("< 10", 5), ("250+", 250), ("ab 250", 250), ("250 und mehr", 250),
        ("mehr als 249", 250), (">249", 250), ("5-5", 5),
    ],
)  # fmt: skip
def test_a_size_class_is_read_as_a_number_that_stands_for_it(text: str, count: int) -> None:
    """The middle, or the least of an open class; never without a remark."""
    found = read_count(text)
    assert found.value == count
    assert [note.remark for note in found.notes] == [Remark.SIZE_CLASS]


@pytest.mark.parametrize("text", ["49-10", "10-", "-49", "unter 0", "unter", "10-49-99", "10 bis"])
def test_what_is_no_size_class_is_not_guessed(text: str) -> None:
    """Ends the wrong way round or missing."""
    assert read_count(text).value is None


@pytest.mark.parametrize("text", ["49", "rund 49", "8,5"])
def test_a_plain_number_is_no_class(text: str) -> None:
    """No remark."""
    assert read_count(text).notes == ()
