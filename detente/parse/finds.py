"""Finds who or what is mentioned: names with their titles, offices, bodies, kinds of people, families, pronouns.

Each find says what its own words tell (role, country, sector, gender, number); who is meant is decided in links.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from detente.codebook.datelines import opening_place
from detente.model.participant import Description
from detente.model.reading import MentionKind
from detente.model.span import Span
from detente.parse.ages import find_by_age, is_age
from detente.parse.describing import Describer
from detente.parse.find import Find
from detente.parse.ground import stands_for_ground
from detente.parse.names import Known, Name
from detente.parse.phrases import (
    NO_SECTOR,
    Grammar,
    body_sector,
    find_office,
    left_edge,
    owner_phrase_end,
    phrase_span,
)
from detente.parse.sides import side_to_the_right, side_told

# "By Jane Doe and R. Roe": who wrote a report takes no part in it.
_BYLINE = re.compile(r"^(?:By|BY) [A-Z][^\n]{2,80}(?<![.!?”])$", re.MULTILINE)
_OPENING = 600
_ARGUMENT_PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WP$"})


def find_mentions(
    text: str, grammar: Grammar, names: Sequence[Name], known: Known, titles: tuple[Span, ...] = ()
) -> list[Find]:
    """All finds in text order of their heads; `titles` are quotations that nobody speaks."""
    by_head = {name.head: name for name in names}
    covered = {i for name in names for i in range(name.first, name.last + 1)}
    dateline = opening_place(text)
    finder = _Finder(
        text,
        grammar,
        by_head,
        covered,
        known,
        dateline,
        titles,
        set(),
        Describer(grammar, by_head, known),
        known.language.all_saying(),
    )
    bylines = [Span(m.start(), m.end()) for m in _BYLINE.finditer(text[:_OPENING])]
    return [
        f
        for token in grammar.tokens
        if not any(b.contains(token.span) for b in bylines)
        for f in finder.at(token.index)
    ]


@dataclass(frozen=True)
class _Finder:
    text: str
    grammar: Grammar
    by_head: dict[int, Name]
    covered: set[int]
    known: Known
    dateline: Span | None
    titles: tuple[Span, ...]
    absorbed: set[int]
    tell: Describer
    saying: frozenset[str]

    def at(self, index: int) -> Iterator[Find]:
        token = self.grammar.tokens[index]
        name = self.by_head.get(index)
        if name is not None:
            if name.entities or not self._in_title(name.span):
                yield self._named(name)
        elif index in self.covered or index in self.absorbed or self._in_title(token.span):
            return
        elif token.pos == "PRON" and token.tag in _ARGUMENT_PRONOUNS:
            yield from self._pronoun(index)
        elif is_age(index, self.grammar, self.saying):
            yield from find_by_age(index, self.text, self.grammar)
        elif token.text.lower() in self.known.language.round_numbers and token.dep in ("nsubj", "nsubjpass"):
            yield from self._crowd(index)
        elif token.pos in ("NOUN", "PROPN") and not self._is_title_of_name(index) and not self._modifies_noun(index):
            yield from self._common(index)

    def _in_title(self, span: Span) -> bool:
        """Whether a word stands in a title between quotation marks: its common nouns name nobody."""
        return any(title.contains(span) for title in self.titles)

    # -- names

    def _named(self, name: Name) -> Find:
        kind: MentionKind = {
            "adjective": "demonym",
            "capital": "country",
            "media": "organisation",
            "platform": "organisation",
            "unknown": "organisation",
        }.get(name.kind, name.kind)  # type: ignore[assignment]
        token = self.grammar.tokens[name.head]
        words = name.span.words(self.text)
        in_dateline = self.dateline is not None and self.dateline.overlaps(name.span)
        country, sector = self.tell.codes(name)
        office = self._title(name) if name.kind in ("person", "unknown", "organisation") else ()
        same_as = self.tell.apposition(name.head)
        if name.kind == "person" and not office and same_as is not None:
            office = self._shared_office(name.head, same_as)
        if name.kind == "demonym" and token.tag in ("NNPS", "NNS"):
            return self._people(name, words, country)
        if office and name.kind == "unknown":
            kind = "name"
        if name.kind == "person":
            kind = "name"
        return Find(
            span=name.span,
            head=name.head,
            kind=kind,
            name=words,
            entities=name.entities,
            as_place=in_dateline or stands_for_ground(name, self.grammar, self.known),
            country=country,
            sector=sector,
            descriptions=office,
            gender=self._gender(name, office),
            plural=name.kind == "demonym" and token.tag in ("NNPS", "NNS"),
            same_as=same_as,
            owner=self.tell.owner(name.head),
            words=tuple(t.text for t in self.grammar.tokens[name.first : name.last + 1]),
        )

    def _people(self, name: Name, words: str, country: str | None) -> Find:
        """ "three Palestinians": people of a country, not its government."""
        first = min(left_edge(self.grammar, name.head), name.first)
        span = phrase_span(self.grammar, first, name.last)
        return Find(
            span,
            name.head,
            "group",
            span.words(self.text),
            country=country,
            sector="CVL",
            plural=True,
            body=words.lower(),
            definite=self.grammar.tokens[first].text.lower() == "the",
            entities=name.entities if self._acts_alone(name, first) else (),
        )

    def _acts_alone(self, name: Name, first: int) -> bool:
        """ "The Americans threatened ...": a people with its article alone, doing something, may be its government."""
        token = self.grammar.tokens[name.head]
        alone = [self.grammar.tokens[c].dep for c in self.grammar.children[name.head]] == ["det"]
        the = self.grammar.tokens[first].text.lower() == "the" and first == name.first - 1
        return the and alone and token.dep == "nsubj" and self.grammar.tokens[token.head].pos == "VERB"

    def _title(self, name: Name) -> tuple[Description, ...]:
        """The offices in front of a name: "Armenian Prime Minister Pashynian", "spokeswoman Maria Zakharova"."""
        first = min(left_edge(self.grammar, name.head), name.first)
        if first >= name.first:
            return ()
        return self.tell.descriptions(first, name.first - 1, name.first - 1)

    def _shared_office(self, head: int, index: int) -> tuple[Description, ...]:
        """The office that several named people hold each: "the governors of A and B, X and Y"."""
        if self.grammar.tokens[index].tag not in ("NNS", "NNPS"):
            return ()
        first, last = left_edge(self.grammar, index), owner_phrase_end(self.grammar, index)
        told, nations = self.tell.descriptions(first, last, index), self.tell.nations(first, last, index)
        if len(nations) < 2:
            return told
        people = [h for h, n in sorted(self.by_head.items()) if n.kind == "person" and self.tell.apposition(h) == index]
        own = nations[people.index(head)] if len(people) == len(nations) else None
        return tuple(replace(d, country=own) for d in told)

    def _gender(self, name: Name, office: Sequence[Description]) -> str | None:
        for index in range(max(0, name.first - 2), name.first):
            found = self.known.language.honorifics.get(self.grammar.tokens[index].text.lower())
            if found in ("m", "f"):
                return found
        roles = self.known.language.roles
        told = [roles[d.role].gender for d in office if d.role in roles and roles[d.role].gender]
        if told:
            return told[0]
        return self.known.whoswho.entity(name.entities[0]).gender if name.entities else None

    # -- common nouns

    def _common(self, index: int) -> Iterator[Find]:
        token = self.grammar.tokens[index]
        language = self.known.language
        first, last = left_edge(self.grammar, index), owner_phrase_end(self.grammar, index)
        descriptions = self.tell.descriptions(first, last, index)
        words = [t.text.lower() for t in self.grammar.tokens[first : index + 1]]
        plural = token.tag in ("NNS", "NNPS")
        bare = not plural and first == index  # "from exile", "by force": a singular noun without article is nobody
        office = find_office(self.grammar, index, first, last, language) if descriptions else None
        sector = side_told(words, office, self.known, lone=not bare and not descriptions)
        if not descriptions:
            opened = [t.text.lower() for t in self.grammar.tokens[index : last + 1]]
            sector = side_to_the_right(opened, self.known) or sector
        owner = self.tell.owner(index)
        if plural and sector is not None and self._are_owners(token.lemma, owner):
            sector, descriptions = NO_SECTOR, tuple(replace(d, sector=None) for d in descriptions)
        if token.lemma in language.family:
            span = phrase_span(self.grammar, first, index)
            gender = language.family[token.lemma]
            yield Find(
                span,
                index,
                "role",
                span.words(self.text),
                gender=gender if gender in "mf" else None,
                plural=plural,
                definite=True,
                owner=owner,
                family=True,
                same_as=self.tell.apposition(index),
            )
            return
        joint = (
            token.lemma in language.joint
            and plural
            and (set(words) & language.joint_determiners or language.joint[token.lemma] == "sides")
        )
        if joint and not self.tell.nation(first, index):
            span = phrase_span(self.grammar, first, last)
            yield Find(
                span,
                index,
                "group",
                span.words(self.text),
                plural=True,
                definite=True,
                body="joint",
                words=(token.lemma,),
            )
            return
        if not descriptions and (self._is_named_ground(index) or (sector is None and not self._speaks(index))):
            return
        yield self._described(index, first, last, descriptions, sector, plural)

    def _described(
        self, index: int, first: int, last: int, descriptions: tuple[Description, ...], sector: str | None, plural: bool
    ) -> Find:
        grammar = self.grammar
        end = last if descriptions or sector else index
        conjuncts = [
            c for c in grammar.children[index] if grammar.tokens[c].dep == "conj" and descriptions and c > index
        ]
        # "the former Russian president and current vice president of ...": one person, two offices.
        extra = [
            c
            for c in conjuncts
            if not plural
            and left_edge(grammar, c) < c
            and not any(grammar.tokens[i].pos == "DET" for i in range(left_edge(grammar, c), c))
        ]
        for conjunct in extra:
            tail = owner_phrase_end(grammar, conjunct)
            descriptions += self.tell.descriptions(left_edge(grammar, conjunct), tail, conjunct)
            end = max(end, tail)
            self.absorbed.add(conjunct)
        if not descriptions and not any(i in self.covered for i in range(index + 1, end + 1)):
            end = index  # "an army of burning villages" is a slip of the parse: a body's owner has a name
        span = phrase_span(grammar, first, end)
        country = next((d.country for d in descriptions if d.country), None) or self.tell.nation(
            first, end, where=bool(descriptions) or not plural
        )
        kind: MentionKind = "role" if descriptions and not plural else "group"
        body = None if descriptions and not plural else " ".join(t.lemma for t in grammar.tokens[index : index + 1])
        if body is not None and not plural and sector is not None:
            kind = "organisation"
            body = " ".join(t.text.lower() for t in grammar.tokens[self._after_nation(first, index) : index + 1])
        return Find(
            span=span,
            head=index,
            kind=kind,
            name=span.words(self.text),
            country=country,
            sector=(sector if sector != NO_SECTOR else None)
            or next((d.sector for d in descriptions if d.sector), None),
            descriptions=descriptions if not plural else (),
            gender=next(
                (self.known.language.roles[d.role].gender for d in descriptions if d.role in self.known.language.roles),
                None,
            ),
            plural=plural,
            definite=grammar.tokens[first].text.lower() in self.known.language.definite
            or first == index
            or bool(country),
            owner=self.tell.owner(index),
            same_as=self.tell.apposition(index),
            body=body,
            nations=self.tell.nations(first, end, index) if plural else (),
        )

    def _crowd(self, index: int) -> Iterator[Find]:
        """ "Thousands marched", "tens of thousands fled": people without a name."""
        below = [c for c in self.grammar.children[index] if self.grammar.tokens[c].text.lower() == "of"]
        counted = [c for b in below for c in self.grammar.children[b] if self.grammar.tokens[c].dep == "pobj"]
        if any(self.grammar.tokens[c].text.lower() not in self.known.language.round_numbers for c in counted):
            return  # "thousands of farmers": the farmers are found by their own noun
        span = phrase_span(self.grammar, index, max([index, *counted]))
        words = span.words(self.text)
        yield Find(span, index, "group", words, sector="CVL", plural=True, body=words.lower())

    def _is_named_ground(self, index: int) -> bool:
        """ "The village of Dubo": ground with a name of its own, and nobody."""
        owner = self.by_head.get(self.tell.owner(index) or -1)
        place = self.grammar.tokens[index].lemma in self.known.gazetteer.place_nouns
        return place and owner is not None and owner.kind == "place"

    def _are_owners(self, noun: str, owner: int | None) -> bool:
        """ "Members of the Labour Party", "fighters of the front": of the side of the body that is named."""
        name = self.by_head.get(owner) if owner is not None else None
        return (
            noun in self.known.language.followers
            and name is not None
            and name.kind == "organisation"
            and bool(name.entities)
        )

    def _speaks(self, index: int) -> bool:
        """Whether a noun is the subject of a verb of saying: then it is somebody, whatever the noun ("two drivers")."""
        language = self.known.language
        token = self.grammar.tokens[index]
        verb = self.grammar.tokens[token.head].lemma
        says = verb in language.saying["plain"] and verb not in language.aspect
        speaks = says and token.dep == "nsubj" and token.tag in ("NN", "NNS")
        return speaks and language.channel_kind(token.lemma) is None

    def _after_nation(self, first: int, index: int) -> int:
        """The first word of a body's own name, past article and nationality ("the Russian | Foreign Ministry")."""
        place = first
        while place < index and (
            self.grammar.tokens[place].pos in ("DET", "PRON", "NUM")
            or place in self.covered
            or self.grammar.tokens[place].dep == "case"
        ):
            place += 1
        return place

    def _is_title_of_name(self, index: int) -> bool:
        """Whether this noun is only a title in front of a name, which then speaks for both."""
        token = self.grammar.tokens[index]
        return (
            token.dep in ("compound", "nmod", "amod")
            and token.head in self.by_head
            and token.head > index
            and self.by_head[token.head].kind in ("person", "unknown")
        )

    def _modifies_noun(self, index: int) -> bool:
        """Whether a noun only tells what kind another is ("merchant ship", "army post")."""
        token = self.grammar.tokens[index]
        if (
            body_sector([token.text], self.known.language) not in (None, NO_SECTOR)
            and token.lemma not in self.known.language.arms
        ):
            return False  # "army aircraft", "government forces": the body owns them
        return token.dep in ("compound", "nmod") and self.grammar.tokens[token.head].pos in ("NOUN", "PROPN")

    # -- pronouns

    def _pronoun(self, index: int) -> Iterator[Find]:
        token = self.grammar.tokens[index]
        person = self.known.language.pronouns.get(token.text.lower())
        if person is None:
            return
        if person == "n" and self._is_empty_it(index):
            return
        gender = person if person in ("m", "f", "n") else None
        yield Find(token.span, index, "pronoun", token.text, gender=gender, plural=person == "p", words=(person,))

    def _is_empty_it(self, index: int) -> bool:
        """ "It is clear that", "it rains": the pronoun stands for nobody."""
        token = self.grammar.tokens[index]
        if token.dep == "expl":
            return True
        below = {self.grammar.tokens[c].dep for c in self.grammar.children[token.head]}
        return (
            token.dep == "nsubj"
            and self.grammar.tokens[token.head].lemma == "be"
            and bool(below & {"ccomp", "acomp", "xcomp"})
        )
