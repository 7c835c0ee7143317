"""`detente quotes [FILE...]`: the statements of the archive, or of files, by speaker, channel, subject and period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from detente.analyse.quotes import Quote, Wanted, name_words, select_quotes
from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.asked import check_options, party_meant, refusing
from detente.cli.days import day_of
from detente.cli.messages import say
from detente.cli.quote_forms import QuoteFormat, print_quotes
from detente.cli.read import read_files
from detente.model.coded import CodedReport


class MannerAsked(StrEnum):
    """The manners a statement can be asked by."""

    direct = "direct"
    indirect = "indirect"
    mixed = "mixed"


def quotes(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE...]", help="Read these, storing nothing; - for standard input. Else the archive."
        ),
    ] = None,
    archive: ArchiveOption = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help='The speaker: "Zakharova", RUS, "RUS GOV", Russia.')
    ] = None,
    about: Annotated[
        str | None, typer.Option("--about", metavar="NAME_OR_CODE", help="Somebody whom the statement is about.")
    ] = None,
    channel: Annotated[str | None, typer.Option("--channel", metavar="NAME", help="What carried the words.")] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="NAME", help="Somebody to whom it was said, as with --by.")
    ] = None,
    since: Annotated[
        date | None, typer.Option("--since", parser=day_of, metavar="DAY", help="Published on that day or later.")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--until", parser=day_of, metavar="DAY", help="Published on that day or earlier.")
    ] = None,
    manner: Annotated[MannerAsked | None, typer.Option("--manner", help="In quotation or not.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="The first N only.")] = None,
    form: Annotated[QuoteFormat, typer.Option("--format", help="A table, JSON Lines, or CSV.")] = QuoteFormat.table,
    published: Annotated[
        date | None,
        typer.Option("--published", parser=day_of, metavar="DAY", help="For files that give no date: YYYY-MM-DD."),
    ] = None,
) -> None:
    """Show who said what: statements by speaker, channel, subject and period."""
    check_options(files, archive, published, since, until)
    wanted = Wanted(
        by=party_meant("--by", by),
        about=party_meant("--about", about),
        to=party_meant("--to", to),
        channel=_channel(channel),
        manner=manner.value if manner else None,
        since=since,
        until=until,
    )
    done = True
    if files:
        found, done = _of_files(files, published, wanted)
    else:
        with opened(archive, create=False) as store, answering():
            found = select_quotes(store.each(since, until), wanted)
    _print(found, limit, form)
    if not done:
        raise typer.Exit(1)


def _channel(asked: str | None) -> tuple[str, ...]:
    if asked is None:
        return ()
    with refusing("--channel"):
        return name_words(asked)


def _of_files(files: list[str], published: date | None, wanted: Wanted) -> tuple[list[Quote], bool]:
    """The quotes of the files, and whether all of them could be read."""
    failed = 0

    def readings() -> Iterator[CodedReport]:
        nonlocal failed
        for coded in read_files(files, published):
            if coded is None:
                failed += 1
            else:
                yield coded

    found = select_quotes(readings(), wanted)
    return found, not failed


def _print(found: list[Quote], limit: int | None, form: QuoteFormat) -> None:
    shown: Iterable[Quote] = found[:limit]
    print_quotes(list(shown), form)
    if not found:
        say("no such statement found")
    elif limit is not None and limit < len(found):
        say(f"{len(found)} statements found, the first {limit} shown")
