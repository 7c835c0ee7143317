"""Puts the commands together under one name. Loads nothing heavy: `detente --help` answers at once."""

from __future__ import annotations

import importlib.metadata
import io
import logging
import sys
from typing import Annotated

import typer

from detente.cli.alerts import alerts
from detente.cli.asking import when, where, who
from detente.cli.bulk import bulk
from detente.cli.classify import classify
from detente.cli.deleting import delete
from detente.cli.export import export
from detente.cli.fusing import fuse
from detente.cli.incidents import incidents
from detente.cli.keeping import backup, doctor, restore
from detente.cli.knowledge import knowledge
from detente.cli.ledger import show_ledger
from detente.cli.listing import list_reports
from detente.cli.messages import say
from detente.cli.quotes import quotes
from detente.cli.read import read
from detente.cli.release import release
from detente.cli.review import review
from detente.cli.searching import search
from detente.cli.serving import serve
from detente.cli.showing import show
from detente.cli.standing import status
from detente.cli.story import sources, story
from detente.cli.tallies import tally
from detente.cli.tension import tension
from detente.cli.watching import watch
from detente.codebook.gazetteer import GazetteerMissing
from detente.codebook.whoswho import KnowledgeMissing

app = typer.Typer(
    name="detente",
    help="Reads news reports: who did what to whom, who said what through which channel, where and when.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("read")(read)
app.command("show")(show)
app.command("list")(list_reports)
app.command("search")(search)
app.command("quotes")(quotes)
app.command("ledger")(show_ledger)
app.command("fuse")(fuse)
app.add_typer(incidents)
app.command("story")(story)
app.command("sources")(sources)
app.command("tension")(tension)
app.command("tally")(tally)
app.command("alerts")(alerts)
app.command("export")(export)
app.add_typer(review)
app.command("release")(release)
app.command("serve")(serve)
app.command("watch")(watch)
app.command("status")(status)
app.add_typer(delete)
app.command("backup")(backup)
app.command("restore")(restore)
app.command("doctor")(doctor)
app.command("classify")(classify)
app.command("bulk")(bulk)
app.command("who")(who)
app.command("where")(where)
app.command("when")(when)
app.add_typer(knowledge)


def _version(asked: bool) -> None:
    if not asked:
        return
    try:
        number = importlib.metadata.version("detente")
    except importlib.metadata.PackageNotFoundError:
        number = "(not installed: run from its folder)"
    typer.echo(f"detente {number}")
    raise typer.Exit


@app.callback()
def detente(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Reads news reports: who did what to whom, who said what through which channel, where and when."""


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # Reports are in all scripts; a terminal set to a narrower encoding must not end the run.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # Web pages without an article get our one line, not the library's as well.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    # The same for documents with small faults, which are read all the same.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        app()
    except (KnowledgeMissing, GazetteerMissing) as error:
        say(str(error))
        sys.exit(1)
