"""`detente list`: the reports of the archive, one a row, in the order they were stored."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.messages import say
from detente.serve.wording import clean
from detente.store import Listed

SHORT_ID = 8


def list_reports(
    archive: ArchiveOption = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="The last N only.")] = None,
) -> None:
    """List the stored reports."""
    with opened(archive, create=False) as store, answering():
        rows = store.list(limit)
        count = store.count()
    if rows:
        Console(highlight=False, emoji=False).print(_table(rows))
    say(f"{count} report{'' if count == 1 else 's'} in the archive" + (f", the last {limit} shown" if limit else ""))


def _table(rows: tuple[Listed, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    table.add_column("Id", no_wrap=True, min_width=SHORT_ID, style="cyan")
    table.add_column("Published", no_wrap=True, min_width=10)
    table.add_column("Outlet", max_width=18, no_wrap=True, overflow="ellipsis")
    table.add_column("Report", ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column("Events", justify="right")
    table.add_column("Said", justify="right")
    for row in rows:
        published = row.published.isoformat() if row.published else "undated"
        words = Text(clean(row.title or row.first_words))
        outlet = Text(clean(row.outlet or "\u2013"))
        table.add_row(row.id[:SHORT_ID], published, outlet, words, str(row.events), str(row.statements))
    return table
