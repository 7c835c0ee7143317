"""Whole days by a fast clock: what is asked when, over borders of days and the nights in which clocks are changed."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from watch.conftest import FastClock
from watch.feeds import page, rss
from watch.web import Site, answer

from detente.fusing import open_kit
from detente.model.coded import CodedReport
from detente.store import Archive
from detente.watch import rounds
from detente.watch.rounds import Watch
from detente.watch.sources import DAY, HOUR, MINUTE, Limits, Plan, Source

BERLIN = ZoneInfo("Europe/Berlin")
kit = cache(open_kit)
# The two nights in which clocks are changed, and the border of a year.
BEGINNINGS = [
    datetime(*day, 12, 0, tzinfo=BERLIN).timestamp() for day in ((2024, 3, 30), (2024, 10, 26), (2024, 12, 31))
]
HERE = Limits(pace=0.0, seconds=3, silence=2, allow=("127.0.0.1",))


@pytest.fixture(autouse=True)
def long_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a day is a thousand rounds."""
    monkeypatch.setattr(rounds, "LONGEST_SLEEP", 15 * MINUTE)


@pytest.mark.parametrize("begin", BEGINNINGS)
def test_in_a_day_each_source_is_asked_at_its_own_pace(site: Site, tmp_path: Path, begin: float) -> None:
    site.pages |= {"/often": answer(rss([("/1", "One")])), "/seldom": answer(rss([("/2", "Two")]))}
    site.pages |= {"/1": answer(page(1)), "/2": answer(page(2))}
    clock = FastClock(time=begin, ends=DAY)
    sources = tuple(
        Source("feed", name, site.url(f"/{name}"), every, name)
        for name, every in (("often", 15 * MINUTE), ("seldom", 6 * HOUR))
    )
    with Archive.open(tmp_path / "a.db") as archive:
        Watch(Plan(Path("sources.toml"), sources, limits=HERE), archive, CodedReport, kit, clock, "d/1", seed=1).run()
        assert archive.count() == 2
    asked = site.paths()
    # A little chance lies in each interval, so that not all who use the program ask at one moment.
    assert 85 <= asked.count("/often") <= 97 and 4 <= asked.count("/seldom") <= 5
    assert asked.count("/1") == asked.count("/2") == 1
    assert clock.time - begin == pytest.approx(DAY, abs=HOUR)


def test_a_clock_that_is_set_back_and_forth_stops_nothing(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/often": answer(rss([]))}
    clock = FastClock(time=BEGINNINGS[0], ends=DAY)
    inner = clock.wait

    def wait(seconds: float) -> bool:
        at = clock.past
        ends = inner(seconds)
        for moment, jump in ((6 * HOUR, -3 * HOUR), (12 * HOUR, 5 * HOUR)):
            if at < moment <= clock.past:
                clock.time += jump
        return ends

    clock.wait = wait  # type: ignore[method-assign]
    sources = (Source("feed", "often", site.url("/often"), HOUR, "often"),)
    with Archive.open(tmp_path / "a.db") as archive:
        Watch(Plan(Path("sources.toml"), sources, limits=HERE), archive, CodedReport, kit, clock, "d/1", seed=1).run()
    # While the clock stands three hours back, no turn comes; what it is put forward brings one turn, not five.
    assert 19 <= site.paths().count("/often") <= 25
