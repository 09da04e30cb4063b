"""Whom an offer leaves out is a field that decides, not only a sentence in its notes."""

import re

import pytest
from factories import MET, NOT_MET, TODAY, UNKNOWN, a_trade, judge, the_catalogue

from digiwegweiser.core.offer import Audience, Offer
from digiwegweiser.core.vocabulary import Sector, State, Verdict

LIVING = tuple(offer for offer in the_catalogue() if offer.state_on(TODAY) is not State.ENDED)
BY_ID = {offer.id: offer for offer in LIVING}
_LEAVES_OUT = re.compile(
    r"keine Landwirtschaft|ohne Landwirtschaft|landwirtschaftliche|Urproduktion|kein(?:e|en)? freie[rn]? Beruf"
    r"|freie Berufe (?:aus|nicht)|keine Gastronomie|ausgeschlossen|ausgenommen|nicht für",
    re.IGNORECASE,
)

#: Offers whose sentence with such words leaves out no trade.
SPEAKS_OF_SOMETHING_ELSE = {
    "bundesfachstelle-barrierefreiheit-bfsg": "wer von der Pflicht ausgenommen ist, darf die Hilfen nutzen",
    "cyber-sicherheitsnetzwerk-digitale-rettungskette": "nicht für Vorsorge, also ein Bedarf",
    "hh-profi-impuls": "Standardsoftware und laufender Betrieb, also Kosten",
    "igp-geschaeftsmodelle-pionierloesungen": "übliche Software, also Kosten",
    "kfw-erp-foerderkredit-digitalisierung": "begonnene Vorhaben und Umschuldung",
    "qualifizierungschancengesetz": "Beschäftigte, nicht Inhaber",
    "sl-digitalinvest-kmu": "zwei Stufen für ein Projekt",
    "sn-innopraemie-markteinfuehrung": "interne Digitalisierung, also ein Bedarf",
    "th-innovationsgutschein": "Kauf von Standardsoftware, also Kosten",
}
#: More trades than this in one list are the rest that stays when some are left out.
MOST_NAMED = 6


def says_who_is_out(audience: Audience) -> bool:
    """By name, in part, or by naming the sectors served instead of all."""
    is_named = bool(audience.sectors) and Sector.ANY not in audience.sectors
    return bool(audience.not_trades or audience.partly_trades) or is_named


def leaves_out_in_words(offer: Offer) -> bool:
    return any(_LEAVES_OUT.search(text) for text in (*offer.conditions, offer.note or "", offer.audience.note or ""))


def test_a_trade_left_out_in_words_is_left_out_by_a_field() -> None:
    """Prose decides nothing; where the words mean something else, the entry is named with what they mean."""
    untyped = {offer.id for offer in LIVING if leaves_out_in_words(offer) and not says_who_is_out(offer.audience)}
    assert untyped == set(SPEAKS_OF_SOMETHING_ELSE)


def test_whom_an_offer_leaves_out_is_not_told_by_a_list_of_all_others() -> None:
    """A long list of those that stay would make the offer look as if made for each of them."""
    assert {offer.id for offer in LIVING for tier in offer.tiers if len(tier.audience.trades) > MOST_NAMED} == set()


@pytest.mark.parametrize(
    ("offer", "code", "sectors", "verdict"),
    [
        ("go-inno", "S-14", "agriculture", NOT_MET),
        ("go-inno", "S-14", "services", MET),  # who tends gardens for others is no farm
        ("sh-dku", "S-14", "agriculture", NOT_MET),
        ("sh-dku", "A-32", "craft", UNKNOWN),  # butchers work up what farms produce
        ("sh-dku", "A-30", "craft", MET),
        ("rp-ibi-efre", "S-06", "services", UNKNOWN),  # hotels, but no inns
        ("rp-ibi-efre", "S-04", "commerce", NOT_MET),
        ("rp-ibi-efre", "S-05", "commerce", MET),
        ("be-investitionsbonus", "S-11", "professions", NOT_MET),
        ("be-investitionsbonus", "S-10", "professions", MET),
        ("bw-innovationsgutschein-mittelstand-trifft-startups", None, "startup", NOT_MET),
        ("bw-innovationsgutschein-mittelstand-trifft-startups", "S-07", "it services startup", MET),
    ],
)
def test_who_is_out_and_who_is_in(offer: str, code: str | None, sectors: str, verdict: Verdict) -> None:
    """Each exclusion with a neighbour that it does not mean."""
    assert judge("trade", a_trade(code, sectors), BY_ID[offer]).verdict is verdict
