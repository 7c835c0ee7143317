"""Incidents by month of countries, first-level regions, actors, and of governments, rebels and civilians in a country.

Incidents come in, one row a subject and month goes out, zeros only within the declared coverage: from the first to the
last day, which the archive's reports give unless they are said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from detente.analyse.coverage import Published, PublishedDays, stretch_of, stretches_between
from detente.analyse.dyads import counts, day_counted, flow_of
from detente.model.dyad import Unit
from detente.model.incident import Incident, IncidentParty
from detente.model.tally import Tally, TallyBy

# Who fights or rules for a state, who fights it, and who is hit as a civilian (PLOVER sectors).
_STATE = frozenset({"GOV", "MIL", "COP", "SPY"})
_REBELS = frozenset({"REB", "UAF", "SEP", "INS"})
_CIVILIANS = frozenset({"CVL", "REF", "EDU", "MED", "JRN", "LAB", "NGO"})
GOVERNMENT_REBELS, REBELS_CIVILIANS = "government and rebels", "rebels and civilians"


def tally(
    incidents: Iterable[Incident],
    reports: Iterable[Published],
    by: TallyBy,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[Tally]:
    """One row for each subject and month of the coverage, subjects in order."""
    told = [i for i in incidents if counts(i) and day_counted(i) is not None]
    kept = list(reports)
    published = PublishedDays(kept)
    days = [day for i in told if (day := day_counted(i))] + list(published.period() or ())
    first, last = since or min(days, default=None), until or max(days, default=None)
    if first is None or last is None or first > last:
        return
    stretches = list(stretches_between(first, last, Unit.month))
    covered = published.coverage(first, last, Unit.month)
    held: dict[tuple[str, date], list[Incident]] = defaultdict(list)
    for incident in told:
        day = day_counted(incident)
        if day is not None and first <= day <= last:
            for subject in _SUBJECTS[by](incident):
                held[subject, stretch_of(day, Unit.month).first].append(incident)
    for subject in sorted({subject for subject, _ in held}):
        for stretch, coverage in zip(stretches, covered, strict=True):
            yield Tally(by, subject, stretch, coverage.reports, flow_of(held.get((subject, stretch.first), [])))


def _countries(incident: Incident) -> set[str]:
    return {incident.where.country} if incident.where and incident.where.country else set()


def _regions(incident: Incident) -> set[str]:
    where = incident.where
    return {f"{where.country} {where.admin1}"} if where and where.country and where.admin1 else set()


def _actors(incident: Incident) -> set[str]:
    return {party.code or party.name for party in incident.sources}


def _conflicts(incident: Incident) -> set[str]:
    """Government against rebels (either way) and rebels against civilians, within each country."""
    found = set()
    sources, hit = incident.sources, (*incident.targets, *incident.victims)
    for country in {c for p in (*sources, *hit) if (c := p.country)}:
        mine, theirs = (_sectors(parties, country) for parties in (sources, hit))
        if (mine & _STATE and theirs & _REBELS) or (mine & _REBELS and theirs & _STATE):
            found.add(f"{country} {GOVERNMENT_REBELS}")
        if mine & _REBELS and theirs & _CIVILIANS:
            found.add(f"{country} {REBELS_CIVILIANS}")
    return found


def _sectors(parties: Iterable[IncidentParty], country: str) -> set[str]:
    codes = ((party.code or "").split() for party in parties)
    return {sector for code in codes if code[:1] == [country] for sector in code[1:]}


_SUBJECTS: dict[TallyBy, Callable[[Incident], set[str]]] = {
    TallyBy.country: _countries,
    TallyBy.region: _regions,
    TallyBy.actor: _actors,
    TallyBy.conflict: _conflicts,
}
