"""A command line whose reader is a stand-in, so that commands are tested without a parser."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest
from factory import TEXT, sample
from typer.testing import CliRunner, Result

from detente.cli import app
from detente.model.coded import CodedReport
from detente.model.report import Report

Run = Callable[..., Result]


class StandIn:
    """Reads the sample's text as the sample, anything else as a report in which nothing was found."""

    def __init__(self, parser: str | None = None) -> None:
        self.parser = parser

    def read(self, report: Report) -> CodedReport:
        if "explode" in report.text:
            raise RecursionError("too deep")
        if report.text == TEXT:
            return sample().with_(report=report)
        return CodedReport(report, warnings=(f"parser {self.parser}",) if self.parser else ())


def open_stand_in(parser: str | None = None) -> StandIn:
    if parser == "none":
        raise ValueError("no parser 'none'; there are: en, test")
    return StandIn(parser)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh current folder with the sample's text in it."""
    pipeline = types.ModuleType("detente.pipeline")
    pipeline.__dict__["open_reader"] = open_stand_in
    monkeypatch.setitem(sys.modules, "detente.pipeline", pipeline)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_ARCHIVE", raising=False)
    (tmp_path / "report.txt").write_text(TEXT, newline="")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs the command line in that folder."""

    def run(*words: str, stdin: bytes | None = None) -> Result:
        return CliRunner(env={"COLUMNS": "80", "TERM": "dumb"}).invoke(app, list(words), input=stdin)

    return run
