"""Names that the gazetteer knows: how far such a name reaches, and whether it stands for the ground where it stands.

The small parser takes many a town for a person or a body ("seized Dabiq", "fled Wad Madani"); the verb, the preposition
and the noun beside the name tell better. Which of several places is meant is not asked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.codebook.gazetteer import Gazetteer
from detente.codebook.language import LanguagePack
from detente.codebook.whoswho import WhosWho
from detente.model.reading import Token
from detente.model.span import Span
from detente.parse.name import Name, head_of
from detente.parse.phrases import Grammar

# How many tokens a known name may reach beyond what the parser saw ("Newfoundland | and Labrador").
_FARTHEST = 4
# A town before a common noun or as the subject of a clause is believed from this many people on: smaller ones share
# their names with too many surnames.
_TOWN, _CITY = 15_000, 100_000
# Prepositions that lead to people as well as to places.
_OPEN_PREPOSITIONS = frozenset({"of", "on", "for", "to"})
_JOINS = frozenset({"conj", "appos"})
_SMALL_WORDS = frozenset({"ADP", "DET", "CCONJ", "PUNCT", "PART"})


@dataclass(frozen=True)
class KnownGround:
    """What the gazetteer and the words around it tell of a name."""

    text: str
    grammar: Grammar
    gazetteer: Gazetteer
    language: LanguagePack
    whoswho: WhosWho

    def in_full(self, name: Name) -> Name:
        """ "Gulf of | Oman", "New South | Wales": the longest name of a place that a name is part of."""
        if (name.entities and name.kind not in ("country", "capital")) or name.kind in ("adjective", "demonym"):
            return name
        for first, last in self._longer(name):
            if self.grammar.tokens[first].pos == "DET":
                continue  # "The Minsk agreements"
            span = Span(self.grammar.tokens[first].span.start, self.grammar.tokens[last].span.end)
            if self.gazetteer.knows(span.words(self.text)):
                return Name(first, last, head_of(first, last, self.grammar), span, "place")
        return name

    def _longer(self, name: Name) -> list[tuple[int, int]]:
        """The runs of capitalised words around a name within its sentence, the longest first; only one side grows."""
        tokens = self.grammar.tokens
        found = []
        for last in range(name.last + 1, min(name.last + _FARTHEST + 1, len(tokens))):
            if tokens[last].text == "," or not self._may_join(last):
                break
            if tokens[last].text[:1].isupper():
                found.append((name.first, last))
        for first in range(name.first - 1, max(name.first - _FARTHEST, -1), -1):
            if tokens[first].text == "," or not self._may_join(first):
                break
            if tokens[first].text[:1].isupper():
                found.append((first, name.last))
        return sorted(found, key=lambda run: run[0] - run[1])

    def _may_join(self, index: int) -> bool:
        token = self.grammar.tokens[index]
        hyphens = self.text[max(0, token.span.start - 1) : token.span.end + 1]
        return token.text[:1].isupper() or token.pos in _SMALL_WORDS or hyphens[:1] == "-" or hyphens[-1:] == "-"

    def holds(self, name: Name) -> bool:
        """Whether a name of no known person or body stands where a place stands, and the gazetteer knows it."""
        if name.entities or name.kind == "place" or not self.gazetteer.knows(self._words(name)):
            return False
        if self._speaks(name):
            return False
        if self.is_taken(name.head) or self._on_the_way(name.head) or self._by_its_size(name):
            return True
        return self._after_any_preposition(name) or self._is_feature(name)

    def _is_feature(self, name: Name) -> bool:
        """ "searched Sydney Harbour": several words that are a place of our own tables are nobody's name."""
        known = self.gazetteer.lookup(self._words(name)) if name.last > name.first else ()
        return any(place.main_name and place.id.startswith("place:") for place in known)

    def _after_any_preposition(self, name: Name) -> bool:
        """ "erupted on Java", "the citadel of Tal Afar": a well-known place whose name is nobody's surname."""
        token = self.grammar.tokens[name.head]
        preposition = self.grammar.tokens[token.head]
        if token.dep != "pobj" or preposition.text.lower() not in _OPEN_PREPOSITIONS:
            return False
        if self._is_addressed(preposition) or self.whoswho.is_surname(self._words(name)):
            return False
        known = self.gazetteer.lookup(self._words(name))
        several = name.last > name.first
        return any(several or not p.population or p.population >= _TOWN for p in known if p.main_name)

    def _is_addressed(self, preposition: Token) -> bool:
        above = self.grammar.tokens[preposition.head]
        language = self.language
        return above.lemma in language.addressing or any(above.lemma in verbs for verbs in language.saying.values())

    def _by_its_size(self, name: Name) -> bool:
        """ "Halifax hospitals", "Mosul's old city", "Houston was flooded": but no person's name."""
        token = self.grammar.tokens[name.head]
        if token.dep not in ("compound", "poss", "nsubj", "nsubjpass", "ROOT"):
            return False
        if name.kind == "person" and (token.dep != "compound" or self.whoswho.is_surname(self._words(name))):
            return False
        people = max((p.population for p in self.gazetteer.lookup(self._words(name))), default=0)
        if token.dep == "compound":
            noun = self.grammar.tokens[token.head]
            return noun.pos == "NOUN" and noun.text.islower() and people >= _TOWN
        return people >= _CITY

    def is_taken(self, head: int) -> bool:
        """ "captured Soledar", "Kherson was shelled": what is taken, hit, entered or left is ground."""
        token = self.grammar.tokens[self._first_of_list(head)]
        verb = self.grammar.tokens[token.head]
        return token.dep in ("dobj", "nsubjpass") and verb.lemma in self.language.ground_verbs

    def _on_the_way(self, head: int) -> bool:
        """ "fled to Tal Afar", "advanced on Kunduz", "the siege of Homs", "left for Ansongo"."""
        token = self.grammar.tokens[self._first_of_list(head)]
        preposition = self.grammar.tokens[token.head]
        if token.dep != "pobj" or preposition.pos not in ("ADP", "SCONJ"):
            return False
        above = self.grammar.tokens[preposition.head]
        words = {above.lemma, above.text.lower()}
        word = preposition.text.lower()
        if word in self.language.locative:
            return not words & self.language.addressing
        if word in ("to", "for"):
            return bool(words & (self.language.motion | self.language.ground_verbs))
        taken = words & (self.language.ground_verbs | self.language.ground_deeds)
        return word in ("on", "of", "against", "upon") and bool(taken)

    def _first_of_list(self, index: int) -> int:
        """The head of a list of names; a name in brackets behind a comma is not listed."""
        while self.grammar.tokens[index].dep in _JOINS and self.grammar.tokens[index].head != index:
            index = self.grammar.tokens[index].head
        return index

    def beside_ground(self, names: Sequence[Name]) -> list[Name]:
        """ "Cornwall, Devon and Somerset": what is listed with a place, and known as one, is one too."""
        ground = {n.head for n in names if n.kind == "place"}
        settled = []
        for name in names:
            token = self.grammar.tokens[name.head]
            listed = token.dep == "conj" and (token.head in ground or self._first_of_list(name.head) in ground)
            listed = listed or any(
                self.grammar.tokens[child].dep == "conj" and child in ground
                for child in self.grammar.children[name.head]
            )
            known = listed and not name.entities and self.gazetteer.knows(self._words(name))
            settled.append(replace(name, kind="place") if known and name.kind != "place" else name)
        return settled

    def _speaks(self, name: Name) -> bool:
        token = self.grammar.tokens[name.head]
        verb = self.grammar.tokens[token.head].lemma
        return token.dep == "nsubj" and any(verb in verbs for verbs in self.language.saying.values())

    def _words(self, name: Name) -> str:
        return name.span.words(self.text)
