"""What stands where on the page of a guide: the summary, what is over and what came after, and the own chamber."""

import re
from datetime import date
from typing import Any

import pytest
from factories import TODAY, a_firm, a_trade, an_offer, the_weights

from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.matching import match
from digiwegweiser.core.offer import Contact, Offer
from digiwegweiser.core.vocabulary import Sector
from digiwegweiser.render.card import contact_text, heir_text
from digiwegweiser.render.chamber import advice_to_ask, own_chamber
from digiwegweiser.render.details import firm_lines as details_lines
from digiwegweiser.render.fitting import fitting_reasons
from digiwegweiser.render.guide import NAMED, Extent, guide_page
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.plain import render_plain
from digiwegweiser.render.reasons import area_words
from digiwegweiser.render.wording import age_span, staff_span

GRANT = {"kind": "grant", "form": "grant", "apply_before_start": True}
ENDED = {"status": "ended", **GRANT}
LONG_AGO = date(TODAY.year - 3, TODAY.month, TODAY.day - 1)
PAGE = Extent()


def words(*offers: Offer) -> Lexicon:
    return Lexicon({"processes_erp": "Abläufe"}, {}, {}, {offer.id: offer for offer in offers}, {})


def a_guide(*offers: Offer, **firm: Any) -> Guide:
    return build_guide(a_firm(**firm), offers, TODAY, the_weights())


def page(*offers: Offer, extent: Extent = PAGE, **firm: Any) -> str:
    return render_plain(guide_page(a_guide(*offers, **firm), words(*offers), the_weights(), extent))


# --- the summary -----------------------------------------------------------------------------------------------------


def test_the_page_begins_with_its_hits_and_what_an_order_would_lose():
    offers = an_offer(id="a", name="Zentrum", contact=Contact(phone="0123 4")), an_offer(id="b", name="Bonus", **GRANT)
    said = page(*offers)
    assert said.count("Kurz gefasst") == 1
    lines = ["Kurz gefasst", " 1. Zentrum  0123 4", " 2. Bonus  example.org"]
    summary = "\n".join([*lines, " Noch nichts bestellen (Nr. 2): erst der Antrag."])
    assert said.index(summary) < said.index("1. Zentrum   ")
    assert "Noch nichts" not in page(*offers, ordered=True)
    assert "Noch nichts" not in page(offers[0], an_offer(id="c"))


def test_it_is_not_said_twice():
    """A single hit stands at the top anyway; in an interview the summary comes below the page."""
    one, two = an_offer(id="a"), an_offer(id="b")
    assert "Kurz gefasst" in page(one, two)
    assert "Kurz gefasst" not in page(one)
    assert "Kurz gefasst" not in page(one, two, extent=Extent(shown=1))
    assert "Kurz gefasst" not in page(one, two, extent=Extent(is_dialogue=True))


# --- what is over, and what came after -------------------------------------------------------------------------------


def over(said: str) -> list[str]:
    told = said.split("\nNicht mehr\n")[1].split("\n\n")[0]
    return re.findall(r"^- (.+?)(?::|$)", told, re.MULTILINE)


@pytest.mark.parametrize(("many", "rest"), [(NAMED, []), (NAMED + 1, ["… und 1 weitere"]), (9, ["… und 5 weitere"])])
def test_of_what_is_over_the_first_four_are_named(many, rest):
    offers = [an_offer(id=f"e{at}", name=f"Ende {at}", **ENDED) for at in range(many)]
    assert over(page(*offers)) == [f"Ende {at}" for at in range(NAMED)] + rest
    assert over(page(*offers, extent=Extent(show_all=True))) == [f"Ende {at}" for at in range(many)]


def test_how_to_see_the_rest_is_what_the_reader_can_do():
    offers = [an_offer(id=f"e{at}", **ENDED) for at in range(NAMED + 1)]
    assert "1 weitere: --alle" in page(*offers)
    assert "1 weitere: unten unter „Was nicht passt“" in page(*offers, extent=Extent(is_dialogue=True))


def test_the_own_land_comes_first_then_what_would_have_suited_best_and_old_places_last():
    weak = {"core_needs": frozenset(), "also_needs": {"processes_erp"}}
    old = {"kind": "center", "status": "ended", "level": "land", "laender": {"DE-NW"}}
    offers = [
        an_offer(id="1", name="Altes Zentrum", valid_until=LONG_AGO, **old),
        an_offer(id="2", name="Schwach", **ENDED, **weak),
        an_offer(id="3", name="Stark", **ENDED),
        an_offer(id="4", name="Vom Land", level="land", laender={"DE-NW"}, **ENDED, **weak),
    ]
    assert over(page(*offers)) == ["Vom Land", "Stark", "Schwach", "Altes Zentrum"]
    recent = an_offer(id="1", name="Zentrum", valid_until=LONG_AGO.replace(day=TODAY.day), **old)
    assert over(page(recent, *offers[1:]))[0] == "Zentrum"
    money = an_offer(id="5", name="Altes Geld", level="land", laender={"DE-NW"}, valid_until=LONG_AGO, **ENDED)
    assert over(page(money, *offers))[0] == "Altes Geld"


@pytest.mark.parametrize(
    ("heir", "said"),
    [
        ({}, "Danach: Neu"),
        ({"status": "paused"}, "Danach: Neu (ausgesetzt)"),
        ({"status": "unverified"}, "Danach: Neu (Stand nicht belegt)"),
        ({"status": "announced"}, "Danach: Neu (angekündigt, noch nicht offen)"),
        ({"valid_from": date(2027, 1, 1)}, "Danach: Neu (ab 01.01.2027)"),
        ({"is_recommended": False}, "Danach: Neu (wird nicht mehr empfohlen)"),
    ],
)
def test_what_came_after_is_told_with_its_state_unless_it_is_open(heir, said):
    old = an_offer(id="old", successor="new", **ENDED)
    assert heir_text(old, words(old, an_offer(id="new", name="Neu", **heir)), TODAY) == said


