"""Says whether the name of a country, capital or region stands for the ground or for who governs it.

"In Kyiv" and "the war in Ukraine" are ground; "Kyiv said" and "talks between Baku and Yerevan" are governments.
"""

from __future__ import annotations

from detente.codebook.language import LanguagePack
from detente.model.reading import Token
from detente.parse.names import Known, Name
from detente.parse.phrases import Grammar


def stands_for_ground(name: Name, grammar: Grammar, known: Known) -> bool:
    """Whether the name is a place here; a name that is only ever a place always is one."""
    if name.kind == "place" or name.as_place:
        return True
    if name.kind not in ("country", "capital"):
        return False
    token = grammar.tokens[name.head]
    if token.dep in ("conj", "appos") and token.head != token.index:
        token = _first_of_list(token, grammar)
    above = grammar.tokens[token.head]
    if token.dep == "compound":
        return _is_ground_noun(above, known) or (name.kind == "capital" and above.text.lower() in _city_nouns(known))
    if token.dep == "poss":
        return _is_ground_noun(above, known)
    if token.dep == "pobj" and above.text.lower() == "of" and not name.entities[0].startswith("country:"):
        return True  # "the leader of Abkhazia": a state that few recognise is told of as a region
    if token.dep == "pobj":
        return _after_preposition(above, grammar, known)
    taken = token.dep in ("dobj", "nsubjpass") and above.lemma in known.language.ground_verbs
    return taken and name.kind == "capital"


def _city_nouns(known: Known) -> frozenset[str]:
    return known.gazetteer.city_nouns


def _is_ground_noun(token: Token, known: Known) -> bool:
    return token.text.lower() in known.gazetteer.place_nouns or token.lemma in known.gazetteer.place_nouns


def _first_of_list(token: Token, grammar: Grammar) -> Token:
    while token.dep in ("conj", "appos") and token.head != token.index:
        token = grammar.tokens[token.head]
    return token


def _addresses(governor: Token, language: LanguagePack) -> bool:
    """Whether what stands before "at" or "from" is speech: it goes to or comes from a government, not a place."""
    speech = governor.lemma in language.all_saying() or governor.lemma in language.saying_nouns
    return speech or governor.lemma in language.addressing


def _after_preposition(preposition: Token, grammar: Grammar, known: Known) -> bool:
    language = known.language
    word = preposition.text.lower()
    governor = grammar.tokens[preposition.head]
    if word in ("at", "from", "toward", "towards") and _addresses(governor, language):
        return False  # "lashed out at Moscow", "an explanation from Tehran": governments
    if word in language.locative:
        return True
    if word in ("to", "for"):
        return governor.lemma in language.motion
    if word == "of":
        return _is_ground_noun(governor, known)
    return False
