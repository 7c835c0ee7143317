"""The page on exports names every format, and every column that a format or a table of ours has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.codebook.formats import columns_of
from detente.export.exporters import all_exporters
from detente.export.graphml import EDGE_KEYS, NODE_KEYS
from detente.export.tables import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return " ".join(PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0].split())


def test_every_format_is_on_the_page() -> None:
    assert [name for name in all_exporters() if f"`{name}`" not in PAGE] == []


@pytest.mark.parametrize(
    ("format", "title"),
    [
        ("polecat", "POLECAT"),
        ("icews", "ICEWS"),
        ("gdelt2_events", "GDELT 2.0 Events"),
        ("gdelt2_mentions", "GDELT 2.0 Mentions"),
        ("plover_json", "PLOVER JSON"),
    ],
)
def test_every_column_of_a_format_is_told_as_filled_or_empty(format: str, title: str) -> None:
    words = section(title)
    assert [c.name for c in columns_of(format) if not re.search(rf"\b{re.escape(c.name)}\b", words)] == []


def test_every_column_of_our_own_is_in_its_table() -> None:
    words = PAGE.splitlines()
    for name, (_, columns) in TABLES.items():
        (row,) = (line for line in words if line.startswith(f"| {name} |"))
        assert re.findall(r"`(\w+)`", row) == list(columns)


def test_every_attribute_of_the_network_is_told() -> None:
    assert [name for name in (*NODE_KEYS, *EDGE_KEYS) if f"`{name}`" not in section("GraphML")] == []
