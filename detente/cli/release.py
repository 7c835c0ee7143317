"""`detente release NAME`: freezes an archive into a folder that replicates; `release check FOLDER` verifies one."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.asked import refusing
from detente.cli.export import wishes_of
from detente.cli.fusing import fused
from detente.cli.messages import say, working
from detente.cli.read import open_reading
from detente.export.release import Release, write_incidents, write_release, write_rows
from detente.export.release_check import (
    About,
    about,
    check_release,
    decisions_of,
    differing,
    other_data,
    reports_of,
)
from detente.fusing import fuse
from detente.model.coded import CodedReport
from detente.model.exported import ExportError, Wishes
from detente.store import Archive

_NAME = re.compile(r"[\w][\w .,()-]{0,79}")
_CHECK = "check"


def release(
    name: Annotated[str, typer.Argument(metavar="NAME", help='What it is called; "check" to verify a release.')],
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="With check: the folder of a release.")
    ] = None,
    archive: ArchiveOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Where it goes; must not be there.")
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Offsets and hashes only: no texts, titles, addresses or quoted words.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="Private persons, victims and minors by name, not by what they are.")
    ] = False,
    author: Annotated[
        list[str] | None, typer.Option("--author", metavar="NAME", help="Whom to cite; may be given several times.")
    ] = None,
    replicate: Annotated[
        bool, typer.Option("--replicate", help="With check: read the texts again and compare every row.")
    ] = False,
) -> None:
    """Freeze an archive into one folder that replicates, or check such a folder."""
    if name == _CHECK:
        with refusing("check"):
            if folder is None or out is not None:
                raise ValueError("give the folder of a release: detente release check FOLDER")
        _check(folder, replicate)
        return
    with refusing("NAME"):
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name for a release; take letters, digits, blanks and -.,()")
    with refusing("--out"):
        if folder is not None or replicate:
            raise ValueError("a folder and --replicate go with check")
        if out is None:
            raise ValueError("say where the release goes: --out FOLDER")
        if out.exists():
            raise ValueError(f"{out} is there already; give another folder")
        if not out.parent.is_dir():
            raise ValueError(f"{out.parent} is no folder")
    with refusing("--no-text"):
        if no_text and names:
            raise ValueError("goes without --names: names are words of the texts")
    with opened(archive, create=False) as store, answering():
        fused(store)
        wished = Release(name, wishes_of(store, True, names), not no_text, tuple(author or ()))
        rows = _write(store, out, wished)
    told = ", ".join(f"{count} {table}" for table, count in rows.items())
    say(f"{out}: {told}; check it with: detente release check {out}")


def _write(store: Archive, out: Path, wished: Release) -> dict[str, int]:
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with working("writing"), store.looking() as looked:
            incidents, decisions = looked.incidents(), looked.decisions()
            rows = write_release(store.each(), incidents, decisions, beside, wished)
        os.replace(beside, out)
        return rows
    except (ExportError, OSError) as problem:
        say(f"{out}: not written: {getattr(problem, 'strerror', None) or problem}")
        raise typer.Exit(1) from problem
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _check(folder: Path | None, replicate: bool) -> None:
    assert folder is not None
    try:
        wrong = check_release(folder)
        for line in wrong:
            say(line)
        if wrong:
            raise typer.Exit(1)
        told = about(folder)
        say(f"{folder}: {told.name}, every file as it was released")
        if replicate:
            _replicate(folder, told)
    except (ExportError, OSError) as problem:
        say(str(problem))
        raise typer.Exit(1) from problem


def _replicate(folder: Path, told: About) -> None:
    """Read the texts again and compare what comes out with the frozen rows, byte for byte."""
    if not told.text:
        raise ExportError(f"{folder}: made with --no-text; without the texts nothing can be read again")
    say(f"made by {told.software}: {' | '.join(told.versions)}")
    for name in other_data(told):
        say(f"differs here from what made the release: {name}")
    read_report = open_reading()
    readings: list[CodedReport] = []

    def reading() -> Iterator[CodedReport]:
        for report in reports_of(folder):
            readings.append(read_report(report))
            yield readings[-1]

    with tempfile.TemporaryDirectory() as name, working("reading the reports again"):
        again = Path(name)
        wished = Release(told.name, Wishes(True, told.names, told.software))
        rows = write_rows(reading(), again, wished)
        made = fuse(readings, decisions=decisions_of(folder)).incidents
        ordered = sorted(made, key=lambda i: (i.first is None, i.first.isoformat() if i.first else "", i.id))
        write_incidents(ordered, again / "incidents.csv")
        other = differing(folder, again)
    for file in other:
        say(f"{file}: other rows when read again")
    if other:
        raise typer.Exit(1)
    say(f"read again: {rows['reports']} reports give the same rows, byte for byte")
