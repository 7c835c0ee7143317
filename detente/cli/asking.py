"""`detente who`, `detente where`, `detente when`: the knowledge asked by hand, with the reasons.

No report is read. An answer that is not known is an answer: exit status 0.
"""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.cli.days import day_of
from detente.codebook.gazetteer import Gazetteer
from detente.codebook.language import load_language
from detente.codebook.times import load_times
from detente.codebook.whoswho import WhosWho
from detente.model.answers import Answer
from detente.resolve.asked_when import ask_when
from detente.resolve.asked_where import ask_where
from detente.resolve.asked_who import ask_who


class AnswerFormat(StrEnum):
    """The forms an answer can be asked in."""

    table = "table"
    json = "json"


OnOption = Annotated[
    date | None, typer.Option("--on", parser=day_of, metavar="DATE", help="As of that day: YYYY-MM-DD.")
]
FormatOption = Annotated[AnswerFormat, typer.Option("--format", help="A table for people, or one JSON object.")]


def who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, an office, or both.")],
    on: OnOption = None,
    form: FormatOption = AnswerFormat.table,
) -> None:
    """Who somebody is: person, country, body or group, with the office or side of that day."""
    with WhosWho.open() as whoswho:
        _print(ask_who(name, on, whoswho, load_language()), form)


def where(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place as a report names it.")],
    near: Annotated[
        str | None, typer.Option("--near", metavar="ISO3", help="A country that the report speaks of.")
    ] = None,
    on: OnOption = None,
    form: FormatOption = AnswerFormat.table,
) -> None:
    """Where a place lies, whose it is by the code lists, who claims it and who held it that day."""
    with Gazetteer.open() as gazetteer:
        country = near.strip().upper() if near else None
        if country is not None and country not in gazetteer.centres:
            raise typer.BadParameter(f"{near!r} is no ISO 3166 alpha-3 code of a country", param_hint="--near")
        _print(ask_where(name, country, on, gazetteer), form)


def when(
    expression: Annotated[str, typer.Argument(metavar="EXPRESSION", help='Time words: "on Tuesday".')],
    published: Annotated[
        date | None, typer.Option("--published", parser=day_of, metavar="DATE", help="The report's day.")
    ] = None,
    form: FormatOption = AnswerFormat.table,
) -> None:
    """Which days a time expression means in a report of that day."""
    _print(ask_when(expression, published, load_times()), form)


def _print(answer: Answer[Any], form: AnswerFormat) -> None:
    if form is AnswerFormat.json:
        typer.echo(json.dumps(answer.to_dict(), ensure_ascii=False))
        return
    console = Console(highlight=False, emoji=False)
    console.print("not known" if answer.answer is None else _fields(answer.answer.to_dict()))
    console.print(f"why: {answer.why}", markup=False)
    if answer.candidates:
        console.print("it may also be:" if answer.answer is not None else "it may be:")
        for candidate in answer.candidates[:_SHOWN]:
            console.print(_line(candidate.to_dict()), markup=False, soft_wrap=False)


_SHOWN = 10
# What a candidate's line leaves out: what is told by other fields, and what is long.
_LEFT_OUT = frozenset({"id", "resolution", "geonames_id", "sectors", "claimed_by", "controlled_by", "wikidata"})


def _fields(told: dict[str, object]) -> Table:
    """One field a line; only those that say something."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in told.items():
        if value not in (None, "", [], False):
            table.add_row(name, Text(_cell(value)))
    return table


def _line(told: dict[str, object]) -> str:
    """A candidate in one line: what says something, without its ids."""
    cells = [
        _cell(value) for name, value in told.items() if name not in _LEFT_OUT and value not in (None, "", [], False)
    ]
    return "  " + " · ".join(cells)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)
