"""A CSV file of daily scores between pairs comes in; a series for each pair goes out, and what had to be set aside.

The columns `date`, `a`, `b` and `score` may stand in any order among others, the rows too. Rows are kept in packed
arrays, 24 bytes a row: ten million take a quarter of a gigabyte. Judges no score.
"""

from __future__ import annotations

import csv
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from detente.ingest.outcome import SetAside
from detente.model.series import PairSeries

COLUMNS = ("date", "a", "b", "score")
FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(2199, 12, 31)
# Far beyond any score; larger ones would overflow when they are added up.
LARGEST = 1e100
# A message for each of a million bad rows helps nobody.
MESSAGES = 20
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_REMEDY = "give a CSV file with the columns date,a,b,score and a row a pair and day"


class _Unfit(ValueError):
    """A row that will not do; its arguments are the reason and the remedy."""


@dataclass(slots=True)
class _Rows:
    """The rows of one pair as they came: days, scores and the lines that they stand on."""

    days: array[int] = field(default_factory=lambda: array("q"))
    scores: array[float] = field(default_factory=lambda: array("d"))
    lines: array[int] = field(default_factory=lambda: array("q"))


def read_series(source: str, lines: Iterable[str]) -> Iterator[PairSeries | SetAside]:
    """First what is set aside, each with its line; then the series of each pair, in the order of their names."""
    reader = csv.reader(lines)
    columns = _columns(source, reader)
    if isinstance(columns, SetAside):
        yield columns
        return
    pairs: dict[tuple[str, str], _Rows] = {}
    counted = _Counted(source)
    yield from _take(reader, columns, pairs, counted)
    for name in sorted(pairs):
        found, conflicts = _in_order(name, pairs.pop(name))
        for line, reason, remedy in conflicts:
            yield from counted.aside(line, reason, remedy)
        if found.days:
            yield found
    yield from counted.rest()


@dataclass(slots=True)
class _Counted:
    """Gives out the first set-asides one by one and counts the others."""

    source: str
    number: int = 0

    def aside(self, line: int, reason: str, remedy: str) -> Iterator[SetAside]:
        self.number += 1
        if self.number <= MESSAGES:
            yield SetAside(f"{self.source}, line {line}", reason, remedy)

    def rest(self) -> Iterator[SetAside]:
        if self.number > MESSAGES:
            more = self.number - MESSAGES
            yield SetAside(self.source, f"{more} more rows that will not do", "mend those named first and try again")


def _columns(source: str, reader: Iterator[list[str]]) -> list[int] | SetAside:
    """Where the columns stand, by the first line."""
    try:
        head = next(reader, None)
    except csv.Error as problem:
        return SetAside(f"{source}, line 1", f"no CSV ({problem})", _REMEDY)
    if head is None:
        return SetAside(source, "empty", _REMEDY)
    names = [name.strip("\ufeff \t").lower() for name in head]
    missing = [name for name in COLUMNS if names.count(name) != 1]
    if not missing:
        return [names.index(name) for name in COLUMNS]
    if len(names) == 1 and re.search(r"[;\t|]", names[0]):
        return SetAside(f"{source}, line 1", "columns that are not parted by commas", _REMEDY)
    twice = [name for name in missing if name in names]
    reason = f"the column {twice[0]} twice" if twice else f"no column {' and no column '.join(missing)}"
    return SetAside(f"{source}, line 1", reason, _REMEDY)


def _take(
    reader: Iterator[list[str]], columns: list[int], pairs: dict[tuple[str, str], _Rows], counted: _Counted
) -> Iterator[SetAside]:
    """Puts every row that will do where its pair's rows are."""
    known_days: dict[str, int] = {}
    last = max(columns)
    at_date, at_a, at_b, at_score = columns
    while True:
        try:
            row = next(reader, None)
            if row is None:
                return
            if not row or not any(cell.strip() for cell in row):
                continue
            if len(row) <= last:
                raise _Unfit(f"only {len(row)} columns", "give every row all columns")
            day = known_days.get(row[at_date])
            if day is None:
                day = known_days[row[at_date]] = _day(row[at_date])
            pair, score = (_name(row[at_a]), _name(row[at_b])), _score(row[at_score])
        except _Unfit as problem:
            reason, remedy = problem.args
            yield from counted.aside(_line(reader), reason, remedy)
            continue
        except csv.Error as problem:
            yield from counted.aside(
                _line(reader), f"no CSV ({problem})", "look for a quotation mark without its partner"
            )
            continue
        rows = pairs.get(pair)
        if rows is None:
            rows = pairs[pair] = _Rows()
        rows.days.append(day)
        rows.scores.append(score)
        rows.lines.append(_line(reader))


def _line(reader: Iterator[list[str]]) -> int:
    number: int = reader.line_num  # type: ignore[attr-defined]
    return number


def _day(words: str) -> int:
    words = words.strip()
    try:
        day = date.fromisoformat(words) if _DAY.fullmatch(words) else None
    except ValueError:
        day = None
    if day is None:
        raise _Unfit(f"{words[:40]!r} is no date", "write days as YYYY-MM-DD")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise _Unfit(f"the date {words}", f"give days from {FIRST_DAY} to {LAST_DAY}")
    return day.toordinal()


def _name(words: str) -> str:
    name = words.strip()
    if not name:
        raise _Unfit("no name in column a or b", "name both sides")
    if "\ufffd" in name:
        raise _Unfit(f"the name {name[:40]!r} is not readable", "save the file as UTF-8")
    return name


def _score(words: str) -> float:
    words = words.strip()
    if not words:
        raise _Unfit("no score", "leave the row out where nothing is known, or give 0 for no events")
    # float() alone would take "nan", "inf" and "1_000".
    if not _NUMBER.fullmatch(words):
        raise _Unfit(f"the score {words[:40]!r} is no number", "give a number such as -12.5")
    score = float(words)
    if abs(score) > LARGEST:
        raise _Unfit(f"the score {words[:40]} is too large", f"give scores between -{LARGEST:.0e} and {LARGEST:.0e}")
    return score


def _in_order(pair: tuple[str, str], rows: _Rows) -> tuple[PairSeries, list[tuple[int, str, str]]]:
    """The series with each day once. The same row twice is one row; days with two scores are left out and told."""
    days, scores, conflicts = array("q"), array("d"), []
    order: Iterable[int] = range(len(rows.days))
    if any(rows.days[i] >= rows.days[i + 1] for i in range(len(rows.days) - 1)):
        order = sorted(order, key=rows.days.__getitem__)
    for day, group in groupby(order, key=rows.days.__getitem__):
        same = list(group)
        if len({rows.scores[i] for i in same}) == 1:
            days.append(day)
            scores.append(rows.scores[same[0]])
            continue
        lines = sorted(rows.lines[i] for i in same)
        others = ", ".join(map(str, lines[:MESSAGES])) + (" and more" if len(lines) > MESSAGES else "")
        reason = f"{pair[0]},{pair[1]} has several scores on {date.fromordinal(day)} (lines {others})"
        conflicts.append((lines[0], reason, "give one score a pair and day; the day is left out"))
    return PairSeries(*pair, days, scores), conflicts
