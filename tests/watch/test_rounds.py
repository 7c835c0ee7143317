"""The watch as a whole against a server of our own, with a reader and a clock that take no time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest
from watch.conftest import FastClock
from watch.feeds import full_rss, page, rss
from watch.web import Site, answer, moved, truncated, unless_same

from detente.fusing import open_kit
from detente.model.coded import CodedReport
from detente.model.report import Report
from detente.store import Archive, ArchiveError
from detente.watch import rounds
from detente.watch.rounds import Watch
from detente.watch.sources import HOUR, Limits, Plan, Source

HERE = Limits(pace=0.0, seconds=3, silence=2, allow=("127.0.0.1",))


kit = cache(open_kit)


class Killed(BaseException):
    """What kill -9 does, as far as the program can see."""


@dataclass
class Readings:
    """Reads nothing, and remembers what it was given; `before` may interfere."""

    read: list[Report] = field(default_factory=list)
    before: Callable[[Report], None] = lambda report: None

    def __call__(self, report: Report) -> CodedReport:
        self.before(report)
        self.read.append(report)
        return CodedReport(report)


@dataclass
class Bench:
    """One archive and one server; `watch` begins a new watch on it, as after a restart."""

    site: Site
    clock: FastClock
    path: Path
    readings: Readings = field(default_factory=Readings)
    sources: tuple[Source, ...] = ()
    limits: Limits = HERE

    def source(self, path: str = "/feed", **more: object) -> Source:
        source = Source("feed", "Courier", self.site.url(path), HOUR, "The Courier")
        return replace(source, **more)  # type: ignore[arg-type]

    def once(self) -> bool:
        with Archive.open(self.path) as archive:
            return self.watch(archive).run(once=True)

    def watch(self, archive: Archive) -> Watch:
        plan = Plan(Path("sources.toml"), self.sources or (self.source(),), limits=self.limits)
        return Watch(plan, archive, self.readings, kit, self.clock, "detente/test", seed=1)

    def titles(self) -> list[str | None]:
        with Archive.open(self.path) as archive:
            return [listed.title for listed in archive.list()]

    def count(self) -> int:
        with Archive.open(self.path) as archive:
            return archive.count()


@pytest.fixture
def bench(site: Site, clock: FastClock, tmp_path: Path) -> Iterator[Bench]:
    site.pages["/feed"] = answer(rss([("/1", "One"), ("/2", "Two")]), "application/rss+xml")
    site.pages |= {"/1": answer(page(1)), "/2": answer(page(2))}
    yield Bench(site, clock, tmp_path / "a.db")


def test_what_a_feed_names_is_fetched_read_and_kept(bench: Bench) -> None:
    assert bench.once()
    assert bench.site.paths() == ["/feed", "/1", "/2"]
    one, _ = bench.readings.read
    assert (one.outlet, one.url, str(one.published)) == ("The Courier", bench.site.url("/1"), "2024-03-19")
    assert "Report number 1." in one.text and bench.count() == 2


def test_nothing_is_asked_before_its_time_and_nothing_read_twice(bench: Bench) -> None:
    bench.once()
    assert bench.once() and bench.site.paths() == ["/feed", "/1", "/2"]
    bench.clock.wait(HOUR)
    assert bench.once() and bench.site.paths() == ["/feed", "/1", "/2", "/feed"]
    assert len(bench.readings.read) == 2


def test_a_feed_is_asked_whether_it_changed(bench: Bench) -> None:
    bench.site.pages["/feed"] = unless_same(rss([("/1", "One")]), '"7"')
    bench.once()
    bench.clock.wait(HOUR)
    assert bench.once()
    assert bench.site.asked[-1].headings["if-none-match"] == '"7"' and bench.count() == 1


def test_an_article_that_changed_is_read_again_and_both_are_kept(bench: Bench) -> None:
    bench.once()
    bench.site.pages["/feed"] = answer(rss([("/1", "One, corrected"), ("/2", "Two")]))
    bench.site.pages["/1"] = answer(page(1, "The number of dead was corrected."))
    bench.clock.wait(HOUR)
    assert bench.once()
    assert bench.site.paths()[3:] == ["/feed", "/1"] and bench.count() == 3


def test_an_entry_that_changed_while_its_article_did_not_is_not_read_again(bench: Bench) -> None:
    bench.once()
    bench.site.pages["/feed"] = answer(rss([("/1", "Another title"), ("/2", "Two")]))
    bench.clock.wait(HOUR)
    assert bench.once()
    assert bench.site.paths()[3:] == ["/feed", "/1"] and len(bench.readings.read) == 2


def test_one_article_at_several_addresses_is_read_once(bench: Bench) -> None:
    links = [("/1", "One"), ("/1?utm_source=feed", "One"), ("/1#top", "One"), ("/copy", "One")]
    bench.site.pages |= {"/feed": answer(rss(links)), "/copy": answer(page(1))}
    assert bench.once()
    assert bench.site.paths() == ["/feed", "/1", "/copy"] and len(bench.readings.read) == 1


def test_the_same_words_by_another_outlet_are_another_report(bench: Bench) -> None:
    bench.site.pages |= {"/feed": answer(rss([("/1", "One")])), "/other": answer(rss([("/copy", "One")]))}
    bench.site.pages["/copy"] = answer(page(1))
    bench.sources = (bench.source(), bench.source("/other", name="Gazette", outlet="The Gazette"))
    assert bench.once() and bench.count() == 2


def test_what_fails_is_tried_again_later_and_left_in_the_end(bench: Bench) -> None:
    bench.limits = replace(HERE, tries=3)
    bench.site.pages["/1"] = truncated(page(1))
    bench.site.pages["/2"] = answer(b"", status=502)
    assert not bench.once() and bench.count() == 0
    bench.site.pages["/2"] = answer(page(2))
    for _ in range(6):
        bench.clock.wait(HOUR / 4)
        bench.once()
    assert bench.count() == 1 and bench.site.paths().count("/1") == 3
    with Archive.open(bench.path) as archive:
        log = bench.watch(archive).log
        assert log.item_counts() == {("Courier", "done"): 1, ("Courier", "left"): 1}
        assert {(fault.kind, fault.times) for fault in log.faults()} == {("truncated", 3), ("server", 1)}


def test_a_feed_that_fails_is_left_alone_ever_longer_and_the_others_are_read(bench: Bench) -> None:
    bench.site.pages["/broken"] = answer(b"", status=500)
    bench.sources = (bench.source("/broken", name="Broken"), bench.source())
    bench.once()
    for _ in range(24):
        bench.clock.wait(HOUR)
        bench.once()
    asked = bench.site.paths()
    assert asked.count("/feed") == 25 and 3 <= asked.count("/broken") <= 5 and bench.count() == 2


def test_a_feed_that_moved_for_good_is_asked_where_it_is(bench: Bench) -> None:
    bench.site.pages |= {"/new": bench.site.pages["/feed"], "/feed": moved("/new")}
    bench.once()
    bench.clock.wait(HOUR)
    bench.once()
    assert [path for path in bench.site.paths() if len(path) > 2] == ["/feed", "/new", "/new"]


def test_a_feed_that_is_gone_is_asked_no_more_until_its_address_changes(bench: Bench) -> None:
    bench.site.pages["/gone"] = answer(b"", status=410)
    bench.sources = (bench.source("/gone"),)
    for _ in range(3):
        bench.once()
        bench.clock.wait(90 * HOUR)
    assert bench.site.paths() == ["/gone"]
    bench.sources = (bench.source("/feed"),)
    assert bench.once() and bench.count() == 2


def test_a_page_instead_of_a_feed_is_told(bench: Bench) -> None:
    bench.site.pages["/feed"] = answer(b"<html><body>Please log in</body></html>")
    assert not bench.once()
    with Archive.open(bench.path) as archive:
        assert "neither RSS" in str(bench.watch(archive).log.states()["Courier"].why)


def test_a_feed_with_whole_texts_is_read_without_fetching_pages(bench: Bench) -> None:
    texts = [("/1", "The first text of several words."), ("/2", "explode"), ("/3", "A third text.")]

    def explode(report: Report) -> None:
        if "explode" in report.text:
            raise RecursionError("too deep")

    bench.readings.before = explode
    bench.site.pages["/feed"] = answer(full_rss(texts))
    bench.sources = (bench.source(full_text=True),)
    assert not bench.once() and bench.site.paths() == ["/feed"] and bench.count() == 2
    bench.clock.wait(HOUR)
    bench.once()
    assert bench.count() == 2 and len(bench.readings.read) == 2


def test_a_page_is_watched_for_changes(bench: Bench) -> None:
    bench.sources = (bench.source("/1", kind="page"),)
    for words in ("", "", "And something new."):
        bench.site.pages["/1"] = answer(page(1, words))
        assert bench.once()
        bench.clock.wait(HOUR)
    assert bench.count() == 2 and len(bench.readings.read) == 2


def test_an_index_of_sitemaps_is_followed(bench: Bench) -> None:
    def locs(name: str, *paths: str) -> bytes:
        return (
            f"<x{name}>".replace("x", "", 1).encode()
            + b"".join(
                f"<{'sitemap' if name == 'sitemapindex' else 'url'}><loc>{bench.site.url(p)}</loc>"
                f"</{'sitemap' if name == 'sitemapindex' else 'url'}>".encode()
                for p in paths
            )
            + f"</{name}>".encode()
        )

    bench.site.pages["/index"] = answer(locs("sitemapindex", "/map", "/missing"))
    bench.site.pages["/map"] = answer(locs("urlset", "/1", "/2"))
    bench.sources = (bench.source("/index", kind="sitemap"),)
    assert bench.once() and bench.count() == 2


def test_a_host_that_asks_to_wait_is_left_alone_over_a_restart(bench: Bench) -> None:
    bench.site.pages["/feed"] = answer(b"", status=429, Retry_After="7200")
    bench.once()
    bench.sources = (bench.source("/other", name="Other"),)
    bench.site.pages["/other"] = answer(rss([]))
    bench.clock.wait(3600)
    bench.once()
    assert bench.site.paths() == ["/feed"]
    bench.clock.wait(3700)
    bench.once()
    assert bench.site.paths() == ["/feed", "/other"]


@pytest.mark.parametrize("when", range(1, 40))
def test_killed_at_any_moment_it_goes_on_where_it_was(bench: Bench, when: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dies at the n-th transaction of the archive, before it is kept; every report is there once in the end."""
    from detente.store import archive as stored
    from detente.store import watching

    left = when
    real = stored.writing

    def writing(engine: object) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        return real(engine)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(stored, "writing", writing)
        patch.setattr(watching, "writing", writing)
        with suppress(Killed):
            bench.once()
    bench.clock.wait(HOUR)
    bench.once()
    assert sorted(bench.titles(), key=str) == ["Shells fall near Aldova, 1", "Shells fall near Aldova, 2"]
    # Read again is only what was read and could not be kept.
    assert len(bench.readings.read) <= 3


