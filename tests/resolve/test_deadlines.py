"""Deadlines that words state: "by", "before", "until", "within", and terms that are set."""

from __future__ import annotations

from datetime import date

import pytest

from detente.codebook.commitments import load_commitments
from detente.codebook.times import load_times
from detente.model.reading import Paragraph, Reading
from detente.model.report import Report
from detente.model.span import Span
from detente.model.when import When
from detente.resolve.deadlines import told_times

DAY = date(2023, 9, 19)


def deadlines(text: str, day: date | None = DAY) -> tuple[When, ...]:
    reading = Reading(Report(text), (Paragraph(Span(0, len(text))),), (), ())
    return told_times(reading, day, load_times(), load_commitments()).deadlines


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("They must leave by Friday.", date(2023, 9, 22)),
        ("They have until 5 October.", date(2023, 10, 5)),
        ("It must end before the end of the month.", date(2023, 9, 30)),
        ("Leave within 48 hours.", date(2023, 9, 21)),
        ("Leave within a week.", date(2023, 9, 26)),
        ("They gave the crew three days to leave.", date(2023, 9, 22)),
        ("A 72-hour ultimatum was issued.", date(2023, 9, 22)),
    ],
)
def test_a_deadline_has_its_last_day(text: str, last: date) -> None:
    (found,) = deadlines(text)
    assert found.last == last


@pytest.mark.parametrize("text", ["They met on Friday.", "They left two days ago.", "They stayed for 48 hours."])
def test_other_times_are_no_deadlines(text: str) -> None:
    assert deadlines(text) == ()


def test_a_report_without_a_day_has_deadlines_without_days() -> None:
    (found,) = deadlines("Leave within 48 hours.", None)
    assert (found.first, found.last) == (None, None)
