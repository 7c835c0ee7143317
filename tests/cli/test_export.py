"""`detente export`: whole or not at all, the same again, and told what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from factory import sample
from typer.testing import CliRunner, Result

from detente.cli import app
from detente.cli import export as command
from detente.export.exporters import all_exporters
from detente.model.exported import ExportError, Wishes, Written
from detente.store import Archive


@pytest.fixture
def archive(tmp_path: Path) -> str:
    with Archive.open(tmp_path / "a.db") as store:
        store.add(sample())
    return str(tmp_path / "a.db")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("name", sorted(all_exporters()))
def test_an_export_is_the_same_again(name: str, archive: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    found = []
    for _ in range(2):
        result = run("export", name, "--archive", archive, "--out", str(out))
        assert result.exit_code == 0, result.stderr
        files = sorted(out.iterdir()) if out.is_dir() else [out]
        found.append([path.read_bytes() for path in files])
    assert found[0] == found[1] and " in " in result.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_unknown_format_is_told_those_there_are(archive: str, tmp_path: Path) -> None:
    result = run("export", "excel", "--archive", archive, "--out", str(tmp_path / "x"))
    assert result.exit_code == 2 and "polecat, icews" in result.stderr


def test_a_broken_export_leaves_what_was_there(archive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def write(self, readings: object, target: Path, wishes: Wishes) -> Written:
            target.write_text("half")
            raise ExportError("row 7: no date")

    out = tmp_path / "x.csv"
    out.write_text("before")
    monkeypatch.setattr(command, "all_exporters", lambda: {"broken": Broken()})
    result = run("export", "broken", "--archive", archive, "--out", str(out))
    assert result.exit_code == 1 and "row 7: no date" in result.stderr
    assert out.read_text() == "before" and len(list(tmp_path.iterdir())) == 2


def test_the_archive_is_not_written_over(archive: str, tmp_path: Path) -> None:
    assert run("export", "csv", "--archive", archive, "--out", archive).exit_code == 2
    assert run("export", "csv", "--archive", archive, "--out", str(tmp_path / "none" / "x.csv")).exit_code == 2
