"""A user's own ontology: event types told by a name, a definition, a dozen examples each and words that hint at them.

A YAML file in, checked categories out. What does not fit is named with file, category and key, and says what to do.
How a deed is compared with the examples is in own_categories.py.
"""

from __future__ import annotations

import hashlib
import logging
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.codebook.files import DataError
from detente.codebook.ontology import Ontology
from detente.codebook.user_yaml import load_user_yaml
from detente.model.event import BUILT_IN
from detente.model.span import Span

logger = logging.getLogger(__name__)

ADVISED_EXAMPLES = 12
"""With fewer examples than this a category is taken, with a warning."""
FEWEST_EXAMPLES = 3

_PAGE = "see docs/howto/add-an-ontology.md"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_CODE = re.compile(r"[A-Z0-9_-]{1,60}")
_FILE_KEYS = ("name", "version", "categories")
_CATEGORY_KEYS = ("code", "name", "definition", "examples", "near_misses", "hints", "score")
_HINT_KEYS = ("words", "types")
_SENTENCE_KEYS = ("text", "trigger")
# Bounds, so that a file by mistake (a corpus, a log) is refused in words and does not fill the memory.
_MOST_CATEGORIES, _MOST_SENTENCES, _MOST_WORDS = 100, 1000, 200
_LONGEST_SENTENCE, _LONGEST_DEFINITION, _LONGEST_LABEL = 600, 4000, 120
# The scale of PLOVER's scores and of Goldstein's.
_LARGEST_SCORE = 10.0


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a category, and where it tells the deed, if the file says so."""

    text: str
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class OwnCategory:
    """One event type of a user's own. `words` are hints, `types` the PLOVER types that it goes with (none: any)."""

    code: str
    name: str
    definition: str
    examples: tuple[Example, ...]
    near_misses: tuple[Example, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    types: frozenset[str] = frozenset()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class OwnOntology:
    """A user's file, checked. The digest tells versions of the file apart whose number was not raised."""

    name: str
    version: str
    categories: tuple[OwnCategory, ...]
    digest: str = ""

    @property
    def label(self) -> str:
        """Name, version and digest: what made a reading."""
        return f"{self.name} {self.version} ({self.digest})"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the file something stands, for messages."""

    path: Path
    words: str = ""

    def at(self, words: str) -> _Place:
        return _Place(self.path, f"{self.words}, {words}" if self.words else words)

    def wrong(self, what: str) -> DataError:
        return DataError(f"{self.path}: {self.words + ': ' if self.words else ''}{what}")


def load_own_ontology(path: Path, ontology: Ontology) -> OwnOntology:
    """The ontology of a user's file, its types checked against PLOVER's; DataError where something does not fit."""
    place = _Place(path)
    data = _mapping(load_user_yaml(path), place, _FILE_KEYS)
    name = _text(data, "name", place, _LONGEST_LABEL)
    if name.upper() in BUILT_IN:
        raise place.at("key 'name'").wrong(f"{name} is the name of a built-in ontology; choose another")
    _matching(_NAME, name, place.at("key 'name'"), "letters, digits and . _ - (40 at most, no blanks)")
    version = _version(data, place.at("key 'version'"))
    categories = _categories(data, place, ontology)
    digest = hashlib.sha256(repr((name, version, _content(categories))).encode()).hexdigest()[:8]
    return OwnOntology(name, version, categories, digest)


def _content(categories: tuple[OwnCategory, ...]) -> list[tuple[object, ...]]:
    """All that a coding can depend on, in a fixed order."""
    return [
        (c.code, c.name, c.definition, c.examples, c.near_misses, c.words, sorted(c.types), c.score) for c in categories
    ]


def _version(data: Mapping[str, Any], place: _Place) -> str:
    version = data.get("version")
    if isinstance(version, int) and not isinstance(version, bool):
        version = str(version)
    if not isinstance(version, str):
        raise place.wrong('is missing or no text; write it in quotation marks, as version: "1.0"')
    return _matching(_NAME, version, place, "letters, digits and . _ - (40 at most, no blanks)")


def _categories(data: Mapping[str, Any], place: _Place, ontology: Ontology) -> tuple[OwnCategory, ...]:
    items = _items(data, "categories", place, _MOST_CATEGORIES)
    if not items:
        raise place.at("key 'categories'").wrong(f"must hold at least one category; {_PAGE}")
    found: dict[str, OwnCategory] = {}
    for number, item in enumerate(items, start=1):
        category = _category(item, place, number, ontology)
        if category.code in found:
            raise place.at(f"category {category.code}").wrong("this code stands twice; give each category its own code")
        found[category.code] = category
    told = sum(len(c.examples) + len(c.near_misses) for c in found.values())
    if told > _MOST_SENTENCES:
        raise place.wrong(f"{told} sentences in all; {_MOST_SENTENCES} at most: keep those that tell most")
    return tuple(found.values())


def _category(item: object, place: _Place, number: int, ontology: Ontology) -> OwnCategory:
    here = place.at(f"category {number}")
    data = _mapping(item, here, None)
    code = _text(data, "code", here, _LONGEST_LABEL)
    _matching(_CODE, code, here.at("key 'code'"), "capitals, digits, _ and - (60 at most)")
    here = place.at(f"category {code}")
    _mapping(data, here, _CATEGORY_KEYS)
    examples = _sentences(data, "examples", here)
    if len(examples) < FEWEST_EXAMPLES:
        what = f"{len(examples)} given; at least {FEWEST_EXAMPLES} sentences are needed, a dozen are advised"
        raise here.at("key 'examples'").wrong(what)
    if len(examples) < ADVISED_EXAMPLES:
        logger.warning("%s: category %s: %s examples; a dozen are advised", place.path, code, len(examples))
    near_misses = _sentences(data, "near_misses", here)
    both = {e.text for e in examples} & {e.text for e in near_misses}
    if both:
        raise here.at("key 'near_misses'").wrong(f"{_shown(min(both))} is an example too; take it out of one list")
    words, types = _hints(data, here, ontology)
    return OwnCategory(
        code=code,
        name=_text(data, "name", here, _LONGEST_LABEL),
        definition=_text(data, "definition", here, _LONGEST_DEFINITION),
        examples=examples,
        near_misses=near_misses,
        words=words,
        types=types,
        score=_score(data, here.at("key 'score'")),
    )


def _sentences(data: Mapping[str, Any], key: str, place: _Place) -> tuple[Example, ...]:
    found: dict[str, Example] = {}
    for number, item in enumerate(_items(data, key, place, _MOST_SENTENCES), start=1):
        here = place.at(f"key {key!r}, sentence {number}")
        example = _sentence(item, here)
        if example.text in found:
            raise here.wrong(f"{_shown(example.text)} stands twice; keep one")
        found[example.text] = example
    return tuple(found.values())


def _sentence(item: object, place: _Place) -> Example:
    told: Mapping[str, Any] = {"text": item} if isinstance(item, str) else _mapping(item, place, _SENTENCE_KEYS)
    text = _text(told, "text", place, _LONGEST_SENTENCE)
    if sum(word[0].isalpha() for word in text.split()) < 2:
        raise place.wrong(f"{_shown(text)} is no sentence; write who did what to whom")
    if told.get("trigger") is None:
        return Example(text)
    trigger = _text(told, "trigger", place, _LONGEST_SENTENCE)
    start = text.find(trigger)
    if start < 0:
        raise place.at("key 'trigger'").wrong(f"{_shown(trigger)} does not stand in the sentence; copy its words")
    return Example(text, Span(start, start + len(trigger)))


def _hints(
    data: Mapping[str, Any], place: _Place, ontology: Ontology
) -> tuple[tuple[tuple[str, ...], ...], frozenset[str]]:
    if data.get("hints") is None:
        return (), frozenset()
    here = place.at("key 'hints'")
    hints = _mapping(data["hints"], here, _HINT_KEYS)
    words = _labels(hints, "words", here)
    types = _labels(hints, "types", here)
    unknown = [name for name in types if name not in ontology.types]
    if unknown:
        known = ", ".join(ontology.types)
        raise here.at("key 'types'").wrong(f"no PLOVER type {', '.join(map(_shown, unknown))}; the types are: {known}")
    return tuple(dict.fromkeys(tuple(word.lower().split()) for word in words)), frozenset(types)


def _labels(data: Mapping[str, Any], key: str, place: _Place) -> list[str]:
    here = place.at(f"key {key!r}")
    return [_plain(item, here, _LONGEST_LABEL) for item in _items(data, key, place, _MOST_WORDS)]


def _score(data: Mapping[str, Any], place: _Place) -> float | None:
    value = data.get("score")
    if value is None:
        return None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or abs(value) > _LARGEST_SCORE:
        raise place.wrong(
            f"{_shown(value)} is no number from -10 (conflict) to 10 (cooperation); leave it out or mend it"
        )
    return float(value)


# -- values of the right kind


def _mapping(value: object, place: _Place, keys: tuple[str, ...] | None) -> Mapping[str, Any]:
    if value is None and not place.words:
        raise place.wrong(f"the file is empty; {_PAGE}")
    if not isinstance(value, dict):
        raise place.wrong(f"must be a list of keys with values, not {_shown(value)}; {_PAGE}")
    unknown = [key for key in value if keys is not None and key not in keys]
    if unknown:
        names = ", ".join(map(_shown, unknown[:5]))
        raise place.wrong(f"unknown key {names}; known are: {', '.join(keys or ())}")
    return value


def _items(data: Mapping[str, Any], key: str, place: _Place, most: int) -> list[object]:
    value = data.get(key)
    if value is None:
        return []
    here = place.at(f"key {key!r}")
    if not isinstance(value, list):
        raise here.wrong(f"must be a list, not {_shown(value)}; begin each line with - or write [a, b]")
    if len(value) > most:
        raise here.wrong(f"{len(value)} items; {most} at most")
    return value


def _text(data: Mapping[str, Any], key: str, place: _Place, longest: int) -> str:
    here = place.at(f"key {key!r}")
    if data.get(key) is None:
        raise here.wrong(f"is missing; {_PAGE}")
    return _plain(data[key], here, longest)


def _plain(value: object, place: _Place, longest: int) -> str:
    if not isinstance(value, str):
        raise place.wrong(f"must be text, not {_shown(value)}; put it in quotation marks")
    words = " ".join(value.split())
    if not words:
        raise place.wrong("is empty; write something or take it out")
    if not words.isprintable():
        raise place.wrong(f"{_shown(words)} holds characters that are no print; take them out")
    if len(words) > longest:
        raise place.wrong(f"{len(words)} characters; {longest} at most")
    return words


def _matching(pattern: re.Pattern[str], value: str, place: _Place, allowed: str) -> str:
    if not pattern.fullmatch(value):
        raise place.wrong(f"{_shown(value)} does not fit; allowed are {allowed}")
    return value


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= 60 else words[:57] + "..."
