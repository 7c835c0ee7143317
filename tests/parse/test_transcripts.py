"""Transcripts: paragraphs that open with a speaker and a colon, and the quotations they are."""

from __future__ import annotations

from detente.model.reading import Quotation
from detente.model.span import Span
from detente.parse.paragraphs import find_paragraphs
from detente.parse.transcripts import find_turns, with_turns

TALKING = {"i", "we", "you", "us"}


def turns(text: str) -> list[tuple[str, str]]:
    return [(t.label.words(text), t.words.words(text)) for t in find_turns(text, find_paragraphs(text), TALKING)]


def test_speakers_who_take_turns() -> None:
    text = "Q: Will you go?\n\nAna Dann: Never.\n\nQ: Why?"
    assert turns(text) == [("Q", "Will you go?"), ("Ana Dann", "Never."), ("Q", "Why?")]


def test_a_list_with_colons_takes_no_turns() -> None:
    assert turns("Uganda: a lake.\n\nRwanda: no lake.\n\nBurundi: a treaty.") == []
    assert turns("Note: bring water.\n\nNote: bring bread.\n\nNote: come early.") == []


def test_sections_with_headings_take_no_turns() -> None:
    section = "Strikes: four rockets fell on Marsat."
    assert turns(f"{section}\n\nTalks: Brenia sent an envoy, who said “we wait”.\n\n{section}") == []


def test_a_title_may_hold_small_words_and_a_speaker_further_paragraphs() -> None:
    minister = "Secretary of State Orlo"
    text = f"{minister}: I came.\n\nThen we left.\n\nQ: Why?\n\n{minister}: Rain.\n\nWe thank you."
    assert turns(text) == [(minister, "I came."), (minister, "Then we left."), ("Q", "Why?"), (minister, "Rain.")]
    found = with_turns((), find_turns(text, find_paragraphs(text), TALKING), text)
    assert [q.continues for q in found] == [None, 0, None, None]


def test_small_letters_and_hours_are_no_labels() -> None:
    assert turns("the reason: rain.\n\n14:30: rain.\n\nthe reason: snow.\n\n14:30: snow.") == []


def test_a_turn_without_marks_is_a_quotation_around_what_it_quotes() -> None:
    text = 'DANN: They said "no" to us.\n\nTEMBO: Who?\n\nDANN: All.'
    inner = Quotation(Span(text.index('"'), text.index(" to us")))
    found = with_turns((inner,), find_turns(text, find_paragraphs(text), TALKING), text)
    assert [q.span.words(text) for q in found] == ['They said "no" to us.', '"no"', "Who?", "All."]
    assert [(q.depth, q.inside) for q in found] == [(0, None), (1, 0), (0, None), (0, None)]


def test_a_turn_in_marks_is_left_as_it_is() -> None:
    text = 'DANN: "All."\n\nTEMBO: "Who?"\n\nDANN: "All."'
    assert with_turns((), find_turns(text, find_paragraphs(text), TALKING), text) == ()
