"""How far a bulk run is, on standard error: reports, rate and time left.

Where a person watches, one line that is written over; in a log, a line every half minute.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType

from rich.console import Console
from rich.status import Status

from detente.cli.messages import say

_EVERY = 30.0
_OFTEN = 0.5
# A rate of fewer seconds means nothing.
_SETTLED = 5.0


class ProgressLine:
    """Shows the progress while it is open; knows nothing of what is read."""

    def __init__(self, console: Console | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console or Console(stderr=True)
        self._clock = clock
        self._start = self._shown = clock()
        self._status: Status | None = None

    def __enter__(self) -> ProgressLine:
        if self._console.is_terminal:
            self._status = self._console.status("loading what detente knows")
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def show(self, read: int, done: float, left: float) -> None:
        """Reports read in this run; the shares of all input that were read in this run, and that are left."""
        now = self._clock()
        if now - self._shown < (_OFTEN if self._status is not None else _EVERY):
            return
        self._shown = now
        words = progress_words(read, done, left, now - self._start)
        if self._status is not None:
            self._status.update(words)
        else:
            say(words)

    @property
    def seconds(self) -> float:
        """How long the run has gone on."""
        return self._clock() - self._start


def progress_words(read: int, done: float, left: float, seconds: float) -> str:
    """The line: "1,200 reports read, 5.1 a second, 34 % done, 12 min left"."""
    words = f"{read:,} reports read"
    if read and seconds >= _SETTLED:
        words += f", {read / seconds:,.1f} a second"
    words += f", {100 * (1 - left):.0f} % done"
    if done > 0 and left > 0 and seconds >= _SETTLED:
        words += f", {duration(seconds / done * left)} left"
    return words


def duration(seconds: float) -> str:
    """A time as people say it: "40 s", "12 min", "3 h 20 min", "2 days 4 h"."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{round(seconds)} s"
    if minutes < 90:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min"
    return f"{hours // 24} days {hours % 24} h"
