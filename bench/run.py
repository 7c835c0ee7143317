"""`make bench`: measures quality and speed and writes bench/RESULTS.md.

The page is overwritten each time; it says when, on which commit and on which machine it was made.
"""

from __future__ import annotations

import os
import platform
import subprocess
import time
from datetime import date
from pathlib import Path

import alerts
import by_type
import event_page
import incident_page
import lists
import long_runs
import own_ontology
import quality
import speed
import statement_page
from quality import BARS, MEANING, Figure, Figures
from readings import DEVELOPMENT, ROOT, SPECIMEN, UNSEEN

RESULTS = ROOT / "bench" / "RESULTS.md"
START = time.monotonic()
ABOUT_QUALITY = """\
Each set is read by `detente read bench/out/SET-texts.jsonl --format json` (one report a line, with its publication day)
and scored by `python ../shared/seed/score_reading.py bench/out/SET.jsonl GOLD_FOLDER --json --boot 1000`.

Bars are set for the specimen alone: a machine-translated wire story, looked at while the rules were made. So was
*development* ({development} reports). *Unseen* ({unseen} reports) was never tuned on nor read, only scored: **the
distance between the specimen and unseen is the honest measure.** Intervals are 95 per cent, from 1,000 bootstrap draws
over the unseen reports. The program's writers made both the rules and the gold, and no person has coded the gold:
agreement with it is consistency, not validity."""
ABOUT_SPEED = (
    "`detente read REPORT --published DAY --format json` on {}, start-up included, after one run that warms the disk."
)


def main() -> None:
    """Measure, write, and say where."""
    # First, while this process is small: a child's peak memory counts what its parent held when it was started.
    timed = _speed()
    parts = ["# Measured", "", "Made by `make bench`; not edited by hand.", "", *_origin(), ""]
    parts += [
        "<!-- quality -->",
        "## Quality",
        "",
        *_quality(),
        "<!-- lists -->",
        "## Who, where and when",
        "",
        *_lists(),
        "<!-- pairs -->",
        "## Events in sentences",
        "",
        *_events(),
        "<!-- types -->",
        "## The types one by one",
        "",
        *_types(),
        "<!-- statements -->",
        "## Who said what",
        "",
        *_statements(),
        "<!-- own ontology -->",
        "## An ontology of one's own",
        "",
        *_own_ontology(),
        "<!-- incidents -->",
        "## Stories and incidents",
        "",
        *_incidents(),
        "<!-- alerts -->",
        "## Alerts",
        "",
        *_alerts(),
        "<!-- speed -->",
        "## Speed and memory",
        "",
        *timed,
        "",
        *long_runs.section(),
    ]
    RESULTS.write_text("\n".join(parts), encoding="utf-8")
    _say(f"written to {RESULTS.relative_to(ROOT)}")


def _say(words: str) -> None:
    print(f"{time.monotonic() - START:5.0f}s  {words}", flush=True)


