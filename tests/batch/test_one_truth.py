"""One truth: for any firm a row of `stapel` says what `finden` says, over the whole catalogue to the last rank."""

from datetime import date
from functools import cache
from typing import Any

import polars as pl
import pytest
from factories import DATA, every_kreis, the_needs
from hypothesis import given, settings
from hypothesis import strategies as st

from digiwegweiser.app import Adviser
from digiwegweiser.batch.cells import answers
from digiwegweiser.batch.columns import recognise
from digiwegweiser.batch.engine import Engine
from digiwegweiser.batch.matched import Matched
from digiwegweiser.core.rules import RULES
from digiwegweiser.intake.firm import Answers
from digiwegweiser.render.fitting import fitting_reasons

DAYS = (date(2026, 11, 22), date(2019, 5, 1), date(2027, 12, 31))
#: More than there are offers: every hit is compared.
ALL = 600


@cache
def adviser() -> Adviser:
    return Adviser(use_cache=False)


@cache
def engine(day: date) -> Engine:
    return adviser().engine(day)


@cache
def lines(file: str, *names: str) -> list[tuple[str, ...]]:
    table = pl.read_csv(DATA / file, infer_schema=False).select(names)
    return table.rows()


def match(rows: list[dict[str, Any]], day: date = DAYS[0], shown: int = ALL) -> Matched:
    """The rows as the engine sees them."""
    schema: dict[str, Any] = dict.fromkeys(Answers._fields, pl.String) | {"needs": pl.List(pl.String)}
    told = [{name: row.get(name) for name in Answers._fields} for row in rows]
    return engine(day).match(pl.DataFrame(told, schema=schema), answers(recognise(list(schema), {})), shown)


def told(row: dict[str, Any], day: date) -> list[tuple[Any, ...]]:
    """What `finden` tells: id, score, eligibility and reason of each hit."""
    given_ones = {key: value for key, value in row.items() if value is not None}
    answers = Answers(**{**given_ones, "needs": tuple(row.get("needs") or ())})
    reading = adviser().read(answers, day)
    assert not reading.problems()
    words = adviser().lexicon
    return [
        (hit.match.offer.id, hit.match.score, hit.match.eligibility.value, "; ".join(fitting_reasons(hit.match, words)))
        for hit in adviser().guide(reading, day).hits
    ]


def found(matched: Matched, row: int) -> list[tuple[Any, ...]]:
    """The same, of a row of the table."""
    own = matched.entries().filter(pl.col("row") == row)
    assert own["rank"].to_list() == list(range(1, own.height + 1))
    return own.select("id", "score", "eligibility", "reason").rows()


# --- any firm --------------------------------------------------------------------------------------------------------

places = st.one_of(
    st.sampled_from([f"{plz} {name}" for plz, name in lines("postal_codes.csv", "plz", "place")[::7]]),
    st.sampled_from([name for (name,) in lines("kreise.csv", "label") if name.startswith(("Kreis", "Landkreis"))]),
    st.sampled_from(["NRW", "Bayern", "Berlin", "Saarland", "Sachsen-Anhalt"]),
)
trades = st.one_of(
    st.sampled_from([name for (name,) in lines("trades.csv", "name") + lines("sectors.csv", "name")]),
    st.sampled_from(["Start-up", "Bäckerei, gegründet 2017", "Tischlerei, vor drei Jahren gegründet", "Arztpraxis"]),
)
needs = st.lists(
    st.one_of(
        st.sampled_from([need.code for need in the_needs()]),
        st.sampled_from(["Kunden sollen online Termine buchen", "Wir brauchen einen Zuschuss", "wir wurden gehackt"]),
    ),
    max_size=7,
)
amounts = st.sampled_from(["0", "2 Mio", "10 Mio", "43 Mio", "43000001", "50 Mio", "50000001", "80000"])


def numbers(*edges: float) -> st.SearchStrategy[str]:
    """Numbers at, below and above limits."""
    return st.sampled_from([f"{max(edge + step, 0):g}" for edge in edges for step in (-1, -0.5, 0, 0.5, 1)])


