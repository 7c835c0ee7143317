"""Intervals of days: the week, month or year around a day, and the same some units away.

Plain arithmetic on dates; knows no language and no report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from detente.model.when import Precision


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day (None where open) with how finely they are told."""

    first: date | None
    last: date | None
    precision: Precision

    def since(self, until: date | None) -> Days:
        """From the first of these days on, up to `until`."""
        return Days(self.first, until if until and self.first and until >= self.first else None, self.precision)


MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}

UNKNOWN = Days(None, None, "day")


def one_day(day: date) -> Days:
    return Days(day, day, "day")


def moved(day: date, number: int) -> date | None:
    """The day so many days away, None beyond the calendar's ends."""
    try:
        return day + timedelta(days=number)
    except OverflowError:
        return None


def span_of_days(day: date, first: int, last: int) -> Days:
    """The days from `first` to `last`, counted from the given day."""
    return Days(moved(day, first), moved(day, last), "day")


def whole_week(day: date) -> Days:
    """Monday to Sunday around the day."""
    return Days(moved(day, -day.weekday()), moved(day, 6 - day.weekday()), "week")


def whole_month(year: int, month: int) -> Days:
    """The first to the last day of a month; months beyond December run into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not date.min.year <= year < date.max.year:
        return UNKNOWN
    following = date(year + month // 12, month % 12 + 1, 1)
    return Days(date(year, month, 1), following - timedelta(days=1), "month")


def whole_years(first: int, last: int) -> Days:
    """From New Year of the first to the end of the last year."""
    if not date.min.year <= first <= last <= date.max.year:
        return UNKNOWN
    return Days(date(first, 1, 1), date(last, 12, 31), "year")


def months_from(first: date | None, number: int) -> Days:
    """So many whole months from the one that starts on the day."""
    if first is None:
        return UNKNOWN
    last = whole_month(first.year, first.month + number - 1).last
    return Days(first, last, "month") if last else UNKNOWN


def unit_away(day: date, unit: str, number: int) -> Days:
    """The day, week, month, quarter or year that lies so many units from the day's own.

    Of decades and centuries it is the year: a century ago, somebody was born in one year.
    """
    if unit in ("hour", "minute"):
        return one_day(day)
    if unit == "day":
        return span_of_days(day, number, number)
    if unit in ("week", "fortnight"):
        other = moved(day, number * (7 if unit == "week" else 14))
        return whole_week(other) if other else UNKNOWN
    if unit == "month":
        return whole_month(day.year, day.month + number)
    if unit == "quarter":
        start = whole_month(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * number).first
        return months_from(start, 3)
    if unit in ("decade", "century"):
        years = (10 if unit == "decade" else 100) * number
        return whole_years(day.year + years, day.year + years)
    return whole_years(day.year + number, day.year + number)


def unit_around(day: date, unit: str, number: int) -> Days:
    """As `unit_away`, but of decades and centuries those of the calendar: the 2020s, the 20th century."""
    if unit == "decade":
        first = day.year // 10 * 10 + 10 * number
        return whole_years(first, first + 9)
    if unit == "century":
        first = (day.year - 1) // 100 * 100 + 1 + 100 * number
        return whole_years(first, first + 99)
    return unit_away(day, unit, number)


def units_between(day: date, unit: str, number: int) -> Days:
    """The stretch of so many units that ends (or, for a positive number, starts) on the day."""
    lengths = {"minute": 0, "hour": 0, "day": 1, "week": 7, "fortnight": 14}
    other = moved(day, number * lengths[unit]) if unit in lengths else same_day_away(day, number * MONTHS_IN[unit])
    precision: Precision = (
        "day" if unit in lengths and unit != "week" else ("week" if unit == "week" else _coarse(unit))
    )
    return Days(other, day, precision) if number < 0 else Days(day, other, precision)


def _coarse(unit: str) -> Precision:
    return "month" if unit in ("month", "quarter") else "year"


def same_day_away(day: date, months: int) -> date | None:
    """The same day of the month so many months away, or that month's last day."""
    month = whole_month(day.year, day.month + months)
    if month.first is None or month.last is None:
        return None
    return month.first.replace(day=min(day.day, month.last.day))


def named_day(year: int, month: int, day: int) -> date | None:
    """A day by its numbers, or None where the calendar has none such (February 30)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest_on_or_before(anchor: date, month: int, day: int) -> date | None:
    """The last time that this day of the year came round, the anchor included."""
    return next((d for back in range(9) if (d := named_day(anchor.year - back, month, day)) and d <= anchor), None)


def first_after(anchor: date, month: int, day: int) -> date | None:
    """The next time that this day of the year comes round, the anchor included."""
    return next((d for on in range(9) if (d := named_day(anchor.year + on, month, day)) and d >= anchor), None)
