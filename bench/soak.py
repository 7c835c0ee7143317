"""`make soak`: the watch against a web that fails in every way, killed now and then: what was lost, and how fast.

A server of our own on loopback addresses gives out feeds and articles; the watch is a process of its own and reads in
full. With --write the result goes into bench/SOAK.md.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from soak_web import LASTING, PASSING, Soak, Web, hosts

from detente.store import Archive
from detente.store.watching import WatchLog

ROOT = Path(__file__).resolve().parent.parent
PACE = 0.1
_TRAP = "127.0.2.1"
_LOOK = 1.0
# How much memory may grow over the second half of a run.
_FLAT = 0.1


@dataclass(frozen=True)
class Result:
    """What one soak showed."""

    feeds: int
    articles: int
    read_in_full: int
    to_be_read: int
    kills: int
    seconds: float
    finished: bool
    crashes: int
    lost: int
    doubled: int
    whole: bool
    outside_the_rules: int
    requests: int
    reports: int
    reports_a_minute: float
    megabytes_third_quarter: float
    megabytes_last_quarter: float
    memory_growth: float
    memory_is_flat: bool
    archive_bytes_a_report: int
    failures: dict[str, int]


def main() -> int:
    """Measure, print, and write if asked; 1 where anything went wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--articles", type=int, default=200)
    asked.add_argument("--read", type=int, default=0, help="how many are to be read in full; else a tenth")
    asked.add_argument("--feeds", type=int, default=0, help="else one for 250 articles, 4 at least")
    asked.add_argument("--kills", type=int, default=3)
    asked.add_argument("--minutes", type=float, default=10.0, help="ends unfinished after so long")
    asked.add_argument("--keep", type=Path, help="a folder for the archive and the log")
    asked.add_argument("--write", action="store_true", help="add the result to bench/SOAK.md")
    given = asked.parse_args()
    feeds = given.feeds or max(4, given.articles // 250)
    read = max(feeds, given.read or given.articles // 10)
    soak = Soak(tuple(hosts(min(feeds, 20))), _free_port(), feeds, given.articles, read, PACE, _TRAP)
    with tempfile.TemporaryDirectory() as folder:
        result = Run(soak, given.keep or Path(folder), given.kills, given.minutes * 60).measure()
    print(json.dumps(asdict(result), indent=1))
    if given.write:
        _write(result)
    well = result.finished and result.whole and not (result.lost or result.doubled or result.crashes)
    return 0 if well and result.memory_is_flat and not result.outside_the_rules else 1


class Run:
    """One soak from its first request to its last."""

    def __init__(self, soak: Soak, folder: Path, kills: int, longest: float) -> None:
        self._soak, self._folder, self._kills = soak, folder, kills
        self._archive, self._config = folder / "soak.db", folder / "soak.json"
        self._config.write_text(json.dumps(asdict(soak)))
        self._end = time.monotonic() + longest
        self._chance = random.Random(5)
        self._memory: list[float] = []
        self._crashes = 0

    def measure(self) -> Result:
        web = multiprocessing.get_context("spawn").Process(target=serve, args=(self._soak,), daemon=True)
        web.start()
        try:
            self._wait_for_web()
            started = time.monotonic()
            for _ in range(self._kills):
                self._killed()
            finished = self._to_the_end()
            seconds = time.monotonic() - started
            told = self._ask("report")
        finally:
            web.terminate()
        return self._judged(seconds, finished, told)

    def _start(self) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            command = [sys.executable, str(ROOT / "bench/soak_watch.py"), str(self._config), str(self._archive)]
            return subprocess.Popen(command, stderr=log, stdout=log)

    def _killed(self) -> None:
        """Lets the watch work for some seconds, and kills it wherever it is."""
        watch, known = self._start(), self._stored()
        deadline = time.monotonic() + 60
        while self._stored() == known and time.monotonic() < deadline and watch.poll() is None:
            time.sleep(0.1)
        time.sleep(self._chance.uniform(0.0, 4.0))
        self._crashes += watch.poll() is not None
        watch.kill()
        watch.wait()

    def _to_the_end(self) -> bool:
        """Lets it work until nothing waits, then has articles change, and again until nothing waits; then ends it."""
        watch = self._start()
        try:
            done = self._until_done(watch, 0)
            self._ask("change")
            done = done and self._until_done(watch, self._changing())
        finally:
            watch.send_signal(signal.SIGTERM)
            code = watch.wait(timeout=120)
        self._crashes += code != 0
        return done

    def _until_done(self, watch: subprocess.Popen[bytes], changed: int) -> bool:
        wanted = self._soak.read + changed
        while time.monotonic() < self._end and watch.poll() is None:
            time.sleep(_LOOK)
            self._memory.append(_megabytes(watch.pid))
            if self._known() == self._soak.articles and not self._waiting() and self._stored() >= wanted:
                return True
        return False

    def _changing(self) -> int:
        return sum(self._soak.changes(n) for n in range(self._soak.read))

    def _judged(self, seconds: float, finished: bool, told: dict[str, int]) -> Result:
        soak = self._soak
        connection = sqlite3.connect(self._archive)
        rows = connection.execute("SELECT outlet, text FROM report").fetchall()
        whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
        found: dict[int, list[bool]] = {}
        for _, text in rows:
            number = int(text.partition("Dispatch ")[2].partition(" ")[0])
            found.setdefault(number, []).append("This report was corrected" in text)
        expected = {n: [False, True] if soak.changes(n) else [False] for n in range(soak.read)}
        lost = sum(version not in found.get(n, []) for n, versions in expected.items() for version in versions)
        with Archive.open(self._archive) as archive:
            faults: dict[str, int] = {}
            for fault in WatchLog(archive).faults():
                faults[fault.kind] = faults.get(fault.kind, 0) + fault.times
        half = self._memory[len(self._memory) // 2 :]
        third, last = half[: len(half) // 2] or [0.0], half[len(half) // 2 :] or [0.0]
        return Result(
            feeds=soak.feeds,
            articles=soak.articles,
            read_in_full=soak.read,
            to_be_read=sum(map(len, expected.values())),
            kills=self._kills,
            seconds=round(seconds, 1),
            finished=finished,
            crashes=self._crashes,
            lost=lost,
            doubled=sum(len(versions) - len(set(versions)) for versions in found.values()),
            whole=whole,
            outside_the_rules=told["outside"],
            requests=told["requests"],
            reports=len(rows),
            reports_a_minute=round(60 * len(rows) / seconds, 1),
            megabytes_third_quarter=round(max(third), 1),
            megabytes_last_quarter=round(max(last), 1),
            memory_growth=round(max(last) / (max(third) or 1) - 1, 3),
            memory_is_flat=max(last) <= (1 + _FLAT) * max(third),
            archive_bytes_a_report=self._archive.stat().st_size // max(1, len(rows)),
            failures=dict(sorted(faults.items())),
        )

    def _wait_for_web(self) -> None:
        for _ in range(300):
            try:
                self._ask("report")
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("soak: the server does not answer; is the port taken?")

    def _ask(self, word: str) -> dict[str, int]:
        address = f"http://{self._soak.hosts[0]}:{self._soak.port}/control/{word}"
        with urllib.request.urlopen(address, timeout=10) as response:
            told: dict[str, int] = json.loads(response.read())
        return told

    def _count(self, query: str) -> int:
        try:
            connection = sqlite3.connect(f"{self._archive.as_uri()}?mode=ro", uri=True, timeout=10)
            try:
                return int(connection.execute(query).fetchone()[0])
            finally:
                connection.close()
        except sqlite3.Error:
            return 0

    def _stored(self) -> int:
        return self._count("SELECT count(*) FROM report")

    def _known(self) -> int:
        return self._count("SELECT count(*) FROM watch_item")

    def _waiting(self) -> int:
        return self._count("SELECT count(*) FROM watch_item WHERE state IN ('waiting', 'reading')")


def serve(soak: Soak) -> None:
    """The server's process."""
    Web(soak).serve()


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write(result: Result) -> None:
    page = ROOT / "bench/SOAK.md"
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    day = datetime.now(UTC).date().isoformat()
    rows = "".join(f"| {name.replace('_', ' ')} | {value} |\n" for name, value in asdict(result).items())
    shares = ", ".join(f"{name} {share:g}" for name, share in {**PASSING, **LASTING}.items())
    head = "" if page.exists() else f"# Soak\n\nWhat `make soak` showed. Shares of what fails: {shares}.\n"
    sizes = f"--articles {result.articles} --read {result.read_in_full} --feeds {result.feeds} --kills {result.kills}"
    command = f"python bench/soak.py {sizes}"
    with page.open("a", encoding="utf-8") as file:
        file.write(f"{head}\n## {day}, {commit.strip()}: `{command}`\n\n| what | value |\n|---|---|\n{rows}")


if __name__ == "__main__":
    sys.exit(main())
