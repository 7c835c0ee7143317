"""An archive in hard times: two programs at once, a disk that is full, a file that cannot be written."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from factory import sample
from sqlalchemy import event

from detente.model.coded import CodedReport
from detente.store import Archive, ArchiveError
from detente.store.health import examine

ROOT = Path(__file__).parent.parent.parent
ADDING = """
import json, sys
from detente.model.contract import coded_from_dict
from detente.store import Archive
with Archive.open(sys.argv[1]) as archive:
    for line in open(sys.argv[2], encoding="utf-8"):
        archive.add(coded_from_dict(json.loads(line)))
"""


def told(*numbers: int) -> list[CodedReport]:
    first = sample()
    return [replace(first, report=replace(first.report, url=f"https://example.org/{n}")) for n in numbers]


def is_whole(path: Path) -> bool:
    connection = sqlite3.connect(path)
    try:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
        return bool(said == "ok") and not connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()


@pytest.mark.slow
def test_two_programs_on_one_archive_lose_and_double_nothing(tmp_path: Path) -> None:
    path, running = tmp_path / "a.db", []
    for name, numbers in (("one", range(25)), ("two", range(15, 40))):
        lines = tmp_path / f"{name}.jsonl"
        lines.write_text("".join(json.dumps(c.to_dict()) + "\n" for c in told(*numbers)), encoding="utf-8")
        command = [sys.executable, "-c", ADDING, str(path), str(lines)]
        running.append(subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}))
    assert [job.communicate(timeout=120)[1] for job in running] == [b"", b""]
    with Archive.open(path) as archive:
        assert sorted(row.id for row in archive.list()) == sorted(c.report.id for c in told(*range(40)))
        assert all(len(archive.readings(row.id)) == 1 for row in archive.list())
    assert is_whole(path)


def test_a_full_disk_is_told_keeps_what_was_stored_and_the_run_goes_on_when_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive.open(path) as archive:
        archive.add(told(0)[0])
        most = {"pages": 1}
        event.listen(
            archive._engine,
            "connect",
            lambda connection, _: connection.execute(f"PRAGMA max_page_count={most['pages']}"),
        )
        with pytest.raises(ArchiveError, match="the disk is full; free some space"):
            for one in told(*range(1, 200)):
                archive.add(one)
        kept = [row.id for row in archive.list()]
        assert told(0)[0].report.id in kept and len(kept) == len(set(kept))
        most["pages"] = 1_000_000
        for one in told(*range(200)):
            archive.add(one)
        assert archive.count() == 200
    assert is_whole(path) and not [f for f in examine(path) if not f.well and f.what == "file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_cannot_be_written_is_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive.open(path) as archive:
        archive.add(told(0)[0])
    path.chmod(0o444)
    with Archive.open(path) as archive:
        assert archive.count() == 1
        with pytest.raises(ArchiveError, match="cannot be written"):
            archive.add(told(1)[0])
