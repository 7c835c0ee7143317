"""Who speaks at a verb or noun of saying: the token at the head of the speaker's phrase.

Follows the grammar first, and what stands next to the verb where the grammar is silent. Does not look up who that is.
"""

from __future__ import annotations

from detente.coding.clauses import Clauses
from detente.model.reading import Mention

# An inverted speaker's title is at most this long ("said Russian Deputy Foreign Minister X").
_LONGEST_TITLE = 14
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_MARKS = frozenset({",", '"', "'", "”", "’", "“", "—", "–", "»"})
_ENDS_TITLE = frozenset({",", '"', ".", ":", ";", "that", "to", "on", "in"})
_INNER = frozenset({"poss", "compound", "amod", "nmod"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_SKIPPED = frozenset({"ADV", "AUX", "PUNCT", "PART"})


def speaker_at(verb: int, clauses: Clauses) -> int | None:
    """Who says what a verb of saying introduces, or None."""
    inverted = _inverted(verb, clauses)
    if inverted is not None:
        return inverted
    above = _matching_verb(verb, clauses)
    if above is not None:
        return speaker_at(above, clauses)
    nearest = [c for c in clauses.below(verb, "nsubj") if c < verb]
    if len(nearest) > 1 and nearest[-1] in clauses.mention_heads:
        return nearest[-1]  # "The men “...”, X claimed": the parser gave the quotation's subject to the verb too
    aside = _aside(verb, clauses)
    if aside is not None:
        return aside
    found = clauses.subjects(verb)
    if found and not (clauses.tokens[verb].tag == "VBG" and found[0] not in clauses.speaker_heads):
        return found[0]
    governing = _governing(verb, clauses) if found else None
    if governing is not None or found:
        return governing if governing is not None else found[0]
    if clauses.is_passive(verb):
        return None
    governor = clauses.tokens[verb].head
    if (
        clauses.tokens[verb].dep in ("conj", "advcl")
        and governor != verb
        and clauses.tokens[governor].pos in ("VERB", "AUX")
    ):
        return speaker_at(governor, clauses)
    return _before(verb, clauses)


def _aside(verb: int, clauses: Clauses) -> int | None:
    """ "The unit, the ministry said, was coming home": whoever is named right before a verb between commas."""
    token = clauses.tokens[verb]
    if token.dep != "parataxis" or token.tag not in _FINITE or clauses.below(verb, *_SUBJECTS):
        return None
    closed = verb + 1 < len(clauses.tokens) and clauses.tokens[verb + 1].text == ","
    return _before(verb, clauses) if closed else None


def _governing(verb: int, clauses: Clauses) -> int | None:
    """ "X said the task was Y's, while noting that ...": where the nearer subject is a thing, the one who says it."""
    language = clauses.language
    above = [i for i in clauses.reading.ancestors(verb) if clauses.tokens[i].lemma in language.saying["plain"]]
    subjects = [s for i in above[:1] for s in clauses.subjects(i)]
    return next((s for s in subjects if s in clauses.speaker_heads), None)


def _matching_verb(verb: int, clauses: Clauses) -> int | None:
    """ "said Europe must wake up and called for more": a past tense goes with "said", not with the infinitive."""
    token = clauses.tokens[verb]
    head = clauses.tokens[token.head]
    if token.dep != "conj" or token.tag != "VBD" or head.tag != "VB" or clauses.below(verb, *_SUBJECTS):
        return None
    return next((i for i in clauses.reading.ancestors(verb) if clauses.tokens[i].tag == "VBD"), None)


def _inverted(verb: int, clauses: Clauses) -> int | None:
    """ "..., affirmed Prime Minister Sonko, ...": the verb right after a comma or mark, the speaker behind it."""
    tokens = clauses.tokens
    opened = verb > 0 and tokens[verb - 1].text in _MARKS and tokens[verb].tag in _FINITE
    if not opened:
        return None
    own = any(c < verb for c in clauses.below(verb, *_SUBJECTS))
    for index in range(verb + 1, min(verb + _LONGEST_TITLE, len(tokens))):
        token = tokens[index]
        if index in clauses.mention_heads and token.dep not in _INNER:
            subject = token.dep in _SUBJECTS and token.head == verb  # "No retreat, said X"
            if not _free(index, verb, clauses) or (own and not subject and not _set_off(index, verb, clauses)):
                return None
            return index
        if token.text.lower() in _ENDS_TITLE or token.pos in ("VERB", "AUX", "SCONJ"):
            return None
    return None


def _free(index: int, verb: int, clauses: Clauses) -> bool:
    """Whether a name behind the verb is not the subject of another clause, nor what the verb is done to."""
    token = clauses.tokens[index]
    if token.dep in _SUBJECTS and token.head != verb:
        return False
    done_to = token.dep == "dobj" and token.head == verb
    return not (done_to and _before(verb, clauses) is not None)


def _set_off(index: int, verb: int, clauses: Clauses) -> bool:
    """ "The fences, affirmed Sonko, “are ...”": a comma follows, and the verb is one that is done to nobody."""
    language, lemma = clauses.language, clauses.tokens[verb].lemma
    to_nobody = lemma in language.saying["plain"] and lemma not in language.saying["acting"]
    mention = clauses.mention_at.get(index)
    end = clauses.reading.tokens_in(mention.span).stop if mention is not None else index + 1
    return to_nobody and end < len(clauses.tokens) and clauses.tokens[end].text in (",", '"')


def _before(verb: int, clauses: Clauses) -> int | None:
    """Whoever is named right before a finite verb that the grammar left without a subject."""
    tokens = clauses.tokens
    if tokens[verb].tag not in (*_FINITE, "VBN") or clauses.below(verb, *_SUBJECTS):
        return None
    by_end = clauses.actor_ending_at
    first = clauses.reading.sentence_of(verb).first
    index = verb - 1
    while index >= first and tokens[index].pos in _SKIPPED and tokens[index].text != '"':
        index -= 1
    mention = by_end.get(index)
    if mention is None or mention.kind == "pronoun":
        return mention.head if mention is not None else None
    return _explained(mention, by_end, clauses).head


def _explained(mention: Mention, by_end: dict[int, Mention], clauses: Clauses) -> Mention:
    """ "Sandu, the president, said": the name that an office stands behind."""
    start = clauses.reading.tokens_in(mention.span).start
    if mention.kind == "role" and start >= 2 and clauses.tokens[start - 1].text == ",":
        named = by_end.get(start - 2)
        if named is not None and named.kind == "name":
            return named
    return mention


def owner_of(noun: int, clauses: Clauses) -> int | None:
    """Whose claim, report or warning it is: "his ...", "... of X", "... by X", "..., made by X"."""
    owners = clauses.below(noun, "poss")
    owners += [
        i for name, objects in clauses.prepositions(noun).items() if name in ("by", "of", "from") for i in objects
    ]
    for made in clauses.below(noun, "acl", "relcl"):
        owners += clauses.agents(made)
    named = [i for owner in owners for i in (owner, *clauses.below(owner, "appos")) if i in clauses.mention_heads]
    return named[0] if named else owners[0] if owners else None
