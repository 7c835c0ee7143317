"""What a demand, refusal, threat or promise is about, and what mode and CAMEO code follow from it.

Looks through the words that hang on the act: the first content class of the language pack that fits decides.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from detente.codebook.entry_checks import FAMILIES
from detente.codebook.predicates import ContentClass, Lexicon, Outcome
from detente.coding.clauses import Clauses
from detente.coding.deeds import Deed

_NOT_CONTENT = frozenset(
    {"nsubj", "nsubjpass", "aux", "auxpass", "neg", "advcl", "parataxis", "mark", "punct", "agent", "npadvmod"}
)


def content_tokens(deed: Deed, clauses: Clauses) -> list[int]:
    """The tokens of what is asked, refused, threatened or promised."""
    tops = [deed.token] if deed.light is None else [deed.token, deed.light]
    found: set[int] = set()
    for top in tops:
        for child in clauses.children[top]:
            token = clauses.tokens[child]
            asked = (
                token.dep == "advcl" and token.tag == "VB" and bool(clauses.below(child, "aux"))
            )  # "calls on them to stop"
            if (
                (token.dep in _NOT_CONTENT and not asked)
                or (token.dep == "conj" and token.pos in ("VERB", "AUX"))
                or (child < top and token.dep in ("poss", "det"))
            ):
                continue
            found |= set(clauses.reading.subtree(child))
    return sorted(found - {deed.token} | {t for t in deed.used if t != deed.token})


def outcome_of(
    deed: Deed, tokens: Sequence[int], inner: Sequence[Deed], clauses: Clauses, lexicon: Lexicon
) -> tuple[str, Outcome] | None:
    """PLOVER type with mode and CAMEO code of a speech act, or None where the act has no content family.

    `inner` are the deeds told within the content.
    """
    family = deed.predicate.content
    if family is None:
        return None
    phrases = _phrases([clauses.tokens[t].lemma for t in tokens], lexicon.content_lengths)
    types = {d.predicate.plover for d in inner} | {
        f"{d.predicate.plover}.{d.predicate.mode}" for d in inner if d.predicate.mode
    }
    for content in lexicon.contents:
        outcome = content.families.get(family)
        if outcome is not None and _fits(content, phrases, types):
            plover = outcome.plover or FAMILIES.get(family, deed.predicate.plover)
            return plover, outcome
    return None


def _fits(content: ContentClass, phrases: Set[tuple[str, ...]], types: Set[str]) -> bool:
    if not content.types and not content.words:
        return True  # the last class takes what no other took
    return bool(content.types & types) or not phrases.isdisjoint(content.words)


def _phrases(lemmas: Sequence[str], lengths: Set[int]) -> set[tuple[str, ...]]:
    """All runs of words as long as the phrases of content classes are."""
    return {tuple(lemmas[at : at + n]) for n in lengths for at in range(len(lemmas) - n + 1)}
