"""Readers of other packages: they come in beside ours, and one that cannot be loaded stops nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from detente.ingest import readers
from detente.ingest.opening import read_given
from detente.ingest.outcome import Given, Outcome, SetAside, Taken
from detente.model.report import Report


class Minutes:
    """Reads the minutes of an invented assembly."""

    name = "minutes"

    def fits(self, given: Given) -> float:
        return 0.99 if given.data.startswith(b"MINUTES") else 0.0

    def read(self, given: Given) -> Iterator[Outcome | Given]:
        yield Taken(given.source, Report("The assembly met."))
        yield given.inside("annex", b"The annex lists the members.")
        raise ValueError("torn page")


class Unloadable:
    def __init__(self) -> None:
        raise ImportError("no such thing")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    points = [EntryPoint(name, f"{__name__}:{kind}", readers.GROUP) for name, kind in POINTS]
    monkeypatch.setattr(EntryPoint, "load", lambda point: KINDS.get(point.value) or LOAD(point))
    monkeypatch.setattr(readers, "entry_points", lambda group: points if group == readers.GROUP else [])
    readers.all_readers.cache_clear()
    yield
    readers.all_readers.cache_clear()


POINTS = (("minutes", "Minutes"), ("broken", "Unloadable"), ("pdf", "Unloadable"))
KINDS = {f"{__name__}:{kind.__name__}": kind for kind in (Minutes, Unloadable)}
LOAD = EntryPoint.load


def test_a_reader_of_another_package_is_asked_too(installed: None, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        names = [reader.name for reader in readers.all_readers()]
    assert names[-1] == "minutes" and names.count("PDF") == 1
    assert "the reader broken" in caplog.text and "no such thing" in caplog.text


def test_what_it_gave_before_it_failed_is_kept(installed: None) -> None:
    report, annex, fault = read_given(Given("f", b"MINUTES of the assembly"))
    assert isinstance(report, Taken) and report.report.text == "The assembly met."
    assert isinstance(annex, Taken) and annex.source == "f, annex"
    assert isinstance(fault, SetAside) and "minutes, broken or not whole (ValueError: torn page)" in fault.reason


def test_bytes_that_nobody_knows_are_set_aside_with_what_would_do() -> None:
    (outcome,) = read_given(Given("f", b"\x89PNG\r\n\x1a\n"))
    assert isinstance(outcome, SetAside) and outcome.reason == "a PNG image, no text"
    assert outcome.remedy.startswith("save it as plain text, HTML, PDF")
