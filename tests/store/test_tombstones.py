"""What is deleted is gone from all tables and from the file, is not taken in again, and is in no incident."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from factory import sample, small
from fused import DAY, coded, kit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.fusing import fuse_archive, take_out_reports
from detente.model.coded import CodedReport
from detente.model.tombstone import Tombstone, tombstone_hash
from detente.model.verdict import Correction, Verdict, marks_of
from detente.store import Archive
from detente.store.tombstones import hashes_of

WIRE = "Ruritania shelled the market of Aldova on Monday, killing three people, the mayor said. Nobody claimed it."
TEXTS = (
    coded(WIRE, "Courier", DAY, 3),
    coded(WIRE + " More follows.", "Herald", DAY, 3),
    coded("Five people died on Monday when Ruritania shelled Aldova, whose market burnt down.", "Post", DAY, 5),
    coded("Nine days ago Ruritania shelled the market of Aldova; villagers still search.", "Echo", DAY + timedelta(9)),
)


def take_out(archive: Archive, *readings: CodedReport) -> None:
    with archive.deleting() as rows:
        take_out_reports(rows, [one.report.id for one in readings], kit())
        for one in readings:
            rows.put(Tombstone("report", tombstone_hash("report", one.report.id), "asked to", "Ana", "2024-06-01"))
    archive.scrub()


def told(archive: Archive) -> object:
    with archive.looking() as rows:
        return list(rows.incidents()), list(rows.stories())


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gone=st.sets(st.integers(0, 3), min_size=1, max_size=3))
def test_the_others_tell_what_they_would_have_told_alone(gone: set[int], new_place: Callable[[], Path | str]) -> None:
    with Archive.open(new_place()) as whole, Archive.open(new_place()) as alone:
        for number, one in enumerate(TEXTS):
            whole.add(one)
            if number not in gone:
                alone.add(one)
        fuse_archive(whole, kit), fuse_archive(alone, kit)
        take_out(whole, *(TEXTS[number] for number in gone))
        assert told(whole) == told(alone) and whole.count() == alone.count() == 4 - len(gone)


def secret() -> CodedReport:
    """The sample under words that occur nowhere else."""
    one = sample()
    text = one.report.text.replace("Talks", "Zyxwords")
    return one.with_(report=replace(one.report, text=text, title="Qwertytitle"))


def test_no_word_and_no_row_of_it_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive.open(path) as archive:
        archive.add(secret())
        archive.add(secret().with_(events=()))
        archive.add(small("Other words."))
        with archive.reviewing() as rows:
            rows.add(Verdict(marks_of(secret())[0], "corrected", "Bo", "", Correction(place="Placename"), "Notewords"))
        fuse_archive(archive, kit)
        before = path.read_bytes() + wal(path)
        assert all(word in before.lower() for word in (b"zyxwords", b"qwertytitle", b"notewords", b"placename"))
        take_out(archive, secret())
        assert archive.search("Zyxwords") == () and archive.count() == 1 and len(archive.search("other")) == 1
        after = (path.read_bytes() + wal(path)).lower()
        for word in (
            b"zyxwords",
            b"qwertytitle",
            b"notewords",
            b"placename",
            b"marta velik",
            secret().report.id.encode(),
        ):
            assert word not in after, word
    connection = sqlite3.connect(path)
    held = {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_words%'"
        )
    }
    connection.close()
    only_other = {"report", "reading", "fused", "story", "story_report", "story_key", "alembic_version", "tombstone"}
    assert {name for name, count in held.items() if count} <= only_other | {"account", "account_key"}


def wal(path: Path) -> bytes:
    beside = path.with_name(f"{path.name}-wal")
    return beside.read_bytes() if beside.exists() else b""


def test_it_is_not_taken_in_again(place: Path | str) -> None:
    with Archive.open(place) as archive:
        archive.add(sample())
        take_out(archive, sample())
        stored = archive.add(sample())
        assert stored.deleted == "asked to" and not stored.new and archive.count() == 0
        other = sample().with_(report=replace(sample().report, outlet="Another Courier"))
        assert archive.add(other).new, "the same words of another outlet are another report"


def test_a_person_is_known_again_by_id_and_by_name(place: Path | str) -> None:
    with Archive.open(place) as archive:
        archive.add(sample())
        archive.add(small("Nothing of her."))
        archive.add(small("Once marta  velik was young.".replace("  ", " ")))
        with archive.deleting() as rows:
            ids, names = rows.people("Márta VELIK")
            assert (ids, names) == ({"person:Q1", "Q1"}, {"Marta Velik"}) == rows.people("Q1")
            assert len(rows.reports_of(ids, names)) == 2, "where no reading took the words for her, too"
            for hash in hashes_of(ids, names):
                rows.put(Tombstone("person", hash, "asked to", "Ana", "2024-06-01", 2 if "Q1" in hash else 0))
        parties = tuple(replace(p, entity=None, wikidata=None) for p in sample().participants)
        unknown = sample().with_(report=replace(sample().report, outlet="Other"), participants=parties)
        assert archive.add(unknown).deleted == "asked to"


def test_a_surname_alone_is_a_name_of_others_too(place: Path | str) -> None:
    known, other = (p for p in (sample().participants[2], sample().participants[2]))
    short = sample().with_(participants=(replace(known, name="Velik"),), events=(), statements=(), commitments=())
    text = "Another Velik, a baker, sang."
    stranger = replace(other, name="Velik", entity=None, wikidata=None, mentions=())
    with Archive.open(place) as archive:
        archive.add(short)
        archive.add(small(text).with_(participants=(stranger,)))
        with archive.deleting() as rows:
            ids, names = rows.people("Q1")
            assert (ids, names) == ({"person:Q1", "Q1"}, set())
            assert rows.reports_of(ids, names) == [short.report.id]
            assert rows.people("velik")[1] == {"Velik"}


def test_what_reviewers_wrote_of_a_person_is_blotted_out(place: Path | str) -> None:
    with Archive.open(place) as archive:
        archive.add(sample())
        given = Verdict(
            marks_of(sample())[0], "corrected", "Bo", "", Correction(sources=("Ana Petri",)), "Ana Petri did it"
        )
        with archive.reviewing() as rows:
            rows.add(given)
        with archive.deleting() as stones:
            stones.blot_out({"Ana Petri"})
        with archive.verdicts() as rows:
            (kept,) = rows.each()
        assert kept.note == "(deleted) did it" and kept.correction.sources == ("(deleted)",)


def test_a_deletion_that_fails_leaves_all_as_it_was(place: Path | str) -> None:
    with Archive.open(place) as archive:
        for one in TEXTS:
            archive.add(one)
        fuse_archive(archive, kit)
        before = told(archive)
        with pytest.raises(RuntimeError), archive.deleting() as rows:
            take_out_reports(rows, [TEXTS[0].report.id], kit())
            raise RuntimeError
        assert told(archive) == before and archive.count() == 4 and archive.tombstones() == ()
