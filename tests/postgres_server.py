"""A PostgreSQL server for tests: one that DETENTE_TEST_POSTGRES names, or one started from Debian's packages.

An archive gets a schema of its own, so that tests do not see each other.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

LACKING = "no PostgreSQL here; on Debian: apt install postgresql, or name a server by DETENTE_TEST_POSTGRES"


@dataclass
class Server:
    """A running server; `new()` gives the address of an empty archive in it."""

    url: str
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def new(self) -> str:
        import psycopg

        name = f"detente_{os.getpid()}_{next(self._numbers)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{self.url}{'&' if '?' in self.url else '?'}options=-csearch_path%3D{name}"


@contextmanager
def running() -> Iterator[Server | None]:
    """A server, or None where there is none and none can be started."""
    given = os.environ.get("DETENTE_TEST_POSTGRES")
    if given:
        yield Server(given)
        return
    programs = _programs()
    if programs is None or not _has_driver():
        yield None
        return
    # Short, because the name of a socket may be; not pytest's, because another user must get in.
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        os.chmod(folder, 0o755)
        data, log = Path(folder) / "data", Path(folder) / "log"
        data.mkdir()
        user = _owner(Path(folder), data)
        run = ["runuser", "-u", user, "--"] if user else []
        silent = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        start = f"{silent} -c unix_socket_directories={folder}"
        try:
            _call([*run, str(programs / "initdb"), "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8"])
            _call([*run, str(programs / "pg_ctl"), "-D", str(data), "-l", str(log), "-w", "-o", start, "start"])
        except (OSError, subprocess.SubprocessError):
            yield None
            return
        try:
            yield Server(f"postgresql://tester@/postgres?host={folder}")
        finally:
            _call([*run, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"])


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None


def _owner(folder: Path, data: Path) -> str | None:
    """The user whose server it is: it refuses to run as root."""
    if os.getuid() != 0:
        return None
    shutil.chown(data, "postgres")
    shutil.chown(folder, "postgres")
    return "postgres"


def _has_driver() -> bool:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return False
    return True


def _call(command: list[str]) -> None:
    # The server that pg_ctl leaves behind must not keep our pipes open.
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, cwd="/")
