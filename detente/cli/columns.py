"""The option that says where a table or JSON has which field of a report: `--columns text=body,published=date`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from detente.ingest.described import NAMES

ColumnsOption = Annotated[
    str | None,
    typer.Option("--columns", metavar="FIELD=NAME,...", help="Where tables have what: text=body,published=date."),
]


def columns_of(words: str | None) -> Mapping[str, str]:
    """The names by field; wrong usage where a field is unknown, named twice, or no pair."""
    found: dict[str, str] = {}
    for pair in (words or "").split(",") if words is not None else ():
        field, equals, name = (part.strip() for part in pair.partition("="))
        if not equals or not name:
            raise typer.BadParameter(f"{pair!r} is no pair FIELD=NAME", param_hint="--columns")
        if field not in NAMES:
            raise typer.BadParameter(f"no field {field!r}; there are: {', '.join(NAMES)}", param_hint="--columns")
        if field in found:
            raise typer.BadParameter(f"{field} twice", param_hint="--columns")
        found[field] = name
    return found
