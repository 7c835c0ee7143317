"""How fast and how large: wall time and memory of the command as a user runs it, and of the knowledge file.

Measures only; the bars stand beside the figures in RESULTS.md.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass

from readings import DEVELOPMENT, ROOT, SPECIMEN, UNSEEN, GoldReport, input_file, run_detente

KNOWLEDGE = ROOT / "detente" / "data" / "knowledge.sqlite"
RUNS = 5
SECONDS_BAR = 4.0
MEGABYTES_BAR = 900
SHARE_BAR = 0.15
EVENTS_BAR = 1.2
CODING_BAR = 1.5

# Run in a process of its own, so that nothing is loaded yet.
OPENING = """
import json, time
from detente.codebook.gazetteer import Gazetteer
from detente.codebook.whoswho import WhosWho
start = time.perf_counter()
whoswho = WhosWho.open()
whoswho.find_names("The Armenian prime minister spoke in Yerevan.")
names = time.perf_counter()
gazetteer = Gazetteer.open()
gazetteer.lookup("Yerevan")
print(json.dumps({"names": names - start, "places": time.perf_counter() - names}))
"""


@dataclass(frozen=True)
class Speed:
    """What one machine needed."""

    sample: str
    seconds: list[float]
    megabytes: float
    texts: int
    words: int
    all_seconds: float
    all_megabytes: float
    names_seconds: float
    places_seconds: float
    knowledge_megabytes: float
    resolving_share: float
    events_share: float
    coding_share: float

    @property
    def median(self) -> float:
        """The usual time for one report, start-up included."""
        return statistics.median(self.seconds)


def measure() -> Speed:
    """Run everything: one report five times after a first run that warms the disk, then all gold texts at once."""
    name, sample = _sample()
    arguments = ("read", str(sample.path), "--published", sample.published, "--format", "json")
    run_detente(*arguments)
    runs = [run_detente(*arguments) for _ in range(RUNS)]
    reports = [report for gold in (DEVELOPMENT, UNSEEN, SPECIMEN) for report in gold.reports()]
    whole = run_detente("read", str(input_file("all", reports)), "--format", "json")
    opening, shares = _opening(), _shares()
    return Speed(
        sample=name,
        seconds=[run.seconds for run in runs],
        megabytes=max(run.megabytes for run in runs),
        texts=len(reports),
        words=sum(len(report.path.read_text(encoding="utf-8").split()) for report in reports),
        all_seconds=whole.seconds,
        all_megabytes=whole.megabytes,
        names_seconds=opening["names"],
        places_seconds=opening["places"],
        knowledge_megabytes=KNOWLEDGE.stat().st_size / 1e6,
        resolving_share=shares["share"],
        events_share=shares["events_share"],
        coding_share=shares["coding_share"],
    )


def _sample() -> tuple[str, GoldReport]:
    if SPECIMEN.folder.exists():
        return "the specimen", SPECIMEN.reports()[0]
    return "the first unseen report", UNSEEN.reports()[0]


def _shares() -> dict[str, float]:
    """What resolving and coding events cost as shares of the bare parse, in a process of its own."""
    command = [sys.executable, str(ROOT / "bench" / "stages.py")]
    # Processor time of one thread: idle threads of the matrix library spin and would count as work.
    one = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=one)
    return {str(name): float(share) for name, share in json.loads(done.stdout).items()}


def _opening() -> dict[str, float]:
    """Seconds to open the knowledge and ask it once: names, then places."""
    done = subprocess.run([sys.executable, "-c", OPENING], capture_output=True, text=True, check=True, cwd=ROOT)
    return {str(name): float(seconds) for name, seconds in json.loads(done.stdout).items()}
