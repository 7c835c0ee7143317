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
# So many made pairs without an event are kept for each sentence beside those that the writers marked. They are told
# with the words of a deed, which is a deed but not theirs; one in so many without, as nobody asks about such pairs.
_MADE = 3
_BARE = 0.3


@dataclass(frozen=True)
class Pair:
    """Two parties of a sentence (either may be missing) and the event between them; `type` is NONE without one.

    `trigger` is empty where nothing is told. `first` says that no other event of the sentence has these parties.
    """

    source: tuple[Span, ...]
    target: tuple[Span, ...]
    type: str
    trigger: tuple[Span, ...] = ()
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    status: str | None = None
    background: bool = False
    reciprocal: bool = False
    first: bool = True
    marked: bool = True


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
    events = [pair for event in row["events"] for pair in _told(text, event)]
    told: set[tuple[Any, Any]] = set()
    pairs: list[Pair] = []
    for pair in events:
        parties = (pair.source, pair.target)
        pairs.append(pair if parties not in told else _again(pair))
        told.add(parties)
    for first, second in row.get("none", []):
        one, two = find_words(text, first), find_words(text, second)
        if ((one,), (two,)) not in told:
            told.add(((one,), (two,)))
            pairs.append(_nothing(one, two, chance.choice(events).trigger if events else ()))
    made = [pair for pair in _crossed(told) if ((pair[0],), (pair[1],)) not in told]
    for one, two in chance.sample(made, min(_MADE, len(made))):
        trigger = chance.choice(events).trigger if events and chance.random() >= _BARE else ()
        pairs.append(_nothing(one, two, trigger, marked=False))
    return Sentence(row["id"], text, tuple(pairs))


def _told(text: str, event: dict[str, Any]) -> Iterator[Pair]:
    """An event as pairs of single parties."""
    sources, targets = _parties(text, event["source"]), _parties(text, event["target"])
    if event.get("reciprocal"):
        everyone = tuple(dict.fromkeys((*sources, *targets)))
        # "The two armies clashed": one phrase for all of them.
        sources, targets = everyone, everyone if len(everyone) > 1 else ()
    for source in sources or (None,):
        for target in targets or (None,):
            if source != target or source is None:
                yield _pair(text, source, target, event)


def _again(pair: Pair) -> Pair:
    return Pair(**{**pair.__dict__, "first": False})


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


def _pair(text: str, source: Span | None, target: Span | None, event: dict[str, Any]) -> Pair:
    return Pair(
        source=(source,) if source else (),
        target=(target,) if target else (),
        type=event["type"],
        trigger=(find_words(text, event["trigger"]),),
        mode=event.get("mode"),
        contexts=tuple(event.get("contexts", ())),
        cameo=event.get("cameo"),
        status=event.get("status"),
        background=bool(event.get("background")),
        reciprocal=bool(event.get("reciprocal")),
    )


def _nothing(source: Span, target: Span, trigger: tuple[Span, ...] = (), marked: bool = True) -> Pair:
    return Pair((source,), (target,), NONE, trigger=trigger, marked=marked)


def _crossed(told: set[tuple[Any, Any]]) -> list[tuple[Span, Span]]:
    """Pairs between which nothing is told: one-sided deeds turned round, and parties of different deeds."""
    spans = sorted({span for pair in told for side in pair for span in side})
    return [(one, two) for one in spans for two in spans if one != two and not _overlap(one, two)]


def _overlap(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]
