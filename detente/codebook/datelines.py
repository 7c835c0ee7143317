"""The form of a dateline: "NAIROBI, March 3 (Agency) -" at the start of a report or paragraph.

Says where its place name stands and where it ends; which day it means is for resolving.
"""

from __future__ import annotations

import re

from detente.model.span import Span

_PLACE = r"(?P<place>[A-Z][\w'’.-]*(?:[ /][A-Z][\w'’.-]*){0,3})"
_DATELINE = re.compile(r"^\W{0,2}(?:\([^)]{1,30}\)\s*)?" + _PLACE + r"\b[^.—–\n]{0,60}?(?:\)\s*)?(?:—|–|--| - )\s*")


def dateline_place(text: str) -> Span | None:
    """The place named in the dateline that opens a text, or None."""
    found = _match(text)
    return Span(found.start("place"), found.end("place")) if found else None


def dateline_end(text: str) -> int:
    """How many characters the dateline that opens a text takes, dash and blank included; 0 where there is none."""
    found = _match(text)
    return found.end() if found else 0


def _match(text: str) -> re.Match[str] | None:
    found = _DATELINE.match(text[:160])
    if not found or not (found["place"].isupper() or re.search(r"\(|\d|--|—", found[0])):
        return None
    return found
