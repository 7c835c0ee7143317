"""The short forms of `make kills` and `make fuzz`: nothing is lost, nothing crashes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from factory import sample

ROOT = Path(__file__).parent.parent.parent


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    given = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=given, timeout=500)


@pytest.mark.slow
def test_a_killed_program_loses_doubles_and_breaks_nothing(tmp_path: Path) -> None:
    told = tmp_path / "readings.jsonl"
    told.write_text(json.dumps(sample().to_dict()) + "\n", encoding="utf-8")
    done = run("bench/kills.py", "--kills", "16", "--seed", "3", DETENTE_READINGS=str(told))
    assert done.returncode == 0, done.stderr
    rows = [line.split("|")[2:] for line in done.stdout.splitlines()[2:]]
    assert len(rows) == 4 and all([cell.strip() for cell in row[2:5]] == ["0", "0", "0"] for row in rows)


@pytest.mark.slow
def test_five_thousand_broken_inputs_crash_nothing() -> None:
    parts = ["formats", "dates", "names", "places", "ontology", "series", "api"]
    done = run("bench/fuzz.py", "--inputs", "5000", "--seed", "7", "--parts", *parts)
    assert done.returncode == 0, done.stdout + "\n".join(
        line for line in done.stderr.splitlines() if "crashes" in line or "hangs" in line
    )
