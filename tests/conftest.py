"""What several test modules share: the reader, opened once a session, and the knowledge it has loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from case_files import Reader
from postgres_server import LACKING, Server, running

if TYPE_CHECKING:
    from detente.pipeline import Kit


@pytest.fixture(scope="session", autouse=True)
def nothing_added(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests see the packaged knowledge, whatever the person who runs them has added."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DETENTE_KNOWLEDGE", str(tmp_path_factory.mktemp("own")))
        yield


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with its codebook loaded."""
    # Imported here because it is heavy: most test modules need no parser.
    from detente.pipeline import open_reader

    return open_reader()


@pytest.fixture(scope="session")
def kit(reader: Reader) -> Kit:
    """What the reader has loaded: tests of single stages take from it what their stage needs."""
    from read_texts import ShortKit

    loaded: Kit = reader._kit  # type: ignore[attr-defined]
    return ShortKit(**{field.name: getattr(loaded, field.name) for field in fields(loaded)})


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; tests that ask for it are skipped where there is none."""
    with running() as server:
        if server is None:
            pytest.skip(LACKING)
        yield server


@pytest.fixture(params=["file", "server"])
def new_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path | str]:
    """Gives places where archives can be made: whoever asks runs with files and with a server."""
    if request.param == "server":
        new: Callable[[], str] = request.getfixturevalue("postgres").new
        return new
    return lambda: tmp_path_factory.mktemp("archive") / "a.db"


@pytest.fixture
def place(new_place: Callable[[], Path | str]) -> Path | str:
    """Where an archive can be made."""
    return new_place()
