"""A web server of our own on the loopback that behaves as well or as badly as it is told to."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headings: Mapping[str, str]
    body: bytes
    at: float


Act = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Does what the page's act says."""

    protocol_version = "HTTP/1.1"
    site: Site
    asked: Asked

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headings = {name.lower(): value for name, value in self.headers.items()}
        self.asked = Asked(self.path, headings, self.rfile.read(length), time.monotonic())
        self.site.asked.append(self.asked)
        act = self.site.pages.get(self.path, answer(b"no such page", status=404))
        # Whoever asks may have gone away: that is what some tests are for.
        with suppress(OSError):
            act(self)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Site:
    """The pages of the server by their paths, and what was asked of it."""

    port: int = 0
    pages: dict[str, Act] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, in order, but for robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()
    handler = type("OwnHandler", (Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headings: str) -> Act:
    """A whole answer; `Retry_After="5"` becomes a heading."""

    def act(handler: Handler) -> None:
        handler.send_response(status)
        sent = {"Content-Type": kind, "Content-Length": str(len(body))}
        for name, value in (sent | {name.replace("_", "-"): value for name, value in headings.items()}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return act


def moved(to: str, status: int = 301) -> Act:
    return answer(b"", status=status, Location=to)


def unless_same(body: bytes, etag: str, kind: str = "application/xml") -> Act:
    """Answers 304 to whoever has it already."""

    def act(handler: Handler) -> None:
        if handler.asked.headings.get("if-none-match") == etag:
            handler.send_response(304)
            handler.end_headers()
        else:
            answer(body, kind, ETag=etag)(handler)

    return act


def truncated(body: bytes) -> Act:
    """Says that more comes than comes."""

    def act(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body) * 2))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return act


def silent(seconds: float) -> Act:
    def act(handler: Handler) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return act


def dripping(seconds: float, headings_too: bool = False) -> Act:
    """One byte at a time, never pausing long enough to be called silent."""

    def act(handler: Handler) -> None:
        if not headings_too:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        handler.close_connection = True
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            handler.wfile.write(b"x")
            time.sleep(0.05)

    return act


def huge(size: int) -> Act:
    """So many bytes without saying how many come."""

    def act(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        handler.close_connection = True
        for _ in range(size >> 16):
            handler.wfile.write(b"x" * (1 << 16))

    return act


def bomb(size: int) -> Act:
    return answer(gzip.compress(b"\x00" * size), Content_Encoding="gzip")
