"""What a bulk run is to do, how far it is, and what came of it. Light: loads neither parser nor tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente.ingest import SetAside

PART_ROWS = 1000
"""Rows of a shard that are written and marked together: some five minutes of one worker."""


class Refused(ValueError):
    """A bulk run that must not start; the message says why and what to do."""


class CrewFailed(RuntimeError):
    """Workers cannot be started, or die again and again."""


class OutputFailed(OSError):
    """The output cannot be written; what is marked as done stays."""


@dataclass(frozen=True, slots=True)
class Share:
    """Which of several jobs this is that divide the shards among them: 2 of 5."""

    number: int = 1
    of: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What a bulk run is to do."""

    source: Path
    out: Path
    workers: int = 1
    share: Share = Share()
    resume: bool = False
    part_rows: int = PART_ROWS


@dataclass
class Progress:
    """How far a run is. `read` counts rows read in this run, `skipped` those done before; sizes are bytes of input."""

    size: int = 0
    shards: int = 0
    read: int = 0
    skipped: int = 0
    size_read: float = 0.0
    size_skipped: float = 0.0

    @property
    def done(self) -> float:
        """The share of the input that was read in this run."""
        return self.size_read / self.size if self.size else 0.0

    @property
    def left(self) -> float:
        """The share of the input that is not done yet."""
        return max(0.0, 1 - (self.size_read + self.size_skipped) / self.size) if self.size else 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a run."""

    progress: Progress
    set_aside: tuple[SetAside, ...]  # whole files
    others: int  # files in the folder whose names are those of no shard
    errors: int  # rows of this run's shards that were set aside
    repeated_ids: int | None  # ids that several shards have; None where that was not looked at
    replaced: int  # workers that were killed and replaced
    complete: bool  # all shards of the input are done, those of other jobs too
