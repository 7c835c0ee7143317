"""Quality may not fall below the floors of bench/floors.json."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCORER = ROOT.parent / "shared" / "seed" / "score_reading.py"


@pytest.mark.slow
@pytest.mark.skipif(
    not SCORER.exists(), reason="the scorer, ../shared/seed/score_reading.py, does not lie beside the project"
)
def test_no_figure_falls_below_its_floor() -> None:
    done = subprocess.run([sys.executable, ROOT / "bench" / "gate.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
