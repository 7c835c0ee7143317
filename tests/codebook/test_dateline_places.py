"""The form of a dateline."""

from __future__ import annotations

import pytest

from detente.codebook.datelines import dateline_place, find_dateline


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("NAIROBI, March 3 (Agency) - Kenya said", "NAIROBI"),
        ("(ANX) - OSLO, DEC 2 - Norway said", "OSLO"),
        ("(ANX) QUITO, FEB 6 - The police said", "QUITO"),
        ("SANTA FE. The governor said", "SANTA FE"),
    ],
)
def test_the_place_of_a_dateline(line: str, place: str) -> None:
    found = dateline_place(line)
    assert found is not None and found.words(line) == place


def test_a_sentence_is_no_dateline() -> None:
    assert dateline_place("Kenya said on Monday that the border was closed.") is None


def test_it_is_found_below_headline_and_byline() -> None:
    text = "Talks fail\n\nBy Jo Doe\n\nNAIROBI, Kenya, March 3 (Agency) - Talks failed."
    found = find_dateline(text)
    assert found is not None and found.words(text).startswith("NAIROBI, Kenya")
