"""Rows without words: for releases that must not share what news texts say. Ids, codes, offsets and hashes stay.

Whoever the knowledge does not know is called by a code alone, for the name is the report's own words.
"""

from __future__ import annotations

from collections.abc import Callable

from detente.export.lines import Row

# What holds words of a report, names of people that tables do not know, or what a reviewer wrote.
_WORDS: dict[str, tuple[str, ...]] = {
    "events": ("url", "words", "victims", "told_by"),
    "statements": ("speaker", "channel", "cue", "words", "about", "addressees", "stance"),
    "participants": ("why",),
    "places": (),
    "reports": ("title", "url"),
    "verdicts": (
        *("correct_sources", "correct_targets", "correct_place", "correct_speaker", "correct_channel"),
        "note",
    ),
    "tombstones": (),
}
# Columns that stay only where another one says that the knowledge knows the thing.
_KNOWN_BY: dict[str, tuple[tuple[str, str], ...]] = {
    "events": (("source", "source_entity"), ("target", "target_entity"), ("place", "country")),
    "participants": (("name", "entity"), ("office", "entity")),
    "places": (("name", "country"),),
}


def bare_row(table: str) -> Callable[[Row], Row]:
    """What takes the words out of a table's rows."""
    words, known = _WORDS[table], _KNOWN_BY.get(table, ())

    def bare(row: Row) -> Row:
        gone = {*words, *(column for column, by in known if row.get(by) is None)}
        return {column: None if column in gone else value for column, value in row.items()}

    return bare
