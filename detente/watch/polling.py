"""Sources whose time has come are asked what they have; the articles they name are noted, to be fetched in turn.

Everything that one answer changes is kept in one transaction.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.ingest.links import links_in
from detente.model.watched import Fault, Link, SourceState
from detente.store.watching import WatchLog
from detente.watch.addresses import host_of, joined, shown
from detente.watch.clock import Clock, stamp
from detente.watch.crew import Crew
from detente.watch.failure import Failed, Held, Kind
from detente.watch.fetching import Fetcher, Got, Known
from detente.watch.intake import Fetched, Intake, reports_in
from detente.watch.pace import back_off
from detente.watch.sources import DAY, MINUTE, Plan, Source
from detente.watch.tally import Tally, tell

# Sitemaps that an index names, the newest first: enough for a day's news of the largest sites.
_SITEMAPS = 10
# Beyond the longest wait that anything could have been given: the clock was set back since.
_NEVER = 9 * DAY
# Days are told in all time zones, and late.
_SLACK = 2 * DAY


@dataclass(frozen=True, slots=True)
class Polled:
    """What a source answered: itself, and the sitemaps that it names."""

    first: Got
    further: tuple[Got, ...] = ()


@dataclass(frozen=True, slots=True)
class _Turn:
    source: Source
    state: SourceState


class Polling:
    """Asks sources."""

    def __init__(
        self, plan: Plan, log: WatchLog, fetcher: Fetcher, intake: Intake, clock: Clock, chance: random.Random
    ) -> None:
        self._plan, self._log, self._fetcher, self._intake = plan, log, fetcher, intake
        self._clock, self._chance = clock, chance
        self.tally = Tally()
        self._crew: Crew[_Turn, Polled] = Crew(
            plan.limits.hosts, lambda turn: host_of(turn.state.url), lambda turn: self._ask(turn)
        )

    def poll(self) -> int:
        """Asks every source whose time has come; gives how many reports came into the archive at once."""
        before = self.tally.of("stored")
        now = self._clock.now()
        states = self._standing(now)
        due = [
            _Turn(source, state)
            for source in self._plan.sources
            if not (state := states[source.name]).stopped and state.due <= now
        ]
        for turn, answer in self._crew.done(due):
            try:
                self._take(turn, answer)
            except Failed as problem:
                self._take(turn, problem)
        return self.tally.of("stored") - before

    def next(self) -> float:
        """When the next source is to be asked."""
        states = self._standing(self._clock.now())
        return min((state.due for state in states.values() if not state.stopped), default=float("inf"))

    def _standing(self, now: float) -> dict[str, SourceState]:
        """How the sources stand; a new one, and one whose address was changed in the file, from the start."""
        kept = self._log.states()
        gone = kept.keys() - {source.name for source in self._plan.sources}
        if gone:
            self._log.drop_sources(gone)
        found: dict[str, SourceState] = {}
        for source in self._plan.sources:
            state = kept.get(source.name)
            if state is None or state.told != source.url:
                state = SourceState(source.name, source.url, source.url, now)
            elif state.due > now + _NEVER or (state.polled is not None and state.polled > now + MINUTE):
                # The clock was set back: what was planned by the old one would wait too long.
                state = replace(state, due=now)
            found[source.name] = state
        return found

    def _ask(self, turn: _Turn) -> Polled:
        """The requests of one poll; done by the crew's threads."""
        state = turn.state
        got = self._fetcher.get(state.url, Known(state.etag, state.modified))
        if turn.source.kind != "sitemap" or got.body is None:
            return Polled(got)
        return Polled(got, tuple(self._sitemaps(turn, got)))

    def _sitemaps(self, turn: _Turn, index: Got) -> Iterator[Got]:
        """The sitemaps of an index that may have changed since it was asked last."""
        source = turn.source
        since = stamp((turn.state.succeeded or 0.0) - _SLACK)[:10]
        for link in links_in(index.url, index.body or b"").sitemaps[:_SITEMAPS]:
            if link.published is not None and link.published[:10] < since:
                continue
            url = joined(index.url, link.url)
            try:
                if url is not None:
                    yield self._fetcher.get(url)
            except Failed as problem:
                tell("sitemap failed", logging.WARNING, source=source.name, url=shown(url or ""), why=problem.words)

    def _take(self, turn: _Turn, answer: Polled | Failed | Held) -> None:
        now = self._clock.now()
        source, state = turn.source, turn.state
        if isinstance(answer, Held):
            self._log.keep_poll(replace(state, due=now + answer.seconds + 1), (), now)
            return
        self.tally.add("polls")
        if isinstance(answer, Failed):
            self._failed(source, state, answer, now)
            return
        links = self._named(source, answer)
        got = answer.first
        state = replace(
            state,
            url=got.moved or state.url,
            due=now + source.interval,
            etag=got.known.etag,
            modified=got.known.modified,
            polled=now,
            succeeded=now,
            polls=state.polls + 1,
            failures=0,
            why=None,
        )
        new, changed = self._log.keep_poll(state, links, now)
        self.tally.add("links", new)
        if got.moved:
            tell("source moved", source=source.name, url=shown(got.moved))
        tell("polled", source=source.name, new=new, changed=changed, same=got.body is None)

    def _failed(self, source: Source, state: SourceState, problem: Failed, now: float) -> None:
        self.tally.fail(problem.kind)
        failures = state.failures + 1
        wait = back_off(source.interval, failures, self._plan.limits.longest_backoff, self._chance)
        if problem.after:
            self._log.hold(host_of(state.url), now + problem.after)
        state = replace(
            state,
            due=now + max(wait, problem.after or 0.0),
            polled=now,
            polls=state.polls + 1,
            failures=failures,
            why=f"{problem.kind}: {problem.words}",
            # Gone for good: until its address is changed in the file.
            stopped=problem.kind is Kind.gone,
            # What moved and fails there is looked for at its old address.
            url=source.url,
        )
        self._log.keep_poll(state, (), now, Fault(source.name, problem.kind, problem.words))
        tell(
            "poll failed", logging.WARNING, source=source.name, kind=problem.kind, why=problem.words, failures=failures
        )

    def _named(self, source: Source, answer: Polled) -> list[Link]:
        """The articles that an answer names; where it is the article, or holds the whole text, it is read at once."""
        body = answer.first.body
        if body is None:
            return []
        if source.kind == "page" or source.full_text:
            self._read(source, answer.first.url, body)
            return []
        found: dict[str, Link] = {}
        for got in (answer.first, *answer.further):
            named = links_in(got.url, got.body or b"")
            if not named.is_feed:
                raise Failed(Kind.kind, f"no {source.kind}: neither RSS, Atom, JSON Feed nor a sitemap")
            for link in named.articles:
                url = joined(got.url, link.url)
                if url is not None:
                    found.setdefault(url, replace(link, url=url))
        links = list(found.values())
        if len(links) > self._plan.limits.articles:
            tell("links left out", logging.WARNING, source=source.name, number=len(links) - self._plan.limits.articles)
        return links[: self._plan.limits.articles]

    def _read(self, source: Source, url: str, body: bytes) -> None:
        """Reads what stands in the answer itself; a report that cannot be read does not keep the others from it."""
        if source.kind != "page" and (named := links_in(url, body)).is_feed and not named.articles:
            return
        for taken in reports_in(Fetched(url, body), source):
            try:
                self.tally.add("stored" if self._intake.take(taken) else "known")
            except Failed as problem:
                self.tally.fail(problem.kind)
                self._log.keep_fault(Fault(source.name, problem.kind, problem.words), self._clock.now())
                tell("report failed", logging.WARNING, source=source.name, kind=problem.kind, why=problem.words)
