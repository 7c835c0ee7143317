"""One watch on one archive: a second one would ask everybody twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from detente.store import Archive


class NotAlone(Exception):
    """Another watch works on the archive."""


@contextmanager
def alone_on(archive: Archive) -> Iterator[None]:
    """Keeps other watches from an archive; NotAlone where one works on it already."""
    with archive.only_watch() as alone:
        if not alone:
            raise NotAlone(f"{archive.path}: another watch works on it; end that one first (detente status)")
        yield
