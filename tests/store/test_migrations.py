"""Archives of every earlier version are brought up to date when they are opened, and hold what they held."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from factory import sample
from fused import TEXTS, kit
from sqlalchemy import create_engine

from detente.fusing import fuse, fuse_archive
from detente.model.coded import CodedReport
from detente.store import Archive
from detente.store.archive import _json, _without_text, digest_of
from detente.store.database import MIGRATIONS, NEWEST
from detente.store.health import examine
from detente.store.sqlite import APPLICATION_ID


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


VERSIONS = sorted(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def made(path: Path, version: str, readings: list[CodedReport]) -> sqlite3.Connection:
    """An archive as that version made it, with these readings and none of the rows that were made of them."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    engine.dispose()
    old = sqlite3.connect(path)
    old.execute("PRAGMA journal_mode=WAL")
    old.execute(f"PRAGMA application_id={APPLICATION_ID}")
    numbers: dict[str, int] = {}
    for coded in readings:
        report, whole = coded.report, _without_text(coded)
        if report.id not in numbers:
            number = numbers[report.id] = len(numbers) + 1
            day = report.published.isoformat() if report.published else None
            row = (number, report.id, report.title, report.outlet, day, report.text)
            old.execute(
                "INSERT INTO report (number, id, title, outlet, published, text) VALUES (?, ?, ?, ?, ?, ?)", row
            )
            words = (number, report.title or "", report.text)
            old.execute("INSERT INTO report_words (rowid, title, text) VALUES (?, ?, ?)", words)
        kept = (numbers[report.id], digest_of(whole), _json(whole))
        old.execute("INSERT INTO reading (report, digest, body) VALUES (?, ?, ?)", kept)
    old.commit()
    return old


def test_all_versions_are_known() -> None:
    assert VERSIONS[-1] == NEWEST and len(VERSIONS) == int(NEWEST)


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_an_archive_of_an_older_version_is_brought_up_to_date(tmp_path: Path, version: str) -> None:
    path = tmp_path / "old.db"
    changed = sample().with_(events=sample().events[:1])
    made(path, version, [sample(), changed, *TEXTS]).close()
    with Archive.open(path) as archive:
        assert archive.count() == 1 + len(TEXTS) and archive.get(sample().report.id) == changed
        assert [one.report.id for one in archive.each()] == [one.report.id for one in (sample(), *TEXTS)]
        assert len(archive.search("Aldova")) == 1 + len(TEXTS)
        assert fuse_archive(archive, kit) == 1 + len(TEXTS)
        with archive.looking() as rows:
            assert set(rows.incidents()) == set(fuse([changed, *TEXTS], kit()).incidents)
        with archive.verdicts() as rows:
            # Readings of before are weighed for review, the current ones alone.
            expected = {one.report.id for one in (changed, *TEXTS)}
            assert {id for id, *_ in rows.worth_a_look("doubt", 0, 100)} == (expected if version < "0003" else set())
    assert all(finding.well for finding in examine(path))


@pytest.mark.parametrize("version", [version for version in VERSIONS if "0002" <= version < "0006"])
def test_incidents_that_were_fused_before_are_counted_after(tmp_path: Path, version: str) -> None:
    path = tmp_path / "old.db"
    old = made(path, version, list(TEXTS))
    (incident,) = fuse(TEXTS, kit()).incidents
    row = (incident.id, incident.type, str(incident.first), incident.standing, incident.origins)
    body = json.dumps(incident.to_dict())
    columns = "id, type, first, standing, origins, body"
    old.execute(f"INSERT INTO incident ({columns}) VALUES (?, ?, ?, ?, ?, ?)", (*row, body))
    old.execute(
        "INSERT INTO incident SELECT 'damaged', type, first, last, place, standing, origins, '{}' FROM incident"
    )
    if version >= "0004":
        old.executemany(
            "INSERT INTO incident_side VALUES (?, ?)", [(incident.id, country) for country in incident.countries]
        )
    old.commit()
    old.close()
    with Archive.open(path) as archive, archive.asking() as rows:
        (brief,) = rows.between(["RUR"], ["GRA"])
    assert (brief.id, brief.type, brief.sources, brief.first) == (
        incident.id,
        incident.type,
        incident.sources,
        incident.first,
    )
    assert brief.reporting == len(incident.reports) and brief.score == incident.score
