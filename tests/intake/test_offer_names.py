"""Names of offers as people say them: each leads to its entry, its twin with one word more or less does not."""

import random

import pytest
from factories import an_offer, the_catalogue
from hypothesis import given
from hypothesis import strategies as st

from digiwegweiser.core.reading import Remark
from digiwegweiser.intake.offer_names import OfferNames

SHIPPED = OfferNames(the_catalogue())

NAMES = {
    "go digital": "go-digital",
    "Go-Digital": "go-digital",
    "godigital": "go-digital",
    "Digital jetzt": "digital-jetzt",
    "Digital Jetzt Investitionsförderung": "digital-jetzt",
    "Kompetenzzentrum 4.0 Lingen": "mdz-lingen-muenster-osnabrueck",
    "Mittelstand 4.0 Lingen": "mdz-lingen-muenster-osnabrueck",
    "DZM": "dzm-kreis-soest",
    "DZM Lippstadt": "dzm-kreis-soest",
    "Cartec Lippstadt": "dzm-kreis-soest",
    "Digitalbonus Bayern": "by-digitalbonus",
    "Digital-Bonus Bayern": "by-digitalbonus",
    "Digitalbonus Niedersachsen": "ni-digitalbonus",
    "Digitalbonus Niedersachsen innovativ": "ni-digitalbonus-innovativ",
    "KfW 380": "kfw-380-erp-digitalisierungs-und-innovationskredit",
    "kfw380": "kfw-380-erp-digitalisierungs-und-innovationskredit",
    "KfW 511": "kfw-erp-foerderkredit-digitalisierung",
    "unternehmensWert Mensch": "unternehmenswert-mensch",
    "unternehmenswert:mensch": "unternehmenswert-mensch",
    "Handwerk digital Halle": "st-offensive-handwerk-digital",
    "hwk-halle-handwerk-digital": "st-offensive-handwerk-digital",
    "Mittelstand 4.0 Kompetenzzentrum Hannover": "m40-hannover",
    "Mittelstand 4.0-Kompetenzzentrum Bremen": "m40-bremen",
    "Kompetenzzentrum Usability": "m40-usability",
    "Kompetenzzentrum Digitales Handwerk": "kdh",
    "KDH": "kdh",
    "Mittelstand Digital Zentrum Handwerk": "mdz-handwerk",
    "BAFA Beratung": "bafa-unternehmensberatung-kmu",
    "BAFA-Beratungsförderung": "bafa-unternehmensberatung-kmu",
    "Förderung unternehmerischen Know-hows": "bafa-unternehmensberatung-kmu",
    "INQA Coaching": "inqa-coaching",
    "Meisterbafög": "aufstiegs-bafoeg",
    "TISiM": "tisim",
    "ZIM": "zim",
    "Potentialberatung": "nrw-potentialberatung",
    "MID Gutschein": "nrw-mid-gutscheine-bis-2025",
    "MID-Digitalisierung": "nrw-mid-digitalisierung",
    "Handwerkskammer Köln": "hwk-koeln",
    "HWK Münster": "hwk-muenster",
    "HWK Suhl": "hwk-suedthueringen",
    "Digital in NRW": "mdz-ruhr-owl",
    "Betrieb 4.0 machen": "mdz-chemnitz",
    "Digitalwerk Werder": "bb-digitalwerk",
    "it's OWL": "nrw-its-owl",
    "Digitaler Restart Bremen": "hb-digitaler-restart",
    "Cyberwehr Baden-Württemberg": "bw-cyberwehr",
}
TYPOS = {
    "Digitalbonnus Bayern": "by-digitalbonus",
    "digitl jetzt": "digital-jetzt",
    "go-digitl": "go-digital",
    "unternehmenswert mench": "unternehmenswert-mensch",
    "Potenzialberatung": "nrw-potentialberatung",
    "Mittelstand Digital Zentrm Handwerk": "mdz-handwerk",
    "Digitalpremie Berlin": "be-digitalpraemie-berlin",
    "Investbonus Berlin": "be-investitionsbonus",
    "Handwerk digital Halle": "st-offensive-handwerk-digital",
    "BAFA Beratung": "bafa-unternehmensberatung-kmu",
}
AMBIGUOUS = {
    "INQA": {"inqa-coaching", "inqa-unternehmenscheck"},
    "Handwerkskammer Frankfurt": {"hwk-frankfurt-oder", "hwk-frankfurt-rhein-main"},
    "Cyberwehr": {"bw-cyberwehr", "nrw-cyberwehr-ruhr"},
    "Digitalisierungsprämie Plus": {
        "bw-digitalisierungspraemie-plus-darlehen",
        "bw-digitalisierungspraemie-plus-zuschuss",
    },
    "Gemeinsam digital": {"mdz-berlin", "nrw-learn-it-swf"},
    "Digitalbonus": {"by-digitalbonus", "ni-digitalbonus", "th-digitalbonus"},
    "BAFA": {"bafa-unternehmensberatung-kmu", "bafa-eew-modul-3"},
    "Digitalcoach": {"th-digitalcoach-handwerk", "th-digitalcoaches-handel"},
    "Know-how Förderung": {"bafa-unternehmensberatung-kmu", "bit-netzwerk-handwerk"},
    "Digi-Z": {"sn-digitalisierung-zuschuss", "bw-hub-ostwuerttemberg-digiz"},
    "digiz": {"sn-digitalisierung-zuschuss", "bw-hub-ostwuerttemberg-digiz"},
    "Innovationsgutschein": {
        "bw-innovationsgutscheine", "by-innovationsgutschein", "th-innovationsgutschein", "go-inno", "rp-innotop",
        "bw-innovationsgutschein-mittelstand-trifft-startups", "bb-big-2025", "bb-big-digital", "bb-big-alt",
    },
}  # fmt: skip
UNKNOWN = ["xyzabc", "Lotto", "Digitalbonus Mallorca", "go digital Mars", "Handwerkskammer Atlantis", "", "!!!", " "]


