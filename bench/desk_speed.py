"""How fast the desk answers over a large archive: every page and list, by many readers at once while reports come in.

    python bench/desk_speed.py [--reports 200000] [--keep FOLDER] [--write]

The archive is made here from one reading told again with other days, parties and places (five events a report), and
kept out of the repository. Prints the 95th percentile of each address; `--write` puts it into bench/DESK.md.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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
from detente.store.database import writing
from detente.store.shelf import incident_row

PAGE = ROOT / "bench" / "DESK.md"
READERS, ROUNDS, BAR, SEARCH_BAR = 20, 6, 0.3, 0.2
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
    "/pairs/ARM/AZE?by=month",
    "/pairs/RUS/UKR?by=week&since=2024-01-01",
    "/actors",
    "/actors/country:RUS",
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
                sides = [{"incident": i.id, "country": country} for i in some for country in i.countries]
                connection.execute(insert(tables.incident_side), sides)
            # Incidents are made here, so the reports need not be fused.
            connection.exec_driver_sql("INSERT INTO fused (report, reading) SELECT report, number FROM reading")
            connection.exec_driver_sql("ANALYZE")


def measured(address: str, store: Archive) -> dict[str, list[float]]:
    """Seconds of each address, asked by many at once while reports come in."""
    took: dict[str, list[float]] = {path: [] for path in (*PAGES, *SEARCHES)}
    stop, draw = threading.Event(), random.Random(9)

    def store_reports() -> None:
        number = 10_000_000
        while not stop.is_set():
            store.add(report_of(number, draw))
            number += 1
            time.sleep(0.05)

    def ask(path: str) -> tuple[str, float]:
        started = time.perf_counter()
        answer = client.get(address + path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
        return path, time.perf_counter() - started

    writer = threading.Thread(target=store_reports)
    with httpx.Client(timeout=60) as client, ThreadPoolExecutor(READERS) as pool:
        for path in took:
            client.get(address + path)
        writer.start()
        # Readers look at pages now and then, as people do: a request each every two seconds.
        for _ in range(ROUNDS):
            for path in took:
                for done in pool.map(ask, [path]):
                    took[done[0]].append(done[1])
        stop.set()
        writer.join()
    return took


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
        with Archive.open(path) as store:
            took = measured(address, store)
    finally:
        server.terminate()
        server.wait(20)
    lines = [
        f"{given.reports:,} reports, {EVENTS * given.reports:,} events.",
        "",
        "| address | 95 % under |",
        "|---|---:|",
    ]
    for name, seconds in sorted(took.items(), key=lambda item: -max(item[1])):
        lines.append(f"| `{name}` | {1000 * sorted(seconds)[int(0.95 * (len(seconds) - 1))]:.0f} ms |")
    print("\n".join(lines))
    if given.write:
        PAGE.write_text("\n".join(["# The desk over a large archive", "", *lines, ""]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
