"""Two versions of the catalogue: what differs in the entries, and for whom that matters."""

from datetime import date

import pytest
from factories import TODAY, a_firm, an_offer, the_weights

from digiwegweiser.core.comparison import FIRST, Edit, EntryChange, Fate, Version, entry_changes, moves
from digiwegweiser.core.guide import build_guide


def version(*offers, entries=None):
    """A version of some offers; what is written of them is their id unless told otherwise."""
    return Version("x", {o.id: (entries or {}).get(o.id, {"id": o.id}) for o in offers}, {o.id: o for o in offers})


def edits(old, new):
    """What differs between two ways of writing one entry."""
    offer = an_offer(id="a")
    found = entry_changes(version(offer, entries={"a": old}), version(offer, entries={"a": new}), TODAY)
    return [tuple(edit) for change in found for edit in change.edits]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [("a", 1, 2)]),
        ({"a": 1}, {}, [("a", 1, None)]),
        ({}, {"a": False}, [("a", None, False)]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, [("a.c", 2, 3)]),
        ({}, {"a": {"b": 1}}, [("a.b", None, 1)]),
        ({"a": ["x", "y"]}, {"a": ["y", "z"]}, [("a", ["x"], ["z"])]),
        ({"a": ["x"]}, {"a": ["x", "y"]}, [("a", None, ["y"])]),
        ({"t": [{"m": 1}, {"m": 2}]}, {"t": [{"m": 1}, {"m": 3}]}, [("t[2].m", 2, 3)]),
        ({"t": [{"m": 1}]}, {"t": [{"m": 1}, {"m": 3}]}, [("t[2].m", None, 3)]),
        ({"sources": [{"url": "x"}]}, {"sources": [{"url": "y"}]}, [("sources", [{"url": "x"}], [{"url": "y"}])]),
    ],
)
def test_an_edit_names_the_deepest_key_and_of_lists_only_what_differs(old, new, found):
    assert edits(old, new) == found


def test_a_list_in_another_order_is_told_though_nothing_in_it_differs():
    assert edits({"a": ["x", "y"]}, {"a": ["y", "x"]}) == [("a", ["x", "y"], ["y", "x"])]


def test_new_removed_ended_and_revived_entries_are_told_apart():
    open_one = an_offer(id="a", name="A")
    over = open_one._replace(valid_until=date(2026, 11, 21))
    written = {"a": {"valid_until": "2026-11-21"}}
    assert entry_changes(version(), version(open_one), TODAY) == (EntryChange("a", "A", Fate.NEW),)
    assert entry_changes(version(open_one), version(), TODAY) == (EntryChange("a", "A", Fate.REMOVED),)
    edit = (Edit("valid_until", None, "2026-11-21"),)
    ended = entry_changes(version(open_one, entries={"a": {}}), version(over, entries=written), TODAY)
    assert ended == (EntryChange("a", "A", Fate.ENDED, edit),)
    revived = entry_changes(version(over, entries=written), version(open_one, entries={"a": {}}), TODAY)
    assert [change.fate for change in revived] == [Fate.REVIVED]


def test_whether_an_entry_has_ended_depends_on_the_day():
    old, new = an_offer(id="a"), an_offer(id="a", valid_until=date(2026, 12, 31))
    versions = version(old, entries={"a": {}}), version(new, entries={"a": {"valid_until": "2026-12-31"}})
    assert entry_changes(*versions, date(2026, 12, 31))[0].fate is Fate.CHANGED
    assert entry_changes(*versions, date(2027, 1, 1))[0].fate is Fate.ENDED


def test_an_entry_with_a_new_id_is_the_same_if_it_names_the_old_one():
    old, new = an_offer(id="alt"), an_offer(id="neu", former_ids=("alt",))
    (change,) = entry_changes(version(old), version(new), TODAY)
    assert (change.id, change.fate) == ("neu", Fate.CHANGED)
    fates = [c.fate for c in entry_changes(version(old), version(new._replace(former_ids=())), TODAY)]
    assert sorted(fates) == [Fate.NEW, Fate.REMOVED]


def moved(old, new, firm=None):
    return list(moves([firm or a_firm()], version(*old), version(*new), TODAY, the_weights()))


def test_the_same_catalogue_moves_nobody():
    offers = [an_offer(id="a"), an_offer(id="b")]
    assert moved(offers, offers) == []


def test_a_changed_limit_moves_the_firm_it_concerns_and_names_the_rule():
    old, new = an_offer(id="a"), an_offer(id="a", max_employees=7)
    (move,) = moved([old], [new])
    assert (move.before, move.after) == (("a",), ())
    assert [(was.rule, now.rule) for was, now in move.causes[0].differing()] == [("employees", "employees")]
    assert moved([old], [new], a_firm(employees=7)) == []


def test_a_change_elsewhere_moves_nobody_here():
    here = an_offer(id="a")
    assert moved([here, an_offer(id="b", laender={"DE-BY"})], [here]) == []
    assert len(moved([here, an_offer(id="b", laender={"DE-NW"})], [here])) == 1


def test_a_changed_text_moves_nobody():
    assert moved([an_offer(id="a", note="x", conditions=("y",))], [an_offer(id="a", note="z")]) == []


def test_what_makes_room_is_the_cause_and_not_what_moves_up():
    best = an_offer(id="a", made_for={"A-27"})
    rest = [an_offer(id=f"b{n}") for n in range(FIRST)]
    (move,) = moved([best, *rest], rest)
    assert move.before[0] == "a"
    assert move.after == tuple(f"b{n}" for n in range(FIRST))
    assert [(cause.id, cause.new) for cause in move.causes] == [("a", None)]


def test_a_new_id_alone_moves_nobody():
    assert moved([an_offer(id="alt")], [an_offer(id="neu", former_ids=("alt",))]) == []


def test_moves_are_told_exactly_where_the_guides_differ(catalogue, weights):
    """Half of the shipped catalogue against all of it, for a few firms: as the guide itself says."""
    half = catalogue[::2]
    firms = [a_firm(needs=(need,)) for need in ("it_security", "financing", "processes_erp", "additive_manufacturing")]
    told = {
        move.firm: (move.before, move.after)
        for move in moves(firms, version(*half), version(*catalogue), TODAY, weights)
    }
    for firm in firms:
        guides = [build_guide(firm, offers, TODAY, weights).hits[:FIRST] for offers in (half, catalogue)]
        before, after = (tuple(hit.match.offer.id for hit in hits) for hits in guides)
        assert told.get(firm, (before, before)) == (before, after)
    assert told
