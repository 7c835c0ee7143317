"""Alerts are given to each channel once; what fails is tried again, later and later, and given up in the end.

A watch that is killed between giving and keeping that it gave, gives again: with the same id, by which whoever
receives it can tell.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from typing import Protocol

from detente.model.watched import Delivery, Fault, KeptAlert
from detente.store.watching import WatchLog
from detente.watch.clock import Clock
from detente.watch.failure import Failed
from detente.watch.pace import back_off
from detente.watch.sources import DAY, MINUTE
from detente.watch.tally import Tally, tell

# With doubling waits of a day at most: a week and a half.
_TRIES = 20


class Giver(Protocol):
    """A channel that alerts are given to."""

    @property
    def channel(self) -> str:
        """Its name, as it is kept with each delivery."""

    def give(self, alert: KeptAlert) -> None:
        """Gives one alert; Failed where that cannot be done now."""


class Delivering:
    """Gives what waits to each channel."""

    def __init__(self, log: WatchLog, givers: Sequence[Giver], clock: Clock, chance: random.Random) -> None:
        self._log, self._givers, self._clock, self._chance = log, givers, clock, chance
        self.tally = Tally()

    @property
    def channels(self) -> list[str]:
        return [giver.channel for giver in self._givers]

    def deliver(self) -> None:
        """Gives every alert whose turn has come."""
        for giver in self._givers:
            for delivery in self._log.due_deliveries(giver.channel, self._clock.now()):
                if self._clock.stopping() or not self._given(giver, delivery):
                    # What cannot take one alert is not tried with the next.
                    break

    def _given(self, giver: Giver, delivery: Delivery) -> bool:
        now = self._clock.now()
        try:
            giver.give(delivery.alert)
        except Failed as problem:
            tries = delivery.tries + 1
            state = "left" if tries >= _TRIES else "waiting"
            wait = max(back_off(MINUTE, tries, DAY, self._chance), problem.after or 0.0)
            fault = Fault(giver.channel, problem.kind, problem.words)
            self._log.keep_delivery(delivery, state, now + wait, problem.words, now, fault)
            self.tally.fail(problem.kind)
            tell("alert not delivered", logging.WARNING, channel=giver.channel, why=problem.words, tries=tries)
            return False
        self._log.keep_delivery(delivery, "done", now, None, now)
        self.tally.add("delivered")
        tell("alert delivered", channel=giver.channel, alert=delivery.alert.id)
        return True
