"""`make bench-spark`: what Apache Spark itself costs, in CPU time over that of the plain loop on the same texts.

Both read Parquet, read the reports in as many processes at once, and write Parquet; starting (the session, loading the
models) is set apart in both. All processes are counted: driver, Java, Python workers. With --write the result goes into
bench/SPARK.md. Texts are made as in bench/bulk_scale.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as dataset
import pyarrow.parquet as parquet
from bulk_scale import made_texts

from detente.bulk.batch import code_batches
from detente.bulk.schema import READINGS
from detente.bulk.worker import ONE_THREAD

ROOT = Path(__file__).resolve().parent.parent
BAR = 0.15
# Reports that are read before the clock starts: every worker has loaded its models then.
_WARM = 8
_FILES = 16


@dataclass(frozen=True)
class Spent:
    """What one way of reading took, starting apart."""

    cpu_seconds: float
    seconds: float
    start_cpu_seconds: float


@dataclass(frozen=True)
class Result:
    """What one measurement showed."""

    reports: int
    words: int
    processes: int
    plain_cpu_seconds: float
    plain_seconds: float
    plain_start_cpu_seconds: float
    spark_cpu_seconds: float
    spark_seconds: float
    spark_start_cpu_seconds: float
    spark_over_plain: float
    bar: float
    same_rows: bool
    load_before: float


def main() -> int:
    """Measure, print, and write if asked; 1 where rows differ or the bar is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=3000)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--write", action="store_true", help="add the result to bench/SPARK.md")
    asked.add_argument("--plain", nargs=3, metavar=("FOLDER", "PART", "OUT"), help=argparse.SUPPRESS)
    asked.add_argument("--spark", nargs=2, metavar=("FOLDER", "OUT"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.plain:
        folder, part, out = given.plain
        print(json.dumps(asdict(_plain(Path(folder), int(part), given.processes, Path(out)))))
        return 0
    if given.spark:
        folder, out = given.spark
        print(json.dumps(asdict(_spark(Path(folder), Path(out), given.processes))))
        return 0
    result = _measured(given.reports, given.processes)
    print(json.dumps(asdict(result), indent=1))
    if given.write:
        _write(result)
    return 0 if result.same_rows and result.spark_over_plain <= BAR else 1


def _measured(reports: int, processes: int) -> Result:
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as base:
        folder, plain_out, spark_out = (Path(base) / name for name in ("in", "plain", "spark"))
        words = _make(folder, reports)
        plain_out.mkdir()
        size = ["--processes", str(processes)]
        plain = _run([[*size, "--plain", str(folder), str(n), str(plain_out)] for n in range(processes)])
        (spark,) = _run([[*size, "--spark", str(folder), str(spark_out)]])
        same = _digest(plain_out) == _digest(spark_out)
    cpu = sum(part.cpu_seconds for part in plain)
    return Result(
        reports=reports,
        words=words,
        processes=processes,
        plain_cpu_seconds=round(cpu, 1),
        plain_seconds=round(max(part.seconds for part in plain), 1),
        plain_start_cpu_seconds=round(sum(part.start_cpu_seconds for part in plain), 1),
        spark_cpu_seconds=round(spark.cpu_seconds, 1),
        spark_seconds=round(spark.seconds, 1),
        spark_start_cpu_seconds=round(spark.start_cpu_seconds, 1),
        spark_over_plain=round(spark.cpu_seconds / cpu - 1, 3),
        bar=BAR,
        same_rows=same,
        load_before=round(load, 2),
    )


def _make(folder: Path, reports: int) -> int:
    """Writes the texts as files of Parquet; gives how many words they have."""
    folder.mkdir()
    texts = list(made_texts(reports))
    for number in range(_FILES):
        ids = list(range(number, reports, _FILES))
        columns = {"id": ids, "text": [texts[n] for n in ids], "published": ["2024-05-14"] * len(ids)}
        parquet.write_table(pa.table(columns), folder / f"{number:02}.parquet")
    return sum(len(text.split()) for text in texts)


def _run(commands: list[list[str]]) -> list[Spent]:
    """Runs these at once, each in a process of its own."""
    more = {**os.environ, **ONE_THREAD, "PYSPARK_PYTHON": sys.executable}
    running = [
        subprocess.Popen([sys.executable, __file__, *arguments], env=more, stdout=subprocess.PIPE, text=True)
        for arguments in commands
    ]
    found = [process.communicate()[0] for process in running]
    if any(process.returncode for process in running):
        raise SystemExit("a run failed; see above")
    return [Spent(**json.loads(out.splitlines()[-1])) for out in found]


def _plain(folder: Path, part: int, processes: int, out: Path) -> Spent:
    """The plain loop over every n-th file."""
    paths = sorted(folder.glob("*.parquet"))
    pa.set_cpu_count(1)
    list(code_batches([_first_rows(paths[0])]))
    start, began = time.process_time(), time.perf_counter()
    for path in paths[part::processes]:
        batches = parquet.ParquetFile(path).iter_batches(16)
        parquet.write_table(pa.Table.from_batches(code_batches(batches), READINGS), out / path.name, compression="zstd")
    return Spent(time.process_time() - start, time.perf_counter() - began, start)


def _first_rows(path: Path) -> pa.RecordBatch:
    return next(parquet.ParquetFile(path).iter_batches(_WARM))


def _spark(folder: Path, out: Path, processes: int) -> Spent:
    """The same files by Spark, a thread for each process."""
    # Late: the plain loop is measured without it.
    from detente.spark import code
    from detente.spark.session import open_session

    session = open_session(
        f"local[{processes},4]", **{"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    )
    session.sparkContext.setLogLevel("ERROR")
    reports = session.read.parquet(str(folder))
    code(reports.limit(_WARM * processes).repartition(processes)).toArrow()
    start, began = _tree_cpu(), time.perf_counter()
    code(reports.repartition(_FILES, "id")).write.option("compression", "zstd").parquet(str(out))
    spent = Spent(_tree_cpu() - start, time.perf_counter() - began, start)
    session.stop()
    return spent


def _tree_cpu() -> float:
    """CPU seconds of this process and all that it started, those that have ended too."""
    children: dict[int, list[int]] = {}
    ticks: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(") ")[2].split()
        except OSError:  # ended meanwhile
            continue
        id = int(path.parent.name)
        children.setdefault(int(fields[1]), []).append(id)
        ticks[id] = sum(map(int, fields[11:15]))
    total, ahead = 0, [os.getpid()]
    while ahead:
        id = ahead.pop()
        total += ticks.get(id, 0)
        ahead += children.get(id, [])
    return total / os.sysconf("SC_CLK_TCK")


def _digest(out: Path) -> str:
    rows: list[dict[str, Any]] = dataset.dataset(out, format="parquet").to_table().cast(READINGS).to_pylist()
    told = sorted(repr(row) for row in rows)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _write(result: Result) -> None:
    page = ROOT / "bench/SPARK.md"
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    day = datetime.now(UTC).date().isoformat()
    rows = "".join(f"| {name.replace('_', ' ')} | {value} |\n" for name, value in asdict(result).items())
    head = "" if page.exists() else "# Spark's own cost\n\nWhat `make bench-spark` showed.\n"
    command = f"python bench/spark_cost.py --reports {result.reports} --processes {result.processes}"
    with page.open("a", encoding="utf-8") as file:
        file.write(f"{head}\n## {day}, {commit.strip()}: `{command}`\n\n| what | value |\n|---|---|\n{rows}")


if __name__ == "__main__":
    sys.exit(main())
