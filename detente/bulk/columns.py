"""The columns of a record batch as the fields of reports: whatever type holds a text or a day, the words come out.

Columns of other names are left alone. Whether the words make a report is judged where files are taken in (ingest).
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.types as kinds

REQUIRED = ("id", "text", "published")
OPTIONAL = ("title", "outlet", "url", "language")


class ColumnsMissing(ValueError):
    """Reports cannot be taken from these columns; the message names the column and the remedy."""


def check_columns(schema: pa.Schema) -> None:
    """ColumnsMissing where a column is not there or cannot hold what it should."""
    missing = [name for name in REQUIRED if name not in schema.names]
    if missing:
        there = ", ".join(schema.names[:8]) or "none"
        raise ColumnsMissing(
            f"no column {' and no column '.join(missing)} (its columns: {there}); "
            f"name its columns {', '.join(REQUIRED)}"
        )
    twice = [name for name in (*REQUIRED, *OPTIONAL) if schema.names.count(name) > 1]
    if twice:
        raise ColumnsMissing(f"two columns are called {twice[0]}; give each column its own name")
    for name in ("text", *(n for n in OPTIONAL if n in schema.names)):
        _check_kind(name, schema.field(name).type, _is_text, "text")
    _check_kind("id", schema.field("id").type, lambda kind: _is_text(kind) or kinds.is_integer(kind), "text or numbers")
    _check_kind("published", schema.field("published").type, _is_day, "text (YYYY-MM-DD), dates or timestamps")


def words_of(column: pa.Array) -> list[str | None]:
    """The values as words: days as YYYY-MM-DD, timestamps as their day where they stand (in their own time zone)."""
    kind = column.type
    if kinds.is_dictionary(kind):
        return words_of(column.dictionary_decode())
    if kinds.is_null(kind):
        return [None] * len(column)
    if kinds.is_timestamp(kind):
        return words_of(column.cast(pa.date32(), safe=False) if kind.tz is None else _local_days(column))
    if kinds.is_date64(kind):
        return words_of(column.cast(pa.date32(), safe=False))
    return [None if value is None else str(value) for value in column.to_pylist()]


def items_of(batch: pa.RecordBatch) -> list[dict[str, object]]:
    """Each row's fields by name, as a line of JSON would give them; ColumnsMissing where they are not there."""
    check_columns(batch.schema)
    names = [name for name in (*REQUIRED, *OPTIONAL) if name in batch.schema.names]
    columns = [words_of(batch.column(name)) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _local_days(column: pa.Array) -> pa.Array:
    return compute.local_timestamp(column).cast(pa.date32(), safe=False)


def _check_kind(name: str, kind: pa.DataType, fits: Callable[[pa.DataType], bool], wanted: str) -> None:
    value = kind.value_type if kinds.is_dictionary(kind) else kind
    if not (kinds.is_null(value) or fits(value)):
        raise ColumnsMissing(f"the column {name} holds {kind}; write {wanted}")


def _is_text(kind: pa.DataType) -> bool:
    return bool(kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind))


def _is_day(kind: pa.DataType) -> bool:
    return bool(_is_text(kind) or kinds.is_date(kind) or kinds.is_timestamp(kind))
