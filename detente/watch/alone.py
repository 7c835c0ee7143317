"""One watch on one archive: a second one would ask everybody twice. The lock ends with the process, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NotAlone(Exception):
    """Another watch works on the archive."""


@contextmanager
def alone_on(archive: Path) -> Iterator[None]:
    """Holds the lock of an archive (a file beside it); NotAlone where another watch holds it."""
    try:
        import fcntl
    except ImportError:  # Windows has none; there two watches are the user's to avoid.
        yield
        return
    path = archive.with_name(f"{archive.name}-watch")
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            raise NotAlone(f"{archive}: another watch works on it; end that one first (detente status)") from problem
        yield
