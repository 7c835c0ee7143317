"""Statements as a whole: speakers, order, ids, addressees, warnings, and noise."""

from __future__ import annotations

import time


def test_an_unknown_pronoun_leaves_the_speaker_open(coded) -> None:
    report = coded("“It is late,” he said.")
    (one,) = report.statements
    assert one.speaker is None and one.confidence <= 0.5
    assert any(u.kind == "speaker" for u in report.unresolved)


def test_whoever_is_told_is_the_addressee(said) -> None:
    (one,) = said("Moldovan President Maia Sandu told the Turkish president that the road was shut.")
    assert len(one.addressees) == 1


def test_announced_in_the_sentence_behind(said) -> None:
    (one,) = said("Chad will shut its embassy in Tripoli. This was announced by Moldovan President Maia Sandu.")
    assert one.speaker == "Maia Sandu"
    assert one.content == ("Chad will shut its embassy in Tripoli",)


def test_unbalanced_marks_are_warned_of_once(coded) -> None:
    report = coded("Moldova said: “The road is shut.\n\nThen it said: “The road is open.\n\nIt rained.")
    assert report.warnings == ("unbalanced quotation marks: read to the end of the paragraph",)


def test_balanced_marks_are_not_warned_of(coded) -> None:
    assert coded("“The road is shut,” Moldova said.").warnings == ()


def test_statements_come_in_text_order_with_fixed_ids(coded) -> None:
    text = "Moldova said the road was shut. “It is open,” Turkey said."
    first, again = coded(text), coded(text)
    assert [s.id for s in first.statements] == [s.id for s in again.statements]
    starts = [s.content[0].start for s in first.statements]
    assert starts == sorted(starts)


def test_content_lies_in_the_text_without_the_cue(coded) -> None:
    report = coded("The road, Moldova said, is shut. “Go,” Turkey told Iran, “now.”")
    for statement in report.statements:
        assert statement.cue is not None
        assert not any(span.overlaps(statement.cue) for span in statement.content)


def test_many_short_quotations_are_read_in_good_time(coded) -> None:
    started = time.perf_counter()
    coded("“We will not go,” he said. " * 200)
    assert time.perf_counter() - started < 20
