"""All exporters, ours and those that other packages bring through the entry point `detente.exporter`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from detente.model.plugins import Exporter

GROUP = "detente.exporter"
# Ours come in as entry points too, listed here so that they are there without installation.
BUILT_IN = {
    "polecat": "detente.export.polecat:Polecat",
    "icews": "detente.export.icews:Icews",
    "gdelt-events": "detente.export.gdelt:GdeltEvents",
    "gdelt-mentions": "detente.export.gdelt_mentions:GdeltMentions",
    "plover-json": "detente.export.plover_json:PloverJson",
    "csv": "detente.export.tidy_csv:TidyCsv",
    "parquet": "detente.export.parquet:ParquetTables",
    "geojson": "detente.export.geojson:GeoJson",
    "graphml": "detente.export.graphml:GraphMl",
    "ftm": "detente.export.ftm:FollowTheMoney",
    "bundle": "detente.export.bundle:Bundle",
}
log = logging.getLogger(__name__)


@cache
def all_exporters() -> Mapping[str, Exporter]:
    """One of each installed exporter by the name of its format; a foreign one that cannot be loaded is left out."""
    points = {name: EntryPoint(name, value, GROUP) for name, value in BUILT_IN.items()}
    points |= {point.name: point for point in entry_points(group=GROUP) if point.name not in BUILT_IN}
    found: dict[str, Exporter] = {}
    for name, point in points.items():
        try:
            found[name] = point.load()()
        # Whatever somebody else's code does, the other formats are written.
        except Exception as problem:
            if name in BUILT_IN:
                raise
            log.warning("the exporter %s (%s) cannot be loaded: %s", name, point.value, problem)
    return found
