"""The web that `make soak` is measured against: feeds and articles on loopback addresses that fail as a real web does.

What becomes of each article follows from its number alone. Counts what was asked against the rules.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Of the articles that are to be read, so many fail at first, each in its way; then they are given.
PASSING = {
    "silent": 0.05,
    "server": 0.04,
    "truncated": 0.03,
    "charset": 0.03,
    "busy": 0.02,
    "moved": 0.04,
    "drip": 0.01,
}
# What becomes of the others. Those that are not named here repeat an article of the same outlet.
LASTING = {
    "missing": 0.08, "refused": 0.04, "gone": 0.02, "loop": 0.02, "huge": 0.005, "bomb": 0.02, "picture": 0.03,
    "private": 0.03, "inward": 0.03, "dead": 0.01,
}  # fmt: skip
CHANGED = 0.05
ASKED_TO_WAIT = 1.0
# Arrivals are timed by a busy machine: half the pace is allowed for.
TOLERANCE = 0.5
_TOLD = ("requests", "unchanged", "too_fast", "before_asked", "forbidden", "inward")
_HUGE = 300 << 20
_DRIP = 8.0
_NAMES = re.findall(
    r"\w+",
    "Albania Algeria Angola Argentina Armenia Australia Azerbaijan Bangladesh Belarus Bolivia Brazil Bulgaria "
    "Cameroon Chad Chile China Colombia Croatia Cuba Ecuador Egypt Eritrea Ethiopia France Georgia Germany Ghana "
    "Greece Guatemala Guyana Haiti Honduras Hungary India Indonesia Iran Iraq Israel Italy Japan Jordan Kazakhstan "
    "Kenya Kosovo Kuwait Kyrgyzstan Laos Lebanon Libya Lithuania Malaysia Mali Mexico Moldova Mongolia Morocco "
    "Mozambique Myanmar Nepal Nicaragua Niger Nigeria Norway Oman Pakistan Panama Paraguay Peru Poland Qatar Romania "
    "Russia Rwanda Senegal Serbia Somalia Spain Sudan Sweden Syria Tajikistan Tanzania Thailand Tunisia Turkey Uganda "
    "Ukraine Uruguay Uzbekistan Venezuela Vietnam Yemen Zambia Zimbabwe ",
)
_PARAGRAPHS, _LONG_ENOUGH = (3, 6), 15


@dataclass(frozen=True)
class Soak:
    """What is played."""

    hosts: tuple[str, ...]
    port: int
    feeds: int
    articles: int
    read: int
    pace: float
    trap: str

    def feed_url(self, feed: int) -> str:
        return f"http://{self.hosts[feed % len(self.hosts)]}:{self.port}/feed/{feed}"

    def fate(self, article: int) -> str:
        """What becomes of an article."""
        chance = random.Random(article).random()
        for name, share in (PASSING if article < self.read else LASTING).items():
            if chance < share:
                return name
            chance -= share
        return "given" if article < self.read else "copy"

    def original(self, article: int) -> int:
        """The article of the same feed whose words this one repeats."""
        of_feed = range(article % self.feeds, self.read, self.feeds)
        return of_feed[(article // self.feeds) % len(of_feed)]

    def changes(self, article: int) -> bool:
        return article < self.read and random.Random(f"changed {article}").random() < CHANGED

    def path(self, article: int) -> str:
        folder = "private" if self.fate(article) == "private" else "article"
        return f"/{folder}/{article}"


def texts(number: int) -> list[list[str]]:
    """So many short pieces as a wire gives them: three to six paragraphs of our own reports, mixed anew each time.

    Names of countries are changed for others and numbers for others, so that no two pieces tell of one happening.
    """
    chance = random.Random(7)
    files = sorted((ROOT / "corpus/statements/training").glob("*.txt"))
    paragraphs = [p for file in files for p in _paragraphs(file.read_text(encoding="utf-8"))]
    names = re.compile(rf"\b({'|'.join(_NAMES)})\b")
    made = []
    for at in range(number):
        told = dict(zip(_NAMES, chance.sample(_NAMES, len(_NAMES)), strict=True))
        whole = "\n".join(chance.sample(paragraphs, chance.randint(*_PARAGRAPHS)))
        words = names.split(whole)
        words[1::2] = [told[name] for name in words[1::2]]
        numbers = re.split(r"\b([1-9]\d?)\b", "".join(words))
        numbers[1::2] = [str(chance.randint(2, 99)) for _ in numbers[1::2]]
        made.append([f"Dispatch {at} of the day.", *"".join(numbers).split("\n")])
    return made


def _day(article: int) -> str:
    """Ten articles a day: the day that a feed gives for one."""
    return format_datetime(datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=article // 10))


def _paragraphs(file: str) -> list[str]:
    body = re.sub(r"</?[a-z](?: [^>]*)?>", "", file.split("\n---\n")[1])
    return [p.strip() for p in body.split("\n\n") if len(p.split()) > _LONG_ENOUGH]


@dataclass
class Record:
    """What was asked, and what of it was against the rules."""

    requests: int = 0
    fates: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    too_fast: int = 0
    before_asked: int = 0
    forbidden: int = 0
    inward: int = 0

    @property
    def outside(self) -> int:
        return self.too_fast + self.before_asked + self.forbidden + self.inward


class Web:
    """The servers of all hosts, and the trap that nobody may be led into."""

    def __init__(self, soak: Soak) -> None:
        self.soak, self.record, self.changed = soak, Record(), False
        self.texts = texts(soak.read)
        self.polls: Counter[int] = Counter()
        self.tried: Counter[int] = Counter()
        self.last: dict[str, float] = {}
        self.until: dict[str, float] = {}
        self.lock = threading.Lock()

    def serve(self) -> None:
        handler = type("SoakHandler", (_Handler,), {"web": self})
        servers = [ThreadingHTTPServer((host, self.soak.port), handler) for host in (*self.soak.hosts, self.soak.trap)]
        for server in servers:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
        threading.Event().wait()

    def arrived(self, host: str, path: str) -> None:
        """Judges a request by the rules."""
        now = time.monotonic()
        with self.lock:
            self.record.requests += 1
            self.record.inward += host == self.soak.trap
            self.record.forbidden += path.startswith("/private/")
            self.record.too_fast += now - self.last.get(host, 0.0) < self.soak.pace * TOLERANCE
            self.record.before_asked += now < self.until.get(host, 0.0) - 0.1
            self.last[host] = now

    def told(self) -> dict[str, object]:
        record = self.record
        told = {name: getattr(record, name) for name in _TOLD}
        return told | {"fates": dict(record.fates), "outside": record.outside}


class _Handler(BaseHTTPRequestHandler):
    web: Web
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        host = str(self.connection.getsockname()[0])
        _, kind, *rest = self.path.split("/")
        if kind == "control":
            self._control(rest[0])
            return
        self.web.arrived(host, self.path)
        with suppress(OSError):
            if kind == "robots.txt":
                self._give(b"User-agent: *\nDisallow: /private/\n", "text/plain")
            elif kind == "feed":
                self._feed(int(rest[0]))
            elif kind in ("article", "moved"):
                self._article(int(rest[0]), kind == "moved", host)
            else:
                self._give(b"", status=404)

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _control(self, word: str) -> None:
        if word == "change":
            self.web.changed = True
        self._give(json.dumps(self.web.told()).encode(), "application/json")

    def _feed(self, feed: int) -> None:
        soak = self.web.soak
        with self.web.lock:
            self.web.polls[feed] += 1
            shown = self.web.polls[feed]
        of_feed = range(feed, soak.articles, soak.feeds)
        named = of_feed[: max(1, -(-len(of_feed) * shown // 4))]
        etag = f'"{len(named)}-{self.web.changed}"'
        if self.headers.get("If-None-Match") == etag:
            self.web.record.unchanged += 1
            self.send_response(304)
            self.end_headers()
            return
        items = "".join(
            f"<item><title>Dispatch {n}{' (corrected)' if self.web.changed and soak.changes(n) else ''}</title>"
            f"<link>{soak.path(n)}</link><pubDate>{_day(n)}</pubDate></item>"
            for n in named
        )
        body = f'<rss version="2.0"><channel><title>Outlet {feed}</title>{items}</channel></rss>'
        self._give(body.encode(), "application/rss+xml", ETag=etag)

    def _article(self, article: int, moved: bool, host: str) -> None:
        web = self.web
        fate = web.soak.fate(article)
        with web.lock:
            web.tried[article] += 1
            web.record.fates[fate] += 1
            again = web.tried[article] > 1 or moved
        if (fate in PASSING and again and fate != "charset") or fate in ("given", "copy"):
            self._give(self._page(article))
            return
        getattr(self, f"_{fate}")(article, host)

    def _page(self, article: int, charset: str = "utf-8") -> bytes:
        soak = self.web.soak
        words = list(self.web.texts[article if article < soak.read else soak.original(article)])
        if self.web.changed and soak.changes(article):
            words.append(
                "This report was corrected in the evening, after the ministry had given another number of those hurt."
            )
        body = "".join(f"<p>{w.replace('&', '&amp;').replace('<', '&lt;')}</p>" for w in words)
        head = f"<html><head><title>{words[0]}</title></head>"
        page = f"{head}<body><article><h1>{words[0]}</h1>{body}</article></body></html>"
        return page.encode(charset, "xmlcharrefreplace")

    def _give(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **more: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": kind, "Content-Length": str(len(body))} | more).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _raw(self, words: bytes) -> None:
        self.close_connection = True
        self.wfile.write(words)

    def _silent(self, article: int, host: str) -> None:
        time.sleep(_DRIP)
        self.close_connection = True

    _dead = _silent

    def _server(self, article: int, host: str) -> None:
        self._give(b"out of order", status=500 + article % 4)

    def _truncated(self, article: int, host: str) -> None:
        body = self._page(article)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        self._raw(head + body[: len(body) // 2])

    def _charset(self, article: int, host: str) -> None:
        self._give(self._page(article, "windows-1252"))

    def _busy(self, article: int, host: str) -> None:
        self.web.until[host] = time.monotonic() + ASKED_TO_WAIT
        self._give(b"", status=429, Retry_After=f"{ASKED_TO_WAIT:.0f}")

    def _moved(self, article: int, host: str) -> None:
        self._give(b"", status=301, Location=f"/moved/{article}")

    def _drip(self, article: int, host: str) -> None:
        self._raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        end = time.monotonic() + _DRIP
        while time.monotonic() < end:
            self.wfile.write(b"x")
            time.sleep(0.1)

    def _missing(self, article: int, host: str) -> None:
        self._give(b"no such page", status=404)

    def _refused(self, article: int, host: str) -> None:
        self._give(b"for subscribers", status=403)

    def _gone(self, article: int, host: str) -> None:
        self._give(b"", status=410)

    def _loop(self, article: int, host: str) -> None:
        self._give(b"", status=302, Location=f"/article/{article}")

    def _huge(self, article: int, host: str) -> None:
        self._raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(_HUGE >> 16):
            self.wfile.write(b"x" * (1 << 16))

    def _bomb(self, article: int, host: str) -> None:
        self._give(BOMB, Content_Encoding="gzip")

    def _picture(self, article: int, host: str) -> None:
        self._give(b"\x89PNG", "image/png")

    def _inward(self, article: int, host: str) -> None:
        self._give(b"", status=302, Location=f"http://{self.web.soak.trap}:{self.web.soak.port}/secret")


BOMB = gzip.compress(bytes(64 << 20))


def hosts(number: int) -> Sequence[str]:
    """Loopback addresses that stand for so many hosts."""
    return [f"127.0.1.{n}" for n in range(1, number + 1)]
