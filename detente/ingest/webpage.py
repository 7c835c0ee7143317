"""A saved web page becomes a report: the article's text with its title, outlet, address, language and date where found.

Dates come from the page alone: no free search through the text, no clock. A page without an article is set aside.
"""

from __future__ import annotations

import re
from datetime import date

from trafilatura import bare_extraction
from trafilatura.settings import Document

from detente.ingest.encoding import decode
from detente.ingest.outcome import Outcome, SetAside, Taken
from detente.ingest.plain import text_warnings
from detente.ingest.publication import parse_day
from detente.model.report import Report

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]+)", re.IGNORECASE)
LANGUAGE = re.compile(r"<html\b[^>]*?\slang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
HEAD = 16_384
# `max_date` is far off so that the answer does not hang on the day it is asked; the extensive search guesses from
# copyright lines and running text.
DATES = {"original_date": True, "extensive_search": False, "min_date": "1900-01-01", "max_date": "2199-12-31"}
# Menus and notices have no long sentence; the shortest news item has one.
WORDS_OF_A_SENTENCE = 12
SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019\u00bb)]*(?:\s|$)")


def read_webpage(source: str, data: bytes, published: date | None) -> Outcome:
    """The report on a web page; `published` is for pages that say nothing themselves."""
    declared = CHARSET.search(data[:HEAD])
    decoded = decode(data, declared.group(1).decode("ascii") if declared else None)
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
    return Taken(source, report, decoded.warnings + text_warnings(report.text, report.published))


def _extract(html: str) -> Document | None:
    """What the library makes of the page, comments and tables left out."""
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
