"""Whether a deed happened, is under way, or is only planned, threatened, demanded, denied, supposed, or did not happen.

Reads negation, auxiliaries, conditions, and the verbs and nouns that a deed hangs on, from the inside out.
"""

from __future__ import annotations

from detente.coding.clauses import Clauses
from detente.coding.deeds import Deed
from detente.model.event import Status

_FRAMES_DEPS = frozenset(
    {
        "xcomp",
        "ccomp",
        "dobj",
        "pobj",
        "pcomp",
        "acl",
        "attr",
        "conj",
        "prep",
        "nsubjpass",
        "oprd",
        "relcl",
        "advcl",
        "nsubj",
        "appos",
        "compound",
        "nmod",
        "amod",
        "acomp",
        "dative",
    }
)
_GROUP_STATUS: tuple[tuple[str, Status], ...] = (
    ("denied", "denied"),
    ("not_happened", "not_happened"),
    ("threatened", "threatened"),
    ("demanded", "demanded"),
    ("hypothetical", "hypothetical"),
    ("planned", "planned"),
)
# Verbs that demand with an infinitive ("told them to leave") and tell with a clause.
_TELLING = frozenset({"tell", "advise"})
_CLIMB = 9
_BY_MEANS_OF = frozenset({"with", "by"})
_BARE, _INFLECTED = frozenset({"VB", "VBP"}), frozenset({"VBZ", "VBD"})


def status_of(deed: Deed, clauses: Clauses) -> Status:
    """The status of a deed by its words; `happened` where nothing speaks against it."""
    if deed.predicate.status:
        return deed.predicate.status  # type: ignore[return-value]
    if _asked(deed.token, clauses):
        return "hypothetical"
    verb = deed.light if deed.is_noun and deed.light is not None else deed.token
    own = _own_noun_status(deed.token, clauses) if deed.is_noun else None
    if own is None and deed.is_noun:
        own = _of_its_verb(deed.token, clauses)
    if own is not None:
        return own
    if deed.predicate.act and _decided(verb, clauses):
        return "happened"  # "he decided to blame us": told of the blame itself
    if clauses.tokens[verb].pos in ("VERB", "AUX"):
        return _verb_status(verb, clauses)
    return _climb(deed.token, clauses) or "happened"


def _asked(token: int, clauses: Clauses) -> bool:
    """Whether a deed stands in a question: "Did the army strike the convoy?" tells no strike."""
    sentence = clauses.reading.sentence_of(token)
    last = [clauses.tokens[i].text for i in range(max(sentence.first, sentence.last - 2), sentence.last)]
    return "?" in last and clauses.tokens[token].pos != "NOUN"


def _decided(verb: int, clauses: Clauses) -> bool:
    token = clauses.tokens[verb]
    head = clauses.tokens[token.head]
    return token.dep == "xcomp" and head.lemma in clauses.language.deciding and head.tag == "VBD"


def _of_its_verb(noun: int, clauses: Clauses) -> Status | None:
    """What the verb of its clause says of a noun: "the strike did not take place", "would be answered with fire"."""
    token = clauses.tokens[noun]
    head = clauses.tokens[token.head]
    if token.dep in ("nsubj", "nsubjpass") and head.lemma in clauses.language.occurring:
        return _auxiliaries(head.index, clauses)
    definite = any(
        clauses.tokens[c].text.lower() in clauses.language.definite for c in clauses.below(noun, "det", "poss")
    )
    if token.dep == "pobj" and head.text.lower() in _BY_MEANS_OF and not definite:
        verb = clauses.tokens[head.head]
        if verb.pos in ("VERB", "AUX"):
            return _auxiliaries(verb.index, clauses)
    if token.dep == "dobj" and not definite:
        for name in clauses.lemma_with_particle(head.index)[:1]:
            for group in ("not_happened", "denied"):
                if " " in name and name in clauses.language.modality[group]:
                    return group
    return None


def _own_noun_status(noun: int, clauses: Clauses) -> Status | None:
    """What the adjectives and the determiner of a noun say of it ("a planned visit", "no attack")."""
    modality = clauses.language.modality
    for child in clauses.children[noun]:
        token = clauses.tokens[child]
        word = token.text.lower()
        if token.dep == "det" and word in clauses.language.negation:
            return "not_happened"
        if token.dep in ("amod", "compound", "advmod", "det"):
            if word in modality["planned_adjectives"]:
                return "planned"
            if word in modality["hypothetical_adjectives"]:
                return "hypothetical"
            if word in modality["denied_adjectives"] and word != "reported":
                return "denied"
    return None


