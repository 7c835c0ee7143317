"""Arrow's schemas as Spark writes them down, and what a Spark column looks like to the checks of bulk runs."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.types as kinds
from pyspark.sql.types import DataType, StructType

_NAMES = {
    pa.string(): "string",
    pa.binary(): "binary",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.int8(): "tinyint",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.date32(): "date",
}
_ARROW = {
    "string": pa.string(),
    "byte": pa.int8(),
    "short": pa.int16(),
    "integer": pa.int32(),
    "long": pa.int64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", "UTC"),
    "timestamp_ntz": pa.timestamp("us"),
    "void": pa.null(),
    "boolean": pa.bool_(),
    "double": pa.float64(),
}


def ddl(schema: pa.Schema) -> str:
    """The schema in Spark's words: `a` bigint, `b` array<string>."""
    return ", ".join(f"`{field.name}` {_kind(field.type)}" for field in schema)


def _kind(kind: pa.DataType) -> str:
    if kinds.is_list(kind):
        return f"array<{_kind(kind.value_type)}>"
    if kinds.is_struct(kind):
        return f"struct<{', '.join(f'`{field.name}`: {_kind(field.type)}' for field in kind)}>"
    return _NAMES[kind]


def arrow_schema(schema: StructType) -> pa.Schema:
    """A DataFrame's columns as the checks of bulk runs know them; what can hold no field of a report is binary."""
    return pa.schema([(field.name, _arrow(field.dataType)) for field in schema.fields])


def _arrow(kind: DataType) -> pa.DataType:
    name = "string" if kind.typeName() in ("char", "varchar") else kind.typeName()
    return _ARROW.get(name, pa.binary())
