"""What reports together say: stories, accounts with the keys they are found by, incidents, and decisions about them."""

from __future__ import annotations

from detente.store.ddl import run

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    # Which reading of a report was fused; a report read again since is fused again.
    "CREATE TABLE fused (report INTEGER PRIMARY KEY REFERENCES report (number), reading INTEGER NOT NULL)",
    "CREATE TABLE story (id TEXT PRIMARY KEY, first TEXT, last TEXT, body TEXT NOT NULL)",
    "CREATE TABLE story_report (report TEXT PRIMARY KEY, story TEXT NOT NULL)",
    "CREATE INDEX ix_story_report_story ON story_report (story)",
    'CREATE TABLE story_key ("key" TEXT NOT NULL, report TEXT NOT NULL, PRIMARY KEY ("key", report)) WITHOUT ROWID',
    """CREATE TABLE account (
        report TEXT NOT NULL, event TEXT NOT NULL,
        assembly TEXT, body TEXT NOT NULL,
        PRIMARY KEY (report, event)
    )""",
    "CREATE INDEX ix_account_assembly ON account (assembly)",
    """CREATE TABLE account_key (
        "key" TEXT NOT NULL, report TEXT NOT NULL, event TEXT NOT NULL,
        PRIMARY KEY ("key", report, event)
    ) WITHOUT ROWID""",
    "CREATE INDEX ix_account_key_report ON account_key (report, event)",
    """CREATE TABLE incident (
        id TEXT PRIMARY KEY,
        type TEXT NOT NULL, first TEXT, last TEXT, place TEXT, standing TEXT NOT NULL, origins INTEGER NOT NULL,
        body TEXT NOT NULL
    )""",
    "CREATE INDEX ix_incident_first ON incident (first)",
    """CREATE TABLE incident_event (
        report TEXT NOT NULL, event TEXT NOT NULL, incident TEXT NOT NULL,
        PRIMARY KEY (report, event)
    )""",
    "CREATE INDEX ix_incident_event_incident ON incident_event (incident)",
    """CREATE TABLE decision (
        number INTEGER PRIMARY KEY,
        verdict TEXT NOT NULL,
        one_report TEXT NOT NULL, one_event TEXT NOT NULL, other_report TEXT NOT NULL, other_event TEXT NOT NULL
    )""",
    "CREATE INDEX ix_decision_one ON decision (one_report, one_event)",
    "CREATE INDEX ix_decision_other ON decision (other_report, other_event)",
)


def upgrade() -> None:
    run(*STATEMENTS)
