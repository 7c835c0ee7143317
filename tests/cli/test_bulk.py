"""`detente bulk`: exit statuses and what is said on standard error; what is read is tested in tests/bulk."""

from __future__ import annotations

import io
import json
from functools import partial
from pathlib import Path

import pytest
from bulk_stand_in import open_nothing, open_stand_in
from rich.console import Console
from typer.testing import CliRunner, Result

from detente.bulk import run as bulk_run
from detente.cli.app import app
from detente.cli.bulk_progress import ProgressLine, duration, progress_words

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_run, "Run", partial(bulk_run.Run, open_coder=open_stand_in))


def bulk(folder: Path, *options: str, out: str = "out") -> Result:
    return CliRunner().invoke(app, ["bulk", str(folder / "in"), str(folder / out), "--workers", "1", *options])


def given(folder: Path, *texts: str) -> None:
    (folder / "in").mkdir(exist_ok=True)
    told = [{"id": f"r{n}", "text": text, "published": "2024-05-14"} for n, text in enumerate(texts)]
    (folder / "in" / "a.jsonl").write_text("".join(json.dumps(item) + "\n" for item in told))


def test_a_whole_run_ends_with_status_0_and_says_where_the_tables_are(tmp_path: Path) -> None:
    given(tmp_path, "One.", "Two.")
    result = bulk(tmp_path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 shards done" in result.stderr and f"2 rows read; tables in {tmp_path / 'out'}" in result.stderr
    again = bulk(tmp_path, "--resume")
    assert again.exit_code == 0 and "0 rows read, 2 done before" in again.stderr


def test_what_is_set_aside_is_named_and_makes_status_1(tmp_path: Path) -> None:
    given(tmp_path, "One.", "EXPLODE")
    (tmp_path / "in" / "b.parquet").write_text("no table")
    result = bulk(tmp_path)
    assert result.exit_code == 1
    assert "b.parquet: set aside: not Parquet, or cut short" in result.stderr
    assert "1 rows set aside, each with its reason: see the table errors" in result.stderr
    assert (tmp_path / "out" / "errors" / "a.jsonl-00000.parquet").exists()


@pytest.mark.parametrize(
    ("options", "out", "words"),
    [
        ((), "in", "input and output lie in each other"),
        (("--shard", "3/2"), "out", "is no share of the shards"),
        (("--shard", "half"), "out", "write 2/5 for the second of five jobs"),
        (("--workers", "0"), "out", "--workers"),
    ],
)
def test_what_cannot_start_is_refused_with_status_2(
    tmp_path: Path, options: tuple[str, ...], out: str, words: str
) -> None:
    given(tmp_path, "One.")
    result = bulk(tmp_path, *options, out=out)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())
    assert not (tmp_path / "out").exists()


def test_an_earlier_run_is_refused_without_resume(tmp_path: Path) -> None:
    given(tmp_path, "One.")
    bulk(tmp_path)
    result = bulk(tmp_path)
    assert result.exit_code == 2 and "go on with it by --resume" in result.stderr


def test_workers_that_cannot_start_end_the_run_with_their_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(tmp_path, "One.")
    monkeypatch.setattr(bulk_run, "Run", partial(bulk_run.Run, open_coder=open_nothing))
    result = bulk(tmp_path)
    assert result.exit_code == 1 and "the knowledge file is missing; run make setup" in result.stderr


def test_a_job_without_shards_says_so(tmp_path: Path) -> None:
    given(tmp_path, "One.")
    result = bulk(tmp_path, "--shard", "2/2")
    assert result.exit_code == 0
    assert "fewer shards than jobs" in result.stderr and "other shards of the input are not done yet" in result.stderr


def test_progress_tells_rate_and_time_left() -> None:
    assert progress_words(1200, 0.25, 0.5, 240) == "1,200 reports read, 5.0 a second, 50 % done, 8 min left"
    assert progress_words(0, 0.0, 1.0, 60) == "0 reports read, 0 % done"
    assert progress_words(3, 0.1, 0.9, 2) == "3 reports read, 10 % done"
    assert [duration(s) for s in (40, 700, 12_000, 190_000)] == ["40 s", "12 min", "3 h 20 min", "2 days 4 h"]


def test_a_log_gets_a_line_every_half_minute(capsys: pytest.CaptureFixture[str]) -> None:
    now = iter(range(0, 1000, 10))
    with ProgressLine(Console(file=io.StringIO()), lambda: float(next(now))) as line:
        for read in range(1, 7):
            line.show(read, 0.1, 0.9)
    assert [words.split(",")[0] for words in capsys.readouterr().err.splitlines()] == [
        "3 reports read",
        "6 reports read",
    ]
