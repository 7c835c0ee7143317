"""`detente ledger [FILE...]`: demands, promises, offers, refusals and agreements, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from detente.analyse.ledger import Asked, Entry, ledger
from detente.analyse.outcomes import OutcomeWords
from detente.analyse.quotes import Party
from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.asked import check_options, party_meant
from detente.cli.days import day_of
from detente.cli.ledger_forms import LedgerFormat, print_ledger
from detente.cli.messages import say
from detente.cli.read import read_files
from detente.codebook.commitments import load_commitments
from detente.model.coded import CodedReport


class KindAsked(StrEnum):
    """The kinds that can be asked for."""

    demand = "demand"
    promise = "promise"
    offer = "offer"
    ultimatum = "ultimatum"
    refusal = "refusal"
    agreement = "agreement"


def show_ledger(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE...]", help="Read these, storing nothing; - for standard input. Else the archive."
        ),
    ] = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="SIDE SIDE", help='Two sides: RUS, "RUS MIL", Russia, or a name.'),
    ] = None,
    archive: ArchiveOption = None,
    kind: Annotated[
        list[KindAsked] | None, typer.Option("--kind", help="Only these; may be given several times.")
    ] = None,
    since: Annotated[
        date | None, typer.Option("--since", parser=day_of, metavar="DAY", help="Made on that day or later.")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--until", parser=day_of, metavar="DAY", help="As known on that day.")
    ] = None,
    form: Annotated[LedgerFormat, typer.Option("--format", help="A table, JSON Lines, or CSV.")] = LedgerFormat.table,
    published: Annotated[
        date | None,
        typer.Option("--published", parser=day_of, metavar="DAY", help="For files that give no date: YYYY-MM-DD."),
    ] = None,
) -> None:
    """Show who demanded, promised, offered or refused what, and whether it was met, refused or broken."""
    check_options(files, archive, published, since, until)
    sides = _sides(between)
    asked = Asked(sides, tuple(k.value for k in kind or ()), since, until)
    done = True
    if files:
        found, done = _of_files(files, published, asked)
    else:
        with opened(archive, create=False) as store, answering():
            found = ledger(store.each(until=until), asked, _outcome_words())
    print_ledger(found, form)
    if not found:
        say("no such entry found")
    if not done:
        raise typer.Exit(1)


def _sides(between: tuple[str, str] | None) -> tuple[Party, Party] | None:
    if between is None:
        return None
    one, other = (party_meant("--between", side) for side in between)
    return (one, other) if one is not None and other is not None else None


def _outcome_words() -> OutcomeWords:
    words = load_commitments()
    return OutcomeWords(words.breaking, words.keeping, words.truce, words.answered)


def _of_files(files: list[str], published: date | None, asked: Asked) -> tuple[list[Entry], bool]:
    """The entries of the files, and whether all of them could be read."""
    failed = 0

    def readings() -> Iterator[CodedReport]:
        nonlocal failed
        for coded in read_files(files, published):
            if coded is None:
                failed += 1
            else:
                yield coded

    found = ledger(readings(), asked, _outcome_words())
    return found, not failed
