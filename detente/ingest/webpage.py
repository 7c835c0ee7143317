"""A saved web page becomes a report: the article's text with its title, outlet, address, language and date where found.

Dates come from the page alone: no free search through the text, no clock. A page without an article is set aside.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from detente.ingest.described import clean, dateline_of
from detente.ingest.encoding import decode
from detente.ingest.limits import LARGEST_PAGE, TooMuch, told
from detente.ingest.outcome import Given, Outcome, SetAside, Taken
from detente.ingest.page_head import head_of
from detente.ingest.plain import text_warnings
from detente.ingest.publication import day_told, parse_day
from detente.ingest.sniff import is_page
from detente.model.origin import Field, Found, Origin
from detente.model.report import Report

if TYPE_CHECKING:
    from trafilatura.settings import Document

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]+)", re.IGNORECASE)
LANGUAGE = re.compile(r"<html\b[^>]*?\slang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
HEAD = 16_384
# `max_date` is far off so that the answer does not hang on the day it is asked; the extensive search guesses from
# copyright lines and running text.
DATES = {"original_date": True, "extensive_search": False, "min_date": "1900-01-01", "max_date": "2199-12-31"}
# Menus and notices have no long sentence; the shortest news item has one.
WORDS_OF_A_SENTENCE = 12
SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019\u00bb)]*(?:\s|$)")


class Webpage:
    """A saved web page, or the part of one that holds the article."""

    name = "HTML"

    def fits(self, given: Given) -> float:
        return 0.6 if given.text is not None and is_page(given.text) else 0.0

    def read(self, given: Given) -> Iterator[Outcome]:
        if len(given.data) > LARGEST_PAGE:
            raise TooMuch(f"larger than {told(LARGEST_PAGE)}")
        yield read_webpage(given.source, given.data, given.published, given.charset)


def read_webpage(source: str, data: bytes, published: date | None, charset: str | None = None) -> Taken | SetAside:
    """The report on a web page; `published` and `charset` are for pages that say nothing themselves."""
    declared = CHARSET.search(data[:HEAD])
    decoded = decode(data, declared.group(1).decode("ascii") if declared else charset)
    page = _extract(decoded.text)
    if page is None or not _is_article(page.text or ""):
        return SetAside(source, "a web page without an article", "save the article itself, or its text")
    day = parse_day(page.date) if page.date else None
    report = Report(
        text=page.text or "",
        title=page.title or None,
        outlet=page.sitename or None,
        url=page.url or None,
        published=day or published,
        language=_language(decoded.text),
    )
    found = (*_as_taken(page, day), *head_of(decoded.text), *dateline_of(report.text))
    report = replace(report, origin=Origin("HTML", hashlib.sha256(data).hexdigest(), _each_once(report, found)))
    return Taken(source, report, decoded.warnings + text_warnings(report.text, report.published))


def _as_taken(page: Document, day: date | None) -> Iterator[Found]:
    """What the library found, by its own many rules."""
    taken: tuple[tuple[Field, str | None], ...] = (
        ("title", page.title),
        ("outlet", page.sitename),
        ("url", page.url),
        ("published", day.isoformat() if day else None),
        ("author", page.author),
    )
    yield from (Found(field, value, "the page, by trafilatura") for field, value in taken if value)


def _each_once(report: Report, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """What was found, that which the report took first; where the page's head says the same, that is how."""
    told = clean(found)
    named = {(item.field, _key(item)) for item in told if not item.how.endswith("trafilatura")}
    kept = [item for item in told if not item.how.endswith("trafilatura") or (item.field, _key(item)) not in named]
    taken = {
        ("title", report.title),
        ("outlet", report.outlet),
        ("url", report.url),
        ("published", report.published.isoformat() if report.published else None),
    }
    return tuple(sorted(kept, key=lambda item: (item.field, _key(item)) not in taken))


def _key(item: Found) -> str:
    """The value as a report holds it: of a time only its day."""
    day = day_told(item.value) if item.field == "published" else None
    return day.isoformat() if day else item.value


def _extract(html: str) -> Document | None:
    """What the library makes of the page, comments and tables left out."""
    # Late, because the library takes a fifth of a second to load and most inputs are no web pages.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    page = bare_extraction(
        # An encoding declared in an XML heading is refused with text that is decoded already.
        re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", html),
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=DATES,
    )
    return page if isinstance(page, Document) else None


def _is_article(text: str) -> bool:
    return any(len(p.split()) >= WORDS_OF_A_SENTENCE and SENTENCE_END.search(p) for p in text.split("\n"))


def _language(html: str) -> str | None:
    """The language the page itself declares."""
    found = LANGUAGE.search(html[:HEAD])
    return found.group(1).lower() if found else None
