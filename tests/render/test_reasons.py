"""What a finding says of a trade that is left out or served in part, and of what is only for founders to be."""

from typing import Any

import pytest
from factories import TODAY, a_firm, a_trade, an_offer, the_weights

from digiwegweiser.core.matching import Match, match
from digiwegweiser.render.call_sheet import office_questions
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.reasons import open_questions, reason

WORDS = Lexicon({}, {}, {"S-06": "Gastgewerbe"}, {}, {})
INNS = a_trade("S-06", "services", name="Gastgewerbe")


def found(firm: dict[str, Any], **offer: Any) -> Match:
    return match(a_firm(**firm), an_offer(**offer), TODAY, the_weights())


def test_a_trade_served_in_part_is_asked_back_without_a_claim() -> None:
    """To the owner and on the slip for the call; a trade that is served wholly is no question."""
    part = found({"trade": INNS}, sectors={"any"}, partly_trades={"S-06"})
    assert open_questions(part, WORDS) == ["Gilt für „Gastgewerbe“ nicht ohne Weiteres: Zählt Ihr Betrieb dazu?"]
    assert office_questions(part, WORDS) == ["Gilt für „Gastgewerbe“ nicht ohne Weiteres: Gehört unser Betrieb dazu?"]
    assert open_questions(found({"trade": INNS}, sectors={"any"}), WORDS) == []


def test_a_trade_left_out_by_name_is_named_as_such() -> None:
    """And not explained by what the offer is for; a trade of a sector that is not served is."""
    left_out = found({"trade": INNS}, sectors={"any"}, not_trades={"S-06"})
    assert reason(left_out.finding("trade"), left_out, WORDS).startswith("nicht für „Gastgewerbe“;")
    farm = found({"trade": a_trade("S-14", "agriculture")}, sectors={"any"}, not_trades={"agriculture"})
    assert reason(farm.finding("trade"), farm, WORDS).startswith("nicht für Land- und Forstwirtschaft;")
    strange = found({"trade": INNS}, sectors={"craft"}, not_trades={"S-04"})
    assert reason(strange.finding("trade"), strange, WORDS).startswith("für ")


@pytest.mark.parametrize(
    ("highest", "asked"),
    [
        (0, "Es gilt nur vor der Gründung: Gibt es den Betrieb schon?"),
        (5, "Es gilt bis 5 Jahre nach der Gründung: Wann wurde der Betrieb gegründet?"),
    ],
)
def test_what_is_only_for_founders_to_be_asks_whether_the_firm_exists(highest: int, asked: str) -> None:
    assert open_questions(found({"founded": None}, max_company_age_years=highest), WORDS) == [asked]
