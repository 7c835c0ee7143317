"""The clock that the watch goes by; tests pass a faster one. Times are seconds since 1970, in no time zone."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> float:
        """The time as people know it; somebody may set it back."""

    def steady(self) -> float:
        """A time that never goes back, good for distances only."""

    def wait(self, seconds: float) -> bool:
        """Waits; True, and at once, where the watch is to end."""

    def stopping(self) -> bool:
        """Whether the watch is to end."""


class RealClock:
    """The machine's own clock; `stop` ends all waiting."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def now(self) -> float:
        return time.time()

    def steady(self) -> float:
        return time.monotonic()

    def wait(self, seconds: float) -> bool:
        return self._stop.wait(max(0.0, seconds))

    def stopping(self) -> bool:
        return self._stop.is_set()

    def stop(self) -> None:
        self._stop.set()


def stamp(seconds: float) -> str:
    """A time as people and programs read it, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
