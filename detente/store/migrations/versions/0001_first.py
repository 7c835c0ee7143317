"""The first schema: reports, their readings, the rows for queries, and the full-text index."""

from __future__ import annotations

from detente.store.ddl import is_file, run

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE report (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT, outlet TEXT, url TEXT, published TEXT, language TEXT,
        text TEXT NOT NULL
    )""",
    """CREATE TABLE reading (
        number INTEGER PRIMARY KEY,
        report INTEGER NOT NULL REFERENCES report (number),
        detente TEXT, parser TEXT, knowledge TEXT,
        digest TEXT NOT NULL,
        body TEXT NOT NULL
    )""",
    "CREATE INDEX ix_reading_report ON reading (report)",
    """CREATE TABLE event (
        reading INTEGER NOT NULL REFERENCES reading (number),
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        plover TEXT, mode TEXT, plover_score FLOAT, cameo TEXT, goldstein FLOAT,
        status TEXT NOT NULL, background BOOLEAN NOT NULL, reciprocal BOOLEAN NOT NULL,
        first TEXT, last TEXT, basis TEXT, precision TEXT,
        place TEXT, place_name TEXT, country TEXT, latitude FLOAT, longitude FLOAT,
        told_in TEXT,
        trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
        confidence FLOAT NOT NULL,
        PRIMARY KEY (reading, position)
    )""",
    """CREATE TABLE event_party (
        reading INTEGER NOT NULL REFERENCES reading (number),
        event INTEGER NOT NULL,
        part TEXT NOT NULL,
        position INTEGER NOT NULL,
        participant TEXT NOT NULL,
        PRIMARY KEY (reading, event, part, position)
    )""",
    """CREATE TABLE statement (
        reading INTEGER NOT NULL REFERENCES reading (number),
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        speaker TEXT, manner TEXT NOT NULL, channel TEXT, channel_kind TEXT, inside TEXT,
        content_start INTEGER, content_end INTEGER,
        confidence FLOAT NOT NULL,
        PRIMARY KEY (reading, position)
    )""",
    """CREATE TABLE participant (
        reading INTEGER NOT NULL REFERENCES reading (number),
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL, kind TEXT NOT NULL, entity TEXT, country TEXT, sector TEXT, code TEXT,
        office TEXT, wikidata TEXT,
        confidence FLOAT NOT NULL,
        PRIMARY KEY (reading, position)
    )""",
    "CREATE INDEX ix_participant_entity ON participant (entity)",
    "CREATE INDEX ix_participant_code ON participant (code)",
    """CREATE TABLE place (
        reading INTEGER NOT NULL REFERENCES reading (number),
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL, kind TEXT, country TEXT, admin1 TEXT, resolution TEXT, geonames_id INTEGER,
        latitude FLOAT, longitude FLOAT,
        span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
        PRIMARY KEY (reading, position)
    )""",
)

# The index keeps no second copy of the texts: it points into `report`.
INDEX_IN_A_FILE = (
    """CREATE VIRTUAL TABLE report_words USING fts5(
        title, text, content='report', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
    )""",
)
# A long report takes several rows.
INDEX_ON_A_SERVER = (
    """CREATE TABLE report_words (
        report INTEGER NOT NULL REFERENCES report (number),
        part INTEGER NOT NULL,
        words TSVECTOR NOT NULL,
        PRIMARY KEY (report, part)
    )""",
    "CREATE INDEX ix_report_words_words ON report_words USING gin (words)",
)


def upgrade() -> None:
    run(*STATEMENTS)
    run(*(INDEX_IN_A_FILE if is_file() else INDEX_ON_A_SERVER))
