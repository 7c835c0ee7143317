"""How a reading leaves the program: as tables, as a line of JSON, or as a web page.

Standard output gets nothing but the readings.
"""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

import typer
from rich.console import Console

from detente.cli.tables import reading_table
from detente.model.coded import CodedReport


class Format(StrEnum):
    """The forms a reading can be asked in."""

    table = "table"
    json = "json"
    html = "html"


# Line breaks to some tools that split JSON Lines, though not to JSON: written as escapes so that a line stays a line.
BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_line(coded: CodedReport) -> str:
    """The contract's object on one line."""
    return json.dumps(coded.to_dict(), ensure_ascii=False).translate(BREAKS)


def page_path(out: Path, coded: CodedReport, number: int) -> Path:
    """Where the page of the `number`th reading goes: into a folder by its id, or beside the first one."""
    if out.is_dir() or not out.suffix:
        return out / f"{coded.report.id}.html"
    return out if number == 1 else out.with_name(f"{out.stem}-{number}{out.suffix}")


def print_reading(coded: CodedReport, form: Format) -> None:
    """The reading on standard output."""
    if form is Format.json:
        typer.echo(json_line(coded))
    elif form is Format.html:
        typer.echo(_page(coded), nl=False)
    else:
        Console(highlight=False, emoji=False).print(reading_table(coded))


def write_page(coded: CodedReport, out: Path, number: int) -> Path:
    """The page of a reading as a file; OSError where it cannot be written."""
    path = page_path(out, coded, number)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_page(coded), encoding="utf-8")
    return path


def _page(coded: CodedReport) -> str:
    # Late, because the other formats need no templates.
    from detente.serve.page import page

    return page(coded)