def _verb_status(verb: int, clauses: Clauses) -> Status:
    token = clauses.tokens[verb]
    own = _auxiliaries(verb, clauses)
    if own is not None:
        return own
    if _conditional(verb, clauses):
        return "hypothetical"
    above = _climb(verb, clauses)
    if above is not None:
        return above
    if (
        token.tag == "VB"
        and _has_to(verb, clauses)
        and token.dep in ("xcomp", "advcl", "acl", "relcl", "conj")
        and not _under_aspect(verb, clauses)
    ):
        return "planned" if token.dep != "advcl" else "happened"
    if _progressive(verb, clauses):
        return "under_way"
    if token.tag == "VB" and token.dep in ("ROOT", "ccomp") and not clauses.below(verb, "aux", "nsubj"):
        return "demanded"  # an imperative: "let the trucks through"
    return "happened"


def _auxiliaries(verb: int, clauses: Clauses) -> Status | None:
    language = clauses.language
    words = [clauses.tokens[c].text.lower() for c in clauses.below(verb, "aux", "auxpass", "neg", "advmod", "preconj")]
    sides = clauses.below(verb, "nsubj", "nsubjpass", "dobj")
    beside = [clauses.tokens[i].text.lower() for s in sides for i in (s, *clauses.below(s, "det"))]
    if any(w in language.negation for w in (*words, *beside)):
        return "not_happened"  # "did not attack", "nobody was killed", "fired no shot"
    token = clauses.tokens[verb]
    if token.dep == "conj" and not words:
        shared = _auxiliaries(token.head, clauses) if clauses.tokens[token.head].pos in ("VERB", "AUX") else None
        return shared if token.tag in ("VB", "VBN", "VBG") or shared is None else None
    if "would" in words:
        return "planned" if _reported(verb, clauses) else "hypothetical"
    if any(w in language.modal_planned for w in words):
        return "planned"
    if any(w in language.modal_demanded for w in words):
        return "demanded"
    if any(w in language.modal_hypothetical for w in words):
        return "hypothetical"
    return None


def _reported(verb: int, clauses: Clauses) -> bool:
    """Whether a clause is reported speech: "said it would send" is "will send" told later."""
    saying = clauses.language.all_saying()
    return any(clauses.tokens[a].lemma in saying for a in clauses.reading.ancestors(verb))


def _conditional(verb: int, clauses: Clauses) -> bool:
    words = [clauses.tokens[c].text.lower() for c in clauses.below(verb, "mark", "advmod")]
    return any(w in clauses.language.conditional and w not in ("should", "once", "until") for w in words)


def _climb(token: int, clauses: Clauses) -> Status | None:
    """The status that the words above a deed give it; aspect verbs and light verbs pass on what stands above them."""
    at = token
    for _ in range(_CLIMB):
        word = clauses.tokens[at]
        head = clauses.tokens[word.head]
        if word.head == at or word.dep not in _FRAMES_DEPS:
            return None
        if word.dep in ("advcl", "relcl", "nsubj") or (
            word.dep == "conj" and head.pos in ("VERB", "AUX") and clauses.below(at, "nsubj", "nsubjpass")
        ):
            return None
        if (
            at == token
            and clauses.tokens[token].pos == "NOUN"
            and head.pos in ("VERB", "NOUN", "ADP")
            and _ended(at, clauses)
        ):
            return None
        if head.pos in ("VERB", "AUX", "ADJ"):
            found = _governing_verb(at, head.index, clauses)
            if found is not None:
                return found
            if not _passes_on(at, head.index, clauses):
                return None
        elif head.pos == "NOUN":
            found = _governing_noun(at, head.index, clauses)
            if found is not None:
                return found
            if word.dep in ("compound", "nmod", "amod") or (
                word.dep not in ("conj",) and not _passes_noun(head.index, clauses)
            ):
                return None
        at = head.index
    return None


def _governing_verb(below: int, verb: int, clauses: Clauses) -> Status | None:
    language = clauses.language
    dep = clauses.tokens[below].dep
    if _stands_beside(below, verb, clauses):
        return None
    names = clauses.lemma_with_particle(verb)
    longest_first = sorted(names, key=len, reverse=True)
    finite_clause = dep == "ccomp" and bool(clauses.below(below, "nsubj", "nsubjpass")) and _is_finite(below, clauses)
    for name in longest_first:
        for group, status in _GROUP_STATUS:
            if name not in language.modality[group]:
                continue
            if finite_clause and group in ("planned", "threatened", "not_happened"):
                return None  # "announced that troops entered", "warned that they had attacked": told, not meant
            if finite_clause and group == "demanded" and (name in _TELLING or _is_indicative(below, clauses)):
                return None  # "The drone killed three men, a witness told AFP", "insisted that they had left"
            if (
                group == "hypothetical"
                and dep in ("dobj", "pobj", "prep")
                and name in ("see", "fear", "want", "wish", "try")
            ):
                continue
            return status
    if (
        _auxiliaries(verb, clauses) in ("not_happened", "hypothetical", "planned")
        and dep in ("xcomp", "dobj")
        and verb_is_light(verb, clauses)
    ):
        return _auxiliaries(verb, clauses)
    return None


