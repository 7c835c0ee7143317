"""Statements that the encoder hears beside the grammar: found where no rule knows them, told once, never invented."""

from __future__ import annotations

import pytest

SURE = "Foreign Minister Mirela Dann of Moldova "


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Moldova declined to comment.", "to comment"),
        ("Moldova did not say who had fired.", "who had fired"),
        ("The Moldovan government fears that Serbia will close the road.", "that Serbia will close the road"),
        ("Moldova flatly rejects the notion that its army was involved.", "the notion that its army was involved"),
    ],
)
def test_refusals_fears_and_doubts_are_statements(said, text: str, content: str) -> None:
    assert [" ".join(one.content) for one in said(text)] == [content]


@pytest.mark.parametrize(
    "text",
    [
        "The two ministers met in Oslo on Friday and signed a treaty on fishing.",
        "Moldova called off the visit.",
        "Rebels killed twelve soldiers near the bridge.",
        "France sent food to Chad, and Serbia closed the road.",
        "All quotes delayed by 15 minutes.",
    ],
)
def test_deeds_and_boilerplate_are_nobodys_words(said, text: str) -> None:
    assert said(text) == []


def test_what_grammar_and_encoder_both_find_is_told_once(said) -> None:
    (one,) = said(SURE + "said on Monday that the talks in Oslo would go on.")
    assert one.speaker == "Mirela Dann"


def test_the_encoder_names_a_channel_that_no_word_list_knows(said) -> None:
    (one,) = said(SURE + "told the Orhei Lantern that the talks in Oslo would go on.")
    assert "Lantern" in (one.channel or "")


def test_what_the_report_explains_is_nobodys_words(said) -> None:
    told = said("“The talks will go on,” " + SURE + "wrote, referring to the meeting of both presidents in May.")
    assert [one.content for one in told] == [("“The talks will go on,”",)]
