"""The command line as a program: help and version answer at once, without the parser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from typer.testing import Result

Run = Callable[..., Result]
HEAVY = ("spacy", "trafilatura", "alembic", "jinja2", "detente.pipeline")


def test_version_and_help(run: Run) -> None:
    assert run("--version").stdout.startswith("detente ")
    for command in ("read", "show", "list", "search"):
        assert command in run("--help").stdout
        assert run(command, "--help").exit_code == 0


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from detente.cli import app\n"
        "try: app(['read', '--help'])\n"
        f"except SystemExit: print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "LOADED []"


def test_the_package_runs_as_a_module() -> None:
    result = subprocess.run([sys.executable, "-m", "detente", "read", "no-such-file"], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "no-such-file: set aside: no such file; check the path\n"
