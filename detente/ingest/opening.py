"""Given bytes are read by the reader that knows their format, and what lies inside of them in turn, to the last report.

Keeps count of what is unpacked, and is the fence that no broken input gets through. Knows no format.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.ingest.encoding import decode
from detente.ingest.limits import DEEPEST, Budget, TooMuch
from detente.ingest.outcome import Given, Outcome, SetAside, Taken
from detente.ingest.readers import all_readers, surest
from detente.ingest.sniff import binary_kind
from detente.model.origin import Origin, first_found
from detente.model.plugins import Reader

log = logging.getLogger(__name__)
KNOWN = "plain text, HTML, PDF, mail, feeds, JSON Lines, CSV, Parquet, WARC, ZIP or gzip"


def read_given(given: Given, readers: Sequence[Reader] | None = None) -> Iterator[Outcome]:
    """The reports in these bytes, however deep they lie, and what had to be set aside."""
    yield from _opened(given, all_readers() if readers is None else readers, Budget(), 1)


def _opened(given: Given, readers: Sequence[Reader], budget: Budget, depth: int) -> Iterator[Outcome]:
    if not given.data:
        yield SetAside(given.source, "empty", "give a file that holds a report")
        return
    kind = binary_kind(given.data)
    if kind is None:
        decoded = decode(given.data, given.charset)
        given = replace(given, text=decoded.text, warnings=decoded.warnings)
    reader = surest(readers, given)
    if reader is None:
        yield SetAside(given.source, f"{kind or 'an unknown format'}, no text", f"save it as {KNOWN}")
        return
    try:
        for item in reader.read(given):
            if isinstance(item, Given):
                yield from _inside(item, readers, budget, depth + 1)
            else:
                yield _completed(item, given, reader.name)
    except TooMuch as problem:
        yield SetAside(given.source, f"{reader.name}: {problem}", "unpack it yourself, if you trust it, and divide it")
    # The last fence: libraries for broken formats raise whatever they like, and the other inputs are to be done.
    except Exception as problem:
        log.debug("reading %s failed", given.source, exc_info=True)
        reason = f"{reader.name}, broken or not whole ({type(problem).__name__}: {str(problem)[:200]})"
        yield SetAside(given.source, reason, "get it anew; what could be read before was taken")


def _completed(item: Outcome, given: Given, form: str) -> Outcome:
    """What a report's input lay in (a web archive, a letter) fills in what it does not say itself, and stays known."""
    if not isinstance(item, Taken) or not given.known:
        return item
    report, url, outlet = item.report, first_found(given.known, "url"), first_found(given.known, "outlet")
    origin = report.origin or Origin(form, given.sha256)
    more = tuple(found for found in given.known if found not in origin.found)
    told = replace(
        report,
        url=report.url or (url.value if url else None),
        outlet=report.outlet or (outlet.value if outlet else None),
        origin=replace(origin, found=(*origin.found, *more)),
    )
    return replace(item, report=told)


def _inside(given: Given, readers: Sequence[Reader], budget: Budget, depth: int) -> Iterator[Outcome]:
    budget.spend(len(given.data))
    if depth > DEEPEST:
        yield SetAside(given.source, f"packed more than {DEEPEST} times", "unpack it yourself, if you trust it")
        return
    yield from _opened(given, readers, budget, depth)
