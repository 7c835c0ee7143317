"""A failing case as text beside text: the report, what was read in it (words, not offsets), and what is not met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from case_checks import EVENT_KEYS, STATEMENT_KEYS, Words, party

from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.statement import Statement


def show_failure(reading: CodedReport, unmet: Sequence[str], quotations: Sequence[str] = ()) -> str:
    """The message of a failing case."""
    published = reading.report.published or "no day given"
    sections = [
        (f"TEXT ({published})", reading.report.text.splitlines()),
        ("NOT MET", list(unmet)),
        ("EVENTS", [_event(reading, event) for event in reading.events]),
        ("STATEMENTS", [_statement(reading, statement) for statement in reading.statements]),
        ("PEOPLE", list(_people(reading))),
        ("PLACES", list(_places(reading))),
        ("QUOTATIONS", list(quotations)),
        ("NOT UNDERSTOOD", list(_unresolved(reading))),
    ]
    return "\n".join(line for title, lines in sections if lines for line in [title, *(f"  {one}" for one in lines)])


def _event(reading: CodedReport, event: Event) -> str:
    got = {key: EVENT_KEYS[key].read(reading, event) for key in EVENT_KEYS}
    sources, targets = (", ".join(map(str, got[side])) or "nobody" for side in ("sources", "targets"))
    marks = [name for name in ("background", "reciprocal") if got[name]]
    day = event.when and (
        event.when.first if event.when.first == event.when.last else f"{event.when.first} to {event.when.last}"
    )
    parts = [f"{got['type']} {got['mode'] or '-'} {got['cameo']}", " ".join([event.status, *marks])]
    parts += [f"{sources} -> {targets}", str(day or "no day"), event.place.name if event.place else "no place"]
    return (
        "; ".join([*parts, f"told by {got['told_by']}" if event.told_in else "told by the report"])
        + f": {got['words']}"
    )


def _statement(reading: CodedReport, statement: Statement) -> str:
    got = {key: STATEMENT_KEYS[key].read(reading, statement) for key in STATEMENT_KEYS}
    parts = [str(got["speaker"] or "nobody known"), statement.manner]
    parts += [f"through {got['channel']}"] if got["channel"] else []
    parts += [f"inside {got['inside']}'s words"] if statement.inside else []
    parts += [f"{side} {', '.join(map(str, got[side]))}" for side in ("about", "addressees") if got[side]]
    return "; ".join(parts) + f": {got['says']}"


def _people(reading: CodedReport) -> Iterator[str]:
    for person in reading.participants:
        words = Words(reading.report.text, person.mentions)
        yield f"{party(reading, person.id)}, {person.kind}, {person.office or 'no office'}: {words}"


def _places(reading: CodedReport) -> Iterator[str]:
    for place in reading.places:
        claims = f", claimed by {', '.join(place.claimed_by)}" if place.claimed_by else ""
        yield f"{place.name} ({place.country}{claims}): {Words(reading.report.text, (place.span,))}"


def _unresolved(reading: CodedReport) -> Iterator[str]:
    for item in reading.unresolved:
        words = Words(reading.report.text, (item.span,)) if item.span else "the report"
        yield f"{words}: {item.kind}: {item.why}"
