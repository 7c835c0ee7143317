"""GraphML: who did what to whom as a network, written as it is read, so that no archive has to fit into memory.

Nodes are actors known by the tables; everybody else is a node of one report alone, so that anonymous sources of two
reports are never one. Edges are events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from detente.export.directed import Directed, directed_rows
from detente.export.lines import printable
from detente.model.coded import CodedReport
from detente.model.exported import ExportError, Wishes, Written
from detente.model.participant import Participant
from detente.model.quads import quad_of

Told = Mapping[str, str | int | float | bool]
# The attributes with their types; GraphML wants them told before they are used.
NODE_KEYS = {"label": "string", "kind": "string", "country": "string", "code": "string"}
EDGE_KEYS = {
    "type": "string",
    "mode": "string",
    "quad": "int",
    "score": "double",
    "day": "string",
    "status": "string",
    "background": "boolean",
    "reciprocal": "boolean",
    "claim": "boolean",
    "told_by": "string",
    "report": "string",
    "group": "string",
    "confidence": "double",
}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "int": int,
    "double": (int, float),
    "boolean": bool,
}


class GraphMl:
    """Writes a directed graph with one edge a row of the event table; rows without two parties stay out."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        known: set[str] = set()
        count = alone = 0
        with target.open("w", encoding="utf-8", errors="replace", newline="\n") as handle:
            handle.write(_HEAD + _keys("node", NODE_KEYS) + _keys("edge", EDGE_KEYS))
            handle.write('<graph edgedefault="directed">\n')
            for row in directed_rows(readings, wishes):
                if row.source is None or row.target is None:
                    alone += 1
                    continue
                ends = [_node_id(row, party) for party in (row.source, row.target)]
                for id, party in zip(ends, (row.source, row.target), strict=True):
                    if id not in known:
                        known.add(id)
                        handle.write(_element("node", {"id": id}, _node(row, party), NODE_KEYS))
                named = {"id": row.id, "source": ends[0], "target": ends[1]}
                handle.write(_element("edge", named, _edge(row), EDGE_KEYS))
                count += 1
            handle.write("</graph>\n</graphml>\n")
        return Written(count, (f"{alone} rows name only one party",) if alone else ())


def _keys(owner: str, keys: Mapping[str, str]) -> str:
    return "".join(
        f'<key id="{owner}_{name}" for="{owner}" attr.name="{name}" attr.type="{type}"/>\n'
        for name, type in keys.items()
    )


def _element(tag: str, attributes: Mapping[str, str], told: Told, keys: Mapping[str, str]) -> str:
    """One node or edge on a line; ExportError where an attribute is not of its type."""
    for name, value in told.items():
        if not isinstance(value, _TYPES[keys[name]]):
            raise ExportError(f"{tag} {attributes['id']}: {name} {value!r} is no {keys[name]}")
    opening = " ".join(f"{name}={quoteattr(printable(value))}" for name, value in attributes.items())
    data = "".join(f'<data key="{tag}_{name}">{_text(value)}</data>' for name, value in told.items())
    return f"<{tag} {opening}>{data}</{tag}>\n"


def _text(value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(printable(str(value)))


def _node_id(row: Directed, party: Participant) -> str:
    """The actor's own id, else one of this report alone."""
    return row.people.entity(party) or f"{row.report.id}:{party.id.removeprefix(f'{row.report.id}-')}"


def _node(row: Directed, party: Participant) -> Told:
    called = row.people.called(party)
    return {"label": called, "kind": party.kind, "country": party.country or "", "code": party.code or ""}


def _edge(row: Directed) -> Told:
    event, plover = row.event, row.coding("PLOVER")
    told: dict[str, str | int | float | bool] = {
        "type": plover.code if plover else "",
        "mode": (plover.mode if plover else None) or "",
        "quad": quad_of(event).number,
        "day": row.day.isoformat() if row.day else "",
        "status": event.status,
        "background": event.background,
        "reciprocal": event.reciprocal,
        "claim": event.told_in is not None,
        "told_by": row.teller or "",
        "report": row.report.id,
        "group": row.group,
        "confidence": event.confidence,
    }
    return told | ({"score": plover.score} if plover and plover.score is not None else {})
