"""`detente search WORDS`: the stored reports that hold all the words, with the words in their surroundings."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.listing import SHORT_ID
from detente.cli.messages import say
from detente.serve.wording import clean
from detente.store import Hit


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="All of them must occur.")],
    archive: ArchiveOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="The best N only.")] = 20,
) -> None:
    """Search the texts and titles of the stored reports."""
    with opened(archive, create=False) as store, answering():
        hits = store.search(" ".join(words), limit)
    console = Console(highlight=False, emoji=False)
    for hit in hits:
        console.print(_shown(hit))
    if not hits:
        say("nothing found")


def _shown(hit: Hit) -> Group:
    head = Text.assemble((hit.id[:SHORT_ID], "cyan"), "  ", hit.published.isoformat() if hit.published else "undated")
    head.append(f"  {clean(hit.outlet)}" if hit.outlet else "")
    snippet = Text()
    for piece in hit.pieces:
        # The spaces at a piece's ends part it from the next one.
        left, right = piece.words[:1].isspace(), piece.words[-1:].isspace()
        words = " " * left + clean(piece.words) + " " * right
        snippet.append(words, "bold yellow" if piece.found else "")
    return Group(head, Padding(snippet, (0, 0, 1, SHORT_ID + 2)))
