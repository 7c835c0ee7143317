"""Dates as inputs write them: a day (2023-09-19) or an ISO timestamp, of which the day as written is kept.

No date is ever completed or taken from today's clock.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

# A day, alone or with an hour behind it, whatever is said of the time zone.
_STAMP = re.compile(r"\d{4}([-/])\d{2}\1\d{2}(?=$|[T ]\d{1,2}:\d{2})")
EARLIEST_YEAR = 1500
"""No news is older: an earlier year is a slip, or a default that some system wrote for "unknown"."""


def parse_day(words: str) -> date | None:
    """The day, or None where the words are no full ISO date or timestamp."""
    words = words.strip()
    try:
        day = date.fromisoformat(words[:10]) if words[4:5] == "-" and words[7:8] == "-" else None
        if day and len(words) > 10:
            datetime.fromisoformat(words)
    except ValueError:
        return None
    return day if day is None or day.year >= EARLIEST_YEAR else None


def day_told(words: str) -> date | None:
    """The day of an ISO date or timestamp, or of a date as mail and feeds write it, in the time zone it is given in."""
    words = words.strip()
    stamp = _STAMP.match(words)
    day = parse_day(stamp[0].replace("/", "-")) if stamp else _day_of_mail(words)
    # "20230919T101500Z", as catalogues write it.
    if day is None and words[:8].isdigit() and (len(words) == 8 or words[8] == "T"):
        day = parse_day(f"{words[:4]}-{words[4:6]}-{words[6:8]}")
    return day if day and day.year >= EARLIEST_YEAR else None


def _day_of_mail(words: str) -> date | None:
    try:
        return parsedate_to_datetime(words[:100]).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
