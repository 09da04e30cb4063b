"""How places are read from an owner's words."""

import random
from functools import cache
from pathlib import Path

import pytest
from factories import the_weights
from hypothesis import given, settings
from hypothesis import strategies as st

from digiwegweiser.core.reading import Remark
from digiwegweiser.core.vocabulary import LAND_NAMES
from digiwegweiser.intake.place_names import KnownNames
from digiwegweiser.intake.place_rows import PlaceRows
from digiwegweiser.intake.places import WIDEST_TOWN_KM, Gazetteer
from digiwegweiser.intake.similar import closest
from digiwegweiser.intake.spelling import bare_place_words, fold, fold_table, place_words

DATA = Path(__file__).resolve().parents[2] / "data"
PLACES = Gazetteer(DATA)


@cache
def labels() -> list[str]:
    return PLACES.names()


def choices(text: str) -> list[str]:
    return [place.label for place in PLACES.read(text).candidates]


def remarks(text: str) -> dict[Remark, str]:
    return {note.remark: note.detail for note in PLACES.read(text).notes}


@pytest.mark.parametrize(
    ("text", "label", "gemeinde", "kreis", "land"),
    [
        ("59555", "59555 Lippstadt", "05974028", "05974", "DE-NW"),
        ("59555 Lippstadt", "59555 Lippstadt", "05974028", "05974", "DE-NW"),
        ("D-59555 Lippstadt", "59555 Lippstadt", "05974028", "05974", "DE-NW"),
        ("Lippstadt 59555", "59555 Lippstadt", "05974028", "05974", "DE-NW"),
        ("59555, NRW, Deutschland", "59555 Lippstadt", "05974028", "05974", "DE-NW"),
        ("01067", "01067 Dresden", "14612000", "14612", "DE-SN"),
        ("Lippstadt", "Lippstadt", "05974028", "05974", "DE-NW"),
        ("Soest", "59494 Soest", "05974040", "05974", "DE-NW"),
        ("Kreis Soest", "Kreis Soest", None, "05974", "DE-NW"),
        ("Landkreis Soest", "Kreis Soest", None, "05974", "DE-NW"),
        ("Rostock", "Rostock", "13003000", "13003", "DE-MV"),
        ("Landkreis Rostock", "Landkreis Rostock", None, "13072", "DE-MV"),
        ("Hansestadt Rostock", "Rostock", "13003000", "13003", "DE-MV"),
        ("Harz", "Landkreis Harz", None, "15085", "DE-ST"),
        ("Rhein-Neckar", "Rhein-Neckar-Kreis", None, "08226", "DE-BW"),
        ("63450", "63450 Hanau", "06415000", "06415", "DE-HE"),
        ("18209", "18209 Bad Doberan", "13072006", "13072", "DE-MV"),
        ("18273", "18273 Güstrow", "13072043", "13072", "DE-MV"),
        ("Koeln", "Köln", "05315000", "05315", "DE-NW"),
        ("Berlin", "Berlin", "11000000", "11000", "DE-BE"),
        ("Hamburg", "Hamburg", "02000000", "02000", "DE-HH"),
        ("Bremen", "Bremen", "04011000", "04011", "DE-HB"),
        ("Land Bremen", "Land Bremen", None, None, "DE-HB"),
        ("St. Ingbert", "66386 Sankt Ingbert", "10045117", "10045", "DE-SL"),
        ("Frankfurt a.M.", "Frankfurt am Main", "06412000", "06412", "DE-HE"),
        ("Frankfurt/Oder", "Frankfurt (Oder)", "12053000", "12053", "DE-BB"),
        ("Halle an der Saale", "Halle (Saale)", "15002000", "15002", "DE-ST"),
        ("Mülheim a. d. Ruhr", "Mülheim an der Ruhr", "05117000", "05117", "DE-NW"),
        ("Neuenkirchen, Kreis Steinfurt", "48485 Neuenkirchen", "05566060", "05566", "DE-NW"),
        ("NRW", "Nordrhein-Westfalen", None, None, "DE-NW"),
        ("BW", "Baden-Württemberg", None, None, "DE-BW"),
        ("DE-NW", "Nordrhein-Westfalen", None, None, "DE-NW"),
        ("bayern", "Bayern", None, None, "DE-BY"),
        ("21039 Börnsen", "21039 Börnsen", "01053012", "01053", "DE-SH"),
        ("22929 Köthel (Kreis Stormarn)", "22929 Köthel (Kreis Stormarn)", "01062040", "01062", "DE-SH"),
    ],
)
def test_place_is_read_as_exactly_as_it_is_named(text, label, gemeinde, kreis, land):
    reading = PLACES.read(text)
    assert reading.value is not None
    place = reading.value
    assert (place.label, place.gemeinde, place.kreis, place.land) == (label, gemeinde, kreis, land)
    assert reading.notes == ()


def test_town_of_several_plz_has_none_and_lies_in_the_middle():
    town, quarter = PLACES.read("Köln").value, PLACES.read("50667").value
    assert town is not None
    assert quarter is not None
    assert (town.plz, quarter.plz) == (None, "50667")
    assert town.lat == pytest.approx(50.94, abs=0.05)
    assert town.lon == pytest.approx(6.96, abs=0.05)


