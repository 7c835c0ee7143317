"""What the watch counts while it runs, for the logs and the metrics. Starts from nothing each time."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

log = logging.getLogger("detente.watch")


@dataclass(slots=True)
class Tally:
    """Counts since the start, by name."""

    counts: dict[str, int] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, number: int = 1) -> None:
        self.counts[name] = self.counts.get(name, 0) + number

    def fail(self, kind: str) -> None:
        self.failures[kind] = self.failures.get(kind, 0) + 1

    def of(self, name: str) -> int:
        return self.counts.get(name, 0)


def tell(event: str, level: int = logging.INFO, **told: object) -> None:
    """One line for the log: what happened, and to whom; addresses are shown without their secrets by the caller."""
    log.log(level, event, extra={"told": told})
