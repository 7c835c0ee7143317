"""GDELT 2.0 files (Events, Mentions, GKG) hold codes and addresses, no texts: counted and set aside as metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.ingest.described import counted
from detente.ingest.outcome import Given, Outcome, SetAside

HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the three tables: what its rows look like and where the address of the page stands."""

    name: str
    row: re.Pattern[str]
    cells: int
    address: int


# The tables have no names in their first line; their shapes are fixed (GDELT codebooks 2.0 and 2.1).
KINDS = (
    Kind("Events", re.compile(r"\d{6,12}\t\d{8}\t\d{6}\t\d{4}\t\d{4}\.\d+\t"), 61, 60),
    Kind("Mentions", re.compile(r"\d{6,12}\t\d{14}\t\d{14}\t\d\t"), 16, 5),
    Kind("GKG", re.compile(r"\d{14}-T?\d+\t\d{14}\t\d\t"), 27, 4),
)


class Gdelt:
    """One of the files that GDELT puts out every fifteen minutes."""

    name = "GDELT"

    def fits(self, given: Given) -> float:
        return 0.8 if _kind(given.text or "") else 0.0

    def read(self, given: Given) -> Iterator[Outcome]:
        text = given.text or ""
        kind = _kind(text)
        if kind is None:
            return
        rows = [line.split("\t") for line in text.split("\n") if line.strip()]
        whole = [row for row in rows if len(row) == kind.cells]
        pages = len({row[kind.address] for row in whole})
        broken = f", {len(rows) - len(whole)} rows broken" if len(whole) < len(rows) else ""
        told = f"{counted(len(whole), 'row', 'rows')} on {counted(pages, 'page', 'pages')}"
        reason = f"GDELT 2.0 {kind.name}, {told}: metadata only, no texts{broken}"
        yield SetAside(given.source, reason, "fetch the pages that it names, and give them")


def _kind(text: str) -> Kind | None:
    line = text[:HEAD].removeprefix("\ufeff").split("\n", 1)[0].rstrip("\r")
    return next((k for k in KINDS if k.row.match(line) and line.count("\t") >= k.cells // 2), None)
