"""What goes wrong with an archive, in one line that says what to do. Knows where an archive is, and no database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

_SHOWN = ("host", "port", "options", "sslmode")
SERVERS = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """The address of an archive in a PostgreSQL database, as libpq takes it (PostgreSQL manual, 34.1.1.2)."""

    url: str

    def __str__(self) -> str:
        """The address as it may be shown and logged: without passwords, with such options only as hold none."""
        try:
            url = make_url(self.url)
        except (ArgumentError, ValueError):
            return f"{self.url.partition('://')[0]}://..."
        shown = {name: value for name, value in url.query.items() if name in _SHOWN}
        return url.set(password=None, query=shown).render_as_string()


# Where an archive is: a file, or a database on a server.
ArchivePlace: TypeAlias = Path | ServerAddress


class ArchiveError(Exception):
    """The archive cannot do what was asked; the message is one line and says what to do."""


def archive_error(place: ArchivePlace, reason: str, remedy: str) -> ArchiveError:
    return ArchiveError(f"archive {place}: {reason}; {remedy}")


def place_of(given: Path | str | ServerAddress) -> ArchivePlace:
    """The file or the server that is meant by a name, as it stands on a command line."""
    if isinstance(given, str) and given.startswith(SERVERS):
        return ServerAddress(given)
    return Path(given) if isinstance(given, str) else given
