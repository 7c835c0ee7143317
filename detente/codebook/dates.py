"""Days as the source tables write them: 2021, 2021-08 or 2021-08-15."""

from __future__ import annotations

import calendar
import re
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def day_told(text: str, last: bool) -> date | None:
    """The first (or last) day that the text may mean, None for an empty one; ValueError for anything else."""
    if not text:
        return None
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(f"not a date: {text!r}")
    year = int(found[1])
    month = int(found[2] or (12 if last else 1))
    return date(year, month, int(found[3] or (calendar.monthrange(year, month)[1] if last else 1)))
