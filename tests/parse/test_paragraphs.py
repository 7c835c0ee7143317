"""Paragraphs and headings."""

from __future__ import annotations

from detente.parse.paragraphs import find_paragraphs


def blocks(text: str) -> list[str]:
    return [p.span.words(text) for p in find_paragraphs(text)]


def test_a_line_break_ends_a_paragraph() -> None:
    assert blocks("One sentence.\nAnother one.\n\n  A third.  ") == ["One sentence.", "Another one.", "A third."]


def test_lines_cut_at_a_width_are_joined() -> None:
    text = (
        "The delegates of both countries met again on Monday and went\n"
        "on talking until late in the night about the line of the new\n"
        "border that neither of them has ever been ready to recognise.\n"
        "\n"
        "They left."
    )
    assert len(blocks(text)) == 2


def test_a_headline_is_a_heading_and_a_sentence_is_none() -> None:
    headline, body = find_paragraphs("Talks on the border fail again\nThe talks failed on Monday.")
    assert headline.heading and not body.heading


def test_a_lone_quotation_that_ends_a_sentence_is_no_heading() -> None:
    (only,) = find_paragraphs("“We will not go.”")
    assert not only.heading


def test_nothing_has_no_paragraphs() -> None:
    assert find_paragraphs(" \n\r\n ") == ()
