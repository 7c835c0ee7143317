"""The people whose name is (nearly) the one asked for, over transliterations, with how near.

Looks at every part of a name: given names tell Ararat from Nikol where the surname does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz

from detente.codebook.folding import fold_name
from detente.codebook.whoswho import WhosWho

# Names less alike than this are other names.
_ALIKE = 0.86
# A given name may be shortened ("Vlad") or another form of the same: it must only not speak against it.
_GIVEN = 0.75
_SURNAME = 0.85
# The share of the letters themselves, beside the sounds.
_SPELLING = 0.15
# For each word of the question that no part of the known name answers.
_UNANSWERED = 0.25
# So many of the nearest by one part are compared in full.
_COMPARED = 150


def people_called(name: str, countries: Sequence[str], whoswho: WhosWho) -> dict[str, float]:
    """The persons who may be meant by a name, with the likeness of the whole name (0 to 1)."""
    parts = [part for part in fold_name(name).replace("-", " ").split() if len(part) > 1]
    if not parts:
        return {}
    near: dict[str, float] = defaultdict(float)
    for part in parts:
        for country in countries or (None,):
            for id, score in whoswho.similar_people(part, country):
                near[id] += score
    ranked = sorted(near, key=lambda id: (-near[id], id))[:_COMPARED]
    if len(parts) == 1:
        # The tables know which part of a name is its surname ("Xi Jinping").
        compared = {id: near[id] * _spelt(parts[0], id, whoswho) for id in ranked}
    else:
        compared = {id: whole_likeness(parts, id, whoswho) for id in ranked}
    return {id: score for id, score in compared.items() if score >= _ALIKE}


def _spelt(part: str, id: str, whoswho: WhosWho) -> float:
    """A little less for a name that sounds alike and is spelt otherwise."""
    known = (word for name in whoswho.names(id) for word in fold_name(name).replace("-", " ").split())
    return 1 - _SPELLING * (1 - max((fuzz.ratio(part, word) / 100 for word in known), default=0.0))


def whole_likeness(parts: Sequence[str], id: str, whoswho: WhosWho) -> float:
    """How well a known person's best spelling answers all parts of the name asked for."""
    return max((_one_spelling(parts, fold_name(name).split(), whoswho) for name in whoswho.names(id)), default=0.0)


def _one_spelling(parts: Sequence[str], known: Sequence[str], whoswho: WhosWho) -> float:
    """The mean likeness of the parts, each answered by the part of the known name that is most like it."""
    if not known:
        return 0.0
    if len(parts) == 1:
        # A single name is a surname, or the name somebody goes by; a given name tells nobody.
        return _part(parts[0], known[-1], whoswho)
    scores = [max(_part(part, other, whoswho) for other in known) for part in parts]
    # The surname stands last, or first in Hungary, China and Korea.
    surname = max(_part(parts[-1], known[-1], whoswho), _part(parts[0], known[0], whoswho))
    answered = [score for score in scores if score >= _GIVEN]
    if len(answered) < 2 or surname < _SURNAME:
        return 0.0
    return sum(answered) / len(answered) - _UNANSWERED * (len(scores) - len(answered))


def _part(asked: str, known: str, whoswho: WhosWho) -> float:
    """How alike two parts are by sound, and a little by spelling: Tiani is more like Tiani than like Thani."""
    if len(asked) == 1 or len(known) == 1:
        return 0.9 if asked[0] == known[0] else 0.0
    return (1 - _SPELLING) * whoswho.likeness(asked, known) + _SPELLING * fuzz.ratio(asked, known) / 100
