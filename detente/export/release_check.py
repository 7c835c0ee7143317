"""Whether a release is what it was: every file by its hash; and its texts and decisions back again, to be read anew."""

from __future__ import annotations

import filecmp
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detente.export.release import ABOUT, DECISIONS, SUMS, TEXTS, data_hashes, sums_of
from detente.model.account import EventKey
from detente.model.exported import ExportError
from detente.model.report import Report
from detente.model.shelf import Decision

# What is read from, what people said and what was deleted is not made by reading.
_NOT_READ = (TEXTS, "verdicts.csv", "tombstones.csv")


@dataclass(frozen=True, slots=True)
class About:
    """What a release says of itself."""

    name: str
    text: bool
    names: bool
    software: str
    versions: tuple[str, ...]
    data: dict[str, str]


def check_release(folder: Path) -> list[str]:
    """What is wrong, a line a file; nothing where all is as it was. ExportError where it is no release."""
    if not (folder / SUMS).is_file() or not (folder / ABOUT).is_file():
        raise ExportError(f"{folder}: no release (no {SUMS} or no {ABOUT}); give the folder that detente release made")
    told = dict(_lines((folder / SUMS).read_text(encoding="utf-8")))
    found = dict(_lines("".join(sums_of(folder))))
    missing = [f"{name}: missing; take it from the release again" for name in sorted(told.keys() - found.keys())]
    more = [f"{name}: not of the release; move it away" for name in sorted(found.keys() - told.keys())]
    both = sorted(told.keys() & found.keys())
    other = [f"{name}: not as it was released (its SHA-256 differs)" for name in both if told[name] != found[name]]
    return [*missing, *other, *more]


def _lines(sums: str) -> Iterator[tuple[str, str]]:
    for line in sums.splitlines():
        digest, _, name = line.partition("  ")
        yield name, digest


def about(folder: Path) -> About:
    """What the release says of itself; ExportError where it cannot be read."""
    try:
        told = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        versions = tuple(f"{v['detente']}; {v['parser']}; {v['knowledge']}" for v in told["versions"])
        return About(told["name"], told["text"], told["names"], told["software"], versions, dict(told["data"]))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise ExportError(f"{folder / ABOUT}: cannot be read ({problem}); take it from the release again") from problem


def other_data(told: About) -> list[str]:
    """The data files that differ between the release and this program."""
    here = data_hashes()
    return sorted(name for name in {*here, *told.data} if here.get(name) != told.data.get(name))


def reports_of(folder: Path) -> Iterator[Report]:
    """The reports with their texts, in the order of the archive."""
    with (folder / TEXTS).open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            told = json.loads(line)
            day = date.fromisoformat(told["published"]) if told["published"] else None
            yield Report(told["text"], told["title"], told["outlet"], told["url"], day, told["language"])


def decisions_of(folder: Path) -> list[Decision]:
    """What people decided about events that are, or are not, one happening."""
    lines = (folder / DECISIONS).read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return [Decision(one["verdict"], _key(one["one"]), _key(one["other"])) for one in told]


def _key(told: dict[str, object]) -> EventKey:
    span = told.get("span")
    name = f"{span[0]}-{span[1]}" if isinstance(span, list) else str(told["event"])
    return EventKey(str(told["report"]), name)


def differing(release: Path, again: Path) -> list[str]:
    """The files made by reading and fusing that are not the same when made again."""
    names = sorted(path.relative_to(again).as_posix() for path in again.rglob("*") if path.is_file())
    asked = [name for name in names if Path(name).name not in _NOT_READ]
    return [name for name in asked if not _is_same(release / name, again / name)]


def _is_same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)
