"""How fast the desk answers over a large archive: every page and list, one by one and by many at once.

    python bench/desk_speed.py [--reports 200000] [--keep FOLDER] [--write]

The archive is made here from one reading told again with other days, parties and places (five events a report), and
kept out of the repository. Prints the 95th percentile of each address; `--write` puts it into bench/DESK.md.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import httpx
from readings import ROOT
from sqlalchemy import insert

from detente.model.account import AccountPlace, EventKey
from detente.model.coded import CodedReport
from detente.model.event import Coding, Event
from detente.model.incident import Incident, IncidentParty
from detente.model.participant import Participant
from detente.model.report import Report
from detente.model.span import Span
from detente.model.statement import Statement
from detente.model.when import When
from detente.store import Archive, tables
from detente.store.briefs import pair_rows
from detente.store.database import writing
from detente.store.shelf import incident_row

PAGE = ROOT / "bench" / "DESK.md"
READERS, ROUNDS, BAR, SEARCH_BAR = 20, 20, 0.3, 0.2
# What is drawn, and what is there when it is.
DRAWN = {"/map": "#map svg circle", "/pairs/ARM/AZE": "#tension canvas", "/network": "#network canvas"}
EVENTS = 5
_SIDES = (
    "ARM",
    "AZE",
    "RUS",
    "UKR",
    "ISR",
    "LBN",
    "IND",
    "PAK",
    "SDN",
    "ETH",
    "KEN",
    "SOM",
    "CHN",
    "PHL",
    "VEN",
    "GUY",
)
_TYPES = ("ASSAULT", "COERCE", "CONSULT", "AGREE", "SANCTION", "PROTEST", "AID", "ACCUSE", "REJECT", "REQUEST")
_WORDS = ("border", "troops", "talks", "envoy", "drone", "harbour", "ceasefire", "grain", "bridge", "prisoners", "mine")
_FIRST, _DAYS = date(2015, 1, 1), 4000
PAGES = (
    "/",
    "/incidents",
    "/pairs",
    "PAIR/month",
    "PAIR/week",
    "PAIR/day",
    "TWO",
    "INCIDENT",
    "/actors",
    "ACTOR",
    "/statements?speaker=RUS",
    "/map",
    "/network",
    "/search?party=RUS&type=ASSAULT",
    "/review",
    "/api/v1/events?type=ASSAULT&party=RUS&limit=100",
    "/api/v1/reports?since=2020-01-01",
    "/api/v1/statements?party=CHN&limit=100",
    "/api/v1/incidents?limit=100",
)
SEARCHES = ("/search?q=ceasefire+envoy", "/search?q=drone", "/search?q=grain&outlet=Outlet+7&since=2020-01-01")


def report_of(number: int, draw: random.Random) -> CodedReport:
    """One report of five events and a statement between two countries."""
    a, b = draw.sample(_SIDES, 2)
    day = _FIRST + timedelta(days=draw.randrange(_DAYS))
    parts = [f"{a} did {n} to {b} at the {draw.choice(_WORDS)} near the {draw.choice(_WORDS)}." for n in range(EVENTS)]
    text = " ".join([*parts, f'"We know," {a} said of {b} in report {number}.'])
    report = Report(text, f"{a} and {b}: {draw.choice(_WORDS)}", f"Outlet {number % 40}", None, day, "en")
    people = tuple(
        Participant(f"a{n}", code, "country", (Span(0, 3),), f"country:{code}", code, ("GOV",))
        for n, code in enumerate((a, b))
    )
    events, at = [], 0
    for n, words in enumerate(parts):
        span = Span(at, at + len(words))
        when = When(day, day, "publication", "day")
        codings = (Coding("PLOVER", draw.choice(_TYPES), score=-1.0),)
        events.append(Event(f"e{n}", ("a0",), ("a1",), codings, "happened", span, (span,), when=when))
        at += len(words) + 1
    said = Statement("s0", "a0", content=(Span(at, len(text)),), manner="direct", about=("a1",))
    return CodedReport(report, people, (), (said,), tuple(events), ())


def incidents_of(reports: int, draw: random.Random) -> Iterator[Incident]:
    """About two fifths as many incidents as events."""
    for number in range(2 * reports):
        a, b = draw.sample(_SIDES, 2)
        day = _FIRST + timedelta(days=draw.randrange(_DAYS))
        place = AccountPlace(
            f"Town {number % 3000}", a, None, "city", None, draw.uniform(-40, 60), draw.uniform(-90, 130)
        )
        yield Incident(
            f"{number:020x}",
            draw.choice(_TYPES),
            None,
            "happened",
            (IncidentParty(f"{a} GOV", a),),
            (IncidentParty(f"{b} GOV", b),),
            (f"r{number}",),
            draw.choice((1, 1, 1, 2, 3)),
            (EventKey(f"r{number}", "e0"),),
            first=day,
            last=day,
            dated="stated",
            where=place,
            score=-2.0,
        )


def make_archive(path: Path, reports: int) -> None:
    """Fill an archive; a transaction for many reports, for nothing here is worth keeping."""
    draw = random.Random(7)
    from detente.store import archive as inner

    with Archive.open(path) as store:
        for start in range(0, reports, 5000):
            with writing(store._engine) as connection:
                for number in range(start, min(start + 5000, reports)):
                    coded = report_of(number, draw)
                    whole = inner._without_text(coded)
                    row, _ = store._report_number(connection, coded)
                    inner._add_reading(connection, coded, row, inner._json(whole), str(number))
        made = incidents_of(reports, draw)
        with writing(store._engine) as connection:
            while some := [incident for _, incident in zip(range(5000), made, strict=False)]:
                connection.execute(insert(tables.incident), [incident_row(incident) for incident in some])
                connection.execute(insert(tables.incident_pair), [row for i in some for row in pair_rows(i)])
            # Incidents are made here, so the reports need not be fused.
            connection.exec_driver_sql("INSERT INTO fused (report, reading) SELECT report, number FROM reading")
            connection.exec_driver_sql("ANALYZE")


def addresses(draw: random.Random) -> list[str]:
    """One round: every page once; pairs and actors are drawn anew, so that none is fast for having just been asked."""
    one, two, three, four = (draw.sample(_SIDES, 2) for _ in range(4))
    drawn = {
        "PAIR/month": f"/pairs/{one[0]}/{one[1]}?by=month",
        "PAIR/week": f"/pairs/{two[0]}/{two[1]}?by=week",
        "PAIR/day": f"/pairs/{three[0]}/{three[1]}?by=day",
        "TWO": f"/pairs/{one[0]}/{one[1]}?by=month&with={four[0]}/{four[1]}",
        "ACTOR": f"/actors/country:{four[0]}",
        "INCIDENT": f"/incidents/{draw.randrange(100_000):020x}",
    }
    return [drawn.get(path, path) for path in (*PAGES, *SEARCHES)]


class Readers:
    """People who look at pages of a server, each time with how long it took."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=60, limits=httpx.Limits(max_connections=READERS))
        self.errors: list[str] = []
        self.heaviest = 0

    def ask(self, path: str) -> float:
        started = time.perf_counter()
        try:
            answer = self._client.get(path)
        except httpx.HTTPError as problem:
            self.errors.append(f"{path}: {problem}")
            return 60.0
        if answer.status_code != 200:
            self.errors.append(f"{path}: {answer.status_code}")
        if not path.startswith("/api"):
            self.heaviest = max(self.heaviest, len(answer.content))
        return time.perf_counter() - started

    def alone(self, rounds: int) -> dict[str, list[float]]:
        """Seconds of each kind of address, one after another."""
        draw, took = random.Random(9), dict[str, list[float]]()
        for path in addresses(draw):
            self.ask(path)
        for _ in range(rounds):
            for kind, path in zip((*PAGES, *SEARCHES), addresses(draw), strict=True):
                took.setdefault(kind, []).append(self.ask(path))
        return took

    def together(self, seconds: float) -> list[float]:
        """Many at once for some seconds, each with a pause of some seconds between two pages, as people look."""
        end = time.monotonic() + seconds

        def look(number: int) -> list[float]:
            draw, took = random.Random(number), list[float]()
            while time.monotonic() < end:
                time.sleep(draw.uniform(1.0, 5.0))
                took.append(self.ask(draw.choice(addresses(draw))))
            return took

        with ThreadPoolExecutor(READERS) as pool:
            return [one for some in pool.map(look, range(READERS)) for one in some]


