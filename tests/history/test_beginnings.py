"""The documents this project began with: what a firm would have been told in those days, and what it is told now."""

from datetime import date
from typing import Any, NamedTuple

import pytest
from factories import TODAY
from golden.firms import guide_for, the_adviser

from digiwegweiser.app import as_text
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import CostKind, State
from digiwegweiser.render.guide import Extent
from digiwegweiser.render.wording import short_name

#: Hits on the first page.
PAGE = 10

HALLE = {"place": "06108 Halle (Saale)", "trade": "Tischlerei", "employees": "8"}
LIPPSTADT = {"place": "59555 Lippstadt", "trade": "Maschinenbau", "employees": "40", "needs": ("Kontakt zu Start-ups",)}
BOEBLINGEN = {"place": "71032 Böblingen", "trade": "Metallbau", "employees": "12", "needs": ("strategy",)}
KASSEL = {"place": "34117 Kassel", "trade": "Softwareentwicklung", "employees": "20"}
HANNOVER = {"place": "30159 Hannover", "trade": "Tischlerei", "employees": "8", "ordered": "nein"}
KAISERSLAUTERN = {"place": "67655", "trade": "Metallbau", "employees": "8", "needs": ("Maschinen vernetzen",)}


class Then(NamedTuple):
    """A firm, a day, and what it finds on that day but not elsewhere, not as somebody else, and not on another day."""

    offer: str
    firm: dict[str, Any]
    day: date
    elsewhere: dict[str, Any]
    """What makes the firm one that does not find it: another place, or another trade."""
    too_early: date | None
    """A day before it began; None where the beginning is not known."""


OFFENSIVE = Then(
    "st-offensive-handwerk-digital",
    {**HALLE, "needs": ("processes_erp",)},
    date(2019, 3, 1),
    {"place": "04109 Leipzig"},
    date(2019, 2, 25),
)
DZM = Then("dzm-kreis-soest", LIPPSTADT, date(2018, 6, 1), {"place": "33098 Paderborn"}, date(2017, 12, 31))
DNM = Then("dnm-kreis-soest", LIPPSTADT, date(2018, 6, 1), {"place": "59065 Hamm"}, date(2017, 12, 31))
ZDBB = Then("zd-bb-boeblingen", BOEBLINGEN, date(2019, 3, 1), {"place": "72764 Reutlingen"}, date(2018, 9, 30))
IT_WIRTSCHAFT = Then(
    "m40-it-wirtschaft",
    {**KASSEL, "needs": ("Schnittstellen zu anderen Programmen",)},
    date(2018, 1, 15),
    {"trade": "Tischlerei"},
    None,
)
MDZ_HANNOVER = Then(
    "mdz-hannover",
    {**HANNOVER, "needs": ("Abläufe digitalisieren",)},
    date(2021, 7, 15),
    {"place": "34117 Kassel"},
    date(2021, 5, 31),
)
MDZ_HANDWERK = Then(
    "mdz-handwerk",
    {**HANNOVER, "needs": ("Abläufe digitalisieren",)},
    date(2021, 7, 15),
    {"trade": "Onlinehandel"},
    date(2021, 6, 30),
)
DIGITAL_JETZT = Then(
    "digital-jetzt",
    {**HANNOVER, "needs": ("neue Software kaufen",)},
    date(2021, 7, 15),
    {"employees": "2"},
    date(2020, 9, 6),
)
ALL = (OFFENSIVE, DZM, DNM, ZDBB, IT_WIRTSCHAFT, MDZ_HANNOVER, MDZ_HANDWERK, DIGITAL_JETZT)


def by_offer(case: Then) -> str:
    return case.offer


def hits(guide: Guide) -> list[str]:
    """The ids of the hits in their order, without those that are only named beside another."""
    return [hit.match.offer.id for hit in guide.hits]


def everything_told(guide: Guide) -> set[str]:
    return {m.offer.id for hit in guide.hits for m in (hit.match, *hit.folded)}


def page_of(guide: Guide, show_all: bool = False) -> str:
    """The printed guide in one line, so that a wrapped name is still found."""
    return " ".join(as_text(the_adviser().page(guide, Extent(PAGE, show_all)), 100).split())


