"""The tables of checking and deleting: verdicts, how much hangs on each item, and tombstones of what was deleted."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table, Text, desc

from detente.store.tables import metadata

# Append-only: an undo is a row as well. Named by the contract's ids, so that it outlives readings.
verdict = Table(
    "verdict",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("report", Text, nullable=False, index=True),
    Column("item", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("spans", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("judgement", Text, nullable=False),
    Column("correction", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("marked", Text, nullable=False),
    Column("undoes", Integer, ForeignKey("verdict.number")),
)

# What hangs on each event and statement of a reading; by it a review is ordered.
stake = Table(
    "stake",
    metadata,
    Column("reading", Integer, ForeignKey("reading.number"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("weight", Float, nullable=False),
    Column("doubt", Float, nullable=False),
    Index("ix_stake_weight", desc("weight"), "reading", "kind", "position"),
    Index("ix_stake_doubt", desc("doubt"), "reading", "kind", "position"),
)

# What was deleted, by a hash of its id: enough to know it again, too little to say what it was.
tombstone = Table(
    "tombstone",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("reason", Text, nullable=False),
    Column("deleter", Text, nullable=False),
    Column("deleted", Text, nullable=False),
    Column("reports", Integer, nullable=False),
)
