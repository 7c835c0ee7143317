"""GraphML: who did what to whom as a network. Only importer of networkx.

Nodes are actors known by the tables, or the country and sector of those who are not: anonymous sources of two reports
are never one. Edges are events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from detente.export.directed import Directed, directed_rows
from detente.export.lines import printable
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written
from detente.model.participant import Participant
from detente.model.quads import quad_of


class GraphMl:
    """Writes a directed graph with one edge a row of the event table; rows without two parties stay out."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        import networkx

        graph = networkx.MultiDiGraph()
        count, alone = 0, 0
        for row in directed_rows(readings, wishes):
            if row.source is None or row.target is None:
                alone += 1
                continue
            ends = [_node(row, party) for party in (row.source, row.target)]
            for id, told in ends:
                graph.add_node(id, **_plain(told))
            graph.add_edge(ends[0][0], ends[1][0], key=row.id, **_plain(_edge(row)))
            count += 1
        networkx.write_graphml(graph, target, named_key_ids=True)
        return Written(count, (f"{alone} rows name only one party",) if alone else ())


def _node(row: Directed, party: Participant) -> tuple[str, dict[str, str]]:
    """The node of a party: its entity; a body or country by its code; everybody else within the report alone."""
    if party.entity is not None:
        id, label = party.entity, party.name
    elif party.kind == "organisation" and party.country:
        id, label = f"name:{party.country}:{party.name}", party.name
    else:
        id, label = f"{row.report.id}:{party.id.removeprefix(f'{row.report.id}-')}", row.people.called(party)
    return printable(id), {"label": label, "kind": party.kind, "country": party.country or "", "code": party.code or ""}


def _edge(row: Directed) -> dict[str, str | int | float]:
    plover = row.coding("PLOVER")
    return {
        "label": plover.code if plover else "",
        "quad": quad_of(row.event).number,
        "score": plover.score if plover and plover.score is not None else 0.0,
        "day": row.day.isoformat() if row.day else "",
        "status": row.event.status,
        "report": row.report.id,
        "group": row.group,
        "claim": row.event.told_in is not None,
    }


def _plain(told: Mapping[str, str | int | float]) -> dict[str, str | int | float]:
    """XML takes no control characters."""
    return {name: printable(value) if isinstance(value, str) else value for name, value in told.items()}
