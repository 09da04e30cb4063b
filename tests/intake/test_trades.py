"""How trades and sectors are read from an owner's words."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digiwegweiser.core.reading import Remark
from digiwegweiser.core.vocabulary import Sector, TradeGroup
from digiwegweiser.intake.spelling import squash, squash_all
from digiwegweiser.intake.trade_words import TradeLexicon, entries
from digiwegweiser.intake.trades import TradeBook

DATA = Path(__file__).resolve().parents[2] / "data"
BOOK = TradeBook(DATA)

#: Descriptions as owners give them, by the code that they mean.
DESCRIBED = dict(
    line.split(": ", 1) for line in Path(__file__).with_name("trade_descriptions.txt").read_text("utf-8").splitlines()
)


def code_of(text: str) -> str | None:
    value = BOOK.read(text).value
    return value.code if value else None


def remarks(text: str) -> dict[Remark, str]:
    return {note.remark: note.detail for note in BOOK.read(text).notes}


@pytest.mark.parametrize("code", DESCRIBED)
def test_descriptions_are_read_as_the_trade_they_mean(code):
    read = {text: code_of(text) for text in DESCRIBED[code].split(" | ")}
    assert read == dict.fromkeys(read, code)


def test_every_craft_and_every_sector_is_described_at_least_once():
    assert {entry.code for entry in entries(DATA)} == set(DESCRIBED)


def test_every_name_and_synonym_reads_back_to_a_trade_that_bears_it():
    bearers: dict[str, set[str]] = {}
    for entry in entries(DATA):
        for word in (entry.name, *entry.synonyms):
            bearers.setdefault(word, set()).add(entry.code)
    assert set(BOOK.names()) == set(bearers)
    assert [word for word in BOOK.names() if code_of(word) not in bearers[word]] == []
    assert [word for word in BOOK.names() if Remark.SPELLING in remarks(word)] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("A-27", "A-27"), ("a27", "A-27"), ("B1-5", "B1-05"), ("s 07", "S-07"), ("A-99", None), ("C-01", None)],
)
def test_codes_are_read_if_they_exist(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize(
    ("text", "code", "others"),
    [
        ("Klempner", "A-24", "Klempner"),
        ("Wärmepumpe", "A-24", "Kälteanlagenbauer"),
        ("Photovoltaik", "A-25", "Dachdecker"),
        ("Solar", "A-25", "Installateur und Heizungsbauer, Dachdecker"),
        ("Autohaus", "A-20", "Großhandel, Kfz-Handel und Handelsvermittlung"),
        ("Bauunternehmen", "A-01", "Bauwirtschaft (ohne Handwerk)"),
        ("Systemhaus", "S-07", "Informationstechniker"),
        ("Maschinenbau", "S-01", "Feinwerkmechaniker"),
        ("Bootsbauer und Tischler", "A-28", "Tischler"),
    ],
)
def test_the_likelier_meaning_is_taken_and_the_others_are_named(text, code, others):
    assert (code_of(text), remarks(text)) == (code, {Remark.LIKELIER: others})


@pytest.mark.parametrize(
    ("text", "code"),
    [("Trockenbau", "A-09"), ("Fensterbau", "A-27"), ("Treppenbauer", "A-27"), ("Reinigung", "B1-33"),
     ("Schneiderei", "B1-19"), ("Bad", "A-24"), ("Gebäudetechnik", "A-24")],
)  # fmt: skip
def test_likelier_meanings_of_the_reference(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize("text", ["Heizung und Sanitär", "Tischler", "Zimmerei und Holzbau", "SHK-Betrieb"])
def test_words_of_one_meaning_get_no_remark(text):
    assert remarks(text) == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [("Friseurr", "A-38"), ("Heizungsbuaer", "A-24"), ("Elektirker", "A-25"), ("Tischlerrei", "A-27"),
     ("Dachdeker", "A-04"), ("Beckerei", "A-30"), ("Einzelhadnel", "S-04"), ("Frisöhr", "A-38")],
)  # fmt: skip
def test_a_clear_misspelling_is_read_and_said(text, code):
    assert code_of(text) == code
    assert Remark.SPELLING in remarks(text)


@pytest.mark.parametrize(
    ("text", "code", "misspelt", "craft"),
    [
        ("Fischverarbeitung", "S-01", "Fleichverarbeitung", "A-32"),
        ("Obstverarbeitung", "S-01", "Holzverarbeitnug", "A-27"),
        ("Tischverarbeitung", "S-01", "Fleischverarbetung", "A-32"),
        ("Glasindustrie", "S-01", "Glasreinigug", "B1-33"),
    ],
)
def test_what_a_compound_is_of_is_no_misspelling_but_a_slip_in_it_is_one(text, code, misspelt, craft):
    assert code_of(text) == code
    assert code_of(misspelt) == craft
    assert Remark.SPELLING in remarks(misspelt)


@pytest.mark.parametrize(
    ("word", "meant", "is_another"),
    [
        ("fischverarbeitung", "fleischverarbeitung", True),
        ("fleichverarbeitung", "fleischverarbeitung", False),
        ("metalverarbeitung", "metallverarbeitung", False),
        ("holzhandel", "holzhandell", False),
        ("dachdeker", "dachdecker", False),
    ],
)
def test_two_compounds_of_different_known_things_are_two_words(word, meant, is_another):
    assert TradeLexicon(entries(DATA)).changes_first_part(word, meant) is is_another


@pytest.mark.parametrize("text", ["Obstverarbeitung", "Kartoffelverarbeitung, 180 Beschäftigte", "Nudelwerk"])
def test_industry_is_read_from_the_ending_and_said(text):
    assert code_of(text) == "S-01"
    assert Remark.SPELLING in remarks(text)


@pytest.mark.parametrize(
    "text", ["Kunsthandwerk", "Feuerwerk", "Netzwerk", "Stadtwerk", "Textverarbeitung", "Handwerk"]
)
def test_not_all_that_ends_like_industry_is_one(text):
    assert code_of(text) != "S-01"


@pytest.mark.parametrize(
    ("text", "code"),
    [("Fischräucherei", "S-01"), ("Milchbauer", "S-14"), ("Schäfer", "S-14"), ("Milchviehbetrieb", "S-14"),
     ("Schweinezucht", "S-14"), ("Bäckerei Schäfer", "A-30"), ("Holzbauer", "A-03"), ("Fischhandel", "S-05")],
)  # fmt: skip
def test_farmers_and_smokehouses_are_known_and_their_neighbours_are_not_they(text, code):
    assert code_of(text) == code


def test_what_only_looks_alike_is_suggested_not_taken():
    reading = BOOK.read("Mauer")
    assert reading.value is None
    assert "Maurer" in reading.suggestions


@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "???", "12", "alles Mögliche", "東京"])
def test_what_names_no_trade_is_not_understood(text):
    reading = BOOK.read(text)
    assert (reading.value, reading.candidates) == (None, ())
    assert len(reading.suggestions) <= 5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Metallbau, Industriebetrieb mit Serienfertigung", "S-01"),
        ("Werkzeugbau / Werkzeughersteller", "S-01"),
        ("Tischlerei, Industriebetrieb", "A-27"),
        ("Feinwerkmechaniker, Fabrik", "A-16"),
    ],
)
def test_industry_outweighs_an_activity_but_not_a_craftsman_named_first(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("Tischlerei", {Sector.CRAFT}),
        ("Maschinenfabrik", {Sector.INDUSTRY}),
        ("Stadtwerke", {Sector.INDUSTRY, Sector.SERVICES}),
        ("Boutique", {Sector.COMMERCE}),
        ("Großhandel", {Sector.COMMERCE}),
        ("Hotel", {Sector.SERVICES}),
        ("Software", {Sector.IT, Sector.SERVICES}),
        ("Werbeagentur", {Sector.SERVICES, Sector.PROFESSIONS}),
        ("Kanzlei", {Sector.PROFESSIONS}),
        ("Arztpraxis", {Sector.PROFESSIONS}),
        ("Apotheke", {Sector.PROFESSIONS}),
        ("Weingut", {Sector.AGRICULTURE}),
        ("Garten- und Landschaftsbau", {Sector.SERVICES}),
        ("Spedition", {Sector.SERVICES}),
        ("Handwerksbetrieb", {Sector.CRAFT}),
    ],
)
def test_sectors_of_a_trade(text, sectors):
    trade = BOOK.read(text).value
    assert trade is not None
    assert trade.sectors == sectors


def test_only_crafts_are_crafts_and_have_a_group():
    for entry in entries(DATA):
        trade = BOOK.read(entry.code).value
        assert trade is not None
        assert trade.is_craft == (not entry.code.startswith("S")) == (trade.group is not None)


@pytest.mark.parametrize(
    ("text", "group"),
    [("Maurer", TradeGroup.CONSTRUCTION), ("Tischler", TradeGroup.FINISHING), ("Kfz", TradeGroup.VEHICLES),
     ("Metallbauer", TradeGroup.COMMERCIAL_NEEDS), ("Bäcker", TradeGroup.FOOD), ("Optiker", TradeGroup.HEALTH),
     ("Friseur", TradeGroup.PRIVATE_NEEDS)],
)  # fmt: skip
def test_group_of_a_craft(text, group):
    trade = BOOK.read(text).value
    assert trade is not None
    assert trade.group is group


@pytest.mark.parametrize(
    ("text", "code", "is_startup"),
    [
        ("Start-up", None, True),
        ("Startup für Gestensteuerung", None, True),
        ("Existenzgründer", None, True),
        ("Start-up, vor zwei Jahren gegründet, KI-Software für Serviceanfragen", "S-07", True),
        ("KI-Startup", "S-07", True),
        ("Start-up, Tischlerei", "A-27", True),
        ("KI-Software", "S-07", False),
        ("Tischlerei, 1998 gegründet", "A-27", False),
    ],
)
def test_startups_keep_the_sector_that_they_name(text, code, is_startup):
    trade = BOOK.read(text).value
    assert trade is not None
    assert (trade.code, Sector.STARTUP in trade.sectors) == (code, is_startup)


@given(st.text(max_size=60))
def test_no_text_raises(text):
    BOOK.read(text)


WORDS = sorted(
    {word for line in DESCRIBED.values() for word in line.split()} | {"für", "und", "-", "(", ")", "Start-up"}
)


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_no_jumble_of_trade_words_raises_and_what_is_read_is_one_thing(text):
    reading = BOOK.read(text)
    assert (reading.value is None) or not reading.candidates


def test_meanings_are_listed_once():
    for text in WORDS:
        others = remarks(text).get(Remark.LIKELIER, "").split(", ")
        assert all(one != other for one, other in pairwise(others)) or others == [""]


@given(texts=st.lists(st.text(st.characters(blacklist_characters="\n")), min_size=1))
def test_many_texts_are_squashed_as_each_by_itself(texts):
    """One piece or one by one is the same."""
    assert squash_all(texts) == [squash(text) for text in texts]
