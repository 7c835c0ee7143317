"""How a day is written on the command line."""

from __future__ import annotations

from datetime import date

import typer

from detente.ingest.publication import parse_day


def day_of(words: str) -> date:
    """The day, or wrong usage with the form it wants."""
    day = parse_day(words)
    if day is None:
        raise typer.BadParameter(f"{words!r} is no date; write it as YYYY-MM-DD")
    return day
