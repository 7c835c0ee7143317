"""What fusing keeps in the archive: grown report by report, decided upon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fused import TEXTS, kit
from incident_samples import incident

from detente.fusing import decide, fuse, fuse_archive
from detente.model.account import EventKey
from detente.model.coded import CodedReport
from detente.model.incident import Incident
from detente.model.shelf import Decision
from detente.model.story import Story
from detente.store import Archive, ArchiveError


def held(archive: Archive) -> tuple[list[Incident], list[Story]]:
    with archive.looking() as rows:
        return list(rows.incidents()), list(rows.stories())


def test_fused_in_the_archive_as_in_memory_and_report_by_report(new_place: Callable[[], Path | str]) -> None:
    expected = fuse(TEXTS, kit())
    assert len(expected.incidents) == 1 and len(expected.incidents[0].reports) == 3
    with Archive.open(new_place()) as at_once, Archive.open(new_place()) as one_by_one:
        for text in TEXTS:
            at_once.add(text)
        assert fuse_archive(at_once, kit) == 3
        for text in reversed(TEXTS):
            one_by_one.add(text)
            fuse_archive(one_by_one, kit)
        assert held(at_once) == held(one_by_one) == (list(expected.incidents), list(expected.stories))
        assert fuse_archive(at_once, kit) == 0
        assert fuse_archive(at_once, kit, again=True) == 3
        assert held(at_once) == held(one_by_one)


def test_a_report_read_again_takes_the_place_of_its_old_reading(place: Path | str) -> None:
    with Archive.open(place) as archive:
        archive.add(TEXTS[0])
        archive.add(TEXTS[1])
        fuse_archive(archive, kit)
        archive.add(CodedReport(TEXTS[1].report))
        assert fuse_archive(archive, kit) == 1
        (incident,), stories = held(archive)
        assert incident.reports == (TEXTS[0].report.id,) and len(stories) == 2


def test_decisions_are_kept_and_hold_when_more_comes(place: Path | str) -> None:
    with Archive.open(place) as archive:
        archive.add(TEXTS[0])
        archive.add(TEXTS[1])
        fuse_archive(archive, kit)
        one, other = sorted(held(archive)[0][0].events)
        decision = Decision("apart", one, other)
        assert len(decide(archive, [decision], kit())) == 2
        archive.add(TEXTS[2])
        fuse_archive(archive, kit)
        assert all({one, other} - set(i.events) for i in held(archive)[0])
        assert fuse_archive(archive, kit, again=True) == 3
        assert all({one, other} - set(i.events) for i in held(archive)[0])
        decide(archive, [decision], kit(), keep=False)
        assert len(held(archive)[0]) == 1


def test_ids_are_found_by_their_beginning_and_others_are_told(place: Path | str) -> None:
    with Archive.open(place) as archive:
        archive.add(TEXTS[0])
        fuse_archive(archive, kit)
        (incident,), (story,) = held(archive)
        with archive.looking() as rows:
            assert rows.incident(incident.id[:6]) == incident
            assert rows.story(TEXTS[0].report.id[:6]) == rows.story(story.id) == story
            assert [account.key for account in rows.accounts(incident)] == list(incident.events)
            with pytest.raises(ArchiveError, match="no incident 'zz'; detente incidents shows the ids"):
                rows.incident("zz")


def test_a_run_that_fails_keeps_nothing(place: Path | str) -> None:
    with Archive.open(place) as archive:
        archive.add(TEXTS[0])

        def broken() -> None:
            raise RuntimeError("no weights")

        with pytest.raises(RuntimeError):
            fuse_archive(archive, broken)  # type: ignore[arg-type]
        assert held(archive) == ([], [])
        assert fuse_archive(archive, kit) == 1


def test_incidents_are_found_by_the_countries_that_have_a_part(place: Path | str) -> None:
    with Archive.open(place) as archive:
        for report in TEXTS:
            archive.add(report)
        fuse_archive(archive, kit)
        made, _ = held(archive)
        with archive.asking() as rows:
            found = rows.between(["RUR"], ["GRA"])
            assert {i.id for i in found} == {i.id for i in made if {"RUR", "GRA"} <= set(i.countries)} and found
            assert rows.between(["RUR"], ["XXX"]) == []


def test_a_pair_within_one_country_and_incidents_of_many_countries_are_found(place: Path | str) -> None:
    within = incident("1", sources="AZE MIL", targets="AZE REB")
    of_many = incident("2", sources=",".join(f"A{chr(65 + n)}A GOV" for n in range(20)), targets="AZE GOV")
    with Archive.open(place) as archive:
        with archive.fusing() as shelf:
            for one in (within, of_many):
                key = EventKey(one.id, "e1")
                shelf.put_group([key], [replace(one, events=(key,))])
        with archive.asking() as rows:
            assert [brief.id for brief in rows.between(["AZE"], ["AZE"])] == ["1"]
            assert [brief.id for brief in rows.between(["AZE"], ["ACA"])] == ["2"]
            assert [brief.id for brief in rows.between(["ABA", "ADA"], ["ACA"])] == ["2"]
            assert ("AZE", "AZE") not in rows.pairs() and ("ACA", "AZE") in rows.pairs()
