"""Kills the program at random moments, by signal 9, and looks whether anything was lost, doubled or broken.

    python bench/kills.py [--kills 500] [--seed 1] [--acts reading fusing migrating backing-up] [--write]

A child process does the work and says over a pipe what was acknowledged; the parent kills it, opens the archive, checks
it and lets the next child go on. Prints a row an act; `--write` puts them into bench/KILLS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from alembic import command
from alembic.config import Config
from readings import ROOT
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from detente.fusing import fuse_archive, open_kit
from detente.model.coded import CodedReport
from detente.model.contract import coded_from_dict
from detente.model.outlet import Outlets
from detente.store import Archive
from detente.store.backups import back_up, check_whole
from detente.store.database import MIGRATIONS
from detente.store.sqlite import APPLICATION_ID

PAGE = ROOT / "bench" / "KILLS.md"
# Archives hold so many reports before a new one is begun; those that are upgraded are filled as far.
_REPORTS, _OLD = 40, "0001"
# Nobody is killed later than this after he began.
_LATEST = {"reading": 0.4, "fusing": 2.5, "migrating": 0.4, "backing-up": 0.2}


@dataclass
class Tally:
    """What became of one act: kills, how many fell before the work was done, and faults in words."""

    act: str
    kills: int = 0
    midway: int = 0
    faults: list[str] = field(default_factory=list)

    def row(self) -> str:
        kinds = [sum(fault.startswith(kind) for fault in self.faults) for kind in ("lost", "doubled", "broken")]
        return f"| {self.act} | {self.kills} | {self.midway} | {kinds[0]} | {kinds[1]} | {kinds[2]} |"


HEAD = """\
| act | kills | while the work was under way | lost | doubled | broken |
|---|---:|---:|---:|---:|---:|"""


def killed(work: Callable[[int], None], after: float) -> tuple[str, bool]:
    """Does the work in a child, kills it after some seconds; gives what it said and whether it had not yet finished."""
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        try:
            work(say)
        finally:
            os._exit(0)
    os.close(say)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(hear, "rb") as pipe:
        return pipe.read().decode(), os.WIFSIGNALED(status)


def readings() -> list[CodedReport]:
    """Readings to store: those of the sample reports, each told again under other titles, so that there are enough."""
    kept = os.environ.get("DETENTE_READINGS") or str(ROOT / "build" / "demo" / "reports.jsonl")
    lines = Path(kept).read_text(encoding="utf-8").splitlines()
    told = [coded_from_dict(json.loads(line)) for line in lines]
    return [
        replace(coded, report=replace(coded.report, url=f"https://example.org/{number}"))
        for number, coded in zip(range(_REPORTS), (told[n % len(told)] for n in range(_REPORTS)), strict=True)
    ]


def faults_of(path: Path, acknowledged: Sequence[str]) -> Iterator[str]:
    """What is wrong with an archive that must hold at least these reports."""
    if not path.exists() and not acknowledged:
        return
    try:
        with Archive.open(path) as archive:
            held = [item.id for item in archive.list(limit=10_000)]
            for coded in archive.each():
                if coded.report.id not in held:
                    yield f"broken: {coded.report.id} is read but not listed"
    except Exception as problem:  # whatever it is, it is the fault that is looked for
        yield f"broken: {problem}"
        return
    connection = sqlite3.connect(path)
    try:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
        loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
    if said != "ok" or loose:
        yield f"broken: {said}, {len(loose)} loose rows"
    yield from (f"lost: {id}" for id in set(acknowledged) - set(held))
    if len(held) != len(set(held)):
        yield "doubled: a report is listed twice"


class Acts:
    """The four acts; each goes on with what the last kill left, and begins anew when it is done."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._random = folder, random.Random(seed)
        self._readings = readings()
        self._kit = open_kit(Outlets())
        # Opened here, so that children share what was loaded.
        self._kit.meaning.read(["Nothing happened."], [(0, "Nothing")])
        self._round = 0

    def run(self, act: str, kills: int) -> Tally:
        tally = Tally(act)
        once = {
            "reading": self._reading,
            "fusing": self._fusing,
            "migrating": self._migrating,
            "backing-up": self._backing_up,
        }[act]
        while tally.kills < kills:
            self._round += 1
            once(tally, kills, self._folder / f"{act}-{self._round}.db")
        return tally

    def _kill(self, tally: Tally, work: Callable[[int], None]) -> tuple[str, bool]:
        said, midway = killed(work, self._random.uniform(0.0, _LATEST[tally.act]))
        tally.kills += 1
        tally.midway += midway
        return said, midway

    def _reading(self, tally: Tally, kills: int, path: Path) -> None:
        acknowledged: list[str] = []

        def read(say: int) -> None:
            with Archive.open(path) as archive:
                for coded in self._readings[len(acknowledged) :]:
                    archive.add(coded)
                    os.write(say, f"{coded.report.id}\n".encode())

        under_way = True
        while under_way and tally.kills < kills:
            said, under_way = self._kill(tally, read)
            acknowledged += said.split()
            tally.faults += faults_of(path, acknowledged)

    def _fusing(self, tally: Tally, kills: int, path: Path) -> None:
        self._filled(path)
        whole = self._folder / "undisturbed.db"
        if not whole.exists():
            self._filled(whole)
            with Archive.open(whole) as archive:
                fuse_archive(archive, lambda: self._kit)

        def fuse(_: int) -> None:
            with Archive.open(path) as archive:
                fuse_archive(archive, lambda: self._kit)

        under_way = True
        while under_way and tally.kills < kills:
            _, under_way = self._kill(tally, fuse)
            tally.faults += faults_of(path, [coded.report.id for coded in self._readings])
        fuse(0)
        if _incidents(path) != _incidents(whole):
            tally.faults.append("broken: other incidents than undisturbed")

    def _migrating(self, tally: Tally, kills: int, path: Path) -> None:
        self._old(path)

        def migrate(_: int) -> None:
            Archive.open(path).close()

        under_way = True
        while under_way and tally.kills < kills:
            _, under_way = self._kill(tally, migrate)
            copy = path.with_suffix(".copy.db")
            for end in ("", "-wal"):
                if (there := Path(f"{path}{end}")).exists():
                    Path(f"{copy}{end}").write_bytes(there.read_bytes())
            # Looking upgrades: so a copy is looked at.
            tally.faults += faults_of(copy, [coded.report.id for coded in self._readings])

    def _backing_up(self, tally: Tally, kills: int, path: Path) -> None:
        self._filled(path)
        target = path.with_suffix(".backup")

        def save(_: int) -> None:
            back_up(path, target, overwrite=True)

        for turn in range(kills - tally.kills):
            self._kill(tally, save)
            try:
                if target.exists():
                    check_whole(target, target)
            except Exception as problem:  # whatever it is, it is the fault that is looked for
                tally.faults.append(f"broken: {problem}")
            if turn % 10 == 0:
                back_up(path, target, overwrite=True)
        tally.faults += faults_of(path, [coded.report.id for coded in self._readings])
        left = list(path.parent.glob(f".{target.name}.*.part*"))
        back_up(path, target, overwrite=True)
        tally.faults += [f"broken: {item.name} was left behind" for item in left if item.exists()]

    def _filled(self, path: Path) -> None:
        with Archive.open(path) as archive:
            for coded in self._readings:
                archive.add(coded)

    def _old(self, path: Path) -> None:
        """An archive as the first schema had it, filled."""
        new = self._folder / "new.db"
        if not new.exists():
            self._filled(new)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA foreign_keys=OFF")
        engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
        with engine.begin() as within:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = within
            command.upgrade(config, _OLD)
        connection.execute("ATTACH ? AS new", (str(new),))
        names = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            if not name.startswith(("report_words", "sqlite_", "alembic")):
                columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({name})"))
                connection.execute(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM new.{name}")
        connection.execute("INSERT INTO report_words (rowid, title, text) SELECT number, title, text FROM report")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.close()


def _incidents(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return sorted(str(row) for row in connection.execute("SELECT id FROM incident"))
    finally:
        connection.close()


def main() -> int:
    """Run the acts and print what became of them; exit 1 where anything was lost, doubled or broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--acts", nargs="+", default=list(_LATEST), choices=list(_LATEST))
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        acts = Acts(Path(folder), given.seed)
        tallies = [acts.run(act, -(-given.kills // len(given.acts))) for act in given.acts]
    lines = [HEAD, *(tally.row() for tally in tallies)]
    print("\n".join(lines))
    for tally in tallies:
        print(*sorted(set(tally.faults))[:20], sep="\n", file=sys.stderr)
    if given.write:
        PAGE.write_text("\n".join(["# Killed at random moments", "", *lines, ""]), encoding="utf-8")
    return int(any(tally.faults for tally in tallies))


if __name__ == "__main__":
    sys.exit(main())
