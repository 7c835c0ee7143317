"""A run on a cluster from shards to tables: some shards at a time, each step marked when its rows are written.

What is refused is refused before any report is read. A run that was broken off goes on after its last whole step.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql

from detente.bulk.batch import Coder, new_coder
from detente.bulk.markers import Settings
from detente.bulk.plan import Refused
from detente.bulk.schema import FORM
from detente.ingest import SetAside
from detente.model.coded import Versions
from detente.model.outlet import Outlets
from detente.spark.coding import hand_of
from detente.spark.kept import ZSTD, KeptSteps
from detente.spark.readings import readings_of
from detente.spark.shard_rows import StoredShard, find_source, rows_of
from detente.spark.storage import Folder
from detente.spark.tables import counts_of, tables_of

STEP = 512
"""Megabytes of input that are read, written and marked together: some ten hours of one core."""

_MEGABYTE = 1024 * 1024
# Bytes of input that one task reads, some ten minutes of one core: what is done again where a worker is lost.
_TASK = 2 * _MEGABYTE
_MARKS, _SETTINGS, _MANIFEST = "done", "done/settings.json", "manifest.json"


@dataclass(frozen=True, slots=True)
class SparkPlan:
    """What a run on a cluster is to do; in- and output by path or address."""

    source: str
    out: str
    resume: bool = False
    step: int = STEP


@dataclass(frozen=True, slots=True)
class Step:
    """Shards that are read together, and how far the run is with them."""

    number: int
    of: int
    shards: tuple[StoredShard, ...]
    skipped: bool

    @property
    def name(self) -> str:
        return f"{self.number:05}"


@dataclass(frozen=True, slots=True)
class SparkSummary:
    """What came of a run."""

    counts: Counter[str]
    set_aside: tuple[SetAside, ...]
    repeated_ids: int
    skipped: int  # steps that were done before


class SparkRun:
    """One run of a plan, refused where it must not start. `told` is called after each step."""

    def __init__(
        self,
        session: SparkSession,
        plan: SparkPlan,
        told: Callable[[Step], None] = lambda step: None,
        opened: Callable[[], Coder] = new_coder,
    ) -> None:
        self._session, self._plan, self._told, self._opened = session, plan, told, opened
        self.out = Folder(session, plan.out)
        _check_places(session, plan, self.out)
        self.source = find_source(session, plan.source)
        self._versions = _versions(session, opened)
        self._claim(self._versions)

    def go(self) -> SparkSummary:
        """Reads what is not read yet and writes its tables."""
        counts, skipped = Counter[str](), 0
        for number, shards in enumerate(steps := list(_steps(self.source.shards, self._plan.step * _MEGABYTE))):
            found = self._mark(number, shards)
            skipped += found is not None
            counts += found or self._read(number, shards)
            self._told(Step(number + 1, len(steps), tuple(shards), found is not None))
        repeated = self._repeated()
        self._write_manifest(counts, repeated)
        return SparkSummary(counts, self.source.set_aside, repeated, skipped)

    def readings(self) -> DataFrame:
        """All readings that are kept, texts included."""
        return self._session.read.option("recursiveFileLookup", "true").parquet(self.out.at("readings"))

    def steps(self, outlets: Outlets) -> KeptSteps:
        """Where fusing keeps its steps, which hold for these readings and outlets alone."""
        marks = [self.out.read(f"{_MARKS}/{name}") for name in self.out.names(_MARKS) if name.endswith(".json")]
        told = json.dumps([marks, [outlet.to_dict() for outlet in outlets]])
        return KeptSteps(self._session, self.out, hashlib.sha256(told.encode()).hexdigest())

    def _read(self, number: int, shards: Sequence[StoredShard]) -> Counter[str]:
        """Reads a step, writes its rows, and marks it."""
        name = f"{number:05}"
        bytes_in = sum(shard.size for shard in shards)
        partitions = max(2 * self._session.sparkContext.defaultParallelism, -(-bytes_in // _TASK))
        rows = rows_of(self._session, self.source, shards)
        readings = readings_of(rows, self._opened, self._versions, partitions)
        readings.write.mode("overwrite").options(**ZSTD).parquet(self.out.at(f"readings/{name}"))
        kept = self._session.read.parquet(self.out.at(f"readings/{name}"))
        for table, frame in tables_of(kept).items():
            frame.write.mode("overwrite").options(**ZSTD).parquet(self.out.at(f"{table}/{name}"))
        counts = counts_of(kept)
        self.out.write(_mark_of(number), json.dumps({"shards": _named(shards), "counts": counts}, indent=1) + "\n")
        return counts

    def _mark(self, number: int, shards: Sequence[StoredShard]) -> Counter[str] | None:
        """What a step has, if it is done with these very shards."""
        text = self.out.read(_mark_of(number))
        mark: dict[str, Any] = json.loads(text) if text else {}
        return Counter(mark["counts"]) if mark.get("shards") == _named(shards) else None

    def _claim(self, versions: Versions) -> None:
        """Refused where the output was made by other versions."""
        settings = Settings(
            FORM, versions.detente, versions.parser, versions.knowledge, pa.__version__, self._plan.step
        )
        text = self.out.read(_SETTINGS)
        before = Settings(**json.loads(text)) if text else settings
        if differs := settings.differs(before):
            raise Refused(f"{self._plan.out}: was made with {differs}; give another output folder")
        self.out.write(_SETTINGS, json.dumps(asdict(settings), indent=1) + "\n")

    def _repeated(self) -> int:
        """How many rows have an id that a row of another shard has."""
        if not self.source.shards:
            return 0
        reports = self._session.read.option("recursiveFileLookup", "true").parquet(self.out.at("reports"))
        counted = reports.where(sql.col("input_id").isNotNull()).groupBy("input_id").count()
        return int(counted.agg(sql.sum(sql.col("count") - 1)).collect()[0][0] or 0)

    def _write_manifest(self, counts: Counter[str], repeated: int) -> None:
        settings: dict[str, Any] = json.loads(self.out.read(_SETTINGS) or "{}")
        data = {
            **settings,
            "engine": f"Apache Spark {self._session.version}",
            "complete": True,
            "counts": dict(sorted(counts.items())),
            "repeated_ids": repeated,
            "set_aside": [{"shard": a.source, "reason": a.reason, "remedy": a.remedy} for a in self.source.set_aside],
            "missing": [],
            "shards": [{"shard": shard.name, "size": shard.size} for shard in self.source.shards],
        }
        self.out.write(_MANIFEST, json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def _check_places(session: SparkSession, plan: SparkPlan, out: Folder) -> None:
    """Refused where the output folder is no place for this run."""
    source = Folder(session, plan.source).address
    if f"{source}/".startswith(f"{out.address}/") or f"{out.address}/".startswith(f"{source}/"):
        raise Refused(f"{plan.out}: input and output lie in each other; give an output folder outside {plan.source}")
    names = out.names()
    if out.is_there() and not out.is_folder():
        raise Refused(f"{plan.out}: a file, no folder; give another output folder")
    if names and out.read(_SETTINGS) is None:
        raise Refused(f"{plan.out}: holds files that are not from a run on Spark; give an empty or a new folder")
    if names and not plan.resume:
        raise Refused(f"{plan.out}: holds an earlier run; go on with it by --resume, or give another output folder")


def _versions(session: SparkSession, opened: Callable[[], Coder]) -> Versions:
    """What the workers have loaded."""
    found = session.sparkContext.parallelize([0], 1).map(lambda _: hand_of(opened).coder.versions).collect()
    versions: Versions = found[0]
    return versions


def _steps(shards: Sequence[StoredShard], most: int) -> Iterator[list[StoredShard]]:
    """The shards in their order, so many together that they have these bytes or more."""
    held: list[StoredShard] = []
    for shard in shards:
        held.append(shard)
        if sum(s.size for s in held) >= most:
            yield held
            held = []
    if held:
        yield held


def _named(shards: Sequence[StoredShard]) -> list[list[object]]:
    return [[shard.name, shard.size] for shard in shards]


def _mark_of(number: int) -> str:
    return f"{_MARKS}/{number:05}.json"
