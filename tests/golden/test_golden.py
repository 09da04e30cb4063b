"""The complete guide of seventeen firms, kept as files: whatever changes a guide shows its effect as a diff."""

import difflib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from factories import every_trade
from golden.firms import FIRMS, FOLDER, guide_of, the_adviser

from digiwegweiser.app import as_markdown, as_text
from digiwegweiser.core.vocabulary import LAND_NAMES, Sector, TradeGroup
from digiwegweiser.render.guide import Extent

#: As `digiwegweiser finden` shows it where nothing else is asked for.
SHOWN = 8
WIDTH = 80
REFRESH = "python -m pytest tests/golden --update-golden"
#: Of a diff that changes everything the first page is enough.
DIFF_LINES = 120

MARKDOWN_FIRM = "friseursalon_dresden"
JSON_FIRM = "metallbau_boeblingen"

Check = Callable[[str, str], None]


@pytest.fixture
def same_as_kept(request: pytest.FixtureRequest) -> Check:
    """Compares a text with the file of that name in this folder, or writes it with --update-golden."""
    update = bool(request.config.getoption("--update-golden"))

    def check(name: str, text: str) -> None:
        path = FOLDER / name
        if update:
            path.write_text(text, encoding="utf-8")
            return
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        if text != kept:
            pytest.fail(difference(path, kept, text), pytrace=False)

    return check


def difference(path: Path, kept: str, now: str) -> str:
    """What has changed, and how to keep it if it is meant."""
    lines = [
        line.rstrip("\n")
        for line in difflib.unified_diff(
            kept.splitlines(keepends=True), now.splitlines(keepends=True), f"{path.name} (kept)", f"{path.name} (now)"
        )
    ]
    more = [f"… {len(lines) - DIFF_LINES} more lines"] if len(lines) > DIFF_LINES else []
    what = "differs from the kept guide" if path.exists() else "has not been kept yet"
    return "\n".join([f"{path.name} {what}.", *lines[:DIFF_LINES], *more, f"If this is meant: {REFRESH}"])


@pytest.mark.parametrize("firm", FIRMS)
def test_a_guide_is_the_one_that_was_kept(firm: str, same_as_kept: Check) -> None:
    """The whole text, 80 columns wide, with eight hits."""
    page = the_adviser().page(guide_of(firm), Extent(SHOWN))
    same_as_kept(f"{firm}.txt", as_text(page, WIDTH))


def test_a_guide_in_markdown_is_the_one_that_was_kept(same_as_kept: Check) -> None:
    """The same page for a document."""
    page = the_adviser().page(guide_of(MARKDOWN_FIRM), Extent(SHOWN))
    same_as_kept(f"{MARKDOWN_FIRM}.md", as_markdown(page))


def test_a_guide_in_json_is_the_one_that_was_kept(same_as_kept: Check) -> None:
    """Two hits are enough to see every key; the hash of the catalogue changes with every byte of it and is left out."""
    guide = json.loads(the_adviser().render_json(guide_of(JSON_FIRM), 2))
    assert guide["catalog"].pop("hash")
    same_as_kept(f"{JSON_FIRM}.json", json.dumps(guide, ensure_ascii=False, indent=1) + "\n")


def test_every_line_fits_eighty_columns() -> None:
    """Only a single word that is longer, as an address on the web, may reach beyond."""
    for firm in FIRMS:
        for line in as_text(the_adviser().page(guide_of(firm), Extent(SHOWN)), WIDTH).splitlines():
            assert len(line) <= WIDTH or " " not in line.strip().removeprefix("- "), (firm, line)


# --- the firms themselves --------------------------------------------------------------------------------------------


def test_no_kept_guide_is_left_behind() -> None:
    """Every kept text belongs to a firm that is still there."""
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(FIRMS)


def test_the_firms_come_from_every_land() -> None:
    """All sixteen, and one of which nothing but a need is known."""
    places = [guide_of(firm).firm.place for firm in FIRMS]
    assert {place.land for place in places if place is not None} == set(LAND_NAMES)
    assert places.count(None) == 1


def test_the_firms_are_of_every_kind() -> None:
    """All seven trade groups, and five sectors outside the crafts."""
    trades = [trade for firm in FIRMS if (trade := guide_of(firm).firm.trade) is not None]
    assert {trade.group for trade in trades if trade.is_craft} == set(TradeGroup)
    others = {sector for trade in trades if not trade.is_craft for sector in trade.sectors}
    assert others >= {Sector.INDUSTRY, Sector.COMMERCE, Sector.IT, Sector.STARTUP, Sector.PROFESSIONS}
    assert {trade.code for trade in trades if trade.is_craft} <= {trade.code for trade in every_trade()}


def test_the_firms_are_of_every_size() -> None:
    """Alone, with one more, and on both sides of the limits that the catalogue and the EU definition draw."""
    sizes = {guide_of(firm).firm.employees for firm in FIRMS}
    assert sizes >= {None, 0, 1, 8, 49, 50, 249, 260}


def test_the_firms_need_something_of_every_group() -> None:
    """Each of the five groups of needs, and firms that have ordered, have not, and do not say."""
    groups = {need.code: need.group for need in the_adviser().needs.needs}
    assert {groups[need.code] for firm in FIRMS for need in guide_of(firm).firm.needs} == set(groups.values())
    assert {guide_of(firm).firm.ordered for firm in FIRMS} == {True, False, None}
