"""What is said without a clause: the infinitive or noun phrase after verbs of demanding, accusing, welcoming, refusing.

"urged both to return" says "both to return"; "rejected the charge" and "asked not to be named" say nothing new.
"""

from __future__ import annotations

from detente.coding.clauses import Clauses
from detente.coding.cues import Cue

_LEAVES = frozenset(
    {
        "parataxis",
        "conj",
        "cc",
        "punct",
        "nsubj",
        "aux",
        "auxpass",
        "neg",
        "prt",
        "advmod",
        "npadvmod",
        "mark",
        "nsubjpass",
    }
    | {"agent", "intj", "dep", "advcl"}
)
_EMPTY = frozenset({"PRON", "ADV", "DET", "PUNCT"})
# "with": "agreed with X", "spoke with X" name a partner, no content.
_FRAMES_CONTENT = frozenset({"for", "on", "upon", "to", "of", "against", "at", "as"})
_SURE_PHRASE, _SURE_INFINITIVE = 0.6, 0.6


def phrase_said(cue: Cue, clauses: Clauses) -> list[tuple[list[int], float]]:
    """The tokens of the infinitive or phrase that a cue puts into its speaker's mouth, with how sure we are."""
    language = clauses.language
    phrase = next((name for name in cue.names if name in language.saying_noun_phrase), None)
    infinitive = _infinitive(cue, clauses) if any(name in language.saying_infinitive for name in cue.names) else None
    gerund = _gerund(cue, clauses) if phrase is not None else None
    if infinitive is not None and _anonymous(infinitive, cue, clauses):
        return []
    report = _told_by_another(cue, clauses)
    if phrase is None and infinitive is None and not report:
        return []
    if (
        infinitive is None
        and gerund is None
        and not report
        and (phrase is None or not _says_something(phrase, cue, clauses))
    ):
        return []
    tokens = _without_channel(
        _gathered(phrase, infinitive if infinitive is not None else gerund, cue, clauses), cue, clauses
    )
    tokens = _without_address(tokens, infinitive, cue, clauses)
    if infinitive is None and _said_of_antecedent(cue, clauses):
        return []
    if not tokens or all(clauses.tokens[i].pos in _EMPTY for i in tokens):
        return []
    return [(tokens, _SURE_INFINITIVE if infinitive is not None else _SURE_PHRASE)]


def _said_of_antecedent(cue: Cue, clauses: Clauses) -> bool:
    """ "the jets that Warsaw promised in July": what was said is the noun before, and behind the verb stands a time."""
    named = any(name in clauses.language.naming for name in cue.names)
    relative = [c for c in clauses.below(cue.token, "dobj") if clauses.tokens[c].tag in ("WDT", "WP")]
    return clauses.tokens[cue.token].dep == "relcl" and bool(relative) and not named and not _named_as(cue, clauses)


def _infinitive(cue: Cue, clauses: Clauses) -> int | None:
    """The "to stop" that was asked for or promised, wherever the parser hung it."""
    for child in clauses.below(cue.token, "xcomp", "ccomp", "advcl"):
        to = [c for c in clauses.below(child, "aux") if clauses.tokens[c].text.lower() == "to"]
        if child > cue.token and to and clauses.tokens[to[0] - 1].text != ",":
            return child
    return _infinitive_of_object(cue, clauses)


def _gerund(cue: Cue, clauses: Clauses) -> int | None:
    """ "denied backing them", "ruled out sending troops", "denied having backed them": what stands right behind."""
    for child in clauses.below(cue.token, "xcomp", "advcl", "ccomp", "pcomp"):
        between = range(cue.token + 1, clauses.reading.subtree(child)[0])
        having = any(clauses.tokens[c].tag == "VBG" for c in clauses.below(child, "aux"))
        if (
            (clauses.tokens[child].tag == "VBG" or having)
            and child > cue.token
            and all(clauses.tokens[i].dep == "prt" for i in between)
        ):
            return child
    return None


def _infinitive_of_object(cue: Cue, clauses: Clauses) -> int | None:
    for child in clauses.below(cue.token, "dobj"):
        for below in clauses.below(child, "acl", "relcl"):
            if any(clauses.tokens[c].text.lower() == "to" for c in clauses.below(below, "aux")):
                return below
    return None


def _anonymous(infinitive: int, cue: Cue, clauses: Clauses) -> bool:
    """ "asked not to be named"."""
    named = clauses.tokens[infinitive].lemma in clauses.language.anonymity
    return named and clauses.is_passive(infinitive) and not clauses.below(cue.token, "dobj")


def _told_by_another(cue: Cue, clauses: Clauses) -> bool:
    """ "denied a report by X that ...": the object is somebody's claim, spelt out."""
    for noun in clauses.below(cue.token, "dobj"):
        if clauses.tokens[noun].lemma in clauses.language.accounts:
            for clause in clauses.below(noun, "acl", "relcl", "ccomp"):
                if any(clauses.tokens[m].text.lower() == "that" for m in clauses.below(clause, "mark")):
                    return True
    return False


