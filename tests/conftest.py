"""What several test modules share: the reader, opened once a session."""

from __future__ import annotations

import pytest
from case_files import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with its codebook loaded."""
    # Imported here because it is heavy: most test modules need no parser.
    from detente.pipeline import open_reader

    return open_reader()
