"""Who helps in the firm's own Land while an attack is going on."""

from typing import Any

import pytest
from factories import TODAY, a_firm, a_place, a_trade, an_offer, the_catalogue, the_weights

from digiwegweiser.core.emergency import POLICE, POLICE_LIST, Help, emergency_help, first_to_call
from digiwegweiser.core.guide import build_guide
from digiwegweiser.core.offer import Contact, Offer
from digiwegweiser.core.vocabulary import LAND_NAMES, Status


def help_for(offers: Any, **firm: Any) -> Help:
    return emergency_help(build_guide(a_firm(**{"needs": ("it_security",), **firm}), offers, TODAY, the_weights()))


def a_line(name: str = "line", phone: str | None = "0800 1", **changes: Any) -> Offer:
    told = {"kind": "hotline", "form": "none", "core_needs": {"it_security"}, "contact": Contact(phone=phone)}
    return an_offer(**{"id": name, **told, **changes})


def ids(offers: tuple[Offer, ...]) -> list[str]:
    return [offer.id for offer in offers]


@pytest.mark.parametrize("land", sorted(LAND_NAMES))
def test_every_land_gets_its_own_police_and_none_of_the_other_fifteen(land):
    found = help_for(the_catalogue(), place=a_place(land))
    assert [offer.area.laender for offer in found.police] == [{land}]
    assert "cyber-sicherheitsnetzwerk-digitale-rettungskette" in ids(found.hotlines)
    assert all(not offer.area.laender or land in offer.area.laender for offer in found.hotlines)


def test_without_a_place_only_nationwide_lines_are_named():
    found = help_for(the_catalogue(), place=None)
    assert found.police == ()
    assert [offer for offer in found.hotlines if offer.area.laender] == []
    assert found.hotlines


def test_what_has_ended_helps_nobody():
    ended = a_line("ended", status="ended")
    paused = a_line("paused", phone="0800 2", status="paused")
    unsure = a_line("unsure", phone="0800 3", status="unverified")
    assert ids(help_for([ended, paused, unsure]).hotlines) == ["unsure"]


def test_who_is_attacked_is_not_asked_for_trade_or_need():
    only_retail = a_line(sectors={"commerce"})
    assert ids(help_for([only_retail], trade=a_trade(), needs=("processes_erp",)).hotlines) == ["line"]


def test_other_hotlines_are_not_for_emergencies():
    found = help_for([a_line("founders", core_needs={"financing"}), an_offer(core_needs={"it_security"})])
    assert found == Help((), ())


def test_no_number_is_named_twice_and_the_sure_one_stays():
    twin = a_line("a-twin", "0800 27-41000", status="unverified")
    sure = a_line("z-sure", "0800 2741000")
    mute = a_line("mute", None)
    assert ids(help_for([twin, sure, mute]).hotlines) == ["z-sure", "mute"]


def test_the_own_land_stands_before_the_whole_country():
    near = a_line("z-near", "0800 2", level="land", laender={"DE-NW"})
    assert ids(help_for([a_line("a-far"), near]).hotlines) == ["z-near", "a-far"]


def called(*offers: Offer) -> list[str]:
    guide = build_guide(a_firm(needs=("it_security",), emergency="gehackt"), offers, TODAY, the_weights())
    return [m.offer.id for m in first_to_call(guide)]


OWN = {"level": "land", "laender": {"DE-NW"}}


def test_who_surely_answers_is_called_before_a_number_that_is_unsure():
    """Even where the unsure one is the police of the own Land."""
    old = a_line("a-police", "0211 1", network=POLICE, status="unverified", **OWN)
    sure = old._replace(status=Status.ACTIVE)
    assert called(old, a_line("z-far")) == ["z-far", "a-police"]
    assert called(sure, a_line("z-far")) == ["a-police", "z-far"]


def test_of_two_that_answer_the_own_land_comes_first_and_its_hotline_before_its_police():
    police, near = a_line("a-police", "0211 1", network=POLICE, **OWN), a_line("z-near", "0211 2", **OWN)
    assert called(police, near, a_line("a-far")) == ["z-near", "a-police"]


def test_no_number_and_no_second_police_is_called():
    twin = a_line("twin", "0800-1", status="unverified", **OWN)
    police = [a_line(f"zac-{at}", f"0211 {at}", network=POLICE, **OWN) for at in range(2)]
    assert called(twin, a_line("z-far")) == ["z-far"]
    assert called(*police, a_line("z-far")) == ["zac-0", "z-far"]
    assert called(a_line("mute", None)) == []


def test_folded_members_of_the_police_network_are_found():
    offers = [a_line(f"zac-{at}", f"0800 {at}", network=POLICE) for at in range(4)]
    assert len(help_for(offers).police) == 4


def test_the_list_of_all_police_contacts_is_an_address_of_the_catalogue():
    assert POLICE_LIST in {offer.contact.url for offer in the_catalogue()}
