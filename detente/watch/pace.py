"""Each host's turn: never two requests at once or in quick succession, none before it asked to be asked again.

Keeps the turns; says nothing about what is asked. Safe to use from several threads.
"""

from __future__ import annotations

import random
import re
import threading
from datetime import UTC
from email.utils import parsedate_to_datetime

from detente.watch.clock import Clock
from detente.watch.failure import Held, Stopped
from detente.watch.sources import DAY

# A turn that comes later is left to a later round; that of a redirect is waited for longer, or it would never come.
LONGEST_WAIT, LONGEST_WAIT_ON_THE_WAY = 30.0, 600.0
# Nobody is believed who asks for more.
_LONGEST_ASKED = 7 * DAY


class Pace:
    """Gives hosts their turns."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}

    def turn(self, host: str, gap: float, longest: float = LONGEST_WAIT) -> None:
        """Waits for the host's next turn; Held where that is farther off, Stopped where the watch ends."""
        with self._lock:
            now = self._clock.steady()
            at = max(now, self._next.get(host, now))
            if at - now > longest:
                raise Held(at - now)
            self._next[host] = at + gap
        if self._clock.wait(at - now):
            raise Stopped

    def hold(self, host: str, seconds: float) -> None:
        """The host is not asked for so long."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), self._clock.steady() + seconds)


def asked_wait(heading: str | None, now: float) -> float | None:
    """How many seconds a Retry-After asks to wait; None where there is none that can be read."""
    words = (heading or "").strip()
    if re.fullmatch(r"\d{1,9}", words):
        return min(float(words), _LONGEST_ASKED)
    try:
        day = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    told = day if day.tzinfo else day.replace(tzinfo=UTC)
    return min(max(0.0, told.timestamp() - now), _LONGEST_ASKED)


def back_off(base: float, failures: int, longest: float, chance: random.Random) -> float:
    """How long to leave alone what failed so often: doubling, by chance up to a quarter more, so that none gang up."""
    return min(base * 2.0 ** min(failures - 1, 30), longest) * (1.0 + chance.random() / 4)
