"""What inputs tell of a report's publication becomes the report's own fields, with how each was found.

The names that fields go by in tables and JSON are listed here. Looks into no text but for its dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from detente.codebook.datelines import find_dateline
from detente.ingest.outcome import Given, Outcome, SetAside, Taken
from detente.ingest.plain import text_warnings
from detente.ingest.publication import day_told
from detente.model.origin import Field, Found, Origin, first_found
from detente.model.report import Report

HALVES = re.compile("[\ud800-\udfff]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")
# What the fields of a report are called by those who make tables and JSON of news, the surest name first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "story_text", "article_text", "full_text", "fulltext", "full_content", "content_text", "maintext",
        "body", "article_body", "articlebody", "content", "article", "plain_text",
    ),
    "title": ("title", "headline", "story_title"),
    "outlet": (
        "outlet", "media_name", "name_source", "source_name", "source_title", "sourcename", "publisher", "newspaper",
        "source", "media", "clean_url", "domain_url", "domain", "site", "rights",
    ),
    "url": ("url", "canonical_url", "link", "article_url", "web_url", "permalink", "address"),
    "published": (
        "published", "publish_date", "published_date", "published_at", "publishedat", "publication_date",
        "datepublished", "date_published", "pubdate", "pub_date", "date", "first_publish_date",
    ),
    "language": ("language", "lang", "language_code"),
    "author": ("author", "authors", "byline", "creator"),
    "modified": ("modified", "updated", "updated_at", "last_modified", "datemodified", "date_modified", "updated_date"),
    "dateline": ("dateline",),
    "id": ("id", "stories_id", "_id", "article_id", "guid", "uid", "doc_id"),
}  # fmt: skip
DESCRIBING: tuple[Field, ...] = (
    "title", "outlet", "url", "published", "language", "author", "modified", "dateline", "id",
)  # fmt: skip
NO_TEXT = "no text"
# A list of signatories is no author; a title is no book.
LONGEST = 2_000


def report_of(source: str, form: str, text: str, found: Iterable[Found], given: Given) -> Outcome:
    """The report with this text and what was found of it."""
    text = HALVES.sub("\ufffd", text).replace("\x00", "\ufffd")
    if not text.strip("\ufeff \t\r\n\v\f\xa0\u2028\u2029"):
        return SetAside(source, NO_TEXT, "give the full text, or the page that it stands on")
    known = clean((*found, *dateline_of(text)))
    title, outlet, url, language = (_value(known, name) for name in ("title", "outlet", "url", "language"))
    published, warnings = _published(known)
    report = Report(
        text,
        title,
        outlet,
        url,
        published or given.published,
        language_code(language),
        Origin(form, given.sha256, known),
    )
    return Taken(source, report, warnings + text_warnings(text, report.published))


def clean(found: Iterable[Found]) -> tuple[Found, ...]:
    """What says something, in one line, each once from each place."""
    told = (
        Found(item.field, HALVES.sub("\ufffd", " ".join(item.value.split()))[:LONGEST], HALVES.sub("\ufffd", item.how))
        for item in found
    )
    return tuple(dict.fromkeys(item for item in told if item.value))


def _value(found: tuple[Found, ...], field: Field) -> str | None:
    item = first_found(found, field)
    return item.value if item else None


def _published(found: tuple[Found, ...]) -> tuple[date | None, tuple[str, ...]]:
    """The first publication date that can be read, with a warning where one cannot."""
    told = [item for item in found if item.field == "published"]
    days = [day for item in told if (day := day_told(item.value))]
    if told and not days:
        return None, (f"the date {told[0].value[:40]!r} ({told[0].how}) cannot be read and is left out",)
    return (days[0] if days else None), ()


def dateline_of(text: str) -> Iterator[Found]:
    """The dateline that opens a text, if there is one."""
    span = find_dateline(text)
    if span is not None:
        yield Found("dateline", span.words(text).rstrip(" \u2014\u2013-"), "the text's opening")


def counted(number: int, one: str, several: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else several}"


def language_code(words: str | None) -> str | None:
    """The language of a code with or without a country ("en-GB"), or None where it is no code."""
    return re.split("[-_]", words)[0].lower() if words and LANGUAGE.fullmatch(words) else None


def column_names(names: Iterable[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Which column holds which field: as the person says, else by the usual names. Case does not count."""
    by_lower = {name.strip("\ufeff \t").lower(): name for name in reversed(list(names))}
    found = {field: by_lower[name.lower()] for field, name in columns.items() if name.lower() in by_lower}
    for field, usual in NAMES.items():
        name = next((by_lower[name] for name in usual if name in by_lower), None)
        if field not in columns and name is not None and name not in found.values():
            found[field] = name
    return found


def told_by(values: Mapping[str, object], names: Mapping[str, str], word: str) -> list[Found]:
    """What a row or object tells of its report, with the column or field that says so."""
    return [
        Found(field, shown, f'{word} "{names[field]}"')
        for field in DESCRIBING
        if field in names and (shown := shown_value(values.get(names[field])))
    ]


def shown_value(value: object, depth: int = 4) -> str:
    """A value as words: a list parted by commas, an object by its name, nothing for null and what lies too deep."""
    if depth == 0:
        return ""
    if isinstance(value, dict):
        named = next((value[key] for key in ("name", "title", "uri", "url") if value.get(key)), None)
        return shown_value(named, depth - 1)
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (shown_value(item, depth - 1) for item in value[:100])))
    isoformat = getattr(value, "isoformat", None)
    if isoformat is not None:
        return str(isoformat())
    return "" if value is None or isinstance(value, bool | bytes) else str(value)
