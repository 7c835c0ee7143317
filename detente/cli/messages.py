"""What goes to standard error: one plain line per message, and progress only where a person watches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from detente.ingest.outcome import one_line


def say(message: str) -> None:
    """One line on standard error, as it is: no colours read into it, no folding."""
    Console(stderr=True).print(one_line(message), markup=False, highlight=False, soft_wrap=True, emoji=False)


@contextmanager
def working(message: str) -> Iterator[None]:
    """Shows that something is being done while it is being done, where standard error is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(one_line(message).replace("[", "\\[")):
        yield