def _origin() -> list[str]:
    commit = _git("rev-parse", "--short", "HEAD") or "none yet"
    changed = " with changes not committed" if _git("status", "--porcelain", "--", "detente", "pyproject.toml") else ""
    machine = f"{os.cpu_count()} cores, {_processor()}, {platform.system()}, Python {platform.python_version()}"
    return [f"- Date: {date.today()}", f"- Commit: {commit}{changed}", f"- Machine: {machine}"]


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _processor() -> str:
    """The processor's name as Linux gives it, or what Python knows."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _quality() -> list[str]:
    if not quality.can_score():
        return ["Not measured: the scorer, `../shared/seed/score_reading.py`, does not lie beside the project.", ""]
    columns = []
    for gold in (SPECIMEN, DEVELOPMENT, UNSEEN):
        _say(f"reading and scoring: {gold.name}")
        columns.append(quality.measure(gold, quality.DRAWS if gold is UNSEEN else 0))
    return [
        ABOUT_QUALITY.format(development=len(DEVELOPMENT.reports()), unseen=len(UNSEEN.reports())),
        "",
        "| figure | what it says | bar | specimen | development | unseen | unseen, 95 % |",
        "|---|---|---:|---:|---:|---:|---:|",
        *[_row(name, *columns) for name in MEANING],
        "",
    ]


def _row(name: str, specimen: Figures, development: Figures, unseen: Figures) -> str:
    bar, value = BARS.get(name), specimen[name].value
    shown = _cell(specimen[name])
    if bar is not None and value is not None and value < bar:
        shown += " (below the bar)"
    interval = unseen[name].interval
    between = f"{interval[0]:.2f} to {interval[1]:.2f}" if interval else ""
    cells = (
        MEANING[name],
        "" if bar is None else f"{bar:.2f}",
        shown,
        _cell(development[name]),
        _cell(unseen[name]),
        between,
    )
    return f"| `{name}` | " + " | ".join(cells) + " |"


def _cell(figure: Figure) -> str:
    return "none" if figure.value is None else f"{figure.value:.2f}"


ABOUT_LISTS = """\
Lists made without sight of the tables (bench/gold/lists): people with the office of a month, organisations, places in
sentences, time expressions. *Development* was looked at while the rules were made, *unseen* only counted
(`python bench/lists.py unseen`). An answer that is not given is unknown and not wrong. The lists were written from
general knowledge and not checked by a person."""


def _lists() -> list[str]:
    rows = []
    measured = {}
    for name in ("development", "unseen"):
        _say(f"asking the lists: {name}")
        measured[name] = lists.measure(name)
    for title in measured["unseen"]:
        cells = []
        for name in ("development", "unseen"):
            tally = measured[name][title]
            cells += [f"{tally.right / tally.of:.3f}", f"{tally.wrong / tally.of:.3f}"]
        bar = lists.BARS.get(title)
        rows.append(f"| {title} | {tally.of} | {'' if bar is None else f'{bar:.2f}'} | {' | '.join(cells)} |")
    return [
        ABOUT_LISTS,
        "",
        f"| list | items | bar | development: right | wrong (bar {lists.WRONG_BAR:.2f}) | unseen: right | wrong |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *rows,
        "",
    ]


def _events() -> list[str]:
    _say("coding pairs of the corpus, and peers beside")
    lines = event_page.pair_section()
    _say("reading the test parts of the corpus")
    lines += ["### Read end to end", "", *event_page.triple_section()]
    if quality.can_score():
        lines += ["### In running text", "", *event_page.running_section()]
    return lines


def _types() -> list[str]:
    return [*by_type.table(), ""]


def _statements() -> list[str]:
    _say("reading the reports with marked statements, and peers beside")
    return statement_page.section()


ABOUT_OWN_ONTOLOGY = """\
Events coded by `examples/ontology-water.yaml` beside PLOVER, on 120 sentences read one by one
(`python bench/own_ontology.py`, bench/gold/ontology). Examples and sentences are by one hand, one deed a sentence:
running text is harder."""


def _own_ontology() -> list[str]:
    _say("coding by an ontology of one's own")
    return [ABOUT_OWN_ONTOLOGY, "", *own_ontology.table(own_ontology.PARTS["test"]), ""]


def _incidents() -> list[str]:
    _say("joining what many outlets tell")
    return incident_page.section()


def _alerts() -> list[str]:
    _say("raising alerts on given and made series")
    return alerts.section()


def _speed() -> list[str]:
    _say("timing")
    took = speed.measure()
    each = ", ".join(f"{seconds:.2f}" for seconds in took.seconds)
    rows = [
        (f"one report, median of {len(took.seconds)} ({each})", f"{took.median:.2f} s", f"{speed.SECONDS_BAR:.0f} s"),
        ("peak memory for one report", f"{took.megabytes:.0f} MB", f"{speed.MEGABYTES_BAR} MB"),
        (f"all {took.texts} gold texts in one run", f"{took.all_seconds:.1f} s", ""),
        (f"words a second in that run ({took.words} words)", f"{took.words / took.all_seconds:.0f}", ""),
        ("peak memory of that run", f"{took.all_megabytes:.0f} MB", ""),
        ("who, where and when, beside the bare parse", f"{took.resolving_share:.1%}", f"{speed.SHARE_BAR:.0%}"),
        ("coding events, beside the bare parse", f"{took.events_share:.0%}", f"{speed.EVENTS_BAR:.0%}"),
        ("coding statements and events, beside it", f"{took.coding_share:.0%}", f"{speed.CODING_BAR:.0%}"),
        ("opening the names and searching once", f"{took.names_seconds:.2f} s", "1.5 s"),
        ("opening the places and asking once", f"{took.places_seconds:.3f} s", ""),
        ("the knowledge file", f"{took.knowledge_megabytes:.1f} MB", "40 MB"),
    ]
    return [
        ABOUT_SPEED.format(took.sample),
        "",
        "| what | measured | bar |",
        "|---|---:|---:|",
        *[f"| {' | '.join(row)} |" for row in rows],
    ]


if __name__ == "__main__":
    main()
