"""Several hosts are asked at the same time, each by one thread, one request after the other.

Answers come as they arrive, to be worked on by one thread alone.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from detente.watch.failure import Failed, Held, Kind, Stopped

J = TypeVar("J")
R = TypeVar("R")
log = logging.getLogger(__name__)
_PATIENCE = 0.2


class Crew(Generic[J, R]):
    """Does jobs by host; `work` gives an answer, or raises Failed, Held or Stopped."""

    def __init__(self, hosts: int, host: Callable[[J], str], work: Callable[[J], R]) -> None:
        self._hosts, self._host, self._work = hosts, host, work

    def done(self, jobs: Sequence[J]) -> Iterator[tuple[J, R | Failed | Held]]:
        """Each job with its answer, or why there is none. A job that was not begun when the watch ends is left out."""
        groups: dict[str, list[J]] = {}
        for job in jobs:
            groups.setdefault(self._host(job), []).append(job)
        # Small, so that what was fetched and is not yet read takes little memory.
        answers: queue.Queue[tuple[J, R | Failed | Held] | None] = queue.Queue(maxsize=self._hosts)
        closing = threading.Event()
        with ThreadPoolExecutor(self._hosts, thread_name_prefix="fetch") as pool:
            try:
                for group in groups.values():
                    pool.submit(self._one_host, group, answers, closing)
                left = len(groups)
                while left:
                    item = answers.get()
                    if item is None:
                        left -= 1
                    else:
                        yield item
            finally:
                closing.set()

    def _one_host(
        self,
        jobs: Sequence[J],
        answers: queue.Queue[tuple[J, R | Failed | Held] | None],
        closing: threading.Event,
    ) -> None:
        held: Held | None = None
        for job in jobs:
            if closing.is_set():
                break
            if held is None:
                try:
                    answer = self._answer(job)
                except Stopped:
                    break
                held = answer if isinstance(answer, Held) else None
            else:
                answer = held
            _put(answers, (job, answer), closing)
        _put(answers, None, closing)

    def _answer(self, job: J) -> R | Failed | Held:
        try:
            return self._work(job)
        except (Failed, Held) as problem:
            return problem
        except Stopped:
            raise
        # The last fence: whatever one page does to a library, the others are got.
        except Exception as problem:
            log.debug("a job failed", exc_info=True)
            return Failed(Kind.broken, f"{type(problem).__name__}: {str(problem)[:200]}")


def _put(
    answers: queue.Queue[tuple[J, R | Failed | Held] | None],
    item: tuple[J, R | Failed | Held] | None,
    closing: threading.Event,
) -> None:
    while not closing.is_set():
        try:
            answers.put(item, timeout=_PATIENCE)
            return
        except queue.Full:
            continue
