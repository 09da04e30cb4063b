"""The JSON of `finden`: a contract whose keys are never renamed."""

from datetime import date
from typing import Any

import pytest
from cli.console import FIND, TODAY, Result, call, child
from factories import the_catalogue

FULL = (
    *FIND, "--umsatz", "800.000", "--bilanzsumme", "300000", "--gruendung", "1998", "--budget", "15.000", "--bestellt",
    "nein", "--de-minimis", "0", "--format", "json",
)  # fmt: skip
RULES = {"date", "area", "trade", "employees", "finance", "company_age", "budget", "ordered", "needs", "nearness",
         "made_for", "cost", "sureness"}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Any:
    return call(*FULL).json


@pytest.fixture(scope="module")
def unsure() -> Any:
    """The guide for a firm of which only the Land and the need are known."""
    return call("finden", "--ort", "NRW", "--bedarf", "processes_erp", "--stichtag", TODAY, "--format", "json").json


def test_the_top_has_all_keys_of_the_contract(found):
    assert {"schema", "as_of", "catalog", "firm", "results", "excluded", "ended"} <= found.keys()
    assert (found["schema"], found["as_of"]) == (1, TODAY)
    assert found["catalog"]["entries"] == len(the_catalogue())
    assert date.fromisoformat(found["catalog"]["checked_on"])
    assert len(found["catalog"]["hash"]) >= 16


def test_the_firm_is_told_as_it_was_understood(found):
    firm = found["firm"]
    place = firm["place"]
    assert {key: place[key] for key in ("plz", "kreis_ags", "land")} == {
        "plz": "59555", "kreis_ags": "05974", "land": "DE-NW",
    }  # fmt: skip
    assert ("Lippstadt" in place["name"], place["gemeinde"], place["kreis"]) == (True, "Lippstadt", "Kreis Soest")
    assert (place["chamber"], place["chamber_id"]) == ("Handwerkskammer Dortmund", "hwk-dortmund")
    assert {key: firm["trade"][key] for key in ("code", "name", "sector")} == {
        "code": "A-27", "name": "Tischler", "sector": "craft",
    }  # fmt: skip
    assert firm["needs"][0]["from"] == "Zeiterfassung ohne Zettel"
    assert firm["needs"][0].keys() == {"code", "label", "from"}
    told = [firm[key] for key in ("employees", "turnover_eur", "balance_eur", "founded", "budget_eur", "ordered")]
    assert told == [8, 800_000, 300_000, 1998, 15_000, False]
    assert firm["de_minimis_eur"] == 0


def test_what_is_not_known_of_the_firm_is_null_and_never_zero_or_no():
    firm = call("finden", "--format", "json", "--anzahl", "1").json["firm"]
    assert firm.pop("needs") == []
    assert set(firm.values()) == {None}
    assert firm.keys() >= {"place", "trade", "employees", "ordered", "budget_eur", "de_minimis_eur"}


RESULT_TYPES = {
    "rank": int, "id": str, "name": str, "former_names": list, "kind": str, "status": str, "score": int,
    "eligibility": str, "findings": list, "open_questions": list, "warnings": list, "cost": dict, "funding": dict,
    "contact": dict, "distance_km": int | None, "valid_until": str | None, "checked_on": str, "sources": list,
}  # fmt: skip
FINDING_KEYS = {"rule", "verdict", "points", "max_points", "text", "attribute", "firm_value", "limit"}


def test_every_result_has_all_keys_with_their_types(found):
    for result in found["results"]:
        for key, kind in RESULT_TYPES.items():
            assert isinstance(result[key], kind), key
        assert {"kind", "text"} <= result["cost"].keys()
        assert "estimate_eur" in result["funding"]
        assert result["sources"]
        assert all(
            {"url", "date"} <= source.keys() and source["url"].startswith("http") for source in result["sources"]
        )


def test_ranks_count_from_one_and_eligibility_is_never_no(found, unsure):
    for guide in (found, unsure):
        assert [result["rank"] for result in guide["results"]] == list(range(1, len(guide["results"]) + 1))
        assert {result["eligibility"] for result in guide["results"]} <= {"yes", "open"}
        assert {result["status"] for result in guide["results"]} <= {"open", "unverified", "paused"}
    assert "open" in {result["eligibility"] for result in unsure["results"]}


def test_the_score_is_the_sum_of_the_points_and_within_0_and_100(found, unsure):
    for result in (*found["results"], *unsure["results"]):
        assert result["score"] == sum(finding["points"] for finding in result["findings"])
        assert 0 <= result["score"] <= 100


def test_findings_are_whole_and_one_per_rule(found):
    for result in found["results"]:
        assert {finding["rule"] for finding in result["findings"]} == RULES
        assert len(result["findings"]) == len(RULES)
        for finding in result["findings"]:
            assert finding.keys() >= FINDING_KEYS
            assert finding["verdict"] in ("met", "not_met", "unknown")
            assert 0 <= finding["points"] <= finding["max_points"]
            assert finding["text"]


