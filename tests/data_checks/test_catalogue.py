"""The shipped entries looked at as a whole: whom to call, who pays, where it is, and how it is said.

Exceptions are listed by id with their reason; one that is no exception any more makes its test fail, too.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pytest
from factories import TODAY, _rows, the_catalogue, the_needs

from digiwegweiser.core.emergency import is_emergency_line
from digiwegweiser.core.geography import distance_km
from digiwegweiser.core.money import pays_for_investment
from digiwegweiser.core.offer import Offer, Site
from digiwegweiser.core.service import LOANS
from digiwegweiser.core.vocabulary import LAND_NAMES, CostKind, Form, Kind, State, land_of

LIVING = tuple(offer for offer in the_catalogue() if offer.state_on(TODAY) is not State.ENDED)
OPEN = tuple(offer for offer in LIVING if offer.state_on(TODAY) is State.OPEN)
FREE = tuple(offer for offer in OPEN if offer.cost.kind is CostKind.FREE)

#: Farther from every place of its municipality a site lies in another one.
SITE_KM = 25


def ids(offers: Iterable[Offer]) -> set[str]:
    return {offer.id for offer in offers}


def prose(offer: Offer) -> str:
    """All that is written for people; addresses on the web are left out."""
    parts = (offer.summary, offer.note, offer.how_to_apply, offer.funding_note, offer.cost.note, offer.audience.note)
    more = (*offer.warnings, *offer.conditions, *(tier.note for tier in offer.tiers))
    return " ".join(part for part in (*parts, *more) if part)


def is_reachable(offer: Offer) -> bool:
    return any((offer.contact.phone, offer.contact.email, offer.contact.url))


# --- order -----------------------------------------------------------------------------------------------------------


def test_the_file_is_sorted_by_id() -> None:
    """So that an entry is found, and two people who add one do not meet in the same line."""
    names = [offer.id for offer in the_catalogue()]
    assert names == sorted(names)


def test_no_two_entries_have_one_name() -> None:
    """In the same area that would be a duplicate, and in another one an owner could not tell them apart."""
    seen = Counter(offer.name.casefold() for offer in the_catalogue())
    assert [name for name, count in seen.items() if count > 1] == []


# --- something for everybody -----------------------------------------------------------------------------------------

#: Living free contacts beside the chambers are open in every Land but these.
NO_OPEN_LAND_CONTACT = {
    "DE-HB": "KI-Transferzentrum und Digital-Lotsen nicht sicher belegt; es bleibt die Handwerkskammer",
    "DE-SL": "Innovationsstelle und EDIH nicht sicher belegt; es bleibt die Handwerkskammer",
}


@pytest.mark.parametrize("land", sorted(LAND_NAMES))
def test_every_land_has_a_free_contact_of_its_own(land: str) -> None:
    """Open today, free, reachable, and for this Land or a part of it; its chambers and the police do not count."""
    open_ = [o for o in FREE if o.area.laender == {land} and is_reachable(o)]
    own = [o for o in open_ if o.kind is not Kind.CHAMBER and not is_emergency_line(o)]
    assert (own == []) is (land in NO_OPEN_LAND_CONTACT)


@pytest.mark.parametrize("land", sorted(LAND_NAMES))
def test_every_land_has_a_chamber_that_can_be_called(land: str) -> None:
    """Whatever else is missing, the chamber has a telephone number."""
    own = [o for o in FREE if land in o.area.laender and o.kind is Kind.CHAMBER]
    assert own
    assert all(o.contact.phone and o.contact.email for o in own)


#: Needs that no open free offer is made for; some serve them beside their main purpose.
NO_FREE_OFFER_MADE_FOR = {
    "cloud_mobile_work": "Trusted Cloud ist nicht sicher belegt",
    "smart_home_products": "nur E-Haus und BFE, beide nicht sicher belegt",
}


@pytest.mark.parametrize("need", [need.code for need in the_needs()])
def test_every_need_has_a_free_offer_that_is_made_for_it(need: str) -> None:
    """Open today and free for the firm."""
    assert any(need in offer.core_needs for offer in FREE) is (need not in NO_FREE_OFFER_MADE_FOR)


@pytest.mark.parametrize("need", [need.code for need in the_needs()])
def test_every_need_has_a_living_offer_that_is_made_for_it(need: str) -> None:
    """Verified or not, free or not: nobody is sent away with nothing."""
    assert any(need in offer.core_needs for offer in LIVING)


# --- money -----------------------------------------------------------------------------------------------------------

#: Living offers that pay and do not say whether the application must come before the order.
ORDER_NOT_SAID = {
    "nrw-innovationspreis-handwerk": "ein Preis für Fertiges",
    "sh-ibsh-mittelstandskredit": "in den Quellen nicht genannt",
    "sl-mittelstandsbooster": "in den Quellen nicht genannt",
    "sl-wachstumspaket-2026": "in den Quellen nicht genannt",
    "sl-zts-ips": "in den Quellen nicht genannt",
    "th-innoinvest": "in den Quellen nicht genannt",
}


def test_whoever_pays_says_whether_to_apply_before_the_order() -> None:
    """What loses an owner the money is a typed field of every tier; where no source says it, the entry is named."""
    assert ids(o for o in LIVING if o.form.pays and any(tier.apply_before_start is None for tier in o.tiers)) == set(
        ORDER_NOT_SAID
    )


def test_a_rule_that_was_only_assumed_is_said_to_be() -> None:
    """Where the note says that the order of things is not in the sources, a condition says so, too."""
    assumed = [
        o for o in LIVING if o.form.pays and "in den Quellen" in (o.note or "") and "vor Beginn" in (o.note or "")
    ]
    assert assumed
    assert ids(o for o in assumed if not any("vor Beginn" in text for text in (*o.warnings, *o.conditions))) == set()


#: Living offers that give money of which no source says what it is for.
PAYS_FOR_NOT_SAID = {
    "bb-weiterbildungsfoerderung-esf": "das Servicepaket bei Umstrukturierung ist nicht beschrieben",
    "be-transfer-bonus-design": "nur der Zweck ist genannt",
    "bw-digitalisierungsfinanzierung": "Stufen 2 und 3 für größere Mittelständler, ohne Erlass",
    "by-lfa-innovationskredit": "für innovative Unternehmen, nicht für ein Vorhaben",
    "eu-secure-cra": "nur das Ziel ist genannt, sichere eigene Produkte",
    "mv-transformationsrichtlinie-ki": "nur der Zweck ist genannt",
    "nrw-innovationspreis-handwerk": "ein Preis für Fertiges",
    "sn-sachsenkredit-universal": "in den Quellen nicht genannt",
}


def test_whoever_gives_money_says_what_it_is_for() -> None:
    """A rate of costs is worth nothing without the costs; loans may be spent on whatever the bank agrees to."""
    giving = (o for o in LIVING if o.form in (Form.GRANT, Form.REPAYMENT_GRANT))
    assert ids(o for o in giving if any(tier.pays_for is None for tier in o.tiers)) == set(PAYS_FOR_NOT_SAID)


@pytest.mark.parametrize("offer", [o for o in LIVING if o.kind is Kind.CONSULTING_SUBSIDY], ids=lambda o: o.id)
def test_a_subsidy_to_advice_pays_for_no_machines(offer: Offer) -> None:
    """So that no budget for things is counted as if it were for advice."""
    assert all(pays_for_investment(tier) is not True for tier in offer.tiers)


@pytest.mark.parametrize("offer", [o for o in LIVING if o.conditions], ids=lambda o: o.id)
def test_a_condition_is_no_remark_that_stands_elsewhere_too(offer: Offer) -> None:
    """What the office checks is asked on the call sheet; what only informs stands with the remarks, once."""
    told = " ".join([offer.note or "", *offer.warnings])
    assert [text for text in offer.conditions if text.rstrip(".") in told] == []
    assert [text for text in offer.conditions if text.endswith("?")] == []


#: Free offers of which no source says who pays.
PAYER_NOT_KNOWN: dict[str, str] = {}


def test_what_is_free_says_who_pays() -> None:
    """Nothing is free without a reason, and the owner is told that reason."""
    assert ids(o for o in the_catalogue() if o.cost.kind is CostKind.FREE and not o.cost.payer) == set(PAYER_NOT_KNOWN)


#: Living offers of which no source says what they cost.
COST_NOT_KNOWN = {
    "hwk-ndbopf-kino",
    "by-ki-produktionsnetzwerk-augsburg",
    "nrw-hub-bonn",
    "nrw-hub-duesseldorf",
    "uig-usability-in-germany",
    "zveh-e-haus",
}


def test_what_it_costs_is_known() -> None:
    """With few exceptions, for which the guide says „vorher fragen“."""
    assert ids(o for o in LIVING if o.cost.kind is None) == COST_NOT_KNOWN


def test_free_is_not_said_of_money_that_must_be_paid_back() -> None:
    """A loan has interest and a guarantee a fee."""
    assert ids(o for o in LIVING if o.form in (Form.LOAN, Form.GUARANTEE) and o.cost.kind is CostKind.FREE) == set()


# --- contact ---------------------------------------------------------------------------------------------------------

#: Open offers for which the sources name an office but neither its number nor its address: to be looked up.
CONTACT_TO_BE_LOOKED_UP = {
    "een-deutschland",
    "ni-innovationsagentur-nordost",
    "nrw-hub-bonn",
    "nrw-hub-duesseldorf",
    "nrw-startup-hubs-2025",
    "rp-innovationsagentur",
    "shk-open-masterdata",
    "sl-wachstumspaket-2026",
    "th-digitalagentur",
    "th-digitalcoaches-handel",
}
#: The owner's own chamber or adviser, who is different for everybody.
CONTACT_IS_THE_OWNERS_OWN = {"e-rechnung-handwerk", "investitionsbooster-degressive-afa"}
#: Unverified ones without a way to reach them; the list may only become shorter.
UNVERIFIED_WITHOUT_CONTACT = 25


def test_an_open_offer_can_be_reached() -> None:
    """By telephone, mail or a page; the exceptions are named one by one."""
    assert ids(o for o in OPEN if not is_reachable(o)) == CONTACT_TO_BE_LOOKED_UP | CONTACT_IS_THE_OWNERS_OWN


def test_few_unverified_offers_cannot_be_asked() -> None:
    """„Erst anrufen“ needs a number."""
    assert len([o for o in LIVING if o not in OPEN and not is_reachable(o)]) <= UNVERIFIED_WITHOUT_CONTACT


def test_every_contact_names_an_organisation() -> None:
    """Whom to ask for, even where there is no number."""
    assert ids(o for o in LIVING if not (o.contact.organisation or o.operator)) == set()


_MOBILE = re.compile(r"(?<![\d/-])(?:\+49[\s(]*0?\)?|0049\s*|0)[\s/-]*1[567]\d[\s/-]*\d{2}")


def test_no_mobile_number_is_given() -> None:
    """A mobile number is a person's."""
    found = {o.id: match[0] for o in the_catalogue() if (match := _MOBILE.search(f"{o.contact.phone} {prose(o)}"))}
    assert found == {}


