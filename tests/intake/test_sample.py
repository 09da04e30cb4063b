"""The made-up firms: the same everywhere, and of every kind."""

from digiwegweiser.intake.firm import Answers
from digiwegweiser.intake.sample import sample_answers

CODES = {"postal_codes": ["01067", "59555"], "crafts": ["A-27", "A-30"], "sectors": ["S-04"], "needs": ["x", "y", "z"]}


def test_the_same_codes_give_the_same_firms():
    assert list(sample_answers(50, **CODES)) == list(sample_answers(50, **CODES))


def test_fewer_firms_are_the_first_of_more():
    assert list(sample_answers(10, **CODES)) == list(sample_answers(50, **CODES))[:10]


def test_the_first_firm_is_this_one_in_every_version_of_python():
    (first,) = sample_answers(1, **CODES)
    assert first == Answers(place="59555", trade="S-04", employees="15", needs=("y",), founded="2010")


def test_every_kind_of_firm_is_among_them():
    firms = list(sample_answers(500, **CODES))
    crafts = sum(1 for firm in firms if firm.trade in CODES["crafts"])
    assert 325 < crafts < 425
    assert {len(firm.needs) for firm in firms} == {1, 2, 3}
    assert {firm.place for firm in firms} == set(CODES["postal_codes"])
    assert {firm.ordered for firm in firms} == {None, "nein", "ja"}
    assert None in {firm.budget_eur for firm in firms}
    assert {"0", "300"} <= {firm.employees for firm in firms}
