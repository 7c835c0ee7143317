"""What the words of a phrase tell of whoever it names: office, country, body, owner, apposition.

Takes the names found in a report and its grammar; decides nothing about who is meant.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.model.participant import Description
from detente.parse.names import Known, Name
from detente.parse.phrases import NO_SECTOR, Grammar, find_office, phrase_span
from detente.parse.sides import side_told

NATIONAL = frozenset({"adjective", "country", "capital", "metonym", "demonym"})
"""Kinds of names that tell a country: "Russian", "Ukraine", "Baku", "the Kremlin", "Armenians"."""

_GROUND = frozenset({"place", "country", "capital"})
_PLURAL = frozenset({"NNS", "NNPS"})


@dataclass(frozen=True)
class Describer:
    """Reads phrases, given the names by their head tokens."""

    grammar: Grammar
    by_head: dict[int, Name]
    known: Known

    def codes(self, name: Name) -> tuple[str | None, str | None]:
        if not name.entities:
            return None, None
        entities = [self.known.whoswho.entity(id) for id in name.entities]
        if len({entity.country for entity in entities}) > 1:
            return None, None  # "Korean", "Congolese": one name, several countries
        return entities[0].country, (entities[0].sectors[0] if entities[0].sectors else None)

    def descriptions(self, first: int, last: int, head: int) -> tuple[Description, ...]:
        office = find_office(self.grammar, head, first, last, self.known.language)
        if office is None:
            return ()
        # "a court", "a foreign minister": one of many, so nobody can be looked up by the office.
        one_of_many = self.grammar.tokens[first].text.lower() in ("a", "an")
        country = self.nation(first, last)
        words = [t.text.lower() for t in self.grammar.tokens[first : head + 1]]
        side = side_told(words, office, self.known, lone=False)
        return (
            Description(
                span=phrase_span(self.grammar, first, last),
                role=office.noun.words,
                role_class=office.noun.role_class if not one_of_many or office.noun.role_class == "relation" else None,
                country=country,
                sector=side if side != NO_SECTOR else office.noun.sector,
                organisation=self.organisation(first, last),
                former=office.former,
            ),
        )

    def nation(self, first: int, last: int, where: bool = True) -> str | None:
        """The country that the words of a phrase name: "Russian", "of Ukraine"; with `where` "in Tokyo"."""
        named = [self.by_head[i] for i in range(first, last + 1) if i in self.by_head and self.by_head[i].entities]
        if not where:  # "growers in Georgia": which Georgia is asked later
            named = [n for n in named if self._above(n.head) not in self.known.language.locative]
        # "the Russian envoy to NATO" is Russian: nationality words go before bodies.
        named.sort(key=lambda name: name.kind not in NATIONAL)
        owners = [name for name in named if name.kind in (*NATIONAL, "organisation")]
        return self.known.whoswho.entity(owners[0].entities[0]).country if owners else None

    def _above(self, index: int) -> str:
        return self.grammar.tokens[self.grammar.tokens[index].head].text.lower()

    def nations(self, first: int, last: int, head: int) -> tuple[str, ...]:
        """The countries a plural is divided between: "Chinese and Indian soldiers"."""
        owner = self.owner(head)
        listed = (
            [c for c in self.grammar.children[owner] if self.grammar.tokens[c].dep == "conj"]
            if owner is not None
            else []
        )
        names = [self.by_head[i] for i in [*range(first, last + 1), *listed] if i in self.by_head]
        countries = [self.codes(n)[0] for n in names if n.kind in NATIONAL]
        return tuple(dict.fromkeys(c for c in countries if c is not None))

    def organisation(self, first: int, last: int) -> str | None:
        """The body that an office belongs to, if the phrase names one the codebook knows ("of NATO")."""
        for index in range(first, last + 1):
            name = self.by_head.get(index)
            if name is not None and name.kind in ("organisation", "metonym") and name.entities:
                return name.entities[0]
        return None

    def owner(self, index: int) -> int | None:
        for child in self.grammar.children[index]:
            if self.grammar.tokens[child].dep == "poss":
                return child
        for child in self.grammar.children[index]:
            if self.grammar.tokens[child].dep == "prep" and self.grammar.tokens[child].text.lower() in ("of", "for"):
                below = [c for c in self.grammar.children[child] if self.grammar.tokens[c].dep == "pobj"]
                if below:
                    return below[0]
        return None

    def apposition(self, index: int) -> int | None:
        """The head of the phrase that this one explains, or that explains it ("the spokesman ..., Dmitry Peskov")."""
        token = self.grammar.tokens[index]
        owner = self._past_ground(index)
        if owner is not None and (token.dep == "appos" or self.grammar.tokens[owner].tag in _PLURAL):
            return owner
        return token.head if token.dep == "appos" and token.head != index else None

    def _past_ground(self, index: int) -> int | None:
        """ "The governors of Garissa and Wajir, X and Y": the parser lists people with the places before them."""
        name, top = self.by_head.get(index), self.grammar.tokens[index]
        while top.dep in ("conj", "appos") and top.head != top.index:
            top = self.grammar.tokens[top.head]
        ground = self.by_head.get(top.index)
        if name is None or name.kind != "person" or ground is None or ground.kind not in _GROUND or top.dep != "pobj":
            return None
        owner = self.grammar.tokens[self.grammar.tokens[top.head].head]
        return owner.index if owner.pos == "NOUN" else None
