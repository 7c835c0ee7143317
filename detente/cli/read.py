"""`detente read FILE...`: reads reports and shows, stores or writes what was read.

An input that is no report is set aside with its reason and the others are done; what was set aside makes exit status 1.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.archives import ArchiveOption, opened
from detente.cli.formats import Format, print_reading, write_page
from detente.cli.messages import say, working
from detente.ingest import SetAside, Taken, read_source
from detente.ingest.publication import parse_day
from detente.model.coded import CodedReport
from detente.model.report import Report
from detente.store import Archive, ArchiveError

ReadReport = Callable[[Report], CodedReport]
log = logging.getLogger(__name__)


def _day(words: str) -> date:
    day = parse_day(words)
    if day is None:
        raise typer.BadParameter(f"{words!r} is no date; write it as YYYY-MM-DD")
    return day


@dataclass(frozen=True, slots=True)
class Output:
    """Where readings go."""

    form: Format
    out: Path | None
    archive: Archive | None


def read(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Text, HTML or JSON Lines; - for standard input.")
    ],
    published: Annotated[
        date | None,
        typer.Option("--published", parser=_day, metavar="DATE", help="For reports that give no date: YYYY-MM-DD."),
    ] = None,
    archive: ArchiveOption = None,
    form: Annotated[
        Format, typer.Option("--format", help="json stores nothing unless --archive is given.")
    ] = Format.table,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PATH", help="The HTML page, or a folder for several.")
    ] = None,
    parser: Annotated[
        str | None, typer.Option("--parser", metavar="NAME", help="Another parser than the usual one.")
    ] = None,
) -> None:
    """Read news reports: events, statements, actors, places and dates, each with its words."""
    if out and form is not Format.html:
        raise typer.BadParameter("goes with --format html only", param_hint="--out")
    if form is Format.html and out is None and len(files) > 1:
        raise typer.BadParameter("several files need a folder for their pages", param_hint="--out")
    with ExitStack() as stack:
        store = None if form is Format.json and not archive else stack.enter_context(opened(archive, create=True))
        aside = _read_all(_inputs(files, published), Output(form, out, store), parser)
    if aside:
        raise typer.Exit(1)


def _inputs(files: list[str], published: date | None) -> Iterator[Taken | SetAside]:
    for file in files:
        yield from read_source(file, published)


def _read_all(inputs: Iterator[Taken | SetAside], output: Output, parser: str | None) -> int:
    """Reads and puts out each report; gives back how many inputs were set aside."""
    aside, number = 0, 0
    read_report: ReadReport | None = None
    for item in inputs:
        if isinstance(item, SetAside):
            say(item.line)
            aside += 1
            continue
        read_report = read_report or _open_reader(parser)
        result = _read_one(read_report, item)
        if isinstance(result, SetAside):
            say(result.line)
            aside += 1
            continue
        number += 1
        aside += not _put_out(item.source, result, output, number)
    return aside


def _open_reader(parser: str | None) -> ReadReport:
    """The reader, loaded only when there is something to read; exit 2 in one line where it cannot be had."""
    # Late, because it loads the parser: `detente --help` and a missing file must answer at once.
    from detente.pipeline import open_reader

    try:
        with working("loading what detente knows"):
            return open_reader(parser).read
    except (OSError, ValueError, LookupError, RuntimeError) as problem:
        say(f"detente cannot start reading: {problem}")
        raise typer.Exit(2) from problem


def _read_one(read_report: ReadReport, item: Taken) -> CodedReport | SetAside:
    """The reading with all warnings in it, each said once."""
    try:
        with working(f"reading {item.source}"):
            coded = read_report(item.report)
    # The last fence: whatever goes wrong in one report, the others are done and this one does not vanish.
    except Exception as problem:
        log.debug("reading %s failed", item.source, exc_info=True)
        return SetAside(item.source, f"reading failed ({type(problem).__name__}: {problem})", "please report this text")
    warnings = tuple(dict.fromkeys((*item.warnings, *coded.warnings)))
    for line in Taken(item.source, item.report, warnings).lines:
        say(line)
    return coded.with_(warnings=warnings)


def _put_out(source: str, coded: CodedReport, output: Output, number: int) -> bool:
    """Stores and shows one reading; False where a part of that failed."""
    stored = _store(source, coded, output.archive) if output.archive else True
    if output.form is not Format.html or output.out is None:
        if output.form is Format.html and number > 1:
            say(SetAside(source, "only one page fits on standard output", "give --out FOLDER").line)
            return False
        print_reading(coded, output.form)
        return stored
    try:
        say(f"{source}: page written to {write_page(coded, output.out, number)}")
    except OSError as problem:
        say(f"{output.out}: the page cannot be written ({problem.strerror}); give another --out")
        return False
    return stored


def _store(source: str, coded: CodedReport, archive: Archive) -> bool:
    try:
        stored = archive.add(coded)
    except ArchiveError as problem:
        say(f"{source}: read, but not stored: {problem}")
        return False
    how = "stored" if stored.new else "read again, now current" if stored.reading_new else "already stored"
    say(f"{source}: {how} in {archive.path}; see it again with: detente show {coded.report.id[:8]}")
    return True
