"""Which countries and bodies have a part in an incident, so that a pair is found without looking at all of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from detente.store.ddl import WORDS

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Incidents that are held in memory at once.
_AT_A_TIME = 1000


def upgrade() -> None:
    op.create_table(
        "incident_side",
        sa.Column("incident", WORDS, primary_key=True),
        sa.Column("country", WORDS, primary_key=True),
    )
    connection = op.get_bind()
    side = sa.table("incident_side", sa.column("incident"), sa.column("country"))
    query = sa.text("SELECT id, body FROM incident WHERE id > :after ORDER BY id LIMIT :some")
    after = ""
    while rows := connection.execute(query, {"after": after, "some": _AT_A_TIME}).all():
        told = [{"incident": id, "country": country} for id, body in rows for country in _countries(json.loads(body))]
        if told:
            connection.execute(sa.insert(side), told)
        after = rows[-1][0]
    # After the rows: an index that is made at once is made faster.
    op.create_index("ix_incident_side_country", "incident_side", ["country", "incident"])


def _countries(body: dict[str, list[dict[str, str | None]]]) -> list[str]:
    parties = [party for part in ("sources", "targets", "victims") for party in body.get(part, [])]
    return sorted({code.split()[0] for party in parties if (code := party["code"])})
