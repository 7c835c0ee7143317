"""Quality may not fall below the floors of bench/floors.json, and the gate would notice if it did."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    return importlib.import_module("gate")


@pytest.fixture
def gold(gate: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(gate, "reached", lambda gold: {"events.type.P": 0.7, "places.found": 0.9})
    return gate.DEVELOPMENT


def test_a_figure_below_its_floor_is_named(gate: Any, gold: Any) -> None:
    floor = gate.Floor(gold.digest(), {"events.type.P": 0.71, "places.found": 0.9})
    assert gate.falls(gold, floor) == ["development: events.type.P is 0.700, its floor is 0.710"]


def test_changed_gold_and_a_missing_floor_are_faults(gate: Any, gold: Any) -> None:
    assert "gold data changed" in gate.falls(gold, gate.Floor("another", {}))[0]
    assert "no floor yet" in gate.falls(gold, None)[0]


def test_floors_are_raised_and_never_lowered(gate: Any, gold: Any) -> None:
    floor = gate.Floor(gold.digest(), {"events.type.P": 0.8, "places.found": 0.5})
    assert gate.raised(gold, floor).figures == {"events.type.P": 0.8, "places.found": 0.9}


@pytest.mark.slow
def test_no_figure_falls_below_its_floor() -> None:
    done = subprocess.run([sys.executable, ROOT / "bench" / "gate.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
