"""The tables of checking and deleting: a row a verdict of a reviewer, and a row a tombstone of what was deleted."""

from __future__ import annotations

from collections.abc import Iterator

from detente.export.lines import Row
from detente.export.people import People
from detente.model.coded import CodedReport
from detente.model.exported import Wishes
from detente.model.span import Span

BETWEEN = "; "
VERDICT_COLUMNS = (
    *("number", "report", "kind", "item", "item_then", "type", "start", "end", "judgement", "standing", "fate"),
    *("correct_type", "correct_sources", "correct_targets", "correct_first", "correct_last", "correct_place"),
    *("correct_status", "correct_speaker", "correct_channel", "correct_content"),
    *("note", "reviewer", "marked", "undoes"),
)
TOMBSTONE_COLUMNS = ("kind", "hash", "reason", "deleter", "deleted", "reports")


def verdict_rows(coded: CodedReport, wishes: Wishes) -> Iterator[Row]:
    """Every verdict on one report's items, those that were taken back too."""
    given = wishes.verdicts.get(coded.report.id, ())
    people = People(coded, wishes.names)
    for verdict in given:
        mark, correction, found = verdict.mark, verdict.correction, wishes.standing.get(verdict.number or 0)
        yield {
            "number": verdict.number,
            "report": mark.report,
            "kind": mark.kind,
            "item": found.item if found else None,
            "item_then": mark.id,
            "type": mark.type,
            "start": mark.spans[0].start if mark.spans else None,
            "end": mark.spans[0].end if mark.spans else None,
            "judgement": verdict.judgement,
            "standing": found is not None,
            "fate": found.fate if found else None,
            "correct_type": correction.type,
            "correct_sources": _names(people, correction.sources),
            "correct_targets": _names(people, correction.targets),
            "correct_first": correction.first.isoformat() if correction.first else None,
            "correct_last": correction.last.isoformat() if correction.last else None,
            "correct_place": correction.place,
            "correct_status": correction.status,
            "correct_speaker": people.free(correction.speaker) if correction.speaker else None,
            "correct_channel": correction.channel,
            "correct_content": _spans(correction.content),
            "note": people.free(verdict.note),
            "reviewer": verdict.by,
            "marked": verdict.when,
            "undoes": verdict.undoes,
        }


def _names(people: People, names: tuple[str, ...] | None) -> str | None:
    return None if names is None else BETWEEN.join(people.free(name) for name in names)


def _spans(spans: tuple[Span, ...] | None) -> str | None:
    return None if spans is None else BETWEEN.join(f"{span.start}-{span.end}" for span in spans)


def no_rows(coded: CodedReport, wishes: Wishes) -> Iterator[Row]:
    """Nothing: what was deleted belongs to no report."""
    return iter(())


def tombstone_rows(wishes: Wishes) -> Iterator[Row]:
    """What was deleted, the oldest first."""
    for stone in wishes.tombstones:
        told = stone.to_dict()
        yield {**{name: told[name] for name in ("kind", "hash", "reason", "reports")}, **_who(stone.by, stone.when)}


def _who(by: str, when: str) -> Row:
    return {"deleter": by, "deleted": when}
