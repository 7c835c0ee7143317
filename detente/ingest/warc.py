"""A web archive (WARC, plain or gzip): its pages, texts, feeds and PDF documents are read in turn, by their addresses.

Pictures, styles and scripts are passed over and counted. The day of capture is kept and is no publication date.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.ingest.content_encoding import joined_chunks, unpacked_body
from detente.ingest.described import counted
from detente.ingest.gzipped import first_bytes
from detente.ingest.limits import LARGEST_INPUT, LARGEST_PDF, LARGEST_TOTAL, MEGA, TooMuch, Unpacked, told, unpack
from detente.ingest.outcome import Given, Note, Outcome, SetAside
from detente.model.origin import Found

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

MARK = b"WARC/"
# What a report may come as; a type that is not said is looked at too.
READ = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/pdf",
    "text/xml",
    "application/xml",
    "rss",
    "atom",
)
READ_TOO = ("application/feed+json",)
# What crawlers fetch for themselves.
ROBOTS = "/robots.txt"
SHOWN = 6
ERRORS = (OSError, ValueError, RuntimeError)
_ANEW = "get the file anew; what came before was read"


class Warc:
    """A file of what a crawler fetched."""

    name = "WARC"

    def fits(self, given: Given) -> float:
        data = given.data
        return 0.95 if data.startswith(MARK) or first_bytes(data, len(MARK)).startswith(MARK) else 0.0

    def read(self, given: Given) -> Iterator[Outcome | Given]:
        # Late, because most inputs are no web archives.
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        passed: Counter[str] = Counter()
        kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
        size, number = 0, 0
        try:
            for record in ArchiveIterator(io.BytesIO(given.data), record_types=kinds, parse_http=False):
                size, number = size + record.content_length, number + 1
                if record.content_length > LARGEST_INPUT or size > LARGEST_TOTAL:
                    raise TooMuch(f"unpacks to more than {told(LARGEST_TOTAL)}, or one record to {told(LARGEST_INPUT)}")
                yield from _record(given, record, passed)
        except ERRORS as problem:
            yield SetAside(given.source, f"broken after {number} records ({problem})", _ANEW)
        else:
            if not number:
                yield SetAside(given.source, "a web archive without records of pages", "give one that holds pages")
        if passed:
            kinds_told = ", ".join(f"{kind} {count}" for kind, count in passed.most_common(SHOWN))
            yield Note(
                given.source,
                f"{counted(passed.total(), 'record', 'records')} that can be no report passed over: {kinds_told}",
            )


def _record(given: Given, record: WarcRecord, passed: Counter[str]) -> Iterator[Outcome | Given]:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    source = url or "a record without address"
    size = record.content_length
    raw = unpack(_pieces(record), max(size, MEGA), ERRORS)
    whole = len(raw.data) == size and not raw.broken
    record.set_bytes_content(raw.data)
    body = _body(record, passed, url, len(raw.data))
    if body is None:
        return
    if body.data:
        yield given.inside(source, body.data, tuple(_known(record, url)))
    if not whole or body.broken or not body.data:
        reason = raw.broken or body.broken or ("it breaks off" if not whole else "no content")
        yield SetAside(f"{given.source}, {source}", f"a record that is not whole ({reason})", _ANEW)


def _body(record: WarcRecord, passed: Counter[str], url: str, size: int) -> Unpacked | None:
    """What was fetched, free of its wrappings; None, and counted, where it can be no report."""
    kind, packed = (record.headers.get("Content-Type") or "").lower(), ""
    chunked = False
    if kind.startswith("application/http"):
        try:
            # What servers pack is unpacked below, within limits; the library would do it whole.
            record.parse_http(auto_decode="none")
        except ERRORS as problem:
            return Unpacked(b"", str(problem))
        answer = record.http_headers
        if answer is None:
            return Unpacked(b"", "no answer of a server")
        if answer.status_code != 200:
            passed[f"status {answer.status_code}"] += 1
            return None
        *ways, last = (answer.get("Transfer-Encoding") or "").lower().split(",")
        chunked = last.strip() == "chunked"
        packed = ",".join([answer.get("Content-Encoding") or "", *(ways if chunked else (*ways, last))])
        kind = (record.http_content_type or "").lower()
    if url.endswith(ROBOTS) or not _is_read(kind):
        passed[ROBOTS.strip("/") if url.endswith(ROBOTS) else kind.partition(";")[0].strip() or "nothing"] += 1
        return None
    try:
        body = unpack(_pieces(record), max(size, MEGA), ERRORS)
        body = joined_chunks(body.data) if chunked and not body.broken else body
        return body if body.broken else unpacked_body(body.data, packed)
    except TooMuch as problem:
        return Unpacked(b"", str(problem))


def _is_read(kind: str) -> bool:
    return not kind or any(name in kind for name in READ) or kind.startswith(READ_TOO)


def _known(record: WarcRecord, url: str) -> Iterator[Found]:
    if url:
        yield Found("url", url, "WARC-Target-URI")
    if day := record.headers.get("WARC-Date"):
        yield Found("captured", day, "WARC-Date")


def _pieces(record: WarcRecord) -> Iterator[bytes]:
    size = 0
    while piece := record.reader.read(MEGA):
        size += len(piece)
        if size > LARGEST_PDF:
            raise ValueError(f"larger than {told(LARGEST_PDF)}")
        yield piece
