"""Gets what lies at an address: asks politely, follows what moved, tells what is new. Keeps nothing on disk."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

from detente.watch.addresses import host_of, joined
from detente.watch.asking import Asker, Response
from detente.watch.clock import Clock
from detente.watch.failure import Failed, Kind
from detente.watch.pace import LONGEST_WAIT, LONGEST_WAIT_ON_THE_WAY, Pace, asked_wait
from detente.watch.robots import Robots
from detente.watch.sources import Limits

_MOVED = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_BUSY = (429, 503)


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier answer said of itself, for asking whether anything changed."""

    etag: str | None = None
    modified: str | None = None

    @property
    def headings(self) -> dict[str, str]:
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Got:
    """What lies at an address now; `body` is None where it is as it was. `moved` is where it lies for good since,
    `charset` the encoding that the server names."""

    url: str
    body: bytes | None
    known: Known
    moved: str | None = None
    charset: str | None = None


class Fetcher:
    """Gets pages and feeds within the limits; each host in its turn, and only what its robots.txt allows."""

    def __init__(self, limits: Limits, agent: str, clock: Clock) -> None:
        self._limits, self._clock = limits, clock
        self._asker = Asker(limits, agent)
        self.pace = Pace(clock)
        self._robots = Robots(clock, lambda url: self._followed(url, Known(), polite=False).body or b"")

    def get(self, url: str, known: Known | None = None) -> Got:
        """What lies there; Failed, Held or Stopped where it cannot be had now."""
        return self._followed(url, known or Known(), polite=True)

    def _followed(self, url: str, known: Known, polite: bool) -> Got:
        until, seen, lasting, at = None, {url}, True, url
        for _ in range(self._limits.redirects + 1):
            gap = self._limits.pace
            if polite:
                self._robots.check(at)
                gap = self._robots.gap(at, gap)
            waited = time.monotonic()
            self.pace.turn(host_of(at), gap, LONGEST_WAIT if until is None else LONGEST_WAIT_ON_THE_WAY)
            # Waiting for a turn does not count.
            until = (until or waited + self._limits.seconds) + time.monotonic() - waited
            response = self._asker.ask(at, known.headings, until=until)
            if response.status not in _MOVED:
                self._check(response, at)
                return self._got(response, at, known, at if lasting and at != url else None)
            lasting = lasting and response.status in _FOR_GOOD
            at = self._next(at, response, seen)
        raise Failed(Kind.redirects, f"leads on more than {self._limits.redirects} times")

    def _next(self, at: str, response: Response, seen: set[str]) -> str:
        """Where a redirect leads; the address is checked again when it is connected to."""
        found = joined(at, response.headings.get("location", ""))
        if found is None:
            raise Failed(Kind.redirects, "leads on to no address that could be asked")
        if found in seen:
            raise Failed(Kind.redirects, "leads round in a circle")
        if urlsplit(at).scheme == "https" and urlsplit(found).scheme == "http":
            raise Failed(Kind.redirects, "leads from https to http")
        seen.add(found)
        return found

    def _check(self, response: Response, url: str) -> None:
        """Failed for every answer but a page or "as it was"."""
        status = response.status
        if status in (200, 203, 304):
            return
        if status in _BUSY:
            after = asked_wait(response.headings.get("retry-after"), self._clock.now())
            if after:
                self.pace.hold(host_of(url), after)
            raise Failed(Kind.busy, f"asked to wait (HTTP {status})", after)
        if status == 410:
            raise Failed(Kind.gone, "gone for good (HTTP 410)", lasting=True)
        if status >= 500:
            raise Failed(Kind.server, f"the server failed (HTTP {status})")
        raise Failed(Kind.refused, f"refused (HTTP {status})")

    def _got(self, response: Response, url: str, known: Known, moved: str | None) -> Got:
        if response.status == 304:
            if not known.headings:
                raise Failed(Kind.broken, "said to be as it was, but it was never had")
            return Got(url, None, known, moved)
        told = Known(_told(response, "etag"), _told(response, "last-modified"))
        return Got(url, response.body, told, moved, _charset(response.headings.get("content-type", "")))


def _charset(content_type: str) -> str | None:
    """The parameter `charset` of a Content-Type (RFC 9110, 8.3)."""
    message = Message()
    message["Content-Type"] = content_type
    return message.get_content_charset()


def _told(response: Response, name: str) -> str | None:
    value = response.headings.get(name, "").strip()
    return value if value and len(value) <= 500 and value.isprintable() and value.isascii() else None
