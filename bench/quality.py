"""How well reports are read: the program's readings against gold readings, scored by the analysts' own script.

Gold sets in, figures out. The script lies in ../shared beside the project; where it is missing nothing can be scored.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from readings import SEED, GoldSet, read_set

SCORER = SEED / "score_reading.py"
DRAWS = 1000

# The five figures that have a bar on the specimen, then those that say where it is lost. Names are the scorer's.
BARS = {
    "statements.core_recall.relation": 0.95,
    "events.core_recall.type": 0.95,
    "events.core_recall.+both": 0.85,
    "events.type.P": 0.8,
    "participants.code": 0.9,
}
MEANING = {
    "statements.core_recall.relation": "who said what: core statements found, with the right speaker",
    "events.core_recall.type": "core events found, with the right type",
    "events.core_recall.+both": "the same, with source and target right",
    "events.type.P": "of the events given, those that are right in type",
    "participants.code": "named participants with the right country and sector",
    "participants.found": "named participants found at all",
    "participants.country": "with the right country",
    "events.type.F1": "events and types, precision and recall in one",
    "events.any_type.F1": "the same if the type is free: what is lost in finding",
    "events.+both.F1": "type, source and target",
    "events.+codes.F1": "type and the sectors of source and target too",
    "events.on_pairs.status": "status, of the events found",
    "events.on_pairs.background": "news or background, of the events found",
    "events.on_pairs.date": "date, of the events found",
    "events.on_pairs.place_country": "country of the place, of the events found",
    "statements.content.F1": "statements, precision and recall in one",
    "statements.close.F1": "the same, with the words cut exactly",
    "statements.relation.F1": "statements with the right speaker",
    "statements.on_pairs.speaker": "speaker, of the statements found",
    "statements.on_pairs.channel_named": "named channels, of the statements found",
    "statements.on_pairs.manner": "direct, indirect or mixed, of the statements found",
    "statements.on_pairs.inside": "nested statements put inside the right one",
    "places.found": "places found",
    "places.country": "country, of the places found",
    "places.acc161": "within 161 km, of the places found",
}


@dataclass(frozen=True)
class Figure:
    """A share between 0 and 1, out of how many, with a bootstrap interval over reports where there is one."""

    value: float | None
    of: float | None
    interval: tuple[float, float] | None


Figures = dict[str, Figure]


def can_score() -> bool:
    """Whether the scorer lies beside the project."""
    return SCORER.exists()


def measure(gold: GoldSet, draws: int = 0) -> Figures:
    """Read a gold set and score the readings."""
    command = [sys.executable, str(SCORER), str(read_set(gold)), str(gold.folder), "--json", "--boot", str(draws)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return {name: _figure(cell) for name, cell in json.loads(done.stdout)["all"].items()}


def _figure(cell: dict[str, object]) -> Figure:
    def number(value: object) -> float | None:
        return float(value) if isinstance(value, int | float) else None

    interval = cell.get("interval")
    pair = (float(interval[0]), float(interval[1])) if isinstance(interval, list) else None
    return Figure(number(cell["value"]), number(cell["of"]), pair)
