"""Where each offer of the shipped catalogue is for: over all Länder, all Kreise and the Gemeinden of split ones."""

from collections import Counter
from functools import cache

from factories import (
    MET,
    NOT_MET,
    TODAY,
    UNKNOWN,
    a_firm,
    a_place,
    an_offer,
    every_gemeinde,
    every_kreis,
    every_trade,
    the_catalogue,
    the_weights,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.firm import Place
from digiwegweiser.core.guide import build_guide
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.rules import area_fits
from digiwegweiser.core.vocabulary import KREISE_OF_LAND, LAND_NAMES, Kind, Verdict, land_of
from digiwegweiser.core.weights import Weights

SPLIT_KREISE = {"13072", "15089"}
"""Kreis Rostock and Salzlandkreis: their Gemeinden belong to different chambers."""
SOME_OFFER = an_offer()


@cache
def place_of(key: str | None) -> Place | None:
    return None if key is None else a_place(key)


def tiers(catalogue: tuple[Offer, ...]) -> list[tuple[str, Tier]]:
    return [(offer.id, tier) for offer in catalogue for tier in offer.tiers]


def area_verdict(key: str | None, tier: Tier) -> Verdict:
    return area_fits(place_of(key), Candidate(SOME_OFFER, tier, TODAY, the_weights())).verdict


def test_a_land_bound_offer_is_for_its_laender_and_no_other(catalogue: tuple[Offer, ...]) -> None:
    """Every offer and tier bound to Länder is met in these and not met in the others; without a place it is unknown."""
    bound = [(i, t) for i, t in tiers(catalogue) if t.area.laender and not t.area.kreise and not t.area.gemeinden]
    partial, bound = ([b for b in bound if b[1].area.is_partial is kept] for kept in (True, False))
    assert len(bound) > 100
    wrong = [
        (name, land) for name, tier in bound for land in LAND_NAMES
        if area_verdict(land, tier) is not (MET if land in tier.area.laender else NOT_MET)
    ]  # fmt: skip
    assert wrong == []
    assert {area_verdict(None, tier) for _, tier in bound} == {UNKNOWN}
    # What holds in some places of a Land only is sure in none.
    assert all(area_verdict(land, t) is UNKNOWN for _, t in partial for land in t.area.laender)


def test_a_nationwide_offer_is_for_every_land(catalogue: tuple[Offer, ...]) -> None:
    """What has no limit is met everywhere, and where the place is not known."""
    free = [t for _, t in tiers(catalogue) if not (t.area.laender or t.area.kreise or t.area.gemeinden)]
    assert len(free) > 50
    assert {area_verdict(key, tier) for tier in free for key in (*LAND_NAMES, None)} == {MET}


def kreis_bound(catalogue: tuple[Offer, ...]) -> list[tuple[str, Tier]]:
    return [(name, tier) for name, tier in tiers(catalogue) if tier.area.kreise or tier.area.gemeinden]


def test_a_kreis_bound_offer_is_open_in_its_land_and_out_elsewhere(catalogue: tuple[Offer, ...]) -> None:
    """Of a firm whose Land alone is known: met where all its Kreise are named, unknown where some, else not met."""
    for name, tier in kreis_bound(catalogue):
        own = {land_of(key) for key in tier.area.kreise | tier.area.gemeinden}
        for land in LAND_NAMES:
            is_whole = {key for key in every_kreis() if land_of(key) == land} <= tier.area.kreise
            expected = MET if is_whole else UNKNOWN if land in own else NOT_MET
            assert area_verdict(land, tier) is expected, (name, land)


def test_the_number_of_kreise_is_that_of_the_reference_table() -> None:
    """A Kreis that is founded or dissolved is noticed."""
    assert Counter(land_of(key) for key in every_kreis()) == KREISE_OF_LAND


def test_a_kreis_bound_offer_is_for_exactly_its_kreise(catalogue: tuple[Offer, ...]) -> None:
    """Over all Kreise: met in its own, unknown in those of which it has some Gemeinden, not met in all others."""
    bound = kreis_bound(catalogue)
    assert len(bound) > 50
    for name, tier in bound:
        partly = {key[:5] for key in tier.area.gemeinden}
        for kreis in every_kreis():
            expected = MET if kreis in tier.area.kreise else UNKNOWN if kreis in partly else NOT_MET
            assert area_verdict(kreis, tier) is expected, (name, kreis)


def test_the_kreise_of_an_offer_lie_in_its_laender(catalogue: tuple[Offer, ...]) -> None:
    """Every Kreis and Gemeinde is one of the 401 or their own, and of a Land that the offer names, if it names any."""
    for name, tier in kreis_bound(catalogue):
        keys = tier.area.kreise | tier.area.gemeinden
        assert tier.area.kreise <= set(every_kreis()), name
        assert tier.area.gemeinden <= set(every_gemeinde()), name
        assert tier.area.laender in (set(), {land_of(key) for key in keys}), name


# --- chambers --------------------------------------------------------------------------------------------------------


def chambers_at(key: str, catalogue: tuple[Offer, ...]) -> dict[Verdict, list[str]]:
    """The district chambers by their verdict on a place."""
    found: dict[Verdict, list[str]] = {MET: [], UNKNOWN: [], NOT_MET: []}
    for offer in catalogue:
        if offer.kind is Kind.CHAMBER and offer.area.laender:
            found[area_verdict(key, offer.tiers[0])].append(offer.id)
    return found


def test_there_are_53_chambers(catalogue: tuple[Offer, ...]) -> None:
    """One entry for each Handwerkskammer, and one that stands for all Industrie- und Handelskammern."""
    chambers = [offer for offer in catalogue if offer.kind is Kind.CHAMBER]
    assert Counter(bool(offer.area.laender) for offer in chambers) == {True: 53, False: 1}


def test_every_kreis_has_one_chamber(catalogue: tuple[Offer, ...]) -> None:
    """Exactly one chamber is responsible for each of the 401 Kreise; in the two split ones two are possible."""
    assert len(every_kreis()) == 401
    for kreis in every_kreis():
        found = chambers_at(kreis, catalogue)
        expected = (0, 2) if kreis in SPLIT_KREISE else (1, 0)
        assert (len(found[MET]), len(found[UNKNOWN])) == expected, (kreis, found[MET], found[UNKNOWN])


def test_every_gemeinde_of_a_split_kreis_has_one_chamber(catalogue: tuple[Offer, ...]) -> None:
    """Where the Gemeinde is known, no doubt is left; both chambers get some."""
    for kreis in SPLIT_KREISE:
        own = [key for key in every_gemeinde() if key.startswith(kreis)]
        found = [chambers_at(key, catalogue) for key in own]
        assert {(len(f[MET]), len(f[UNKNOWN])) for f in found} == {(1, 0)}
        assert len({f[MET][0] for f in found}) == 2


@settings(max_examples=15)
@given(key=st.sampled_from(every_gemeinde()))
def test_the_more_is_known_of_a_place_the_more_is_decided(key: str) -> None:
    """From Land to Kreis to Gemeinde a verdict once given stays; only unknown ones are decided, in the end all.

    What holds in some places of an area only, of which there is no list, stays unknown within it.
    """
    for name, tier in tiers(the_catalogue()):
        seen = [area_verdict(k, tier) for k in (None, land_of(key), key[:5], key)]
        decided = [v for v in seen if v is not UNKNOWN]
        if tier.area.is_partial:
            assert MET not in seen
            continue
        assert len(set(decided)) == 1, (name, seen)
        assert seen[len(seen) - len(decided) :] == decided, (name, seen)


def test_the_guide_names_the_chamber_of_the_district(catalogue: tuple[Offer, ...], weights: Weights) -> None:
    """Lippstadt belongs to Dortmund, whatever the trade; Kreis Rostock alone leaves it open."""
    for trade in (every_trade()[0], every_trade()[-1], None):
        told = build_guide(a_firm(trade=trade), catalogue, TODAY, weights)
        assert told.chamber is not None
        assert told.chamber.id == "hwk-dortmund"
    assert build_guide(a_firm(place=a_place("13072")), catalogue, TODAY, weights).chamber is None
