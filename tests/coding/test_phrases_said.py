"""Phrases that verbs put into somebody's mouth, and phrases that only look so."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Moldova attributed the blast to Serbian agents.", "the blast to Serbian agents"),
        ("Moldova compared the raid to a massacre.", "the raid to a massacre"),
        ("Moldova put the number of dead at twelve.", "the number of dead at twelve"),
        ("Moldova dismissed the report as propaganda.", "the report as propaganda"),
        ("Moldova denied having bombed the bridge.", "having bombed the bridge"),
        ("Moldova undertook to release two men.", "to release two men"),
        ("Moldova insisted on its innocence.", "its innocence"),
        ("Moldova left no doubt that Serbia would pay.", "that Serbia would pay"),
        ("Moldova made it known that it would close its embassy.", "that it would close its embassy"),
        ("Moldova's version is that Serbia bombed the dam.", "that Serbia bombed the dam"),
        ("Moldova issued a warning that the road was mined.", "that the road was mined"),
    ],
)
def test_a_phrase_is_what_was_said(said, text: str, content: str) -> None:
    assert [one.content for one in said(text)] == [(content,)]


@pytest.mark.parametrize(
    "text",
    [
        "Moldova put its army at the border.",
        "Moldova bought the jets that Serbia promised in July.",
        "Moldova has the right to defend its land.",
    ],
)
def test_no_statement(said, text: str) -> None:
    assert not said(text)
