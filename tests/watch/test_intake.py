"""What was fetched becomes reports as sources.toml and the page tell; what cannot be kept does not stop the watch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from watch.feeds import page

from detente.model.coded import CodedReport
from detente.model.inputs import Taken
from detente.model.report import Report
from detente.model.tombstone import Tombstone, tombstone_hash
from detente.model.watched import Link, SourceState
from detente.store import Archive
from detente.store.watching import WatchLog
from detente.watch.failure import Failed, Kind
from detente.watch.intake import Fetched, Intake, digest_of, reports_in
from detente.watch.sources import Source

URL = "https://courier.example/1"
SOURCE = Source("feed", "Courier", "https://courier.example/feed", 60.0, "The Strelsau Courier", language="en")


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    with Archive.open(tmp_path / "a.db") as archive:
        yield Intake(archive, WatchLog(archive), CodedReport)


def test_the_file_goes_before_the_page_and_the_feed_behind_it() -> None:
    (taken,) = reports_in(Fetched(URL, page(1), "Title of the feed", "Tue, 19 Mar 2024 10:00:00 GMT"), SOURCE)
    report = taken.report
    assert (report.outlet, report.title) == ("The Strelsau Courier", "Shells fall near Aldova, 1")
    assert (report.url, report.published, report.language) == (URL, date(2024, 3, 19), "en")


@pytest.mark.parametrize(("told", "url"), [("https://courier.example/one", "https://courier.example/one"),
                                           ("https://elsewhere.example/1", URL)])  # fmt: skip
def test_a_page_names_its_own_address_on_its_own_host_only(told: str, url: str) -> None:
    linked = page(1).replace(b"</title>", f'</title><link rel="canonical" href="{told}">'.encode())
    (taken,) = reports_in(Fetched(URL, linked), SOURCE)
    assert taken.report.url == url


def test_what_is_no_article_is_told() -> None:
    for body in (b"<html><body><p>Log in</p></body></html>", b"\x00\x01\x02\x03", b""):
        with pytest.raises(Failed) as problem:
            reports_in(Fetched(URL, body), SOURCE)
        assert problem.value.kind is Kind.kind and problem.value.lasting


def test_the_same_words_have_the_same_digest_whatever_the_spaces() -> None:
    assert digest_of(Report("a  b\n", outlet="X")) == digest_of(Report("a b", "T", "X", "u"))
    assert digest_of(Report("a b", outlet="X")) != digest_of(Report("a b", outlet="Y"))


def test_a_report_is_kept_once(intake: Intake) -> None:
    taken = Taken("x", Report("Some words."), ("undated",))
    assert intake.take(taken) and not intake.take(taken)


def test_a_text_of_broken_characters_is_the_fault_of_the_report(intake: Intake) -> None:
    """Were it taken for trouble of the archive, the watch would wait for ever."""
    with pytest.raises(Failed) as problem:
        intake.take(Taken("x", Report("half a pair: \ud800")))
    assert problem.value.kind is Kind.reading and problem.value.lasting


def test_what_was_deleted_is_not_taken_in_again(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "b.db") as archive:
        intake = Intake(archive, WatchLog(archive), CodedReport)
        taken = Taken("x", Report("Some words."))
        intake.take(taken)
        stone = Tombstone("report", tombstone_hash("report", taken.report.id), "asked to", "Ana", "2024-03-19")
        with archive.deleting() as rows:
            rows.take_out(taken.report.id)
            rows.put(stone)
        assert not intake.take(taken) and archive.count() == 0


def test_the_title_of_what_was_deleted_is_forgotten_and_its_address_known(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "c.db") as archive:
        log = WatchLog(archive)
        intake, taken = Intake(archive, log, CodedReport), Taken("x", Report("Some words."))
        intake.take(taken)
        log.keep_poll(SourceState("Courier", URL, URL), [Link(URL, "Some Name")], 1.0)
        (item,) = log.due_items(1.0, 1, 1)
        log.keep_item(replace(item, report=taken.report.id), 1.0)
        with archive.deleting() as rows:
            rows.take_out(taken.report.id)
        assert [(kept.url, kept.title) for kept in log.due_items(1.0, 1, 1)] == [(URL, None)]


def test_the_encoding_that_the_server_names_is_taken_where_the_page_names_none() -> None:
    body = page(1, "Żołnierze stali w Łodzi, powiedział rzecznik.").decode().encode("iso-8859-2")
    (taken,) = reports_in(Fetched(URL, body, charset="iso-8859-2"), SOURCE)
    assert "Żołnierze stali w Łodzi" in taken.report.text
    named = body.replace(b"<head>", b"<head><meta charset='iso-8859-2'>")
    (taken,) = reports_in(Fetched(URL, named, charset="windows-1252"), SOURCE)
    assert "Żołnierze stali w Łodzi" in taken.report.text
    (taken,) = reports_in(Fetched(URL, body, charset="no such one"), SOURCE)
    assert "Report number 1." in taken.report.text
