"""JSON as news services answer it: one object with a list of articles in it (Media Cloud, NewsCatcher and their like).

Each article with a text becomes a report; those without are counted as metadata. Lists without an object around them,
and one object a line, are the business of `jsonl`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from detente.ingest.described import column_names, counted
from detente.ingest.jsonl import read_object
from detente.ingest.outcome import Given, Note, Outcome, SetAside
from detente.ingest.plain import warned

# What services call their list of articles.
LISTS = ("articles", "stories", "results", "documents", "docs", "news", "items", "hits", "data", "response")
START = re.compile(r"\A\ufeff?\s*\{")
MARK = re.compile(rf'"(?:{"|".join(LISTS)})"\s*:\s*[\[{{]')
HEAD = 65_536


class NewsJson:
    """An answer of a news service."""

    name = "news JSON"

    def fits(self, given: Given) -> float:
        text = given.text or ""
        if not START.match(text[:HEAD]) or not MARK.search(text[:HEAD]):
            return 0.0
        return 0.7 if _articles(_loaded(text)) is not None else 0.0

    def read(self, given: Given) -> Iterator[Outcome]:
        articles = _articles(_loaded(given.text or "")) or []
        empty = 0
        for number, article in enumerate(articles, start=1):
            if isinstance(article, dict) and not _has_text(article, given):
                empty += 1
                continue
            yield warned(read_object(f"{given.source}, article {number}", article, given), given.warnings)
        if empty:
            yield SetAside(
                given.source,
                f"{counted(empty, 'article', 'articles')} without text: metadata only",
                "ask the service for the texts",
            )
        elif not articles:
            yield Note(given.source, "an answer without articles")


def _loaded(text: str) -> object:
    try:
        value: object = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return value


def _articles(value: object) -> list[object] | None:
    """The list of articles in the object, one level down or two; None where it is no such answer."""
    if not isinstance(value, dict) or isinstance(value.get("text"), str):
        return None
    for name in LISTS:
        inner = value.get(name)
        if isinstance(inner, dict):
            found = _articles(inner)
            if found is not None:
                return found
        if isinstance(inner, list) and all(isinstance(item, dict) for item in inner):
            return inner
    return None


def _has_text(article: dict[str, object], given: Given) -> bool:
    names = column_names(article, given.columns)
    words = article.get(names.get("text", ""))
    return isinstance(words, str) and bool(words.strip())
