from __future__ import annotations

from typing import Any

import pyarrow as pa
from factory import sample

from detente.bulk.schema import READINGS, TABLES


def fields(value: Any) -> set[str]:
    """All names in an object of the contract, with those that they stand in."""
    if isinstance(value, dict):
        return set(value) | {f"{n}.{inner}" for n, part in value.items() for inner in fields(part)}
    return {inner for part in value for inner in fields(part)} if isinstance(value, list) else set()


def columns(kind: pa.DataType) -> set[str]:
    if pa.types.is_list(kind):
        return columns(kind.value_type)
    if not pa.types.is_struct(kind):
        return set()
    return {field.name for field in kind} | {f"{f.name}.{inner}" for f in kind for inner in columns(f.type)}


def test_every_field_of_the_contract_has_its_column() -> None:
    told: dict[str, Any] = sample().to_dict()
    for name in ("events", "statements", "participants", "places", "commitments", "unresolved"):
        added = {"parties", "parties.id", "parties.name", "parties.code"} if name == "events" else set()
        there = columns(READINGS.field(name).type)
        assert fields(told[name]) | added <= there, name
        # An object that the sample leaves out (an unknown size) has its fields in the schema alone.
        assert {path for path in there if "." not in path} == set(told[name][0]) | {a for a in added if "." not in a}


def test_every_item_of_a_table_names_its_report() -> None:
    for name, schema in TABLES.items():
        if name != "errors":
            assert "report" in schema.names, name
        assert "input_id" in schema.names, name
