"""The workers of a bulk run: batches go out to whichever is free, and their readings come back in the batches' order.

A worker that is killed is replaced and its batch read again; a report that kills whoever reads it is set aside.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Generic, TypeVar

import pyarrow as pa

from detente.bulk.batch import Coder, open_coder
from detente.bulk.plan import CrewFailed
from detente.bulk.schema import READINGS
from detente.bulk.worker import ONE_THREAD, Ready, packed, unpacked, work
from detente.model.coded import Versions

# Batches that are out or done and wait for an earlier one, for each worker: one long report must not stop the others.
_AHEAD = 8
# A batch whose worker dies twice is read report by report; a report whose worker dies twice is set aside.
_DEATHS = 2
# So many deaths with nothing read between them are no report's fault.
_DEATHS_IN_A_ROW = 6
# After so many batches a worker is replaced by a fresh one: the parser keeps every word that it ever saw.
_RENEWED = 2500
KILLED = "the process that read it was killed twice (too little memory?)"
_REMEDY = "read it by itself with detente read, and please report it"

Note = TypeVar("Note")


@dataclass
class Task(Generic[Note]):
    """A batch to read, what the one who gave it wants to know of it afterwards, and how far it is."""

    note: Note
    left: deque[pa.RecordBatch]
    done: list[pa.RecordBatch] = field(default_factory=list)
    deaths: int = 0

    def died(self) -> None:
        """Another worker died over the first piece that is left."""
        self.deaths += 1
        if self.deaths < _DEATHS:
            return
        self.deaths = 0
        piece = self.left.popleft()
        if piece.num_rows > 1:
            self.left.extendleft(piece.slice(row, 1) for row in reversed(range(piece.num_rows)))
        else:
            row = {"input_id": piece.column("id")[0].as_py(), "error": {"reason": KILLED, "remedy": _REMEDY}}
            self.done.append(pa.RecordBatch.from_pylist([row], schema=READINGS))


@dataclass
class _Worker(Generic[Note]):
    process: SpawnProcess
    pipe: Connection
    task: Task[Note] | None = None
    ready: bool = False
    batches: int = 0


class Crew(Generic[Note]):
    """Worker processes, started by `start` and ended on leaving the context."""

    def __init__(self, workers: int, open_coder: Callable[[], Coder] = open_coder) -> None:
        self._wanted = workers
        self._open_coder = open_coder
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker[Note]] = []
        self._deaths = 0
        self.replaced = 0
        self.versions: Versions | None = None

    def start(self) -> Versions:
        """Starts all workers and waits for the first; CrewFailed with its reason where none can be started."""
        self._workers = [self._new() for _ in range(self._wanted)]
        while self.versions is None:
            self._listen()
        return self.versions

    def in_order(self, batches: Iterable[tuple[Note, pa.RecordBatch | None]]) -> Iterator[tuple[Note, pa.RecordBatch]]:
        """The readings of the batches in their order. A note without a batch comes back in its place, with no rows."""
        source = iter(batches)
        line: deque[Task[Note]] = deque()
        waiting: deque[Task[Note]] = deque()
        while True:
            while len(line) < _AHEAD * self._wanted and (given := next(source, None)) is not None:
                note, batch = given
                line.append(Task(note, deque([batch] if batch is not None and batch.num_rows else [])))
                if line[-1].left:
                    waiting.append(line[-1])
                self._hand_out(waiting)
            if not line:
                return
            self._hand_out(waiting)
            while line and not line[0].left:
                task = line.popleft()
                yield task.note, _joined(task.done)
            if line:
                waiting.extendleft(self._listen())

    def __enter__(self) -> Crew[Note]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()  # it holds nothing: what was not written is read again
        for worker in self._workers:
            worker.process.join()
            worker.process.close()

    @property
    def process_ids(self) -> list[int]:
        """The workers' process ids, for those who measure them."""
        return [worker.process.pid for worker in self._workers if worker.process.pid is not None]

    def _new(self) -> _Worker[Note]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._open_coder), daemon=True)
        with _one_thread():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _hand_out(self, waiting: deque[Task[Note]]) -> None:
        for worker in self._workers:
            if waiting and worker.ready and worker.task is None:
                worker.task = waiting.popleft()
                self._send(worker)

    def _send(self, worker: _Worker[Note]) -> None:
        assert worker.task is not None
        # Where it died meanwhile, that is found when its pipe is listened to.
        with suppress(BrokenPipeError, ConnectionResetError):
            worker.pipe.send_bytes(packed(worker.task.left[0]))

    def _listen(self) -> list[Task[Note]]:
        """Waits for a word or the end of any worker; gives the tasks back that have to be handed out again."""
        by_pipe = {worker.pipe: worker for worker in self._workers}
        again: list[Task[Note]] = []
        for pipe in wait(list(by_pipe)):
            worker = by_pipe[pipe]  # type: ignore[index]
            try:
                self._take(worker)
            except (EOFError, ConnectionResetError, OSError):
                again.extend(self._replace(worker))
        return again

    def _take(self, worker: _Worker[Note]) -> None:
        if not worker.ready:
            said: Ready = worker.pipe.recv()
            if said.versions is None:
                raise CrewFailed(said.problem)
            if self.versions not in (None, said.versions):
                raise CrewFailed("what detente knows was changed while it ran; run it again")
            self.versions, worker.ready = said.versions, True
            return
        answer = unpacked(worker.pipe.recv_bytes())
        task = worker.task
        assert task is not None
        task.done.append(answer)
        task.left.popleft()
        task.deaths = self._deaths = 0
        if task.left:
            self._send(worker)
            return
        worker.task, worker.batches = None, worker.batches + 1
        if worker.batches >= _RENEWED:
            self._end(worker)
            self._workers.append(self._new())

    def _end(self, worker: _Worker[Note]) -> int | None:
        """Ends a worker that has nothing in hand, or waits for the end of one that is gone; gives its exit status."""
        worker.pipe.close()
        worker.process.join()
        code = worker.process.exitcode
        worker.process.close()
        self._workers.remove(worker)
        return code

    def _replace(self, worker: _Worker[Note]) -> list[Task[Note]]:
        """A new worker in place of one that ended; its task, which is to be handed out again where rows are left."""
        code = self._end(worker)
        self._deaths += 1
        if self._deaths > _DEATHS_IN_A_ROW:
            raise CrewFailed(f"{self._deaths} workers ended one after another (the last with {_ending(code)})")
        self.replaced += 1
        self._workers.append(self._new())
        task = worker.task
        if task is None:
            return []
        task.died()
        return [task] if task.left else []


def _joined(pieces: list[pa.RecordBatch]) -> pa.RecordBatch:
    return pa.concat_batches(pieces) if pieces else pa.RecordBatch.from_pylist([], schema=READINGS)


def _ending(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"


@contextmanager
def _one_thread() -> Iterator[None]:
    """What is started within has one thread for its sums; the environment is put back afterwards."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
