"""The tables say of each value what the rules say of it, however few values they ask the rules about."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from factories import TODAY, a_place, a_trade, an_offer, every_trade, the_catalogue, the_weights

from digiwegweiser.batch.classes import Classes, classes_of
from digiwegweiser.batch.sites import SiteTable
from digiwegweiser.batch.slate import NO, VERDICTS, Slate
from digiwegweiser.batch.tables import ELSEWHERE, LOCAL, POINTS, VERDICT, Phrases, PlaceTable
from digiwegweiser.core.firm import Place
from digiwegweiser.core.matching import may_be_elsewhere
from digiwegweiser.core.offer import Offer, Site
from digiwegweiser.core.preference import is_local, nearest_km
from digiwegweiser.core.rules import RULES
from digiwegweiser.render.fitting import PARTS

SOEST, LIPPSTADT = "05974", "05974028"
LAT, LON = 51.674, 8.345


def a_site(north_degrees: float) -> Site:
    return Site("Ort", lat=LAT + north_degrees, lon=LON, ags=LIPPSTADT)


OFFERS = [
    an_offer(id="a-bund"),
    an_offer(id="b-focus", focus={SOEST}, sites=(a_site(0.27), a_site(3.0))),
    an_offer(id="c-land", laender={"DE-NW"}, sites=(a_site(0.72),), tiers=[{}, {"kreise": {"05962"}}]),
    an_offer(id="d-other-land", laender={"DE-BY"}, sites=(a_site(0.0),)),
    an_offer(id="e-kreis", kreise={SOEST, "05962"}, sites=(Site("Ort ohne Lage", ags=LIPPSTADT),)),
    an_offer(id="f-split", kind="chamber", gemeinden={LIPPSTADT}),
    an_offer(id="g-somewhere", laender={"DE-NW"}, is_partial=True),
    an_offer(id="h-laender", laender={"DE-NW", "DE-BY"}, sites=(Site("Fern", lat=48.0, lon=11.0),)),
]
PLACES = [
    Place("irgendwo"), None, Place("irgendwo anders"),
    *map(a_place, ("DE-NW", "DE-BY", SOEST, "05962", LIPPSTADT, "05974040", "09162000")),
    *(a_place(LIPPSTADT, lat=LAT + south, lon=LON) for south in (0.0, -0.0088, -0.0098, -0.45, -0.46, -5.0)),
    a_place(SOEST, lat=LAT, lon=LON), a_place(SOEST, plz="59555", lat=LAT, lon=LON), a_place(LIPPSTADT, lat=LAT),
    a_place("DE-BY", lat=LAT, lon=LON), a_place("09162000", lat=48.1, lon=11.1),
]  # fmt: skip


def by_tables(offers: list[Offer], places: list[Place | None]) -> list[list[tuple[Any, ...]]]:
    """For each place what stands of each tier; nothing but the verdict where that is no."""
    slate, phrases = Slate(offers, TODAY, the_weights()), Phrases()
    rules = [rule for rule in RULES if rule.attributes == ("place",)]
    texts: Any = SimpleNamespace(parts=PARTS)
    table, sites = PlaceTable(rules, slate, texts, phrases), SiteTable(slate)
    rows = [table.row(place) for place in places]
    for start in range(0, len(places), 4):
        sites.add(places[start : start + 4], table[VERDICT][rows[start : start + 4]] != NO)
    points = table[POINTS][rows] + sites.points
    words = np.array(phrases.texts, dtype=object)[table["nearness"][rows]]
    layers = np.stack([table[VERDICT][rows], points, table[ELSEWHERE][rows], table[LOCAL][rows], words], axis=2)
    return [[tuple(told) if told[0] != NO else (NO,) for told in row] for row in layers.tolist()]


def by_rules(offers: list[Offer], place: Place | None) -> list[tuple[Any, ...]]:
    """The same, asked of the rules."""
    told: list[tuple[Any, ...]] = []
    area, near = (next(rule for rule in RULES if rule.name == name) for name in ("area", "nearness"))
    for on in Slate(offers, TODAY, the_weights()).candidates:
        fits, how = area.judge(place, on), near.judge(place, on)
        verdict = VERDICTS[fits.verdict]
        points, elsewhere = fits.points + how.points, may_be_elsewhere(fits.verdict, on.tier)
        told.append((verdict, points, elsewhere, is_local(how), PARTS["nearness"](how, on.offer)))
    return [one if one[0] != NO else (NO,) for one in told]


@pytest.mark.parametrize("order", [1, -1])
def test_places_are_judged_as_by_the_rules(order: int) -> None:
    """Of all of Germany to the last kilometre, whichever place comes first; also of a place without a Land."""
    places = PLACES[::order]
    found = by_tables(OFFERS, places)
    assert found == [by_rules(OFFERS, place) for place in places]
    assert len(set(map(str, found))) > len(OFFERS)


def test_the_last_kilometre_counts() -> None:
    """Up to 30 and up to 80 kilometres, and one further: four different rows."""
    souths = (0.0, -0.0098, -0.45, -0.4598)
    offers = [an_offer(sites=(a_site(0.27),))]
    rows = by_tables(offers, [a_place(LIPPSTADT, lat=LAT + south, lon=LON) for south in souths])
    points = [row[0][1] for row in rows]
    weights = the_weights()
    near, reachable = weights["nearness.site_near"], weights["nearness.site_reachable"]
    assert [one - points[3] for one in points] == [near, reachable, reachable, 0]


@pytest.mark.parametrize(("north", "east"), [(1, 0), (0, 1), (0, -1), (1, 1), (-1, 1)])
def test_sites_are_in_reach_in_every_direction_alike(north: int, east: int) -> None:
    """As the rules have it, step by step: near and within reach to the last kilometre, and no more beyond."""
    offers = [an_offer(sites=(a_site(0.0),))]
    steps = [step / 250 for step in range(350)]
    places = [a_place(LIPPSTADT, lat=LAT + north * step, lon=LON + east * step) for step in steps]
    found = by_tables(offers, places)
    assert found == [by_rules(offers, place) for place in places]
    points = [row[0][1] for row in found]
    assert len(set(points)) == 3
    assert points == sorted(points, reverse=True)


def test_rules_measure_only_what_lies_at_a_border(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a kilometre more or less makes no difference, the way to a site is not measured a second time."""
    measured: list[Place | None] = []

    def watched(place: Place | None, offer: Offer) -> int | None:
        measured.append(place)
        return nearest_km(place, offer)

    monkeypatch.setattr("digiwegweiser.batch.sites.nearest_km", watched)
    souths = {"there": 0.0, "at 30 km": 0.2737, "between": 0.5, "at 80 km": 0.7235, "beyond": 0.75}
    places: list[Place | None] = [
        a_place(LIPPSTADT, lat=LAT - south, lon=LON)._replace(name=name) for name, south in souths.items()
    ]
    by_tables([an_offer(sites=(a_site(0.0),))], places)
    assert [place.name for place in measured if place is not None] == ["at 30 km", "at 80 km"]


