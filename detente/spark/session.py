"""The Spark session in which the journey runs, with the settings that it needs to give the same rows everywhere."""

from __future__ import annotations

from pyspark.sql import SparkSession

from detente.bulk.worker import ONE_THREAD

SETTINGS = {
    # Days are days, wherever the cluster stands.
    "spark.sql.session.timeZone": "UTC",
    # Rows that a Python worker is handed together: a report is work for a third of a second.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    # Loading the models takes seconds.
    "spark.python.worker.reuse": "true",
    **{f"spark.executorEnv.{name}": value for name, value in ONE_THREAD.items()},
}


def open_session(master: str | None = None, **more: str) -> SparkSession:
    """A session with our settings, or the one that is open already; `master` only where spark-submit named none."""
    builder = SparkSession.builder.appName("detente")
    for name, value in (SETTINGS | more).items():
        builder = builder.config(name, value)
    return (builder.master(master) if master else builder).getOrCreate()
