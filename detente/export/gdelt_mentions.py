"""GDELT 2.0 Mentions: 16 columns without a header, one row for each telling of each row of the event table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from detente.codebook.formats import columns_of
from detente.export.directed import DatedRows, Directed
from detente.export.gdelt import digits
from detente.export.lines import Row, write_tabbed
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written
from detente.model.participant import Participant
from detente.model.span import Span

# "A web page that can be found by its URL"; a report without one goes by its id.
_WEB, _CITED = 1, 2
_NOWHERE = -1
_TENTHS = 10


class GdeltMentions:
    """Writes GDELT's mention table; confidence is ours in tenths of a hundred, as GDELT has it."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        rows = DatedRows(readings, wishes)
        tellings = (_row(row, telling) for row in rows for telling in row.event.evidence or (row.event.trigger,))
        count = write_tabbed(tellings, columns_of("gdelt2_mentions"), target, headed=False)
        return Written(count, rows.left_out, rows.unsaid)


def _row(row: Directed, telling: Span) -> Row:
    report = row.report
    told = report.published or row.dated
    return {
        "GLOBALEVENTID": row.row_number,
        "EventTimeDate": f"{digits(row.dated)}000000",
        "MentionTimeDate": f"{digits(told)}000000",
        "MentionType": _WEB if report.url else _CITED,
        "MentionSourceName": report.outlet,
        "MentionIdentifier": report.url or report.id,
        "SentenceID": row.sentence(telling),
        "Actor1CharOffset": _offset(row.source, telling),
        "Actor2CharOffset": _offset(row.target, telling),
        "ActionCharOffset": row.event.trigger.start if telling.contains(row.event.trigger) else telling.start,
        "InRawText": 1,
        "Confidence": max(_TENTHS, round(row.event.confidence * 10) * _TENTHS),
        "MentionDocLen": len(report.text),
    }


def _offset(party: Participant | None, telling: Span) -> int:
    """Where the party is named in this telling, else its first mention; -1 for nobody."""
    if party is None or not party.mentions:
        return _NOWHERE
    return next((m.start for m in party.mentions if telling.overlaps(m)), party.mentions[0].start)
