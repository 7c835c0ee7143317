"""A mailbox (mbox) is parted into its letters, each read in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.ingest.outcome import Given, Outcome

# "From somebody@example.org Tue Mar  5 10:22:31 2024", at the start of the file or behind an empty line.
START = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S{0,200}[^\r\n]{0,80}\d{4}[^\r\n]{0,40}\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)"
)
HEAD = 65_536
# Programs write ">From" for a line of the letter that would look like the start of another one.
KEPT = re.compile(rb"^>(>*From )", re.MULTILINE)


class Mailbox:
    """A file of letters, one after the other."""

    name = "mailbox"

    def fits(self, given: Given) -> float:
        return 0.85 if START.match(given.data[:HEAD]) else 0.0

    def read(self, given: Given) -> Iterator[Outcome | Given]:
        found = [(start.start(), start.end()) for start in START.finditer(given.data)]
        ends = [start for start, _ in found[1:]] + [len(given.data)]
        for number, ((_, start), end) in enumerate(zip(found, ends, strict=True), start=1):
            letter = given.data[start:end].rstrip(b"\r\n") + b"\n"
            yield given.inside(f"letter {number}", KEPT.sub(rb"\1", letter))
