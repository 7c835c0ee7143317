"""A plain text becomes a report whose text is the file's own content.

Takes no title out of it and guesses no language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from detente.ingest.outcome import Given, Outcome, SetAside, Taken
from detente.model.report import UNDATED, Report

# Parsers work line by line: a line longer than a book is worth a word to the person who gave it.
LONG_LINE = 1_000_000


class Plain:
    """Any text that is of no other format."""

    name = "plain text"

    def fits(self, given: Given) -> float:
        return 0.0 if given.text is None else 0.01

    def read(self, given: Given) -> Iterator[Outcome]:
        yield warned(read_plain(given.source, given.text or "", given.published), given.warnings)


def warned(outcome: Outcome, warnings: tuple[str, ...]) -> Outcome:
    """The outcome with what is to be said about the file's encoding first."""
    return replace(outcome, warnings=warnings + outcome.warnings) if isinstance(outcome, Taken) else outcome


def read_plain(source: str, text: str, published: date | None) -> Outcome:
    """The report of a plain text, with warnings where it is undated or one endless line."""
    if not text.strip("\ufeff \t\r\n\v\f\xa0\u2028\u2029"):
        return SetAside(source, "only blank space", "give a file that holds a report")
    return Taken(source, Report(text=text, published=published), text_warnings(text, published))


def text_warnings(text: str, published: date | None) -> tuple[str, ...]:
    """What a person should know of any report's text and date."""
    longest = max(map(len, text.split("\n")), default=0)
    long_line = f"a single line of {longest:,} characters: kept whole, but slow to read; break it into paragraphs"
    return ((long_line,) if longest > LONG_LINE else ()) + (() if published else (UNDATED,))
