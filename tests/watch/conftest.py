"""A server on the loopback, and a clock that takes no time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from watch.web import Site, serving

START = 1_711_839_600.0  # 2024-03-30 23:00 UTC: an hour before the night in which Europe's clocks were changed


@dataclass
class FastClock:
    """Waiting takes no time but moves the clock."""

    time: float = START
    past: float = 0.0
    ends: float = float("inf")
    lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> float:
        return self.time

    def steady(self) -> float:
        return self.past

    def wait(self, seconds: float) -> bool:
        with self.lock:
            self.time += max(0.0, seconds)
            self.past += max(0.0, seconds)
        return self.stopping()

    def stopping(self) -> bool:
        return self.past >= self.ends


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def clock() -> FastClock:
    return FastClock()
