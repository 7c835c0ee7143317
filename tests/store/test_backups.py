"""Backups while others write, archives made of them, and everything that may be wrong with either."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from factory import sample

from detente.store import Archive, ArchiveError, backups
from detente.store.backups import back_up, restore, sha256


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with Archive.open(path) as store:
        store.add(sample())
    return path


def test_what_is_backed_up_comes_back(archive: Path, tmp_path: Path) -> None:
    copy, again = tmp_path / "copy.db", tmp_path / "again.db"
    digest = back_up(archive, copy)
    assert digest == sha256(copy) and (tmp_path / "copy.db.sha256").read_text() == f"{digest}  copy.db\n"
    assert restore(copy, again) == digest
    with Archive.open(again, create=False) as store:
        assert store.get(sample().report.id) == sample()


def test_a_backup_is_of_one_moment_while_others_write(archive: Path, tmp_path: Path) -> None:
    with Archive.open(archive) as store:
        other = sample().with_(report=replace(sample().report, outlet="Herald"))
        rival = sqlite3.connect(archive, isolation_level=None)
        rival.execute("BEGIN IMMEDIATE")
        rival.execute("DELETE FROM report_words")
        back_up(archive, tmp_path / "copy.db")
        rival.execute("ROLLBACK")
        rival.close()
        store.add(other)
    with Archive.open(tmp_path / "copy.db") as store:
        assert store.count() == 1 and len(store.search("Aldova")) == 1


def test_a_damaged_archive_is_not_backed_up_over_a_good_backup(archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(archive, copy)
    good = copy.read_bytes()
    _damage(archive)
    with pytest.raises(ArchiveError, match="damaged"):
        back_up(archive, copy, overwrite=True)
    assert copy.read_bytes() == good and [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_backup_that_was_changed_is_refused(archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(archive, copy)
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE report SET title = 'other'")
    connection.close()
    with pytest.raises(ArchiveError, match="SHA-256 differs"):
        restore(copy, tmp_path / "again.db")
    (tmp_path / "copy.db.sha256").unlink()
    _damage(copy)
    with pytest.raises(ArchiveError, match=r"damaged|not a detente"):
        restore(copy, tmp_path / "again.db")
    assert not (tmp_path / "again.db").exists()


def test_nothing_is_replaced_unless_that_is_said(archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(archive, copy)
    for do in (lambda: back_up(archive, copy), lambda: restore(copy, archive)):
        with pytest.raises(ArchiveError, match="--overwrite"):
            do()
    with Archive.open(archive) as store:
        store.add(sample().with_(report=replace(sample().report, outlet="Herald")))
    restore(copy, archive, overwrite=True)
    with Archive.open(archive) as store:
        assert store.count() == 1


def test_an_archive_in_use_is_not_replaced(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "copy.db"
    back_up(archive, copy)
    monkeypatch.setattr(backups, "BUSY_SECONDS", 0.1)
    rival = sqlite3.connect(archive, isolation_level=None)
    rival.execute("BEGIN")
    rival.execute("SELECT count(*) FROM report").fetchone()
    with pytest.raises(ArchiveError, match="another program"):
        restore(copy, archive, overwrite=True)
    rival.close()


def test_what_is_no_archive_is_told(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("hello")
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    for source in (tmp_path / "x.txt", foreign, tmp_path / "none.db"):
        with pytest.raises(ArchiveError):
            restore(source, tmp_path / "again.db")
    for target in (archive, tmp_path, tmp_path / "none" / "x.db"):
        with pytest.raises(ArchiveError):
            back_up(archive, target, overwrite=True)
    assert not (tmp_path / "again.db").exists()


def _damage(path: Path) -> None:
    """Writes nonsense over the pages behind the first."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with path.open("r+b") as file:
        for page in range(2, 12):
            file.seek(page * size)
            file.write(b"\xde\xad" * (size // 2))


def test_what_a_killed_backup_left_is_cleared_by_the_next(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    # No process has so high a number.
    left = [tmp_path / f".copy.db.{name}" for name in ("4194999.part", "4194999.part-journal", "sha256.4194999.part")]
    others = tmp_path / ".copy.db2.4194999.part", tmp_path / f".copy.db.{os.getpid()}.part.kept"
    for path in (*left, *others):
        path.write_text("half", encoding="utf-8")
    back_up(archive, target)
    assert not any(path.exists() for path in left) and all(path.exists() for path in others)
