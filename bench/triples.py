"""Who did what to whom in single sentences, end to end: the corpus' parts kept apart, read as reports of one sentence.

`python bench/triples.py [PART...]`. A predicted event is right in type where it tells a gold event's trigger and has
its type; right as a triple where the words of its source and target overlap the gold's too, and it names nobody on
a side that the gold leaves empty.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from pairs import part_of
from sentences import NONE, Pair, Sentence

from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.report import Report
from detente.model.span import Span

Read = Callable[[Report], CodedReport]
_DAY = date(2023, 5, 10)


@dataclass(frozen=True)
class Triples:
    """Events predicted and wanted, and those right in type and as a whole."""

    predicted: int
    wanted: int
    typed: int
    whole: int

    def f1(self, right: int) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * right / max(1, self.predicted + self.wanted)


@dataclass(frozen=True)
class _Gold:
    """An event as the writers coded it: the pairs of one trigger and type together."""

    type: str
    trigger: Span
    sources: frozenset[Span]
    targets: frozenset[Span]
    reciprocal: bool


def measure(part: str, read: Read) -> Triples:
    """The tally over the sentences of one part."""
    rows = [_compared(sentence, read(Report(sentence.text, published=_DAY))) for sentence in part_of(part)]
    return Triples(*(sum(row[n] for row in rows) for n in range(4)))


def _compared(sentence: Sentence, coded: CodedReport) -> tuple[int, int, int, int]:
    wanted = list(_wanted(sentence))
    named = {p.id: p.mentions for p in coded.participants}
    typed = whole = 0
    left = list(wanted)
    for event in sorted(coded.events, key=lambda e: -e.confidence):
        coding = event.coding("PLOVER")
        fitting = [gold for gold in left if coding and gold.type == coding.code and _tells(event, gold)]
        if not fitting:
            continue
        best = max(fitting, key=lambda gold: _parties_right(event, gold, named))
        left.remove(best)
        typed += 1
        whole += _parties_right(event, best, named)
    return len(coded.events), len(wanted), typed, whole


def _wanted(sentence: Sentence) -> Iterator[_Gold]:
    together: dict[tuple[str, tuple[int, int]], list[Pair]] = {}
    for pair in sentence.pairs:
        if pair.type != NONE:
            together.setdefault((pair.type, pair.trigger[0]), []).append(pair)
    for (type_, trigger), pairs in together.items():
        sources = frozenset(Span(*span) for pair in pairs for span in pair.source)
        targets = frozenset(Span(*span) for pair in pairs for span in pair.target)
        yield _Gold(type_, Span(*trigger), sources, targets, pairs[0].reciprocal)


def _tells(event: Event, gold: _Gold) -> bool:
    return gold.trigger.overlaps(event.trigger) or any(gold.trigger.overlaps(span) for span in event.evidence)


def _parties_right(event: Event, gold: _Gold, named: dict[str, tuple[Span, ...]]) -> bool:
    if gold.reciprocal:
        everyone = gold.sources | gold.targets
        return _side_right((*event.sources, *event.targets), everyone, named)
    return _side_right(event.sources, gold.sources, named) and _side_right(event.targets, gold.targets, named)


def _side_right(parties: tuple[str, ...], words: frozenset[Span], named: dict[str, tuple[Span, ...]]) -> bool:
    if not words or not parties:
        return not words and not parties
    told = [any(span.overlaps(word) for span in named.get(party, ()) for word in words) for party in parties]
    return all(told)


if __name__ == "__main__":
    from detente.pipeline import open_reader

    with open_reader() as reader:
        for name in sys.argv[1:] or ("test", "test_plain"):
            found = measure(name, reader.read)
            print(name, found, f"type F1 {found.f1(found.typed):.3f}, triple F1 {found.f1(found.whole):.3f}")
