"""Dates: what the words mean, which event they date, and what stays unknown."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from resolve import readings_by_spacy as readings

from detente.codebook.times import TimeWords, load_times
from detente.model.coded import CodedReport
from detente.model.event import Event, Status
from detente.model.span import Span
from detente.model.statement import Statement
from detente.model.when import When
from detente.resolve.time_expressions import find_expressions
from detente.resolve.when import dateline, find_times, resolve_times

# A Tuesday.
PUBLISHED = date(2023, 9, 19)


@pytest.fixture(scope="module")
def words() -> TimeWords:
    return load_times()


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("on 7 March 2024", "2024-03-07", "2024-03-07", "day"),
        ("on March 7, 2024,", "2024-03-07", "2024-03-07", "day"),
        ("on the 7th of March 2024", "2024-03-07", "2024-03-07", "day"),
        ("on 2024-03-07", "2024-03-07", "2024-03-07", "day"),
        ("on 07.03.2024", "2024-03-07", "2024-03-07", "day"),
        ("on Sept. 11, 2001", "2001-09-11", "2001-09-11", "day"),
        ("on Monday, March 4, 2024", "2024-03-04", "2024-03-04", "day"),
        ("on September 7th", "2023-09-07", "2023-09-07", "day"),
        ("on 5 December", "2022-12-05", "2022-12-05", "day"),
        ("on 3-5 March 2024", "2024-03-03", "2024-03-05", "day"),
        ("on March 3-5", "2023-03-03", "2023-03-05", "day"),
        ("from 28 February to 3 March 2022", "2022-02-28", "2022-03-03", "day"),
        ("in March 2022", "2022-03-01", "2022-03-31", "month"),
        ("in May", "2023-05-01", "2023-05-31", "month"),
        ("in late November", "2022-11-21", "2022-11-30", "week"),
        ("last March", "2023-03-01", "2023-03-31", "month"),
        ("in the first week of March 2021", "2021-03-01", "2021-03-07", "week"),
        ("in 2020", "2020-01-01", "2020-12-31", "year"),
        ("the 2020 war", "2020-01-01", "2020-12-31", "year"),
        ("Moscow's 2022 invasion", "2022-01-01", "2022-12-31", "year"),
        ("early in 2022", "2022-01-01", "2022-04-30", "month"),
        ("in 2014-2016", "2014-01-01", "2016-12-31", "year"),
        ("between 2014 and 2016", "2014-01-01", "2016-12-31", "year"),
        ("in the 1990s", "1990-01-01", "1999-12-31", "year"),
        ("in the early 1990s", "1990-01-01", "1993-12-31", "year"),
        ("in the spring of 2022", "2022-03-01", "2022-05-31", "month"),
        ("since September", "2023-09-01", "2023-09-19", "month"),
        ("since 2014", "2014-01-01", "2023-09-19", "year"),
        ("until Friday", None, "2023-09-22", "day"),
        ("on Tuesday", "2023-09-19", "2023-09-19", "day"),
        ("on Friday", "2023-09-15", "2023-09-15", "day"),
        ("late on Monday", "2023-09-18", "2023-09-18", "day"),
        ("Sunday night", "2023-09-17", "2023-09-17", "day"),
        ("next Tuesday", "2023-09-26", "2023-09-26", "day"),
        ("last Tuesday", "2023-09-12", "2023-09-12", "day"),
        ("Tuesday of last week", "2023-09-12", "2023-09-12", "day"),
        ("from Monday to Wednesday", "2023-09-11", "2023-09-13", "day"),
        ("over the weekend", "2023-09-16", "2023-09-17", "day"),
        ("yesterday", "2023-09-18", "2023-09-18", "day"),
        ("today", "2023-09-19", "2023-09-19", "day"),
        ("overnight", "2023-09-18", "2023-09-19", "day"),
        ("tomorrow", "2023-09-20", "2023-09-20", "day"),
        ("the day before yesterday", "2023-09-17", "2023-09-17", "day"),
        ("this morning", "2023-09-19", "2023-09-19", "day"),
        ("last week", "2023-09-11", "2023-09-17", "week"),
        ("last month", "2023-08-01", "2023-08-31", "month"),
        ("next month", "2023-10-01", "2023-10-31", "month"),
        ("late last year", "2022-09-01", "2022-12-31", "month"),
        ("earlier this month", "2023-09-01", "2023-09-19", "month"),
        ("later this week", "2023-09-19", "2023-09-24", "week"),
        ("two days ago", "2023-09-17", "2023-09-17", "day"),
        ("a week ago", "2023-09-11", "2023-09-17", "week"),
        ("nearly two decades ago", "2003-01-01", "2003-12-31", "year"),
        ("three years earlier", "2020-01-01", "2020-12-31", "year"),
        ("the day before", "2023-09-18", "2023-09-18", "day"),
        ("in the past two weeks", "2023-09-05", "2023-09-19", "week"),
        ("over the last three months", "2023-06-19", "2023-09-19", "month"),
        ("in the next three days", "2023-09-19", "2023-09-22", "day"),
        ("in recent weeks", None, "2023-09-19", "week"),
    ],
)
def test_expressions_of_time(words: TimeWords, text: str, first: str | None, last: str, precision: str) -> None:
    (when,) = find_times(f"It happened {text}.", PUBLISHED, words)
    assert (when.first and when.first.isoformat(), when.last and when.last.isoformat()) == (first, last)
    assert (when.basis, when.precision) == ("stated", precision)


@pytest.mark.parametrize(
    "text",
    [
        "at the time",
        "one day a colleague came",
        "in the past",
        "for two days",
        "a two-day visit",
        "20,000 people",
        "the 20,000 people",
        "2,014 soldiers",
        "in 2000 homes",
        "he may march",
        "the March 23 Movement",
        "Bloody Sunday",
        "the 9/11 Commission",
        "the Good Friday Agreement",
        "Easter Island",
        "Prime Minister May resigned",
        "the fall of the city",
        "on the 5th floor",
        "the Man of the Year",
        "two weeks of talks",
        "hit by May",
        "for a third straight day",
        "within 48 hours",
        "second to none",
        "$2014",
    ],
)
def test_these_are_no_dates(words: TimeWords, text: str) -> None:
    assert find_times(text, PUBLISHED, words) == []


def test_a_partial_date_in_january_is_last_years(words: TimeWords) -> None:
    (when,) = find_times("on December 5", date(2023, 1, 10), words)
    assert when.first == date(2022, 12, 5)
    (leap,) = find_times("on February 29", date(2023, 9, 19), words)
    assert leap.first == date(2020, 2, 29)


def test_without_publication_relative_words_stay_unknown(words: TimeWords) -> None:
    for text in (
        "yesterday",
        "on Tuesday",
        "last week",
        "two days ago",
        "March 3",
        "in May",
        "this summer",
        "the day before",
    ):
        (when,) = find_times(text, None, words)
        assert (when.first, when.last) == (None, None), text
    (stated,) = find_times("on 3 March 2021", None, words)
    assert stated.first == date(2021, 3, 3)


def test_a_day_that_the_calendar_lacks_is_unknown(words: TimeWords) -> None:
    assert [w.first for w in find_times("on 30 February 2024", PUBLISHED, words)] == [None]


def test_two_days_later_counts_from_the_date_before(words: TimeWords) -> None:
    text = "They came on 3 March 2021. Two days later they left; the next day it snowed."
    _, later, next_day = find_times(text, PUBLISHED, words)
    assert (later.first, later.basis) == (date(2021, 3, 5), "inferred")
    assert next_day.first == date(2021, 3, 6)


def test_the_following_year_counts_from_the_year_before(words: TimeWords) -> None:
    text = "It was founded in 2014. The following year it split; that year, too, it was banned."
    _, split, banned = find_times(text, PUBLISHED, words)
    assert (split.first, split.basis, banned.first) == (date(2015, 1, 1), "inferred", date(2015, 1, 1))


def test_a_deed_gone_by_is_not_set_into_the_future(words: TimeWords) -> None:
    (by,) = find_expressions("By the end of the year 35 people had been held.", PUBLISHED, words)
    assert by.when.first is None and by.ahead is not None
    assert (by.ahead.first, by.ahead.last) == (PUBLISHED, date(2023, 12, 31))


def test_words_before_a_time_belong_to_it(words: TimeWords) -> None:
    text = "Shells fell in the early hours of Sunday and on the night of 3 to 4 May."
    spans = [w.span.words(text) for w in find_times(text, PUBLISHED, words) if w.span]
    assert spans == ["the early hours of Sunday", "the night of 3 to 4 May"]


def test_a_report_is_searched_quickly(words: TimeWords) -> None:
    text = "The army said on Tuesday that it had held the ridge since March 2021, two years after the truce. " * 30
    find_expressions(text, PUBLISHED, words)
    took = []
    for _ in range(5):
        started = time.perf_counter()
        find_expressions(text, PUBLISHED, words)
        took.append(time.perf_counter() - started)
    # Some milliseconds; the bound is wide for slow machines.
    assert min(took) < 0.1


def test_the_span_gives_back_the_words(words: TimeWords) -> None:
    text = "Fighting since Monday; it stopped on Sept. 3, he said on Tuesday."
    spans = [w.span.words(text) for w in find_times(text, PUBLISHED, words) if w.span]
    assert spans == ["since Monday", "Sept. 3", "Tuesday"]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_full_date_never_depends_on_publication(day: date, published: date) -> None:
    loaded = load_times()
    (when,) = find_times(f"It was on {day.day} {day:%B} {day.year}.", published, loaded)
    assert (when.first, when.last) == (day, day)


@given(st.text(alphabet="0123456789 -.,/stndrhMayJune年２'’()", max_size=60))
def test_odd_text_is_read_without_failing(text: str) -> None:
    for when in find_times(text, PUBLISHED, load_times()):
        assert when.span is not None and 0 <= when.span.start < when.span.end <= len(text)


def when_of(
    words: TimeWords,
    text: str,
    trigger: str,
    status: Status = "happened",
    background: bool = False,
    published: date | None = PUBLISHED,
) -> When | None:
    reading = readings.read(text, published)
    span = readings.span_of(text, trigger)
    event = Event("e1", (), (), (), status, span, (Span(0, len(text)),), background=background)
    return resolve_times(CodedReport(reading.report, events=(event,)), reading, words).events[0].when


def first_day(when: When | None) -> str | None:
    return when.first.isoformat() if when and when.first else None


@pytest.mark.parametrize(
    ("text", "trigger", "first", "basis"),
    [
        ("Troops attacked the village on Friday.", "attacked", "2023-09-15", "stated"),
        ("On Monday, troops attacked the village and killed two farmers.", "killed", "2023-09-18", "stated"),
        ("The army carried out an attack on the town last week.", "attack", "2023-09-11", "stated"),
        (
            "The minister said on Monday that troops had attacked the town on Saturday.",
            "attacked",
            "2023-09-16",
            "stated",
        ),
        ("The minister said on Monday that troops had attacked the town on Saturday.", "said", "2023-09-18", "stated"),
        ("The minister said on Monday that troops attacked the town.", "attacked", "2023-09-19", "publication"),
        ("Sanctions imposed in March 2022 hit the bank.", "imposed", "2022-03-01", "stated"),
        ("Sanctions imposed in March 2022 hit the bank.", "hit", "2023-09-19", "publication"),
        ("Protesters, who clashed with police on Sunday, marched again.", "marched", "2023-09-19", "publication"),
        ("The shelling of the port on Thursday killed four sailors.", "killed", "2023-09-14", "stated"),
        ("Medvedev referred to the 2020 conflict between the two.", "referred", "2023-09-19", "publication"),
        ("Medvedev referred to the 2020 conflict between the two.", "conflict", "2020-01-01", "stated"),
        ("Police arrested 20 people on Saturday, a spokesman said on Sunday.", "arrested", "2023-09-16", "stated"),
    ],
)
def test_an_event_is_dated_by_its_own_clause(words: TimeWords, text: str, trigger: str, first: str, basis: str) -> None:
    when = when_of(words, text, trigger)
    assert when is not None
    assert (first_day(when), when.basis) == (first, basis)


def test_background_without_a_date_stays_unknown(words: TimeWords) -> None:
    assert when_of(words, "He had left the country.", "left", background=True) is None
    assert first_day(when_of(words, "The war of 1992 was long.", "war", background=True)) == "1992-01-01"


def test_a_deed_to_come_has_only_a_stated_date_and_looks_ahead(words: TimeWords) -> None:
    assert when_of(words, "He threatened to attack the city.", "attack", "threatened") is None
    friday = when_of(words, "The ministers will meet in Geneva on Friday.", "meet", "planned")
    assert first_day(friday) == "2023-09-22"
    october = when_of(words, "They agreed to meet in Geneva on October 5.", "meet", "planned")
    assert first_day(october) == "2023-10-05"


def test_an_undated_report_takes_no_day_from_the_clock(words: TimeWords) -> None:
    assert when_of(words, "Troops attacked the village on Tuesday.", "attacked", published=None) is None
    assert when_of(words, "Troops attacked the village.", "attacked", published=None) is None
    stated = when_of(words, "Troops attacked the village on 3 May 2021.", "attacked", published=None)
    assert first_day(stated) == "2021-05-03"


def test_a_dateline_with_a_year_dates_an_undated_report(words: TimeWords) -> None:
    text = "NAIROBI, 4 May 2021 (Agency) - Troops attacked the village on Monday."
    assert first_day(when_of(words, text, "attacked", published=None)) == "2021-05-03"
    text = "NAIROBI, 4 May (Agency) - Troops attacked the village on Monday."
    assert when_of(words, text, "attacked", published=None) is None


def test_datelines(words: TimeWords) -> None:
    text = "Envoys meet\nBy A. Writer\nADDIS ABABA, Ethiopia, Jan. 5, 2024 (Agency) -- Envoys met."
    found = dateline(text, words)
    assert found is not None and found.when is not None
    assert found.place.words(text) == "ADDIS ABABA, Ethiopia"
    assert (found.when.first, found.when.span and found.when.span.words(text)) == (date(2024, 1, 5), "Jan. 5, 2024")
    yearless = dateline("GENEVA, March 3 (Agency) - Envoys met.", words)
    assert yearless is not None and yearless.when is None
    assert dateline("Envoys met in Geneva - again.", words) is None


def test_a_nested_narrative_is_not_dated_by_publication(words: TimeWords) -> None:
    text = "The envoy wrote that a colleague told him that rebels had burned the mill."
    reading = readings.read(text, PUBLISHED)
    outer = Statement(
        "s1", None, (readings.span_of(text, "a colleague told him that rebels had burned the mill"),), "indirect"
    )
    inner = Statement("s2", None, (readings.span_of(text, "rebels had burned the mill"),), "indirect", inside="s1")
    burned = Event("e1", (), (), (), "happened", readings.span_of(text, "burned"), (), told_in="s2")
    coded = CodedReport(reading.report, statements=(outer, inner), events=(burned,))
    done = resolve_times(coded, reading, words)
    assert done.events[0].when is None
    assert [first_day(s.when) for s in done.statements] == ["2023-09-19", None]
