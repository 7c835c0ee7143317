"""Cleans the rows of office holders: dates, classes of office, equal tenures from several sources, unstated ends.

Takes rows of offices.csv; gives tenures with who told them. Who the persons are is said in build_people.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from detente.codebook.dates import day_told
from detente.codebook.own_rows import NO_COUNTRY, OwnRow
from detente.codebook.snapshots import read_snapshot
from detente.codebook.sources import Sources
from detente.codebook.wikidata import HalfAnswer

# Offices that one person holds at a time in a country: two rows of them that overlap tell the same tenure.
SINGLE = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "interior_minister", "viceroy"}
)
# A gap between two rows of one tenure that is only a source's delay or a re-appointment after an election.
_SAME_TENURE = timedelta(days=62)
# The day up to which our own rows were written.
_OWN_ROWS_AS_OF = "2025-12-01"
_TRUST = {"user": 3, "wikidata": 2, "curated": 1, "factbook": 0}


@dataclass(frozen=True)
class OfficeRow:
    """One row of offices.csv, cleaned."""

    person: str
    qid: str | None
    aliases: tuple[str, ...]
    country: str
    role: str
    role_class: str
    sector: str | None
    start: date | None
    end: date | None
    end_kind: str
    as_of: date | None
    source: str
    # The body that the office is one of, as the row names it; None for offices of the state.
    organisation: str | None = None
    precision: str = "day"
    # What Wikidata says of a row of ours: verified, contradicted or nothing.
    checked: str | None = None

    @property
    def trust(self) -> int:
        return _TRUST[self.source.split("/")[0]]

    @property
    def seen(self) -> date:
        """The last day of which the row says anything."""
        return self.end or self.as_of or date.max


@dataclass(frozen=True)
class RoleFix:
    """A known fault of the classes in offices.csv, with its correction."""

    role: re.Pattern[str]
    role_class: str
    new_class: str
    sector: str


def office_rows(sources: Sources) -> list[OfficeRow]:
    """The rows of offices.csv with dates as dates and the known faults of classes mended."""
    fixes = [
        RoleFix(re.compile(role, re.IGNORECASE), old, new, sector)
        for _, (role, old, new, sector) in sources.psv_rows("role_fixes.tsv", 4, "\t")
    ]
    rows = []
    listed = [("offices.csv", line, row) for line, row in sources.csv_rows("offices.csv")]
    for path in sorted(sources.folder.glob("offices_*.psv")):
        listed += [(path.name, line, _own_row(fields)) for line, fields in sources.psv_rows(path.name, 10)]
    listed += _added(sources)
    for file, line, row in listed:
        try:
            # Our own rows are classed by hand.
            cleaned = _clean(row, fixes if file == "offices.csv" else [])
        except ValueError as error:
            sources.set_aside(file, line, str(error))
            continue
        if cleaned is not None:
            rows.append(cleaned)
    return rows


def _added(sources: Sources) -> list[tuple[str, int, dict[str, str]]]:
    """The office holders that the user has added, and those of the snapshot in force."""
    rows = [(row.file, row.line, _user_row(row)) for row in sources.own_rows() if row.kind == "person"]
    path = sources.own.snapshot() if sources.own else None
    return [*rows, *_of_snapshot(sources, path)] if path is not None else rows


def _of_snapshot(sources: Sources, path: Path) -> list[tuple[str, int, dict[str, str]]]:
    try:
        told = read_snapshot(path)
    except HalfAnswer as error:
        sources.aside.append(f"{error}; the snapshot is not used")
        return []
    known = sources.country_codes() | NO_COUNTRY
    rows = []
    for line, row in enumerate(told, start=2):
        if row.country in known:
            rows.append((path.name, line, asdict(row)))
        else:
            # Wikidata has codes of states that are gone (SUN, YUG).
            sources.set_aside(path.name, line, f"{row.country!r} is no country of ours")
    return rows


def _user_row(row: OwnRow) -> dict[str, str]:
    told = {"person": row.name, "qid": "", "aliases": ";".join(row.aliases), "country": row.country, "role": row.role}
    told |= {"organisation": row.organisation, "role_class": row.role_class, "sector": ";".join(row.sectors[:1])}
    told |= {"start": row.start, "end": row.end, "source": f"user/{row.source}"}
    # Without a last day known the row speaks of its start alone: what comes after is presumed.
    as_of = day_told(row.as_of, last=True) or day_told(row.start, last=False)
    return told | {"end_kind": "stated" if row.end else f"open at {as_of}"}


def _own_row(fields: list[str]) -> dict[str, str]:
    person, aliases, country, organisation, role, role_class, sector, start, end, as_of = fields
    row = {"person": person, "qid": "", "aliases": aliases, "country": country, "organisation": organisation}
    row |= {"role": role, "role_class": role_class, "sector": sector, "start": start, "end": end, "source": "curated"}
    return row | {"end_kind": "stated" if end else f"open at {as_of or _OWN_ROWS_AS_OF}"}


def _clean(row: dict[str, str], fixes: list[RoleFix]) -> OfficeRow | None:
    start, end = day_told(row["start"], last=False), day_told(row["end"], last=True)
    if start and end and end < start:
        raise ValueError("ends before it starts")
    if not re.fullmatch(r"[A-Z]{3}", row["country"]):
        raise ValueError(f"no country code: {row['country']!r}")
    role = re.sub(r"\s*\((de facto|ret\.)\)|\s+(of the|of|and)$", "", row["role"]).strip(" ,")
    role = role.removeprefix("represented by ").removeprefix("head of government: ").removeprefix("formerly, ")
    role_class, sector = row["role_class"], row["sector"]
    fix = next((f for f in fixes if f.role_class in ("", role_class) and f.role.fullmatch(row["role"])), None)
    if fix is not None:
        if not fix.new_class:
            return None
        role_class, sector = fix.new_class, fix.sector or sector
    if row["country"] in {"IGO", "NGO"}:
        sector = ""
    open_at = re.fullmatch(r"open at (\d{4}-\d\d-\d\d)", row["end_kind"])
    as_of = date.fromisoformat(open_at.group(1)) if open_at and end is None else None
    return OfficeRow(
        person=re.sub(r"\s*\([^)]*\)", "", row["person"]).strip(),
        qid=row["qid"] or None,
        aliases=tuple(part.strip() for part in row["aliases"].split(";") if part.strip()),
        country=row["country"],
        role=role,
        role_class=role_class,
        sector=sector or None,
        # Without a stated start, the last day is the only one on which the office is known to have been held.
        start=start or end or as_of,
        end=end,
        end_kind="open" if end is None else "derived" if row["end_kind"] == "derived" else "stated",
        as_of=as_of,
        source=row["source"],
        organisation=row.get("organisation") or None,
        precision=_precision(row["start"], row["end"]),
    )


def _precision(*days: str) -> str:
    """The coarser of the two days: "2021" is known to the year, "2021-08" to the month."""
    shortest = min((len(day) for day in days if day), default=10)
    return {4: "year", 7: "month"}.get(shortest, "day")


def merge_tenures(rows: Iterable[OfficeRow]) -> list[OfficeRow]:
    """The tenures of one person: rows from several sources, or of several terms without a gap, become one."""
    groups: dict[tuple[str, str, str], list[OfficeRow]] = defaultdict(list)
    for row in rows:
        role = "" if row.role_class in SINGLE else plain_role(row.role)
        # A national security adviser is "other" to one source and "adviser" to the next: where the office may be held
        # by several, its words say which it is.
        groups[(row.country, row.role_class if not role else "", role)].append(row)
    merged: list[OfficeRow] = []
    for _, group in sorted(groups.items()):
        merged.extend(_merge_group(group))
    return sorted(merged, key=lambda row: (row.start or date.min, row.role_class, row.role))


def _merge_group(group: list[OfficeRow]) -> list[OfficeRow]:
    group = sorted(group, key=lambda row: (row.start or date.min, -row.trust, row.seen, row.role))
    merged: list[OfficeRow] = []
    for row in group:
        if merged and (row.start or date.min) <= _reach(merged[-1]):
            merged[-1] = _union(merged[-1], row)
        else:
            merged.append(row)
    return merged


def _reach(row: OfficeRow) -> date:
    return row.end + _SAME_TENURE if row.end else date.max


def _union(first: OfficeRow, second: OfficeRow) -> OfficeRow:
    """One tenure of two rows: the earlier start, and the end as told by the row that looked last."""
    late, early = (second, first) if (second.seen, second.trust) > (first.seen, first.trust) else (first, second)
    ours = early.source.startswith(("curated", "user")) and not late.source.startswith(("curated", "user"))
    unread = late.as_of is not None and late.as_of <= date.fromisoformat(_OWN_ROWS_AS_OF)
    weak = late.source == "factbook" or (late.end is None and (unread or early.source.startswith("user")))
    if weak and early.end_kind == "stated" and ours:
        # An open end only says that nobody had recorded one; our own rows were written to mend that.
        late = early
    if late.end and early.end and early.trust > late.trust and late.end - early.end < _SAME_TENURE:
        # Two sources tell the same end a few weeks apart: the one that states it knows better.
        late = early
    starts = [row for row in (first, second) if row.start]
    start = min((row.start for row in starts if row.start), default=None)
    told = max((first, second), key=lambda row: row.trust)
    # Our own rows give an office in the words of the news.
    role = next((row.role for row in (first, second) if row.source.startswith(("curated", "user"))), told.role)
    # A class that the sources assigned by pattern gives way to one given by hand.
    role_class = next((row.role_class for row in (first, second) if row.role_class != "other"), told.role_class)
    checked = next((row.checked for row in (first, second) if row.checked), None)
    kept = replace(told, checked=checked, role=role, role_class=role_class, start=start)
    return replace(kept, end=late.end, end_kind=late.end_kind, as_of=late.as_of)


_SPELLINGS = {"defense": "defence", "advisor": "adviser", "affair": "affairs", "chairperson": "chairman"}
_SPELLINGS |= {"spokeswoman": "spokesman", "spokesperson": "spokesman", "chairwoman": "chairman"}
_EMPTY = frozenset({"acting", "interim", "caretaker", "the", "of", "for", "and", "a"})


def plain_role(role: str) -> str:
    """The words that make the office, in one order: "Minister of Finance" is the "finance minister"."""
    words = (_SPELLINGS.get(word, word) for word in re.findall(r"[^\W_]+", role.lower()))
    return " ".join(sorted(set(words) - _EMPTY))


def close_with_successors(tenures: dict[str, list[OfficeRow]]) -> dict[str, list[OfficeRow]]:
    """Ends that nobody stated: a single office ends when somebody else takes it after the row was read."""
    starts: dict[tuple[str, str], list[tuple[date, str, str]]] = defaultdict(list)
    for person, rows in tenures.items():
        for row in rows:
            if row.role_class in SINGLE and row.start:
                starts[(row.country, row.role_class)].append((row.start, person, _title(row)))
    return {
        person: [_closed(row, person, starts[(row.country, row.role_class)]) for row in rows]
        for person, rows in tenures.items()
    }


def _closed(row: OfficeRow, person: str, starts: list[tuple[date, str, str]]) -> OfficeRow:
    # An end that is derived from versions of a yearbook may be late; a stated one is left alone.
    known = row.as_of if row.end is None else row.start if row.end_kind == "derived" else None
    if known is None or row.role_class not in SINGLE:
        return row
    ends = row.end or date.max
    later = [day for day, who, title in starts if known < day < ends and who != person and title == _title(row)]
    if not later:
        return row
    return replace(row, end=min(later), end_kind="derived", as_of=None)


def _title(row: OfficeRow) -> str:
    """What tells two offices of one class apart: a president is not followed by a king."""
    first = re.search(r"[^\W_]+", re.sub(r"\b(acting|interim|caretaker|the)\b", "", row.role.lower()))
    return first.group() if row.role_class in {"head_of_state", "viceroy"} and first else ""