@pytest.mark.parametrize(
    ("text", "is_mobile"),
    [
        ("0151 2345678", True),
        ("+49 171 2345678", True),
        ("+49 (0)160/2345678", True),
        ("0049 172 2345678", True),
        ("+49 231 5493-0", False),
        ("030 15012345", False),
        ("0355 35548691-7", False),
        ("0211 91741-4800", False),
    ],
)
def test_mobile_numbers_are_recognised(text: str, is_mobile: bool) -> None:
    """And no others, whatever stands in the middle of them."""
    assert bool(_MOBILE.search(text)) is is_mobile


_PERSON = re.compile(r"\b[a-zäöüß]+[._][a-zäöüß-]{2,}@", re.IGNORECASE)
#: Addresses of offices that only look like a name.
OFFICE_MAIL = {
    "support.kundenportal@wibank.de", "lka.cybercrime@polizei.rlp.de", "zac.lka@polizei.sachsen.de",
    "cybercrime.lka@polizei.nrw.de",
}  # fmt: skip


def test_no_mail_address_is_a_persons() -> None:
    """People change their place; offices do not."""
    mails = {o.contact.email for o in the_catalogue() if o.contact.email}
    assert {mail for mail in mails if _PERSON.match(mail)} == OFFICE_MAIL
    assert [o.id for o in the_catalogue() if _PERSON.search(prose(o))] == []