@contextmanager
def reports_coming(store: Archive) -> Iterator[None]:
    """Reports are stored meanwhile, some each second."""
    stop, draw = threading.Event(), random.Random(11)

    def store_reports() -> None:
        number = 10_000_000
        while not stop.wait(0.2):
            store.add(report_of(number, draw))
            number += 1

    writer = threading.Thread(target=store_reports)
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join()


def drawn_in_chromium(address: str) -> dict[str, float]:
    """Seconds until map, pair and network can be used in Chromium: loaded, drawn, and nothing left to run."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        return {}
    took = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for path, drawn in DRAWN.items():
            seconds = []
            for _ in range(5):
                page = browser.new_page()
                started = time.perf_counter()
                page.goto(address + path, wait_until="load")
                page.wait_for_selector(drawn)
                page.evaluate("() => new Promise(done => requestIdleCallback(done))")
                seconds.append(time.perf_counter() - started)
                page.close()
            took[path] = max(seconds)
        browser.close()
    return took


def _high(seconds: list[float]) -> float:
    """The 95th percentile (nearest rank)."""
    return sorted(seconds)[math.ceil(0.95 * len(seconds)) - 1]


def main() -> int:
    """Make the archive, serve it, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=200_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp())
    path = folder / f"desk-{given.reports}.db"
    if not path.exists():
        started = time.perf_counter()
        make_archive(path, given.reports)
        print(f"made {given.reports} reports in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    with Archive.open(path) as store, writing(store._engine) as connection:
        # What came in during an earlier run need not be fused either.
        connection.exec_driver_sql(
            "INSERT INTO fused (report, reading) SELECT report, number FROM reading "
            "WHERE report NOT IN (SELECT report FROM fused)"
        )
    command = [sys.executable, "-m", "detente", "serve", "--archive", str(path), "--port", "8793"]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        address = "http://127.0.0.1:8793"
        for _ in range(600):
            try:
                httpx.get(f"{address}/healthz")
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        else:
            raise SystemExit("the server does not answer")
        readers = Readers(address)
        with Archive.open(path) as store:
            count = store.count()
            with reports_coming(store):
                took = readers.alone(ROUNDS)
                crowd = readers.together(60.0)
        drawn = drawn_in_chromium(address)
    finally:
        server.terminate()
        server.wait(20)
    lines = [
        f"{count:,} reports, {EVENTS * count:,} events; reports come in meanwhile. Pages are asked for one after",
        "another, pairs, actors and incidents drawn anew each time.",
        "",
        "| address | 95 % under | bar |",
        "|---|---:|---:|",
    ]
    for name, seconds in sorted(took.items(), key=lambda item: -_high(item[1])):
        bar = SEARCH_BAR if name in SEARCHES else BAR
        lines.append(f"| `{name}` | {1000 * _high(seconds):.0f} ms | {1000 * bar:.0f} ms |")
    lines += [
        "",
        f"{READERS} readers at once for a minute: {len(crowd)} pages, 95 % under {1000 * _high(crowd):.0f} ms.",
    ]
    lines += [f"Errors: {len(readers.errors)}. Heaviest page: {readers.heaviest / 1e6:.2f} MB."]
    lines += (
        [f"In Chromium, until it can be used: {', '.join(f'`{p}` {s:.2f} s' for p, s in drawn.items())}."]
        if drawn
        else []
    )
    print("\n".join(lines))
    if given.write:
        about = f"`python bench/desk_speed.py --reports {given.reports}`, {date.today()}, {os.cpu_count()} cores."
        PAGE.write_text("\n".join(["# The desk over a large archive", "", about, *lines, ""]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
