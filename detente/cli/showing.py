"""`detente show ID`: a stored reading, in the same forms as `detente read` gives it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.formats import Format, print_reading, write_page
from detente.cli.messages import say


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The report's id, or its first letters.")],
    archive: ArchiveOption = None,
    form: Annotated[Format, typer.Option("--format", help="How to show it.")] = Format.table,
    out: Annotated[Path | None, typer.Option("--out", metavar="PATH", help="Where to write the page.")] = None,
) -> None:
    """Show the current reading of a stored report."""
    if out and form is not Format.html:
        raise typer.BadParameter("goes with --format html only", param_hint="--out")
    with opened(archive, create=False) as store, answering():
        coded = store.get(id)
    if out is None:
        print_reading(coded, form)
        return
    try:
        say(f"page written to {write_page(coded, out, 1)}")
    except OSError as problem:
        say(f"{out}: the page cannot be written ({problem.strerror}); give another --out")
        raise typer.Exit(1) from problem
