"""A letter (EML) becomes a report: its words with subject, sender and date. Attachments that may be reports are read.

Pictures, signatures and calendars are passed over and named. Nothing is fetched that the letter points to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from detente.ingest.described import report_of
from detente.ingest.encoding import decode
from detente.ingest.markup import words_of
from detente.ingest.outcome import Given, Note, Outcome, SetAside
from detente.ingest.plain import warned
from detente.ingest.publication import day_told
from detente.model.origin import Found, first_found

HEAD = 16_384
HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):[ \t]", re.MULTILINE)
# A letter that was sent has one of these; somebody's notes that open with "From:" have not.
SENT = {b"message-id", b"received", b"mime-version", b"return-path", b"dkim-signature"}
WRITTEN = {b"from", b"date", b"subject", b"to"}
# Attachments that may hold a report.
READ = re.compile(
    r"text/(?:plain|html|csv|tab)|application/(?:pdf|json|xml|zip|gzip|x-gzip|octet-stream|x-zip.*|x-ndjson)|message/rfc822"
)
MOST_PARTS = 1_000


class Mail:
    """A letter as mail programs save it."""

    name = "mail"

    def fits(self, given: Given) -> float:
        head = given.data[:HEAD].removeprefix(b"\xef\xbb\xbf")
        first = HEADER.match(head)
        if first is None:
            return 0.0
        names = {name.lower() for name in HEADER.findall(head.replace(b"\r\n", b"\n").partition(b"\n\n")[0])}
        return 0.75 if names & SENT and len(names & WRITTEN) >= 2 else 0.0

    def read(self, given: Given) -> Iterator[Outcome | Given]:
        letter = message_from_bytes(given.data.removeprefix(b"\xef\xbb\xbf"), policy=policy.default)
        text, warnings = _words(letter)
        attached = list(_attached(letter))
        if text.strip() or not attached:
            yield warned(report_of(given.source, "mail", text, _told(letter), given), warnings)
        passed = []
        known, day = _of_letter(letter)
        for number, part in enumerate(attached, start=1):
            name = _shown(part.get_filename()) or f"attachment {number}"
            if READ.fullmatch(part.get_content_type()):
                data = _content(part)
                if data:
                    yield given.inside(name, data, known, day)
                else:
                    yield SetAside(f"{given.source}, {name}", "an empty or broken attachment", "ask for it again")
            else:
                passed.append(f"{name} ({part.get_content_type()})")
        if passed:
            yield Note(given.source, f"attachments that are no reports were passed over: {', '.join(passed[:20])}")


def _words(letter: EmailMessage) -> tuple[str, tuple[str, ...]]:
    """The letter's own words, from its plain part or else from its HTML."""
    try:
        body = letter.get_body(("plain", "html"))
    # The library fails in its own ways on letters whose parts do not fit together.
    except (MessageError, AttributeError, KeyError, ValueError, TypeError, RecursionError):
        return "", ("the letter's parts do not fit together",)
    if body is None:
        return "", ()
    decoded = decode(_bytes(body), body.get_content_charset())
    html = body.get_content_type() == "text/html"
    text = words_of(decoded.text) if html else decoded.text.replace("\r\n", "\n").strip("\n")
    return text, decoded.warnings


def _bytes(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attached(letter: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that somebody attached; letters in letters whole."""
    waiting, seen = [letter], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(), seen + 1
        if part is not letter and part.get_content_type() == "message/rfc822":
            yield part
        elif part.is_multipart():
            waiting += reversed([inner for inner in part.get_payload() if isinstance(inner, EmailMessage)])
        elif part is not letter and (part.get_content_disposition() == "attachment" or part.get_filename()):
            yield part


def _content(part: EmailMessage) -> bytes:
    if part.get_content_type() != "message/rfc822":
        return _bytes(part)
    inner = part.get_payload()
    return inner[0].as_bytes() if isinstance(inner, list) and inner else b""  # type: ignore[union-attr]


def _of_letter(letter: EmailMessage) -> tuple[tuple[Found, ...], date | None]:
    """What a letter tells of what is attached to it: who sent it and when."""
    kept = [found for found in _told(letter) if found.field in ("outlet", "published") and found.value]
    sent = first_found(kept, "published")
    known = tuple(replace(found, how=f"{found.how} of its letter") for found in kept)
    return known, day_told(sent.value) if sent else None


def _told(letter: EmailMessage) -> Iterator[Found]:
    author, address = parseaddr(_header(letter, "From"))
    outlet = author or address
    for value, field, how in (
        (_header(letter, "Subject"), "title", "the Subject header"),
        (outlet, "outlet", "the From header"),
        (_header(letter, "Date"), "published", "the Date header"),
        (_header(letter, "Content-Language").partition(",")[0], "language", "the Content-Language header"),
        (_header(letter, "Message-ID"), "id", "the Message-ID header"),
        (_header(letter, "Archived-At").strip("<>"), "url", "the Archived-At header"),
    ):
        yield Found(field, value, how)  # type: ignore[arg-type]


def _header(letter: EmailMessage, name: str) -> str:
    try:
        return _shown(letter.get(name))
    # Headers are parsed when they are asked for, and some cannot be.
    except (MessageError, AttributeError, IndexError, ValueError, TypeError, KeyError, OverflowError):
        return ""


def _shown(value: object) -> str:
    return "" if value is None else str(value)