def _says_something(phrase: str, cue: Cue, clauses: Clauses) -> bool:
    """Whether a verb with this object is words: "called it absurd", not "called him"; "denied any part"."""
    lemma = clauses.tokens[cue.token].lemma
    if phrase in clauses.language.naming:
        return _named_as(cue, clauses) if " " not in phrase else _put_to(phrase.split()[1], cue, clauses)
    if lemma in clauses.language.modality["denied"]:
        objects = clauses.below(cue.token, "dobj")
        own = [
            clauses.tokens[o].lemma not in clauses.language.accounts and clauses.tokens[o].pos != "PRON"
            for o in objects
        ]
        return lemma in clauses.language.saying_noun_phrase and any(own)
    return True


def _put_to(preposition: str, cue: Cue, clauses: Clauses) -> bool:
    """ "compared the raid to a massacre", "put the toll at nine": a thing and what it is put to."""
    if not clauses.below(cue.token, "dobj"):
        return False
    holders = [cue.token, *clauses.below(cue.token, "dobj")]
    phrases = [c for h in holders for c in clauses.below(h, "prep") if clauses.tokens[c].text.lower() == preposition]
    inside = [clauses.tokens[i] for c in phrases for i in clauses.reading.subtree(c)]
    return any(t.pos == "NUM" for t in inside) if preposition == "at" else bool(phrases)


def _named_as(cue: Cue, clauses: Clauses) -> bool:
    """ "called the verdicts revenge", "described it as a visit": what is named and what it is called."""
    small = [c for c in clauses.below(cue.token, "oprd", "acomp", "attr", "ccomp") if c > cue.token]
    as_phrase = [c for c in clauses.below(cue.token, "prep") if clauses.tokens[c].text.lower() == "as"]
    return bool(small or as_phrase) or len(clauses.below(cue.token, "dobj")) > 1


def _gathered(phrase: str | None, infinitive: int | None, cue: Cue, clauses: Clauses) -> list[int]:
    """All that hangs on the verb behind it, from the preposition of its name on ("called in Geneva for an end")."""
    reading, tokens = clauses.reading, clauses.tokens
    inside: set[int] = set()
    for child in clauses.children[cue.token]:
        if child > cue.token and (tokens[child].dep not in _LEAVES or child == infinitive):
            inside |= set(reading.subtree(child))
    found = sorted(inside)
    words = (phrase or "").split()
    if phrase in clauses.language.naming:
        return _with_relative(found, cue, clauses)
    if len(words) > 1 and words[1] in _FRAMES_CONTENT:
        prep = next((c for c in clauses.below(cue.token, "prep") if tokens[c].text.lower() == words[1]), None)
        found = [i for i in found if prep is not None and i > prep]
    elif len(words) > 1:  # "points the finger at X": the object belongs to the verb
        part = [
            i
            for c in clauses.below(cue.token, "dobj")
            if tokens[c].lemma == words[1]
            for i in [c, *clauses.below(c, "det", "amod")]
        ]
        found = [i for i in found if i not in part]
    while found and tokens[found[0]].dep == "prep" and tokens[found[0]].text.lower() in _FRAMES_CONTENT:
        found = found[1:]
    return found


def _with_relative(tokens: list[int], cue: Cue, clauses: Clauses) -> list[int]:
    """ "..., which the embassy termed “baseless”": what is named stands before the verb."""
    if clauses.tokens[cue.token].dep != "relcl":
        return tokens
    return [c for c in clauses.below(cue.token, "dobj") if clauses.tokens[c].tag in ("WDT", "WP")] + tokens


def _without_address(tokens: list[int], infinitive: int | None, cue: Cue, clauses: Clauses) -> list[int]:
    """ "pressed them to stop", "calling it absurd": a mere pronoun before what is asked or said is left out."""
    named = any(name in clauses.language.naming for name in cue.names)
    if (
        len(tokens) > 1
        and tokens[0] > cue.token
        and (infinitive is not None or named)
        and clauses.tokens[tokens[0]].pos == "PRON"
    ):
        rest = tokens[1:]
        return rest[1:] if named and clauses.tokens[rest[0]].text.lower() == "as" else rest
    return tokens


def _without_channel(tokens: list[int], cue: Cue, clauses: Clauses) -> list[int]:
    """Leave out "through the Foreign Ministry", "on Telegram" and "in a tweet", wherever they stand."""
    carried: set[int] = set()
    for index in tokens:
        token = clauses.tokens[index]
        if token.dep != "prep" or token.text.lower() not in ("through", "via", "on", "in"):
            continue
        objects = clauses.below(index, "pobj")
        if objects and _carries(objects[0], token.head == cue.token, clauses):
            carried |= set(clauses.reading.subtree(index))
    kept = [i for i in tokens if i not in carried]
    return kept


def _carries(noun: int, on_verb: bool, clauses: Clauses) -> bool:
    mention = clauses.mention_at.get(noun)
    kind = clauses.language.channel_kind(clauses.tokens[noun].lemma)
    if on_verb:
        return kind is not None or (mention is not None and mention.kind == "organisation")
    # Further down only words that carry nothing but words: "the expulsions in a tweet".
    return kind in ("social", "broadcast") or (
        mention is not None and any(e.startswith("platform:") for e in mention.entities)
    )
