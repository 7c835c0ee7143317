"""Compares our own rows of office holders with Wikidata's: verified there, contradicted, or not told.

Rows of both in, our rows marked out. Nothing is corrected: a mark says what another source says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from rapidfuzz import fuzz

from detente.codebook.build_tenures import SINGLE, OfficeRow
from detente.codebook.folding import fold_name

VERIFIED, CONTRADICTED = "verified", "contradicted"
# Two sources that tell one day within this time tell the same.
_SAME_DAY = timedelta(days=31)
_SAME_NAME = 85.0


def mark_checked(rows: Sequence[OfficeRow]) -> list[OfficeRow]:
    """The rows, our own ones with what Wikidata says of them."""
    told: dict[tuple[str, str], list[OfficeRow]] = defaultdict(list)
    for row in rows:
        if row.source.startswith("wikidata"):
            told[(row.country, row.role_class)].append(row)
    return [replace(row, checked=_mark(row, told[(row.country, row.role_class)])) for row in rows]


def _mark(row: OfficeRow, told: Iterable[OfficeRow]) -> str | None:
    """Verified by a row with the same days; contradicted by other days, or by another holder all that time."""
    if row.source != "curated" or row.start is None:
        return None
    same: list[OfficeRow] = []
    others: list[OfficeRow] = []
    for other in told:
        (same if _same_person(row, other) else others).append(other)
    overlapping = [other for other in same if _overlap(row, other)]
    if any(_agree(row, other) for other in overlapping):
        return VERIFIED
    if overlapping and row.role_class in SINGLE:
        return CONTRADICTED
    rival = row.role_class in SINGLE and not same and any(_covers(other, row) for other in others)
    return CONTRADICTED if rival else None


def _same_person(row: OfficeRow, other: OfficeRow) -> bool:
    names = {fold_name(name) for name in (row.person, *row.aliases)}
    others = {fold_name(name) for name in (other.person, *other.aliases)}
    return not names.isdisjoint(others) or any(
        fuzz.token_sort_ratio(one, two) >= _SAME_NAME for one in names for two in others
    )


def _overlap(row: OfficeRow, other: OfficeRow) -> bool:
    return (row.start or date.min) <= other.seen and (other.start or date.min) <= row.seen


def _agree(row: OfficeRow, other: OfficeRow) -> bool:
    """Whether both ends agree as far as both are told; a row that was read before the end cannot speak of it."""
    if row.start is None or other.start is None or abs(row.start - other.start) > _slack(row):
        return False
    if row.end is not None and other.end is not None:
        return abs(row.end - other.end) <= _slack(row)
    if row.end is None and other.end is None:
        return True
    ended, open_ = (row, other) if row.end is not None else (other, row)
    return open_.as_of is None or (ended.end or date.max) >= open_.as_of - _SAME_DAY


def _slack(row: OfficeRow) -> timedelta:
    return {"day": _SAME_DAY, "month": _SAME_DAY * 2, "year": timedelta(days=366)}[row.precision]


def _covers(other: OfficeRow, row: OfficeRow) -> bool:
    """Whether another held the office, by dates that are both told, for the whole time of the row."""
    started = other.start is not None and row.start is not None and other.start <= row.start
    return started and other.end is not None and row.end is not None and other.end >= row.end
