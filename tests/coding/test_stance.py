"""How speakers stand to those they speak about: clear words only, each with its span."""

from __future__ import annotations

import pytest
from read_texts import coded

from detente.model.coded import CodedReport
from detente.pipeline import Kit


def stances(reading: CodedReport, speaker: str) -> dict[str, tuple[int, str]]:
    """Value and words by the name of whom it is toward, of all statements of a speaker."""
    return {
        reading.participant(s.toward).name: (s.value, s.span.words(reading.report.text))
        for statement in reading.statements
        if statement.speaker and reading.participant(statement.speaker).name == speaker
        for s in statement.stance
    }


@pytest.mark.parametrize(
    ("sentence", "value", "words"),
    [
        ("Ivan Horak accused Pavel Novak of hiding the files.", -1, "accused"),
        ("Ivan Horak blamed Pavel Novak for the delay.", -1, "blamed"),
        ("Ivan Horak thanked Pavel Novak for his help.", 1, "thanked"),
        ("Ivan Horak praised Pavel Novak for keeping the road open.", 1, "praised"),
        ("Ivan Horak described Pavel Novak as “a mole with a desk”.", -1, "a mole with a desk"),
        ("Ivan Horak called Pavel Novak “a reliable man”.", 1, "a reliable man"),
        ("Ivan Horak condemned a report by Pavel Novak.", -1, "condemned"),
        ("Ivan Horak alleged that Pavel Novak had sold the wells.", -1, "that Pavel Novak had sold the wells"),
        ("Ivan Horak demanded that Pavel Novak resign.", -1, "resign"),
        ("“Pavel Novak lied to us all,” Ivan Horak said.", -1, "lied"),
        ("“Pavel Novak is a reckless man,” Ivan Horak said.", -1, "reckless"),
        ("“Pavel Novak is brave,” Ivan Horak said.", 1, "brave"),
        ("Ivan Horak branded Pavel Novak a liar.", -1, "liar"),
        ("“We owe our gratitude to Pavel Novak,” Ivan Horak said.", 1, "gratitude"),
        ("“Shame on Pavel Novak,” Ivan Horak said.", -1, "Shame"),
    ],
)
def test_clear_words_show_how_the_speaker_stands(kit: Kit, sentence: str, value: int, words: str) -> None:
    reading = coded(f"The council met on Monday. {sentence}", kit)
    assert stances(reading, "Ivan Horak") == {"Pavel Novak": (value, words)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Ivan Horak said that Pavel Novak would visit the port on Friday.",
        "Ivan Horak told reporters that Pavel Novak had lost the vote.",
        "“We called on Pavel Novak to come,” Ivan Horak said.",
        "Ivan Horak said Pavel Novak would resign in May.",
        "Ivan Horak warned Pavel Novak that the bridge was closed.",
    ],
)
def test_what_is_told_without_judgement_is_no_stance(kit: Kit, sentence: str) -> None:
    assert stances(coded(f"The council met on Monday. {sentence}", kit), "Ivan Horak") == {}


def test_a_negated_judgement_is_turned_round(kit: Kit) -> None:
    reading = coded("“Pavel Novak is not a liar,” Ivan Horak said.", kit)
    assert stances(reading, "Ivan Horak") == {"Pavel Novak": (1, "liar")}


def test_an_adjective_judges_whom_it_describes(kit: Kit) -> None:
    reading = coded("“The reckless government in Lima will not listen,” Ivan Horak said.", kit)
    assert [value for value, _ in stances(reading, "Ivan Horak").values()] == [-1]


def test_the_accused_is_among_those_the_statement_is_about(kit: Kit) -> None:
    reading = coded("Ivan Horak blamed Pavel Novak on Monday for “a winter without bread”.", kit)
    (statement,) = reading.statements
    assert "Pavel Novak" in {reading.participant(p).name for p in statement.about}


def test_nobody_stands_for_or_against_himself(kit: Kit) -> None:
    reading = coded("Ivan Horak considers himself “a patient man”. “I was a coward,” Ivan Horak said.", kit)
    assert all(s.toward != statement.speaker for statement in reading.statements for s in statement.stance)


def test_you_is_whom_the_words_are_said_to(kit: Kit) -> None:
    reading = coded("“You lied to us,” Ivan Horak told Pavel Novak.", kit)
    (statement,) = reading.statements
    assert "Pavel Novak" in {reading.participant(p).name for p in statement.about}
    assert stances(reading, "Ivan Horak") == {"Pavel Novak": (-1, "lied")}
