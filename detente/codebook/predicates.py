"""Which words tell which deed: the predicate lexicon of a language, and the content classes of speech acts.

Comes from `data/language/<code>/predicates/*.yaml`, `classes*.yaml`, `contents.yaml` and `noise.yaml`. Knows words and
codes; matching them to a sentence is for the coding stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from detente.codebook.entry_checks import FAMILIES, check_content, check_predicate
from detente.codebook.files import DATA, DataError, load_yaml
from detente.codebook.ontology import Ontology, load_ontology

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filler:
    """What may stand in a slot: lemmas, and names of classes that kinds of participants belong to."""

    lemmas: frozenset[str]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Predicate:
    """One way of telling one type of deed; the fields are described in docs/language-packs.md."""

    id: str
    verbs: tuple[Words, ...]
    nouns: tuple[Words, ...]
    plover: str
    mode: str | None
    cameo: str
    needs: Mapping[str, Filler]
    bars: Mapping[str, Filler]
    source: tuple[str, ...]
    target: tuple[str, ...]
    reciprocal: str
    content: str | None
    act: bool
    status: str | None
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a family of speech acts is coded for a content class; `plover` only where the family changes it."""

    mode: str | None
    cameo: str
    plover: str | None = None


@dataclass(frozen=True, slots=True)
class ContentClass:
    """A kind of thing that is asked, refused, threatened or promised."""

    id: str
    types: frozenset[str]
    words: tuple[Words, ...]
    families: Mapping[str, Outcome]


@dataclass(frozen=True)
class Lexicon:
    """Predicates by the lemma they begin with (verbs) or end with (nouns), and the content classes in order."""

    verbs: Mapping[str, Sequence[tuple[Words, Predicate]]]
    nouns: Mapping[str, Sequence[tuple[Words, Predicate]]]
    contents: tuple[ContentClass, ...]
    noise: Mapping[str, tuple[Words, ...]]
    order: Mapping[str, int]

    @cached_property
    def content_lengths(self) -> frozenset[int]:
        """How many words the phrases of content classes have."""
        return frozenset(len(words) for content in self.contents for words in content.words)


def load_lexicon(code: str = "en", folder: Path | None = None, ontology: Ontology | None = None) -> Lexicon:
    """Load a language's predicates; DataError names the file, the entry and what is wrong with it.

    Types, modes and CAMEO codes are checked against the ontology, by default the one that is shipped.
    """
    home = folder or DATA / "language" / code
    ontology = ontology or load_ontology()
    classes = _classes(sorted(home.glob("classes*.yaml")))
    predicates = [
        p for path in sorted((home / "predicates").glob("*.yaml")) for p in _predicates(path, classes, ontology)
    ]
    verbs: dict[str, list[tuple[Words, Predicate]]] = {}
    nouns: dict[str, list[tuple[Words, Predicate]]] = {}
    for predicate in predicates:
        for words in predicate.verbs:
            verbs.setdefault(words[0], []).append((words, predicate))
        for words in predicate.nouns:
            nouns.setdefault(words[-1], []).append((words, predicate))
    noise: dict[str, list[Words]] = {}
    for words in _noise(home / "noise.yaml"):
        for word in words:
            noise.setdefault(word, []).append(words)
    return Lexicon(
        verbs=verbs,
        nouns=nouns,
        contents=tuple(_contents(home / "contents.yaml", ontology)),
        noise={word: tuple(phrases) for word, phrases in noise.items()},
        order={p.id: n for n, p in enumerate(predicates)},
    )


def _split(words: object) -> Words:
    return (
        tuple(str(words).lower().replace("-", " - ").split())
        if "-" in str(words)
        else tuple(str(words).lower().split())
    )


