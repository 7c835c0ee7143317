"""Little clauses of saying: what they stand in, and what is no answer."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("No retreat, said Serbian President Aleksandar Vucic.", ("No retreat",)),
        ("Not so, said Moldova.", ("Not so",)),
        ("Serbia has offered, its ministry said, to host the talks.", ("Serbia has offered", "to host the talks")),
    ],
)
def test_the_words_around_a_clause_of_saying(said, text: str, content: tuple[str, ...]) -> None:
    assert said(text)[0].content == content


def test_words_about_the_place_of_saying_are_no_answer(said) -> None:
    assert not said("In the capital, Moldova's army spoke.")
