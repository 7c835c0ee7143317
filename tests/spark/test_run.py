from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.dataset as dataset
import pyarrow.parquet as parquet
import pytest
from bulk_stand_in import open_other_version, open_stand_in

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytest.importorskip("pyspark", reason="no Spark here; to run these tests: pip install 'detente[spark]'")

from detente.bulk.plan import Plan, Refused
from detente.bulk.run import Run
from detente.bulk.schema import TABLES
from detente.spark import shard_rows
from detente.spark.run import SparkPlan, SparkRun, SparkSummary
from detente.spark.shard_rows import find_source, rows_of

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Whole:
    """An input, what Spark made of it undisturbed, and the file whose absence makes a report kill its worker."""

    source: Path
    out: Path
    summary: SparkSummary
    flag: Path


@pytest.fixture(scope="module")
def whole(session: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """A shard of lines and one of Parquet, a step each: bad rows, a copy, an id that comes again."""
    base = tmp_path_factory.mktemp("whole")
    folder, flag = base / "in", base / "flag"
    flag.touch()
    (folder / "more").mkdir(parents=True)
    texts = [f"Report {n}." for n in range(8)]
    lines(folder / "more" / "a.jsonl", [*texts, "EXPLODE", texts[0], " ", f"KILL {flag}", "Another day."])
    table = pa.table({"id": [f"c{n % 7}" for n in range(8)], "text": texts, "published": ["2024-05-14"] * 8})
    parquet.write_table(table, folder / "c.parquet")
    (folder / "d.jsonl").write_text("no JSON\n")
    return Whole(folder, base / "out", spark(session, folder, base / "out", step=0), flag)


def lines(path: Path, texts: list[str]) -> None:
    told = [{"id": f"{path.stem}{n}", "text": text, "published": "2024-05-13"} for n, text in enumerate(texts)]
    path.write_text("".join(json.dumps(item) + "\n" for item in told) + "\n{broken\n")


def plain(source: Path, out: Path) -> dict[str, bytes]:
    """The sorted rows of a bulk run on this machine."""
    Run(Plan(source, out, 1), lambda progress: None, open_stand_in).go()
    return rows(out)


def spark(session: SparkSession, source: Path, out: Path, **more: object) -> SparkSummary:
    plan = SparkPlan(str(source), str(out), **more)  # type: ignore[arg-type]
    return SparkRun(session, plan, opened=open_stand_in).go()


def rows(out: Path) -> dict[str, bytes]:
    """The bytes of each table, its rows sorted by what they say."""
    return {name: _sorted(out / name, schema) for name, schema in TABLES.items()}


def _sorted(folder: Path, schema: pa.Schema) -> bytes:
    table = dataset.dataset(folder, schema=None, format="parquet").to_table().cast(schema)
    ordered = sorted(table.to_pylist(), key=repr)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as stream:
        stream.write_table(pa.Table.from_pylist(ordered, schema=schema))
    return bytes(sink.getvalue())


def test_the_tables_are_those_of_a_bulk_run(whole: Whole, tmp_path: Path) -> None:
    told = plain(whole.source, tmp_path / "plain")
    assert rows(whole.out) == told
    manifests = [json.loads((out / "manifest.json").read_text()) for out in (whole.out, tmp_path / "plain")]
    assert manifests[0]["counts"] == manifests[1]["counts"] == dict(whole.summary.counts)
    assert [manifest["set_aside"] for manifest in manifests] == [
        [
            {
                "shard": "d.jsonl",
                "reason": "its first line is no JSON object",
                "remedy": "write it as JSON Lines in UTF-8",
            }
        ]
    ] * 2
    assert (whole.summary.counts["copies"], whole.summary.counts["errors"]) == (1, 4)


def test_a_worker_that_is_killed_changes_no_row(session: SparkSession, whole: Whole, tmp_path: Path) -> None:
    whole.flag.unlink()
    spark(session, whole.source, tmp_path / "killed")
    assert whole.flag.exists()
    assert rows(tmp_path / "killed") == rows(whole.out)


def test_a_report_that_kills_every_worker_is_set_aside(session: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    lines(tmp_path / "in" / "a.jsonl", ["KILL!"])
    lines(tmp_path / "in" / "b.jsonl", ["Before.", "After."])
    spark(session, tmp_path / "in", tmp_path / "spark")
    assert rows(tmp_path / "spark") == plain(tmp_path / "in", tmp_path / "plain")


def test_a_run_goes_on_after_its_last_step(session: SparkSession, whole: Whole, tmp_path: Path) -> None:
    out = tmp_path / "again"
    shutil.copytree(whole.out, out)
    with pytest.raises(Refused, match="holds an earlier run; go on with it by --resume"):
        spark(session, whole.source, out, step=0)
    with pytest.raises(Refused, match="knowledge '2024-05-01' instead of '2025-01-01'"):
        SparkRun(session, SparkPlan(str(whole.source), str(out), True, 0), opened=open_other_version)
    (out / "done" / "00001.json").unlink()
    shutil.rmtree(out / "events" / "00001")
    assert spark(session, whole.source, out, step=0, resume=True).skipped == 1
    assert rows(out) == rows(whole.out)


def test_places_where_a_run_must_not_write_are_refused(session: SparkSession, whole: Whole, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="lie in each other"):
        spark(session, whole.source, whole.source / "out")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").touch()
    with pytest.raises(Refused, match="files that are not from a run on Spark"):
        spark(session, whole.source, tmp_path / "out")
    with pytest.raises(Refused, match="no such file or folder"):
        spark(session, tmp_path / "nothing", tmp_path / "new")


def test_a_store_that_only_spark_reaches(session: SparkSession, whole: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards go through Spark as bytes where no path leads to them; their rows are the same."""
    near = find_source(session, str(whole.source))
    by_path = rows_of(session, near, near.shards).orderBy("shard", "row").collect()
    monkeypatch.setattr(shard_rows, "local_path", lambda address: None)
    far = find_source(session, f"file:{whole.source}")
    assert [shard.name for shard in far.shards] == [shard.name for shard in near.shards]
    assert far.set_aside == near.set_aside
    assert rows_of(session, far, far.shards).orderBy("shard", "row").collect() == by_path