def firms() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({
        "place": st.none() | places,
        "trade": st.none() | trades,
        "employees": st.none() | numbers(0, 3, 10, 49, 50, 100, 249, 250, 500, 1000),
        "needs": needs,
        "turnover_eur": st.none() | amounts,
        "balance_eur": st.none() | amounts,
        "founded": st.none() | st.integers(1990, 2018).map(str),
        "budget_eur": st.none() | st.sampled_from(["0", "3999", "4000", "8000", "25000", "100000", "5 Mio"]),
        "ordered": st.none() | st.sampled_from(["ja", "nein"]),
        "de_minimis_eur": st.none() | st.sampled_from(["0", "300000"]),
    })  # fmt: skip


def agrees(rows: list[dict[str, Any]], day: date) -> None:
    matched = match(rows, day)
    assert matched.faults.rows() == []
    for number, row in enumerate(rows):
        assert found(matched, number) == told(row, day), row


@pytest.mark.slow
@settings(max_examples=20)
@given(rows=st.lists(firms(), min_size=1, max_size=4), day=st.sampled_from(DAYS))
def test_a_table_says_of_any_firm_what_finden_says(rows: list[dict[str, Any]], day: date) -> None:
    """Order, score, eligibility and reason of every hit, for several firms at once and on different days."""
    agrees(rows, day)


@pytest.mark.slow
def test_every_kreis_and_every_trade_once() -> None:
    """What no sampling may miss: each Kreis with one of the trades, each trade somewhere."""
    by_kreis = {kreis: f"{plz} {name}" for plz, name, kreis, sure in SURE_PLACES if sure == "1"}
    assert set(by_kreis) == set(every_kreis())
    names = [name for (name,) in lines("trades.csv", "name") + lines("sectors.csv", "name")]
    codes = [need.code for need in the_needs()]
    rows = [
        {"place": place, "trade": names[n % len(names)], "employees": str(n % 300), "needs": [codes[n % len(codes)]]}
        for n, place in enumerate(by_kreis.values())
    ]
    matched = match(rows, shown=ALL)
    for number in range(0, len(rows), 12):
        assert found(matched, number) == told(rows[number], DAYS[0]), rows[number]


SURE_PLACES = lines("postal_codes.csv", "plz", "place", "kreis_ags", "sure")


# --- the rules are tabulated, whatever they are ------------------------------------------------------------------


def test_every_rule_reads_what_tables_can_hold() -> None:
    """Needs stand alone in a rule, since they are tabulated one by one; a rule that mixes them needs a new table."""
    assert [rule.name for rule in RULES if "needs" in rule.attributes and rule.attributes != ("needs",)] == []


@pytest.mark.slow
def test_a_fraction_beside_a_limit_is_judged_by_itself() -> None:
    """249.5 people are neither 249 nor 250; all three in one table."""
    known: dict[str, Any] = {
        "place": "59555",
        "trade": "Tischlerei",
        "needs": ["financing"],
        "turnover_eur": "5 Mio",
        "ordered": "nein",
    }
    known |= {"balance_eur": "3 Mio", "founded": "1990", "budget_eur": "20000"}
    rows = [known | {"employees": heads} for heads in ("249", "249.5", "250")]
    matched = match(rows)
    assert [found(matched, n) for n in range(3)] == [told(row, DAYS[0]) for row in rows]
    assert len({str(found(matched, n)) for n in range(3)}) == 3


# --- independence ----------------------------------------------------------------------------------------------------


def test_no_row_depends_on_another() -> None:
    """A table cut into single rows, or turned round, gives the same rows."""
    rows = [
        {"place": place, "trade": trade, "needs": [need], "employees": heads}
        for place, trade, need, heads in [
            ("59555", "Tischlerei", "it_security", "8"), ("Bayern", "Bäcker", "financing", None),
            ("01067 Dresden", None, "Unsere Webseite wird neu", "300"), ("10115", "Friseure", "Onlineshop", "0"),
        ]
    ]  # fmt: skip
    whole = match(rows, shown=7).wide()
    assert pl.concat([match([row], shown=7).wide() for row in rows]).equals(whole)
    assert match(rows[::-1], shown=7).wide().reverse().equals(whole)


def test_an_empty_table_and_a_firm_that_tells_nothing() -> None:
    """No rows give no rows with all columns; a blank row is a firm of which nothing is known."""
    assert match([], shown=2).wide().shape == (0, 19)
    blank = match([{"place": "  ", "needs": [" "]}, {}])
    assert found(blank, 0) == found(blank, 1) == told({}, DAYS[0])


