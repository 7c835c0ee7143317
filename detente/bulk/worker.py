"""What a worker process of a bulk run does: it loads the reader once, then reads one record batch after another.

Record batches come and go as Arrow streams through one pipe; the worker ends when the pipe's other end is gone.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

import pyarrow as pa

from detente.bulk.batch import Coder
from detente.model.coded import Versions

_SUMS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "OMP_THREAD_LIMIT")
ONE_THREAD = {**dict.fromkeys(_SUMS, "1"), "TOKENIZERS_PARALLELISM": "false"}
"""A worker is one thread: as many workers as cores read fastest, and numbers do not depend on the machine's cores."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker's first words: it has loaded these versions, or it cannot start."""

    versions: Versions | None
    problem: str = ""


def work(pipe: Connection, open_coder: Callable[[], Coder]) -> None:
    """Read what comes through the pipe until nobody is at its other end."""
    # Who stops the run ends the workers; an interrupt from the keyboard reaches them all at once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pa.set_cpu_count(1)
    try:
        coder = open_coder()
    except Exception as problem:  # told to whoever started this, who ends the run with it
        pipe.send(Ready(None, str(problem) or type(problem).__name__))
        return
    try:
        pipe.send(Ready(coder.versions))
        while True:
            pipe.send_bytes(packed(coder.code(unpacked(pipe.recv_bytes()))))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def packed(batch: pa.RecordBatch) -> bytes:
    """A record batch as an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def unpacked(data: bytes) -> pa.RecordBatch:
    """The record batch of an Arrow stream."""
    with pa.ipc.open_stream(data) as stream:
        return stream.read_next_batch()
