"""`make bench-scale`: what a bulk run costs beside the bare parse, with one worker and with two, and its memory.

The corpus is made of paragraphs of our own reports (corpus/statements/training): lengths as of news (median
about 300 words, some ten times as long), one in ten a copy of an earlier one. It is thrown away afterwards.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import spacy

from detente.bulk.crew import Crew
from detente.bulk.plan import Plan, Progress
from detente.bulk.run import Run
from detente.parse.grammar import PINNED_MODEL

ROOT = Path(__file__).resolve().parent.parent
MEDIAN_WORDS, SPREAD = 300, 0.7
_COPIES = 0.1


@dataclass(frozen=True)
class Cost:
    """What one run took. Starting (loading models) is set apart."""

    workers: int
    reports: int
    seconds: float
    cpu_seconds: float
    start_cpu_seconds: float
    peak_megabytes: float
    digest: str


def main() -> None:
    """Measure and print, one JSON object."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, nargs="+", default=[100])
    sizes: list[int] = asked.parse_args().reports
    found = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            texts = list(made_texts(size))
            source = Path(folder) / "in"
            source.mkdir()
            lines = (json.dumps({"id": n, "text": t, "published": "2024-05-14"}) for n, t in enumerate(texts))
            (source / "made.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
            one, two = (_run(source, Path(folder) / str(workers), workers) for workers in (1, 2))
            bare = _bare(texts)
        found.append(
            {
                "words": sum(len(text.split()) for text in texts),
                "bare_parse_cpu_seconds": round(bare, 2),
                "runs": [asdict(one), asdict(two)],
                "cpu_over_bare_parse": round((one.cpu_seconds - one.start_cpu_seconds) / bare, 2),
                "reports_a_second": round(one.reports / one.seconds, 2),
                "two_workers_over_one": round(one.seconds / two.seconds, 2),
                "same_bytes": one.digest == two.digest,
            }
        )
    print(json.dumps(found, indent=1))


def made_texts(size: int) -> Iterator[str]:
    """Texts of paragraphs of our own, as long as news are, one in ten of them a copy; always the same."""
    chance = random.Random(7)
    paragraphs = [p for path in sorted((ROOT / "corpus/statements/training").glob("*.txt")) for p in _paragraphs(path)]
    made: list[str] = []
    for _ in range(size):
        if made and chance.random() < _COPIES:
            yield chance.choice(made)
            continue
        wanted = chance.lognormvariate(0, SPREAD) * MEDIAN_WORDS
        text = ""
        while len(text.split()) < wanted:
            text += chance.choice(paragraphs) + "\n\n"
        made.append(text)
        yield text


def _paragraphs(path: Path) -> list[str]:
    body = path.read_text(encoding="utf-8").partition("\n---\n")[2]
    return [p.strip() for p in body.split("\n\n") if p.strip()]


def _run(source: Path, out: Path, workers: int) -> Cost:
    peak = start_cpu = began = 0.0
    crew: Crew[Any] | None = None

    def started(running: Crew[Any]) -> None:
        nonlocal crew, began, start_cpu
        crew, began = running, time.perf_counter()
        start_cpu = sum(_cpu(id) for id in running.process_ids)

    def watch(progress: Progress) -> None:
        nonlocal peak
        peak = max([peak, *(_peak(id) for id in crew.process_ids)] if crew else [peak])

    before = _children()
    summary = Run(Plan(source, out, workers), watch).go(started)
    seconds = time.perf_counter() - began
    return Cost(workers, summary.progress.read, seconds, _children() - before, start_cpu, peak / 1024, _digest(out))


def _children() -> float:
    """CPU seconds of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _cpu(id: int) -> float:
    fields = Path(f"/proc/{id}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _peak(id: int) -> float:
    """Kilobytes of the largest memory that a process had."""
    lines = Path(f"/proc/{id}/status").read_text().splitlines()
    return float(next((line.split()[1] for line in lines if line.startswith("VmHWM")), "0"))


def _digest(out: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(out.rglob("*.parquet")):
        total.update(path.relative_to(out).as_posix().encode() + path.read_bytes())
    return total.hexdigest()[:12]


def _bare(texts: list[str]) -> float:
    model = spacy.load(PINNED_MODEL)
    model("Officials met in Oslo.")
    start = time.process_time()
    for text in texts:
        model(text)
    return time.process_time() - start


if __name__ == "__main__":
    main()