def _classes(paths: Iterable[Path]) -> dict[str, frozenset[str]]:
    """Class name to lemmas; a class may name others with @."""
    raw: dict[str, list[str]] = {}
    for path in paths:
        for name, members in (load_yaml(path) or {}).items():
            raw.setdefault(str(name), []).extend(str(m) for m in members)

    def members_of(name: str, seen: frozenset[str]) -> set[str]:
        found: set[str] = set()
        for member in raw.get(name, ()):
            inner = member.removeprefix("@")
            found |= (
                members_of(inner, seen | {name}) if member.startswith("@") and inner not in seen else {member.lower()}
            )
        return found

    return {name: frozenset(members_of(name, frozenset())) for name in raw}


def _predicates(path: Path, classes: Mapping[str, frozenset[str]], ontology: Ontology) -> Iterable[Predicate]:
    for entry in _entries(path):
        with _named(path, entry):
            check_predicate(entry, ontology)
            predicate = _predicate(entry, classes)
        yield predicate


def _entries(path: Path) -> list[Mapping[str, Any]]:
    entries = load_yaml(path) or []
    if not isinstance(entries, list):
        raise DataError(f"{path}: must be a list of entries; see docs/language-packs.md for their form")
    return entries


@contextmanager
def _named(path: Path, entry: object) -> Iterator[None]:
    """Whatever is wrong with an entry is told with the file and the entry's id."""
    if not isinstance(entry, Mapping):
        raise DataError(f"{path}: entry {entry!r}: must be keys with values; see docs/language-packs.md for its form")
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        name = entry.get("id", "?")
        what = f"{error} is missing" if isinstance(error, KeyError) else error
        raise DataError(f"{path}: entry {name!r}: {what}; see docs/language-packs.md for its form") from error


def _predicate(entry: Mapping[str, Any], classes: Mapping[str, frozenset[str]]) -> Predicate:
    def fillers(name: str) -> dict[str, Filler]:
        return {_slot(slot): _filler(words, classes) for slot, words in (entry.get(name) or {}).items()}

    return Predicate(
        id=str(entry["id"]),
        verbs=tuple(_split(v) for v in entry.get("verbs") or ()),
        nouns=tuple(_split(n) for n in entry.get("nouns") or ()),
        plover=str(entry["plover"]),
        mode=entry.get("mode"),
        cameo=str(entry["cameo"]),
        needs=fillers("needs"),
        bars=fillers("bars"),
        source=tuple(_slot(s) for s in entry.get("source") or ["subject"]),
        target=tuple(_slot(s) for s in (entry["target"] if entry.get("target") is not None else ["object"])),
        reciprocal=str(entry.get("reciprocal") or "never"),
        content=entry.get("content"),
        act=bool(entry.get("act")),
        status=entry.get("status"),
        contexts=tuple(entry.get("contexts") or ()),
    )


def _slot(name: object) -> str:
    return str(name)


def _filler(words: Iterable[object], classes: Mapping[str, frozenset[str]]) -> Filler:
    lemmas: set[str] = set()
    named: set[str] = set()
    for word in words:
        text = str(word).lower()
        if text.startswith("@"):
            named.add(text[1:])
            lemmas |= classes.get(text[1:], frozenset())
        else:
            lemmas.add(text)
    return Filler(frozenset(lemmas), frozenset(named))


def _contents(path: Path, ontology: Ontology) -> Iterable[ContentClass]:
    for entry in _entries(path):
        with _named(path, entry):
            check_content(entry, ontology)
            families = {
                family: Outcome(outcome.get("mode"), str(outcome["cameo"]), outcome.get("plover"))
                for family in FAMILIES
                if (outcome := entry.get(family))
            }
            words = tuple(_split(w) for w in entry.get("words") or ())
            content = ContentClass(str(entry["id"]), frozenset(entry.get("types") or ()), words, families)
        yield content


def _noise(path: Path) -> Iterable[Words]:
    raw = load_yaml(path) if path.exists() else []
    groups = raw.values() if isinstance(raw, dict) else [raw or []]
    return [_split(phrase) for group in groups for phrase in group]
