"""JSON Lines become reports, one a line, from the fields text, title, outlet, url, published and language.

A line that cannot be read is set aside with its number and the others are done. A single JSON object over several
lines and a JSON array of objects are read too. Fields of other names are left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from detente.ingest.outcome import Outcome, SetAside, Taken
from detente.ingest.plain import text_warnings
from detente.ingest.publication import parse_day
from detente.model.report import Report

FIX_LINE = 'write one JSON object a line with a "text" field'
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")
HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a line as a report wants it, with a warning where it could not be used."""

    value: str | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """The publication day of a line, with a warning where it could not be read."""

    value: date | None
    warnings: tuple[str, ...] = ()


def read_jsonl(source: str, text: str, published: date | None) -> Iterator[Outcome]:
    """Each line's report or the reason why it has none; `published` is for lines that say nothing themselves."""
    body = text.removeprefix("\ufeff")
    whole = _whole(body)
    if whole is not None:
        for number, item in enumerate(whole, start=1):
            yield read_item(source if len(whole) == 1 else f"{source}, item {number}", item, published)
        return
    for number, line in enumerate(body.split("\n"), start=1):
        if line.strip():
            yield _read_line(f"{source}, line {number}", line, published)


def _whole(body: str) -> list[object] | None:
    """The objects of a file that is one JSON value over several lines, or None for JSON Lines."""
    if not body.lstrip().startswith("[") and _loads(body.lstrip().split("\n", 1)[0]) is not None:
        return None
    value = _loads(body)
    return value if isinstance(value, list) else [value] if isinstance(value, dict) else None


def _loads(words: str) -> object | None:
    try:
        value: object = json.loads(words)
    except (ValueError, RecursionError):
        return None
    return value


def _read_line(source: str, line: str, published: date | None) -> Outcome:
    try:
        item: object = json.loads(line)
    except json.JSONDecodeError as problem:
        return SetAside(source, f"not valid JSON ({problem.msg} at character {problem.pos + 1})", FIX_LINE)
    except (ValueError, RecursionError):
        return SetAside(source, "JSON that cannot be read", FIX_LINE)
    return read_item(source, item, published)


def read_item(source: str, item: object, published: date | None) -> Outcome:
    """The report of one object with a report's fields, or the reason why it has none."""
    if not isinstance(item, dict):
        return SetAside(source, "not a JSON object", FIX_LINE)
    text = item.get("text")
    if not isinstance(text, str):
        return SetAside(source, 'no "text" field that is a string', FIX_LINE)
    if not text.strip():
        return SetAside(source, "the text is empty", FIX_LINE)
    whole = _unbroken("text", text)
    title, outlet, url = (_field(item.get(name), name) for name in ("title", "outlet", "url"))
    language, day = _language(item.get("language")), _day(item.get("published"), published)
    text = whole.value or ""
    report = Report(text, title.value, outlet.value, url.value, day.value, language.value)
    parts = (whole, title, outlet, url, language, day)
    warnings = tuple(warning for part in parts for warning in part.warnings)
    return Taken(source, report, warnings + text_warnings(text, day.value))


def _field(value: object, name: str) -> Field:
    if value is None or (isinstance(value, str) and not value.strip()):
        return Field(None)
    if not isinstance(value, str):
        return Field(None, (f'the field "{name}" is no string and is left out; write it in quotation marks',))
    return _unbroken(name, value)


def _unbroken(name: str, value: str) -> Field:
    """The value without halves of characters (lone surrogates), which no file or archive can hold."""
    if not HALVES.search(value):
        return Field(value)
    return Field(HALVES.sub("\ufffd", value), (f'broken characters in "{name}" stand as \ufffd; write it as UTF-8',))


def _language(value: object) -> Field:
    if value is None or value == "":
        return Field(None)
    if isinstance(value, str) and LANGUAGE.fullmatch(value):
        return Field(re.split("[-_]", value)[0].lower())
    return Field(None, (f"the language {str(value)[:40]!r} is no language code and is left out; write en",))


def _day(value: object, published: date | None) -> Day:
    """The line's own date; the given one only where the line says nothing."""
    if value is None or value == "":
        return Day(published)
    day = parse_day(value) if isinstance(value, str) else None
    if day is None:
        return Day(None, (f"the date {str(value)[:40]!r} cannot be read and is left out; write it as YYYY-MM-DD",))
    return Day(day)
