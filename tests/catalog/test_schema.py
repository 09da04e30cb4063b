"""The field table: each kind of fault told with file, line, entry, key, value and what could stand there instead."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digiwegweiser.catalog.build import build_offer
from digiwegweiser.catalog.schema import ENTRY, ENTRY_FIELDS, read_entries
from digiwegweiser.catalog.yaml_reader import Node, plain, read_yaml
from digiwegweiser.core.fault import Fault, FaultCode
from digiwegweiser.core.vocabulary import CostKind, Form, Kind, Level, Sector, Status

FILE = "probe.yaml"
#: The smallest entry, one key per line; the line of a key is its place here, from 1.
ENTRY_LINES = {
    "id": "an-offer",
    "name": "Ein Angebot",
    "kind": "center",
    "summary": "Hilfe",
    "operator": "Träger",
    "status": "active",
    "status_evidence": "Beleg",
    "confidence": "high",
    "checked_on": "2026-11-22",
    "area": "{level: bund}",
    "audience": "{sectors: [craft]}",
    "needs": "{core: [it_security]}",
    "funding": "{form: none}",
    "cost": "{kind: free}",
    "sources": "[{url: https://example.org}]",
}
LINE_OF = {key: line for line, key in enumerate(ENTRY_LINES, start=1)}


def source(changes: dict[str, str | None] | None = None) -> str:
    """The smallest entry with lines changed, added (at the end) or left out (None)."""
    lines = [f"{key}: {value}" for key, value in (ENTRY_LINES | (changes or {})).items() if value is not None]
    return "- " + "\n  ".join(lines) + "\n"


def read(text: str) -> tuple[list[dict[str, Any]], list[int], list[Fault]]:
    """The entries, the line of each, and the faults."""
    entries, nodes, faults = read_entries(read_yaml(text.encode(), FILE), FILE)
    return entries, [node.line for node in nodes], faults


def only_fault(key: str, value: str | None) -> Fault:
    """The one fault of the entry with this line."""
    _, _, faults = read(source({key: value}))
    assert len(faults) == 1, faults
    assert (faults[0].file, faults[0].entry) == (FILE, "an-offer")
    return faults[0]


# --- what is accepted ------------------------------------------------------------------------------------------------


def test_the_smallest_entry_has_no_fault_and_builds() -> None:
    """Only the required keys are needed; all that is not said is unknown."""
    entries, lines, faults = read(source())
    assert (len(entries), lines, faults) == (1, [1], [])
    offer = build_offer(entries[0])
    assert (offer.kind, offer.status, offer.form) == (Kind.CENTER, Status.ACTIVE, Form.NONE)
    assert (offer.area.level, offer.audience.sectors) == (Level.BUND, {Sector.CRAFT})
    assert (offer.valid_until, offer.audience.max_employees, offer.contact.phone, offer.successor) == (None,) * 4
    assert len(offer.tiers) == 1
    assert offer.tiers[0].audience is offer.audience
    assert offer.tiers[0].area is offer.area


def test_typed_fields_become_typed_values() -> None:
    """Days, numbers, flags and keys come out as what they are; a postal code and an AGS stay text."""
    entries, _, faults = read(
        source({
            "valid_until": "2026-12-31",
            "audience": "{sectors: [craft], max_employees: 49, min_employees: 0.5, eu_sme: true}",
            "sites": '[{city: Dresden, plz: "01067", ags: "14612000", lat: 51.05}]',
            "funding": "{form: grant, apply_before_start: false, tiers: [{max_eur: 0, rate_percent: 12.5}]}",
        })
    )  # fmt: skip
    assert faults == []
    offer = build_offer(entries[0])
    assert offer.valid_until == date(2026, 12, 31)
    assert (offer.audience.min_employees, offer.audience.max_employees, offer.audience.eu_sme) == (0.5, 49, True)
    assert (offer.sites[0].plz, offer.sites[0].ags, offer.sites[0].lat) == ("01067", "14612000", 51.05)
    tier = offer.tiers[0]
    assert (tier.max_eur, tier.rate_percent, tier.apply_before_start) == (0, 12.5, False)


def test_whole_numbers_stay_whole_and_costs_may_be_unknown() -> None:
    """An amount is an integer, a head count one too where it is written so; no kind of cost is not the kind "free"."""
    entries, _, faults = read(source({"audience": "{max_turnover_eur: 5, max_employees: 9}", "cost": "{payer: Bund}"}))
    assert faults == []
    offer = build_offer(entries[0])
    assert type(offer.audience.max_turnover_eur) is type(offer.audience.max_employees) is int
    assert (offer.cost.kind, offer.cost.payer) == (None, "Bund")
    assert build_offer(read(source())[0][0]).cost.kind is CostKind.FREE


def test_an_optional_list_may_be_empty() -> None:
    """Saying that there are none is allowed where nothing is asked for."""
    entries, _, faults = read(source({"sites": "[]", "needs": "{core: []}", "funding": "{form: none, tiers: []}"}))
    assert faults == []
    assert len(build_offer(entries[0]).tiers) == 1


def test_a_tier_inherits_what_it_does_not_say() -> None:
    """A tier with one limit of its own keeps the offer's other limits, and one with an area replaces the whole area."""
    entries, _, faults = read(
        source({
            "area": '{level: land, laender: [DE-NW], kreise: ["05974"]}',
            "audience": "{sectors: [craft], min_employees: 3, max_employees: 49}",
            "funding": "{form: grant, de_minimis: true, tiers: [{name: A}, "
            "{for: {max_employees: 9}, de_minimis: false}, {for: {laender: [DE-HE]}}]}",
        })
    )  # fmt: skip
    assert faults == []
    first, small, other = build_offer(entries[0]).tiers
    assert (first.audience.max_employees, first.de_minimis, first.area.kreise) == (49, True, {"05974"})
    assert (small.audience.min_employees, small.audience.max_employees, small.de_minimis) == (3, 9, False)
    assert (other.area.laender, other.area.kreise, other.audience.max_employees) == ({"DE-HE"}, set(), 49)


