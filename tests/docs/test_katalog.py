"""docs/katalog.md is written from the field table; `--update-golden` writes it anew."""

import re
from pathlib import Path

import pytest

from digiwegweiser.catalog.schema import ENTRY
from digiwegweiser.inspection import manual_text, schema

PAGE = Path(__file__).parents[2] / "docs" / "katalog.md"


def test_the_page_says_what_the_field_table_says(request: pytest.FixtureRequest) -> None:
    fresh = manual_text()
    if request.config.getoption("--update-golden"):
        PAGE.write_text(fresh, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == fresh


def test_every_key_and_every_word_is_on_the_page() -> None:
    """With its meaning; what is required is marked."""
    page = manual_text()
    for name, field in ENTRY.fields.items():
        assert f"| `{name}` | {'ja' if field.required else ''} |" in page
        assert f"| {field.says} |" in page
    for code, label in zip(*(schema()["$defs"]["need"][key] for key in ("enum", "enumDescriptions")), strict=True):
        assert f"| `{code}` | {label} |" in page


def test_links_within_the_page_lead_somewhere() -> None:
    page = manual_text()
    anchors = set(re.findall(r'<a id="([^"]+)">', page))
    headings = {line.lstrip("# ").replace(".", "").lower() for line in page.splitlines() if line.startswith("#")}
    for target in re.findall(r"\]\(#([^)]+)\)", page):
        assert target in anchors | headings, target
