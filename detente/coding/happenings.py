"""One happening is one event within a report: unites its tellings, once actors, dates and places are known.

Same type, parties that fit, a status that fits, dates that overlap and places that do not differ. The clearest telling
gives the trigger, every telling its clause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from detente.model.coded import CodedReport
from detente.model.event import Coding, Event
from detente.model.participant import Participant
from detente.model.statement import Statement
from detente.model.when import When

_SPEECH = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})
_FEW_DAYS = 4
_REAL = frozenset({"happened", "under_way"})


def unite_events(coded: CodedReport) -> CodedReport:
    """Join the tellings of one happening; statements that pointed to a joined event point to the one that stays."""
    people = {p.id: p for p in coded.participants}
    kept: list[Event] = []
    gone: dict[str, str] = {}
    order = sorted(coded.events, key=lambda e: (-_clarity(e), e.trigger.start))
    for event in order:
        place = next((n for n, other in enumerate(kept) if _same_happening(other, event, people)), None)
        if place is None:
            kept.append(event)
        else:
            gone[event.id] = kept[place].id
            kept[place] = _joined(kept[place], event)
    kept.sort(key=lambda e: e.trigger.start)
    return coded.with_(events=tuple(kept), statements=tuple(_repointed(coded, kept, gone)))


def _repointed(coded: CodedReport, kept: Sequence[Event], gone: Mapping[str, str]) -> list[Statement]:
    """The statements with the events that stand on their word, and with their acts under the ids that stayed."""
    return [
        replace(
            s,
            events=tuple(e.id for e in kept if e.told_in == s.id),
            acts=tuple(dict.fromkeys(gone.get(e, e) for e in s.acts)),
        )
        for s in coded.statements
    ]


def _clarity(event: Event) -> float:
    """How well a telling can stand for its event: both parties, the report's own voice, a verb."""
    return (
        2 * bool(event.sources)
        + bool(event.targets)
        + 0.5 * (event.told_in is None)
        + 0.5 * bool(event.when and event.when.basis == "stated")
        + event.confidence
    )


def _same_happening(a: Event, b: Event, people: Mapping[str, Participant]) -> bool:
    one, two = a.coding("PLOVER"), b.coding("PLOVER")
    if one is None or two is None or one.code != two.code:
        return False
    if one.mode and two.mode and one.mode != two.mode and one.code not in _SPEECH:
        return False  # a search and an arrest are two deeds
    if not (a.status == b.status or {a.status, b.status} <= _REAL) or a.background != b.background:
        return False
    if one.code in _SPEECH and not (a.sources and b.sources):
        return False
    if not _dates_fit(a, b) or not _places_fit(a, b):
        return False
    if not _something_shared(a, b):
        return False
    if a.reciprocal or b.reciprocal:
        mine, theirs = {*a.sources, *a.targets}, {*b.sources, *b.targets}
        return _sides_fit(tuple(mine), tuple(theirs), people)
    return _sides_fit(a.sources, b.sources, people) and _sides_fit(a.targets, b.targets, people)


def _something_shared(a: Event, b: Event) -> bool:
    """Two tellings must share a party or a place, or one is a bare mention without any party ("the fighting")."""
    mine, theirs = {*a.sources, *a.targets, *a.victims}, {*b.sources, *b.targets, *b.victims}
    same_place = a.place is not None and b.place is not None and a.place.name == b.place.name
    return bool(mine & theirs) or same_place or not mine or not theirs


def _dates_fit(a: Event, b: Event) -> bool:
    if a.when is None or b.when is None or a.when.overlaps(b.when):
        return True
    # The day of publication is only what is assumed where nothing is told: another telling may give the true day.
    told = {a.when.basis, b.when.basis}
    firsts = [w.first for w in (a.when, b.when) if w.first is not None]
    return told == {"publication", "stated"} and len(firsts) == 2 and abs((firsts[0] - firsts[1]).days) <= _FEW_DAYS


def _places_fit(a: Event, b: Event) -> bool:
    if a.place is None or b.place is None or a.place.name == b.place.name:
        return True
    whole = {"country", "region", "admin1"}
    return a.place.country == b.place.country and (a.place.resolution in whole or b.place.resolution in whole)


def _sides_fit(one: Sequence[str], two: Sequence[str], people: Mapping[str, Participant]) -> bool:
    """Whether two lists of parties can be the same: equal, sharing a party, of one country, or one of them untold."""
    if not one or not two or set(one) & set(two):
        return True
    mine = {people[p].code for p in one if p in people and people[p].country}
    theirs = {people[p].code for p in two if p in people and people[p].country}
    return bool(mine & theirs)


def _joined(stays: Event, goes: Event) -> Event:
    evidence = tuple(dict.fromkeys((*stays.evidence, *goes.evidence)))
    sources, targets = stays.sources or goes.sources, stays.targets or goes.targets
    if stays.reciprocal or goes.reciprocal:
        together = tuple(dict.fromkeys((*stays.sources, *stays.targets, *goes.sources, *goes.targets)))
        sources = targets = together
    return replace(
        stays,
        codings=_fuller_codings(stays, goes),
        sources=sources,
        targets=targets,
        victims=tuple(dict.fromkeys((*stays.victims, *goes.victims))),
        reciprocal=stays.reciprocal or goes.reciprocal,
        evidence=tuple(sorted(evidence)),
        place=stays.place or goes.place,
        when=_better_when(stays, goes),
        size=stays.size or goes.size,
        told_in=None if stays.told_in is None or goes.told_in is None else stays.told_in,
        confidence=max(stays.confidence, goes.confidence),
    )


def _fuller_codings(stays: Event, goes: Event) -> tuple[Coding, ...]:
    """The codings that stay, unless only the other telling says by what means it was done."""
    mine, theirs = stays.coding("PLOVER"), goes.coding("PLOVER")
    told_more = mine is not None and theirs is not None and mine.mode is None and theirs.mode is not None
    return goes.codings if told_more else stays.codings


def _better_when(stays: Event, goes: Event) -> When | None:
    """A stated day goes before the assumed one."""
    if (
        stays.when is not None
        and stays.when.basis == "publication"
        and goes.when is not None
        and goes.when.basis == "stated"
    ):
        return goes.when
    return stays.when or goes.when
