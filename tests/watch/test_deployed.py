"""What the documentation and the files for running the watch say is what the program takes."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import typer.main

from detente.cli import app
from detente.watch.sources_file import read_sources
from detente.watch.table import SourcesError

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "watch.md").read_text(encoding="utf-8")
EXAMPLE = PAGE.partition("```toml\n")[2].partition("```")[0]


def test_the_example_of_the_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(EXAMPLE, encoding="utf-8")
    plan = read_sources(tmp_path / "sources.toml")
    assert len(plan.sources) == 3 and len(plan.channels) == 4
    usual = read_sources(_least(tmp_path))
    assert (plan.limits, plan.alerting) == (usual.limits, usual.alerting), "the page shows the usual values"


def _least(folder: Path) -> Path:
    path = folder / "least.toml"
    path.write_text('[[feed]]\nname = "x"\nurl = "https://a.example/"\n')
    return path


@pytest.mark.parametrize("table", ["watch", "limits", "alerts", "deliver"])
def test_every_key_stands_in_the_example(tmp_path: Path, table: str) -> None:
    (tmp_path / "s.toml").write_text(f'[{table}]\nnone_such = 1\n[[feed]]\nname = "x"\nurl = "https://a.example/"\n')
    with pytest.raises(SourcesError) as problem:
        read_sources(tmp_path / "s.toml")
    known = set(str(problem.value).partition("keys here are ")[2].split(", "))
    assert known == set(tomllib.loads(EXAMPLE)[table])


def test_the_service_and_the_container_call_the_program_as_it_is_called() -> None:
    unit = (ROOT / "deploy" / "detente-watch.service").read_text()
    container = (ROOT / "deploy" / "Containerfile").read_text()
    group = typer.main.get_command(app)
    options = {o for p in group.commands["watch"].params for o in p.opts}  # type: ignore[attr-defined]
    command = next(line for line in unit.splitlines() if line.startswith("ExecStart=")).partition("=")[2]
    called = shlex.split(command)
    assert called[1] == "watch" and {word for word in called if word.startswith("--")} <= options
    words = re.findall(r'"([^"]*)"', next(line for line in container.splitlines() if line.startswith("CMD")))
    assert words[0] == "watch" and {word for word in words if word.startswith("--")} <= options
    for fence in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n", "DynamicUser=yes"):
        assert fence in unit


def test_what_the_threat_model_names_is_there() -> None:
    words = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert [name for name in re.findall(r"`(tests/[\w/.]+)`", words) if not (ROOT / name).exists()] == []
