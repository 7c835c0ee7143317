"""`detente release`: a folder that is there wholly or not, is checked, and is read again to the same rows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def stored(run: Run, folder: Path) -> Path:
    (folder / "other.txt").write_text("Other words of no kind.")
    run("read", "report.txt", "other.txt", "--published", "2024-05-14")
    return folder


def test_a_release_is_written_checked_and_replicated(run: Run, stored: Path) -> None:
    done = run("release", "Villages 1.0", "--out", "rel", "--author", "Ana Lund")
    assert done.exit_code == 0 and "5 events, 2 statements" not in done.stdout and "2 reports" in done.stderr
    checked = run("release", "check", "rel", "--replicate")
    assert checked.exit_code == 0 and "2 reports give the same rows, byte for byte" in checked.stderr


def test_rows_that_are_not_those_of_the_texts_are_found(run: Run, stored: Path) -> None:
    run("release", "Villages", "--out", "rel")
    lines = (stored / "rel" / "reports.jsonl").read_text().splitlines()
    told = json.loads(lines[0]) | {"outlet": "Another"}
    (stored / "rel" / "reports.jsonl").write_text("\n".join([json.dumps(told), *lines[1:]]) + "\n")
    assert run("release", "check", "rel").exit_code == 1
    sums = (stored / "rel" / "SHA256SUMS").read_text()
    import hashlib

    digest = hashlib.sha256((stored / "rel" / "reports.jsonl").read_bytes()).hexdigest()
    (stored / "rel" / "SHA256SUMS").write_text(re.sub(r"\w{64}  reports.jsonl", f"{digest}  reports.jsonl", sums))
    assert run("release", "check", "rel").exit_code == 0, "the sums alone can be forged"
    again = run("release", "check", "rel", "--replicate")
    assert again.exit_code == 1 and "tables/events.csv: other rows when read again" in again.stderr


def test_without_text_nothing_can_be_read_again(run: Run, stored: Path) -> None:
    assert run("release", "Villages", "--out", "rel", "--no-text").exit_code == 0
    assert run("release", "check", "rel").exit_code == 0
    refused = run("release", "check", "rel", "--replicate")
    assert refused.exit_code == 1 and "made with --no-text" in refused.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("release", "Villages"), "--out FOLDER"),
        (("release", "../x", "--out", "rel"), "is no name"),
        (("release", "Villages", "--out", "there"), "is there already"),
        (("release", "Villages", "--out", "no/such/folder"), "is no folder"),
        (("release", "Villages", "--out", "rel", "--no-text", "--names"), "--names"),
        (("release", "Villages", "rel", "--out", "rel"), "go with check"),
        (("release", "check"), "release check FOLDER"),
    ],
)
def test_wrong_usage_is_told_in_one_line(run: Run, stored: Path, words: tuple[str, ...], told: str) -> None:
    (stored / "there").mkdir()
    done = run(*words)
    assert done.exit_code == 2 and told in done.stderr and len(done.stderr.splitlines()) == 1
    assert sorted(p.name for p in stored.iterdir() if p.is_dir()) == ["there"]


def test_what_is_no_release_is_told(run: Run, stored: Path) -> None:
    done = run("release", "check", ".")
    assert done.exit_code == 1 and "no release" in done.stderr
    assert run("release", "check", "nowhere").exit_code == 1
