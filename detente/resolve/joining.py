"""Joins participants of a report that turned out to be the same actor, and rewrites the ids that point to them.

The first one in the report keeps its id; mentions and descriptions are united. Nothing is looked up here.
"""

from __future__ import annotations

from dataclasses import replace

from detente.model.coded import CodedReport
from detente.model.event import Count, Event, Size
from detente.model.participant import Participant
from detente.model.statement import Stance, Statement


def join_same(coded: CodedReport) -> CodedReport:
    """The report with one participant for each known actor."""
    first: dict[str, str] = {}
    renamed: dict[str, str] = {}
    for participant in coded.participants:
        key = participant.entity or participant.id
        renamed[participant.id] = first.setdefault(key, participant.id)
    if all(old == new for old, new in renamed.items()):
        return coded
    groups: dict[str, list[Participant]] = {}
    for participant in coded.participants:
        groups.setdefault(renamed[participant.id], []).append(participant)
    return coded.with_(
        participants=tuple(_joined(group, renamed) for group in groups.values()),
        events=tuple(_event(event, renamed) for event in coded.events),
        statements=tuple(_statement(statement, renamed) for statement in coded.statements),
    )


def _joined(group: list[Participant], renamed: dict[str, str]) -> Participant:
    kept = group[0]
    # Of several ways to one actor the surest gives office and reason.
    best = max(group, key=lambda p: (p.kind == "person" and len(p.descriptions) > 0, p.confidence))
    principal = next((renamed[p.principal] for p in group if p.principal in renamed), kept.principal)
    return replace(
        best,
        id=kept.id,
        mentions=tuple(sorted({span for p in group for span in p.mentions})),
        descriptions=tuple(dict.fromkeys(d for p in group for d in p.descriptions)),
        confidence=max(p.confidence for p in group),
        gender=next((p.gender for p in group if p.gender), None),
        principal=None if principal == kept.id else principal,
    )


def _ids(ids: tuple[str, ...], renamed: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(renamed.get(id, id) for id in ids))


def _event(event: Event, renamed: dict[str, str]) -> Event:
    return replace(
        event,
        sources=_ids(event.sources, renamed),
        targets=_ids(event.targets, renamed),
        victims=_ids(event.victims, renamed),
        size=_size(event.size, renamed) if event.size else None,
    )


def _size(size: Size, renamed: dict[str, str]) -> Size:
    def who(count: Count | None) -> Count | None:
        return replace(count, who=renamed.get(count.who, count.who)) if count and count.who else count

    return Size(who(size.dead), who(size.injured), who(size.arrested), who(size.displaced), who(size.taking_part))


def _statement(statement: Statement, renamed: dict[str, str]) -> Statement:
    speaker = statement.speaker
    return replace(
        statement,
        speaker=renamed.get(speaker, speaker) if speaker else None,
        candidates=_ids(statement.candidates, renamed),
        about=_ids(statement.about, renamed),
        addressees=_ids(statement.addressees, renamed),
        stance=_stances(statement, renamed),
    )


def _stances(statement: Statement, renamed: dict[str, str]) -> tuple[Stance, ...]:
    """One stance toward each who is left, the first; none toward the speaker, who may turn out to be the one meant."""
    speaker = renamed.get(statement.speaker or "", statement.speaker)
    found: dict[str, Stance] = {}
    for stance in statement.stance:
        toward = renamed.get(stance.toward, stance.toward)
        if toward != speaker:
            found.setdefault(toward, replace(stance, toward=toward))
    return tuple(found.values())
