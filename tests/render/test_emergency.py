"""The block that comes before everything else."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from factories import TODAY, a_firm, a_place, the_catalogue, the_weights

from digiwegweiser.catalog.store import read_authorities
from digiwegweiser.core.emergency import POLICE_LIST
from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.vocabulary import LAND_NAMES
from digiwegweiser.render.emergency import FIRST_HOUR, SOURCES, emergency_lines, emergency_view
from digiwegweiser.render.guide import Extent, guide_page
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.plain import render_plain

DATA = Path(__file__).parents[2] / "data"
AUTHORITIES = read_authorities(DATA / "data_protection.csv")
WORDS = Lexicon({}, {}, {}, {offer.id: offer for offer in the_catalogue()}, {}, AUTHORITIES)


def a_guide(land: str | None) -> Guide:
    place = None if land is None else a_place(land, name=LAND_NAMES[land])
    firm = a_firm(place=place, needs=("it_security",))
    return build_guide(firm, the_catalogue(), TODAY, the_weights())


def text(land: str | None = "DE-SN") -> str:
    return " ".join(render_plain(emergency_lines(a_guide(land), "wurden gehackt", WORDS)).split())


def test_first_help_then_whom_to_call_then_the_report_then_the_sources():
    page = text()
    order = ["„wurden gehackt“", *FIRST_HOUR, "Hotline:", "Polizei:", "72 Stunden, nachdem", SOURCES[0][1]]
    at = [page.index(words) for words in order]
    assert at == sorted(at)


@pytest.mark.parametrize(
    "advice", ["Netz trennen", "Nicht ausschalten", "Nichts bezahlen", "Beweise sichern", "IT-Dienstleister",
               "Cyberversicherung", "Passwörter nur an einem Gerät ändern, das sicher sauber ist"],
)  # fmt: skip
def test_the_first_hour_says(advice):
    assert any(advice in line for line in FIRST_HOUR)


@pytest.mark.parametrize("land", sorted(LAND_NAMES))
def test_every_land_names_a_number_of_the_police_and_its_own_data_protection_authority(land):
    page = text(land)
    police = page[page.index("Polizei:") : page.index("Datenschutz: 72")]
    assert "110" in police
    assert re.search(r"\b0\d+ \d", police) or POLICE_LIST in police
    assert f"Datenschutzaufsicht Ihres Landes ({AUTHORITIES[land].name})" in page
    assert all(f"({other.name})" not in page for code, other in AUTHORITIES.items() if code != land)


@pytest.mark.parametrize("land", sorted(LAND_NAMES))
def test_the_report_says_how_its_authority_is_reached_and_no_other(land):
    ways = text(land).split("Melden: ")[1]
    own = AUTHORITIES[land]
    assert ways.startswith(f"{own.phone} · {own.url}" if own.phone else own.url)
    assert all(other.url not in ways for code, other in AUTHORITIES.items() if code != land)


def test_without_a_land_nobody_is_named_and_the_place_is_asked_for():
    assert "Melden: " not in text(None)
    assert "mit Ihrem Ort steht hier" in text(None)
    assert "mit Ihrem Ort steht hier" not in text("DE-SN")


@pytest.mark.parametrize("land", ["DE-SL", "DE-SH", "DE-MV", None])
def test_where_no_number_is_known_110_and_the_list_of_all_are_named(land):
    page = text(land)
    assert "Polizei: 110 wählen" in page
    assert page.count(POLICE_LIST) == 1


@pytest.mark.parametrize("land", sorted(LAND_NAMES))
def test_every_land_has_one_line_for_each_police_number_and_one_where_there_is_none(land):
    page = text(land)
    assert page.count("Polizei: ") == max(1, sum(view["phone"] is not None for view in police_of(land)))
    assert all(view["name"] in page for view in police_of(land))


def police_of(land: str) -> list[dict[str, Any]]:
    return emergency_view(a_guide(land), "wurden gehackt", WORDS)["police"]


def test_the_hotline_begins_with_what_it_does_and_when_and_ends_with_what_it_does_not():
    page = text("DE-MV")
    order = ["0800 274-1000", "Telefonische Ersthilfe nach einem Angriff", "8 bis 18 Uhr", "nicht für Vorsorge"]
    at = [page.index(words) for words in order]
    assert at == sorted(at)


def test_hours_come_before_other_warnings():
    page = text("DE-BE")
    assert page.index("Nur werktags erreichbar") < page.index("Ob die Hotline 2026 noch besteht")


def test_who_lost_the_mailbox_is_told_to_warn_customers_and_bank():
    line = next(line for line in FIRST_HOUR if "Postfach" in line)
    assert all(words in line for words in ("Kontonummern", "Kunden sofort warnen", "Bank anrufen"))
    assert any("E-Mail-Konto" in name for name, _ in SOURCES)


def test_where_a_number_is_known_110_is_the_second():
    page = text("DE-SN")
    assert "0351 855-3226" in page
    assert POLICE_LIST not in page
    assert "Meldet sich niemand: 110." in page


def test_hours_costs_and_doubts_stand_with_the_number():
    assert "in Eilfällen jederzeit unter derselben Nummer." in text("DE-SN")
    assert "Die Rufnummer stammt von 2021" in text("DE-TH")
    assert "rund um die Uhr" in text("DE-BW")


def test_the_report_names_both_articles_and_the_exception():
    page = text()
    assert all(words in page for words in ("(Art. 33 DSGVO)", "(Art. 34 DSGVO)", "voraussichtlich kein Risiko"))


def test_json_has_the_same():
    view = emergency_view(a_guide("DE-BW"), "wurden gehackt", WORDS)
    assert json.loads(json.dumps(view)) == view
    assert view["from"] == "wurden gehackt"
    assert [contact["id"] for contact in view["police"]] == ["bw-zac-lka"]
    assert view["hotlines"][0]["id"] == "bw-cyber-ersthilfe"
    assert view["report"]["hours"] == 72
    authority = AUTHORITIES["DE-BW"]
    report = view["report"]
    assert (report["authority"], report["url"], report["phone"]) == authority


def test_the_block_fits_eighty_columns_but_for_addresses():
    for land in (*LAND_NAMES, None):
        for line in render_plain(emergency_lines(a_guide(land), "wurden gehackt", WORDS)).splitlines():
            assert len(line) <= 80 or "http" in line


# --- the guide around it ---------------------------------------------------------------------------------------------


def a_page(**firm: Any) -> str:
    told = {"place": a_place("DE-SN"), "needs": ("it_security",), "ordered": None, "budget_eur": None, **firm}
    guide = build_guide(a_firm(**told), the_catalogue(), TODAY, the_weights())
    return render_plain(guide_page(guide, WORDS, the_weights(), Extent()))


def test_in_an_emergency_the_sheet_is_for_the_police_and_stands_before_the_guide():
    page = a_page(emergency="wurden gehackt")
    order = ["Notfall: das hilft jetzt", "Anrufzettel", "Anruf bei: Zentrale Ansprechstelle Cybercrime",
             "IT-Notfall: „wurden gehackt“", "Nach dem Notfall", "Schritt 1: Sofort Hilfe holen", "0351 855-3226",
             "Schritt 2: Kostenlos beraten lassen", "Halt: noch nichts bestellen"]  # fmt: skip
    at = [page.index(words, page.index("Nach dem Notfall") if words.startswith(("Schritt", "0351")) else 0)
          for words in order]  # fmt: skip
    assert at == sorted(at)
    assert page.count("Anrufzettel\n") == 1


def test_in_an_emergency_nothing_about_funding_is_asked():
    questions = ("Noch zu klären", "Haben Sie schon bestellt?")
    assert all(words in a_page() for words in questions)
    assert not any(words in a_page(emergency="wurden gehackt") for words in questions)


def test_without_an_emergency_the_chamber_is_called_and_nothing_is_urgent():
    page = a_page(place=a_place())
    assert "Anruf bei: Handwerkskammer Dortmund" in page
    assert "Sofort Hilfe holen" not in page
    assert "Notfall: das hilft jetzt" not in page


def test_the_sheet_says_nothing_about_money():
    page = a_page(emergency="wurden gehackt", turnover_eur=800_000, budget_eur=10_000, ordered=False)
    sheet = page[page.index("Anrufzettel") : page.index("Nach dem Notfall")]
    assert "8 Beschäftigte" in sheet
    assert not any(words in sheet for words in ("€", "bestellt", "Umsatz", "Förder"))


def test_each_land_has_one_data_protection_authority_of_its_own():
    assert set(AUTHORITIES) == set(LAND_NAMES)
    for told in zip(*AUTHORITIES.values(), strict=True):
        known = [value for value in told if value is not None]
        assert len(set(known)) == len(known)
    assert all(authority.url.startswith("https://") for authority in AUTHORITIES.values())
