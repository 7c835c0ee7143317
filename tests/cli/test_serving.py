"""`detente serve` as a process: ready, loopback only, ended by a signal."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from factory import sample
from typer.testing import CliRunner

from detente.cli import app
from detente.store import Archive


@pytest.fixture
def archive(tmp_path: Path) -> str:
    with Archive.open(tmp_path / "a.db") as store:
        store.add(sample())
    return str(tmp_path / "a.db")


def test_it_serves_until_it_is_ended(archive: str, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "detente", "serve", "--archive", archive, "--port", str(port)]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, env=os.environ | {"DETENTE_KNOWLEDGE": str(tmp_path / "own")}
    )
    try:
        assert _answer(port, "/healthz", process) == b"ok\n"
        assert sample().report.id.encode() in _answer(port, "/api/v1/reports", process)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


def _answer(port: int, path: str, process: subprocess.Popen[bytes]) -> bytes:
    for _ in range(200):
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                return bytes(answer.read())
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server never answered")


def test_others_need_a_token(archive: str, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(app, ["serve", "--archive", archive, *words])
        assert result.exit_code == 2
        return result.stderr

    assert "--token-file" in run("--host", "0.0.0.0")
    (tmp_path / "short").write_text("abc")
    assert "16" in run("--token-file", str(tmp_path / "short"))
    assert "cannot be read" in run("--token-file", str(tmp_path / "none"))
