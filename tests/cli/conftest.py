"""A command line whose reader is a stand-in, so that commands are tested without a parser."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from factory import TEXT, sample
from typer.testing import CliRunner, Result

from detente.cli import app
from detente.codebook.ontology import load_ontology
from detente.codebook.own_ontology import load_own_ontology
from detente.model.coded import CodedReport
from detente.model.reading import OTHER_LANGUAGE, Unresolved
from detente.model.report import Report

Run = Callable[..., Result]


class StandIn:
    """Reads the sample's text as the sample, anything else as a report in which nothing was found."""

    def __init__(self, parser: str | None = None, ontologies: Sequence[Path] = ()) -> None:
        self.parser = parser
        self.coded_by = (f"coded by {', '.join(map(str, ontologies))}",) if ontologies else ()

    def read(self, report: Report) -> CodedReport:
        if "explode" in report.text:
            raise RecursionError("too deep")
        if report.text.startswith("Unverständlich"):
            left = (Unresolved(None, OTHER_LANGUAGE, "in another language (de)"),)
            return CodedReport(replace(report, language="de"), unresolved=left)
        if report.text == TEXT:
            return sample().with_(report=report, warnings=(*sample().warnings, *self.coded_by))
        return CodedReport(report, warnings=(f"parser {self.parser}",) if self.parser else ())


def open_stand_in(parser: str | None = None, ontology: Sequence[Path] = ()) -> StandIn:
    for path in ontology:
        load_own_ontology(path, load_ontology())
    if parser == "none":
        raise ValueError("no parser 'none'; there are: en, test")
    return StandIn(parser, ontology)


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
