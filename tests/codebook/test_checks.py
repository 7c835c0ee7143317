"""What Wikidata says of our own rows: verified, contradicted, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from detente.codebook.build_checks import mark_checked
from detente.codebook.build_tenures import OfficeRow

OWN = OfficeRow(
    person="Ada Vell",
    qid=None,
    aliases=(),
    country="XXA",
    role="foreign minister",
    role_class="foreign_minister",
    sector="GOV",
    start=date(2023, 1, 10),
    end=date(2024, 6, 30),
    end_kind="stated",
    as_of=None,
    source="curated",
)
TOLD = replace(OWN, qid="Q1", source="wikidata/xxa")


@pytest.mark.parametrize(
    ("told", "mark"),
    [
        (TOLD, "verified"),
        (replace(TOLD, start=date(2023, 1, 25)), "verified"),
        (replace(TOLD, end=None, end_kind="open", as_of=date(2023, 6, 1)), "verified"),
        (replace(TOLD, end=None, end_kind="open", as_of=date(2025, 6, 1)), "contradicted"),
        (replace(TOLD, start=date(2023, 9, 1)), "contradicted"),
        (replace(TOLD, end=date(2023, 12, 1)), "contradicted"),
        (replace(TOLD, person="Bo Ray", start=date(2022, 1, 1), end=date(2025, 1, 1)), "contradicted"),
        (replace(TOLD, person="Bo Ray", start=date(2022, 1, 1), end=date(2023, 1, 9)), None),
        (replace(TOLD, country="XXB"), None),
        (replace(TOLD, source="factbook"), None),
    ],
)
def test_what_wikidata_says_of_a_row(told: OfficeRow, mark: str | None) -> None:
    own, other = mark_checked([OWN, told])
    assert own.checked == mark
    assert other.checked is None
