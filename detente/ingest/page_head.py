"""What the head of a web page tells of its publication, in meta elements, links and JSON-LD, each with where it stands.

Chooses nothing: the page's reader does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from detente.ingest.described import shown_value
from detente.model.origin import Field, Found

# The names of meta elements (in lower case), the surest first.
METAS: tuple[tuple[str, Field], ...] = (
    ("og:title", "title"),
    ("article:published_time", "published"),
    ("datepublished", "published"),
    ("date", "published"),
    ("dc.date", "published"),
    ("article:modified_time", "modified"),
    ("og:updated_time", "modified"),
    ("last-modified", "modified"),
    ("datemodified", "modified"),
    ("author", "author"),
    ("article:author", "author"),
    ("dc.creator", "author"),
    ("og:site_name", "outlet"),
    ("og:url", "url"),
    ("og:locale", "language"),
    ("content-language", "language"),
)
# The names in JSON-LD (schema.org).
LINKED: tuple[tuple[str, Field], ...] = (
    ("headline", "title"),
    ("datePublished", "published"),
    ("dateModified", "modified"),
    ("author", "author"),
    ("publisher", "outlet"),
    ("dateline", "dateline"),
    ("inLanguage", "language"),
    ("url", "url"),
)
ARTICLE = re.compile(r"Article$|^(?:BlogPosting|LiveBlogPosting|Report)$")
MOST_LINKED = 200


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.metas: list[tuple[str, str]] = []
        self.canonical: str | None = None
        self.language: str | None = None
        self.linked: list[str] = []
        self.in_linked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = told.get("property") or told.get("name") or told.get("itemprop") or told.get("http-equiv") or ""
            self.metas.append((name.lower(), told.get("content", "")))
        elif tag == "link" and told.get("rel", "").lower() == "canonical":
            self.canonical = self.canonical or told.get("href")
        elif tag == "html":
            self.language = self.language or told.get("lang")
        self.in_linked = tag == "script" and told.get("type", "").lower() == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self.in_linked:
            self.linked.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.in_linked = False


def head_of(html: str) -> tuple[Found, ...]:
    """All that the page tells of its publication."""
    head = _Head()
    head.feed(html)
    head.close()
    return (*_canonical(head), *_linked(head.linked), *_metas(head.metas), *_html(head))


def _canonical(head: _Head) -> Iterator[Found]:
    if head.canonical:
        yield Found("url", head.canonical, "the canonical link")


def _html(head: _Head) -> Iterator[Found]:
    if head.language:
        yield Found("language", head.language, 'the page\'s "lang"')


def _metas(metas: list[tuple[str, str]]) -> Iterator[Found]:
    for wanted, field in METAS:
        yield from (Found(field, value, f'meta "{name}"') for name, value in metas if name == wanted and value)


def _linked(scripts: list[str]) -> Iterator[Found]:
    for script in scripts:
        try:
            value: object = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for item in _articles(value):
            for name, field in LINKED:
                if words := shown_value(item.get(name)):
                    yield Found(field, words, f"JSON-LD {name}")


def _articles(value: object) -> Iterator[dict[str, object]]:
    """The articles among the things that a script describes, in lists and graphs of things too."""
    waiting = [value]
    for _ in range(MOST_LINKED):
        if not waiting:
            return
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting += item[:MOST_LINKED]
        elif isinstance(item, dict):
            waiting.append(item.get("@graph"))
            kinds = item.get("@type")
            if any(isinstance(k, str) and ARTICLE.search(k) for k in (kinds if isinstance(kinds, list) else [kinds])):
                yield item
