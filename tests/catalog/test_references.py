"""Checks between entries and between files."""

from typing import Any

import pytest

from digiwegweiser.catalog.references import Codes, Located, check_references
from digiwegweiser.core.fault import Fault, FaultCode

FILE = "programs.yaml"
CODES = Codes(
    needs=frozenset({"it_security", "ecommerce"}),
    trades=frozenset({"A-27", "A-30", "S-04"}),
    groups=frozenset({"finishing", "food"}),
    kreise=frozenset({"05974", "13072"}),
    gemeinden=frozenset({"05974028", "13072003"}),
)


def check(*entries: dict[str, Any] | Located) -> list[Fault]:
    """The faults of entries that stand on lines 1, 11, 21 … of one file, or where they say."""
    located = [e if isinstance(e, Located) else Located(e, FILE, 10 * n + 1) for n, e in enumerate(entries)]
    return check_references(located, CODES)


def told(faults: list[Fault]) -> list[tuple[FaultCode, str | None, str | None]]:
    return [(fault.code, fault.entry, fault.value) for fault in faults]


# --- ids -------------------------------------------------------------------------------------------------------------


def test_an_id_stands_in_a_file_once() -> None:
    """The second one is told with the line of the first; two ids of their own are no fault."""
    (fault,) = check({"id": "a"}, {"id": "b"}, {"id": "a"})
    assert fault == Fault(FaultCode.DUPLICATE_ID, FILE, 21, "a", "id", "a", ("1",))
    assert check({"id": "a"}, {"id": "b"}) == []


def test_a_former_id_is_taken_too() -> None:
    """An id that another entry had before would make old references ambiguous; its own entry may repeat it."""
    assert told(check({"id": "a", "former_ids": ["old"]}, {"id": "old"})) == [(FaultCode.DUPLICATE_ID, "old", "old")]
    assert told(check({"id": "a", "former_ids": ["x"]}, {"id": "b", "former_ids": ["x"]})) == [
        (FaultCode.DUPLICATE_ID, "b", "x"),
    ]
    assert check({"id": "a", "former_ids": ["a"]}, {"id": "b", "former_ids": ["c"]}) == []


def test_another_file_may_replace_an_entry() -> None:
    """The user's own file overrides by id; within that file the id stands once."""
    own = Located({"id": "a"}, "own.yaml", 1)
    assert check({"id": "a"}, own) == []
    assert told(check({"id": "a"}, own, Located({"id": "a"}, "own.yaml", 5))) == [(FaultCode.DUPLICATE_ID, "a", "a")]


# --- predecessors and successors -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["successor", "predecessor"])
def test_a_neighbour_in_time_must_be_an_entry(key: str) -> None:
    """A dangling reference is told with its line and the id that was probably meant."""
    (fault,) = check({"id": "a", key: "digitalbonus-byern"}, {"id": "digitalbonus-bayern"})
    assert fault == Fault(
        FaultCode.UNKNOWN_ID, FILE, 1, "a", key, "digitalbonus-byern", ("digitalbonus-bayern",)
    )  # fmt: skip
    assert check({"id": "a", key: "b"}, {"id": "b"}) == []


def test_a_neighbour_may_stand_in_another_file() -> None:
    """References cross files in both directions."""
    assert check({"id": "a", "successor": "b"}, Located({"id": "b", "predecessor": "a"}, "own.yaml", 1)) == []


def test_nothing_close_is_no_suggestion() -> None:
    """A stranger is told without guesses."""
    (fault,) = check({"id": "a", "successor": "zzz-999"})
    assert fault.instead == ()


@pytest.mark.parametrize(
    ("successors", "in_circle"),
    [
        ({"a": "b", "b": "c", "c": None}, []),
        ({"a": "a"}, ["a"]),
        ({"a": "b", "b": "a"}, ["a", "b"]),
        ({"a": "b", "b": "c", "c": "a"}, ["a", "b", "c"]),
        ({"a": "b", "b": "c", "c": "b"}, ["b", "c"]),
        ({"a": "c", "b": "c", "c": None}, []),
    ],
)
def test_successors_do_not_run_in_a_circle(successors: dict[str, str | None], in_circle: list[str]) -> None:
    """Each entry of a circle is told, one that only leads into it is not, and two may share a successor."""
    entries = [{"id": name, **({"successor": to} if to else {})} for name, to in successors.items()]
    faults = check(*entries)
    assert [fault.entry for fault in faults] == in_circle
    assert {(fault.code, fault.key) for fault in faults} <= {(FaultCode.CYCLE, "successor")}


