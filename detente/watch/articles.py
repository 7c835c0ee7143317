"""Articles that sources named are fetched, each in its turn, read once and kept. What fails is tried again later.

An article stands as being read from the moment that it is known which report it is; so a watch that was killed knows
whether the archive has it.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import replace

from detente.model.inputs import Taken
from detente.model.watched import Fault, Item
from detente.store.watching import WatchLog
from detente.watch.addresses import host_of, shown
from detente.watch.clock import Clock
from detente.watch.crew import Crew
from detente.watch.failure import Failed, Held
from detente.watch.fetching import Fetcher, Got, Known
from detente.watch.intake import Fetched, Intake, digest_of, reports_in
from detente.watch.pace import back_off
from detente.watch.sources import MINUTE, Plan, Source
from detente.watch.tally import Tally, tell

# So many of one source and of all before the sources are asked again.
_OF_EACH, _AT_ONCE = 20, 200


class Articles:
    """Fetches and reads what waits."""

    def __init__(
        self, plan: Plan, log: WatchLog, fetcher: Fetcher, intake: Intake, clock: Clock, chance: random.Random
    ) -> None:
        self._plan, self._log, self._intake, self._clock, self._chance = plan, log, intake, clock, chance
        self._sources = {source.name: source for source in plan.sources}
        self.tally = Tally()
        self._crew: Crew[Item, Got] = Crew(
            plan.limits.hosts,
            lambda item: host_of(item.url),
            lambda item: fetcher.get(item.url, Known(item.etag, item.modified)),
        )

    def settle(self) -> None:
        """What was being read when the work broke off is done if the archive has it, and waits again if not."""
        now = self._clock.now()
        for item in self._log.begun():
            if item.report is not None and self._log.has_report(item.report):
                self._log.keep_item(replace(item, state="done"), now)
            else:
                anew = replace(item, state="waiting", due=now, report=None, digest=None, etag=None, modified=None)
                self._log.keep_item(anew, now)

    def work(self, beat: Callable[[], None] = lambda: None) -> int:
        """Does a share of what waits; gives how many reports came into the archive. `beat` is called in between."""
        before = self.tally.of("stored")
        for item, answer in self._crew.done(self._log.due_items(self._clock.now(), _OF_EACH, _AT_ONCE)):
            beat()
            try:
                self._take(item, answer)
            except Failed as problem:
                self._failed(item, problem)
            if self._clock.stopping():
                break
        return self.tally.of("stored") - before

    def _take(self, item: Item, answer: Got | Failed | Held) -> None:
        now = self._clock.now()
        if isinstance(answer, Held):
            self._log.keep_item(replace(item, due=now + answer.seconds + 1), now)
            return
        if isinstance(answer, Failed):
            raise answer
        self.tally.add("fetched")
        if answer.body is None:
            self.tally.add("unchanged")
            self._log.keep_item(replace(item, state="done"), now)
            return
        source = self._sources.get(item.source) or Source("feed", item.source, item.url, 0.0)
        taken = reports_in(Fetched(answer.url, answer.body, item.title, item.published, answer.charset), source)
        self._read(replace(item, etag=answer.known.etag, modified=answer.known.modified, tries=0), taken)

    def _read(self, item: Item, taken: list[Taken]) -> None:
        now = self._clock.now()
        digest = digest_of(taken[0].report) if len(taken) == 1 else None
        known = item.report if digest and digest == item.digest else self._log.read_before(digest) if digest else None
        if known is not None and self._log.has_report(known):
            self.tally.add("duplicates")
            self._log.keep_item(replace(item, state="done", report=known, digest=digest), now)
            return
        # The last one: when the archive has it, it has those before.
        item = replace(item, state="reading", report=taken[-1].report.id, digest=digest)
        self._log.keep_item(item, now)
        for one in taken:
            self.tally.add("stored" if self._intake.take(one) else "known")
        self._log.keep_item(replace(item, state="done"), self._clock.now())
        tell("read", source=item.source, url=shown(item.url), report=item.report)

    def _failed(self, item: Item, problem: Failed) -> None:
        now = self._clock.now()
        self.tally.fail(problem.kind)
        tries = item.tries + 1
        left = problem.lasting or tries >= self._plan.limits.tries
        wait = back_off(MINUTE, tries, self._plan.limits.longest_backoff, self._chance)
        if problem.after:
            self._log.hold(host_of(item.url), now + problem.after)
        item = replace(
            item, state="left" if left else "waiting", tries=tries, due=now + max(wait, problem.after or 0.0)
        )
        self._log.keep_item(item, now, Fault(item.source, problem.kind, problem.words))
        level = logging.WARNING if left else logging.INFO
        tell("article failed", level, url=shown(item.url), kind=problem.kind, why=problem.words, left=left)