# --- places ----------------------------------------------------------------------------------------------------------


def test_a_site_lies_in_its_municipality() -> None:
    """Its coordinates are near a row of the place table, so that „etwa … km“ is true."""
    places = _places()
    assert [
        f"{offer.id}: {site.city} {km:.0f} km"
        for offer in the_catalogue()
        for site in offer.sites
        if (km := _km_off(site, places)) > SITE_KM
    ] == []


def _places() -> Mapping[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in _rows("postal_codes.csv"):
        found[row["ags"]].append((float(row["lat"]), float(row["lon"])))
    return found


def _km_off(site: Site, places: Mapping[str, list[tuple[float, float]]]) -> float:
    """Kilometres to the nearest place of the municipality; 0 for a site without coordinates."""
    if site.lat is None or site.lon is None:
        return 0
    assert site.ags is not None, site
    return min(distance_km(site.lat, site.lon, lat, lon) for lat, lon in places[site.ags])


def test_a_site_lies_in_a_land_of_its_offer() -> None:
    """Whoever is bound to Länder sits in one of them."""
    bound = (o for o in the_catalogue() if o.area.laender)
    assert [o.id for o in bound for site in o.sites if site.ags and land_of(site.ags) not in o.area.laender] == []


def test_the_plz_of_a_site_is_one_of_its_municipality() -> None:
    """A wrong digit in a PLZ or in a key shows here."""
    reached: dict[str, set[str]] = defaultdict(set)
    for row in _rows("postal_codes.csv"):
        reached[row["plz"]].add(row["ags"])
    sites = [(o.id, site) for o in the_catalogue() for site in o.sites if site.plz in reached and site.ags]
    assert sites
    assert [(name, site.plz, site.ags) for name, site in sites if site.ags not in reached[site.plz or ""]] == []


# --- words -----------------------------------------------------------------------------------------------------------

_WORDS = (
    "Transformation", "Use Case", "Stakeholder", "Ökosystem", "Roadmap", "Workflow", "Awareness", "Mindset",
    "Best Practice", "Readiness", "Innovationsgrad", "Wertschöpfung", "Matchmaking", "Onboarding", "Living Lab",
    "Handlungsempfehlung", "Kompetenzaufbau", "niedrigschwellig", "Demonstrator", "Reifegrad", "Potenzial",
    "Vorhabenbeginn", "Digital Twin", "Industrie 4.0", "Handwerk 4.0",
)  # fmt: skip
#: KI and IT are owners' own words by now, BIM is asked for by name.
_ABBREVIATIONS = ("KMU", "FuE", "ERP", "CRM", "DSGVO", "BIT", "IoT", "EFRE", "ESF", "BMWK", "BMWE", "AGVO", "MSR", "VR")
_JARGON = re.compile(
    "|".join((*(f"(?i:{re.escape(word)})" for word in _WORDS), *(rf"\b{word}\b" for word in _ABBREVIATIONS)))
)


@pytest.mark.parametrize("offer", the_catalogue(), ids=lambda offer: offer.id)
def test_a_summary_is_said_in_an_owners_words(offer: Offer) -> None:
    """One line without a word that a master would have to look up, and short enough to be read."""
    assert _JARGON.findall(offer.summary) == []
    assert len(offer.summary) <= 110
    assert not offer.summary.endswith(".")


# --- time ------------------------------------------------------------------------------------------------------------

#: Successors that began while the older one still ran.
OVERLAPPING = {
    "mdz-netzwerk": "die ersten Zentren beider Netze bestanden anderthalb Jahre nebeneinander",
    "nrw-startup-hubs-2025": "die Hubs wurden vor dem Ende der alten Förderung neu bewilligt",
}
#: Successors whose own beginning no source names; before it they are wrongly found as "unverified".
BEGINNING_NOT_KNOWN = {
    "hb-digitaler-mittelstand",
    "mdz-bremen-oldenburg",
    "mdz-smarte-kreislaeufe",
    "mdz-spreeland",
    "st-digital-innovation",
}


def test_a_successor_begins_after_its_predecessor() -> None:
    """Or is known to have begun earlier; one without a beginning would be told to a firm of any earlier year."""
    entries = {offer.id: offer for offer in the_catalogue()}
    pairs = [(o, entries[o.predecessor].valid_until) for o in the_catalogue() if o.predecessor]
    dated = [(o, end) for o, end in pairs if end is not None]
    assert {o.id for o, _ in dated if o.valid_from is None} == BEGINNING_NOT_KNOWN
    assert {o.id for o, end in dated if o.valid_from is not None and o.valid_from <= end} == set(OVERLAPPING)


def test_money_that_is_paid_back_is_made_for_money_alone() -> None:
    """A loan pays for whatever it is spent on; it is made for financing and for machines, and no need of any trade."""
    made_for = {offer.id: offer.core_needs for offer in the_catalogue() if offer.form in LOANS}
    assert len(made_for) > 20
    assert {name for name, needs in made_for.items() if needs - {"financing", "hardware_software_investment"}} == set()
