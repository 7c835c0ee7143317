"""Backups of an archive that is in use, and archives made from them; each is checked before it takes its name.

A backup is an archive file like any other, with its SHA-256 beside it (`FILE.sha256`, as `sha256sum -c` reads it).
"""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.store.database import BUSY_SECONDS, plain_errors
from detente.store.errors import archive_error
from detente.store.sqlite import APPLICATION_ID, check_file

_BLOCK = 1 << 20
# So many pages at a time, so that whoever writes is not kept waiting.
_PAGES = 1000


def back_up(archive: Path, target: Path, overwrite: bool = False) -> str:
    """Copy an archive as it is at one moment, while others read and write it; gives the SHA-256 of the copy.

    ArchiveError where the archive is damaged or the target cannot be written; what lay there is then untouched.
    """
    check_file(archive, create=False)
    _check_target(target, archive, overwrite)
    with _beside(target) as made:
        with plain_errors(archive):
            source = sqlite3.connect(f"{archive.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
            goal = sqlite3.connect(made)
            try:
                source.backup(goal, pages=_PAGES)
                # One file: no -wal beside it that could be forgotten.
                goal.execute("PRAGMA journal_mode=DELETE")
            finally:
                goal.close()
                source.close()
        check_whole(made, archive)
        digest = sha256(made)
        _sync(made)
        # Whoever is stopped between the two leaves a backup without a sum, not one with the sum of another.
        _sum_of(target).unlink(missing_ok=True)
        os.replace(made, target)
    _write_sum(target, digest)
    _sync(target.parent)
    return digest


def restore(backup: Path, archive: Path, overwrite: bool = False) -> str:
    """Make an archive of a backup; gives the SHA-256. ArchiveError where the backup is not what was backed up."""
    check_file(backup, create=False)
    _check_target(archive, backup, overwrite)
    digest, told = sha256(backup), _told_sum(backup)
    if told is not None and told != digest:
        raise archive_error(backup, "it is not what was backed up (its SHA-256 differs)", "take another backup")
    with _beside(archive) as made:
        shutil.copyfile(backup, made)
        check_whole(made, backup)
        _sync(made)
        if archive.exists():
            _close_for_good(archive)
        os.replace(made, archive)
    _sync(archive.parent)
    return digest


def check_whole(path: Path, named: Path) -> None:
    """ArchiveError, in the name of another file, where this one is damaged or no archive."""
    with plain_errors(named):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            (mark,) = connection.execute("PRAGMA application_id").fetchone()
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            connection.close()
    if mark != APPLICATION_ID:
        raise archive_error(named, "not a detente archive", "give another file")
    if said != "ok":
        raise archive_error(named, f"it is damaged ({said})", "take a backup of another day")


def sha256(path: Path) -> str:
    """The hash of a file, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _check_target(target: Path, source: Path, overwrite: bool) -> None:
    if not target.parent.is_dir():
        raise archive_error(target, "its folder does not exist", f"make the folder {target.parent}")
    if not target.exists():
        return
    if os.path.samefile(target, source):
        raise archive_error(target, "it is the file itself", "give another name")
    if not target.is_file():
        raise archive_error(target, "not a file", "give the name of a file")
    if not overwrite:
        raise archive_error(target, "there is a file already", "give another name, or --overwrite")


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A name beside the target for what is being made; nothing stays there, nor what a killed process left."""
    made = target.with_name(f".{target.name}.{os.getpid()}.part")
    _clear_left(target)
    try:
        yield made
    except OSError as problem:
        raise archive_error(
            target, f"it cannot be written ({problem.strerror})", "free some space, or ask"
        ) from problem
    finally:
        for path in (made, made.with_name(f"{made.name}-journal")):
            path.unlink(missing_ok=True)


def _clear_left(target: Path) -> None:
    """Removes half-made files of processes that are gone."""
    for path in target.parent.glob(f".{glob.escape(target.name)}.*.part*"):
        number = path.name.rpartition(".part")[0].rpartition(".")[2]
        if number.isdigit() and not _is_running(int(number)):
            path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _close_for_good(archive: Path) -> None:
    """An archive that is about to be replaced must leave no -wal behind, which would be taken for the new one's."""
    with plain_errors(archive):
        connection = sqlite3.connect(archive, timeout=BUSY_SECONDS)
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        finally:
            connection.close()
    if mode != "delete":
        raise archive_error(archive, "another program has it open", "end that one and try again")


def _sum_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _write_sum(path: Path, digest: str) -> None:
    told = _sum_of(path)
    made = told.with_name(f".{told.name}.{os.getpid()}.part")
    made.write_text(f"{digest}  {path.name}\n", encoding="utf-8")
    _sync(made)
    os.replace(made, told)


def _told_sum(path: Path) -> str | None:
    try:
        return _sum_of(path).read_text(encoding="utf-8").split()[0]
    except (OSError, IndexError, UnicodeDecodeError):
        return None


def _sync(path: Path) -> None:
    """What was written is on the disk when this returns, whatever happens then."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
