"""What `detente watch` remembers: sources, articles, hosts to be left alone, failures, alerts and deliveries."""

from __future__ import annotations

from detente.store.ddl import run

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE watch_source (
        name TEXT PRIMARY KEY, told TEXT NOT NULL, url TEXT NOT NULL, due DOUBLE PRECISION NOT NULL,
        etag TEXT, modified TEXT, polled DOUBLE PRECISION, succeeded DOUBLE PRECISION,
        polls INTEGER NOT NULL, failures INTEGER NOT NULL, why TEXT, stopped BOOLEAN NOT NULL
    )""",
    """CREATE TABLE watch_item (
        url TEXT PRIMARY KEY, source TEXT NOT NULL, title TEXT, published TEXT, mark TEXT,
        state TEXT NOT NULL, due DOUBLE PRECISION NOT NULL, tries INTEGER NOT NULL,
        report TEXT, digest TEXT, etag TEXT, modified TEXT, seen DOUBLE PRECISION NOT NULL
    )""",
    "CREATE INDEX ix_watch_item_state ON watch_item (state, due)",
    "CREATE INDEX ix_watch_item_digest ON watch_item (digest)",
    "CREATE INDEX ix_watch_item_seen ON watch_item (seen)",
    "CREATE TABLE watch_hold (host TEXT PRIMARY KEY, until DOUBLE PRECISION NOT NULL)",
    """CREATE TABLE watch_fault (
        source TEXT NOT NULL, kind TEXT NOT NULL,
        times INTEGER NOT NULL, last DOUBLE PRECISION NOT NULL, words TEXT NOT NULL,
        PRIMARY KEY (source, kind)
    )""",
    "CREATE TABLE watch_alert (id TEXT PRIMARY KEY, raised DOUBLE PRECISION NOT NULL, body TEXT NOT NULL)",
    "CREATE INDEX ix_watch_alert_raised ON watch_alert (raised)",
    """CREATE TABLE watch_delivery (
        alert TEXT NOT NULL REFERENCES watch_alert (id), channel TEXT NOT NULL,
        state TEXT NOT NULL, due DOUBLE PRECISION NOT NULL, tries INTEGER NOT NULL, why TEXT,
        PRIMARY KEY (alert, channel)
    )""",
    """CREATE TABLE watch_run (
        pid INTEGER PRIMARY KEY, started DOUBLE PRECISION NOT NULL,
        beat DOUBLE PRECISION NOT NULL, ended DOUBLE PRECISION, sources TEXT NOT NULL
    )""",
)


def upgrade() -> None:
    run(*STATEMENTS)