def test_what_was_kept_before_the_watch_was_killed_is_neither_fetched_nor_read_again(bench: Bench) -> None:
    bench.once()
    with Archive.open(bench.path) as archive:
        watch = bench.watch(archive)
        bench.clock.wait(HOUR)
        (item, _) = sorted((replace(i, state="reading") for i in _items(watch)), key=lambda item: item.url)
        watch.log.keep_item(item, bench.clock.now())
    bench.once()
    assert bench.site.paths() == ["/feed", "/1", "/2", "/feed"] and len(bench.readings.read) == 2


def _items(watch: Watch) -> list[object]:
    from sqlalchemy import update

    from detente.store.watching import watch_item

    with watch.log._writing() as connection:
        connection.execute(update(watch_item).values(state="reading"))
    found = watch.log.begun()
    for item in found:
        watch.log.keep_item(replace(item, state="done"), 0.0)
    return list(found)


def test_an_archive_that_is_in_trouble_is_waited_for(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    left = 3

    def trouble(self: Archive, coded: CodedReport) -> object:
        nonlocal left
        left -= 1
        if left >= 0:
            raise ArchiveError("archive a.db: the disk is full; free some space and try again")
        return real(self, coded)

    real = Archive.add
    monkeypatch.setattr(Archive, "add", trouble)
    assert not bench.once()
    assert bench.count() == 2


def test_a_day_of_polls_over_the_night_in_which_clocks_change(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """24 hours that the clocks on the wall call 23: sources are asked by the hours that pass, over the day's border."""
    monkeypatch.setattr(rounds, "LONGEST_SLEEP", HOUR / 4)
    bench.clock.ends = bench.clock.past + 24 * HOUR - 1
    bench.site.pages["/feed"] = unless_same(rss([]), '"1"')
    with Archive.open(bench.path) as archive:
        watch = bench.watch(archive)
        watch.run()
        assert bench.site.paths() == ["/feed"] * 24
        run = watch.log.run()
        assert run is not None and run.ended is not None


def test_a_clock_that_is_set_back_stops_nothing(bench: Bench) -> None:
    bench.once()
    bench.clock.time -= 400 * 86_400
    assert bench.once()
    assert bench.site.paths().count("/feed") == 2
    bench.clock.wait(HOUR)
    assert bench.once()
    assert bench.site.paths().count("/feed") == 3


def test_told_to_end_it_ends_after_the_report_that_it_reads(bench: Bench) -> None:
    def stop(report: Report) -> None:
        bench.clock.ends = 0.0

    bench.readings.before = stop
    bench.once()
    assert len(bench.readings.read) == bench.count() == 1
    bench.clock.ends = float("inf")
    bench.once()
    assert bench.count() == 2 and bench.site.paths().count("/1") == 1


def test_a_sitemap_of_an_index_that_did_not_change_is_not_asked_again(bench: Bench) -> None:
    def index(day: str) -> bytes:
        maps = "".join(
            f"<sitemap><loc>{bench.site.url(path)}</loc><lastmod>{told}</lastmod></sitemap>"
            for path, told in (("/old", "2024-01-01"), ("/new", day))
        )
        return f"<sitemapindex>{maps}</sitemapindex>".encode()

    bench.site.pages |= {"/index": answer(index("2024-03-30")), "/old": answer(b"<urlset></urlset>")}
    bench.site.pages["/new"] = bench.site.pages["/old"]
    bench.sources = (bench.source("/index", kind="sitemap"),)
    bench.once()
    bench.clock.wait(HOUR)
    assert bench.once() and bench.site.paths() == ["/index", "/new", "/old", "/index", "/new"]
