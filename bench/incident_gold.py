"""The gold set of happenings told by many outlets (corpus/incidents): bundles in, reports with marked clauses out.

`{01a: words}` in a text marks a clause that tells the happening 01a; the marks are taken out before anything is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from detente.model.report import Report
from detente.model.span import Span

_MARK = re.compile(r"\{(\w+): ([^{}]+)\}")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Happening:
    """What happened, as the writers of the bundle know it. Ids hold the bundle's name, so that they are unique."""

    id: str
    type: str
    first: date
    last: date
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    place: str | None
    standing: str
    fields: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
    """Field of disagreement -> (value, reports that give it)."""

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(code.split()[0] for code in (*self.sources, *self.targets))


@dataclass(frozen=True)
class Telling:
    """All marked clauses of one happening in one report."""

    report: str
    happening: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class GoldReport:
    """One report of a bundle. `copy_of` is the report whose text this one carries."""

    id: str
    bundle: str
    report: Report
    copy_of: str | None
    tellings: tuple[Telling, ...]


@dataclass(frozen=True)
class Bundle:
    """One bundle: its happenings by id, and its reports."""

    name: str
    happenings: Mapping[str, Happening]
    reports: tuple[GoldReport, ...]


def load_bundles(folder: Path) -> list[Bundle]:
    """All bundles of a folder in the order of their names."""
    return [_bundle(path) for path in sorted(folder.glob("*.yaml"))]


def _bundle(path: Path) -> Bundle:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    happenings = [_happening(path.stem, item) for item in data["happenings"]]
    reports = tuple(_report(path.stem, item) for item in data["reports"])
    return Bundle(path.stem, {h.id: h for h in happenings}, reports)


def _happening(bundle: str, data: dict[str, Any]) -> Happening:
    fields = {item["field"]: tuple(_values(bundle, item["values"])) for item in data.get("disagreements") or []}
    return Happening(
        id=f"{bundle}/{data['id']}",
        type=data["type"],
        first=data["first"],
        last=data["last"],
        sources=tuple(data["sources"]),
        targets=tuple(data["targets"]),
        place=data.get("place"),
        standing=data["standing"],
        fields=fields,
    )


def _values(bundle: str, values: list[dict[str, Any]]) -> Iterator[tuple[str, frozenset[str]]]:
    for item in values:
        yield str(item["value"]), frozenset(f"{bundle}/{report}" for report in item["reports"])


def _report(bundle: str, data: dict[str, Any]) -> GoldReport:
    text, spans = unmarked(data["text"])
    id = f"{bundle}/{data['id']}"
    found: dict[str, list[Span]] = {}
    for happening, span in spans:
        found.setdefault(f"{bundle}/{happening}", []).append(span)
    tellings = tuple(Telling(id, happening, tuple(spans)) for happening, spans in found.items())
    copy_of = f"{bundle}/{data['copy_of']}" if data.get("copy_of") else None
    report = Report(text, data.get("title"), data.get("outlet"), None, data["published"], "en")
    return GoldReport(id, bundle, report, copy_of, tellings)


def unmarked(text: str) -> tuple[str, list[tuple[str, Span]]]:
    """The text without its marks, and where the marked words stand in it."""
    parts: list[str] = []
    spans: list[tuple[str, Span]] = []
    length = at = 0
    for match in _MARK.finditer(text):
        before, words = text[at : match.start()], match.group(2)
        start = length + len(before)
        spans.append((match.group(1), Span(start, start + len(words))))
        parts += [before, words]
        length, at = start + len(words), match.end()
    return "".join([*parts, text[at:]]), spans
