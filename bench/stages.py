"""What resolving (who, where, when) and coding cost beside the bare parse, over the gold texts, each read once.

A process of its own, so that nothing is remembered from reading a text before. `python bench/stages.py` prints JSON.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import spacy
from readings import DEVELOPMENT, SPECIMEN, UNSEEN

from detente import pipeline
from detente.codebook.encoder import Encoder
from detente.coding import reading_coder
from detente.model.report import Report
from detente.parse.grammar import PINNED_MODEL

# The steps of the pipeline that say who, where and when.
STEPS = ("resolve_times", "resolve_actors", "resolve_places", "infer_countries", "infer_event_places")


def measure() -> dict[str, float]:
    """Seconds of the bare parse, of each resolving step, and the share of the second in the first."""
    golds = [gold for gold in (DEVELOPMENT, UNSEEN, SPECIMEN) if gold.folder.exists()]
    gold = [report for some in golds for report in some.reports()]
    reports = [
        Report(told.path.read_text(encoding="utf-8"), published=date.fromisoformat(told.published)) for told in gold
    ]
    taken: Counter[str] = Counter()
    for name in STEPS:
        setattr(pipeline, name, _timed(name, getattr(pipeline, name), taken))
    coding: Counter[str] = Counter()
    reading_coder.code_events = _timed("events", reading_coder.code_events, coding)  # type: ignore[attr-defined]
    Encoder.read = _timed("passes", Encoder.read, coding)  # type: ignore[method-assign]
    pipeline.code_reading = _timed("both", reading_coder.code_reading, coding)  # type: ignore[attr-defined]
    with pipeline.open_reader() as reader:
        # The first report loads the names and the model; it is not one of those measured.
        reader.read(Report("Officials of Norland met in Oslo on Monday.", published=date(2024, 1, 2)))
        taken.clear()
        coding.clear()
        for report in reports:
            reader.read(report)
    bare = _bare(reports)
    # The statements ask for the passes first; the events could not do without them either.
    shares = {"events_share": (coding["events"] + coding["passes"]) / bare, "coding_share": coding["both"] / bare}
    return {"parse": bare, **taken, "share": taken.total() / bare, **shares}


def _timed(name: str, step: Callable[..., Any], taken: Counter[str]) -> Callable[..., Any]:
    def timed(*arguments: Any) -> Any:
        start = time.process_time()
        try:
            return step(*arguments)
        finally:
            taken[name] += time.process_time() - start  # type: ignore[assignment]

    return timed


def _bare(reports: list[Report]) -> float:
    model = spacy.load(PINNED_MODEL)
    model("Officials met in Oslo.")
    start = time.process_time()
    for report in reports:
        model(report.text)
    return time.process_time() - start


if __name__ == "__main__":
    print(json.dumps({name: round(value, 4) for name, value in measure().items()}))