# --- trades ----------------------------------------------------------------------------------------------------------


def trade_classes(offers: list[Offer]) -> Classes:
    return classes_of("trade", [tier for offer in offers for tier in offer.tiers], TODAY)


def test_trades_of_a_class_are_judged_alike_by_the_whole_catalogue() -> None:
    """Every rule that reads the trade gives all trades of a class the same verdict, points and case."""
    slate = Slate(the_catalogue(), TODAY, the_weights())
    classes = classes_of("trade", slate.tiers, TODAY)
    rules = [rule for rule in RULES if "trade" in rule.attributes]
    judged = set()
    for trade in every_trade():
        findings = [rule.judge(trade, on) for rule in rules for on in slate.candidates]
        judged.add((classes.of(trade), tuple((one.verdict, one.points, one.case) for one in findings)))
    assert len(judged) == len(classes.values) - 1 < len(every_trade())


@pytest.mark.parametrize("field", ["trades", "made_for", "not_trades", "partly_trades"])
def test_a_trade_that_an_offer_names_is_a_class_of_its_own(field: str) -> None:
    """Its neighbour in the group is another; two that nobody names are one, whatever they are called."""
    joiner, glazier, other = a_trade(), a_trade("A-39", group="finishing"), a_trade("A-40", group="finishing")
    naming: dict[str, Any] = {field: {"A-27"}}
    of = trade_classes([an_offer(**naming)]).of
    assert of(joiner) != of(glazier)
    assert of(glazier) == of(other._replace(name="Anders"))
    of = trade_classes([an_offer()]).of
    assert of(joiner) == of(glazier)
    assert of(joiner) != of(joiner._replace(group=None))
    assert of(joiner) != of(a_trade("A-27", "craft industry"))
    assert of(joiner) != of(joiner._replace(code=None))
