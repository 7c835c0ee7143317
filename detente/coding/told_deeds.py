"""Deeds that no entry of the lexicon knows and the encoder finds: its tokens become deeds with the usual slots."""

from __future__ import annotations

from collections.abc import Sequence

from detente.codebook.predicates import Predicate
from detente.coding.deeds import Deed, DeedFinder
from detente.coding.judge import Found

# How sure the encoder must be that a word tells an event before its parties are looked for.
_LEAST = 0.5
# Acts that are done by saying something.
_SPOKEN = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})
_TOGETHER = frozenset({"CONSULT", "COOPERATE"})
_SOURCE = ("subject", "by", "owner")
_TARGET = ("object", "iobject", "against", "with", "on", "to", "at", "from", "for", "over", "of")


def find_told(found: Sequence[Found], known: Sequence[Deed], finder: DeedFinder) -> list[Deed]:
    """A deed for each verb or noun that the encoder finds where no entry tells one."""
    taken = {index for deed in known for index in (*deed.used, deed.token)}
    heads = {deed.token for deed in known}
    deeds = []
    for item in found:
        if item.chance < _LEAST or item.token in taken or not finder.can_tell(item.token):
            continue
        if finder.is_content_of(item.token, heads):
            continue
        deeds.append(finder.bare(item.token, _predicate(item.type)))
    return deeds


def _predicate(type_: str) -> Predicate:
    """An entry without words: the type alone, and the slots that most verbs have."""
    return Predicate(
        id=f"encoder:{type_}",
        verbs=(),
        nouns=(),
        plover=type_,
        mode=None,
        cameo="",
        needs={},
        bars={},
        source=_SOURCE,
        target=_TARGET,
        reciprocal="plural" if type_ in _TOGETHER else "never",
        content=None,
        act=type_ in _SPOKEN,
        status=None,
        contexts=(),
    )