# --- what cannot be used ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "key", "code"),
    [
        ({"place": "Neuenkirchen"}, "place", "ambiguous"),
        ({"trade": "xyzzy"}, "trade", "not_understood"),
        ({"employees": "viele"}, "employees", "not_understood"),
        ({"needs": ["Onlineshop", "IT-Sicherheit, aber kein Onlineshop"]}, "needs", "wanted_and_refused"),
        ({"founded": "2031"}, "founded", "founded_later"),
        ({"trade": "Bäckerei, gegründet 2031"}, "trade", "founded_later"),
    ],
)
def test_a_faulty_row_is_named_and_left_out(row: dict[str, Any], key: str, code: str) -> None:
    """Row, attribute and code; the rows around it are matched."""
    matched = match([{"place": "59555"}, row, {"place": "01067"}], shown=1)
    assert [(line["row"], line["key"], line["code"]) for line in matched.faults.to_dicts()] == [(1, key, code)]
    assert all(matched.faults["message"])
    assert matched.rows.tolist() == [0, 2]
    assert matched.wide().height == 2
    assert matched.summary.firms == 2
    assert matched.summary.faulty == 1


def test_all_faults_of_a_row_are_told_at_once() -> None:
    """Two bad cells are two lines, and one faulty row."""
    matched = match([{"place": "Neuenkirchen", "employees": "viele"}])
    assert matched.faults["key"].to_list() == ["place", "employees"]
    assert matched.summary.faulty == 1


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ({"place": "59555", "trade": "Tischlerrei"}, "Tischler"),
        ({"place": "59555", "needs": ["wir wurden gehackt"]}, "Notfall"),
        ({"place": "59555", "employees": "0", "turnover_eur": "900 Mio"}, "900"),
        ({"place": "59555", "ordered": "ja", "budget_eur": "0"}, "bestellt"),
    ],
)
def test_guesses_are_told_in_the_row(row: dict[str, Any], word: str) -> None:
    """What was read by guess, an emergency, and what is odd; a plain row says nothing."""
    matched = match([{"place": "59555"}, row], shown=1)
    assert matched.notes[0] is None
    assert word in matched.notes[1]
    assert matched.wide()["hinweise"].to_list() == matched.notes.to_list()
    assert matched.summary.guessed == 1


# --- the forms -------------------------------------------------------------------------------------------------------


def test_wide_and_long_say_the_same() -> None:
    """The first ranks side by side, or line by line; fewer hits than ranks leave cells empty and lines out."""
    matched = match([{"place": "59555", "trade": "Tischlerei", "needs": ["it_security"]}], shown=3)
    wide, long = matched.wide(), matched.long()
    names = ["id", "name", "art", "punkte", "passt", "kosten", "telefon", "internet", "grund"]
    assert wide.columns == [f"rang{rank}_{name}" for rank in (1, 2, 3) for name in names] + ["hinweise"]
    assert long.columns == ["row", "rang", *names]
    assert [wide.row(0)[at : at + 9] for at in (0, 9, 18)] == [line[2:] for line in long.rows()]
    everything = match([{"place": "59555"}], shown=ALL)
    assert everything.wide()[f"rang{ALL}_id"].to_list() == [None]
    assert everything.long().height < ALL


def test_codes_are_those_of_the_json() -> None:
    """Kind and eligibility in words for people, in codes for programs."""
    matched = match([{"place": "59555", "trade": "Tischlerei"}], shown=1)
    assert matched.long().select("art", "passt").row(0) == (
        "Kammer",
        "ja" if matched.entries()["eligibility"][0] == "yes" else "offen",
    )
    assert matched.entries()["kind"].to_list() == ["chamber"]


def test_the_summary_counts_offers_and_firms_without_local_ones() -> None:
    """A firm that has not said where has no local offer; one in Lippstadt has its chamber."""
    summary = match([{"place": "59555", "trade": "Tischlerei"}, {"trade": "Tischlerei"}], shown=1).summary
    assert summary.without_local == 1
    assert sum(summary.named.values()) == 2
    both = summary.plus(summary)
    assert (both.firms, both.without_local, sum(both.named.values())) == (4, 2, 4)
