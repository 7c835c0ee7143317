"""GeoJSON (RFC 7946): a point for each event that is on the map, with the fields of the tidy table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from detente.export.lines import Row, json_line
from detente.export.tables import rows_of
from detente.model.coded import CodedReport
from detente.model.exported import ExportError, Wishes, Written


class GeoJson:
    """Writes one FeatureCollection; events without coordinates stay out and are counted."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        count, off = 0, 0
        with target.open("w", encoding="utf-8", errors="replace", newline="\n") as handle:
            handle.write('{"type": "FeatureCollection", "features": [')
            for row in (row for coded in readings for row in rows_of("events", coded, wishes)):
                if row["latitude"] is None or row["longitude"] is None:
                    off += 1
                    continue
                _check(row)
                told = {key: value for key, value in row.items() if key not in ("latitude", "longitude")}
                point = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
                feature = {"type": "Feature", "id": row["id"], "geometry": point, "properties": told}
                handle.write((",\n" if count else "\n") + json_line(feature).rstrip("\n"))
                count += 1
            handle.write("\n]}\n")
        return Written(count, (f"{off} rows have no place on the map",) if off else ())


def _check(row: Row) -> None:
    """ExportError where a point is not on the globe."""
    latitude, longitude = float(str(row["latitude"])), float(str(row["longitude"]))
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ExportError(f"{row['id']}: latitude {latitude}, longitude {longitude} is no point on the globe")
