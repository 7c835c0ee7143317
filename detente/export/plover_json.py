"""PLOVER's own JSON (manual 2021, chapter Data Fields), one object a line and an event, with all of its parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from detente.codebook.formats import columns_of
from detente.export.directed import DatedRows, Directed
from detente.export.lines import fits, json_line
from detente.model.coded import CodedReport
from detente.model.exported import ExportError, Wishes, Written
from detente.model.participant import Participant
from detente.model.quads import quad_of

# `size` stands in the manual's example but not in its list of fields.
_BESIDE = {"size": "object"}


class PloverJson:
    """Writes PLOVER events; `comment` says on whose word the event stands and whether it is only recalled."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        rows, count = DatedRows(readings, wishes), 0
        uncoded: list[str] = []
        with target.open("w", encoding="utf-8", errors="replace", newline="\n") as handle:
            for row in rows:
                if row.number:
                    continue  # an object holds all parties of its event
                if row.coding("PLOVER") is None:
                    uncoded.append(row.group)
                    continue
                told = _object(row, wishes)
                _check(told)
                handle.write(json_line(told))
                count += 1
        why = (f"{len(uncoded)} without a PLOVER type, {uncoded[0]} the first",) if uncoded else ()
        return Written(count, (*rows.left_out, *why))


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
        "text_info": {"sequence": row.sentence(), "start": event.trigger.start, "end": event.trigger.end},
        "cite_info": {
            "url": report.url,
            "title": row.people.free(report.title) if report.title else None,
            "language": report.language,
            "publication": report.outlet,
            "coder": event.coder,
            "codebook": "PLOVER 2021",
            "version": wishes.software,
        },
        "coder": wishes.software,
        "comment": "; ".join(row.remarks) or None,
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
        "identifier_id": row.people.entity(party) or row.people.wikidata(party),
        "office": row.people.office(party),
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


def _check(told: Mapping[str, object]) -> None:
    """ExportError where a required field is missing, or one is not of its type or not of the format."""
    known = {column.name: column.type for column in columns_of("plover_json")} | _BESIDE
    for name, type in known.items():
        if type.endswith("required Y") and name not in told:
            raise ExportError(f"{told.get('id')}: PLOVER asks for {name!r}")
    for name, value in told.items():
        if name not in known:
            raise ExportError(f"{told.get('id')}: PLOVER has no field {name!r}")
        if not _fits(value, known[name]):
            raise ExportError(f"{told.get('id')}: {name} {value!r} is no {known[name].partition(';')[0]}")
    for part in ("event_loc", "text_info", "cite_info", "size"):
        _check_part(part, told.get(part, {}))
    for entity in (*_items(told["actor"]), *_items(told["recipient"])):
        _check_part("entity", entity)


def _check_part(part: str, told: object) -> None:
    strange = (
        set(told) - {column.name for column in columns_of(f"plover_json.{part}")} if isinstance(told, dict) else ()
    )
    if strange or not isinstance(told, dict):
        raise ExportError(f"PLOVER's {part} cannot be {told!r}")


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _fits(value: object, type: str) -> bool:
    """Whether a value is what the manual calls its type."""
    if type.startswith("list"):
        return isinstance(value, list)
    if "object" in type:
        return isinstance(value, dict)
    if type.startswith("boolean"):
        return isinstance(value, bool)
    if type.startswith("float"):
        return isinstance(value, (int, float))
    if type.startswith("1-4"):
        return value in (1, 2, 3, 4)
    return isinstance(value, str) and fits(value, type)
