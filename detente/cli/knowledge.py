"""`detente knowledge`: a user's own rows, and Wikidata's office holders of today.

What is added lies in a folder of the user's own; the packaged knowledge is never touched. Exit status as of `read`:
1 where rows or answers were set aside, 2 for wrong usage.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.days import day_of
from detente.cli.messages import say, working
from detente.codebook.build import DATA
from detente.codebook.build_names import CountryWords, build_countries
from detente.codebook.build_own import build_own
from detente.codebook.build_people import checks_of
from detente.codebook.own_knowledge import PACKAGED, OwnFolder, keep, knowledge_in_force, version_of
from detente.codebook.own_rows import OwnRowsError, read_own_rows
from detente.codebook.snapshots import check_size, compare, read_snapshot, write_snapshot
from detente.codebook.sources import Sources
from detente.codebook.wikidata import HalfAnswer, SnapshotRow, answer_rows, positions, questions
from detente.codebook.wikidata_service import ENDPOINT, Service, ServiceError

knowledge = typer.Typer(
    name="knowledge",
    help="The knowledge of actors and places: show it, add rows of your own, ask Wikidata.",
    no_args_is_help=True,
)
_SHOWN = 20


@knowledge.command()
def show() -> None:
    """Which knowledge is in force, and what was added to it."""
    folder = OwnFolder.usual()
    typer.echo(f"in force: {knowledge_in_force()} (version {version_of(knowledge_in_force())})")
    typer.echo(f"packaged: {PACKAGED} (version {version_of(PACKAGED)})")
    countries = Sources(DATA / "whoswho").country_codes()
    for path in folder.row_files():
        try:
            typer.echo(f"added: {path} ({len(read_own_rows(path, countries).rows)} rows)")
        except OwnRowsError as error:
            say(str(error))
    snapshot = folder.snapshot()
    typer.echo(f"snapshot of Wikidata: {snapshot or 'none'}")


@knowledge.command()
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CSV with a header; see the documentation.")],
) -> None:
    """Add rows of your own: people and their offices, groups, bodies, media, places. Each needs a source."""
    folder, good = OwnFolder.usual(), 0
    problems: list[str] = []
    countries = Sources(DATA / "whoswho").country_codes()
    for file in files:
        try:
            read = read_own_rows(file, countries)
        except OwnRowsError as error:
            problems.append(str(error))
            continue
        problems += read.problems
        if read.rows:
            with _writing(folder):
                keep(file, folder.rows / f"{file.stem}.csv")
            good += len(read.rows)
    for note in problems:
        say(note)
    if good:
        _rebuild(folder, problems)
        typer.echo(f"{good} rows are in force; {len(problems)} set aside")
    if problems:
        raise typer.Exit(1)


@knowledge.command()
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A file that was added, by its name.")],
) -> None:
    """Take back a file of rows that was added."""
    folder = OwnFolder.usual()
    path = next((path for path in folder.row_files() if name in (path.name, path.stem)), None)
    if path is None:
        names = ", ".join(path.name for path in folder.row_files()) or "none"
        say(f"{name!r} was not added; there are: {names}")
        raise typer.Exit(2)
    path.unlink()
    _rebuild(folder)
    typer.echo(f"{path.name} is no longer in force")


@knowledge.command()
def rebuild() -> None:
    """Build the knowledge with your rows anew, after an update of detente."""
    _rebuild(OwnFolder.usual())
    typer.echo(f"in force: {knowledge_in_force()}")


@contextmanager
def _writing(folder: OwnFolder) -> Iterator[None]:
    """A folder that cannot be written to ends the command in one line; what was in force stays so."""
    try:
        yield
    except OSError as error:
        say(f"{folder.path}: cannot be written ({error.strerror or error}); the old knowledge stays in force")
        raise typer.Exit(1) from error


def _rebuild(folder: OwnFolder, told: Collection[str] = ()) -> None:
    """Builds the file; says what was set aside and was not told before."""
    if folder.is_empty():
        folder.knowledge.unlink(missing_ok=True)
        return
    with working("building the knowledge"), _writing(folder):
        summary = build_own(folder)
    packaged, known = {path.name for path in (DATA / "whoswho").iterdir()}, set(told)
    for note in summary.aside:
        if note.split(":")[0] not in packaged and note not in known:
            say(note)


@knowledge.command()
def refresh(
    endpoint: Annotated[str, typer.Option("--endpoint", metavar="URL", help="Another query service.")] = ENDPOINT,
    answers: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="FILE", help="Answers saved as JSON, instead of asking; several times."),
    ] = None,
    day: Annotated[
        date | None, typer.Option("--day", parser=day_of, metavar="DATE", help="The day of saved answers.")
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="For one answer.")] = 90.0,
    tries: Annotated[int, typer.Option("--tries", min=1, metavar="N", help="Before an answer is given up.")] = 4,
    small: Annotated[bool, typer.Option("--accept-fewer", help="Take a snapshot with far fewer rows.")] = False,
) -> None:
    """Ask Wikidata who holds the listed offices, write a dated snapshot, and show what is new."""
    if answers and day is None:
        raise typer.BadParameter("saved answers need --day, the day on which they were given")
    folder = OwnFolder.usual()
    try:
        old = _old_rows(folder)
        rows, problems = _asked(Service(endpoint, timeout, tries), answers or [], day or date.today())
        check_size(rows, [] if small else old)
    except (ServiceError, HalfAnswer) as error:
        say(f"{error}; the old knowledge stays in force")
        raise typer.Exit(1) from error
    with _writing(folder):
        path = write_snapshot(rows, folder.snapshots, day or date.today())
    if folder.snapshot() != path:
        say(f"{folder.snapshot()} is newer and stays in force")
    _rebuild(folder)
    _tell(old, rows, path)
    for note in problems[:_SHOWN]:
        say(f"{note}; set aside")
    if problems:
        say(f"{len(problems)} rows of the answers set aside")
        raise typer.Exit(1)


def _old_rows(folder: OwnFolder) -> list[SnapshotRow]:
    path = folder.snapshot()
    if path is None:
        return []
    try:
        return read_snapshot(path)
    except HalfAnswer as error:
        say(f"{error}; it is not compared with")
        return []


def _asked(service: Service, saved: list[Path], day: date) -> tuple[list[SnapshotRow], list[str]]:
    """All rows of all answers; HalfAnswer or ServiceError where one of them is not whole."""
    listed = positions(*_countries())
    rows: list[SnapshotRow] = []
    problems: list[str] = []
    texts = (_saved(path) for path in saved) if saved else service.ask_all(questions(listed))
    with working("asking Wikidata"):
        for number, text in enumerate(texts, start=1):
            found, wrong = answer_rows(text, listed, day)
            rows += found
            problems += [f"answer {number}, {note}" for note in wrong]
    return rows, problems


def _countries() -> tuple[Sources, list[CountryWords]]:
    sources = Sources(DATA / "whoswho")
    return sources, build_countries(sources)[1]


def _saved(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise HalfAnswer(f"{path}: cannot be read ({error})") from error


def _tell(old: list[SnapshotRow], rows: list[SnapshotRow], path: Path) -> None:
    """The snapshot, its differences, and what it says of our own rows."""
    change = compare(old, rows)
    typer.echo(f"{path}: {len(set(rows))} rows")
    typer.echo(f"{len(change.added)} new, {len(change.gone)} gone, {len(change.changed)} changed")
    for mark, some in (("+", change.added), ("-", change.gone), ("~", tuple(new for _, new in change.changed))):
        for row in some[:_SHOWN]:
            typer.echo(f"  {mark} {row.person}, {row.role} ({row.country}) {row.start or '?'} to {row.end or 'now'}")
    checks = checks_of(Sources(DATA / "whoswho", own=OwnFolder.usual()))
    typer.echo(", ".join(f"{len(found)} of our own rows {mark}" for mark, found in checks.items()))
    for told in checks["contradicted"][:_SHOWN]:
        typer.echo(f"  ! {told.person}, {told.role} ({told.country}) {told.start or '?'} to {told.end or 'now'}")
