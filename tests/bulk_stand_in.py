"""A coder for tests of bulk runs, without a parser: a word in a text tells it to fail, or to kill its own process.

A module of its own at the top, because worker processes import it by its name.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from factory import sample

from detente.bulk.batch import Coder
from detente.model.coded import CodedReport, Versions
from detente.model.event import Event
from detente.model.report import Report

VERSIONS = Versions("0.1.0", "test parser", "2024-05-01")


def read(report: Report) -> CodedReport:
    """The sample, its events under the report's ids. "KILL path" kills until the file is there, "KILL!" always."""
    words = report.text.split()
    if "EXPLODE" in words:
        raise RecursionError("too deep")
    if "BROKEN" in words:
        return sample().with_(report=report, warnings=("\ud800",))  # what no table can hold
    if "KILL!" in words:
        _die()
    if "KILL" in words:
        flag = Path(words[words.index("KILL") + 1])
        if not flag.exists():
            flag.touch()
            _die()
    if "SLOW" in words:
        time.sleep(0.05)
    coded = sample()
    events = tuple(_renamed(event, report) for event in coded.events)
    return coded.with_(report=report, events=events)


def _renamed(event: Event, report: Report) -> Event:
    return replace(event, id=f"{report.id}-{event.id}")


def open_stand_in() -> Coder:
    return Coder(read, VERSIONS)


def open_other_version() -> Coder:
    return Coder(read, Versions("0.1.0", "test parser", "2025-01-01"))


def open_nothing() -> Coder:
    raise LookupError("the knowledge file is missing; run make setup")


def open_and_die() -> Coder:
    _die()
    raise AssertionError


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
