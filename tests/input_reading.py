"""Reads bytes as an input of their own, for the tests of single formats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from detente.ingest.opening import read_given
from detente.ingest.outcome import Given, Note, Outcome, SetAside, Taken
from detente.model.report import Report


def outcomes(
    data: bytes | str, columns: Mapping[str, str] | None = None, published: date | None = None
) -> list[Outcome]:
    """What comes of the input "f"."""
    given = Given("f", data.encode() if isinstance(data, str) else data, published=published, columns=columns or {})
    return list(read_given(given))


def reports(data: bytes | str, columns: Mapping[str, str] | None = None) -> list[Report]:
    return [item.report for item in outcomes(data, columns) if isinstance(item, Taken)]


def asides(data: bytes | str, columns: Mapping[str, str] | None = None) -> list[str]:
    return [item.line for item in outcomes(data, columns) if isinstance(item, SetAside)]


def notes(data: bytes | str) -> list[str]:
    return [item.line for item in outcomes(data) if isinstance(item, Note)]


def how(report: Report, field: str) -> list[tuple[str, str]]:
    """What was found for a field, each with how."""
    assert report.origin is not None
    return [(item.value, item.how) for item in report.origin.found if item.field == field]
