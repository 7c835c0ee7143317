"""What the watch remembers: how each source stands, each article it knows of, and the alerts that it raised.

Times are seconds since 1970.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

ItemState = Literal["waiting", "reading", "done", "left"]


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source stands: where it lies now, what it last said of itself, when it is asked again."""

    name: str
    # The address in sources.toml, and the one it moved to for good since.
    told: str
    url: str
    due: float = 0.0
    etag: str | None = None
    modified: str | None = None
    polled: float | None = None
    succeeded: float | None = None
    polls: int = 0
    failures: int = 0
    why: str | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An article that a feed or sitemap names; `mark` changes when the entry does."""

    url: str
    title: str | None = None
    published: str | None = None
    mark: str | None = None


def mark_of(*words: str) -> str:
    """What changes when an entry does."""
    return hashlib.sha256("\x1f".join(words).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Item:
    """An article that is known of. `report` is the report made of it, `digest` the hash of its words."""

    url: str
    source: str
    title: str | None
    published: str | None
    state: ItemState
    due: float
    tries: int = 0
    report: str | None = None
    digest: str | None = None
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that failed, for counting: whose, of what kind, and the words."""

    source: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class CountedFault:
    """How often something failed, and when last."""

    source: str
    kind: str
    times: int
    last: float
    words: str


@dataclass(frozen=True, slots=True)
class KeptAlert:
    """An alert as it was raised first."""

    id: str
    raised: float
    body: dict[str, object] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """An alert that is still to be given to a channel."""

    alert: KeptAlert
    channel: str
    tries: int


@dataclass(frozen=True, slots=True)
class Run:
    """The watch that works on an archive, or worked on it last."""

    pid: int
    started: float
    beat: float
    ended: float | None
    sources: str