def test_company_is_read_for_the_offer_and_for_each_tier() -> None:
    """A tier that says what must come first replaces what the offer says; ids, forms and kinds alike."""
    entries, _, faults = read(
        source({
            "not_with": "[anderes, repayment_grant]",
            "requires": "[ein-check, chamber]",
            "funding": "{form: grant, tiers: [{name: A}, {requires: [self_check]}, {requires: []}]}",
        })
    )  # fmt: skip
    assert faults == []
    offer = build_offer(entries[0])
    assert offer.not_with == {"anderes", "repayment_grant"}
    assert [tier.requires for tier in offer.tiers] == [{"ein-check", "chamber"}, {"self_check"}, set()]
    plain = build_offer(read(source({}))[0][0])
    assert (plain.not_with, [tier.requires for tier in plain.tiers]) == (set(), [set()])


def test_text_is_one_paragraph() -> None:
    """Line breaks and double spaces become one space; nothing else is changed."""
    entries, _, faults = read(source({"name": '"  Bau  [nord]\\n & Söhne "'}))
    assert faults == []
    assert entries[0]["name"] == "Bau [nord] & Söhne"


# --- every kind of fault ---------------------------------------------------------------------------------------------

LONG = "x" * 111


@pytest.mark.parametrize(
    ("key", "value", "code", "instead"),
    [
        ("kind", "[center]", FaultCode.WRONG_SHAPE, "center |"),
        ("area", "bund", FaultCode.WRONG_SHAPE, "Gebiet"),
        ("sources", "https://example.org", FaultCode.WRONG_SHAPE, "Liste: Quelle"),
        ("name", "~", FaultCode.EMPTY, "Text"),
        ("name", '""', FaultCode.EMPTY, "Text"),
        ("name", '"  "', FaultCode.EMPTY, "Text"),
        ("sources", "[]", FaultCode.EMPTY, "Liste: Quelle"),
        ("name", '"a\\eb"', FaultCode.CONTROL_CHARACTER, None),
        ("name", '"a\\0b"', FaultCode.CONTROL_CHARACTER, None),
        ("name", '"a\u202eb"', FaultCode.CONTROL_CHARACTER, None),
        ("name", '"a\u2066b"', FaultCode.CONTROL_CHARACTER, None),
        ("name", '"a\\u200fb"', FaultCode.CONTROL_CHARACTER, None),
        ("operator", '"a\\x9bb"', FaultCode.CONTROL_CHARACTER, None),
        ("summary", LONG, FaultCode.TOO_LONG, "110"),
        ("checked_on", "22.11.2026", FaultCode.NOT_A_DATE, "Datum JJJJ-MM-TT"),
        ("checked_on", "2026-02-30", FaultCode.NOT_A_DATE, "Datum JJJJ-MM-TT"),
        ("checked_on", "20261122", FaultCode.NOT_A_DATE, "Datum JJJJ-MM-TT"),
        ("checked_on", "2026-11", FaultCode.NOT_A_DATE, "Datum JJJJ-MM-TT"),
        ("kind", "centre", FaultCode.NOT_IN_LIST, "center"),
        ("status", "aktiv", FaultCode.NOT_IN_LIST, "active"),
        ("status", "Active", FaultCode.NOT_IN_LIST, "active"),
        ("confidence", "sehr gut", FaultCode.NOT_IN_LIST, "high"),
        ("network", "zacc", FaultCode.NOT_IN_LIST, "zac"),
        ("id", "An_Offer", FaultCode.BAD_FORM, "Kürzel"),
        ("successor", "a--b", FaultCode.BAD_FORM, "Kürzel"),
        ("successor", '"a\\eb"', FaultCode.CONTROL_CHARACTER, None),
    ],
)
def test_a_faulty_value_is_told_with_all_that_is_needed_to_mend_it(
    key: str, value: str, code: FaultCode, instead: str | None
) -> None:
    """Code, line, key, the value as it stands there, and what could stand there instead."""
    _, _, faults = read(source({key: value}))
    (fault,) = faults
    line = LINE_OF.get(key, len(ENTRY_LINES) + 1)
    assert (fault.code, fault.file, fault.line, fault.key) == (code, FILE, line, key)
    assert fault.entry == ("An_Offer" if key == "id" else "an-offer")
    assert (instead is None) == (fault.instead == ())
    assert instead is None or instead in "; ".join(fault.instead)
    as_read = plain(read_yaml(value.encode(), FILE))
    assert fault.value == (as_read if isinstance(as_read, str) else None)


