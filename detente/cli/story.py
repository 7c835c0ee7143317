"""`detente story [REPORT]`: which reports carry one text. `detente sources`: what is known of the outlets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.fusing import fused
from detente.cli.incident_forms import IncidentFormat, print_json, print_rows, print_stories
from detente.cli.messages import say
from detente.codebook.outlets import (
    COLUMNS,
    OutletsError,
    outlets_file,
    outlets_in_force,
    read_outlets,
    write_outlets,
)
from detente.model.outlet import Outlet
from detente.store import ArchiveError


def story(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A report or a story, or the beginning of its id.")
    ] = None,
    archive: ArchiveOption = None,
    form: Annotated[
        IncidentFormat, typer.Option("--format", help="A table, JSON Lines, or CSV.")
    ] = IncidentFormat.table,
) -> None:
    """Show which reports carry the same text; without an id all texts that several reports carry."""
    with opened(archive, create=False) as store, answering():
        fused(store)
        with store.looking() as rows:
            found = [rows.story(id)] if id is not None else list(rows.stories(several_only=True))
    print_stories(found, form)
    if not found:
        say("no two reports carry the same text")


def sources(
    archive: ArchiveOption = None,
    take: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take outlets from a CSV; they replace those known.")
    ] = None,
    give: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="Write the outlets as CSV, to be filled in."),
    ] = None,
    form: Annotated[
        IncidentFormat, typer.Option("--format", help="A table, JSON Lines, or CSV.")
    ] = IncidentFormat.table,
) -> None:
    """Show, take in or give out what is known of outlets: country, owner, side, language."""
    done = take is None or _take(take)
    with answering():
        known = _known(archive)
    if give is not None:
        write_outlets(give, known)
        say(f"{len(known)} outlets written to {give}; fill in what you know and take it in with --import")
    elif take is None:
        _print(known, form)
    if not done:
        raise typer.Exit(1)


def _take(path: Path) -> bool:
    """Puts the file's outlets in force; False where some rows were set aside."""
    try:
        rows = read_outlets(path)
    except OutletsError as problem:
        say(str(problem))
        raise typer.Exit(2) from problem
    for line in rows.problems:
        say(line)
    write_outlets(outlets_file(), rows.outlets)
    say(f"{len(rows.outlets)} outlets known now, in {outlets_file()}; detente fuse --again uses them for old reports")
    return not rows.problems


def _known(archive: str | None) -> list[Outlet]:
    """The outlets of the archive, if there is one, and all that something is known of."""
    try:
        known = outlets_in_force()
    except OutletsError as problem:
        raise ArchiveError(str(problem)) from problem
    named = {outlet.name: outlet for outlet in known}
    if archive is not None:
        with opened(archive, create=False) as store:
            for listed in store.list():
                if listed.outlet and known.find(listed.outlet) is None:
                    named.setdefault(listed.outlet, Outlet(listed.outlet))
    return sorted(named.values(), key=lambda outlet: outlet.name.casefold())


def _print(outlets: list[Outlet], form: IncidentFormat) -> None:
    if form is IncidentFormat.json:
        print_json(dict(outlet.to_dict()) for outlet in outlets)
        return
    print_rows(COLUMNS, ({k: v or "" for k, v in outlet.to_dict().items()} for outlet in outlets))
    if not outlets:
        say("nothing is known of any outlet; detente sources --archive DB --export FILE gives a table to fill in")
