"""The archive's tables as SQLAlchemy sees them. The migrations make them; a test checks that both say the same.

`report` and `reading` hold what was given; `event`, `event_party`, `statement`, `participant` and `place` repeat each
reading as rows for queries. `report_words` is the full-text index.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()

report = Table(
    "report",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("published", Text, index=True),
    Column("language", Text),
    Column("text", Text, nullable=False),
)

# Append-only: the reading of a report with the highest number is the current one.
reading = Table(
    "reading",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("report", Integer, ForeignKey("report.number"), nullable=False, index=True),
    Column("detente", Text),
    Column("parser", Text),
    Column("knowledge", Text),
    Column("digest", Text, nullable=False),
    # The contract's object without the report's text, which `report` holds.
    Column("body", Text, nullable=False),
)

# The readings that a newer one took the place of: few, so that asking whether one is current costs next to nothing.
superseded = Table("superseded", metadata, Column("reading", Integer, ForeignKey("reading.number"), primary_key=True))


def _of_reading() -> tuple[Column[int], Column[int], Column[str]]:
    """Which reading a row belongs to, its place there, and its id in the contract."""
    return (
        Column("reading", Integer, ForeignKey("reading.number"), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("id", Text, nullable=False),
    )


event = Table(
    "event",
    metadata,
    *_of_reading(),
    Column("plover", Text),
    Column("mode", Text),
    Column("plover_score", Float),
    Column("cameo", Text),
    Column("goldstein", Float),
    Column("status", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("reciprocal", Boolean, nullable=False),
    Column("first", Text),
    Column("last", Text),
    Column("basis", Text),
    Column("precision", Text),
    Column("place", Text),
    Column("place_name", Text),
    Column("country", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("told_in", Text),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
)

event_party = Table(
    "event_party",
    metadata,
    Column("reading", Integer, ForeignKey("reading.number"), primary_key=True),
    Column("event", Integer, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("participant", Text, nullable=False),
)

statement = Table(
    "statement",
    metadata,
    *_of_reading(),
    Column("speaker", Text),
    Column("manner", Text, nullable=False),
    Column("channel", Text),
    Column("channel_kind", Text),
    Column("inside", Text),
    Column("content_start", Integer),
    Column("content_end", Integer),
    Column("confidence", Float, nullable=False),
)

participant = Table(
    "participant",
    metadata,
    *_of_reading(),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("entity", Text),
    Column("country", Text),
    Column("sector", Text),
    Column("code", Text),
    Column("office", Text),
    Column("wikidata", Text),
    Column("confidence", Float, nullable=False),
    Index("ix_participant_entity", "entity", "reading"),
    Index("ix_participant_code", "code", "reading"),
)

place = Table(
    "place",
    metadata,
    *_of_reading(),
    Column("name", Text, nullable=False),
    Column("kind", Text),
    Column("country", Text),
    Column("admin1", Text),
    Column("resolution", Text),
    Column("geonames_id", Integer),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
)

# What reports together say. Ids are the contract's: an event is named by its report's id and its own.
fused = Table(
    "fused",
    metadata,
    Column("report", Integer, ForeignKey("report.number"), primary_key=True),
    Column("reading", Integer, nullable=False),
)

story = Table(
    "story",
    metadata,
    Column("id", Text, primary_key=True),
    Column("first", Text),
    Column("last", Text),
    Column("body", Text, nullable=False),
)

story_report = Table(
    "story_report", metadata, Column("report", Text, primary_key=True), Column("story", Text, nullable=False)
)

story_key = Table(
    "story_key", metadata, Column("key", Text, primary_key=True), Column("report", Text, primary_key=True)
)

account = Table(
    "account",
    metadata,
    Column("report", Text, primary_key=True),
    Column("event", Text, primary_key=True),
    # The accounts that hang together: one that is new among them makes their incidents anew.
    Column("assembly", Text, index=True),
    Column("body", Text, nullable=False),
)

account_key = Table(
    "account_key",
    metadata,
    Column("key", Text, primary_key=True),
    Column("report", Text, primary_key=True),
    Column("event", Text, primary_key=True),
)

incident = Table(
    "incident",
    metadata,
    Column("id", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("first", Text, index=True),
    Column("last", Text),
    Column("place", Text),
    Column("standing", Text, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("brief", Text),
    Index("ix_incident_origins", "origins", "first", "id"),
)

incident_event = Table(
    "incident_event",
    metadata,
    Column("report", Text, primary_key=True),
    Column("event", Text, primary_key=True),
    Column("incident", Text, nullable=False, index=True),
)

# An incident for each two countries or bodies that have a part in it, in their order: a pair's lie side by side.
incident_pair = Table(
    "incident_pair",
    metadata,
    Column("a", Text, primary_key=True),
    Column("b", Text, primary_key=True),
    Column("incident", Text, primary_key=True, index=True),
    Column("brief", Text, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("one_report", Text, nullable=False),
    Column("one_event", Text, nullable=False),
    Column("other_report", Text, nullable=False),
    Column("other_event", Text, nullable=False),
)