def test_a_circle_made_by_an_own_file_is_told() -> None:
    """An override that closes a circle is a fault of the data and no crash."""
    faults = check(
        {"id": "a"}, {"id": "b", "successor": "a"}, Located({"id": "a", "successor": "b"}, "own.yaml", 1)
    )  # fmt: skip
    assert {fault.code for fault in faults} == {FaultCode.CYCLE}


# --- what goes together ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "key", "wrong"),
    [
        ({"not_with": ["b", "grant"]}, None, None),
        ({"not_with": ["bb"]}, "not_with", "bb"),
        ({"not_with": ["chamber"]}, "not_with", "chamber"),  # a kind
        ({"not_with": ["advice"]}, "not_with", "advice"),  # a form that pays nothing
        ({"requires": ["b", "chamber"]}, None, None),
        ({"requires": ["repayment_grant"]}, "requires", "repayment_grant"),  # a form
        ({"funding": {"tiers": [{}, {"requires": ["b"]}]}}, None, None),
        ({"funding": {"tiers": [{}, {"requires": ["bb"]}]}}, "funding.tiers.requires", "bb"),
    ],
)
def test_company_is_an_entry_a_form_or_a_kind(entry: dict[str, Any], key: str | None, wrong: str | None) -> None:
    """`not_with` knows ids and forms of money, `requires` ids and kinds, for all tiers or one."""
    found = [(fault.code, fault.key, fault.value) for fault in check({"id": "a"} | entry, {"id": "b"})]
    assert found == ([] if wrong is None else [(FaultCode.UNKNOWN_ID, key, wrong)])


def test_a_slip_in_the_company_is_told_with_the_id_that_was_meant() -> None:
    """As for successors."""
    (fault,) = check({"id": "a", "requires": ["kfw-chek"]}, {"id": "kfw-check"})
    assert fault.instead == ("kfw-check",)


@pytest.mark.parametrize(
    ("requires", "wrong"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["b", "c"], "b": ["c"], "c": []}, []),
        ({"a": ["a"]}, ["a"]),
        ({"a": ["b"], "b": ["a"]}, ["a", "b"]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["b", "c"]),
    ],
)
def test_nothing_must_come_before_itself(requires: dict[str, list[str]], wrong: list[str]) -> None:
    """Each entry of a circle is told, one that only leads into it is not."""
    faults = check(*({"id": name, "requires": first} for name, first in requires.items()))
    assert [(fault.code, fault.entry) for fault in faults] == [(FaultCode.NEEDS_ITSELF, name) for name in wrong]


def test_no_entry_excludes_itself_but_two_may_exclude_each_other() -> None:
    """Said on both sides it is the same fact twice, and no circle."""
    assert told(check({"id": "a", "not_with": ["a"]})) == [(FaultCode.NEEDS_ITSELF, "a", "a")]
    assert check({"id": "a", "not_with": ["b"]}, {"id": "b", "not_with": ["a"]}) == []


# --- codes of other files --------------------------------------------------------------------------------------------


def tier(**of: Any) -> dict[str, Any]:
    return {"funding": {"tiers": [{}, of]}}


