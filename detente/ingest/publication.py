"""Dates as inputs write them: a day (2023-09-19) or an ISO timestamp, of which the day as written is kept.

No date is ever completed or taken from today's clock.
"""

from __future__ import annotations

from datetime import date, datetime

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