@pytest.mark.parametrize(("text", "meant"), NAMES.items(), ids=NAMES)
def test_a_name_leads_to_its_entry(text, meant):
    found = SHIPPED.read(text)
    assert (found.value, found.candidates, found.suggestions) == (meant, (), ())


@pytest.mark.parametrize(("text", "meant"), TYPOS.items(), ids=TYPOS)
def test_what_nothing_is_called_exactly_leads_to_its_entry_and_says_so(text, meant):
    found = SHIPPED.read(text)
    assert found.value == meant
    assert [note.remark for note in found.notes] == [Remark.SPELLING]


@pytest.mark.parametrize("text", ["go digital", "KfW 380", "DZM", "Digitalbonus Bayern", "Digital in NRW"])
def test_what_stands_in_the_catalogue_is_read_without_a_remark(text):
    assert SHIPPED.read(text).notes == ()


@pytest.mark.parametrize(("text", "meant"), AMBIGUOUS.items(), ids=AMBIGUOUS)
def test_a_name_that_several_bear_names_them_and_decides_nothing(text, meant):
    found = SHIPPED.read(text)
    assert found.value is None
    assert meant <= set(found.candidates)


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_nobody_is_called_is_not_read(text):
    found = SHIPPED.read(text)
    assert (found.value, found.candidates) == (None, ())


def test_the_nearest_share_the_rarest_word():
    assert "by-digitalbonus" in SHIPPED.read("Digitalbonus Mallorca").suggestions
    assert SHIPPED.read("xyzabc").suggestions == ()


@pytest.mark.parametrize("offer", the_catalogue(), ids=lambda offer: offer.id)
def test_every_id_and_every_name_leads_home(offer):
    assert SHIPPED.read(offer.id).value == offer.id
    by_name = SHIPPED.read(offer.name)
    assert offer.id in (by_name.value, *by_name.candidates)


@pytest.mark.parametrize("offer", [o for o in the_catalogue() if o.former_names or o.former_ids], ids=lambda o: o.id)
def test_every_former_name_leads_to_the_entry_or_to_what_it_came_from(offer):
    """An old name that passed on belongs to the older entry, whose story tells of the younger."""
    for name in (*offer.former_names, *offer.former_ids):
        found = SHIPPED.read(name)
        known = {offer.id, offer.predecessor} | {o.id for o in the_catalogue() if o.successor == offer.id}
        assert {found.value, *found.candidates} & known, name


