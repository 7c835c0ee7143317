"""What the watch remembers in an archive, over closing and opening it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from factory import sample

from detente.model.watched import Fault, KeptAlert, Link, SourceState
from detente.store import Archive
from detente.store.watching import WatchLog

STATE = SourceState("Courier", "http://courier.example/feed", "http://courier.example/feed", due=100.0)


@pytest.fixture
def log(place: Path | str) -> Iterator[WatchLog]:
    with Archive.open(place) as archive:
        yield WatchLog(archive)


def links(*paths: str, mark: str = "1") -> list[Link]:
    return [Link(f"http://courier.example/{path}", path, mark=mark) for path in paths]


def test_sources_and_articles_are_kept(log: WatchLog) -> None:
    state = replace(STATE, etag='"1"', polls=3, failures=1, why="no answer")
    assert log.keep_poll(state, links("a", "b"), 10.0) == (2, 0)
    assert log.states() == {"Courier": state}
    assert [item.title for item in log.due_items(10.0, 9, 9)] == ["a", "b"]
    log.drop_sources(["Courier"])
    assert log.states() == {}


def test_an_article_named_again_is_not_new_but_may_have_changed(log: WatchLog) -> None:
    log.keep_poll(STATE, links("a", "b"), 10.0)
    for item in log.due_items(10.0, 9, 9):
        log.keep_item(replace(item, state="done", report="r", digest="d"), 11.0)
    assert log.keep_poll(STATE, links("a", "b"), 20.0) == (0, 0)
    assert log.due_items(99.0, 9, 9) == []
    assert log.keep_poll(STATE, [*links("a", mark="2"), *links("b")], 30.0) == (0, 1)
    (again,) = log.due_items(30.0, 9, 9)
    assert (again.title, again.report, again.tries) == ("a", "r", 0)


def test_no_source_keeps_the_others_waiting(log: WatchLog) -> None:
    log.keep_poll(STATE, links(*(f"a{n}" for n in range(20))), 10.0)
    log.keep_poll(replace(STATE, name="Gazette"), links("g"), 11.0)
    assert [item.title for item in log.due_items(12.0, 2, 10)] == ["a0", "g", "a1"]
    assert log.due_items(9.0, 2, 10) == [] and log.next_item() == 10.0


def test_the_same_words_are_known_again(log: WatchLog) -> None:
    log.keep_poll(STATE, links("a"), 10.0)
    (item,) = log.due_items(10.0, 9, 9)
    assert log.read_before("d") is None
    log.keep_item(replace(item, state="reading", report="r", digest="d"), 11.0)
    assert log.read_before("d") is None and [i.report for i in log.begun()] == ["r"]
    log.keep_item(replace(item, state="done", report="r", digest="d"), 11.0)
    assert log.read_before("d") == "r" and log.begun() == []


def test_it_knows_what_the_archive_holds(place: Path | str) -> None:
    with Archive.open(place) as archive:
        assert not WatchLog(archive).has_report(sample().report.id)
        archive.add(sample())
        assert WatchLog(archive).has_report(sample().report.id)


def test_what_nobody_names_any_more_is_forgotten_but_never_what_waits(log: WatchLog) -> None:
    log.keep_poll(STATE, links("a", "b"), 10.0)
    log.keep_item(replace(log.due_items(10.0, 9, 9)[0], state="done"), 10.0)
    assert log.forget_before(10.0) == 0 and log.forget_before(11.0) == 1
    assert log.item_counts() == {("Courier", "waiting"): 1}


def test_failures_are_counted(log: WatchLog) -> None:
    for at in (1.0, 2.0):
        log.keep_poll(STATE, [], at, Fault("Courier", "server", f"HTTP 50{at:.0f}"))
    (found,) = log.faults()
    assert (found.times, found.last, found.words) == (2, 2.0, "HTTP 502")


def test_hosts_that_asked_to_wait_are_remembered_until_then(log: WatchLog) -> None:
    log.hold("courier.example", 50.0)
    log.hold("courier.example", 60.0)
    assert log.holds(55.0) == {"courier.example": 60.0} and log.holds(60.0) == {}


def test_an_alert_is_raised_once_and_delivered_once_to_each_channel(log: WatchLog) -> None:
    alert = KeptAlert("x1", 5.0, {"a": "RUR", "b": "GRA"})
    assert log.raise_alerts([alert], ["stdout", "mail"]) == [alert]
    assert log.raise_alerts([replace(alert, raised=9.0)], ["stdout", "mail"]) == []
    assert log.alerts(5) == [alert]
    (due,) = log.due_deliveries("stdout", 5.0)
    log.keep_delivery(due, "done", 6.0, None, 6.0)
    assert log.due_deliveries("stdout", 99.0) == []
    (other,) = log.due_deliveries("mail", 5.0)
    log.keep_delivery(other, "waiting", 70.0, "no answer", 6.0, Fault("mail", "timeout", "no answer"))
    assert log.due_deliveries("mail", 69.0) == []
    assert [again.tries for again in log.due_deliveries("mail", 70.0)] == [1]
    assert log.delivery_counts() == {("stdout", "done"): 1, ("mail", "waiting"): 1}


def test_the_run_is_told(log: WatchLog) -> None:
    assert log.run() is None
    log.begin(7, 1.0, "sources.toml")
    log.beat(7, 2.0)
    run = log.run()
    assert run is not None and (run.pid, run.started, run.beat, run.ended) == (7, 1.0, 2.0, None)
    log.beat(7, 3.0, ended=True)
    run = log.run()
    assert run is not None and run.ended == 3.0
