"""JSON Lines become reports, one a line, from the fields text, title, outlet, url, published and language.

A line that cannot be read is set aside with its number and the others are done. A single JSON object over several
lines and a JSON array of objects are read too. Where there is no "text", the names that others give their fields are
known too, and a person can say which field is which.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from detente.ingest.described import HALVES, column_names, language_code, report_of, told_by
from detente.ingest.outcome import Given, Outcome, SetAside, Taken
from detente.ingest.plain import text_warnings, warned
from detente.ingest.publication import parse_day
from detente.ingest.sniff import is_json
from detente.model.origin import Origin
from detente.model.report import Report

BEYOND = ("author", "modified", "dateline")
FIX_LINE = 'write one JSON object a line with a "text" field'


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


class JsonLines:
    """Objects of JSON, one a line or in an array."""

    name = "JSON Lines"

    def fits(self, given: Given) -> float:
        return 0.5 if given.text is not None and is_json(given.text) else 0.0

    def read(self, given: Given) -> Iterator[Outcome]:
        for outcome in read_jsonl(given.source, given.text or "", given.published, given):
            yield warned(outcome, given.warnings)


def read_jsonl(source: str, text: str, published: date | None, given: Given | None = None) -> Iterator[Outcome]:
    """Each line's report or the reason why it has none; `published` is for lines that say nothing themselves."""
    given = given or Given(source, text.encode("utf-8", "replace"), text, published=published)
    body = text.removeprefix("\ufeff")
    whole = _whole(body)
    if whole is not None:
        for number, item in enumerate(whole, start=1):
            yield read_object(source if len(whole) == 1 else f"{source}, item {number}", item, given)
        return
    for number, line in enumerate(body.split("\n"), start=1):
        if line.strip():
            yield _read_line(f"{source}, line {number}", line, given)


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


def _read_line(source: str, line: str, given: Given) -> Outcome:
    try:
        item: object = json.loads(line)
    except json.JSONDecodeError as problem:
        return SetAside(source, f"not valid JSON ({problem.msg} at character {problem.pos + 1})", FIX_LINE)
    except (ValueError, RecursionError):
        return SetAside(source, "JSON that cannot be read", FIX_LINE)
    return read_object(source, item, given)


def read_object(source: str, item: object, given: Given) -> Outcome:
    """The report of one object, by our names for its fields, by the person's, or by the usual names of others."""
    if not isinstance(item, dict):
        return SetAside(source, "not a JSON object", FIX_LINE)
    if given.columns or not isinstance(item.get("text"), str):
        names = column_names(item, given.columns)
        words = item.get(names.get("text", ""))
        if isinstance(words, str) and words.strip():
            return report_of(source, "JSON", words, told_by(item, names, "the field"), given)
    return _read_ours(source, item, given)


def _read_ours(source: str, item: dict[str, object], given: Given) -> Outcome:
    published = given.published
    text = item.get("text")
    if not isinstance(text, str):
        return SetAside(source, 'no "text" field that is a string', FIX_LINE)
    if not text.strip():
        return SetAside(source, "the text is empty", FIX_LINE)
    whole = _unbroken("text", text)
    title, outlet, url = (_field(item.get(name), name) for name in ("title", "outlet", "url"))
    language, day = _language(item.get("language")), _day(item.get("published"), published)
    text = whole.value or ""
    report = Report(text, title.value, outlet.value, url.value, day.value, language.value, _origin(item, given))
    parts = (whole, title, outlet, url, language, day)
    warnings = tuple(warning for part in parts for warning in part.warnings)
    return Taken(source, report, warnings + text_warnings(text, day.value))


def _origin(item: dict[str, object], given: Given) -> Origin | None:
    """What the object tells beyond the fields of a report (its author, when it was changed), or None."""
    names = {field: name for field, name in column_names(item, {}).items() if field in BEYOND}
    found = tuple(told_by(item, names, "the field"))
    return Origin("JSON", given.sha256, found) if found else None


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
    code = language_code(value) if isinstance(value, str) else None
    if code:
        return Field(code)
    return Field(None, (f"the language {str(value)[:40]!r} is no language code and is left out; write en",))


def _day(value: object, published: date | None) -> Day:
    """The line's own date; the given one only where the line says nothing."""
    if value is None or value == "":
        return Day(published)
    day = parse_day(value) if isinstance(value, str) else None
    if day is None:
        return Day(None, (f"the date {str(value)[:40]!r} cannot be read and is left out; write it as YYYY-MM-DD",))
    return Day(day)
