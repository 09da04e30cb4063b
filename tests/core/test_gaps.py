"""Where nothing helps: what closes a gap and what does not; the bits agree with the rules."""

import random
from datetime import date

import pytest
from factories import TODAY, a_place, a_trade, an_offer, every_kreis, every_trade, the_needs, the_weights

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.gaps import GROUPS, OTHER, Counts, Row, World, gaps_by_kreis, gaps_by_land, lowest
from digiwegweiser.core.preference import is_near
from digiwegweiser.core.rules import RULES
from digiwegweiser.core.service import service
from digiwegweiser.core.vocabulary import CostKind, Service, Verdict

SOEST, FLENSBURG = "05974", "01001"
JOINER, BAKER, SHOP = a_trade(), a_trade("A-30", group="food"), a_trade("S-04", "commerce")


def cells(*offers, kreise=(SOEST,), trades=(JOINER,), needs=("processes_erp",), as_of=TODAY):
    """The counts by Kreis, need and group."""
    world = World([a_place(key) for key in kreise], trades, needs)
    return {(row.place, row.need, row.group): row.counts for row in gaps_by_kreis(world, offers, as_of, the_weights())}


def cell(*offers, **world):
    """The counts of the only cell."""
    (counts,) = cells(*offers, **world).values()
    return counts


def test_a_free_local_offer_is_counted_as_all_of_it():
    local = an_offer(level="land", laender={"DE-NW"}, cost="free")
    assert cell(local) == Counts(1, 1, 1, 1, 0, 0, 0, 0)
    assert cell(local, kreise=(FLENSBURG,)) == Counts(0, 0, 0, 0, 0, 0, 0, 0)


def test_a_nationwide_offer_is_not_local_and_one_that_is_at_home_is():
    assert cell(an_offer()).local == 0
    assert cell(an_offer(level="kreis", laender={"DE-NW"}, kreise={SOEST})).local == 1
    assert cell(an_offer(focus={SOEST})).local == 1


@pytest.mark.parametrize("kind", CostKind)
def test_each_cost_is_counted_apart(kind):
    found = cell(an_offer(cost=kind))
    assert getattr(found, kind.value) == 1
    assert sum((found.free, found.subsidised, found.interest, found.paid)) == 1


def test_an_offer_of_unknown_cost_is_no_free_one():
    found = cell(an_offer(cost=None))
    assert (found.offers, found.free, found.paid) == (1, 0, 0)


@pytest.mark.parametrize(
    ("changes", "unsure"),
    [
        ({"status": "ended"}, 0),
        ({"status": "paused"}, 0),
        ({"status": "unverified"}, 1),
        ({"valid_until": date(2026, 11, 21)}, 0),
        ({"is_recommended": False}, 0),
        ({"min_employees": 50}, 0),
        ({"min_company_age_years": 20}, 0),
        ({"max_company_age_years": 3}, 0),
        ({"eu_sme": False}, 0),
        ({"laender": {"DE-NW"}, "is_partial": True}, 1),
        ({"laender": {"DE-NW"}, "gemeinden": {"05974028"}}, 1),
    ],
)
def test_what_a_small_firm_does_not_surely_have_fills_no_gap(changes, unsure):
    found = cell(an_offer(**changes))
    assert (found.offers, found.unsure) == (0, unsure)


@pytest.mark.parametrize("changes", [{"valid_until": TODAY}, {"max_employees": 8}, {"min_project_eur": 5000}])
def test_what_it_does_have_fills_it(changes):
    assert cell(an_offer(**changes)).offers == 1


def test_serving_a_need_also_fills_it_and_being_a_chamber_or_a_means_does_not():
    assert cell(an_offer(core_needs={"e_invoicing"}, also_needs={"processes_erp"})).offers == 1
    assert cell(an_offer(core_needs={"e_invoicing"}, kind="chamber")).offers == 0
    assert cell(an_offer(core_needs={"strategy"}), needs=("e_invoicing",)).offers == 0


def test_the_trade_that_has_fewest_speaks_for_its_group():
    joiners_only = an_offer(trades={"A-27"}, sectors=["craft"])
    other = a_trade("A-25", group="finishing")
    assert cell(joiners_only).offers == 1
    assert cell(joiners_only, trades=(JOINER, other)).offers == 0


