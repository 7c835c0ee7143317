"""Says whether the name of a country, capital or region stands for the ground or for who governs it.

"In Kyiv" and "the war in Ukraine" are ground; "Kyiv said" and "talks between Baku and Yerevan" are governments.
"""

from __future__ import annotations

from detente.codebook.language import LanguagePack
from detente.model.reading import Token
from detente.parse.names import Name
from detente.parse.phrases import Grammar

# fmt: off
_PLACE_NOUNS = frozenset({
    "city", "town", "capital", "village", "port", "region", "province", "district", "island", "airport",
    "streets", "street", "outskirts", "north", "south", "east", "west", "suburb", "part", "area", "territory",
    "border", "waters", "coast", "side",
})
# fmt: on


def stands_for_ground(name: Name, grammar: Grammar, language: LanguagePack) -> bool:
    """Whether the name is a place here; a name that is only ever a place always is one."""
    if name.kind == "place" or name.as_place:
        return True
    if name.kind not in ("country", "capital"):
        return False
    token = grammar.tokens[name.head]
    if token.dep in ("conj", "appos") and token.head != token.index:
        token = _first_of_list(token, grammar)
    if token.dep == "compound":
        return grammar.tokens[token.head].text.lower() in _PLACE_NOUNS
    if token.dep == "poss":
        return False
    if token.dep == "pobj":
        return _after_preposition(grammar.tokens[token.head], grammar, language)
    return False


def _first_of_list(token: Token, grammar: Grammar) -> Token:
    while token.dep in ("conj", "appos") and token.head != token.index:
        token = grammar.tokens[token.head]
    return token


def _addresses(governor: Token, language: LanguagePack) -> bool:
    """Whether what stands before "at" or "from" is speech: it goes to or comes from a government, not a place."""
    speech = governor.lemma in language.all_saying() or governor.lemma in language.saying_nouns
    return speech or governor.lemma in language.addressing


def _after_preposition(preposition: Token, grammar: Grammar, language: LanguagePack) -> bool:
    word = preposition.text.lower()
    governor = grammar.tokens[preposition.head]
    if word in ("at", "from", "toward", "towards") and _addresses(governor, language):
        return False  # "lashed out at Moscow", "an explanation from Tehran": governments
    if word in language.locative:
        return True
    if word in ("to", "for"):
        return governor.lemma in language.motion
    if word == "of":
        return governor.lemma in _PLACE_NOUNS
    return False
