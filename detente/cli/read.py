"""`detente read FILE...`: reads reports and shows, stores or writes what was read.

An input that is no report is set aside with its reason and the others are done; what was set aside makes exit status 1.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.archives import ArchiveOption, opened
from detente.cli.columns import ColumnsOption, columns_of
from detente.cli.days import day_of
from detente.cli.formats import Format, print_reading, write_page
from detente.cli.messages import say, working
from detente.ingest import Note, SetAside, Taken, read_source
from detente.model.coded import CodedReport
from detente.model.report import Report
from detente.store import Archive, ArchiveError

ReadReport = Callable[[Report], CodedReport]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a report is read with, and where its reading goes."""

    read_report: ReadReport
    form: Format
    out: Path | None
    archive: Archive | None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    # How many reports were kept unread, by language.
    unread: Counter[str] = field(default_factory=Counter)
    # What was deleted from the archive before, and is not taken in again.
    refused: list[str] = field(default_factory=list)


def read(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Text, HTML, PDF, feeds, tables, archives ...; - for input.")
    ],
    published: Annotated[
        date | None,
        typer.Option("--published", parser=day_of, metavar="DATE", help="For reports that give no date: YYYY-MM-DD."),
    ] = None,
    archive: ArchiveOption = None,
    form: Annotated[
        Format, typer.Option("--format", help="json stores nothing unless --archive is given.")
    ] = Format.table,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PATH", help="The HTML page, or a folder for several.")
    ] = None,
    columns: ColumnsOption = None,
    parser: Annotated[
        str | None, typer.Option("--parser", metavar="NAME", help="Another parser than the usual one.")
    ] = None,
    ontology: Annotated[
        list[Path] | None,
        typer.Option("--ontology", metavar="FILE", help="Event types of your own (YAML); may be given several times."),
    ] = None,
) -> None:
    """Read news reports: events, statements, actors, places and dates, each with its words."""
    if out and form is not Format.html:
        raise typer.BadParameter("goes with --format html only", param_hint="--out")
    if form is Format.html and out is None and len(files) > 1:
        raise typer.BadParameter("several files need a folder for their pages", param_hint="--out")
    done = True
    desk: Desk | None = None
    with ExitStack() as stack:
        for item in _inputs(files, published, columns_of(columns)):
            if isinstance(item, SetAside):
                say(item.line)
                done = False
                continue
            # Only now, and the reader first: where nothing can be read, no archive is made and no parser loaded.
            if desk is None:
                read_report = _open_reader(parser, ontology or [])
                keep = archive is not None or form is not Format.json
                store = stack.enter_context(opened(archive, create=True)) if keep else None
                desk = Desk(read_report, form, out, store)
            done = _read_one(desk, item) and done
        if desk is not None and desk.unread:
            counted = ", ".join(f"{code} {times}" for code, times in sorted(desk.unread.items()))
            number = desk.unread.total()
            which = "1 report in another language was" if number == 1 else f"{number:,} reports in other languages were"
            say(f"{which} kept unread: {counted}")
        if desk is not None and len(desk.refused) > 1:
            say(f"{len(desk.refused)} reports were not taken in: they, or somebody whom they name, had been deleted")
    if not done:
        raise typer.Exit(1)


def _inputs(
    files: list[str], published: date | None, columns: Mapping[str, str] | None = None
) -> Iterator[Taken | SetAside]:
    """What is to be read and what is set aside; notes are only told."""
    for file in files:
        for item in read_source(file, published, columns=columns):
            if isinstance(item, Note):
                say(item.line)
            else:
                yield item


def _open_reader(parser: str | None, ontologies: Sequence[Path]) -> ReadReport:
    """The reader, loaded only when there is something to read; exit 2 in one line where it cannot be had."""
    # Late, because it loads the parser: `detente --help` and a missing file must answer at once.
    from detente.pipeline import open_reader

    try:
        with working("loading what detente knows"):
            return open_reader(parser, ontologies).read
    except (OSError, ValueError, LookupError, RuntimeError) as problem:
        say(f"detente cannot start reading: {problem}")
        raise typer.Exit(2) from problem


def open_reading() -> ReadReport:
    """What reads a report, with the usual parser."""
    return _open_reader(None, [])


def read_files(files: list[str], published: date | None) -> Iterator[CodedReport | None]:
    """The readings of the files, nothing stored; None for each input that was set aside and told of."""
    read_report: ReadReport | None = None
    for item in _inputs(files, published):
        if isinstance(item, SetAside):
            say(item.line)
            yield None
            continue
        read_report = read_report or _open_reader(None, [])
        yield _reading_of(item, read_report)


def _reading_of(item: Taken, read_report: ReadReport) -> CodedReport | None:
    """The reading of one report with all its warnings, which are told; None, and the reason told, where it failed."""
    try:
        with working(f"reading {item.source}"):
            coded = read_report(item.report)
    # The last fence: whatever goes wrong in one report, the others are done and this one does not vanish.
    except Exception as problem:
        log.debug("reading %s failed", item.source, exc_info=True)
        reason = f"reading failed ({type(problem).__name__}: {problem})"
        say(SetAside(item.source, reason, "please report this text").line)
        return None
    warnings = tuple(dict.fromkeys((*item.warnings, *coded.warnings)))
    for line in Taken(item.source, item.report, warnings).lines:
        say(line)
    return coded.with_(warnings=warnings)


def _read_one(desk: Desk, item: Taken) -> bool:
    """Reads one report and puts the reading where it goes; False where a part of that failed."""
    coded = _reading_of(item, desk.read_report)
    if coded is None:
        return False
    if coded.unread:
        desk.unread[coded.report.language or "unknown"] += 1
    stored = _store(item.source, coded, desk.archive, desk.refused) if desk.archive else True
    return _put_out(item.source, coded, desk) and stored


def _put_out(source: str, coded: CodedReport, desk: Desk) -> bool:
    """Shows one reading or writes its page; False where that failed."""
    number = next(desk.numbers)
    if desk.form is Format.html and desk.out:
        try:
            say(f"{source}: page written to {write_page(coded, desk.out, number)}")
        except OSError as problem:
            say(f"{desk.out}: the page cannot be written ({problem.strerror}); give another --out")
            return False
        return True
    if desk.form is Format.html and number > 1:
        say(SetAside(source, "only one page fits on standard output", "give --out FOLDER").line)
        return False
    print_reading(coded, desk.form)
    return True


def _store(source: str, coded: CodedReport, archive: Archive, refused: list[str]) -> bool:
    try:
        stored = archive.add(coded)
    except ArchiveError as problem:
        say(f"{source}: read, but not stored: {problem}")
        return False
    if stored.deleted is not None:
        refused.append(source)
        say(f"{source}: not taken in: it was deleted from {archive.path} ({stored.deleted})")
        return True
    how = "stored" if stored.new else "read again, now current" if stored.reading_new else "already stored"
    say(f"{source}: {how} in {archive.path}; see it again with: detente show {coded.report.id[:8]}")
    return True
