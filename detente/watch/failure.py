"""Why something could not be got or given: the kinds that are counted, and the words for a person."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of failures, as `detente status` and the metrics count them."""

    address = "address"
    name = "name"
    connection = "connection"
    tls = "tls"
    timeout = "timeout"
    slow = "slow"
    truncated = "truncated"
    broken = "broken"
    large = "large"
    bomb = "bomb"
    redirects = "redirects"
    robots = "robots"
    busy = "busy"
    refused = "refused"
    gone = "gone"
    server = "server"
    kind = "kind"
    reading = "reading"
    archive = "archive"


class Failed(Exception):
    """Something could not be got; `after` is how many seconds the other side asked to wait.

    `lasting` says that asking again as planned is of no use.
    """

    def __init__(self, kind: Kind, words: str, after: float | None = None, lasting: bool = False) -> None:
        super().__init__(words)
        self.kind, self.words, self.after, self.lasting = kind, words, after, lasting


class Held(Exception):
    """A host's turn comes later than one waits for; no failure."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"its turn comes in {seconds:.0f} seconds")
        self.seconds = seconds


class Stopped(Exception):
    """The watch is to end; what was begun is left as it was."""
