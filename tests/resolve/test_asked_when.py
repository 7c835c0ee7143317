"""Time expressions asked by hand: the days, their precision, the reason, and what stays unknown."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook.times import TimeWords, load_times
from detente.model.answers import Answer, DatedWords
from detente.resolve.asked_when import ask_when

# A Thursday.
PUBLISHED = date(2024, 3, 14)


@pytest.fixture(scope="module")
def words() -> TimeWords:
    return load_times()


def days(answer: Answer[DatedWords]) -> str:
    """The answer as "first..last precision", or "unknown"."""
    if answer.answer is None:
        return "unknown"
    when = answer.answer.when
    return f"{when.first}..{when.last} {when.precision}"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # dates in their many forms
        ("the 5th of May", "2023-05-05..2023-05-05 day"),
        ("Feb. 24, 2022", "2022-02-24..2022-02-24 day"),
        ("24/02/2022", "2022-02-24..2022-02-24 day"),
        ("2022-02-24T10:00Z", "2022-02-24..2022-02-24 day"),
        ("24.2.22", "2022-02-24..2022-02-24 day"),
        ("Tuesday, December 31", "2024-12-31..2024-12-31 day"),
        ("on 5 May last year", "2023-05-05..2023-05-05 day"),
        ("the 3rd of last month", "2024-02-03..2024-02-03 day"),
        ("on the 20th", "2024-02-20..2024-02-20 day"),
        ("on this day in 1991", "1991-03-14..1991-03-14 day"),
        ("since 9/11", "2001-09-11..2024-03-14 day"),
        # stretches
        ("on the night of 3 to 4 May", "2023-05-03..2023-05-04 day"),
        ("3, 4 and 5 May", "2023-05-03..2023-05-05 day"),
        ("from late 2019 until early 2021", "2019-09-01..2021-04-30 month"),
        ("from 3 May until last Tuesday", "2023-05-03..2024-03-12 day"),
        ("between November and January 2022", "2021-11-01..2022-01-31 month"),
        ("from November 2020 to February", "2020-11-01..2021-02-28 month"),
        ("in 2014 and 2015", "2014-01-01..2015-12-31 year"),
        ("in 2014 and 2022", "2014-01-01..2014-12-31 year"),
        ("from Monday evening to Tuesday morning", "2024-03-11..2024-03-12 day"),
        # weekdays, nights, weekends
        ("in the night to Sunday", "2024-03-09..2024-03-10 day"),
        ("shortly after midnight on Sunday", "2024-03-10..2024-03-10 day"),
        ("Tuesday last", "2024-03-12..2024-03-12 day"),
        ("this past Thursday", "2024-03-07..2024-03-07 day"),
        ("Friday of next week", "2024-03-22..2024-03-22 day"),
        ("two weeks ago on Monday", "2024-02-26..2024-02-26 day"),
        ("two Fridays ago", "2024-03-01..2024-03-01 day"),
        ("a week from Monday", "2024-03-25..2024-03-25 day"),
        ("the weekend of 5 July", "2023-07-08..2023-07-09 day"),
        ("the last weekend of May", "2023-05-27..2023-05-28 day"),
        ("the weekend before last", "2024-03-02..2024-03-03 day"),
        ("for the third day in a row", "2024-03-12..2024-03-14 day"),
        # parts of weeks, months, years
        ("in the second week of June 2021", "2021-06-08..2021-06-14 week"),
        ("the last Sunday of last month", "2024-02-25..2024-02-25 day"),
        ("in the first half of 2021", "2021-01-01..2021-06-30 month"),
        ("in Q4", "2023-10-01..2023-12-31 month"),
        ("Q3 2022", "2022-07-01..2022-09-30 month"),
        ("the first three months of 2023", "2023-01-01..2023-03-31 month"),
        ("the early 2000s", "2000-01-01..2003-12-31 year"),
        ("in the mid-1990s", "1994-01-01..1996-12-31 year"),
        ("in the late nineties", "1997-01-01..1999-12-31 year"),
        ("the 19th century", "1801-01-01..1900-12-31 year"),
        ("since the beginning of the year", "2024-01-01..2024-03-14 year"),
        ("at year's end", "2024-12-01..2024-12-31 month"),
        ("the rest of the week", "2024-03-14..2024-03-17 week"),
        ("the week ending 9 May", "2023-05-03..2023-05-09 week"),
        # counted from a day
        ("a year ago today", "2023-03-14..2023-03-14 day"),
        ("ten years ago this month", "2014-03-01..2014-03-31 month"),
        ("36 hours ago", "2024-03-12..2024-03-13 day"),
        ("two hundred years ago", "1824-01-01..1824-12-31 year"),
        ("a year and a half ago", "2022-01-01..2022-12-31 year"),
        ("over the past 24 hours", "2024-03-13..2024-03-14 day"),
        ("in the last decade", "2014-03-14..2024-03-14 year"),
        ("last decade", "2010-01-01..2019-12-31 year"),
        ("half an hour later", "2024-03-14..2024-03-14 day"),
        ("three days after 3 May 2021", "2021-05-06..2021-05-06 day"),
        # feasts
        ("New Year's Eve", "2023-12-31..2023-12-31 day"),
        ("on Good Friday 2021", "2021-04-02..2021-04-02 day"),
        ("two days before Christmas", "2023-12-23..2023-12-23 day"),
        ("Orthodox Easter 2021", "2021-05-02..2021-05-02 day"),
        ("over the Easter weekend", "2023-04-08..2023-04-09 day"),
        ("the night of 9/10 March", "2024-03-09..2024-03-10 day"),
        ("January to March 2022", "2022-01-01..2022-03-31 month"),
        ("the night before last", "2024-03-12..2024-03-12 day"),
        # words that look ahead by themselves
        ("no later than Friday", "2024-03-14..2024-03-15 day"),
        ("by mid-June", "2024-03-14..2024-06-20 week"),
        ("before Christmas", "2024-03-14..2024-12-24 day"),
        ("will meet on Friday", "2024-03-15..2024-03-15 day"),
        ("starting Monday", "2024-03-18..None day"),
        ("until 2014", "None..2014-12-31 year"),
    ],
)
def test_expressions_asked_alone(words: TimeWords, expression: str, expected: str) -> None:
    assert days(ask_when(expression, PUBLISHED, words)) == expected


@pytest.mark.parametrize(
    ("expression", "published", "expected"),
    [
        ("next weekend", date(2024, 3, 17), "2024-03-23..2024-03-24 day"),
        ("next weekend", date(2024, 3, 14), "2024-03-16..2024-03-17 day"),
        ("this winter", date(2024, 1, 10), "2023-12-01..2024-02-29 month"),
        ("this winter", date(2024, 10, 10), "2024-12-01..2025-02-28 month"),
        ("last winter", date(2024, 1, 10), "2022-12-01..2023-02-28 month"),
        ("last winter", date(2024, 3, 10), "2023-12-01..2024-02-29 month"),
        ("last summer", date(2024, 7, 10), "2023-06-01..2023-08-31 month"),
        ("at Easter", date(2024, 3, 30), "2023-04-09..2023-04-09 day"),
        ("at Easter", date(2024, 3, 31), "2024-03-31..2024-03-31 day"),
    ],
)
def test_the_day_of_publication_decides(words: TimeWords, expression: str, published: date, expected: str) -> None:
    assert days(ask_when(expression, published, words)) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "until further notice",
        "in the run-up",
        "Ramadan",
        "several days ago",
        "within days",
        "in recent weeks",
        "Soon.",
        "the coming weeks",
        "the turn of the century",
        "",
        "  ",
        "hello",
        "every Friday",
        "for the first time in three years",
        "in 2000 homes",
        "the fourteenth floor",
    ],
)
def test_what_cannot_be_said_stays_unknown_with_the_reason(words: TimeWords, expression: str) -> None:
    answer = ask_when(expression, PUBLISHED, words)
    assert answer.answer is None
    assert answer.why


@pytest.mark.parametrize(
    "expression", ["31 February", "February 30, 2021", "the 32nd of May", "2021-13-45", "29.02.2023"]
)
def test_a_date_that_the_calendar_lacks(words: TimeWords, expression: str) -> None:
    answer = ask_when(expression, PUBLISHED, words)
    assert (answer.answer, answer.why) == (None, "the calendar has no such day")


def test_numbers_that_may_be_read_either_way_are_left_open(words: TimeWords) -> None:
    answer = ask_when("03/04/2022", PUBLISHED, words)
    assert answer.answer is None
    assert [candidate.when.first for candidate in answer.candidates] == [date(2022, 4, 3), date(2022, 3, 4)]


def test_the_coming_day_is_a_candidate_and_the_rule_is_told(words: TimeWords) -> None:
    answer = ask_when("on Tuesday", PUBLISHED, words)
    assert days(answer) == "2024-03-12..2024-03-12 day"
    assert [candidate.when.first for candidate in answer.candidates] == [date(2024, 3, 19)]
    assert answer.why.endswith("the most recent Tuesday on or before publication")
    assert "look ahead" in ask_when("will vote on Tuesday", PUBLISHED, words).why


def test_of_several_times_the_first_is_the_answer(words: TimeWords) -> None:
    answer = ask_when("on 3 May 2021, and again in 2022", PUBLISHED, words)
    assert days(answer) == "2021-05-03..2021-05-03 day"
    assert date(2022, 1, 1) in [candidate.when.first for candidate in answer.candidates]


def test_without_publication_only_full_dates_are_known(words: TimeWords) -> None:
    assert days(ask_when("in the first half of 2021", None, words)) == "2021-01-01..2021-06-30 month"
    for expression in ("last week", "5 May", "on the 15th", "next Easter", "a year ago today", "by Friday", "Q3"):
        answer = ask_when(expression, None, words)
        assert answer.answer is None
        assert "publication" in answer.why, expression


def test_long_input_is_read_in_time(words: TimeWords) -> None:
    for piece in ("a ", "1", "in the ", "May ", "2020-", "the day before ", "about ", "\n", "'"):
        started = time.perf_counter()
        ask_when((piece * 10_000)[:10_000], PUBLISHED, words)
        assert time.perf_counter() - started < 10, piece


WORDS_OF_TIME = ["the", "of", "in", "on", "to", "last", "next", "first", "second", "half", "week", "month", "year"]
WORDS_OF_TIME += ["Friday", "May", "2021", "3rd", "since", "until", "by", "two", "ago", "end", "early", "from"]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(WORDS_OF_TIME), max_size=9),
    st.none() | st.dates(),
)
def test_any_words_of_time_are_read_without_failing(told: list[str], published: date | None) -> None:
    answer = ask_when(" ".join(told), published, load_times())
    assert answer.why
    if answer.answer and answer.answer.when.first and answer.answer.when.last:
        assert answer.answer.when.first <= answer.answer.when.last


def test_reasons_say_what_is_answered(words: TimeWords) -> None:
    published = date(2023, 9, 19)
    assert "the year that lies 1 decade before" in ask_when("a decade ago", published, words).why
    assert "the year that lies 2 centuries before" in ask_when("two centuries ago", published, words).why
    # The Persian new year goes by the sun.
    assert "moon" not in ask_when("Nowruz", published, words).why
    assert ask_when("next year", date(9999, 12, 31), words).why == "the calendar does not reach so far"