@pytest.mark.parametrize("text", ["Berlin", "Hamburg", "Berlin-Spandau", "Land Berlin"])
def test_a_town_wider_than_what_counts_as_near_has_no_middle_to_measure_from(text):
    town = PLACES.read(text).value
    assert town is not None
    assert town.kreis is not None
    assert (town.plz, town.lat, town.lon) == (None, None, None)


@pytest.mark.parametrize("text", ["13597", "13597 Berlin", "13597 Spandau", "Köln", "München", "Hamburg Bahrenfeld"])
def test_a_plz_a_quarter_and_a_smaller_town_have_their_own_point(text):
    place = PLACES.read(text).value
    assert place is not None
    assert place.lat is not None


def test_a_town_is_too_wide_exactly_beyond_what_the_points_call_near():
    assert the_weights()["nearness.site_near_km"] == WIDEST_TOWN_KM


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("21039", ["21039 Hamburg", "21039 Börnsen", "21039 Escheburg"]),
        ("22929 Köthel", ["22929 Köthel (Kreis Stormarn)", "22929 Köthel (Kreis Herzogtum Lauenburg)"]),
        ("Frankfurt", ["Frankfurt am Main", "Frankfurt (Oder)"]),
        ("Halle", ["Halle (Saale)", "33790 Halle (Westf.)", "37620 Halle", "49843 Halle"]),
        ("59555 Hamburg", ["59555 Lippstadt", "Hamburg"]),
        ("01332", ["01332 Ottendorf-Okrilla", "Landkreis Bautzen", "Sachsen"]),
    ],
)
def test_ambiguous_places_are_offered_likeliest_first(text, offered):
    assert PLACES.read(text).value is None
    assert choices(text) == offered


def test_a_name_that_occurs_eleven_times_has_eleven_candidates():
    assert len(choices("Neuenkirchen")) == 11


@pytest.mark.parametrize(
    "text",
    ["21039", "22929", "97896", "Frankfurt", "Halle", "Neustadt", "Neuenkirchen", "Köthel", "Kreis Neustadt", "01332",
     "21999", "Mölln", "59555 Essen", "Freiburg"],
)  # fmt: skip
def test_every_candidate_reads_back_to_itself(text):
    candidates = PLACES.read(text).candidates
    assert len(candidates) > 1
    assert [PLACES.read(place.label).value for place in candidates] == list(candidates)


@pytest.mark.parametrize(
    ("text", "label", "said"),
    [
        ("1067", "01067 Dresden", {Remark.SPELLING: "01067"}),
        ("1067.0", "01067 Dresden", {Remark.SPELLING: "01067"}),
        ("Lipstadt", "Lippstadt", {Remark.SPELLING: "Lippstadt"}),
        ("59555 Lipstadt", "59555 Lippstadt", {Remark.SPELLING: "Lippstadt"}),
        ("Garmisch", "Garmisch-Partenkirchen", {Remark.SPELLING: "Garmisch-Partenkirchen"}),
        ("Bahrenfeld", "Hamburg Bahrenfeld", {Remark.PART_OF: "Hamburg"}),
        ("Hamburg-Bahrenfeld", "Hamburg Bahrenfeld", {Remark.PART_OF: "Hamburg"}),
        ("Köln-Ehrenfeld", "Köln", {Remark.PART_OF: "Köln"}),
        ("01053", "01053 Dresden", {Remark.LARGE_RECIPIENT: "Dresden"}),
        ("03139", "03139 Spremberg", {Remark.DISSOLVED: "Spremberg"}),
        ("59599", "Nordrhein-Westfalen", {Remark.LAND_ONLY: "Nordrhein-Westfalen"}),
        ("Essen", "Essen", {Remark.LIKELIER: "49632 Essen (Oldenburg)"}),
        ("Brandenburg", "Brandenburg", {Remark.LIKELIER: "Brandenburg an der Havel"}),
        ("59599 Lippstadt", "Lippstadt", {}),
        ("01332 Ottendorf-Okrilla", "01332 Ottendorf-Okrilla", {}),
        ("59555 Gewerbegebiet", "59555 Lippstadt", {}),
    ],
)
def test_what_is_less_than_literal_is_said(text, label, said):
    place = PLACES.read(text).value
    assert place is not None
    assert (place.label, remarks(text)) == (label, said)


@pytest.mark.parametrize("text", ["", "  ", "xyzzy", "00000", "123", "595555", "???", "東京", "５９５５５", "x" * 500])
def test_what_is_no_place_is_not_understood(text):
    reading = PLACES.read(text)
    assert (reading.value, reading.candidates) == (None, ())


@pytest.mark.parametrize(
    ("text", "hint"), [("Sost", "Soest"), ("5955", "59555 Lippstadt"), ("Warnemünd", "Angermünde")]
)
def test_what_looks_alike_is_suggested_not_taken(text, hint):
    reading = PLACES.read(text)
    assert reading.value is None
    assert hint in reading.suggestions


