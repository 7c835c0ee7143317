"""The watch, written down once: ask the sources, read what is new, fuse, raise alerts, deliver them; then wait.

Everything it must know is in the archive, so that it can end at any moment and go on where it was.
"""

from __future__ import annotations

import hashlib
import logging
import os
import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from detente.alerting import alerts_since, fields_of
from detente.fuse.gathering import FusingKit
from detente.fusing import fuse_archive
from detente.model.watched import KeptAlert
from detente.store import Archive, ArchiveError
from detente.store.watching import WatchLog
from detente.watch.articles import Articles
from detente.watch.clock import Clock
from detente.watch.delivering import Delivering, Giver
from detente.watch.failure import Kind, Stopped
from detente.watch.fetching import Fetcher
from detente.watch.intake import Intake, ReadReport
from detente.watch.pace import back_off
from detente.watch.polling import Polling
from detente.watch.sources import DAY, MINUTE, Plan
from detente.watch.tally import tell

# Often enough for `detente status` to tell a living watch from a dead one.
LONGEST_SLEEP = MINUTE
# Joining takes a third of the time at the most, however many reports there are of one day.
_SHARE = 3.0
_TROUBLE, _LONGEST_TROUBLE = 5.0, 10 * MINUTE
OpenKit = Callable[[], FusingKit]


class Watch:
    """Follows the sources of a plan into an archive."""

    def __init__(
        self,
        plan: Plan,
        archive: Archive,
        read: ReadReport,
        kit: OpenKit,
        clock: Clock,
        agent: str,
        givers: Sequence[Giver] = (),
        seed: int | None = None,
    ) -> None:
        self._plan, self._archive, self._kit, self._clock = plan, archive, kit, clock
        chance = random.Random(seed)
        self.log = WatchLog(archive)
        self._fetcher = Fetcher(plan.limits, agent, clock)
        intake = Intake(archive, self.log, read)
        self.polling = Polling(plan, self.log, self._fetcher, intake, clock, chance)
        self.articles = Articles(plan, self.log, self._fetcher, intake, clock, chance)
        self.delivering = Delivering(self.log, givers, clock, chance)
        self._fresh, self._next_weighing, self._tidied = True, float("-inf"), float("-inf")
        self._beaten = float("-inf")
        self.troubles = 0

    def run(self, once: bool = False, after: Callable[[], None] = lambda: None) -> bool:
        """Watches until told to end, or once until nothing is due; False where anything failed."""
        self._persistently(self._begin)
        while not self._clock.stopping():
            done = self._persistently(lambda: self.round(once))
            after()
            if once and done:
                break
            if done and self._clock.wait(self._sleep()):
                break
        self._persistently(self._end, tries=3)
        return not (self.troubles or self.polling.tally.failures or self.articles.tally.failures)

    def round(self, until_done: bool = False) -> None:
        """One round; with `until_done`, on until nothing is due now."""
        while True:
            self._beat()
            self.articles.settle()
            stored = self.polling.poll() + self.articles.work(self._beat)
            self._fresh = self._fresh or stored > 0
            waits = self._is_due()
            if not (until_done and waits) or self._clock.stopping():
                break
        now = self._clock.steady()
        if self._fresh and (until_done or now >= self._next_weighing):
            self._weigh()
            took = self._clock.steady() - now
            self._fresh = False
            self._next_weighing = now + max(self._plan.alerting.every, _SHARE * took)
        self.delivering.deliver()
        if now - self._tidied >= DAY:
            self.log.forget_before(self._clock.now() - self._plan.limits.remember)
            self._tidied = now

    def _begin(self) -> None:
        now = self._clock.now()
        self.log.begin(os.getpid(), now, str(self._plan.path))
        for host, until in self.log.holds(now).items():
            self._fetcher.pace.hold(host, min(until - now, 7 * DAY))
        tell("begun", sources=len(self._plan.sources), archive=str(self._archive.path))

    def _end(self) -> None:
        self.log.beat(os.getpid(), self._clock.now(), ended=True)
        tell("ended", stored=self.articles.tally.of("stored") + self.polling.tally.of("stored"))

    def _beat(self) -> None:
        """Tells now and then that the watch lives."""
        if self._clock.steady() - self._beaten >= MINUTE / 2:
            self._beaten = self._clock.steady()
            self.log.beat(os.getpid(), self._clock.now())

    def _is_due(self) -> bool:
        next_item = self.log.next_item()
        now = self._clock.now()
        return (next_item is not None and next_item <= now) or self.polling.next() <= now

    def _sleep(self) -> float:
        """How long nothing is to be done."""
        try:
            next_item = self.log.next_item()
            at = min(self.polling.next(), float("inf") if next_item is None else next_item)
        except ArchiveError:
            return _TROUBLE
        return min(max(0.0, at - self._clock.now()), LONGEST_SLEEP)

    def _weigh(self) -> None:
        """Fuses what is new, and raises the alerts that follow from it."""
        count = fuse_archive(self._archive, self._kit)
        now = self._clock.now()
        first = datetime.fromtimestamp(now, UTC).date() - timedelta(days=self._plan.alerting.days)
        sensitivity = self._plan.alerting.sensitivity
        found: list[KeptAlert] = []
        for driven in alerts_since(self._archive, sensitivity, first):
            alert = driven.alert
            id = alert_id(alert.a, alert.b, alert.day)
            found.append(KeptAlert(id, now, {"id": id} | fields_of(alert, sensitivity, driven.drivers)))
        new = self.log.raise_alerts(found, self.delivering.channels)
        tell("fused", reports=count, alerts=len(new))

    def _persistently(self, work: Callable[[], None], tries: int = 1_000_000) -> bool:
        """Does it, again and again where the archive cannot be written to; False where the watch was to end first."""
        for trouble in range(1, tries + 1):
            try:
                work()
                return True
            except Stopped:
                return False
            except ArchiveError as problem:
                self.troubles += 1
                tell("archive in trouble", logging.ERROR, kind=Kind.archive, why=str(problem))
                if self._clock.wait(back_off(_TROUBLE, trouble, _LONGEST_TROUBLE, random.Random(trouble))):
                    return False
        return False


def alert_id(a: str, b: str, day: date) -> str:
    """The same for the same pair and day, so that an alert is raised once."""
    return hashlib.sha256(f"{a}\x1f{b}\x1f{day.isoformat()}".encode()).hexdigest()[:20]
