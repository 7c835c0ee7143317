"""The day that a report's words tell of a happening, where its event was read without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fused import DAY, coded

from detente.fuse.accounts import accounts_of
from detente.fuse.days import time_in, times_told, told_time
from detente.fusing import open_words
from detente.model.coded import CodedReport
from detente.model.span import Span
from detente.model.when import When

NEWS = When(DAY, DAY, "publication", "day")


def told(
    text: str, words: str, when: When | None = NEWS, evidence: str | None = None
) -> tuple[CodedReport, When | None]:
    report = coded(text, "Courier", DAY)
    at = text.index(words)
    trigger = Span(at, at + len(words))
    stretch = evidence or text
    start = text.index(stretch)
    event = replace(report.events[0], trigger=trigger, evidence=(Span(start, start + len(stretch)),), when=when)
    report = report.with_(events=(event,))
    return report, told_time(report, event, times_told(report, open_words().times))


def test_the_only_day_of_its_clause_dates_an_event_that_was_read_without_one() -> None:
    report, when = told("On 2 March the army of Ruritania shelled Aldova.", "shelled")
    assert when is not None and (when.first, when.basis) == (date(DAY.year, 3, 2), "stated")
    (account,) = accounts_of(report, open_words())
    assert (account.first, account.basis) == (when.first, "stated")


def test_what_happened_was_not_after_the_report() -> None:
    assert told("The army of Ruritania shelled Aldova to clear ground for a plant in 2035.", "shelled")[1] is None


def test_what_the_reading_says_by_words_stands() -> None:
    stated = When(date(2020, 1, 1), date(2020, 1, 1), "stated", "day")
    assert told("On 2 March the army of Ruritania shelled Aldova.", "shelled", stated)[1] == stated


@pytest.mark.parametrize(
    "text",
    [
        "The army of Ruritania shelled Aldova.",
        "From 2 March to May, or on 4 April, the army of Ruritania shelled Aldova.",
    ],
)
def test_no_day_or_several_say_nothing(text: str) -> None:
    assert told(text, "shelled")[1] is None


def test_a_sentence_is_dated_by_its_only_time() -> None:
    text = "It rained. On 2 March the army of Ruritania shelled Aldova."
    report, _ = told(text, "shelled")
    times = times_told(report, open_words().times)
    assert time_in(Span(0, 10), times) is None
    assert time_in(Span(11, len(text)), times) == times[0]
