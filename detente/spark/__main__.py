"""`python -m detente.spark IN OUT`, and the same file for spark-submit: shards in, tables out."""

from __future__ import annotations

import argparse
import os
import sys

from detente.bulk.plan import Refused
from detente.codebook.outlets import OutletsError, outlets_in_force
from detente.model.dyad import Unit
from detente.spark.fusing import fuse
from detente.spark.run import STEP, SparkPlan, SparkRun, SparkSummary, Step
from detente.spark.series import series
from detente.spark.session import open_session

# Every core of this machine, and as many tries of a task as on a cluster.
_HERE = "local[*,4]"


def main() -> int:
    """0 all done; 1 some rows or files set aside; 2 refused before work started."""
    asked = argparse.ArgumentParser(prog="python -m detente.spark", description=__doc__)
    asked.add_argument("source", metavar="IN", help="a folder of Parquet or JSON Lines, by path or address")
    asked.add_argument("out", metavar="OUT", help="the output folder, by path or address")
    asked.add_argument("--resume", action="store_true", help="go on with a run that was broken off")
    asked.add_argument("--step", type=int, default=STEP, metavar="MB", help="input of one checkpoint (%(default)s)")
    asked.add_argument("--master", help="Spark's master, where spark-submit does not name it: local[2,4]")
    asked.add_argument("--fuse", action="store_true", help="go on to stories and incidents")
    units = [unit.value for unit in Unit]
    asked.add_argument("--tension", choices=units, metavar="UNIT", help=f"and to series of pairs by {', '.join(units)}")
    given = asked.parse_args()
    # spark-submit has opened the door already, and knows the master.
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    session = open_session(given.master or (None if submitted else _HERE))
    session.sparkContext.setLogLevel("ERROR")
    try:
        run = SparkRun(session, SparkPlan(given.source, given.out, given.resume, given.step), _told)
        for item in run.source.set_aside:
            _say(item.line)
        summary = run.go()
        _go_on(run, given)
    except (Refused, OutletsError) as problem:
        _say(str(problem))
        return 2
    finally:
        session.stop()
    _sum_up(summary, given.out)
    return 1 if summary.set_aside or summary.counts["errors"] or summary.repeated_ids else 0


def _go_on(run: SparkRun, asked: argparse.Namespace) -> None:
    """From readings to incidents and series, where that was asked for."""
    if not (asked.fuse or asked.tension):
        return
    outlets = outlets_in_force()
    steps = run.steps(outlets)
    fused = fuse(run.readings(), steps, outlets)
    reports, stories, incidents = (frame.count() for frame in (fused.told, fused.stories, fused.incidents))
    _say(f"{reports:,} reports in {stories:,} stories tell of {incidents:,} incidents")
    if asked.tension:
        tables = series(fused, steps, Unit(asked.tension))
        _say(f"{tables['tension'].select('a', 'b').distinct().count():,} pairs of countries")


def _told(step: Step) -> None:
    done = "done before" if step.skipped else "done"
    _say(f"step {step.number} of {step.of} {done}: {len(step.shards)} shards")


def _sum_up(summary: SparkSummary, out: str) -> None:
    counts = summary.counts
    _say(f"{counts['rows']:,} rows read; tables in {out}")
    if counts["errors"]:
        _say(f"{counts['errors']:,} rows set aside, each with its reason: see the table errors in {out}")
    if summary.repeated_ids:
        _say(f"{summary.repeated_ids:,} ids stand in several shards: give each report its own, or go by shard and row")


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main())
