"""The archive of these tests, in a file and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.store import Archive


@pytest.fixture
def archive(place: Path | str) -> Iterator[Archive]:
    """A new archive."""
    with Archive.open(place) as made:
        yield made
