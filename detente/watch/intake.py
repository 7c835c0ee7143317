"""What was fetched becomes reports, and reports are read and kept: each once, wholly or not at all.

Fetches nothing; what is known of the outlet from sources.toml goes before what the page says.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from detente.ingest.opening import read_given
from detente.ingest.publication import day_told
from detente.model.coded import CodedReport
from detente.model.inputs import Given, SetAside, Taken
from detente.model.origin import Found
from detente.model.report import Report
from detente.store import Archive, ArchiveError
from detente.store.watching import WatchLog
from detente.watch.addresses import joined, shown
from detente.watch.failure import Failed, Kind
from detente.watch.sources import Source
from detente.watch.tally import tell

ReadReport = Callable[[Report], CodedReport]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes from the web with what is known of them from where they were named."""

    url: str
    body: bytes
    title: str | None = None
    published: str | None = None
    charset: str | None = None


def reports_in(fetched: Fetched, source: Source) -> list[Taken]:
    """The reports in what was fetched; Failed where there are none."""
    told = day_told(fetched.published) if fetched.published else None
    known = (Found("url", fetched.url, "the address that it was fetched from"),)
    given = Given(shown(fetched.url), fetched.body, published=told, known=known, charset=fetched.charset)
    taken: list[Taken] = []
    why = "nothing that could be read"
    for outcome in read_given(given):
        if isinstance(outcome, Taken):
            taken.append(replace(outcome, report=_as_told(outcome.report, fetched, source)))
        elif isinstance(outcome, SetAside):
            why = outcome.reason
    if not taken:
        raise Failed(Kind.kind, why, lasting=True)
    return taken


def _as_told(report: Report, fetched: Fetched, source: Source) -> Report:
    return replace(
        report,
        title=report.title or fetched.title,
        outlet=source.outlet or report.outlet,
        url=_own_address(report.url, fetched.url),
        language=report.language or source.language,
    )


def _own_address(told: str | None, fetched: str) -> str:
    """The address that a page says is its own, where it is on the same host; else where it was fetched from."""
    own = joined(fetched, told) if told else None
    return own if own and urlsplit(own).hostname == urlsplit(fetched).hostname else fetched


def digest_of(report: Report) -> str:
    """The same for the same words by the same outlet, wherever and whenever they stand."""
    words = " ".join(report.text.split())
    return hashlib.sha256(f"{report.outlet or ''}\x1f{words}".encode("utf-8", "replace")).hexdigest()


class Intake:
    """Reads reports and keeps them in the archive."""

    def __init__(self, archive: Archive, log: WatchLog, read: ReadReport) -> None:
        self._archive, self._log, self._read = archive, log, read

    def take(self, taken: Taken) -> bool:
        """Reads and keeps a report; False where the archive holds it already, and then nothing is read.

        Failed where reading fails; ArchiveError where it cannot be kept.
        """
        report = taken.report
        if self._log.has_report(report.id):
            return False
        try:
            coded = self._read(report)
        # The last fence: whatever goes wrong in one report, the others are done and this one does not vanish.
        except Exception as problem:
            log.debug("reading %s failed", taken.source, exc_info=True)
            raise Failed(Kind.reading, f"{type(problem).__name__}: {str(problem)[:200]}", lasting=True) from problem
        warnings = tuple(dict.fromkeys((*taken.warnings, *coded.warnings)))
        try:
            stored = self._archive.add(coded.with_(warnings=warnings))
        except ArchiveError as problem:
            if isinstance(problem.__cause__, UnicodeEncodeError):
                # A fault of the report, not of the archive: waiting would not mend it.
                raise Failed(Kind.reading, "the text holds broken characters", lasting=True) from problem
            raise
        if stored.deleted is not None:
            tell("deleted before", report=report.id)
        return stored.new