@pytest.mark.parametrize(
    ("key", "value", "where", "code"),
    [
        ("audience", "{max_employees: viele}", "audience.max_employees", FaultCode.NOT_A_NUMBER),
        ("audience", "{max_employees: 49.}", "audience.max_employees", FaultCode.NOT_A_NUMBER),
        ("audience", '{max_employees: "49,5"}', "audience.max_employees", FaultCode.NOT_A_NUMBER),
        ("audience", "{max_turnover_eur: 1.5}", "audience.max_turnover_eur", FaultCode.NOT_A_NUMBER),
        ("audience", "{max_turnover_eur: 1e6}", "audience.max_turnover_eur", FaultCode.NOT_A_NUMBER),
        ("audience", "{max_turnover_eur: 1_000}", "audience.max_turnover_eur", FaultCode.NOT_A_NUMBER),
        ("audience", "{max_turnover_eur: ٣}", "audience.max_turnover_eur", FaultCode.NOT_A_NUMBER),
        ("audience", "{min_employees: -1}", "audience.min_employees", FaultCode.OUT_OF_RANGE),
        ("audience", "{max_company_age_years: 201}", "audience.max_company_age_years", FaultCode.OUT_OF_RANGE),
        ("audience", "{eu_sme: yes}", "audience.eu_sme", FaultCode.NOT_A_BOOLEAN),
        ("audience", "{eu_sme: True}", "audience.eu_sme", FaultCode.NOT_A_BOOLEAN),
        ("audience", "{sectors: [crafts]}", "audience.sectors", FaultCode.NOT_IN_LIST),
        ("audience", "{sectors: craft}", "audience.sectors", FaultCode.WRONG_SHAPE),
        ("audience", "{trades: [A27]}", "audience.trades", FaultCode.BAD_FORM),
        ("audience", "{min_employees: 10, max_employees: 9}", "audience.max_employees", FaultCode.LIMITS_OUT_OF_ORDER),
        ("area", "{level: land, laender: [NW]}", "area.laender", FaultCode.NOT_IN_LIST),
        ("area", "{level: land, laender: [NO]}", "area.laender", FaultCode.NOT_IN_LIST),
        ("area", "{level: kreis, kreise: [5974]}", "area.kreise", FaultCode.BAD_FORM),
        ("area", "{}", "area.level", FaultCode.MISSING_KEY),
        ("area", "{level: bund, levle: x}", "area.levle", FaultCode.UNKNOWN_KEY),
        ("needs", "{core: [IT-Sicherheit]}", "needs.core", FaultCode.BAD_FORM),
        ("sites", "[{city: x, plz: 1067}]", "sites.plz", FaultCode.BAD_FORM),
        ("sites", "[{city: x, lat: 8.3}]", "sites.lat", FaultCode.OUT_OF_RANGE),
        ("sites", "[{plz: '01067'}]", "sites.city", FaultCode.MISSING_KEY),
        ("contact", "{email: info at hwk}", "contact.email", FaultCode.BAD_FORM),
        ("contact", "{phone: siehe Internet}", "contact.phone", FaultCode.BAD_FORM),
        ("contact", "{url: www.hwk.de}", "contact.url", FaultCode.BAD_FORM),
        ("contact", "{url: 'javascript:alert(1)'}", "contact.url", FaultCode.BAD_FORM),
        ("contact", "{person: Frau Muster}", "contact.person", FaultCode.UNKNOWN_KEY),
        ("sources", "[{says: x}]", "sources.url", FaultCode.MISSING_KEY),
        ("sources", "[{url: 'https://x', date: Mai 2026}]", "sources.date", FaultCode.BAD_FORM),
        ("funding", "{form: loan, tiers: [{rate_percent: 101}]}", "funding.tiers.rate_percent", FaultCode.OUT_OF_RANGE),
        ("funding", "{form: grant, tiers: [{rate_from_percent: 50, rate_percent: 40}]}", "funding.tiers.rate_percent",
         FaultCode.LIMITS_OUT_OF_ORDER),
        ("funding", "{form: grant, tiers: [{min_project_eur: 2, max_project_eur: 1}]}", "funding.tiers.max_project_eur",
         FaultCode.LIMITS_OUT_OF_ORDER),
        ("funding", "{form: grant, tiers: [{for: {max_employes: 9}}]}", "funding.tiers.for.max_employes",
         FaultCode.UNKNOWN_KEY),
    ],
)  # fmt: skip
def test_a_fault_inside_names_the_whole_way_to_the_key(
    key: str, value: str, where: str, code: FaultCode | None
) -> None:
    """A key inside a record is named with the records around it."""
    _, _, faults = read(source({key: value}))
    assert [(f.code, f.key, f.line) for f in faults] == [(code, where, LINE_OF.get(key, len(ENTRY_LINES) + 1))]