def test_groups_do_not_mix_and_other_sectors_are_a_group():
    found = cells(an_offer(trade_groups=["finishing"], sectors=["craft"]), trades=(JOINER, BAKER, SHOP))
    assert {group: counts.offers for (_, _, group), counts in found.items()} == {"finishing": 1, "food": 0, OTHER: 0}


def test_one_tier_is_enough_and_two_are_one_offer():
    tiers = [{"laender": {"DE-SH"}}, {"laender": {"DE-NW"}}, {"laender": {"DE-NW"}}]
    assert cell(an_offer(tiers)).offers == 1
    assert cell(an_offer(tiers[:1])).offers == 0


def test_a_land_is_as_good_as_its_worst_kreis():
    local = an_offer(level="kreis", laender={"DE-NW"}, kreise={SOEST}, cost="free")
    world = World([a_place(SOEST), a_place("05911"), a_place(FLENSBURG)], [JOINER], ["processes_erp"])
    rows = gaps_by_land(gaps_by_kreis(world, [local], TODAY, the_weights()))
    none = Counts(0, 0, 0, 0, 0, 0, 0, 0)
    assert rows == (
        Row("DE-NW", "processes_erp", "finishing", none, 2, 1, 1),
        Row("DE-SH", "processes_erp", "finishing", none, 1, 1, 1),
    )


def test_lowest_looks_at_each_count_by_itself():
    assert lowest([Counts(1, 2, 3, 4, 5, 6, 7, 8), Counts(8, 7, 6, 5, 4, 3, 2, 1)]) == Counts(1, 2, 3, 4, 4, 3, 2, 1)


def by_hand(place, trade, need, offers, weights):
    """The counts of one firm by asking every rule about it, one offer after the other."""
    firm = Firm(place, trade, 8, turnover_eur=800_000, balance_eur=400_000, founded=TODAY.year - 10)
    asked = [rule for rule in RULES if rule.name in ("date", "area", "trade", "employees", "finance", "company_age")]
    sure, unsure = [], 0
    for offer in offers:
        best = set()
        for tier in offer.tiers:
            on = Candidate(offer, tier, TODAY, weights)
            verdicts = {rule.judge(rule.value_of(firm), on).verdict for rule in asked}
            if service(need, offer, tier, weights.means) in (Service.CORE, Service.ALSO):
                best.add(next(v for v in (Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.MET) if v in verdicts))
        if Verdict.MET in best:
            sure.append(Candidate(offer, offer.tiers[0], TODAY, weights))
        unsure += Verdict.MET not in best and Verdict.UNKNOWN in best
    costs = {kind: sum(1 for on in sure if on.offer.cost.kind is kind) for kind in CostKind}
    local = [on for on in sure if is_near(place, on).case != "bund"]
    local_free = sum(1 for on in local if on.offer.cost.kind is CostKind.FREE)
    return Counts(
        len(sure), len(local), costs[CostKind.FREE], local_free, costs[CostKind.SUBSIDISED],
        costs[CostKind.INTEREST], costs[CostKind.PAID], unsure,
    )  # fmt: skip


def test_the_table_says_what_the_rules_say(catalogue, weights):
    """Forty cells of the shipped catalogue, drawn at random, each for one trade."""
    draw = random.Random(5)
    needs = [need.code for need in the_needs()]
    for _ in range(40):
        place, trade, need = a_place(draw.choice(every_kreis())), draw.choice(every_trade()), draw.choice(needs)
        (row,) = gaps_by_kreis(World([place], [trade], [need]), catalogue, TODAY, weights)
        assert row.counts == by_hand(place, trade, need, catalogue, weights), (place, trade, need)


def test_every_kreis_need_and_group_has_its_row(catalogue, weights):
    needs = [need.code for need in the_needs()][:3]
    world = World([a_place(key) for key in every_kreis()[:20]], every_trade(), needs)
    rows = gaps_by_kreis(world, catalogue, TODAY, weights)
    assert len({(row.place, row.need, row.group) for row in rows}) == len(rows) == 20 * 3 * len(GROUPS)
