"""Between whom tension moved most: the last month's incidents of two countries against the month before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from detente.model.incident import Counted
from detente.model.quads import quad_of_type

MONTH = 30
_MOST = 10


@dataclass(frozen=True, slots=True)
class Mover:
    """Two countries, their incidents of conflict in the month before and in the last, and how far that moved."""

    a: str
    b: str
    before: int
    now: int

    @property
    def moved(self) -> int:
        return self.now - self.before


def movers_of(incidents: Iterable[Counted], last: date) -> list[Mover]:
    """The pairs whose number of conflictual incidents changed most; recalled ones and mere plans do not count."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for incident in incidents:
        if incident.first is None or incident.background or quad_of_type(incident.type).number < 3:
            continue
        now = (last - incident.first).days < MONTH
        sources = {party.country for party in incident.sources if party.country}
        targets = {party.country for party in (*incident.targets, *incident.victims) if party.country}
        for pair in {tuple(sorted((a, b))) for a in sources for b in targets if a != b}:
            counts[pair[0], pair[1]][now] += 1
    found = [Mover(a, b, before, now) for (a, b), (before, now) in counts.items() if before != now]
    return sorted(found, key=lambda m: (-abs(m.moved), m.a, m.b))[:_MOST]
