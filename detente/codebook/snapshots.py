"""Snapshots of Wikidata's office holders: written whole or not at all, and compared with the one before.

Rows in, a dated file and the differences out. A broken or suspiciously small answer leaves the old snapshot in force.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

from detente.codebook.own_knowledge import replacing
from detente.codebook.wikidata import COLUMNS, HalfAnswer, SnapshotRow

# A snapshot with less than this share of the rows of the one before is taken for half an answer.
_ENOUGH = 0.5
# The last line of a snapshot tells how many rows stand above it: a file cut in half lacks it.
_END = "# rows:"


@dataclass(frozen=True)
class Difference:
    """What a snapshot says otherwise than the one before: rows that are new, gone, or have other days."""

    added: tuple[SnapshotRow, ...]
    gone: tuple[SnapshotRow, ...]
    changed: tuple[tuple[SnapshotRow, SnapshotRow], ...]


def write_snapshot(rows: Iterable[SnapshotRow], folder: Path, day: date) -> Path:
    """Writes the rows as the snapshot of that day; the file is there when it is whole."""
    path = folder / f"wikidata-{day}.csv"
    out = io.StringIO()
    ordered = sorted(set(rows))
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(row) for row in ordered)
    with replacing(path) as fresh:
        fresh.write_text(f"{out.getvalue()}{_END} {len(ordered)}\n", encoding="utf-8")
    return path


def read_snapshot(path: Path) -> list[SnapshotRow]:
    """The rows of a snapshot; HalfAnswer where the file was cut or is no snapshot."""
    try:
        # Not splitlines: a name may hold a line break of another script.
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise HalfAnswer(f"{path}: cannot be read ({error})") from error
    if not lines or not lines[-1].startswith(_END):
        raise HalfAnswer(f"{path}: cut short (its last line, with the number of rows, is missing)")
    header, *told = list(csv.reader(lines[:-1])) or [[]]
    if tuple(header) != COLUMNS or any(len(row) != len(COLUMNS) for row in told):
        raise HalfAnswer(f"{path}: not a snapshot (its columns are not those of {', '.join(COLUMNS)})")
    if lines[-1].removeprefix(_END).strip() != str(len(told)):
        raise HalfAnswer(f"{path}: {len(told)} rows instead of those that its last line tells")
    return [SnapshotRow(*row) for row in told]


def check_size(rows: Sequence[SnapshotRow], old: Sequence[SnapshotRow]) -> None:
    """HalfAnswer where there are no rows, or far fewer than before."""
    if not rows:
        raise HalfAnswer("no office holder in the whole answer")
    if len(rows) < _ENOUGH * len(old):
        raise HalfAnswer(f"only {len(rows)} rows, where the snapshot before has {len(old)}")


def compare(old: Iterable[SnapshotRow], new: Iterable[SnapshotRow]) -> Difference:
    """What is new, gone and changed, by person, country, office and start."""
    before, after = ({_key(row): row for row in rows} for rows in (old, new))
    changed = tuple(
        (before[key], row)
        for key, row in sorted(after.items())
        if key in before and (before[key].end, before[key].person) != (row.end, row.person)
    )
    return Difference(
        tuple(row for key, row in sorted(after.items()) if key not in before),
        tuple(row for key, row in sorted(before.items()) if key not in after),
        changed,
    )


def _key(row: SnapshotRow) -> tuple[str, str, str, str]:
    return row.qid, row.country, row.role_class, row.start
