"""Checking and deleting: verdicts, how much hangs on each item, and tombstones."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from detente.model.contract import coded_from_dict
from detente.store.ddl import WORDS
from detente.store.stakes import stake_rows

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Readings that are held in memory at once.
_AT_A_TIME = 200


def upgrade() -> None:
    op.create_table(
        "verdict",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, WORDS, nullable=False) for name in ("kind", "report", "item", "type", "spans", "seen")),
        *(sa.Column(name, WORDS, nullable=False) for name in ("judgement", "correction", "note", "reviewer")),
        sa.Column("marked", WORDS, nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("verdict.number")),
    )
    op.create_index("ix_verdict_report", "verdict", ["report"])
    op.create_table(
        "stake",
        sa.Column("reading", sa.Integer, sa.ForeignKey("reading.number"), primary_key=True),
        sa.Column("kind", WORDS, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("doubt", sa.Float, nullable=False),
    )
    op.create_table(
        "tombstone",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("hash", WORDS, nullable=False, unique=True),
        *(sa.Column(name, WORDS, nullable=False) for name in ("reason", "deleter", "deleted")),
        sa.Column("reports", sa.Integer, nullable=False),
    )
    _weigh_what_is_there()
    # After the rows: an index that is made at once is made faster.
    op.create_index("ix_stake_weight", "stake", ["weight"])
    op.create_index("ix_stake_doubt", "stake", ["doubt"])


def _weigh_what_is_there() -> None:
    connection = op.get_bind()
    stake = sa.table("stake", *(sa.column(name) for name in ("reading", "kind", "position", "weight", "doubt")))
    query = sa.text(
        "SELECT reading.number, reading.body, report.text FROM reading JOIN report ON report.number = reading.report "
        "WHERE reading.number > :after ORDER BY reading.number LIMIT :some"
    )
    after = -1
    while found := connection.execute(query, {"after": after, "some": _AT_A_TIME}).all():
        rows = [row for number, body, text in found for row in _rows(number, body, text)]
        if rows:
            connection.execute(sa.insert(stake), rows)
        after = found[-1][0]


def _rows(number: int, body: str, text: str) -> list[dict[str, object]]:
    try:
        whole = json.loads(body)
        return stake_rows(coded_from_dict({**whole, "report": {**whole["report"], "text": text}}), number)
    except (ValueError, KeyError, TypeError):
        # A damaged reading is told of by `detente doctor`; it must not keep the archive shut.
        return []
