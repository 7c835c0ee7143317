"""What hangs together by pairs: the parts of a graph, each named by its smallest member.

Few pairs are put together in the first process. Of more, each member is joined to the smallest it knows of, by turns
on the larger and on the smaller side, until nothing changes (Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii
2014, Connected Components in MapReduce and Beyond).
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from detente.spark.kept import KeptSteps
from detente.spark.schema import ddl

EDGES = pa.schema([("one", pa.string()), ("other", pa.string())])
"""Pairs that hang together."""

HOMES = pa.schema([("id", pa.string()), ("home", pa.string())])
"""Which part each member of a pair belongs to."""

COLLECTED = 1_000_000
"""So many pairs are put together in the first process (some hundred bytes each)."""
# Each turn shortens the longest way to about a third: more turns than a graph of 2**60 members needs.
_TURNS = 60


@dataclass(frozen=True)
class Turns:
    """Where the turns of a large graph are kept."""

    steps: KeptSteps
    name: str


def homes_of(edges: DataFrame, turns: Turns, collected: int = COLLECTED) -> DataFrame:
    """The part that each member of a pair belongs to."""
    if edges.count() <= collected:
        table = edges.toArrow()
        found = _joined(zip(table["one"].to_pylist(), table["other"].to_pylist(), strict=True))
        rows = pa.table({"id": list(found), "home": list(found.values())}, schema=HOMES)
        session = turns.steps.session
        return (
            session.createDataFrame(rows.to_pylist(), ddl(HOMES)) if found else session.createDataFrame([], ddl(HOMES))
        )
    return _by_turns(edges, turns)


def _joined(pairs: object) -> dict[str, str]:
    """The smallest member of each one's part."""
    above: dict[str, str] = {}

    def top(id: str) -> str:
        while (over := above.setdefault(id, id)) != id:
            above[id] = above[over]
            id = over
        return id

    for one, other in pairs:  # type: ignore[attr-defined]
        low, high = sorted((top(one), top(other)))
        above[high] = low
    return {id: top(id) for id in sorted(above)}


def _by_turns(edges: DataFrame, turns: Turns) -> DataFrame:
    now = edges.select("one", "other")
    before: tuple[int, int] | None = None
    for turn in range(_TURNS):
        now = turns.steps.passing(f"{turns.name}/{turn % 2}", _small_stars(_large_stars(now)))
        told = now.agg(sql.count("*"), sql.sum(sql.hash("one", "other").cast("bigint"))).collect()[0]
        if before == (told[0], told[1]):
            break
        before = (told[0], told[1])
    tips = now.select(sql.col("one").alias("id"), sql.col("other").alias("home"))
    return tips.union(now.select(sql.col("other"), sql.col("other"))).distinct()


def _large_stars(edges: DataFrame) -> DataFrame:
    """Each neighbour that is larger goes to the smallest that its middle knows, itself included."""
    both = edges.union(edges.select("other", "one")).toDF("middle", "near")
    least = both.groupBy("middle").agg(sql.min("near").alias("least"))
    joined = both.join(least, "middle").where(sql.col("near") > sql.col("middle"))
    return joined.select(sql.col("near").alias("one"), sql.least("middle", "least").alias("other")).distinct()


def _small_stars(edges: DataFrame) -> DataFrame:
    """Each that is larger, and its smaller neighbours, go to the smallest of them."""
    pairs = edges.select(sql.greatest("one", "other").alias("middle"), sql.least("one", "other").alias("near"))
    least = pairs.groupBy("middle").agg(sql.min("near").alias("other"))
    joined = pairs.join(least, "middle")
    near = joined.where(sql.col("near") != sql.col("other")).select(sql.col("near").alias("one"), "other")
    return near.union(least.select(sql.col("middle").alias("one"), "other")).distinct()
