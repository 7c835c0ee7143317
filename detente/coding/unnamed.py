"""Speakers whom the reading knows as nobody yet: "a reader", "two ministers", "the log of the ferry".

Each becomes a participant by what it is called; who it is stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.codebook.whoswho import WhosWho
from detente.coding.clauses import Clauses
from detente.coding.drafts import Draft
from detente.model.participant import Participant

_NOUNS = frozenset({"NOUN", "PROPN"})
_PLURAL = frozenset({"NNS", "NNPS"})
# What only its own words tell is trusted so far.
_CONFIDENCE = 0.4
# "An affidavit said ..., the affidavit added": one.
_ARTICLE = re.compile(r"^(?:an?|the|this|that) ")


def name_unnamed(drafts: Sequence[Draft], clauses: Clauses, whoswho: WhosWho) -> tuple[Participant, ...]:
    """Give each draft whose speaker is a bare noun a participant of its own; the same words are the same one."""
    reading = clauses.reading
    taken = len(reading.participants)
    found: dict[str, Participant] = {}
    for draft in drafts:
        if draft.speaker_ids or draft.speaker is None or draft.speaker_span is None:
            continue
        token = clauses.tokens[draft.speaker]
        counted = token.text.lower() in clauses.language.some_people
        if token.pos not in _NOUNS and not counted:
            continue
        words = draft.speaker_span.words(reading.report.text)
        called = _ARTICLE.sub("", words.lower())
        known = found.get(called)
        if known is None:
            sector = whoswho.title_sector(token.lemma)
            known = Participant(
                id=f"{reading.report.id}-a{taken + len(found) + 1}",
                name=words,
                kind="group" if token.tag in _PLURAL or (counted and token.text.lower() != "one") else "role",
                mentions=(draft.speaker_span,),
                sectors=(sector,) if sector else (),
                confidence=_CONFIDENCE,
                plural=token.tag in _PLURAL,
                why="known only by these words",
            )
        elif draft.speaker_span not in known.mentions:
            known = known.mentioned_at(draft.speaker_span)
        found[called] = known
        draft.speaker_ids = (known.id,)
    return tuple(found.values())
