"""A JSON Feed: each item that holds text becomes a report. Other forms of JSON: see `newsjson`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from detente.ingest.described import NO_TEXT, counted, report_of, shown_value
from detente.ingest.feed import SUMMARY
from detente.ingest.limits import LARGEST_FEED, TooMuch, told
from detente.ingest.markup import words_of
from detente.ingest.outcome import Given, Note, Outcome, SetAside
from detente.ingest.plain import warned
from detente.model.origin import Field, Found
from detente.model.watched import Link, mark_of

MARK = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version')
HEAD = 65_536
REMEDY = "get the feed anew"
ITEM: tuple[tuple[str, Field], ...] = (
    ("title", "title"),
    ("url", "url"),
    ("external_url", "url"),
    ("date_published", "published"),
    ("date_modified", "modified"),
    ("language", "language"),
    ("authors", "author"),
    ("author", "author"),
    ("id", "id"),
)


class JsonFeed:
    """A feed by the JSON Feed specification."""

    name = "JSON Feed"

    def fits(self, given: Given) -> float:
        return (
            0.9
            if given.text and MARK.search(given.text[:HEAD]) and given.text.lstrip("\ufeff \t\r\n")[:1] == "{"
            else 0.0
        )

    def read(self, given: Given) -> Iterator[Outcome]:
        if len(given.data) > LARGEST_FEED:
            raise TooMuch(f"larger than {told(LARGEST_FEED)}")
        try:
            feed = json.loads((given.text or "").removeprefix("\ufeff"))
        except (ValueError, RecursionError) as problem:
            yield SetAside(given.source, f"a JSON Feed that is broken ({problem})", REMEDY)
            return
        items = feed.get("items")
        if not isinstance(items, list):
            yield SetAside(given.source, "a JSON Feed without items", REMEDY)
            return
        if not items:
            yield Note(given.source, "a feed without entries")
        for outcome in _items(given, feed, items):
            yield warned(outcome, given.warnings)


def links_in_json(given: Given) -> list[Link]:
    """The articles that a JSON Feed names, in its order."""
    try:
        feed = json.loads((given.text or "").removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return []
    items = feed.get("items") if isinstance(feed, dict) else None
    return [link for item in items or () if isinstance(item, dict) and (link := _link(item)) is not None]


def _link(item: dict[str, object]) -> Link | None:
    url = shown_value(item.get("url")) or shown_value(item.get("external_url"))
    title, *dates = (shown_value(item.get(name)) for name in ("title", "date_published", "date_modified"))
    return Link(url, title or None, dates[0] or None, mark_of(title, *dates)) if url else None


def _items(given: Given, feed: dict[str, object], items: list[object]) -> Iterator[Outcome]:
    about = (
        Found("outlet", shown_value(feed.get("title")), "the feed's title"),
        Found("author", shown_value(feed.get("authors") or feed.get("author")), "the feed's authors"),
        Found("language", shown_value(feed.get("language")), "the feed"),
    )
    empty = 0
    for number, item in enumerate(items, start=1):
        source = f"{given.source}, item {number}"
        if not isinstance(item, dict):
            yield SetAside(source, "not a JSON object", REMEDY)
            continue
        text = shown_value(item.get("content_text")) or words_of(shown_value(item.get("content_html")))
        summary = () if text else (SUMMARY,)
        found = [Found(field, shown_value(item.get(name)), f"the item's {name}") for name, field in ITEM]
        outcome = report_of(source, "JSON Feed", text or shown_value(item.get("summary")), (*found, *about), given)
        if isinstance(outcome, SetAside) and outcome.reason == NO_TEXT:
            empty += 1
        else:
            yield warned(outcome, summary)
    if empty:
        yield SetAside(
            given.source,
            f"{counted(empty, 'entry', 'entries')} without text: metadata only",
            "fetch the pages that they name",
        )
