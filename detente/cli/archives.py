"""Which archive a command works on, and how its errors are told. The archive itself is in `store`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from detente.cli.messages import say
from detente.store import BUSY_SECONDS, Archive, ArchiveError, ArchivePlace, place_of

DEFAULT = "detente.db"
ArchiveOption = Annotated[
    str | None,
    typer.Option(
        "--archive",
        metavar="DB",
        help="The archive: a file, or postgresql://USER@HOST/DATABASE; else DETENTE_ARCHIVE, else detente.db here.",
    ),
]


def archive_place(given: str | None) -> ArchivePlace:
    """The archive asked for, else that of the environment, else the one in the current folder."""
    return place_of(given or os.environ.get("DETENTE_ARCHIVE") or DEFAULT)


@contextmanager
def opened(given: str | None, create: bool) -> Iterator[Archive]:
    """The archive, closed afterwards; wrong usage (exit 2) in one line where it cannot be opened."""
    try:
        archive = Archive.open(archive_place(given), create=create, busy_seconds=BUSY_SECONDS)
    except ArchiveError as problem:
        say(str(problem))
        raise typer.Exit(2) from problem
    with archive:
        yield archive


@contextmanager
def answering() -> Iterator[None]:
    """An archive that cannot answer ends the command with one line and exit 1."""
    try:
        yield
    except ArchiveError as problem:
        say(str(problem))
        raise typer.Exit(1) from problem
