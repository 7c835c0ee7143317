"""The coding stage as a whole: a reading goes in, its statements and events come out, tied to each other."""

from __future__ import annotations

from dataclasses import replace

from detente.codebook.language import LanguagePack
from detente.codebook.whoswho import WhosWho
from detente.coding.clauses import Clauses
from detente.coding.events import EventKit, acts_of, code_events
from detente.coding.reproach import code_reproaches
from detente.coding.statements import code_statements
from detente.model.coded import CodedReport
from detente.model.reading import Reading


def code_reading(reading: Reading, language: LanguagePack, whoswho: WhosWho, kit: EventKit) -> CodedReport:
    """Statements first, then events, for an event may stand on a statement's word; then each statement's own acts."""
    statements, unresolved = code_statements(reading, language, whoswho)
    clauses = Clauses(reading, language)
    events = code_events(reading, statements, clauses, kit)
    events += tuple(code_reproaches(statements, events, clauses, kit.tone, kit.ontology))
    acts = acts_of(events, statements, frozenset())
    told = {s.id: tuple(e.id for e in events if e.told_in == s.id) for s in statements}
    return CodedReport(
        report=reading.report,
        participants=reading.participants,
        statements=tuple(replace(s, events=told[s.id], acts=acts[s.id]) for s in statements),
        events=events,
        unresolved=(*reading.unresolved, *unresolved),
        warnings=_warnings(reading),
    )


def _warnings(reading: Reading) -> tuple[str, ...]:
    """What whoever reads the result should know about the text itself."""
    unbalanced = any(u.kind == "quotation" for u in reading.unresolved)
    return ("unbalanced quotation marks: read to the end of the paragraph",) if unbalanced else ()
