"""What passed between two sides, stretch by stretch: counted from incidents, never from single reports.

Incidents come in, series go out. Only what happened or is under way counts; what is only recalled counts on its own
stated day or not at all. The measure: for each quad class of PLOVER (verbal and material, cooperation and conflict; the
quad counts of Duval and Thompson 1980) the number of incidents, and the sums of PLOVER scores and of Goldstein's
(Goldstein 1992, J. Conflict Resolution 36) weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.analyse.coverage import Published, PublishedDays, stretch_of, stretches_between
from detente.codebook.folding import fold_name
from detente.model.dyad import Coverage, DyadSeries, DyadStretch, Flow, Stretch, Unit
from detente.model.event import COUNTED
from detente.model.incident import Counted, IncidentParty
from detente.model.quads import QUADS, quad_of_type
from detente.model.series import PairSeries

# An incident of a longer stretch ("in 2019") is on no day, in no week and in no month.
LONGEST_DAYS = 31
# What stands in the place of a country where many have a part.
BODIES = frozenset({"IGO", "NGO", "IMG"})


@cache
def _parts(code: str) -> tuple[str, frozenset[str]]:
    """The country of a code and its sectors."""
    country, *sectors = code.split() or [""]
    return country, frozenset(sectors)


@dataclass(frozen=True, slots=True)
class Side:
    """A side asked for: a country and perhaps sectors in it (`RUS MIL`), or a body or group by its name."""

    label: str
    countries: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    name: str | None = None

    def has(self, party: IncidentParty) -> bool:
        """Whether a party of an incident is of this side."""
        country, sectors = _parts(party.code or "")
        if self.name is not None and fold_name(self.name) == fold_name(party.name):
            return True
        return country in self.countries and self.sectors <= sectors

    def among(self, parties: Iterable[IncidentParty]) -> bool:
        """Whether any of these parties is of this side."""
        return any(self.has(party) for party in parties)


@dataclass(frozen=True, slots=True)
class Passed:
    """An incident between two sides: in which direction it went, or that it is a third party's call on both."""

    incident: Counted
    forth: bool
    back: bool
    call: bool = False


def counts(incident: Counted) -> bool:
    """Whether an incident counts at all: it happened or is under way."""
    return incident.status in COUNTED


def day_counted(incident: Counted) -> date | None:
    """The day on which an incident counts: its first; None where that is unknown or too vague.

    What all reports only recall counts where its own day is stated, never on the day of a report.
    """
    first, last = incident.first, incident.last or incident.first
    if first is None or last is None or (last - first).days >= LONGEST_DAYS:
        return None
    return None if incident.background and incident.dated != "stated" else first


def passed_between(incident: Counted, a: Side, b: Side) -> Passed | None:
    """How an incident lies between two sides; None where it does not."""
    sources, hit = incident.sources, (*incident.targets, *incident.victims)
    forth = a.among(sources) and b.among(hit)
    back = b.among(sources) and a.among(hit)
    if forth or back:
        return Passed(incident, forth, back)
    outside = bool(sources) and not a.among(sources) and not b.among(sources)
    if outside and incident.type == "REQUEST" and a.among(incident.targets) and b.among(incident.targets):
        return Passed(incident, forth=False, back=False, call=True)
    return None


def dyad_series(
    incidents: Iterable[Counted],
    reports: Iterable[Published] | PublishedDays,
    sides: tuple[Side, Side],
    unit: Unit,
    since: date | None = None,
    until: date | None = None,
) -> DyadSeries:
    """What passed between two sides in each stretch of a period; without one, from the first to the last known day."""
    told = told_between(incidents, sides)
    published = reports if isinstance(reports, PublishedDays) else PublishedDays(reports)
    days = [day for p in told if (day := day_counted(p.incident)) is not None]
    days += published.period() or ()
    first, last = since or min(days, default=None), until or max(days, default=None)
    if first is None or last is None or first > last:
        return DyadSeries(sides[0].label, sides[1].label, unit, (), _undated(told))
    covered = published.coverage(first, last, unit)
    stretches = stretches_between(first, last, unit)
    by_stretch = {stretch.first: coverage for stretch, coverage in zip(stretches, covered, strict=True)}
    return series_of(told, sides, unit, Covered(first, last, by_stretch))