def test_values_in_findings_are_keys_and_numbers(found):
    value = {finding["rule"]: finding["firm_value"] for finding in found["results"][0]["findings"]}
    assert value["area"].startswith("05974")
    assert (value["trade"], value["employees"], value["budget"], value["ordered"]) == ("A-27", 8, 15_000, False)
    assert value["needs"] == ["processes_erp"]


def test_an_open_result_has_a_question_for_each_unknown_finding_and_a_sure_one_has_none(unsure):
    for result in unsure["results"]:
        unknown = [finding for finding in result["findings"] if finding["verdict"] == "unknown"]
        assert (result["eligibility"] == "open") == bool(result["open_questions"])
        assert len(result["open_questions"]) <= len(unknown)


def test_the_own_chamber_is_among_the_first_three(found):
    assert "Handwerkskammer Dortmund" in [result["name"] for result in found["results"][:3]]


def test_excluded_offers_name_what_fails_and_nothing_else(found):
    assert found["excluded"]
    for offer in found["excluded"]:
        assert offer.keys() >= {"id", "name", "score", "findings", "change"}
        assert offer["findings"]
        assert {finding["verdict"] for finding in offer["findings"]} == {"not_met"}
        assert all(finding.keys() >= FINDING_KEYS for finding in offer["findings"])


def test_what_would_have_to_change_is_said_where_an_owner_can_change_it_and_only_there():
    small = call(
        "finden", "--ort", "01067", "--gewerk", "Tischlerei", "--beschaeftigte", "1", "--bedarf", "processes_erp",
        "--budget", "500", "--bestellt", "ja", "--stichtag", TODAY, "--format", "json",
    ).json  # fmt: skip
    for offer in small["excluded"]:
        if offer["change"]:
            assert {finding["rule"] for finding in offer["findings"]} <= {"employees", "budget", "ordered", "needs"}
    assert any(offer["change"] for offer in small["excluded"])
    assert not all(offer["change"] for offer in small["excluded"])


def test_ended_offers_are_named_with_their_successor_and_never_recommended(found):
    offers = {offer.id: offer for offer in the_catalogue()}
    for ended in found["ended"]:
        assert ended.keys() >= {"id", "name", "status", "valid_until", "successor"}
        assert ended["status"] == "ended" or not offers[ended["id"]].is_recommended
        successor = ended["successor"]
        assert (successor is None) == (offers[ended["id"]].successor is None is offers[ended["id"]].successor_note)
        assert successor is None or successor.keys() == {"id", "name"}
    assert any(ended["successor"] and ended["successor"]["id"] for ended in found["ended"])
    assert not {ended["id"] for ended in found["ended"]} & {result["id"] for result in found["results"]}


def test_no_offer_is_told_twice(found):
    folded = [other["id"] for result in found["results"] for other in result["folded"]]
    told = [offer["id"] for part in ("results", "excluded", "ended", "upcoming") for offer in found[part]] + folded
    assert len(told) == len(set(told))


@pytest.mark.parametrize("count", [1, 3, 1000])
def test_anzahl_cuts_the_results_and_nothing_else(found, count):
    cut = call(*FULL, "--anzahl", str(count)).json
    assert cut["results"] == found["results"][:count]
    assert {key: cut[key] for key in cut if key != "results"} == {key: found[key] for key in found if key != "results"}


def test_two_runs_give_the_same_bytes(found):
    first, second = child(*FULL, PYTHONHASHSEED="1"), child(*FULL, PYTHONHASHSEED="2")
    assert isinstance(first, Result)
    assert first.out == second.out
    assert first.json == found


def test_the_day_asked_for_decides_what_is_on_offer(found):
    then = call(*FULL[: FULL.index("--stichtag")], "--stichtag", "2019-06-01", "--format", "json").json
    assert then["as_of"] == "2019-06-01"
    assert {result["id"] for result in then["results"]} != {result["id"] for result in found["results"]}
    assert {"2019-06-01"} >= {
        r["valid_until"] for r in then["results"] if r["valid_until"] and r["valid_until"] < "2019-06-02"
    }


def test_text_and_markdown_show_eight_and_json_all(found):
    assert len(found["results"]) > 8
    text = call(*FIND).out
    assert "\n8. " in text
    assert "\n9. " not in text
    assert f"{len(call(*FIND, '--format', 'json').json['results']) - 8} weitere passende Angebote" in text


def test_each_result_names_what_excludes_it_and_what_must_come_first():
    """A young works in Bavaria: the start-up loan beside the others, the talk before the grant for development."""
    young = (
        "finden", "--ort", "86150", "--gewerk", "Maschinenbau", "--beschaeftigte", "20", "--gruendung", "2024",
        "--bedarf", "financing", "--bedarf", "automation_robotics", "--stichtag", TODAY, "--format", "json",
    )  # fmt: skip
    results = {result["id"]: result for result in call(*young).json["results"]}
    start, loan = "kfw-erp-gruenderkredit-startgeld", "kfw-erp-foerderkredit-digitalisierung"
    assert loan in results[start]["not_with"]
    assert start in results[loan]["not_with"]
    assert results["by-baytp-plus"]["requires"] == ["by-foerderlotse"]
    assert (results["by-foerderlotse"]["not_with"], results["by-foerderlotse"]["requires"]) == ([], [])
