"""What goes into a reader and what comes of it: given bytes; a report, a set-aside with its remedy, or a note.

Every message is one line, whatever file names or contents hold. Nothing here reads files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from detente.model.origin import Found
from detente.model.report import Report


@dataclass(frozen=True)
class Given:
    """Bytes to be read, with what is known of them before anybody looks into them.

    `text` is their text where they are text at all, and `warnings` says how it was decoded. `published` is what the
    person says of reports that say nothing themselves, `columns` where a table has its fields, `known` what the archive
    or message that the bytes lay in tells of them, `charset` the encoding that whoever sent them named.
    """

    source: str
    data: bytes
    text: str | None = None
    warnings: tuple[str, ...] = ()
    published: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    known: tuple[Found, ...] = ()
    charset: str | None = None

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes as they came."""
        return hashlib.sha256(self.data).hexdigest()

    def inside(self, name: str, data: bytes, known: tuple[Found, ...] = (), published: date | None = None) -> Given:
        """Bytes that lay in these ones, to be read in turn; `published` where what they lay in tells a day."""
        day = published or self.published
        return Given(f"{self.source}, {name}", data, None, (), day, self.columns, (*known, *self.known))


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that was taken in, where it came from, and what a person should know about how it was read."""

    source: str
    report: Report
    warnings: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Each warning as one line that names the file."""
        return tuple(one_line(f"{self.source}: warning: {warning}") for warning in self.warnings)


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input that cannot be read as a report, with the reason and what to do about it."""

    source: str
    reason: str
    remedy: str

    @property
    def line(self) -> str:
        """File, reason and remedy as one line."""
        return one_line(f"{self.source}: set aside: {self.reason}; {self.remedy}")


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth a word that is no fault: pictures in a web archive, letters without words."""

    source: str
    words: str

    @property
    def line(self) -> str:
        """File and words as one line."""
        return one_line(f"{self.source}: {self.words}")


Outcome = Taken | SetAside | Note


def one_line(message: str) -> str:
    """The message with line breaks and control characters written out, so that it stays one harmless line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in message)
