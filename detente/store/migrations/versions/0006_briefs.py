"""Incidents in brief and indexes for the pages of large archives; which readings others took the place of."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from detente.model.fused_contract import incident_from_dict
from detente.model.incident import Incident
from detente.store.briefs import brief_of, pair_rows
from detente.store.ddl import WORDS, run

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PAIRS = """CREATE TABLE incident_pair (
    a TEXT NOT NULL, b TEXT NOT NULL, incident TEXT NOT NULL, brief TEXT NOT NULL,
    PRIMARY KEY (a, b, incident)
) WITHOUT ROWID"""
# What the pages of a large archive ask by, in the order in which they show it.
INDEXES = (
    "DROP TABLE incident_side",
    "CREATE INDEX ix_incident_pair_incident ON incident_pair (incident)",
    "CREATE INDEX ix_incident_origins ON incident (origins, first, id)",
    "CREATE INDEX ix_incident_day ON incident (coalesce(first, '9999'), id)",
    "CREATE INDEX ix_report_published ON report (published)",
    "DROP INDEX ix_participant_entity",
    "DROP INDEX ix_participant_code",
    "CREATE INDEX ix_participant_entity ON participant (entity, reading)",
    "CREATE INDEX ix_participant_code ON participant (code, reading)",
    "DROP INDEX ix_stake_weight",
    "DROP INDEX ix_stake_doubt",
    "CREATE INDEX ix_stake_weight ON stake (weight DESC, reading, kind, position)",
    "CREATE INDEX ix_stake_doubt ON stake (doubt DESC, reading, kind, position)",
)
# Incidents that are held in memory at once.
_AT_A_TIME = 1000


def upgrade() -> None:
    run("CREATE TABLE superseded (reading INTEGER PRIMARY KEY REFERENCES reading (number))")
    run(
        "INSERT INTO superseded (reading) SELECT number FROM reading WHERE EXISTS "
        "(SELECT 1 FROM reading AS newer WHERE newer.report = reading.report AND newer.number > reading.number)"
    )
    op.add_column("incident", sa.Column("brief", WORDS))
    run(PAIRS)
    _tell_what_is_there()
    run(*INDEXES)


def _tell_what_is_there() -> None:
    connection = op.get_bind()
    incident = sa.table("incident", sa.column("id"), sa.column("brief"))
    pair = sa.table("incident_pair", *(sa.column(name) for name in ("a", "b", "incident", "brief")))
    change = sa.update(incident).where(incident.c.id == sa.bindparam("one")).values(brief=sa.bindparam("told"))
    query = sa.text("SELECT id, body FROM incident WHERE id > :after ORDER BY id LIMIT :some")
    after = ""
    while rows := connection.execute(query, {"after": after, "some": _AT_A_TIME}).all():
        read = [one for _, body in rows if (one := _read(body)) is not None]
        if read:
            connection.execute(change, [{"one": one.id, "told": brief_of(one)} for one in read])
        if pairs := [row for one in read for row in pair_rows(one)]:
            connection.execute(sa.insert(pair), pairs)
        after = rows[-1][0]


def _read(body: str) -> Incident | None:
    try:
        return incident_from_dict(json.loads(body))
    except ValueError:
        # A damaged row is told of when it is looked at; it must not keep the archive shut.
        return None