@pytest.mark.parametrize("key", [name for name, field in ENTRY_FIELDS.items() if field.required and name != "id"])
def test_a_required_key_that_is_missing_is_told_where_the_entry_begins(key: str) -> None:
    """What must be there is named with its type, for each required key."""
    fault = only_fault(key, None)
    assert (fault.code, fault.key, fault.line, fault.value) == (FaultCode.MISSING_KEY, key, 1, None)
    assert fault.instead == (ENTRY_FIELDS[key].type.what,)


def test_an_entry_without_id_is_told_too() -> None:
    """Then the line alone says which entry is meant."""
    _, _, faults = read(source({"id": None}))
    assert [(f.code, f.key, f.line, f.entry) for f in faults] == [(FaultCode.MISSING_KEY, "id", 1, None)]


def test_an_unknown_key_is_told_with_the_likeliest_right_ones() -> None:
    """A slip is answered with the key meant, a stranger with the whole list."""
    slip, stranger = only_fault("valid_untill", "2026-12-31"), only_fault("laufzeit", "bis Ende 2026")
    assert (slip.code, slip.key, slip.line) == (FaultCode.UNKNOWN_KEY, "valid_untill", len(ENTRY_LINES) + 1)
    assert slip.instead[0] == "valid_until"
    assert stranger.instead == tuple(ENTRY_FIELDS)


