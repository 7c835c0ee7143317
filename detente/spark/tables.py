"""The tables of a bulk run from readings that are kept: a row an event, a statement, a participant ..."""

from __future__ import annotations

from collections import Counter

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from detente.bulk.schema import ITEMS, TABLES


def tables_of(readings: DataFrame) -> dict[str, DataFrame]:
    """Each table by its name; no rows are moved from machine to machine for them."""
    good = readings.where(sql.col("error").isNull())
    failed = readings.where(sql.col("error").isNotNull())
    return {
        "reports": good.select(*TABLES["reports"].names),
        **{name: _items(good.where(sql.col("copy_of").isNull()), name) for name in ITEMS},
        "errors": failed.select("shard", "row", "input_id", "error.reason", "error.remedy"),
    }


def _items(first: DataFrame, name: str) -> DataFrame:
    """All items of that name, each with its report."""
    return first.select("report", "input_id", sql.explode(name).alias("item")).select("report", "input_id", "item.*")


def counts_of(readings: DataFrame) -> Counter[str]:
    """Rows of each table, with the rows of the input and the copies among the reports."""
    good, first = sql.col("error").isNull(), sql.col("error").isNull() & sql.col("copy_of").isNull()
    ones = {
        "rows": sql.lit(1),
        "reports": sql.when(good, 1),
        "errors": sql.when(~good, 1),
        "copies": sql.when(good & sql.col("copy_of").isNotNull(), 1),
        **{name: sql.when(first, sql.size(name)) for name in ITEMS},
    }
    row = readings.agg(*(sql.coalesce(sql.sum(one), sql.lit(0)).alias(name) for name, one in ones.items())).collect()[0]
    return Counter({name: int(row[name]) for name in ones})
