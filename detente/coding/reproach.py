"""Reproach without a verb of accusing: a quotation that heaps blame on somebody is an ACCUSE by its speaker.

"He lost the war, then blamed us for his miserable defeat" accuses nobody in so many words. Two words of blame in one
quotation, with one third person as its subject, are the least that counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from detente.codebook.ontology import Ontology
from detente.codebook.tone import Tone
from detente.coding.clauses import Clauses
from detente.coding.confidence import REPROACH
from detente.model.event import Coding, Event
from detente.model.span import Span
from detente.model.statement import Statement

_LEAST_WORDS = 2
_LEAST_SHARE = 0.04
_CODE, _MODE, _CAMEO = "ACCUSE", "disapprove", "111"


def code_reproaches(
    statements: Sequence[Statement], known: Sequence[Event], clauses: Clauses, tone: Tone, ontology: Ontology
) -> list[Event]:
    """An ACCUSE for each direct statement that reproaches one third party and is not coded as such already."""
    found: list[Event] = []
    for statement in statements:
        if statement.manner == "indirect" or statement.speaker is None or statement.inside is not None:
            continue
        words = _blaming(statement, statements, clauses, tone)
        target = _aim(statement, words, clauses)
        if target is None or _coded_already(statement.speaker, target, (*known, *found)):
            continue
        found.append(_event(len(found), statement, target, words, clauses, ontology))
    return found


def _blaming(statement: Statement, statements: Sequence[Statement], clauses: Clauses, tone: Tone) -> list[int]:
    """The words of blame in a statement's own content, quotations inside it left out; none if they are too thin."""
    inner = [c for s in statements if s.inside == statement.id and s.manner != "indirect" for c in s.content]
    tokens = [i for span in statement.content for i in clauses.reading.tokens_in(span)]
    own = [i for i in tokens if not any(c.contains(clauses.tokens[i].span) for c in inner)]
    words = [i for i in own if clauses.tokens[i].lemma in tone.against and not _negated(i, clauses)]
    distinct = {clauses.tokens[i].lemma for i in words}
    return words if len(distinct) >= _LEAST_WORDS and len(words) >= _LEAST_SHARE * len(own) else []


def _negated(token: int, clauses: Clauses) -> bool:
    return bool(clauses.below(token, "neg"))


def _aim(statement: Statement, words: Sequence[int], clauses: Clauses) -> str | None:
    """The participant that the clauses with the words of blame are about: their subject or owner, most often named."""
    mention_at = {m.head: m for m in clauses.reading.mentions}
    counts: Counter[str] = Counter()
    for word in words:
        root = clauses.clause_root(word)
        heads = [*clauses.subjects(root), *clauses.subjects(word), *clauses.below(word, "poss")]
        for head in set(heads):
            mention = mention_at.get(head)
            if mention is not None and not mention.as_place:
                counts.update(p for p in mention.refers_to if p != statement.speaker)
    return counts.most_common(1)[0][0] if counts else None


def _coded_already(source: str, target: str, events: Sequence[Event]) -> bool:
    coded = [e for e in events if (c := e.coding("PLOVER")) is not None and c.code == _CODE]
    return any(source in e.sources and target in e.targets for e in coded)


def _event(
    number: int, statement: Statement, target: str, words: Sequence[int], clauses: Clauses, ontology: Ontology
) -> Event:
    trigger = clauses.tokens[words[0]].span
    clause = clauses.span_of(clauses.reading.subtree(clauses.clause_root(words[0]))) or trigger
    evidence = [c for c in statement.content if c.overlaps(trigger)] or [Span(clause.start, clause.end)]
    codings = (
        Coding("PLOVER", _CODE, _MODE, (), ontology.plover_score(_CODE, _MODE)),
        Coding("CAMEO", _CAMEO, None, (), ontology.goldstein(_CAMEO)),
    )
    return Event(
        id=f"{clauses.reading.report.id[:8]}-e0{number + 1}",
        sources=(statement.speaker,) if statement.speaker else (),
        targets=(target,),
        codings=codings,
        status="happened",
        trigger=trigger,
        evidence=tuple(evidence),
        told_in=statement.inside,
        confidence=REPROACH,
        why="words of blame in a quotation about this participant",
    )
