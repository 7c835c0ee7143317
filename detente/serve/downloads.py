"""Lists of the API as CSV, JSON Lines or Parquet, sent while they are read, so that nothing large is held in memory.

One row an item: what is most asked for as columns, the whole object as JSON beside it. Cells that a spreadsheet would
take for a formula are led by an apostrophe in CSV.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from fastapi.responses import StreamingResponse

Item = Mapping[str, Any]
Row = dict[str, str | int | float | bool | None]

MOST_ROWS = 1_000_000
"""A download ends there; what is more is asked for by filters, or exported on the machine itself."""
# Rows of a piece, and bytes of a piece of a Parquet file.
_PIECE, _BYTES = 500, 1 << 16


class Format(StrEnum):
    """How a list is sent."""

    json = "json"
    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


def download(name: str, form: Format, items: Iterator[Item]) -> StreamingResponse:
    """All items as a file of that name."""
    bounded = (item for _, item in zip(range(MOST_ROWS), items, strict=False))
    body, kind = {
        Format.csv: (_csv, "text/csv; charset=utf-8"),
        Format.jsonl: (_lines, "application/x-ndjson"),
        Format.parquet: (_parquet, "application/vnd.apache.parquet"),
    }[form]
    head = {"Content-Disposition": f'attachment; filename="{name}.{form.value}"'}
    return StreamingResponse(body(name, bounded), media_type=kind, headers=head)


def _lines(_: str, items: Iterator[Item]) -> Iterator[bytes]:
    for item in items:
        yield (json.dumps(item, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def _csv(name: str, items: Iterator[Item]) -> Iterator[bytes]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS[name])
    for count, item in enumerate(items, 1):
        writer.writerow([safe_cell(cell) for cell in _row(name, item).values()])
        if count % _PIECE == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    told = out.getvalue()
    out.seek(0)
    out.truncate()
    return told.encode("utf-8", "backslashreplace")


def _parquet(name: str, items: Iterator[Item]) -> Iterator[bytes]:
    """The file is made beside, for its end tells what is in it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    schema = pa.schema([(column, kinds[kind]) for column, kind in COLUMNS[name].items()])
    with tempfile.TemporaryFile() as file:
        with pq.ParquetWriter(file, schema, compression="zstd") as writer:
            rows: list[Row] = []
            for item in items:
                rows.append(_row(name, item))
                if len(rows) >= _PIECE:
                    writer.write_table(pa.Table.from_pylist(rows, schema))
                    rows.clear()
            writer.write_table(pa.Table.from_pylist(rows, schema))
        file.seek(0)
        while piece := file.read(_BYTES):
            yield piece


COLUMNS: Mapping[str, Mapping[str, type]] = {
    "reports": {"id": str, "published": str, "outlet": str, "title": str, "url": str, "language": str}
    | {"events": int, "statements": int},
    "events": {"report": str, "id": str, "type": str, "mode": str, "cameo": str, "status": str, "background": bool}
    | {"reciprocal": bool, "first": str, "last": str, "basis": str, "sources": str, "targets": str, "victims": str}
    | {"place": str, "country": str, "latitude": float, "longitude": float, "told_in": str, "confidence": float}
    | {"object": str},
    "statements": {"report": str, "id": str, "speaker": str, "speaker_code": str, "channel": str, "manner": str}
    | {"about": str, "inside": str, "confidence": float, "object": str},
    "incidents": {"id": str, "type": str, "first": str, "last": str, "sources": str, "targets": str, "place": str}
    | {"country": str, "latitude": float, "longitude": float, "standing": str, "reports": int, "origins": int}
    | {"dead_low": int, "dead_high": int, "object": str},
}


def _row(name: str, item: Item) -> Row:
    """The item as the cells of its table, in their order."""
    told = _ROWS[name](item)
    return {column: told.get(column) for column in COLUMNS[name]}


def _report(item: Item) -> Row:
    return dict(item)


def _event(item: Item) -> Row:
    codings = {coding["ontology"]: coding for coding in item["codings"]}
    plover, cameo = codings.get("PLOVER", {}), codings.get("CAMEO", {})
    codes = {party["id"]: party["code"] or party["name"] for party in item["parties"]}
    when, where = item["when"] or {}, item["where"] or {}
    parts = {part: "; ".join(str(codes.get(id, id)) for id in item[part]) for part in ("sources", "targets", "victims")}
    return {
        **{key: item[key] for key in ("report", "id", "status", "background", "reciprocal", "told_in", "confidence")},
        **{key: when.get(key) for key in ("first", "last", "basis")},
        **{key: where.get(key) for key in ("country", "latitude", "longitude")},
        **parts,
        "place": where.get("name"),
        "type": plover.get("code"),
        "mode": plover.get("mode"),
        "cameo": cameo.get("code"),
        "object": json.dumps(item, ensure_ascii=False),
    }


def _statement(item: Item) -> Row:
    people = {party["id"]: party for party in item["parties"]}
    speaker = people.get(item["speaker"], {})
    return {
        **{key: item[key] for key in ("report", "id", "manner", "inside", "confidence")},
        "speaker": speaker.get("name"),
        "speaker_code": speaker.get("code"),
        "channel": (item["channel"] or {}).get("name"),
        "about": "; ".join(str(people.get(id, {}).get("name", id)) for id in item["about"]),
        "object": json.dumps(item, ensure_ascii=False),
    }


def _incident(item: Item) -> Row:
    where, dead = item["where"] or {}, item["sizes"].get("dead") or {}
    return {
        **{key: item[key] for key in ("id", "type", "first", "last", "standing", "origins")},
        **{key: where.get(key) for key in ("country", "latitude", "longitude")},
        **{part: "; ".join(str(p["code"] or p["name"]) for p in item[part]) for part in ("sources", "targets")},
        "place": where.get("name"),
        "reports": len(item["reports"]),
        "dead_low": dead.get("low"),
        "dead_high": dead.get("high"),
        "object": json.dumps(item, ensure_ascii=False),
    }


_ROWS: Mapping[str, Callable[[Item], Row]] = {
    "reports": _report,
    "events": _event,
    "statements": _statement,
    "incidents": _incident,
}


def safe_cell(cell: object) -> object:
    """The cell, led by an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