def test_the_older_of_two_in_a_line_is_meant_and_without_the_line_both():
    old, new = an_offer(id="alt", name="Bonus (alt)", successor="neu"), an_offer(id="neu", name="Bonus Neu")
    assert OfferNames([old, new]).read("Bonus").value == "alt"
    assert set(OfferNames([old._replace(successor=None), new]).read("Bonus").candidates) == {"alt", "neu"}


def test_an_id_as_it_stands_is_meant_even_where_others_have_that_name():
    offers = OfferNames([an_offer(id="ein-bonus", name="Bonus"), an_offer(id="b", name="Ein Bonus")])
    assert offers.read("ein-bonus").value == "ein-bonus"
    assert set(offers.read("Ein Bonus").candidates) == {"ein-bonus", "b"}


def test_the_head_of_a_compound_is_meant_rather_than_its_first_part():
    advice, voucher = an_offer(id="a", name="XY Firmenberatung"), an_offer(id="b", name="XY Beratungsschein")
    assert OfferNames([advice, voucher]).read("XY Beratung").value == "a"
    assert OfferNames([voucher]).read("XY Beratung").value == "b"


def test_a_word_in_another_form_is_as_good_as_the_word_and_better_than_a_like_one():
    coach, coaches = an_offer(id="a", name="Fachcoach (Handwerk)"), an_offer(id="b", name="Fachcoaches im Handel")
    like = an_offer(id="c", name="Fachcoch")
    assert set(OfferNames([coach, coaches, like]).read("Fachcoach").candidates) == {"a", "b"}
    assert OfferNames([coaches, like]).read("Fachcoach").value == "b"


def test_a_whole_name_is_meant_even_where_others_contain_it_and_a_part_of_one_is_not():
    whole, part = an_offer(id="a", name="Bonus"), an_offer(id="b", name="Bonus (Handwerk)")
    longer = an_offer(id="c", name="Großer Bonus")
    assert OfferNames([whole, part, longer]).read("Bonus").value == "a"
    assert set(OfferNames([part, longer]).read("Bonus").candidates) == {"b", "c"}
    old = an_offer(id="d", name="Neu", former_names=("Bonus",))
    assert OfferNames([old, part, longer]).read("Bonus").value == "d"


def test_words_of_one_name_come_before_words_scattered_over_several():
    together = an_offer(id="a", name="Alpha Beta Gamma Delta")
    apart = an_offer(id="b", name="Alpha Omega", former_names=("Beta Theta",))
    assert OfferNames([together, apart]).read("Alpha Beta").value == "a"
    assert OfferNames([apart]).read("Alpha Beta").value == "b"


def test_a_word_may_lack_its_middle_but_not_its_beginning_or_end():
    offer = an_offer(id="a", name="Landes Investitionsbonus")
    found = OfferNames([offer]).read("Investbonus")
    assert (found.value, [note.remark for note in found.notes]) == ("a", [Remark.SPELLING])
    for wrong in ("Invasbonus", "Investmalus", "Invabonus"):
        assert OfferNames([offer]).read(wrong).value is None


def test_operator_and_place_alone_name_nothing():
    offer = an_offer(id="a", name="Bonus", operator="Landesbank")
    assert OfferNames([offer]).read("Landesbank Bonus").value == "a"
    assert OfferNames([offer]).read("Landesbank").value is None


def test_the_order_of_the_catalogue_does_not_matter():
    shuffled = list(the_catalogue())
    random.Random(7).shuffle(shuffled)
    other = OfferNames(shuffled)
    for text in (*NAMES, *TYPOS, *AMBIGUOUS, *UNKNOWN):
        assert other.read(text) == SHIPPED.read(text)


@given(st.text(max_size=300))
def test_any_text_is_read_one_way_or_not_at_all(text):
    found = SHIPPED.read(text)
    assert (found.value is not None) + bool(found.candidates) + bool(found.suggestions) <= 1
    assert len(found.candidates) != 1
