"""What commands that ask the archive or files have in common: which options go together, and who is meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NoReturn

import typer

from detente.analyse.quotes import Party, party_asked
from detente.cli.messages import say
from detente.codebook.ontology import load_ontology
from detente.codebook.whoswho import WhosWho


def check_options(
    files: list[str] | None, archive: str | None, published: date | None, since: date | None, until: date | None
) -> None:
    """Refuses options that do not go together."""
    if files and archive:
        _refuse("--archive goes without files: files are read and nothing is stored")
    if published and not files:
        _refuse("--published goes with files: the reports of an archive have their days")
    if since and until and since > until:
        _refuse(f"--since {since} is later than --until {until}")


def _refuse(message: str) -> NoReturn:
    say(message)
    raise typer.Exit(2)


@contextmanager
def refusing(option: str) -> Iterator[None]:
    """What cannot be asked for ends the command as wrong usage, in one line that names the option."""
    try:
        yield
    except ValueError as problem:
        _refuse(f"{option}: {problem}")


def party_meant(option: str, asked: str | None) -> Party | None:
    """The side that is asked for; wrong usage where the words can mean nobody."""
    if asked is None:
        return None
    with refusing(option), WhosWho.open() as whoswho:
        return party_asked(asked, load_ontology().sectors, whoswho.countries_named)