@pytest.mark.parametrize("land", LAND_NAMES)
def test_every_land_is_read_by_code_and_name(land):
    for text in (land, land[3:], LAND_NAMES[land]):
        place = PLACES.read(text).value
        assert place is not None
        assert place.land == land


def test_every_label_reads_back_to_its_place():
    for label in random.Random(1).sample(labels(), 400):
        place = PLACES.read(label).value
        assert place is not None
        assert place.label == label


def test_labels_hold_every_plz_and_no_label_twice():
    assert len({label[:5] for label in labels() if label[0].isdigit()}) == 8171
    assert len(labels()) == len(set(labels()))


def test_split_kreise_know_the_municipality_of_every_plz():
    plz = {row.split(",")[0] for row in (DATA / "postal_codes.csv").read_text("utf-8").splitlines()
           if ",13072," in row or ",15089," in row}  # fmt: skip
    for code in plz:
        reading = PLACES.read(code)
        for place in (reading.value, *reading.candidates):
            assert place is None or place.gemeinde


@cache
def seasoned() -> Gazetteer:
    """A gazetteer that has been asked so often that it searches by its indexes."""
    places = Gazetteer(DATA)
    for label in labels()[::5]:
        places.read(label)
    return places


@pytest.mark.parametrize(
    "text",
    [
        "50667", "01067 Dresden", "99999 Köln", "1067", "21039 Boernsen", "Garm. Partenk.", "Bad Kreuzn.", "Bad",
        "St. Augustin", "Rhein.-Berg.", "Köln-Ehrenfeld", "Bahrenfeld", "Neustadt", "Neustadt/Holstein", "Garmisch",
        "Neuenkirchen, Kreis Steinfurt", "k.A. Fürth", "o.L.", "Musterhausen Nord", "01998 Dresden",
        "Rot",
    ],
)  # fmt: skip
def test_first_reading_is_like_the_thousandth(text):
    """A few look-ups scan the tables, many use indexes; both find the same."""
    assert Gazetteer(DATA).read(text) == seasoned().read(text)


def test_words_that_tell_namesakes_apart_hide_no_others():
    """Names are indexed by their telling words, so that those left without the rest must be among them."""
    rows = (line.split(",", 2)[1] for line in (DATA / "postal_codes.csv").read_text("utf-8").splitlines()[1:])
    assert [name for name in rows if not set(bare_place_words(name)) <= set(place_words(name))] == []


def test_misspelling_has_the_right_first_letter():
    assert PLACES.read("Lipstadt").value == PLACES.read("Lippstadt").value
    assert PLACES.read("Kippstadt").value is None


def slips(name: str, chance: random.Random) -> list[str]:
    """A name with one letter wrong, missing, doubled and swapped with the next, never the first."""
    at = chance.randrange(1, len(name) - 1)
    head, letter, rest = name[:at], name[at], name[at + 1 :]
    return [head + "x" + rest, head + rest, head + letter + letter + rest, head + rest[0] + letter + rest[1:]]


def test_only_names_of_the_same_first_letter_are_compared_and_that_loses_no_reading_and_gains_none():
    """Not even of short names, next to which there are many others."""
    names, chance = KnownNames(PlaceRows(DATA)), random.Random(3)
    known = sorted({*names.towns, *names.quarters})
    short = [name for name in known if len(name) in (6, 7)]
    found = 0
    for name in chance.sample(short, 60) + chance.sample([name for name in known if len(name) > 7], 40):
        for asked in slips(name, chance):
            among_all = [(all_of, closest(asked, all_of)) for all_of in (names.towns, names.quarters)]
            meant = [all_of[key] for all_of, key in among_all if key and key.count(" ") == asked.count(" ")]
            assert list(names.meant_by(asked)) == meant
            found += name in (key for _, key in among_all)
    assert found > 200


def test_tables_are_sorted_by_plz_so_that_a_line_is_found_without_reading_the_others():
    for table in ("postal_codes.csv", "plz_special.csv"):
        plz = [line[:5] for line in (DATA / table).read_text("utf-8").splitlines()[1:]]
        assert plz == sorted(plz)


def test_every_plz_without_an_area_is_found_and_none_next_to_one():
    rows = PlaceRows(DATA)
    lines = (DATA / "plz_special.csv").read_text("utf-8").splitlines()[1:]
    towns = {line[:5]: line.split(",")[2] for line in lines}
    assert len(towns) == len(lines)
    for plz, town in towns.items():
        special, after = rows.special(plz), f"{int(plz) + 1:05}"
        assert special is not None
        assert special.place[:2] == (plz, town)
        assert (rows.special(after) is None) == (after not in towns)
    assert rows.special("00000") is None


def test_table_is_folded_like_a_word():
    data = (DATA / "postal_codes.csv").read_bytes()
    assert fold_table(data) == fold(data.decode("utf-8"))


@settings(max_examples=50)
@given(st.text(max_size=30))
def test_no_text_raises(text):
    reading = PLACES.read(text)
    assert reading.value is None or not reading.candidates


@settings(max_examples=50)
@given(st.from_regex(r"[0-9]{5}( [A-Z][a-z]{2,8})?", fullmatch=True))
def test_no_plz_raises(text):
    PLACES.read(text)
