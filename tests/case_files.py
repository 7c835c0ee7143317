"""Case files: short texts with what we expect of their reading, written by people in YAML.

In comes a folder of `*.yaml`, out come cases whose keys and values are known to be well formed; every fault is an error
that names file and case. What an expectation means, and whether a reading meets it, is said in `case_checks.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest
import yaml
from case_checks import EVENT_KEYS, PEOPLE_KEYS, PLACE_KEYS, STATEMENT_KEYS, Expectations
from case_words import find_words

from detente.model.coded import CodedReport
from detente.model.report import Report

CASE_KEYS = {"case", "text", "published", "expect", "known_gap"}
ITEM_KEYS: Mapping[str, Mapping[str, Any]] = {
    "events": EVENT_KEYS,
    "no_such_events": EVENT_KEYS,
    "statements": STATEMENT_KEYS,
    "people": PEOPLE_KEYS,
    "places": PLACE_KEYS,
}
WORD_LISTS = ("no_events_on", "not_people", "not_places", "quotations", "unresolved")
COUNTS = ("event_count", "statement_count")
# These hold words of the text; a word that does not stand there is a slip of the pen.
WORDS_OF_THE_TEXT = {"words", "says", "without"}
# What somebody must be found by: an item without it could be met by anything.
ANCHORS = {"people": "words", "places": "words"}


class CaseError(ValueError):
    """A case file is malformed; the message names file, case and fault."""


class Reader(Protocol):
    """Whatever reads one report."""

    def read(self, report: Report) -> CodedReport: ...


@dataclass(frozen=True, slots=True)
class Case:
    """A short text and what we expect of its reading; `known_gap` says why we do not meet it yet."""

    file: str
    name: str
    report: Report
    expect: Expectations
    known_gap: str | None = None

    @property
    def id(self) -> str:
        """The name under which pytest lists the case."""
        return f"{self.file}: {self.name}"


def marks_of(case: Case) -> list[pytest.MarkDecorator]:
    """A gap that we know of must fail: once it is closed its mark has to go."""
    return [pytest.mark.xfail(strict=True, reason=case.known_gap)] if case.known_gap else []


def load_cases(folder: Path) -> list[Case]:
    """All cases of the folder's files, in order of file and place; CaseError names what is malformed."""
    return [case for path in sorted(folder.glob("*.yaml")) for case in load_file(path)]


def load_file(path: Path) -> list[Case]:
    """The cases of one file; their names must differ."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CaseError(f"{path.name}: not readable as YAML: {' '.join(str(error).split())}") from error
    if not isinstance(raw, list) or not raw:
        raise CaseError(f"{path.name}: must be a list of cases, each beginning with '- case: ...'")
    cases = [_case(path, number, item) for number, item in enumerate(raw, 1)]
    names = [case.name for case in cases]
    for name in names:
        if names.count(name) > 1:
            raise CaseError(f"{path.name}: the name {name!r} is given to two cases")
    return cases


def _case(path: Path, number: int, raw: object) -> Case:
    if not isinstance(raw, dict) or not isinstance(raw.get("case"), str):
        raise CaseError(f"{path.name}, case {number}: must be a mapping that begins with 'case: its name'")
    where = f"{path.name}, case {raw['case']!r}"
    _known(where, raw, CASE_KEYS)
    if not isinstance(raw.get("text"), str) or not raw["text"].strip():
        raise CaseError(f"{where}: 'text' is missing")
    published, gap = raw.get("published"), raw.get("known_gap")
    if published is not None and type(published) is not date:
        raise CaseError(f"{where}: 'published' must be a day like 2024-03-06, not {published!r}")
    if gap is not None and not isinstance(gap, str):
        raise CaseError(f"{where}: 'known_gap' must be a reason in words, not {gap!r}")
    text = raw["text"].rstrip("\n")
    expect = _expectations(where, raw.get("expect"), text)
    return Case(path.stem, raw["case"], Report(text=text, published=published), expect, gap)


def _expectations(where: str, raw: object, text: str) -> Expectations:
    if not isinstance(raw, dict) or not raw:
        raise CaseError(f"{where}: 'expect' is missing or empty")
    _known(where, raw, {*ITEM_KEYS, *WORD_LISTS, *COUNTS})
    items = {name: _items(f"{where}, {name}", raw[name], name, text) for name in ITEM_KEYS if name in raw}
    words = {name: _words(f"{where}, {name}", raw[name], text) for name in WORD_LISTS if name in raw}
    counts = {name: _count(f"{where}, {name}", raw[name]) for name in COUNTS if name in raw}
    return Expectations(**items, **words, **counts)  # type: ignore[arg-type]


def _items(where: str, raw: object, name: str, text: str) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(raw, list) or not all(isinstance(item, dict) and item for item in raw):
        raise CaseError(f"{where}: must be a list of mappings like - {{words: ...}}")
    for item in raw:
        _item(where, item, name, text)
    return tuple(raw)


def _item(where: str, item: Mapping[str, Any], name: str, text: str) -> None:
    keys = ITEM_KEYS[name]
    _known(where, item, set(keys))
    if name in ANCHORS and ANCHORS[name] not in item:
        raise CaseError(f"{where}: {dict(item)} needs '{ANCHORS[name]}'")
    for key, value in item.items():
        complaint = keys[key].shape(value)
        if complaint:
            raise CaseError(f"{where}: '{key}' must be {complaint}, not {value!r}")
        if key in WORDS_OF_THE_TEXT:
            _stand_in(where, [value] if isinstance(value, str) else value, text)


def _words(where: str, raw: object, text: str) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(words, str) for words in raw):
        raise CaseError(f"{where}: must be a list of words of the text")
    _stand_in(where, raw, text)
    return tuple(raw)


def _count(where: str, raw: object) -> int:
    if type(raw) is not int or raw < 0:
        raise CaseError(f"{where}: must be a number, not {raw!r}")
    return raw


def _known(where: str, raw: Mapping[Any, Any], allowed: set[str]) -> None:
    unknown = [key for key in raw if key not in allowed]
    if unknown:
        raise CaseError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(allowed))}")


def _stand_in(where: str, all_words: list[str], text: str) -> None:
    for words in all_words:
        if not find_words(text, words):
            raise CaseError(f"{where}: the words {words!r} do not stand in the text")