def entry(name: str) -> Offer:
    return next(offer for offer in the_adviser().catalog.offers if offer.id == name)


# --- then ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", ALL, ids=by_offer)
def test_the_firm_finds_it_on_the_first_page(case: Then) -> None:
    """On its day each stands among the first ten."""
    assert case.offer in hits(guide_for(case.firm, case.day))[:PAGE]


@pytest.mark.parametrize("case", ALL, ids=by_offer)
def test_another_firm_does_not_find_it(case: Then) -> None:
    """Next door, in another trade or of another size it is not there at all, on the same day."""
    assert case.offer not in everything_told(guide_for({**case.firm, **case.elsewhere}, case.day))


@pytest.mark.parametrize("case", [case for case in ALL if case.too_early], ids=by_offer)
def test_the_day_before_it_began_it_is_not_found(case: Then) -> None:
    """It is announced instead, as something that is still to come."""
    assert case.too_early is not None
    guide = guide_for(case.firm, case.too_early)
    assert case.offer not in everything_told(guide)
    assert case.offer in [m.offer.id for m in guide.upcoming]


@pytest.mark.parametrize(
    ("case", "last"),
    [
        (OFFENSIVE, date(2020, 12, 31)),
        (DNM, date(2019, 12, 31)),
        (DIGITAL_JETZT, date(2023, 12, 31)),
    ],
    ids=lambda value: value.offer if isinstance(value, Then) else None,
)
def test_the_last_day_counts_and_the_next_does_not(case: Then, last: date) -> None:
    """What has a documented end is found to its last day."""
    assert case.offer in everything_told(guide_for(case.firm, last))
    guide = guide_for(case.firm, last.replace(year=last.year + 1, month=1, day=1))
    assert case.offer not in everything_told(guide)
    assert case.offer in [m.offer.id for m in guide.ended]


@pytest.mark.parametrize("case", [MDZ_HANNOVER, MDZ_HANDWERK, OFFENSIVE, DNM], ids=by_offer)
def test_it_cost_nothing_and_the_page_says_who_paid(case: Then) -> None:
    """Free of charge, with the reason."""
    offer = entry(case.offer)
    assert offer.cost.kind is CostKind.FREE
    assert offer.cost.payer
    assert f"kostenfrei für Sie, es zahlt: {offer.cost.payer}" in page_of(guide_for(case.firm, case.day))


def test_both_centres_of_hannover_were_open_and_not_merely_unverified() -> None:
    """Both ends of their time are known, so for a day in between nothing is left to ask."""
    guide = guide_for(MDZ_HANNOVER.firm, MDZ_HANNOVER.day)
    states = {hit.match.offer.id: hit.match.state for hit in guide.hits}
    assert states["mdz-hannover"] is states["mdz-handwerk"] is State.OPEN


def test_one_without_a_known_end_is_said_to_be_unverified() -> None:
    """Of the centre for IT firms neither the first nor the last day is documented, and the page says so."""
    guide = guide_for(IT_WIRTSCHAFT.firm, IT_WIRTSCHAFT.day)
    hit = next(hit for hit in guide.hits if hit.match.offer.id == IT_WIRTSCHAFT.offer)
    assert hit.match.state is State.UNVERIFIED
    assert "Nicht sicher belegt, ob es noch läuft" in page_of(guide)


def test_digital_jetzt_was_not_for_two_people_but_for_three() -> None:
    """Three to 499 was the rule, both included."""
    firm = DIGITAL_JETZT.firm
    for people, is_for_them in (("2", False), ("3", True), ("499", True), ("500", False)):
        told = everything_told(guide_for({**firm, "employees": people}, DIGITAL_JETZT.day))
        assert ("digital-jetzt" in told) is is_for_them, people


# --- Kaiserslautern: not yet -----------------------------------------------------------------------------------------


def test_kaiserslautern_is_told_that_its_centre_starts_in_august() -> None:
    """In the middle of July 2021 it is no hit, but announced with its first day."""
    guide = guide_for(KAISERSLAUTERN, date(2021, 7, 15))
    assert "mdz-kaiserslautern" not in everything_told(guide)
    assert {m.offer.id: m.offer.valid_from for m in guide.upcoming}["mdz-kaiserslautern"] == date(2021, 8, 1)
    assert "Mittelstand-Digital Zentrum Kaiserslautern: beginnt am 01.08.2021" in page_of(guide)


