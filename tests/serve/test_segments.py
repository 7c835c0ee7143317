"""Segments: the whole text once, cut where marks begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.model.span import Span
from detente.serve.segments import Mark, segments

ends = st.tuples(st.integers(0, 40), st.integers(0, 40))
marks = st.lists(st.builds(Mark, st.sampled_from("abcdef"), ends.map(lambda e: Span(min(e), max(e))), st.just("x")))


def test_overlapping_marks_share_a_segment() -> None:
    found = segments(
        "abcdef", [Mark("e1", Span(0, 4), "trigger", link=True), Mark("s1", Span(2, 6), "said", link=True)]
    )
    assert [(s.text, s.keys, s.target) for s in found] == [
        ("ab", ("e1",), "e1"),
        ("cd", ("e1", "s1"), "s1"),
        ("ef", ("s1",), None),
    ]
    assert found[1].looks == ("trigger", "said")


@given(st.text(max_size=30), marks)
def test_every_character_is_in_one_segment_with_all_its_marks(text: str, given_marks: list[Mark]) -> None:
    found = segments(text, given_marks)
    assert "".join(segment.text for segment in found) == text
    start = 0
    for segment in found:
        span = Span(start, start + len(segment.text))
        assert set(segment.keys) == {mark.key for mark in given_marks if mark.span.contains(span)}
        start = span.end
