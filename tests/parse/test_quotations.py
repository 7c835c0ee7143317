"""Quotations by their marks alone: nesting, apostrophes, missing marks, noise."""

from __future__ import annotations

import time

import pytest

from detente.codebook.language import load_language
from detente.model.reading import Quotation
from detente.parse.paragraphs import find_paragraphs
from detente.parse.quotations import find_quotations


def found(text: str) -> list[Quotation]:
    return list(find_quotations(text, find_paragraphs(text), load_language().quotation_marks))


def words(text: str) -> list[str]:
    return [q.span.words(text) for q in found(text)]


def test_marks_belong_to_the_quotation() -> None:
    assert words("She said “we will stay” and left.") == ["“we will stay”"]


def test_three_levels_and_where_each_stands() -> None:
    text = "“He told us: ‘They cried “out” at me’, and left,” she said."
    assert words(text) == ["“He told us: ‘They cried “out” at me’, and left,”", "‘They cried “out” at me’", "“out”"]
    assert [(q.depth, q.inside) for q in found(text)] == [(0, None), (1, 0), (2, 1)]


def test_a_plural_possessive_closes_nothing() -> None:
    assert words("‘The soldiers’ families wait,’ he said.") == ["‘The soldiers’ families wait,’"]


def test_single_straight_marks_and_apostrophes() -> None:
    assert words("'It's late,' he said. The ministers' cars had gone.") == ["'It's late,'"]


@pytest.mark.parametrize("text", ["In the '90s they met.", "Give 'em bread.", 'A 19" screen.', "“", "““““", "' ' '"])
def test_lone_marks_are_no_quotation(text: str) -> None:
    assert found(text) == []


def test_an_open_quotation_ends_with_its_paragraph_and_is_marked() -> None:
    (quotation,) = found("He said: “We stay.\n\nThe rain went on.")
    assert quotation.span.words("He said: “We stay.\n\nThe rain went on.") == "“We stay."
    assert not quotation.closed


def test_a_mark_repeated_at_the_next_paragraph_goes_on() -> None:
    first, second = found("“We stay.\n\n“We do not leave,” he said.")
    assert second.continues == 0
    assert first.closed and second.closed


def test_french_and_german_marks() -> None:
    assert words("«Oui», she said. „Nein“, he said.") == ["«Oui»", "„Nein“"]


@pytest.mark.parametrize("unit", ["“", "'", "“a", "s' a", "‘a “b ", '"a" ', "‘a", "‘a’ "])
def test_noise_costs_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    started = time.perf_counter()
    found(text)
    assert time.perf_counter() - started < 10
