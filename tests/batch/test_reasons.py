"""What is told of the needs of many firms, worded once for all that are told the same."""

from typing import Any

import numpy as np
from factories import TODAY, an_offer, the_weights

from digiwegweiser.batch.reasons import NeedReasons
from digiwegweiser.batch.slate import Slate
from digiwegweiser.batch.tables import NeedTable
from digiwegweiser.core.rules import RULES
from digiwegweiser.core.vocabulary import Service

CODES = ("website", "security", "training")


class Wording:
    """Texts that keep what they were asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def needs(self, served: list[tuple[str, Service]]) -> str:
        self.asked.append(" ".join(f"{code}:{how}" for code, how in served))
        return self.asked[-1]


def told(*lists: tuple[int, ...]) -> tuple[list[str | None], list[str]]:
    """What is told of an offer for these lists of needs, and what was worded for that."""
    offer = an_offer(core_needs={"website", "security"}, also_needs={"training"})
    table = NeedTable(next(rule for rule in RULES if rule.name == "needs"), Slate([offer], TODAY, the_weights()))
    for code in (*CODES, "hiring"):
        table.row(code)
    texts: Any = Wording()
    found = NeedReasons(table, texts).texts(np.array(lists, dtype=np.int16), np.zeros(len(lists), dtype=np.intp))
    return found.to_list(), texts.asked


def test_what_is_served_otherwise_or_not_at_all_makes_no_difference() -> None:
    """Wherever it stands among the needs, the words are the same, found once."""
    found, worded = told((0, 2, -1), (2, 0, -1), (3, 0, 2), (2, 3, 0))
    assert worded == ["website:core training:also"]
    assert found == worded * 4


def test_needs_that_are_served_alike_keep_their_order() -> None:
    """As the firm states them, each order worded by itself."""
    found, worded = told((0, 1, 2), (1, 0, 2), (2, 1, 0))
    assert found == [
        "website:core security:core training:also",
        "security:core website:core training:also",
        "security:core website:core training:also",
    ]
    assert worded == found[:2]


def test_nothing_is_told_where_no_need_is_stated() -> None:
    """Nor is anything worded."""
    assert told((-1, -1, -1)) == ([None], [])
