"""PLOVER's own JSON (manual 2021, chapter Data Fields), one object a line and an event, with all of its parties."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from detente.codebook.formats import columns_of
from detente.export.directed import Directed, directed_rows
from detente.model.coded import CodedReport
from detente.model.exported import ExportError, Wishes, Written
from detente.model.participant import Participant
from detente.model.quads import quad_of


class PloverJson:
    """Writes PLOVER events; `comment` says on whose word the event stands and whether it is only recalled."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        undated: list[str] = []
        count = 0
        with target.open("w", encoding="utf-8", errors="replace", newline="\n") as handle:
            for row in directed_rows(readings, wishes):
                if row.number:
                    continue  # an object holds all parties of its event
                if row.day is None:
                    undated.append(f"{row.group}: on no known day")
                    continue
                told = _object(row, wishes)
                _check(told)
                handle.write(json.dumps(told, ensure_ascii=False, sort_keys=False) + "\n")
                count += 1
        return Written(count, tuple(undated))


def _object(row: Directed, wishes: Wishes) -> dict[str, object]:
    event, report, plover = row.event, row.report, row.coding("PLOVER")
    last = event.when.last if event.when else None
    told: dict[str, object] = {
        "id": row.group,
        "has_event": True,
        "date": row.day.isoformat() if row.day else None,
        "enddate": last.isoformat() if last and last != row.day else None,
        "actor": [_entity(row, id) for id in event.sources],
        "recipient": [_entity(row, id) for id in event.targets],
        "event": [plover.code] if plover else [],
        "event_loc": _place(row),
        "event_text": [row.people.words(span) for span in event.evidence],
        "quad_code": quad_of(event).number or None,
        "event_scale": plover.score if plover else None,
        "mode": [plover.mode] if plover and plover.mode else [],
        "context": list(plover.contexts) if plover else [],
        "size": _size(row),
        "text_info": {"sequence": row.sentence, "start": event.trigger.start, "end": event.trigger.end},
        "cite_info": {
            "url": report.url,
            "title": report.title,
            "language": report.language,
            "publication": report.outlet,
            "coder": event.coder,
            "codebook": "PLOVER 2021",
            "version": wishes.software,
        },
        "coder": wishes.software,
        "comment": _comment(row),
    }
    return {key: value for key, value in told.items() if value is not None}


def _entity(row: Directed, id: str) -> dict[str, object]:
    party: Participant | None = row.people.get(id)
    if party is None:
        return {"entity_text": id}
    told = {
        "code": party.country,
        "sector": list(party.sectors),
        "entity_text": row.people.called(party),
        "identifier_id": party.entity or party.wikidata,
        "office": party.office,
    }
    return {key: value for key, value in told.items() if value}


def _place(row: Directed) -> dict[str, object] | None:
    place = row.event.place
    if place is None:
        return None
    told = {
        "extracted_place": place.span.words(row.report.text),
        "resolved_place": place.name,
        "geonameid": place.geonames_id,
        "lat": place.latitude,
        "lon": place.longitude,
        "province": place.admin1,
        "country_code": place.country,
        "resolution": place.resolution,
    }
    return {key: value for key, value in told.items() if value is not None}


def _size(row: Directed) -> dict[str, object] | None:
    size = row.event.size
    if size is None:
        return None
    counts = {"dead": size.dead, "injured": size.injured, "arrested": size.arrested}
    return {name: count.high for name, count in counts.items() if count is not None} or None


def _comment(row: Directed) -> str | None:
    event = row.event
    told = next((s for s in row.coded.statements if s.id == event.told_in), None)
    speaker = row.people.called(row.people.get(told.speaker)) if told else ""
    parts = [f"status {event.status}"] if not event.counts else []
    parts += ["recalled by the report"] if event.background else []
    parts += [f"on the word of {speaker or 'an unnamed speaker'}"] if told else []
    return "; ".join(parts) or None


def _check(told: dict[str, object]) -> None:
    """ExportError where a required field is missing or one is not of the format."""
    known = columns_of("plover_json")
    for column in known:
        if column.type.endswith("required Y") and not told.get(column.name) and column.name != "actor":
            raise ExportError(f"{told.get('id')}: PLOVER asks for {column.name!r}")
    # `size` stands in the manual's example but not in its list of fields.
    strange = told.keys() - {column.name for column in known} - {"size"}
    if strange:
        raise ExportError(f"{told.get('id')}: PLOVER has no field {', '.join(sorted(strange))}")
