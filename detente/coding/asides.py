"""What a little clause of saying stands in or behind: "The offer stands, it said", "No talks, he told them, until ...".

The content is the sentence, or the words without a verb, around the clause; what hangs on the verb itself is found
elsewhere.
"""

from __future__ import annotations

from detente.coding.clauses import Clauses
from detente.coding.cues import Cue
from detente.coding.voices import Voices

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_STOPS = frozenset({";", ":", ".", "?", "!"})
_LONGEST_VERBLESS = 12
_SURE_AROUND, _SURE_VERBLESS = 0.7, 0.6


def around(cue: Cue, clauses: Clauses) -> list[tuple[list[int], float]]:
    """ "The offer stands, it said": the main clause without the little clause of saying."""
    head = clauses.tokens[cue.token].head
    goes_on = _resumed(cue, clauses) + _conditions(cue, clauses)
    blocked = [c for c in clauses.below(cue.token, "mark", "dobj", "xcomp") if c not in goes_on]
    if clauses.tokens[head].pos not in ("VERB", "AUX") or blocked:
        return []
    mine = set(clauses.reading.subtree(cue.token)) - {i for c in goes_on for i in clauses.reading.subtree(c)}
    said = clauses.below(head, "ccomp") if clauses.tokens[head].lemma in clauses.language.saying["plain"] else []
    said = [c for c in said if not any(clauses.tokens[i].text == ";" for i in range(c, cue.token))]
    top = said[0] if said else head  # "The road is mined, the army said, an agency reports"
    return [([i for i in clauses.reading.subtree(top) if i not in mine], _SURE_AROUND)]


def _resumed(cue: Cue, clauses: Clauses) -> list[int]:
    """ "X has offered, his office said, to host talks": the infinitive goes on with "offered"."""
    found = []
    for child in clauses.below(cue.token, "xcomp"):
        first = clauses.reading.subtree(child)[0]
        if first > cue.token and clauses.tokens[first].tag == "TO" and clauses.tokens[first - 1].text == ",":
            found.append(child)
    return found


def _conditions(cue: Cue, clauses: Clauses) -> list[int]:
    """ "If they come, he warned, the bridge will be shut": the condition before the clause is part of what was said."""
    return [
        c
        for c in clauses.below(cue.token, "advcl")
        if c < cue.token and any(clauses.tokens[m].text.lower() in ("if", "unless") for m in clauses.below(c, "mark"))
    ]


def verbless(cue: Cue, clauses: Clauses, voices: Voices) -> list[tuple[list[int], float]]:
    """ "Not so, said Washington", "no talks, he told them, until ...": words without a verb before the clause."""
    if cue.speaker is None or clauses.tokens[cue.token].tag not in ("VBD", "VBZ", "VBP"):
        return []
    begins = cue.token
    if cue.speaker < cue.token:
        mention = clauses.mention_at.get(cue.speaker)
        begins = clauses.reading.tokens_in(mention.span).start if mention is not None else cue.speaker
    level = voices.of(cue.token)
    first = clauses.reading.sentence_of(cue.token).first
    if begins <= first or clauses.tokens[begins - 1].text != ",":
        return []
    lead: list[int] = []
    for index in range(begins - 2, first - 1, -1):
        if clauses.tokens[index].text in _STOPS or voices.of(index) != level:
            break
        lead.insert(0, index)
    if set(lead) <= set(clauses.reading.subtree(cue.speaker)) or not _is_answer(lead, cue.speaker > cue.token, clauses):
        return []
    return [(lead + _after_comma(cue, clauses, voices), _SURE_VERBLESS)]


def _is_answer(lead: list[int], inverted: bool, clauses: Clauses) -> bool:
    """Whether a few words without a verb are an answer: they say no, or the speaker stands behind the verb."""
    if not lead or len(lead) > _LONGEST_VERBLESS:
        return False
    words = [clauses.tokens[i] for i in lead]
    if any(t.tag in _FINITE for t in words):
        return False
    negative = words[0].text.lower() in clauses.language.negation
    return negative or (inverted and words[0].pos in ("DET", "NOUN", "PROPN", "ADJ", "NUM"))


def _after_comma(cue: Cue, clauses: Clauses, voices: Voices) -> list[int]:
    """The rest of the sentence behind the comma that closes the little clause."""
    last = clauses.reading.sentence_of(cue.token).last
    level = voices.of(cue.token)
    comma = next((i for i in range(cue.token + 1, last) if clauses.tokens[i].text == ","), None)
    rest: list[int] = []
    for index in range(comma + 1 if comma is not None else last, last):
        if clauses.tokens[index].text in _STOPS or voices.of(index) != level:
            break
        rest.append(index)
    opens = clauses.tokens[rest[0]] if rest else None
    return rest if opens is not None and opens.pos in ("SCONJ", "ADP") else []
