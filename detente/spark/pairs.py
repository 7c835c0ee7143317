"""Which of many things hang together, by pairs: only those that share a key are compared, each pair once.

Things with keys come in, pairs go out. A block is what is compared in one place: all things of a key, or of several
keys that lie together. A block of many things is cut into squares, so that no task holds more than some of them. A pair
is compared in the first of the blocks that it has in common, so that nothing has to be sorted out afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, groupby, product
from typing import Any

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql

from detente.spark.components import EDGES
from detente.spark.schema import ddl

MOST = 2_000
"""Things of one block that a task holds; of a larger block there are squares of two such parts."""

_AT_ONCE = 5_000
Compare = Callable[["Thing", "Thing"], bool]


@dataclass(frozen=True, slots=True)
class Thing:
    """What is compared: an id, all its keys, and what it is (the fields of its `body`)."""

    id: str
    keys: frozenset[str]
    body: dict[str, Any]
    weak: bool  # never compared with another such thing
    part: int


@dataclass(frozen=True)
class Linking:
    """How pairs are found.

    `block` says in Spark's words where a key belongs and `block_of` says the same in Python; blocks of one `order` lie
    together. `opened` gives what compares two things, in each task anew.
    """

    block: Column
    block_of: Callable[[str], str]
    order: Column
    opened: Callable[[], Compare]
    most: int = MOST


def linked(things: DataFrame, linking: Linking, partitions: int) -> DataFrame:
    """The pairs of things (columns `id`, `keys`, `body`, `weak`) that hang together, each once, smaller id first."""
    keys = things.select("id", "weak", sql.explode("keys").alias("key"))
    filed = keys.select("id", "weak", linking.block.alias("block")).distinct()
    counts = filed.groupBy("block").agg(sql.count("*").alias("count"), sql.min("weak").alias("weak"))
    parts = sql.ceil(sql.col("count") / sql.lit(linking.most)).cast("int")
    cut = counts.where("count > 1 and not weak").select("block", parts.alias("parts"))
    placed = filed.select("id", "block").join(cut, "block")
    placed = placed.withColumn("part", sql.expr("pmod(xxhash64(id), parts)").cast("int"))
    paired = placed.withColumn("other", sql.explode(sql.sequence(sql.lit(0), sql.col("parts") - 1)))
    low, high = sql.least("part", "other").alias("low"), sql.greatest("part", "other").alias("high")
    square = sql.struct(linking.order.alias("order"), sql.col("block"), low, high)
    laid = paired.select("id", "part", square.alias("square")).join(things, "id")
    # By range, so that blocks of the same days lie in one task, which prepares what they share but once.
    spread = laid.repartitionByRange(partitions, "square").sortWithinPartitions("square", "id")
    columns = spread.select("square", "part", "id", "keys", "weak", "body")
    return columns.mapInArrow(_Link(linking.block_of, linking.opened), ddl(EDGES))


@dataclass(frozen=True)
class _Link:
    block_of: Callable[[str], str]
    opened: Callable[[], Compare]

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        compare = self.opened()
        rows = (row for batch in batches for row in batch.to_pylist())
        for square, members in groupby(rows, key=lambda row: row["square"]):
            things = [Thing(r["id"], frozenset(r["keys"]), r["body"], r["weak"], r["part"]) for r in members]
            found = [{"one": a.id, "other": b.id} for a, b in self._met(square, things) if compare(a, b)]
            for at in range(0, len(found), _AT_ONCE):
                yield pa.RecordBatch.from_pylist(found[at : at + _AT_ONCE], schema=EDGES)

    def _met(self, square: dict[str, Any], things: list[Thing]) -> Iterator[tuple[Thing, Thing]]:
        """The pairs that are compared in this square: they share a key of its block, and none of an earlier one."""
        block = square["block"]
        filed: dict[str, list[Thing]] = {}
        for thing in things:
            for key in thing.keys:
                if self.block_of(key) == block:
                    filed.setdefault(key, []).append(thing)
        seen: set[tuple[str, str]] = set()
        for key in sorted(filed):
            for one, other in _pairs(filed[key], square["low"], square["high"]):
                if (one.weak and other.weak) or (one.id, other.id) in seen:
                    continue
                seen.add((one.id, other.id))
                if min(map(self.block_of, one.keys & other.keys)) == block:
                    yield one, other


def _pairs(things: list[Thing], low: int, high: int) -> Iterable[tuple[Thing, Thing]]:
    """All pairs of a part, or of two parts one of each; the smaller id first."""
    if low == high:
        return combinations(things, 2)
    first, second = ([thing for thing in things if thing.part == part] for part in (low, high))
    return ((a, b) if a.id < b.id else (b, a) for a, b in product(first, second))
