"""The archive on a server: what only a server has, and what is the same as in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from factory import sample, small
from postgres_server import Server

from detente.export.exporters import all_exporters
from detente.model.exported import Wishes
from detente.store import Archive, ArchiveError, ServerAddress
from detente.store.database import writing
from detente.store.health import examine


def refused(address: str, create: bool = True, busy_seconds: float = 2.0) -> str:
    with pytest.raises(ArchiveError) as problem:
        Archive.open(address, create, busy_seconds)
    message = str(problem.value)
    assert message.startswith("archive postgres") and "; " in message and len(message.splitlines()) == 1
    return message


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://me:secret@127.0.0.1:9/news", "no server answers there; check host and port"),
        ("postgresql://me:secret@no-such-host.invalid/news?password=secret", "no server answers there"),
        ("postgresql://me:secret@host:port/news", "not the address of a database"),
        ("postgresql://127.0.0.1:9/news?password=a%40secret", "no server answers there"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(address: str, said: str) -> None:
    pytest.importorskip("psycopg")
    message = refused(address)
    assert said in message and "secret" not in message


def test_an_archive_that_is_not_there_is_told(postgres: Server) -> None:
    assert "no archive there; read a report into it first" in refused(postgres.new(), create=False)
    missing = postgres.url.replace("/postgres?", "/nobody?")
    assert "no such database there; make it first" in refused(missing)


def test_a_database_of_others_is_not_touched(postgres: Server) -> None:
    import psycopg

    address = postgres.new()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE report (id TEXT)")
    assert "a database of another application" in refused(address)
    assert "a database of another application" in next(iter(examine(ServerAddress(address)))).found


def test_a_newer_schema_is_refused(postgres: Server) -> None:
    address = postgres.new()
    with Archive.open(address) as archive, writing(archive._engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert "made by a newer detente (schema 9999); update detente" in refused(address)


def test_one_writes_at_a_time_and_nobody_waits_to_read(postgres: Server) -> None:
    address = postgres.new()
    with Archive.open(address) as archive, Archive.open(address, busy_seconds=0.2) as other:
        archive.add(small("Before."))
        with archive.deleting(), pytest.raises(ArchiveError, match="another program is writing to it"):
            assert other.count() == 1
            other.add(small("More."))
        assert other.add(small("More.")).new


def test_whoever_reads_sees_one_moment(postgres: Server) -> None:
    address = postgres.new()
    with Archive.open(address) as archive, Archive.open(address) as other:
        archive.add(small("Before."))
        with archive.asking() as rows:
            before = rows.first_and_last(), archive.count()
            other.add(sample())
            assert rows.first_and_last() == before[0]
        assert archive.count() == 2


def test_one_watch_at_a_time(place: Path | str) -> None:
    with Archive.open(place) as archive, Archive.open(place) as other, archive.only_watch() as alone:
        assert alone
        with other.only_watch() as second:
            assert not second


def test_exports_are_the_same_bytes_as_from_a_file(postgres: Server, tmp_path: Path) -> None:
    texts = [sample(), small("Ärger in Aldova."), small("Zebra talks."), small("and small letters.")]
    written = []
    for name, place in (("file", tmp_path / "a.db"), ("server", postgres.new())):
        out = tmp_path / f"{name}.jsonl"
        with Archive.open(place) as archive:
            for one in texts:
                archive.add(one)
            all_exporters()["plover-json"].write(archive.each(), out, Wishes())
        written.append(out.read_bytes())
    assert written[0] == written[1] and len(written[0]) > 500


def test_a_text_longer_than_the_server_takes_in_one_row_is_found_by_its_last_word(postgres: Server) -> None:
    words = " ".join(f"word{number}" for number in range(200_000))
    with Archive.open(postgres.new()) as archive:
        archive.add(small(f"{words} Schlußwort."))
        assert len(archive.search("word7 schlußwort")) == len(archive.search("SCHLUßWORT")) == 1
        assert archive.search("word7 elsewhere") == ()
        assert len(archive.search("word7 - & schlußwort")) == 1 and archive.search("-") == ()


def test_the_doctor_looks_at_a_server_too(postgres: Server) -> None:
    address = postgres.new()
    with Archive.open(address) as archive:
        archive.add(sample())
        assert all(finding.well for finding in examine(ServerAddress(address)))
        with writing(archive._engine) as connection:
            connection.exec_driver_sql("UPDATE reading SET digest = 'x'")
        found = [finding.what for finding in examine(ServerAddress(address)) if not finding.well]
    assert found == ["readings"]
