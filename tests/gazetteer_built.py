"""The gazetteer's tables, built once for all tests that need places (the build takes some seconds)."""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from detente.codebook.build_gazetteer import build_gazetteer


@cache
def built_gazetteer() -> Path:
    """A knowledge file that holds the gazetteer only."""
    folder = Path(tempfile.mkdtemp(prefix="gazetteer-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with closing(sqlite3.connect(folder / "knowledge.sqlite")) as connection:
        build_gazetteer(connection)
    return folder / "knowledge.sqlite"
