from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from bulk_stand_in import VERSIONS, open_and_die, open_nothing, open_stand_in

from detente.bulk import crew as crew_module
from detente.bulk.batch import Coder
from detente.bulk.crew import KILLED, Crew
from detente.bulk.plan import CrewFailed
from detente.bulk.schema import REPORTS_IN

pytestmark = pytest.mark.slow


def batches(*groups: list[str]) -> Iterator[tuple[int, pa.RecordBatch | None]]:
    for number, texts in enumerate(groups):
        rows = [{"id": f"{number}.{n}", "text": text, "published": "2024-05-14"} for n, text in enumerate(texts)]
        yield number, pa.RecordBatch.from_pylist(rows, schema=REPORTS_IN) if rows else None


def run(
    workers: int, given: Iterator[tuple[int, pa.RecordBatch | None]]
) -> tuple[list[tuple[int, str, str | None]], int]:
    found = []
    with Crew[int](workers, open_stand_in) as crew:
        assert crew.start() == VERSIONS
        for note, readings in crew.in_order(given):
            for row in readings.to_pylist():
                found.append((note, row["input_id"], row["error"] and row["error"]["reason"]))
        return found, crew.replaced


def test_readings_come_in_the_order_of_the_batches() -> None:
    given = [["SLOW a", "SLOW b"] if n % 3 == 0 else ["c"] for n in range(20)]
    found, replaced = run(3, batches(*given, [], ["d"]))
    assert [(note, id) for note, id, _ in found] == [
        (note, f"{note}.{n}") for note, texts in enumerate([*given, [], ["d"]]) for n in range(len(texts))
    ]
    assert replaced == 0


def test_a_worker_that_is_killed_is_replaced_and_its_batch_read_again(tmp_path: Path) -> None:
    found, replaced = run(2, batches(["a"], [f"KILL {tmp_path / 'flag'}", "b"], ["c"]))
    assert found == [(0, "0.0", None), (1, "1.0", None), (1, "1.1", None), (2, "2.0", None)]
    assert replaced == 1


def test_killed_from_outside_nothing_is_lost() -> None:
    with Crew[int](2, open_stand_in) as crew:
        crew.start()
        found = []
        for note, readings in crew.in_order(batches(*[["SLOW a"] * 4] * 12)):
            if note in (2, 6):
                os.kill(crew.process_ids[0], signal.SIGKILL)
            found.append((note, readings.column("error").null_count))
        assert found == [(note, 4) for note in range(12)]
        assert crew.replaced == 2


def test_workers_are_renewed_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew_module, "_RENEWED", 3)
    with Crew[int](1, open_stand_in) as crew:
        crew.start()
        ids = [(note, crew.process_ids[0]) for note, _ in crew.in_order(batches(*[["a"]] * 7))]
        assert [note for note, _ in ids] == list(range(7))
        assert len({id for _, id in ids}) >= 2
        assert crew.replaced == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_a_report_that_kills_its_reader_is_set_aside_alone(workers: int) -> None:
    found, _ = run(workers, batches(["a", "KILL!", "b"], ["c"]))
    assert found == [(0, "0.0", None), (0, "0.1", KILLED), (0, "0.2", None), (1, "1.0", None)]


@pytest.mark.parametrize(
    ("open_coder", "words"),
    [(open_nothing, "run make setup"), (open_and_die, "one after another .the last with signal 9")],
)
def test_a_crew_that_cannot_start_says_why(
    open_coder: Callable[[], Coder], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew_module, "_DEATHS_IN_A_ROW", 1)
    with Crew[int](1, open_coder) as crew, pytest.raises(CrewFailed, match=words):
        crew.start()
