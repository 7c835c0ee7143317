"""Demands without a verb of demanding: "He must release them now", "Let the trucks through", in somebody's words.

A deed told as a duty in a statement, or in the imperative in a direct one, is a REQUEST by its speaker to whoever is to
do it.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.codebook.ontology import Ontology
from detente.codebook.predicates import Lexicon, Outcome
from detente.coding.clauses import Clauses
from detente.coding.confidence import REPROACH
from detente.coding.event_drafts import EventDraft
from detente.model.event import Coding, Event
from detente.model.statement import Statement

_GENERIC = Outcome(None, "100")


def code_demands(
    drafts: Sequence[EventDraft],
    statements: Sequence[Statement],
    clauses: Clauses,
    lexicon: Lexicon,
    ontology: Ontology,
) -> list[Event]:
    """A REQUEST for each duty or imperative in a direct statement whose doer is not the speaker."""
    found: list[Event] = []
    for draft in drafts:
        if draft.deed.is_noun or draft.status != "demanded" or draft.deed.predicate.act:
            continue
        statement = _told_in(draft, statements)
        if statement is None or statement.speaker is None or not _is_duty(draft, clauses, statement.manner):
            continue
        asked = draft.sources or statement.addressees
        if statement.speaker in asked:
            continue
        found.append(_event(draft, statement, asked, _outcome(draft, lexicon), ontology))
    return found


def _told_in(draft: EventDraft, statements: Sequence[Statement]) -> Statement | None:
    """The tightest statement that tells the deed."""
    around = [s for s in statements if any(c.contains(draft.deed.span) for c in s.content)]
    return min(around, key=lambda s: sum(len(c) for c in s.content), default=None)


def _is_duty(draft: EventDraft, clauses: Clauses, manner: str) -> bool:
    """Whether the verb itself stands under "must" or in the imperative, not in the content of another demand."""
    verb = draft.deed.token
    words = [clauses.tokens[a].text.lower() for a in clauses.below(verb, "aux")]
    if any(w in clauses.language.modal_demanded for w in words):
        return True
    bare = clauses.tokens[verb].tag == "VB" and not words and manner != "indirect"
    return bare and clauses.tokens[verb].dep in ("ROOT", "ccomp", "conj") and not clauses.below(verb, "nsubj")


def _outcome(draft: EventDraft, lexicon: Lexicon) -> Outcome:
    """Mode and CAMEO code by what is to be done; a bare demand where no class of contents takes such a deed."""
    types = {draft.plover, f"{draft.plover}.{draft.mode}"}
    fitting = (c.families["demand"] for c in lexicon.contents if c.types & types and "demand" in c.families)
    return next(fitting, _GENERIC)


def _event(
    draft: EventDraft,
    statement: Statement,
    asked: tuple[str, ...],
    outcome: Outcome,
    ontology: Ontology,
) -> Event:
    return Event(
        id="",
        sources=(statement.speaker,) if statement.speaker else (),
        targets=asked,
        codings=(
            Coding("PLOVER", "REQUEST", outcome.mode, (), ontology.plover_score("REQUEST", outcome.mode)),
            Coding("CAMEO", outcome.cameo, None, (), ontology.goldstein(outcome.cameo)),
        ),
        status="happened",
        trigger=draft.deed.span,
        evidence=(draft.evidence,),
        told_in=statement.inside,
        confidence=REPROACH,
        why="a duty or an imperative in somebody's words",
    )
