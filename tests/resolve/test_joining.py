"""Participants that are one actor become one, and what pointed to them points to the one that is left."""

from __future__ import annotations

from detente.model.coded import CodedReport
from detente.model.participant import Participant
from detente.model.report import Report
from detente.model.span import Span
from detente.model.statement import Stance, Statement
from detente.resolve.joining import join_same

TEXT = "The Regent, Konrad Ulm, blamed Ulm and the Duke."
REGENT, NAME, DUKE = Span(0, 10), Span(12, 22), Span(39, 47)


def joined(*stance: Stance, speaker: str | None = None) -> Statement:
    """The one statement of a report in which two participants turn out to be Konrad Ulm."""
    participants = (
        Participant("a1", "the Regent", "role", (REGENT,), "person:ulm"),
        Participant("a2", "Konrad Ulm", "person", (NAME,), "person:ulm"),
        Participant("a3", "the Duke", "role", (DUKE,)),
    )
    statement = Statement("s1", speaker, (Span(31, 47),), "indirect", about=("a1", "a2", "a3"), stance=stance)
    (found,) = join_same(CodedReport(Report(TEXT), participants, statements=(statement,))).statements
    return found


def test_one_stance_is_left_toward_each() -> None:
    found = joined(Stance("a2", -1, NAME), Stance("a1", 1, REGENT), Stance("a3", -1, DUKE))
    assert found.stance == (Stance("a1", -1, NAME), Stance("a3", -1, DUKE))


def test_none_is_left_toward_the_speaker() -> None:
    found = joined(Stance("a1", -1, REGENT), Stance("a3", -1, DUKE), speaker="a2")
    assert found.speaker == "a1"
    assert found.stance == (Stance("a3", -1, DUKE),)
