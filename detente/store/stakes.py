"""How much hangs on each event and statement of a reading, as rows by which a review is ordered."""

from __future__ import annotations

from detente.model.coded import CodedReport
from detente.model.stake import doubt, stake_of_event, stake_of_statement


def stake_rows(coded: CodedReport, reading: int) -> list[dict[str, object]]:
    """A row an event and a row a statement."""
    events = ((stake_of_event(e), doubt(e.confidence)) for e in coded.events)
    said = ((stake_of_statement(s.confidence), doubt(s.confidence)) for s in coded.statements)
    return [
        {"reading": reading, "kind": kind, "position": position, "weight": weight, "doubt": unsure}
        for kind, items in (("event", events), ("statement", said))
        for position, (weight, unsure) in enumerate(items)
    ]