@dataclass(frozen=True, slots=True)
class Covered:
    """A period, and the coverage of its stretches by their first days; a stretch that is not there has no reports."""

    first: date
    last: date
    by_stretch: Mapping[date, Coverage]


def told_between(incidents: Iterable[Counted], sides: tuple[Side, Side]) -> list[Passed]:
    """The incidents that count and lie between two sides."""
    return [p for i in incidents if counts(i) and (p := passed_between(i, *sides)) is not None]


def series_of(told: Sequence[Passed], sides: tuple[Side, Side], unit: Unit, covered: Covered) -> DyadSeries:
    """What passed between two sides in each stretch of a period whose coverage is known."""
    a, b = sides
    held = _by_stretch([p for p in told if _lies_in(day_counted(p.incident), (covered.first, covered.last))], unit)
    made = [
        _stretch(sides, stretch, covered.by_stretch.get(stretch.first, Coverage()), held.get(stretch.first, []))
        for stretch in stretches_between(covered.first, covered.last, unit)
    ]
    return DyadSeries(a.label, b.label, unit, tuple(made), _undated(told))


def _undated(told: Iterable[Passed]) -> tuple[str, ...]:
    return tuple(p.incident.id for p in told if day_counted(p.incident) is None)


def _lies_in(day: date | None, period: tuple[date, date]) -> bool:
    return day is not None and period[0] <= day <= period[1]


def _by_stretch(told: Iterable[Passed], unit: Unit) -> dict[date, list[Passed]]:
    found: dict[date, list[Passed]] = defaultdict(list)
    for passed in told:
        day = day_counted(passed.incident)
        if day is not None:
            found[stretch_of(day, unit).first].append(passed)
    return found


def _stretch(sides: tuple[Side, Side], stretch: Stretch, coverage: Coverage, held: Sequence[Passed]) -> DyadStretch:
    return DyadStretch(
        a=sides[0].label,
        b=sides[1].label,
        stretch=stretch,
        coverage=coverage,
        a_to_b=flow_of(p.incident for p in held if p.forth),
        b_to_a=flow_of(p.incident for p in held if p.back),
        together=flow_of(p.incident for p in held if not p.call),
        calls=tuple(sorted(p.incident.id for p in held if p.call)),
    )


def flow_of(incidents: Iterable[Counted]) -> Flow:
    """The incidents by quad class, each once, whatever order they came in."""
    ordered = sorted({i.id: i for i in incidents}.values(), key=lambda i: i.id)
    quads = [tuple(i.id for i in ordered if quad_of_type(i.type) is quad) for quad in QUADS]
    plover = sum(i.score for i in ordered if i.score is not None)
    goldstein = sum(i.goldstein for i in ordered if i.goldstein is not None)
    return Flow(tuple(quads), plover, goldstein)


def score_series(incidents: Iterable[Counted], sides: tuple[Side, Side]) -> PairSeries:
    """The sums of PLOVER scores of two sides day by day, for finding outbreaks; each incident once."""
    sums: dict[int, float] = defaultdict(float)
    for incident in sorted({i.id: i for i in incidents if counts(i)}.values(), key=lambda i: i.id):
        passed, day = passed_between(incident, *sides), day_counted(incident)
        if passed is not None and not passed.call and day is not None and incident.score is not None:
            sums[day.toordinal()] += incident.score
    days = sorted(sums)
    return PairSeries(sides[0].label, sides[1].label, days, [round(sums[day], 6) for day in days])


def countries_of(parties: Iterable[IncidentParty]) -> set[str]:
    """The countries of parties; bodies of many states have none."""
    return {c for party in parties if (c := party.country) is not None and c not in BODIES}


def pairs_of(incidents: Iterable[Counted]) -> list[tuple[str, str]]:
    """All pairs of countries between which something passed, in order."""
    found: set[tuple[str, str]] = set()
    for incident in filter(counts, incidents):
        sources, hit = countries_of(incident.sources), countries_of((*incident.targets, *incident.victims))
        found |= {(min(a, b), max(a, b)) for a in sources for b in hit if a != b}
    return sorted(found)
