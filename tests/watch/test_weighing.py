"""The watch raises alerts on what it has read, once each; nothing of their measuring is replaced here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import feedparser
import pytest
from incident_samples import incident
from watch.conftest import FastClock
from watch.feeds import rss
from watch.web import Site, answer

from detente.fusing import open_kit
from detente.model.account import EventKey
from detente.model.coded import CodedReport
from detente.model.incident import Incident
from detente.store import Archive
from detente.watch.giving import givers_of
from detente.watch.rounds import Watch
from detente.watch.sources import HOUR, AtomFile, Limits, Plan, Source

kit = cache(open_kit)


def tense(last: date) -> Iterator[Incident]:
    """Harsh words every third day for a year, and a day of shelling at its end; another such day long before."""
    for number in range(120):
        day = last - timedelta(days=3 * number + 1)
        yield incident(f"{number:04x}", "ACCUSE", first=day, last=day, score=-2.0)
    for start, days in ((0x1000, 0), (0x2000, 100)):
        day = last - timedelta(days=days)
        for number in range(6):
            yield incident(f"{start + number:x}", first=day, last=day, score=-9.0)


@pytest.fixture
def archive(tmp_path: Path, clock: FastClock) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db") as store:
        with store.fusing() as shelf:
            for one in tense(datetime.fromtimestamp(clock.now(), UTC).date()):
                key = EventKey(one.id, "e1")
                shelf.put_group([key], [replace(one, events=(key,))])
        yield store


def watched(archive: Archive, clock: FastClock, feed: Path, site: Site) -> Watch:
    site.pages["/feed"] = answer(rss([]))
    sources = (Source("feed", "Courier", site.url("/feed"), HOUR, "Courier"),)
    limits = Limits(pace=0.0, seconds=3, silence=2, allow=("127.0.0.1",))
    plan = Plan(Path("sources.toml"), sources, channels=(AtomFile(feed),), limits=limits)
    probe = Watch(plan, archive, CodedReport, kit, clock, "detente/test")
    givers = givers_of(plan, probe.log, clock, "detente/test")
    return Watch(plan, archive, CodedReport, kit, clock, "detente/test", givers, seed=1)


def test_an_outbreak_of_today_is_raised_and_given_once(
    archive: Archive, clock: FastClock, site: Site, tmp_path: Path
) -> None:
    feed, today = tmp_path / "alerts.xml", datetime.fromtimestamp(clock.now(), UTC).date()
    for _ in range(2):
        watch = watched(archive, clock, feed, site)
        assert watch.run(once=True)
        clock.wait(HOUR)
    (kept,) = watch.log.alerts(9)
    body = kept.body
    assert (body["a"], body["b"], body["date"]) == ("ARM", "AZE", today.isoformat()), "the older one is no news"
    assert {told["id"] for told in body["incidents"]} <= {f"{0x1000 + n:x}" for n in range(6)}
    assert len(body["incidents"]) == 5
    (entry,) = feedparser.parse(feed.read_bytes()).entries
    assert "ARM and AZE: conflict seems to have broken out" in entry.title


def test_nothing_unusual_is_no_alert(archive: Archive, clock: FastClock, site: Site, tmp_path: Path) -> None:
    clock.wait(60 * 24 * HOUR)
    watch = watched(archive, clock, tmp_path / "alerts.xml", site)
    assert watch.run(once=True) and watch.log.alerts(9) == []
