"""A PDF document becomes a report: the text of its pages, with title and author where the document names them.

The day on which the file was made is kept, and is no publication date. Scans have no text and are set aside; nothing
recognises letters in pictures here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from detente.ingest.described import NO_TEXT, counted, report_of
from detente.ingest.limits import LARGEST_PDF, MEGA, MOST_PAGES, TooMuch, told
from detente.ingest.outcome import Given, Outcome, SetAside, Taken
from detente.ingest.plain import warned
from detente.model.origin import Field, Found, first_found

if TYPE_CHECKING:
    from pypdf import PdfReader

HEAD = 1024
# All that draws the letters and lines of a document; a long report with many charts has a tenth of it.
LARGEST_DRAWN = 64 * MEGA
TOLD: tuple[tuple[str, Field], ...] = (
    ("/Title", "title"),
    ("/Author", "author"),
    ("/CreationDate", "created"),
    ("/ModDate", "modified"),
)
PDF_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
# Titles that programs write by themselves.
NO_TITLE = re.compile(r"^(?:untitled|microsoft word\b.*|.*\.(?:docx?|pdf|indd|rtf|odt))$", re.IGNORECASE)
# A word that is parted at the end of a line.
PARTED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
# A page among the objects of a file, and numbers for objects that no file reaches.
PAGE = re.compile(rb"/Type\s*/Page\b")
NUMBER = re.compile(rb"(\d{1,7})\s+\d{1,5}\s*\Z")
LONGEST_PAGE_HEAD = 2_000
NEW_OBJECTS = (8_000_001, 8_000_000)
PLAIN_SPACES = str.maketrans("\xa0\xad", " -")


class Pdf:
    """A document in the Portable Document Format."""

    name = "PDF"

    def fits(self, given: Given) -> float:
        return 0.9 if b"%PDF-" in given.data[:HEAD] else 0.0

    def read(self, given: Given) -> Iterator[Outcome]:
        # Late, because most inputs are no PDF documents.
        from pypdf.errors import DependencyError, PyPdfError

        if len(given.data) > LARGEST_PDF:
            raise TooMuch(f"larger than {told(LARGEST_PDF)}")
        try:
            document, broken = _opened(given.data)
            if document.is_encrypted and not document.decrypt(""):
                yield SetAside(given.source, "a PDF document locked with a password", "save it without password")
                return
            yield from _read(given, document)
            if broken:
                reason = f"a PDF document that is broken or not whole ({broken})"
                yield SetAside(given.source, reason, "get the file anew; the pages that could be found were read")
        except (DependencyError, NotImplementedError):
            reason = "a PDF document locked in a way that cannot be opened here"
            yield SetAside(given.source, reason, "save it without protection")
        except PyPdfError as problem:
            yield SetAside(given.source, f"a PDF document that is broken ({problem})", "get the file anew")


def _opened(data: bytes) -> tuple[PdfReader, str | None]:
    """The document; one that has lost its table of contents with the pages that can be found, and what is wrong."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        document = PdfReader(io.BytesIO(data))
        # Where the file breaks off, this is what fails.
        _ = len(document.pages)
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError) as problem:
        mended = _mended(data)
        if mended is None:
            raise
        return PdfReader(io.BytesIO(mended)), str(problem)
    return document, None


def _mended(data: bytes) -> bytes | None:
    """The bytes with a new list of the pages among them behind, None where there are no pages to be seen."""
    found = (_number_of(data, match.start()) for match in islice(PAGE.finditer(data), MOST_PAGES))
    pages = list(dict.fromkeys(number for number in found if number))
    if not pages:
        return None
    kids = b" ".join(number + b" 0 R" for number in pages)
    root, tree = NEW_OBJECTS
    return data + (
        b"\nendstream\nendobj\n%d 0 obj\n<< /Type /Pages /Kids [%s] /Count %d >>\nendobj\n" % (tree, kids, len(pages))
        + b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (root, tree)
        + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n0\n%%%%EOF\n" % (root + 1, root)
    )


def _number_of(data: bytes, place: int) -> bytes | None:
    """The number of the object that this place lies in, or None."""
    start = data.rfind(b"obj", max(0, place - LONGEST_PAGE_HEAD), place)
    # "endobj": the object before has ended and the head of this one was not found.
    if start < 0 or data[start - 3 : start] == b"end":
        return None
    number = NUMBER.search(data[max(0, start - 16) : start])
    return number[1] if number else None


def _read(given: Given, document: PdfReader) -> Iterator[Outcome]:
    texts, broken = _pages(document)
    outcome = report_of(given.source, "PDF", tidy("\n".join(texts)), _told(document), given)
    if isinstance(outcome, SetAside) and outcome.reason == NO_TEXT:
        reason = f"a PDF document of {counted(len(texts), 'page', 'pages')} without text (a scan?)"
        outcome = SetAside(given.source, reason, "have its letters recognised first")
    yield warned(outcome, _created(outcome))
    for number, problem in broken:
        reason = f"the page cannot be read ({problem})"
        yield SetAside(f"{given.source}, page {number}", reason, "get the file anew; the other pages were read")
    if len(document.pages) > MOST_PAGES:
        yield SetAside(given.source, f"more than {MOST_PAGES:,} pages", "divide it; the first ones were read")


def _pages(document: PdfReader) -> tuple[list[str], list[tuple[int, str]]]:
    """The text of each page, and the pages that have a fault."""
    texts: list[str] = []
    broken: list[tuple[int, str]] = []
    size = 0
    for number in range(1, min(len(document.pages), MOST_PAGES) + 1):
        try:
            page = document.pages[number - 1]
            drawn = page.get_contents()
            size += len(drawn.get_data()) if drawn is not None else 0
            if size > LARGEST_DRAWN:
                raise TooMuch("too much is drawn on the pages up to this one")
            texts.append(page.extract_text())
        except TooMuch as problem:
            broken.append((number, f"and those behind it: {problem}"))
            break
        # A page can be broken in as many ways as there are objects in it; the others are read.
        except Exception as problem:
            broken.append((number, f"{type(problem).__name__}: {str(problem)[:100]}"))
    return texts, broken


def tidy(text: str) -> str:
    """The text without words parted at line ends and without the spaces of typesetters."""
    lines = (line.rstrip() for line in text.translate(PLAIN_SPACES).splitlines())
    return PARTED.sub("", "\n".join(lines)).strip("\n")


def _told(document: PdfReader) -> Iterator[Found]:
    try:
        told: Mapping[str, object] = document.metadata or {}
    # A broken table of data is no reason not to read the pages.
    except Exception:
        return
    for name, field in TOLD:
        value = told.get(name)
        words = str(value) if value is not None else ""
        day = PDF_DAY.match(words)
        words = "-".join(day.groups()) if day else words
        if words and not (field == "title" and NO_TITLE.match(words.strip())):
            yield Found(field, words, f"the document's {name.strip('/')}")


def _created(outcome: Outcome) -> tuple[str, ...]:
    """A word on the day on which the file was made, where nobody gave another."""
    origin = outcome.report.origin if isinstance(outcome, Taken) and not outcome.report.published else None
    made = first_found(origin.found, "created") if origin else None
    return (f"the file was made on {made.value}, which need not be the day of publication",) if made else ()