def test_a_wrong_word_is_answered_with_the_close_ones_or_with_the_whole_list() -> None:
    """A slip gets the words that look like it, anything else all that may stand there."""
    assert only_fault("kind", "centre").instead[0] == "center"
    assert len(only_fault("kind", "centre").instead) <= 3
    assert only_fault("kind", "Förderung").instead == tuple(Kind)


@pytest.mark.parametrize(("last", "codes"), [("2026-01-01", []), ("2025-12-31", [FaultCode.DATES_OUT_OF_ORDER])])
def test_the_last_day_is_not_before_the_first(last: str, codes: list[FaultCode]) -> None:
    """One day long is allowed; the fault stands at the last day."""
    _, _, faults = read(source({"valid_from": "2026-01-01", "valid_until": last}))
    assert [f.code for f in faults] == codes
    assert [(f.key, f.line) for f in faults] == [("valid_until", len(ENTRY_LINES) + 2)] * len(codes)


@pytest.mark.parametrize(("length", "codes"), [(110, []), (111, [FaultCode.TOO_LONG])])
def test_the_longest_text_is_still_allowed(length: int, codes: list[FaultCode]) -> None:
    """The limit is inclusive."""
    assert [f.code for f in read(source({"summary": "x" * length}))[2]] == codes


@pytest.mark.parametrize(("years", "codes"), [(0, []), (200, []), (201, [FaultCode.OUT_OF_RANGE])])
def test_bounds_of_numbers_are_inclusive(years: int, codes: list[FaultCode]) -> None:
    """Both ends are allowed, one more is not."""
    found = read(source({"audience": f"{{sectors: [craft], min_company_age_years: {years}}}"}))[2]
    assert [f.code for f in found] == codes


def test_all_faults_of_all_entries_are_told_in_one_run() -> None:
    """Each with its own entry and line, in the order of the file; the sound entry between them is read."""
    text = source({"id": "first", "kind": "centre", "name": '""'}) + source() + source({"id": "third", "cost": "free"})
    entries, lines, faults = read(text)
    size = len(ENTRY_LINES)
    assert [(f.entry, f.code, f.line) for f in faults] == [
        ("first", FaultCode.EMPTY, LINE_OF["name"]),
        ("first", FaultCode.NOT_IN_LIST, LINE_OF["kind"]),
        ("third", FaultCode.WRONG_SHAPE, 2 * size + LINE_OF["cost"]),
    ]
    assert lines == [1, size + 1, 2 * size + 1]
    assert [entry["id"] for entry in entries] == ["first", "an-offer", "third"]


