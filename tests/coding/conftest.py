"""What the tests of coding share: statements as plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from detente.model.coded import CodedReport
from detente.model.report import Report


@dataclass(frozen=True)
class Said:
    """A statement as words: what a person reading the report would write down."""

    speaker: str | None
    content: tuple[str, ...]
    manner: str
    channel: str | None
    inside: str | None
    addressees: tuple[str, ...]


@pytest.fixture(scope="session")
def coded(reader) -> Callable[[str], CodedReport]:  # type: ignore[no-untyped-def]
    return lambda text: reader.read(Report(text, published=date(2024, 3, 6)))


@pytest.fixture(scope="session")
def said(coded: Callable[[str], CodedReport]) -> Callable[[str], list[Said]]:
    def read(text: str) -> list[Said]:
        return _said(coded(text))

    return read


def _said(report: CodedReport) -> list[Said]:
    text = report.report.text
    names = {p.id: p.name for p in report.participants}
    speakers = {s.id: names.get(s.speaker or "") for s in report.statements}
    return [
        Said(
            speaker=speakers[s.id],
            content=tuple(span.words(text) for span in s.content),
            manner=s.manner,
            channel=s.channel.name if s.channel else None,
            inside=speakers[s.inside] if s.inside else None,
            addressees=tuple(names.get(a, a) for a in s.addressees),
        )
        for s in report.statements
    ]