def test_what_takes_over_on_the_next_day_needs_no_date():
    until, heir = date(2026, 12, 31), an_offer(id="new", name="Neu", valid_from=date(2027, 1, 1))
    ending = an_offer(id="old", successor="new", valid_until=until)
    assert "Endet am 31.12.2026. Danach: Neu.\n" in page(ending, heir)
    later = heir._replace(valid_from=date(2027, 1, 2))
    assert "Endet am 31.12.2026. Danach: Neu (ab 02.01.2027).\n" in page(ending, later)


def test_a_successor_outside_the_catalogue_is_told_as_such():
    old = an_offer(id="old", successor_note="Etwas Neues", **ENDED)
    assert heir_text(old, words(old), TODAY) == "Danach: Etwas Neues (nicht im Katalog, Stand nicht belegt)"


# --- the own chamber -------------------------------------------------------------------------------------------------

FARM, OFFICE = a_trade("S-14", "agriculture"), a_trade("S-09", "professions")


@pytest.mark.parametrize(
    ("trade", "said"),
    [
        (None, "Fragen Sie zuerst Ihre Kammer."),
        (a_trade(), "Fragen Sie zuerst Ihre Handwerkskammer."),
        (a_trade("S-04", "commerce"), "Fragen Sie zuerst Ihre IHK (IHK-Finder auf https://www.ihk.de/)."),
        (FARM, "Ihre Kammer (etwa die Landwirtschaftskammer) steht nicht im Katalog: fragen Sie dort zuerst."),
        (OFFICE, "Ihre Kammer (etwa die Steuerberater-, Architekten- oder Ärztekammer) steht nicht im Katalog: "
         "fragen Sie dort zuerst."),
    ],
)  # fmt: skip
def test_whom_to_ask_says_how_to_find_the_chamber_or_that_it_is_not_there(trade, said):
    assert advice_to_ask(trade) == said
    unserved = an_offer(core_needs=frozenset(), also_needs={"processes_erp"}, sectors={"any"})
    assert said in " ".join(page(unserved, trade=trade).split())
    assert "Ehrlich" not in page(an_offer(), trade=trade)


def test_needs_that_nothing_was_made_for_are_named_together():
    unserved = an_offer(core_needs=frozenset(), also_needs={"processes_erp", "ecommerce"})
    said = " ".join(page(unserved, needs=("processes_erp", "ecommerce")).split())
    assert said.count("Eigens für „Abläufe“ und „ecommerce“ ist hier kein Angebot bekannt.") == 1


@pytest.mark.parametrize(("trade", "mediates"), [(a_trade(), True), (None, True), (FARM, False), (OFFICE, False)])
def test_a_chamber_that_is_not_in_the_catalogue_is_not_said_to_know_numbers(trade, mediates):
    assert ("vermittelt" in contact_text(Contact(), "Stelle", a_firm(trade=trade))) is mediates


@pytest.mark.parametrize("sector", [sector for sector in Sector if sector is not Sector.ANY])
def test_every_sector_has_a_chamber_with_a_name(sector):
    trade = a_trade("S-99", sector.value)
    assert own_chamber(trade).startswith("Ihre ")
    assert "()" not in advice_to_ask(trade)


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ((1, None), "ab 1 Jahr nach der Gründung"),
        ((2, None), "ab 2 Jahre nach der Gründung"),
        ((None, 1), "bis 1 Jahr nach der Gründung"),
        ((1, 5), "1 bis 5 Jahre nach der Gründung"),
        ((None, 0), "nur vor der Gründung"),
    ],
)
def test_years_after_the_foundation(limits, said):
    assert age_span(limits) == said


@pytest.mark.parametrize(
    ("limits", "said"),
    [((1, None), "ab 1 Beschäftigten"), ((None, 1), "bis 1 Beschäftigten"), ((1, 9), "1 bis 9 Beschäftigte")],
)
def test_head_counts(limits, said):
    assert staff_span(limits) == said


def test_what_is_only_for_some_places_is_not_for_the_whole_country():
    partial = an_offer(is_partial=True, laender={"DE-NW", "DE-BY"})
    found = match(a_firm(), partial, TODAY, the_weights())
    assert "nur in ausgewiesenen Fördergebieten" in fitting_reasons(found, words())
    assert area_words(partial.tiers[0].area, words()) == "nur in ausgewiesenen Fördergebieten"
    assert "bundesweit" in fitting_reasons(match(a_firm(), an_offer(), TODAY, the_weights()), words())


def test_a_limit_that_shuts_out_shows_no_points():
    guide = a_guide(an_offer(min_company_age_years=50))
    told = " ".join(render_plain(details_lines(guide.excluded[0], guide, words(), the_weights())).split())
    assert re.search(r"Alter: nein, gilt ab 50 Jahre nach der Gründung; Sie: gegründet 1998 [A-Z]", told)
    fitting = a_guide(an_offer(min_company_age_years=1))
    told = " ".join(render_plain(details_lines(fitting.hits[0].match, fitting, words(), the_weights())).split())
    assert re.search(r"Alter: ja, gilt ab 1 Jahr nach der Gründung; Sie: gegründet 1998 \(\d von \d Punkten\)", told)