@pytest.mark.parametrize("text", ["", "a: b", "text", "~"])
def test_a_file_that_is_no_list_is_one_fault(text: str) -> None:
    """The shape of the whole file is told at its first line."""
    entries, _, faults = read(text)
    assert (entries, [(f.code, f.line) for f in faults]) == ([], [(FaultCode.WRONG_SHAPE, 1)])


@pytest.mark.parametrize("text", ["- text", "- [a]", "- ~"])
def test_an_entry_that_is_no_mapping_is_a_fault_and_no_entry(text: str) -> None:
    """An empty list has no entries and no faults; a list of something else has faults."""
    entries, lines, faults = read(text)
    assert (entries, lines, [f.code for f in faults]) == ([], [], [FaultCode.WRONG_SHAPE])
    assert read("[]") == ([], [], [])


def test_a_week_is_no_day() -> None:
    """The form is JJJJ-MM-TT and nothing else that Python can read."""
    assert only_fault("checked_on", "2026-W47-1").code is FaultCode.NOT_A_DATE


def test_there_is_no_thirteenth_month() -> None:
    """A source dated 2026-13 or 2026-02-30 has a slip in it."""
    assert read(source({"sources": "[{url: 'https://x', date: '2026-13'}]"}))[2] != []


def test_a_value_stands_in_a_list_once() -> None:
    """A Kreis named twice is a slip for another one."""
    assert read(source({"area": '{level: kreis, kreise: ["05974", "05974"]}'}))[2] != []


def test_the_arabic_letter_mark_is_a_bidi_mark_too() -> None:
    """It is invisible and can turn the order of what follows, like the eleven others."""
    assert only_fault("name", '"a\\u061cb"').code is FaultCode.CONTROL_CHARACTER


# --- laws ------------------------------------------------------------------------------------------------------------

ANY_TEXT = st.one_of(
    st.text(max_size=20), st.sampled_from(["craft", "05974", "2026-11-22", "true", "12", "-1", "1.5", "free"])
)


def trees() -> st.SearchStrategy[Node]:
    """Values that YAML could give, with keys that the schema knows and others."""
    keys = st.one_of(
        st.sampled_from([*ENTRY_FIELDS, "level", "core", "url", "tiers", "for", "form"]), st.text(max_size=5)
    )
    return st.recursive(
        st.one_of(st.none(), ANY_TEXT).map(lambda value: Node(value, 1)),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=5)).map(
            lambda value: Node(value, 1)
        ),
        max_leaves=10,
    )


@settings(max_examples=80)
@given(st.lists(trees(), max_size=3).map(lambda items: Node(items, 1)))
def test_any_tree_gives_entries_or_faults(node: Node) -> None:
    """No tree makes the field table fail otherwise, and what has no fault can be built."""
    entries, lines, faults = read_entries(node, FILE)
    assert len(entries) == len(lines)
    if not faults:
        assert all(build_offer(entry).id == entry["id"] for entry in entries)


@settings(max_examples=150)
@given(key=st.sampled_from(list(ENTRY_FIELDS)), value=trees())
def test_any_value_of_any_key_is_read_or_told(key: str, value: Node) -> None:
    """A sound entry with one key replaced by anything is built or refused with a fault at that key."""
    node = read_yaml(source().encode(), FILE)
    assert isinstance(node.value, list)
    assert isinstance(node.value[0].value, dict)
    node.value[0].value[key] = value
    entries, _, faults = read_entries(node, FILE)
    if faults:
        assert {str(fault.key).split(".")[0] for fault in faults} <= {key, "valid_until", "valid_from"}
    else:
        build_offer(entries[0])


def test_the_json_schema_names_every_key() -> None:
    """The documentation of the fields comes from the same table."""
    schema = ENTRY.schema()
    assert set(schema["properties"]) == set(ENTRY_FIELDS)
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == {name for name, field in ENTRY_FIELDS.items() if field.required}
