"""Indirect speech: where what was said begins and ends, and what is no statement at all."""

from __future__ import annotations

import pytest


def contents(said, text: str) -> list[tuple[str, ...]]:
    return [one.content for one in said(text)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Hungary will veto the loan, Moldova's army said on Friday.", "Hungary will veto the loan"),
        ("Moldova's army said in a statement on Friday that it had fired.", "that it had fired"),
        ("Moldova accused Serbia of hiding troops, a claim Belgrade has mocked.", "Serbia of hiding troops"),
        ("Moldova urged both sides to stop.", "both sides to stop"),
        ("Moldova pressed them to stop the war.", "to stop the war"),
        ("Moldova has denied arming the rebels.", "arming the rebels"),
        ("Moldova did not rule out new talks.", "new talks"),
        ("Moldova thanked Turkey for its help.", "Turkey for its help"),
        ("Moldova demanded that Serbia leave, two days after its troops came.", "that Serbia leave"),
        ("Two people were hurt; one has died, Moldova's army said.", "one has died"),
        ("According to the Moldovan army, nobody was hurt.", "nobody was hurt"),
        ("A warning from Moldova that the road was mined came late.", "that the road was mined"),
    ],
)
def test_the_words_that_were_said(said, text: str, content: str) -> None:
    first = contents(said, text)[0]
    assert len(first) == 1
    assert first[0].startswith(content)
    assert len(first[0]) <= len(content) + len(" came late")


@pytest.mark.parametrize(
    "text",
    [
        "Moldova is expected to announce new aid.",
        "Moldova called Serbia on Monday.",
        "Moldova called off the visit.",
    ],
)
def test_nothing_was_said(said, text: str) -> None:
    assert contents(said, text) == []


def test_two_verbs_of_one_speaker_are_two_statements(said) -> None:
    first, second = said("Moldova condemned the raid and urged Serbia to leave.")
    assert first.speaker == second.speaker == "Moldova"
    assert (first.content, second.content) == (("the raid",), ("Serbia to leave",))


def test_a_statement_told_by_another_stands_inside_it(said) -> None:
    outer, inner = said("Moldova accused Serbia of theft, Turkey said.")
    assert (outer.speaker, inner.speaker, inner.inside) == ("Turkey", "Moldova", "Turkey")


def test_which_stands_for_the_noun_before(said) -> None:
    (one,) = said("The crisis began with the vote of 2020, which Moldova says was rigged.")
    assert one.content == ("the vote of 2020", "was rigged")


def test_told_by_in_the_passive(said) -> None:
    (one,) = said("The mayor was told by Moldova that the road was shut.")
    assert one.speaker == "Moldova"
