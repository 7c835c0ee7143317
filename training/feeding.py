"""Batches to learn from, made beside the training: sentences of events, alone or among others; windows of reports."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from network import Batch
from reports import MarkedReport, Span
from spoken import Spoken, Window, collate_spoken, windows
from torch.utils.data import DataLoader, Dataset

from examples import LONGEST, Encoded, Goals, Labels, collate

_SENTENCES, _WINDOWS = 24, 8
# How many sentences of events stand among others, as they do in reports.
_AMONG = 0.5

CutReport = tuple[MarkedReport, Sequence[tuple[Span, int]]]
Step = tuple[Batch, Goals, Spoken]


@dataclass(frozen=True)
class Lessons:
    """All that is learned from: sentences of events, reports with their pieces, and what cuts these into tokens."""

    sentences: list[Encoded]
    reports: list[CutReport]
    tokenizer: Any
    labels: Labels

    @property
    def steps(self) -> int:
        """Steps of an epoch."""
        return -(-len(self.sentences) // _SENTENCES)

    def epoch(self, seed: int, workers: int) -> DataLoader[Step]:
        """One epoch's steps, in an order and with cuts of its own."""
        chance = random.Random(seed)
        groups = list(_batches(self.sentences, chance))
        spoken = list(islice(_spoken_batches(self.reports, self.tokenizer, chance), len(groups)))
        return DataLoader(_Steps(groups, spoken, self.labels, seed), batch_size=None, num_workers=workers)


class _Steps(Dataset[Step]):
    """A batch of each kind for each step; the dice of a step depend on nothing but its number."""

    def __init__(self, groups: list[list[Encoded]], spoken: list[list[Window]], labels: Labels, seed: int) -> None:
        self.groups, self.spoken, self.labels, self.seed = groups, spoken, labels, seed

    def __len__(self) -> int:
        return len(self.groups)

    def __getitem__(self, step: int) -> Step:
        if step >= len(self.groups):
            raise IndexError(step)
        chance = random.Random(self.seed * 1_000_003 + step)
        return *collate(self.groups[step], self.labels, chance), collate_spoken(self.spoken[step], chance)


def _batches(items: list[Encoded], chance: random.Random) -> Iterator[list[Encoded]]:
    """Sentences of like length together, in a new order each time; some among others, as in a report."""
    placed = [_among(item, items, chance) if chance.random() < _AMONG else item for item in items]
    order = sorted(placed, key=lambda item: len(item.ids) + chance.random() * 12)
    groups = [order[at : at + _SENTENCES] for at in range(0, len(order), _SENTENCES)]
    chance.shuffle(groups)
    yield from groups


def _among(item: Encoded, items: Sequence[Encoded], chance: random.Random) -> Encoded:
    """The sentence among others of the corpus, as many as fit the length that a die gives."""
    room = chance.randint(0, LONGEST) - len(item.ids)
    before: list[int] = []
    behind: list[int] = []
    while (other := chance.choice(items).ids[1:-1]) and len(other) <= room:
        room -= len(other)
        side = chance.choice((before, behind))
        side.extend(other)
    return item.among(before, behind)


def _spoken_batches(reports: Sequence[CutReport], tokenizer: Any, chance: random.Random) -> Iterator[list[Window]]:
    """Windows of like length together, without end; each time round the reports are cut elsewhere."""
    while True:
        found = [window for report, parts in reports for window in windows(report, parts, tokenizer, chance)]
        found.sort(key=lambda window: len(window.ids) + chance.random() * 40)
        groups = [found[at : at + _WINDOWS] for at in range(0, len(found), _WINDOWS)]
        chance.shuffle(groups)
        yield from groups
