"""The corpus as examples to learn from: sentences with pairs of parties, each with what the first does to the second.

JSON Lines in (corpus/sentences), sentences with pairs out; the words that name a party become spans. A row whose words
do not stand in its text is refused with file and line.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Span = tuple[int, int]
NONE = "NONE"
# So many made pairs without an event are kept for each sentence beside those that the writers marked.
_MADE = 2


@dataclass(frozen=True)
class Pair:
    """Two parties of a sentence (either may be missing) and the event between them; `type` is NONE without one."""

    source: tuple[Span, ...]
    target: tuple[Span, ...]
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    status: str | None = None
    background: bool = False


@dataclass(frozen=True)
class Sentence:
    """A text of one to three sentences with its pairs."""

    id: str
    text: str
    pairs: tuple[Pair, ...]


class CorpusError(ValueError):
    """A row that cannot be used; the message names file and line."""


def read_corpus(paths: Iterable[Path], seed: int = 0) -> list[Sentence]:
    """All sentences of the files, with the pairs marked and some made by turning round and crossing those."""
    return [sentence for path in paths for sentence in _read(path, random.Random(seed))]


def _read(path: Path, chance: random.Random) -> Iterator[Sentence]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _sentence(json.loads(line), chance)
        except (KeyError, ValueError) as error:
            raise CorpusError(f"{path}:{number}: {error}") from error


def _sentence(row: dict[str, Any], chance: random.Random) -> Sentence:
    text = row["text"]
    pairs: dict[tuple[Any, Any], Pair] = {}
    for event in row["events"]:
        sources, targets = _parties(text, event["source"]), _parties(text, event["target"])
        reciprocal = bool(event.get("reciprocal"))
        if reciprocal:
            everyone = tuple(dict.fromkeys((*sources, *targets)))
            # "The two armies clashed": one phrase for all of them.
            sources, targets = everyone, everyone if len(everyone) > 1 else ()
        for source in sources or (None,):
            for target in targets or (None,):
                if source != target or source is None:
                    pairs.setdefault((source, target), _pair(source, target, event))
    for first, second in row.get("none", []):
        one, two = find_words(text, first), find_words(text, second)
        pairs.setdefault((one, two), _nothing(one, two))
    made = [pair for pair in _made(list(pairs)) if pair not in pairs]
    for source, target in chance.sample(made, min(_MADE, len(made))):
        pairs[(source, target)] = _nothing(source, target)
    return Sentence(row["id"], text, tuple(pairs.values()))


def _parties(text: str, words: str | list[str] | None) -> tuple[Span, ...]:
    if words is None:
        return ()
    return tuple(find_words(text, word) for word in ([words] if isinstance(words, str) else words))


def find_words(text: str, words: str) -> Span:
    """Where the words stand in the text; "police#2" are those that stand there the second time."""
    nth = 1
    if words[-2:-1] == "#" and words[-1:].isdigit():
        words, nth = words[:-2], int(words[-1])
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1)
        if at < 0 or not words:
            raise ValueError(f"{words!r} does not stand in the text {nth} times")
    return at, at + len(words)


def _pair(source: Span | None, target: Span | None, event: dict[str, Any]) -> Pair:
    return Pair(
        source=(source,) if source else (),
        target=(target,) if target else (),
        type=event["type"],
        mode=event.get("mode"),
        contexts=tuple(event.get("contexts", ())),
        cameo=event.get("cameo"),
        status=event.get("status"),
        background=bool(event.get("background")),
    )


def _nothing(source: Span, target: Span) -> Pair:
    return Pair((source,), (target,), NONE)


def _made(pairs: list[tuple[Span | None, Span | None]]) -> list[tuple[Span, Span]]:
    """Pairs between which nothing is told: one-sided deeds turned round, and parties of different deeds."""
    spans = list(dict.fromkeys(span for pair in pairs for span in pair if span))
    return [(one, two) for one in spans for two in spans if one != two and not _overlap(one, two)]


def _overlap(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]
