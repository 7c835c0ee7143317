"""The gold sets, and how the program reads them: by its own command, as a user would.

Gold folders in, readings as JSON Lines out. Texts are handed on unseen: nothing here prints one.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "out"
SEED = ROOT.parent / "shared" / "seed"
# The installed command, or the package in the tree where it is not installed.
SCRIPT = Path(sys.executable).parent / "detente"
DETENTE = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "detente"]


@dataclass(frozen=True)
class GoldReport:
    """One text of a gold set, with its publication day."""

    path: Path
    published: str


@dataclass(frozen=True)
class GoldSet:
    """A folder of gold readings `<id>.yaml` with their texts in `texts/<id>.txt`."""

    name: str
    folder: Path

    def reports(self) -> list[GoldReport]:
        """The texts and their days, in the order of their names."""
        return [self._report(gold) for gold in sorted(self.folder.glob("*.yaml"))]

    def digest(self) -> str:
        """A hash of everything that the figures rest on: changed gold means other figures."""
        total = hashlib.sha256()
        for file in sorted([*self.folder.glob("*.yaml"), *self.folder.glob("texts/*.txt")]):
            total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return total.hexdigest()

    def _report(self, gold: Path) -> GoldReport:
        published = yaml.load(gold.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))[
            "published"
        ]
        return GoldReport(self.folder / "texts" / f"{gold.stem}.txt", str(published))


SPECIMEN = GoldSet("specimen", SEED / "gold")
DEVELOPMENT = GoldSet("development", ROOT / "bench" / "gold" / "development")
UNSEEN = GoldSet("unseen", ROOT / "bench" / "gold" / "unseen")


@dataclass(frozen=True)
class Run:
    """One run of the command: what it printed, how long it took, and its peak memory."""

    output: str
    seconds: float
    megabytes: float


def run_detente(*arguments: str) -> Run:
    """Run `detente` once, start-up included; wrong usage ends the measurement with the command's own words."""
    OUT.mkdir(parents=True, exist_ok=True)
    with (OUT / "stdout").open("w+b") as out, (OUT / "stderr").open("w+b") as err:
        start = time.perf_counter()
        child = subprocess.Popen([*DETENTE, *arguments], stdout=out, stderr=err, cwd=ROOT)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        output, problems = (OUT / "stdout").read_text("utf-8"), (OUT / "stderr").read_text("utf-8")
    if child.returncode == 1:  # some inputs were set aside: they count as read with nothing found
        sys.stderr.write(problems)
    elif child.returncode:
        sys.exit(f"detente {' '.join(arguments)} ended with {child.returncode}:\n{problems}")
    unit = 2**20 if sys.platform == "darwin" else 2**10  # the peak is given in bytes there, in KiB elsewhere
    return Run(output, seconds, usage.ru_maxrss / unit)


def input_file(name: str, reports: list[GoldReport]) -> Path:
    """The reports as one JSON Lines file, each with its publication day."""
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{name}-texts.jsonl"
    with path.open("w", encoding="utf-8") as handle:
        for report in reports:
            with report.path.open(encoding="utf-8", newline="") as text:
                handle.write(json.dumps({"text": text.read(), "published": report.published}) + "\n")
    return path


def read_set(gold: GoldSet) -> Path:
    """The program's readings of a gold set as a JSON Lines file."""
    texts = input_file(gold.name, gold.reports())
    path = OUT / f"{gold.name}.jsonl"
    path.write_text(run_detente("read", str(texts), "--format", "json").output, encoding="utf-8")
    return path
