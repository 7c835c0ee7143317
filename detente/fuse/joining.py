"""Which accounts are one: average linkage within groups that hang together, with what may never be joined.

Scores of pairs in, clusters out. The outcome hangs on the accounts and scores alone, not on their order: scores are
whole numbers, and ties are broken by the events' keys.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from detente.model.account import EventKey

Pair = tuple[EventKey, EventKey]
Cluster = frozenset[EventKey]


@dataclass(frozen=True)
class Links:
    """The scores of the pairs that were compared, and the pairs that are joined or kept apart whatever they score."""

    scores: Mapping[Pair, int]
    join: int
    strangers: int
    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    bare: frozenset[EventKey] = frozenset()
    """Sentences without an event: each goes to the cluster that it retells best, and none is joined through them."""
    retold: int = 0

    def hangs(self, edge: Pair) -> bool:
        """Whether a pair scores enough to hang together."""
        least = self.retold if edge[0] in self.bare or edge[1] in self.bare else self.join
        return self.scores[edge] > least

    @cached_property
    def scored(self) -> Mapping[EventKey, Mapping[EventKey, int]]:
        """The scores of each account with those it was compared with."""
        found: dict[EventKey, dict[EventKey, int]] = defaultdict(dict)
        for (one, other), score in self.scores.items():
            found[one][other] = found[other][one] = score
        return found

    @cached_property
    def parted(self) -> Mapping[EventKey, Collection[EventKey]]:
        """The accounts from which each is kept apart."""
        return _neighbours(self.apart)

    @cached_property
    def bound(self) -> Mapping[EventKey, Collection[EventKey]]:
        """The accounts with which each is joined by decision."""
        return _neighbours(self.together)


def _neighbours(pairs: Iterable[Pair]) -> Mapping[EventKey, Collection[EventKey]]:
    found: dict[EventKey, set[EventKey]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def pair(one: EventKey, other: EventKey) -> Pair:
    """The two keys in their order."""
    return (one, other) if one <= other else (other, one)


def groups_of(keys: Iterable[EventKey], links: Links) -> list[Cluster]:
    """The accounts that hang together by pairs that score enough: no join ever leaves its group."""
    near: dict[EventKey, set[EventKey]] = {key: set() for key in keys}
    strong = [edge for edge in links.scores if links.hangs(edge)]
    for one, other in (*strong, *links.together):
        if one in near and other in near:
            near[one].add(other)
            near[other].add(one)
    return connected(near)


def connected(near: Mapping[EventKey, Collection[EventKey]]) -> list[Cluster]:
    """The parts of a graph between which there is no way."""
    found: list[Cluster] = []
    left = set(near)
    for start in sorted(near):
        if start not in left:
            continue
        group, ahead = set(), [start]
        while ahead:
            key = ahead.pop()
            if key in left:
                left.remove(key)
                group.add(key)
                ahead += near[key]
        found.append(frozenset(group))
    return found


def clusters_of(group: Collection[EventKey], links: Links) -> list[Cluster]:
    """The happenings of one group: the two clusters that agree best are joined, until none agree enough."""
    whole = [key for key in group if key not in links.bare]
    near = {key: {other for other in links.bound.get(key, ()) if other in whole} for key in whole}
    clusters = sorted(_Linkage(connected(near), links).joined(), key=min)
    told: dict[EventKey, set[EventKey]] = {min(cluster): set() for cluster in clusters}
    for key in sorted(set(group) & links.bare):
        best = _retold(key, clusters, links)
        if best is not None:
            told[min(best)].add(key)
    return [cluster | told[min(cluster)] for cluster in clusters]


def _retold(key: EventKey, clusters: Iterable[Cluster], links: Links) -> Cluster | None:
    """The cluster that a sentence retells: the one it agrees with best on average, if it agrees enough."""
    scores, parted, bound = links.scored.get(key, {}), links.parted.get(key, ()), links.bound.get(key, ())
    best: tuple[int, float] | None = None
    found: Cluster | None = None
    for cluster in clusters:
        mean = sum(scores.get(other, links.strangers) for other in cluster) / len(cluster)
        decided = any(other in cluster for other in bound)
        if any(other in cluster for other in parted) or not (decided or mean > links.retold):
            continue
        if best is None or (decided, mean) > best:
            best, found = (decided, mean), cluster
    return found


class _Linkage:
    """Clusters under way: sums of scores between any two that have been compared, the best pair first."""

    def __init__(self, clusters: list[Cluster], links: Links) -> None:
        self._links = links
        self._clusters: dict[EventKey, Cluster] = {min(cluster): cluster for cluster in clusters}
        self._sums: dict[EventKey, dict[EventKey, int]] = defaultdict(dict)
        self._counts: dict[EventKey, dict[EventKey, int]] = defaultdict(dict)
        self._apart: dict[EventKey, set[EventKey]] = defaultdict(set)
        self._heap: list[tuple[float, EventKey, EventKey, int, int]] = []
        home = {key: name for name, cluster in self._clusters.items() for key in cluster}
        for key, name in sorted(home.items()):
            for other, score in links.scored.get(key, {}).items():
                # Each pair once, and none within a cluster or beyond the group.
                if key < other and other in home and home[other] != name:
                    self._add(name, home[other], score, 1)
            for other in links.parted.get(key, ()):
                if other in home and home[other] != name:
                    self._apart[name].add(home[other])
        for one in list(self._sums):
            for other in self._sums[one]:
                if one < other:
                    self._offer(one, other)

    def joined(self) -> list[Cluster]:
        """The clusters when no two agree enough any more."""
        while self._heap:
            _, one, other, size_one, size_other = heapq.heappop(self._heap)
            a, b = self._clusters.get(one), self._clusters.get(other)
            if a is not None and b is not None and (len(a), len(b)) == (size_one, size_other):
                self._join(one, other)
        return list(self._clusters.values())

    def _add(self, one: EventKey, other: EventKey, total: int, count: int) -> None:
        for a, b in ((one, other), (other, one)):
            self._sums[a][b] = self._sums[a].get(b, 0) + total
            self._counts[a][b] = self._counts[a].get(b, 0) + count

    def _offer(self, one: EventKey, other: EventKey) -> None:
        """Put two clusters in line if they agree enough; pairs never compared count as strangers."""
        if other in self._apart[one]:
            return
        size_one, size_other = len(self._clusters[one]), len(self._clusters[other])
        unknown = size_one * size_other - self._counts[one][other]
        total = self._sums[one][other] + unknown * self._links.strangers
        if total > self._links.join * size_one * size_other:
            mean = total / (size_one * size_other)
            heapq.heappush(self._heap, (-mean, one, other, size_one, size_other))

    def _join(self, one: EventKey, other: EventKey) -> None:
        """Two clusters become one, under the smaller name."""
        self._clusters[one] |= self._clusters.pop(other)
        for third, total in self._sums.pop(other).items():
            count = self._counts[other][third]
            self._sums[third].pop(other)
            self._counts[third].pop(other)
            if third != one:
                self._add(one, third, total, count)
        del self._counts[other]
        for third in self._apart.pop(other, set()):
            self._apart[third].discard(other)
            self._apart[third].add(one)
            self._apart[one].add(third)
        for third in sorted(self._sums[one]):
            self._offer(*sorted((one, third)))