def _ended(noun: int, clauses: Clauses) -> bool:
    """ "an end to the fighting", "stop the bloodshed": what is to end is going on."""
    word = clauses.tokens[noun]
    head = clauses.tokens[word.head]
    if word.dep == "pobj":
        head = clauses.tokens[head.head]
    return word.dep in ("dobj", "pobj", "nsubjpass") and head.lemma in clauses.language.endings


def _is_finite(verb: int, clauses: Clauses) -> bool:
    """Whether a verb, or its auxiliary, stands in a tense of its own ("left", "had left")."""
    words = [verb, *clauses.below(verb, "aux", "auxpass")]
    return any(clauses.tokens[i].tag in ("VBD", "VBZ", "VBP") for i in words)


def _is_indicative(verb: int, clauses: Clauses) -> bool:
    """Whether a verb tells what was: "demanded that it stops" is a demand, "insisted that it had left" is none."""
    helpers = clauses.below(verb, "aux", "auxpass")
    past = any(clauses.tokens[i].tag == "VBD" for i in (verb, *helpers))
    return past or any(clauses.tokens[i].lemma == "have" for i in helpers)


def verb_is_light(verb: int, clauses: Clauses) -> bool:
    names = clauses.lemma_with_particle(verb)
    return any(n in clauses.language.light_verbs or n in clauses.language.aspect for n in names)


def _stands_beside(below: int, verb: int, clauses: Clauses) -> bool:
    """ "denied the claim and expelled two envoys", "threatened Israel during a visit": not what the verb means.

    Not "calls on them to stop, end hostilities and talk": a bare form beside "calls" is still what is called for.
    """
    token = clauses.tokens[below]
    if token.dep == "conj":
        return not (token.tag in _BARE and clauses.tokens[verb].tag in _INFLECTED)
    return token.dep == "prep" and token.text.lower() in clauses.language.circumstances


def _passes_on(below: int, verb: int, clauses: Clauses) -> bool:
    """Whether what stands above this verb still bears on the deed below it."""
    dep = clauses.tokens[below].dep
    if dep in ("xcomp", "ccomp", "conj", "pcomp", "acomp"):
        return True
    return dep in ("dobj", "pobj", "prep", "nsubjpass", "attr", "oprd") and verb_is_light(verb, clauses)


def _governing_noun(below: int, noun: int, clauses: Clauses) -> Status | None:
    modality = clauses.language.modality
    token = clauses.tokens[noun]
    if clauses.tokens[below].dep in ("relcl", "compound", "conj"):
        return None
    if token.lemma in modality["demanded_nouns"]:
        return "demanded"
    if token.lemma in modality["threatened_nouns"]:
        return "threatened"
    if token.lemma in modality["planned_nouns"]:
        return "planned"
    if token.lemma in modality["hypothetical_nouns"]:
        return "hypothetical"
    return None


def _passes_noun(noun: int, clauses: Clauses) -> bool:
    return (
        clauses.tokens[noun].lemma in clauses.language.frame_nouns
        or clauses.tokens[noun].lemma in clauses.language.endings
    )


def _has_to(verb: int, clauses: Clauses) -> bool:
    return any(clauses.tokens[c].tag == "TO" for c in clauses.below(verb, "aux"))


def _under_aspect(verb: int, clauses: Clauses) -> bool:
    head = clauses.tokens[verb].head
    return any(n in clauses.language.aspect for n in clauses.lemma_with_particle(head))


def _progressive(verb: int, clauses: Clauses) -> bool:
    """ "is attacking", "continue to shell": going on as the report is written."""
    token = clauses.tokens[verb]
    auxiliaries = {clauses.tokens[c].text.lower() for c in clauses.below(verb, "aux")}
    if token.tag == "VBG" and auxiliaries & {"is", "are", "'re", "'s", "am"}:
        return True
    if token.lemma in clauses.language.ongoing and token.tag in ("VBZ", "VBP"):
        return True
    head = clauses.tokens[token.head]
    return token.dep == "xcomp" and head.lemma in clauses.language.ongoing and head.tag in ("VBZ", "VBP", "VBG")
