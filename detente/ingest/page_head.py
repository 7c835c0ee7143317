"""What the head of a web page tells of its publication, in meta elements, links and JSON-LD, each with where it stands.

Chooses nothing: the page's reader does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from detente.ingest.described import shown_value
from detente.ingest.markup import tree
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
MOST_LINKED, MOST_METAS = 200, 500


def head_of(html: str) -> tuple[Found, ...]:
    """All that the page tells of its publication."""
    page = tree(html)
    return () if page is None else (*_canonical(page), *_linked(page), *_metas(page), *_html(page))


def _canonical(page: Any) -> Iterator[Found]:
    for link in page.iter("link"):
        if link.get("rel", "").lower() == "canonical" and link.get("href"):
            yield Found("url", link.get("href"), "the canonical link")
            return


def _html(page: Any) -> Iterator[Found]:
    if page.get("lang"):
        yield Found("language", page.get("lang"), 'the page\'s "lang"')


def _metas(page: Any) -> Iterator[Found]:
    told = [(_name(meta), meta.get("content", "")) for meta in islice(page.iter("meta"), MOST_METAS)]
    for wanted, field in METAS:
        yield from (Found(field, value, f'meta "{name}"') for name, value in told if name == wanted and value)


def _name(meta: Any) -> str:
    """What a meta element is about."""
    keys = ("property", "name", "itemprop", "http-equiv")
    return next((str(meta.get(key)).lower() for key in keys if meta.get(key)), "")


def _linked(page: Any) -> Iterator[Found]:
    scripts = (script for script in page.iter("script") if script.get("type", "").lower() == "application/ld+json")
    for script in islice(scripts, MOST_LINKED):
        try:
            value: object = json.loads(script.text or "")
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