@pytest.mark.parametrize(
    ("entry", "key", "code", "value"),
    [
        ({"needs": {"core": ["it_securty"]}}, "needs.core", FaultCode.UNKNOWN_NEED, "it_securty"),
        ({"needs": {"core": [], "also": ["x"]}}, "needs.also", FaultCode.UNKNOWN_NEED, "x"),
        (tier(needs=["x"]), "funding.tiers.needs", FaultCode.UNKNOWN_NEED, "x"),
        ({"audience": {"trades": ["A-99"]}}, "audience.trades", FaultCode.UNKNOWN_TRADE, "A-99"),
        ({"audience": {"trades": ["finishing"]}}, "audience.trades", FaultCode.UNKNOWN_TRADE, "finishing"),
        ({"audience": {"made_for": ["carpentry"]}}, "audience.made_for", FaultCode.UNKNOWN_TRADE, "carpentry"),
        (tier(**{"for": {"trades": ["A-99"]}}), "funding.tiers.for.trades", FaultCode.UNKNOWN_TRADE, "A-99"),
        (tier(**{"for": {"made_for": ["x"]}}), "funding.tiers.for.made_for", FaultCode.UNKNOWN_TRADE, "x"),
        ({"area": {"kreise": ["99999"]}}, "area.kreise", FaultCode.UNKNOWN_AGS, "99999"),
        ({"area": {"focus": ["16056"]}}, "area.focus", FaultCode.UNKNOWN_AGS, "16056"),
        ({"area": {"kreise": ["05974028"]}}, "area.kreise", FaultCode.UNKNOWN_AGS, "05974028"),
        ({"area": {"gemeinden": ["05974"]}}, "area.gemeinden", FaultCode.UNKNOWN_AGS, "05974"),
        (tier(**{"for": {"kreise": ["99999"]}}), "funding.tiers.for.kreise", FaultCode.UNKNOWN_AGS, "99999"),
        (tier(**{"for": {"gemeinden": ["9"]}}), "funding.tiers.for.gemeinden", FaultCode.UNKNOWN_AGS, "9"),
        ({"sites": [{"city": "x"}, {"city": "y", "ags": "99999999"}]}, "sites.ags", FaultCode.UNKNOWN_AGS, "99999999"),
    ],
)  # fmt: skip
def test_an_unknown_code_is_told_with_its_key(entry: dict[str, Any], key: str, code: FaultCode, value: str) -> None:
    """Wherever a code of another file may stand, an unknown one is found."""
    (fault,) = check({"id": "a", **entry})
    assert (fault.code, fault.file, fault.line, fault.entry, fault.key, fault.value) == (code, FILE, 1, "a", key, value)


def test_known_codes_are_no_fault_wherever_they_stand() -> None:
    """The same places with codes that exist."""
    entry = {
        "id": "a",
        "needs": {"core": ["it_security"], "also": ["ecommerce"]},
        "area": {"kreise": ["05974"], "focus": ["13072"], "gemeinden": ["13072003"]},
        "audience": {"trades": ["A-27", "S-04"], "made_for": ["finishing", "A-30"]},
        "sites": [{"city": "x", "ags": "05974028"}],
        **tier(needs=["ecommerce"], **{"for": {"trades": ["A-30"], "made_for": ["food"], "kreise": ["13072"]}}),
    }
    assert check(entry) == []


def test_a_slip_in_a_code_is_answered_with_the_right_one() -> None:
    """The likeliest code is offered."""
    (fault,) = check({"id": "a", "needs": {"core": ["it_securty"]}})
    assert fault.instead == ("it_security",)


def test_all_faults_between_entries_are_told_in_one_run() -> None:
    """Twice the same id, a dangling reference, a circle and an unknown need come together."""
    faults = check(
        {"id": "a", "successor": "nowhere", "needs": {"core": ["x"]}},
        {"id": "a", "area": {"kreise": ["99999"]}},
        {"id": "b", "successor": "b"},
    )
    assert {fault.code for fault in faults} == {
        FaultCode.DUPLICATE_ID, FaultCode.UNKNOWN_ID, FaultCode.UNKNOWN_NEED, FaultCode.UNKNOWN_AGS, FaultCode.CYCLE,
    }  # fmt: skip


def test_entries_with_faults_of_their_own_can_be_checked() -> None:
    """Entries from which the field table left out whole keys are looked at all the same."""
    assert check({}, {}, {"successor": "b"}, {"id": "b", "funding": {}, "sites": [{}]}) == []
    assert told(check({"needs": {"core": ["x"]}})) == [(FaultCode.UNKNOWN_NEED, None, "x")]
