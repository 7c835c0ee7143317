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
        _print(ask_where(name, near.upper() if near else None, on, gazetteer), form)


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
    console.print("not known" if answer.answer is None else _table([answer.answer.to_dict()]))
    console.print(f"why: {answer.why}", markup=False)
    if answer.candidates:
        console.print("it may also be:" if answer.answer is not None else "it may be:")
        console.print(_table([candidate.to_dict() for candidate in answer.candidates[:_SHOWN]]))


_SHOWN = 10


def _table(rows: list[dict[str, object]]) -> Table:
    """Only the columns that say something."""
    names = [name for name in rows[0] if any(row[name] not in (None, "", [], False) for row in rows)]
    table = Table(*names, box=None)
    for row in rows:
        table.add_row(*(_cell(row[name]) for name in names))
    return table


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return "" if value is None or value is False else str(value)
