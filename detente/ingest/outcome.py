"""What comes of one input: a report taken in with its warnings, or a set-aside with the reason and the remedy.

Every message is one line, whatever file names or contents hold. Nothing here reads files.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.model.report import Report


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


Outcome = Taken | SetAside


def one_line(message: str) -> str:
    """The message with line breaks and control characters written out, so that it stays one harmless line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in message)
