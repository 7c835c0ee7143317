"""robots.txt (RFC 9309): whether a page may be asked for, and how fast. The only importer of protego."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from detente.watch.clock import Clock
from detente.watch.failure import Failed, Kind
from detente.watch.sources import DAY, HOUR, MINUTE

NAME = "detente"
_LARGEST = 512 * 1024
_KNOWN_FOR = DAY
# A site whose robots.txt cannot be had is left alone: a minute at first, then ever longer, an hour at the most.
_UNKNOWN_FOR, _LONGEST_UNKNOWN = MINUTE, HOUR
Get = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class _Known:
    rules: Protego | None
    until: float
    failed: Failed | None = None
    failures: int = 0


class Robots:
    """What the sites that were asked allow; each is asked once a day."""

    def __init__(self, clock: Clock, get: Get) -> None:
        self._clock, self._get = clock, get
        self._known: dict[str, _Known] = {}
        self._lock = threading.Lock()

    def check(self, url: str) -> None:
        """Failed where the site does not want this page to be asked for, or cannot say."""
        known = self._of(url)
        if known.failed is not None:
            # Whoever cannot be reached at all is told as such.
            kind = Kind.robots if known.failed.kind in (Kind.server, Kind.busy) else known.failed.kind
            words = f"its robots.txt cannot be had: {known.failed.words}"
            wait = max(known.until - self._clock.steady(), known.failed.after or 0.0)
            raise Failed(kind, words, wait, known.failed.lasting)
        if known.rules is not None and not known.rules.can_fetch(url, NAME):
            raise Failed(Kind.robots, "its robots.txt does not allow it", lasting=True)

    def gap(self, url: str, usual: float) -> float:
        """How long to leave the host alone after a request."""
        rules = self._of(url).rules
        asked = rules.crawl_delay(NAME) if rules is not None else None
        return max(usual, float(asked or 0.0))

    def _of(self, url: str) -> _Known:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = self._known.get(site)
        if known is None or known.until <= self._clock.steady():
            known = self._ask(site, known.failures if known is not None else 0)
            with self._lock:
                self._known[site] = known
        return known

    def _ask(self, site: str, failures: int = 0) -> _Known:
        now = self._clock.steady()
        try:
            words = self._get(f"{site}/robots.txt")[:_LARGEST].decode("utf-8", "replace")
        except Failed as problem:
            # No such file: all is allowed. A server that is down may forbid everything (RFC 9309, 2.3.1).
            if problem.kind in (Kind.refused, Kind.gone):
                return _Known(Protego.parse(""), now + _KNOWN_FOR)
            wait = min(_UNKNOWN_FOR * 2.0 ** min(failures, 30), _LONGEST_UNKNOWN)
            return _Known(None, now + wait, problem, failures + 1)
        return _Known(Protego.parse(words), now + _KNOWN_FOR)
