"""`detente export FORMAT`: what the archive tells, in a format of other people's programs.

A file appears whole or not at all: it is written beside its place and then takes its name.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.asked import refusing
from detente.cli.messages import say, working
from detente.codebook.ontology import load_ontology
from detente.export.corrections import corrected
from detente.export.exporters import all_exporters
from detente.model.coded import CodedReport
from detente.model.exported import ExportError, Wishes, Written
from detente.model.plugins import Exporter
from detente.store import Archive, ArchivePlace
from detente.store.checked import all_traced


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="polecat, icews, gdelt-events, csv, parquet, ...")],
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="Where it goes; csv and parquet: a folder too.")],
    archive: ArchiveOption = None,
    with_status: Annotated[
        bool, typer.Option("--with-status", help="Also what is only planned, demanded, denied and the like.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="Private persons, victims and minors by name, not by what they are.")
    ] = False,
    with_corrections: Annotated[
        bool, typer.Option("--with-corrections", help="As reviewers corrected it, without what they call wrong.")
    ] = False,
) -> None:
    """Write what the archive tells in a format of other people's programs."""
    exporter = _exporter(form)
    with opened(archive, create=False) as store, answering():
        _check(out, store.path)
        try:
            with working("writing"):
                wishes = wishes_of(store, with_status, names)
                written = _write(exporter, store, out, wishes, with_corrections)
        except (ExportError, OSError) as problem:
            say(f"{out}: not written: {getattr(problem, 'strerror', None) or problem}")
            raise typer.Exit(1) from problem
    _tell(out, written)


def _exporter(form: str) -> Exporter:
    known = all_exporters()
    with refusing("FORMAT"):
        if form not in known:
            raise ValueError(f"no format {form!r}; there are: {', '.join(known)}")
    return known[form]


def wishes_of(store: Archive, with_status: bool, names: bool) -> Wishes:
    """What goes out beside the readings, with what reviewers said and what was deleted."""
    with store.verdicts() as rows:
        verdicts = rows.by_report()
    standing = {found.verdict.number or 0: found for found in all_traced(store)}
    return Wishes(with_status, names, software(), verdicts, standing, store.tombstones())


def _readings(store: Archive, wishes: Wishes, with_corrections: bool) -> Iterator[CodedReport]:
    if not with_corrections:
        return store.each()
    ontology = load_ontology()
    return (corrected(coded, wishes.verdicts.get(coded.report.id, ()), ontology) for coded in store.each())


def software() -> str:
    """What made an export, with its version."""
    try:
        return f"detente {importlib.metadata.version('detente')}"
    except importlib.metadata.PackageNotFoundError:
        return "detente (not installed)"


def _check(out: Path, archive: ArchivePlace) -> None:
    with refusing("--out"):
        if isinstance(archive, Path) and out.exists() and archive.exists() and os.path.samefile(out, archive):
            raise ValueError(f"{out} is the archive itself")
        if not out.parent.is_dir():
            raise ValueError(f"{out.parent} is no folder")


def _write(exporter: Exporter, store: Archive, out: Path, wishes: Wishes, with_corrections: bool) -> Written:
    # The ending tells some formats what to write.
    beside = out.with_name(f".{out.stem}.{os.getpid()}.part{out.suffix}")
    try:
        written = exporter.write(_readings(store, wishes, with_corrections), beside, wishes)
        if beside.is_dir():
            out.mkdir(exist_ok=True)
            for path in sorted(beside.iterdir()):
                os.replace(path, out / path.name)
        else:
            os.replace(beside, out)
        return written
    finally:
        if beside.is_dir():
            shutil.rmtree(beside, ignore_errors=True)
        else:
            beside.unlink(missing_ok=True)


def _tell(out: Path, written: Written) -> None:
    say(f"{written.rows} row{'' if written.rows == 1 else 's'} in {out}")
    for why in written.left_out:
        say(f"left out: {why}")
    for what in written.unsaid:
        say(f"note: {what}")
