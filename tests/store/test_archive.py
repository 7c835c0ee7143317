"""The archive: gives back what it was given, stores nothing twice and nothing by halves, says plainly what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from factory import sample, small, with_own_coding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.model.coded import CodedReport, Versions
from detente.model.event import Event
from detente.model.origin import Origin
from detente.model.report import Report
from detente.store import Archive, ArchiveError, Stored
from detente.store.database import writing


@pytest.fixture(scope="module", params=["file", "server"])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    if request.param == "server":
        place = request.getfixturevalue("postgres").new()
    else:
        place = tmp_path_factory.mktemp("shared") / "a.db"
    with Archive.open(place) as archive:
        yield archive


def ids(archive: Archive) -> list[str]:
    return [row.id for row in archive.list()]


def counts(archive: Archive) -> dict[str, int]:
    names = ("report", "reading", "event", "event_party", "statement", "participant", "place")
    with archive._reading() as connection:
        return {n: connection.exec_driver_sql(f"SELECT count(*) FROM {n}").scalar_one() for n in names}


def test_a_reading_comes_back_as_it_was_given(archive: Archive) -> None:
    coded = sample()
    assert archive.add(coded) == Stored(coded.report.id, new=True, reading_new=True)
    assert archive.get(coded.report.id) == coded
    assert archive.get(coded.report.id[:6]).to_dict() == coded.to_dict()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(text=st.text(), title=st.none() | st.text(), outlet=st.none() | st.text(), day=st.none() | st.dates())
def test_any_report_comes_back_as_it_was_given(
    shared: Archive, text: str, title: str | None, outlet: str | None, day: None
) -> None:
    coded = CodedReport(Report(text, title, outlet, None, day), warnings=(text,))
    if not isinstance(shared.path, Path) and "\x00" in f"{text}{title}{outlet}":
        with pytest.raises(ArchiveError, match="NUL"):
            shared.add(coded)
        return
    shared.add(coded)
    assert shared.get(coded.report.id).to_dict() == coded.to_dict()


def test_the_same_reading_again_adds_nothing(archive: Archive) -> None:
    archive.add(sample())
    before = counts(archive)
    assert archive.add(sample()) == Stored(sample().report.id, new=False, reading_new=False)
    assert counts(archive) == before
    assert before["report"] == before["reading"] == 1
    assert (before["event"], before["event_party"], before["statement"]) == (5, 15, 2)


def test_the_same_reading_from_another_file_adds_nothing_and_the_first_origin_stays(archive: Archive) -> None:
    def of(hash: str) -> CodedReport:
        coded = small("Talks failed.")
        return coded.with_(report=replace(coded.report, origin=Origin("feed", hash * 64)))

    assert archive.add(of("1")).reading_new
    assert not archive.add(of("2")).reading_new
    assert archive.get(of("2").report.id) == of("1")


def test_a_re_reading_becomes_current_and_the_older_stays(archive: Archive) -> None:
    first = sample()
    newer = first.with_(events=first.events[:1], versions=Versions("0.2.0", "test parser", "2024-06-01"))
    archive.add(first)
    assert archive.add(newer) == Stored(first.report.id, new=False, reading_new=True)
    assert archive.get(first.report.id).to_dict() == newer.to_dict()
    old, current = archive.readings(first.report.id)
    assert (old.detente, old.current, current.detente, current.current) == ("0.1.0", False, "0.2.0", True)
    assert archive.get(first.report.id, old.number) == first
    assert [row.events for row in archive.list()] == [1]
    assert archive.count() == 1


def test_the_same_text_from_another_outlet_is_another_report(archive: Archive) -> None:
    archive.add(small("Words.", "The Courier"))
    archive.add(small("Words.", "The Herald"))
    assert archive.count() == 2


def test_the_list_stands_in_the_order_of_storing(archive: Archive) -> None:
    reports = [small(f"Report {number}.", title="Title" if number else None) for number in range(4)]
    for coded in reports:
        archive.add(coded)
    archive.add(sample())
    assert ids(archive) == [coded.report.id for coded in [*reports, sample()]]
    assert [row.id for row in archive.list(limit=2)] == [reports[3].report.id, sample().report.id]
    first, last = archive.list()[0], archive.list()[-1]
    assert (first.first_words, first.title, first.events) == ("Report 0.", None, 0)
    assert (last.outlet, last.events, last.statements) == ("The Strelsau Courier", 5, 2)


def test_search_finds_words_in_texts_and_titles(archive: Archive) -> None:
    archive.add(sample())
    archive.add(small("Another text on Élysée talks."))
    (hit,) = archive.search("village aldova")
    assert hit.id == sample().report.id
    assert {piece.words for piece in hit.pieces if piece.found} == {"village", "Aldova"}
    assert hit.snippet.startswith("Ruritania shelled the village of Aldova")
    assert [hit.id for hit in archive.search("Shells")] == [sample().report.id]
    assert len(archive.search("elysee")) == 1
    assert archive.search("village nowhere") == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text() | st.text(alphabet="\"*()^:-+{}ANDORNEAR \x00'"))
def test_no_search_is_an_error(shared: Archive, words: str) -> None:
    shared.add(sample())
    shared.search(words)


def test_unknown_and_ambiguous_ids_are_told(archive: Archive) -> None:
    for number in range(40):
        archive.add(small(f"Report {number}."))
    for unknown in ("zz", "", "%", "_"):
        with pytest.raises(ArchiveError, match="no report"):
            archive.get(unknown)
    first_letters = [id[0] for id in ids(archive)]
    twice = next(letter for letter in first_letters if first_letters.count(letter) > 1)
    with pytest.raises(ArchiveError, match=r"several reports start with .* give more letters"):
        archive.get(twice)


def test_a_report_that_fails_leaves_nothing_behind(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.add(small("Before."))
    before = counts(archive)

    def fail(coded: CodedReport, reading: int) -> list[dict[str, object]]:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("detente.store.rows.place_rows", fail)
    with pytest.raises(RuntimeError):
        archive.add(sample())
    assert counts(archive) == before
    assert archive.search("Aldova") == ()


def test_items_with_the_same_id_are_stored_all_the_same(archive: Archive) -> None:
    event: Event = sample().events[0]
    coded = sample().with_(events=(event, replace(event, status="planned")))
    archive.add(coded)
    assert archive.get(coded.report.id) == coded


def test_broken_characters_are_refused(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="broken characters"):
        archive.add(small("a\ud800b"))
    assert archive.count() == 0


def test_a_damaged_reading_is_told(archive: Archive) -> None:
    archive.add(sample())
    with writing(archive._engine) as connection:
        connection.exec_driver_sql("UPDATE reading SET body = '{}'")
    with pytest.raises(ArchiveError, match=r"is damaged .* read the report again"):
        archive.get(sample().report.id)


def test_two_archives_on_one_place_see_each_other(archive: Archive) -> None:
    with Archive.open(archive.path) as other:
        other.add(sample())
        archive.add(small("More."))
        assert other.count() == archive.count() == 2


def test_codings_by_ontologies_of_ones_own_are_given_back(archive: Archive) -> None:
    coded = with_own_coding(sample())
    archive.add(sample())
    assert archive.add(coded).reading_new
    assert archive.get(coded.report.id) == coded


def test_each_gives_the_current_reading_of_every_report_in_order(archive: Archive) -> None:
    first, second = sample(), small("Two words.")
    archive.add(first)
    archive.add(replace(first, warnings=("read again",)))
    archive.add(second)
    assert list(archive.each()) == [replace(first, warnings=("read again",)), second]


def test_each_keeps_to_the_days_asked_for(archive: Archive) -> None:
    told = sample()
    archive.add(told)
    day = told.report.published
    assert day is not None
    assert [one.report.id for one in archive.each(since=day, until=day)] == [told.report.id]
    assert list(archive.each(until=day.replace(year=day.year - 1))) == []