def test_from_the_first_of_august_it_is_a_hit() -> None:
    """The first day counts; announced is then no longer said."""
    guide = guide_for(KAISERSLAUTERN, date(2021, 8, 1))
    assert "mdz-kaiserslautern" in hits(guide)[:PAGE]
    assert "mdz-kaiserslautern" not in [m.offer.id for m in guide.upcoming]


def test_nobody_in_another_land_is_told_of_the_start() -> None:
    """Twenty kilometres on, in the Saarland, it is not announced."""
    guide = guide_for({**KAISERSLAUTERN, "place": "66424 Homburg"}, date(2021, 7, 15))
    assert "mdz-kaiserslautern" not in [m.offer.id for m in guide.upcoming]


# --- now -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "successor"),
    [
        (OFFENSIVE, "bit-netzwerk-handwerk"),
        (DNM, "nrw-produktion-digital-suedwestfalen-plus"),
        (IT_WIRTSCHAFT, "mdz-netzwerk"),
        (DIGITAL_JETZT, "kfw-erp-foerderkredit-digitalisierung"),
    ],
    ids=lambda value: value.offer if isinstance(value, Then) else None,
)
def test_today_the_firm_is_told_what_has_ended_and_what_came_after(case: Then, successor: str) -> None:
    """It is no hit any more; it stands under „Nicht mehr“ with what comes nearest today, for none has an heir."""
    guide = guide_for(case.firm)
    assert case.offer not in everything_told(guide)
    assert {m.offer.id: m.offer.successor for m in guide.ended}[case.offer] == successor
    told = page_of(guide, show_all=True).split("Nicht mehr", 1)[1]
    assert entry(case.offer).name in told
    assert f"Am nächsten kommt {short_name(entry(successor))}" in told


@pytest.mark.parametrize("case", [MDZ_HANNOVER, MDZ_HANDWERK], ids=by_offer)
def test_today_the_centres_are_said_to_end_and_what_comes_after(case: Then) -> None:
    """Five weeks before the end of the network each page that leans on it says so, with the successor."""
    page = page_of(guide_for(case.firm))
    assert entry(case.offer).name in page
    assert f"Endet am 31.12.2026. Danach: {short_name(entry('mdz-nachfolge-2027'))}." in page


@pytest.mark.parametrize("case", [MDZ_HANNOVER, MDZ_HANDWERK], ids=by_offer)
def test_next_year_the_centres_have_ended(case: Then) -> None:
    """On the first of January they stand under „Nicht mehr“, with what came after."""
    guide = guide_for(case.firm, date(2027, 1, 1))
    assert case.offer not in everything_told(guide)
    assert {m.offer.id: m.offer.successor for m in guide.ended}[case.offer] == "mdz-nachfolge-2027"


def test_today_doubt_is_said() -> None:
    """Of this hub neither an end nor a present is documented: where it is named, it is with that doubt."""
    hit = next(hit for hit in guide_for(ZDBB.firm).hits if hit.match.offer.id == ZDBB.offer)
    assert hit.match.offer.state_on(TODAY) is State.UNVERIFIED
    assert "Landesförderung nach 2025 nicht belegt" in page_of(guide_for(ZDBB.firm))


def test_today_nobody_is_sent_where_the_sources_advise_against() -> None:
    """The centre of Lippstadt has left no trace since 2019: it is no hit any more, and what came after is named."""
    guide = guide_for(DZM.firm)
    assert DZM.offer not in {hit.match.offer.id for hit in guide.hits}
    assert DZM.offer in {m.offer.id for m in guide.ended}
    assert "wird nach den Quellen nicht mehr empfohlen" in page_of(guide)


def test_the_old_ids_still_lead_to_the_hub_of_boeblingen() -> None:
    """Two records of the research describe the one hub; the entry keeps the other id and the older names."""
    hub = entry("zd-bb-boeblingen")
    assert "bw-hub-region-stuttgart-zdbb" in hub.former_ids
    assert "Zentrum für Digitalisierung Böblingen" in hub.former_names
