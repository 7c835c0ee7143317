"""Whether a deed is only recalled: earlier years, the history of a quarrel, a past that the words set apart.

Goes by the words alone; a date far before publication is judged after dates are resolved.
"""

from __future__ import annotations

import re

from detente.coding.clauses import Clauses
from detente.coding.deeds import Deed

_YEAR = re.compile(r"^(19|20)\d\d$")


def is_backdrop(deed: Deed, clauses: Clauses) -> bool:
    """Whether the deed's own words set it in the past of the story."""
    return _dated_back(deed.token, clauses) or _recalled(deed.token, clauses)


def _dated_back(token: int, clauses: Clauses) -> bool:
    """ "the 2020 conflict", "years ago", "since 2014", "in previous wars"."""
    head = token
    near = [head, *clauses.children[head]]
    if clauses.tokens[head].pos in ("NOUN", "PROPN"):
        words = [clauses.tokens[i] for i in near if i < head]
        old = clauses.language.background
        return any(_YEAR.match(w.text) or (w.text.lower() in old and w.dep in ("amod", "advmod")) for w in words)
    return any(
        clauses.tokens[i].text.lower() in clauses.language.background_adverbs for i in clauses.reading.subtree(head)
    )


def _recalled(token: int, clauses: Clauses) -> bool:
    """ "referring to the war of 2020": told only to explain somebody's words."""
    for above in clauses.reading.ancestors(token):
        word = clauses.tokens[above]
        if word.lemma in clauses.language.background_verbs and word.tag == "VBG":
            return True
        if word.pos in ("VERB", "AUX"):
            return False
    return False
