"""The archive's file: its versions, its settings, and files that are no archive."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from factory import sample, small

from detente.store import Archive, ArchiveError
from detente.store.database import MIGRATIONS, NEWEST
from detente.store.tables import metadata


def refused(path: Path, create: bool = True, **options: float) -> str:
    with pytest.raises(ArchiveError) as problem:
        Archive.open(path, create, **options)
    message = str(problem.value)
    assert message.startswith(f"archive {path}: ") and "; " in message
    assert len(message.splitlines()) == 1
    return message


def run(path: Path, *statements: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    found: list[tuple[object, ...]] = []
    for statement in statements:
        found = connection.execute(statement).fetchall()
    connection.commit()
    connection.close()
    return found


def test_the_newest_version_is_the_head_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST


def test_the_migrations_make_the_tables_that_the_archive_uses(tmp_path: Path) -> None:
    Archive.open(tmp_path / "a.db").close()
    for table in metadata.tables.values():
        columns = {row[1] for row in run(tmp_path / "a.db", f"PRAGMA table_info({table.name})")}
        assert columns == set(table.c.keys()), table.name


def test_the_file_is_ours_and_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    Archive.open(tmp_path / "a.db").close()
    assert run(tmp_path / "a.db", "PRAGMA journal_mode") == [("wal",)]
    assert run(tmp_path / "a.db", "PRAGMA application_id") == [(0x44544E54,)]
    assert run(tmp_path / "a.db", "SELECT version_num FROM alembic_version") == [(NEWEST,)]
    Archive.open(tmp_path / "a.db", create=False).close()


def test_a_folder_with_odd_characters_is_fine(tmp_path: Path) -> None:
    folder = tmp_path / "a %s folder: ü?#"
    folder.mkdir()
    with Archive.open(folder / "a.db") as archive:
        archive.add(sample())
        assert archive.count() == 1


def test_a_newer_archive_is_refused(tmp_path: Path) -> None:
    Archive.open(tmp_path / "a.db").close()
    run(tmp_path / "a.db", "UPDATE alembic_version SET version_num = '0999'")
    assert "made by a newer detente (schema 0999); update detente" in refused(tmp_path / "a.db")


def test_files_that_are_no_archive_are_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("just words, many of them")
    assert "not a detente archive" in refused(tmp_path / "text.db")
    assert (tmp_path / "text.db").read_text() == "just words, many of them"
    run(tmp_path / "other.db", "CREATE TABLE report (id)")
    before = (tmp_path / "other.db").read_bytes()
    assert "a database of another application" in refused(tmp_path / "other.db")
    assert (tmp_path / "other.db").read_bytes() == before
    assert "not a file" in refused(tmp_path)


def test_a_missing_archive_is_made_only_where_it_is_asked_for(tmp_path: Path) -> None:
    assert "no such file; read a report first" in refused(tmp_path / "a.db", create=False)
    assert not (tmp_path / "a.db").exists()
    assert "its folder does not exist" in refused(tmp_path / "none" / "a.db")


def test_an_upgrade_that_fails_leaves_an_empty_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.store.sqlite.APPLICATION_ID", "no number")
    refused(tmp_path / "a.db")
    assert run(tmp_path / "a.db", "SELECT count(*) FROM sqlite_master") == [(0,)]
    monkeypatch.undo()
    Archive.open(tmp_path / "a.db").close()


def test_a_locked_archive_is_told_and_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive.open(path, busy_seconds=0.05) as archive:
        archive.add(small("Before."))
        rival = sqlite3.connect(path, isolation_level=None)
        rival.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another program is writing to it; wait"):
            archive.add(sample())
        assert archive.count() == 1
        rival.execute("ROLLBACK")
        rival.close()
        archive.add(sample())
        assert archive.count() == 2


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive.open(path) as archive:
        for number in range(50):
            archive.add(small(f"Report {number}. " + "words " * 200))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    message = "it is damaged; restore it from a backup"
    with pytest.raises(ArchiveError, match=message), Archive.open(path) as archive:
        archive.list()
