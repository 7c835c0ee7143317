"""Parts of an interval of days: its early, middle and late third, its halves and quarters, its second week.

Plain arithmetic on days; knows no language and no report.
"""

from __future__ import annotations

from datetime import date, timedelta

from detente.resolve.calendar_days import MONTHS_IN, UNKNOWN, Days, moved, whole_month, whole_week, whole_years

# The days of a month that count as early, in its middle, and late; the last third runs to the month's end.
_THIRDS_OF_A_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_THIRDS_OF_A_WEEK = {"early": (0, 1), "mid": (2, 3), "late": (4, 6)}


def part_of(days: Days, part: str) -> Days:
    """The early, mid or late part, the start or the end of a stretch; of a single day the day itself."""
    if days.first is None or days.last is None:
        return days
    if days.first == days.last:
        return days
    third = {"start": "early", "end": "late"}.get(part, part)
    if _is_a_month(days):
        return _of_a_month(days.first, days.last, third)
    if days.precision == "week" and (days.last - days.first).days == 6:
        first, last = _THIRDS_OF_A_WEEK[third]
        return Days(moved(days.first, first), moved(days.first, last), "day")
    if days.precision == "year" and days.first.year < days.last.year:
        return _of_years(days.first.year, days.last.year, part)
    return _of_months(days.first, days.last, part)


def _is_a_month(days: Days) -> bool:
    assert days.first is not None and days.last is not None
    return days.precision == "month" and (days.first.year, days.first.month) == (days.last.year, days.last.month)


def _of_a_month(first: date, last: date, third: str) -> Days:
    start, end = _THIRDS_OF_A_MONTH[third]
    return Days(first.replace(day=start), first.replace(day=min(end, last.day)), "week")


def _thirds(number: int, part: str) -> tuple[int, int]:
    """First and last of so many months or years; the start and the end are one of them only."""
    longer, shorter = -(-number // 3), number // 3
    return {
        "early": (0, longer - 1),
        "mid": (longer, number - shorter - 1),
        "late": (number - shorter, number - 1),
        "start": (0, 0),
        "end": (number - 1, number - 1),
    }[part]


def _of_months(first: date, last: date, part: str) -> Days:
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    start, end = _thirds(number, part)
    if start > end:
        return UNKNOWN
    opening, closing = whole_month(first.year, first.month + start), whole_month(first.year, first.month + end)
    return Days(opening.first, closing.last, "month")


def _of_years(first: int, last: int, part: str) -> Days:
    # The end of a decade is its last year, that of a century no single one.
    start, end = _thirds(
        last - first + 1, part if last - first < 50 else {"start": "early", "end": "late"}.get(part, part)
    )
    return whole_years(first + start, first + end) if start <= end else UNKNOWN


def fraction_of(days: Days, number: int, of: int) -> Days:
    """The first (1) or second half, the third quarter ...; the last is told as 0 or less."""
    if days.first is None or days.last is None:
        return days
    number = of if number < 0 else number
    if not 1 <= number <= of:
        return UNKNOWN
    if _is_a_month(days) and of == 2:
        middle = days.first.replace(day=15)
        return Days(days.first, middle, "week") if number == 1 else Days(moved(middle, 1), days.last, "week")
    months = (days.last.year - days.first.year) * 12 + days.last.month - days.first.month + 1
    if days.precision not in ("month", "year") or months % of:
        return UNKNOWN
    step, begin = months // of, days.first.month + (number - 1) * (months // of)
    first, last = whole_month(days.first.year, begin).first, whole_month(days.first.year, begin + step - 1).last
    return Days(first, last, "year" if step >= 12 else "month")


def nth_stretch(days: Days, which: int, number: int, unit: str) -> Days:
    """The first two weeks, the second week, the last ten days of a stretch; weeks are counted from its first day."""
    if days.first is None or days.last is None or not which:
        return UNKNOWN
    if unit in MONTHS_IN:
        return _nth_months(days.first, days.last, which, number * MONTHS_IN[unit])
    length = number * {"day": 1, "week": 7, "fortnight": 14}.get(unit, 0)
    start = moved(days.first, (which - 1) * length) if which > 0 else moved(days.last, 1 - length)
    end = moved(start, length - 1) if start and length else None
    if start is None or end is None or start < days.first or start > days.last:
        return UNKNOWN
    return Days(start, min(end, days.last), "day" if unit == "day" else "week")


def _nth_months(first: date, last: date, which: int, months: int) -> Days:
    if which > 0:
        start = whole_month(first.year, first.month + (which - 1) * months)
    else:
        start = whole_month(last.year, last.month - months + 1)
    if start.first is None or not first <= start.first <= last:
        return UNKNOWN
    end = whole_month(start.first.year, start.first.month + months - 1).last
    return Days(start.first, end, "month" if months < 12 else "year") if end and end <= last else UNKNOWN


def nth_weekday(days: Days, which: int, weekday: int) -> Days:
    """The second Tuesday, the last Sunday of a stretch."""
    if days.first is None or days.last is None or not which:
        return UNKNOWN
    if which > 0:
        day = days.first + timedelta(days=(weekday - days.first.weekday()) % 7 + 7 * (which - 1))
    else:
        day = days.last - timedelta(days=(days.last.weekday() - weekday) % 7)
    return Days(day, day, "day") if days.first <= day <= days.last else UNKNOWN


def weekend_of(days: Days) -> Days:
    """The Saturday and Sunday of the week that the stretch starts in, or the stretch itself where it is longer."""
    if days.first is None or days.precision != "day" or days.first != days.last:
        return days
    week = whole_week(days.first)
    return Days(moved(week.last, -1), week.last, "day") if week.last else UNKNOWN


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the rule of Gauss, as Butcher wrote it down)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches, as a day of the common calendar (1900 to 2099)."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)
