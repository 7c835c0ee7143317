"""`detente bulk IN OUT`: a folder of shards with many reports becomes Parquet tables, on one machine or by a job array.

What cannot start is refused (exit status 2), what holds no report is set aside and named (exit status 1).
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from detente.bulk.plan import PART_ROWS, CrewFailed, Plan, Refused, Share, Summary
from detente.cli.bulk_progress import ProgressLine, duration
from detente.cli.messages import say


def _share(asked: str) -> Share:
    """ "2/5" is the second of five jobs."""
    first, slash, of = asked.partition("/")
    if not (slash and first.isdecimal() and of.isdecimal() and 1 <= int(first) <= int(of)):
        raise typer.BadParameter(f"{asked!r} is no share of the shards; write 2/5 for the second of five jobs")
    return Share(int(first), int(of))


def bulk(
    source: Annotated[
        Path, typer.Argument(metavar="IN", help="A folder of Parquet, JSON Lines (.gz too) or WARC files, or one file.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new or empty folder for the tables.")],
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=1024, metavar="N", help="Processes; one a core unless said.")
    ] = None,
    share: Annotated[
        Share | None,
        typer.Option("--shard", parser=_share, metavar="I/N", help="Only the I-th of N shares of the files."),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was broken off.")] = False,
    part_rows: Annotated[
        int, typer.Option("--part-rows", min=1, metavar="N", help="Reports of one output file and checkpoint.")
    ] = PART_ROWS,
) -> None:
    """Read many reports into Parquet tables: events, statements, participants, places, commitments, errors."""
    # Late, because it loads the parser: `detente --help` and a wrong path must answer at once.
    from detente.bulk.run import Run

    line = ProgressLine()
    plan = Plan(source, out, workers or _cores(), share or Share(), resume, part_rows)

    try:
        with _stopping(), line:
            run = Run(plan, lambda progress: line.show(progress.read, progress.done, progress.left))
            for item in run.set_aside:
                say(item.line)
            summary = run.go()
    except Refused as problem:
        say(str(problem))
        raise typer.Exit(2) from problem
    except (CrewFailed, OSError) as problem:
        say(str(problem))
        raise typer.Exit(1) from problem
    except KeyboardInterrupt as problem:
        say(f"{out}: stopped; go on with --resume")
        raise typer.Exit(1) from problem
    done = not (run.set_aside or summary.errors or summary.repeated_ids)
    for words in _summary_lines(out, summary, line.seconds):
        say(words)
    if not done:
        raise typer.Exit(1)


def _summary_lines(out: Path, summary: Summary, seconds: float) -> Iterator[str]:
    """What came of the run, one thing a line."""
    progress = summary.progress
    before = f", {progress.skipped:,} done before" if progress.skipped else ""
    yield f"{progress.shards} shards done in {duration(seconds)}: {progress.read:,} rows read{before}; tables in {out}"
    if not progress.shards:
        yield "there are fewer shards than jobs: this job had nothing to do"
    if summary.others:
        yield f"{summary.others} files of other kinds were left alone"
    if summary.errors:
        yield f"{summary.errors:,} rows set aside, each with its reason: see the table errors in {out}"
    if summary.repeated_ids:
        yield f"{summary.repeated_ids:,} ids stand in several shards: give each report its own, or go by shard and row"
    if summary.replaced:
        yield f"{summary.replaced} workers ended in mid-work and were replaced; what they had in hand was read again"
    if not summary.complete:
        yield f"{out}/manifest.json: other shards of the input are not done yet"


def _cores() -> int:
    """The cores that this process may use (on a cluster: those of its job)."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable is not None else os.cpu_count() or 1


@contextmanager
def _stopping() -> Iterator[None]:
    """A cluster's word to stop is taken like an interrupt from the keyboard."""

    def stop(number: int, frame: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
