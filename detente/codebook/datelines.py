"""The form of a dateline: "NAIROBI, March 3 (Agency) -" at the start of a report or paragraph.

Says where its place name stands and where it ends; which day it means is for resolving.
"""

from __future__ import annotations

import re

from detente.model.span import Span

_PLACE = r"(?P<place>[A-Z][\w'’.-]*(?:[ /][A-Z][\w'’.-]*){0,3})"
_AGENCY = r"(?:\([^)]{1,30}\)\s*(?:[-–—]\s*)?)?"
# "SAN JOSÉ. The government ...": only capitals, and a full stop.
_CAPITALS = re.compile(r"^(?P<place>[^\W\d_]{3,}(?: [^\W\d_]{2,}){0,2})\. (?=[A-Z])")
_LINES = 8
_DATELINE = re.compile(r"^\W{0,2}?" + _AGENCY + _PLACE + r"\b[^.—–\n]{0,60}?(?:\)\s*)?(?:—|–|--| - )\s*")


def dateline_place(text: str) -> Span | None:
    """The place named in the dateline that opens a text, or None."""
    found = _match(text)
    return Span(found.start("place"), found.end("place")) if found else None


def opening_place(text: str) -> Span | None:
    """The place in the dateline: it opens the text, or the first paragraph under a headline."""
    start = 0
    for line in text.splitlines(keepends=True)[:4]:
        found = dateline_place(line)
        if found is not None:
            return Span(start + found.start, start + found.end)
        start += len(line)
    return None


def find_dateline(text: str) -> Span | None:
    """The whole dateline of a report (place, its country, day, agency), in one of the first lines."""
    start = 0
    for line in text.splitlines(keepends=True)[:_LINES]:
        end = dateline_end(line)
        if end:
            return Span(start, start + end)
        start += len(line)
    return None


def dateline_end(text: str) -> int:
    """How many characters the dateline that opens a text takes, dash and blank included; 0 where there is none."""
    found = _match(text)
    return found.end() if found else 0


def _match(text: str) -> re.Match[str] | None:
    capitals = _CAPITALS.match(text[:60])
    if capitals and capitals["place"].isupper():
        return capitals
    found = _DATELINE.match(text[:160])
    if not found or not (found["place"].isupper() or re.search(r"\(|\d|--|—", found[0])):
        return None
    return found
