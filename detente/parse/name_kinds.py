"""What kind of thing a name is that no table knows: a place, a person, a body or a medium.

The parser's own label is only a first guess: the words around a name, its other mentions in the report and the
gazetteer decide. Who is meant is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from detente.codebook.datelines import find_dateline
from detente.codebook.folding import fold_name
from detente.codebook.gazetteer import Gazetteer
from detente.codebook.language import LanguagePack
from detente.codebook.whoswho import WhosWho
from detente.model.reading import Token
from detente.model.span import Span
from detente.parse.known_ground import KnownGround
from detente.parse.name import Name, head_of
from detente.parse.phrases import Grammar

# Nobody is in, near or across a person.
_SURELY_GROUND = frozenset({"in", "near", "outside", "around", "across"})
# What ties a name to a noun for ground: "the village of X", "the road to X", "the border with X".
_GROUND_TIES = frozenset({"of", "to", "from", "with", "between", "in", "at"})
_PREMODIFIERS = frozenset({"compound", "amod", "nmod", "poss"})
# A name of the report's own ground that the parser missed is looked for only from this length on.
_LONG_ENOUGH = 4


@dataclass(frozen=True)
class Known:
    """The knowledge that finding names needs."""

    whoswho: WhosWho
    gazetteer: Gazetteer
    language: LanguagePack


def settle_kinds(text: str, names: Sequence[Name], grammar: Grammar, known: Known) -> list[Name]:
    """The names with the kinds that the whole report tells; a place told once is that place everywhere."""
    judge = _Judge(grammar, known)
    ground_of = KnownGround(text, grammar, known.gazetteer, known.language, known.whoswho)
    # Two parts of one name ("New South", "Wales") reach the same whole.
    longer = list({name.span: name for name in (judge.with_ground_noun(ground_of.in_full(n)) for n in names)}.values())
    longer = [name for name in longer if not judge.is_ground_noun(name) and not judge.is_covered(name, longer)]
    settled = [judge.by_own_words(name) for name in longer]
    settled = [replace(n, kind="place") if ground_of.holds(n) and not judge.is_titled(n) else n for n in settled]
    settled = ground_of.beside_ground(settled)
    settled = [replace(n, kind="organisation") if judge.is_team(n) else n for n in settled]
    settled = [replace(n, kind="person") if judge.explains_office(n) else n for n in settled]
    settled = _people_beside_people(settled, judge)
    surnames = judge.surnames(settled)
    settled = [replace(n, kind="person") if judge.is_surname(n, surnames) else n for n in settled]
    ground = {judge.folded(n) for n in settled if n.kind == "place" and not n.entities} - surnames
    settled = [replace(n, kind="place") if judge.is_ground_elsewhere(n, ground) else n for n in settled]
    settled += judge.unseen(ground, settled)
    dateline = find_dateline(text)
    return [replace(n, as_place=True) if judge.is_ground(n, dateline) else n for n in settled]


def _people_beside_people(names: Sequence[Name], judge: _Judge) -> list[Name]:
    """ "Karalko and Shymanets were found guilty": what is listed with a person in full is one too."""
    people = {n.head for n in names if n.kind == "person" and n.last > n.first}
    return [replace(n, kind="person") if judge.is_listed_with(n, people) else n for n in names]


@dataclass(frozen=True)
class _Judge:
    grammar: Grammar
    known: Known

    def folded(self, name: Name) -> str:
        return fold_name(self.words(name))

    def words(self, name: Name) -> str:
        return " ".join(t.text for t in self.grammar.tokens[name.first : name.last + 1]).replace(" - ", "-")

    def is_ground_noun(self, name: Name) -> bool:
        """ "the North", "Shoal": a noun for ground alone is no name."""
        return not name.entities and name.first == name.last and self._noun(name.first)

    def with_ground_noun(self, name: Name) -> Name:
        """ "Taiwan Strait", "Niger State", "Atlanta, Georgia": places that bear a country's name, not the country."""
        if name.kind not in ("country", "capital"):
            return name
        after = self._token(name.last + 1)
        known = self.known.gazetteer
        region = after is not None and after.text in known.region_words
        if after is not None and region and not self._names_region(f"{self.words(name)} {after.text}", name):
            return name  # "the Lima region" is around Lima
        if after is not None and (after.pos == "PROPN" or region) and known.lookup(f"{self.words(name)} {after.text}"):
            span = Span(name.span.start, after.span.end)
            return Name(name.first, after.index, head_of(name.first, after.index, self.grammar), span, "place")
        if self._is_region_of_town(name):
            return replace(name, kind="place", entities=())
        return name

    def _names_region(self, words: str, name: Name) -> bool:
        """ "Niger state", "Washington state": a region that only bears the name of a country or capital."""
        return any(p.resolution in ("admin1", "admin2") for p in self.known.gazetteer.lookup(words))

    def _is_region_of_town(self, name: Name) -> bool:
        comma, before = self._token(name.first - 1), self._token(name.first - 2)
        if comma is None or before is None or comma.text != "," or before.pos != "PROPN":
            return False
        towns, region = self.known.gazetteer.lookup(before.text), fold_name(self.words(name))
        return any(town.admin1 and fold_name(town.admin1) == region for town in towns)

    def is_covered(self, name: Name, others: Sequence[Name]) -> bool:
        """Whether a name is part of another, or the given name before a known one ("Abdul | Latif Rashid")."""
        lone = not name.entities and name.first == name.last and name.kind in ("person", "unknown")
        if lone and any(o.entities and o.kind == "person" and o.first == name.last + 1 for o in others):
            return True
        return any(o is not name and o.first <= name.first and name.last <= o.last for o in others)

    def by_own_words(self, name: Name) -> Name:
        """The kind by the name's words and what it hangs on."""
        if name.kind == "organisation" and name.entities and self._is_home(name):
            return replace(name, kind="place", entities=())
        if name.entities or name.kind == "place":
            return name
        sector = self.known.whoswho.name_sector(self.words(name)) or self._sector_before(name)
        if self._beside_ground_noun(name) or (self._after(name, _SURELY_GROUND) and sector is None):
            return replace(name, kind="place")
        if sector is not None and not self._has_title(name):
            return replace(name, kind="organisation")
        located = self._after(name, self.known.language.locative) or self._is_region(name)
        if located and not self._has_title(name) and self.known.gazetteer.lookup(self.words(name)):
            return replace(name, kind="place")
        return name

    def _is_home(self, name: Name) -> bool:
        """ "in Puntland": a body that governs a region, and here the region."""
        regions = ("region", "admin1", "country")
        known = self.known.gazetteer.lookup(self.words(name)) if self._after(name, _SURELY_GROUND) else ()
        return any(place.main_name and place.resolution in regions for place in known)

    def is_team(self, name: Name) -> bool:
        """ "Dallas Cowboys": a town before a capitalised plural is the home of a team, not a place of the report."""
        above = self.grammar.tokens[self.grammar.tokens[name.head].head]
        plural = above.tag == "NNPS" and above.index == name.last + 1
        return plural and name.kind == "place" and above.text not in self.known.gazetteer.context_words

    def is_ground(self, name: Name, dateline: Span | None) -> bool:
        """Whether the name of a country or capital is ground by where it stands, not who governs it."""
        if name.kind not in ("country", "capital", "place"):
            return False
        if dateline is not None and dateline.contains(name.span):
            return True
        return name.kind != "place" and (self._beside_ground_noun(name) or self._opens_headline(name))

    def _opens_headline(self, name: Name) -> bool:
        """ "Kosovo, barricades return": the country that a report is about, set before its headline."""
        after, further = self._token(name.last + 1), self._token(name.last + 2)
        if name.first or after is None or further is None or further.pos in ("PUNCT", "PROPN", "PRON", "DET"):
            return False  # "Peru, Chile and Brazil left", "Peru, which was late": a list, an aside
        return after.text in (",", ":")

    def _sector_before(self, name: Name) -> str | None:
        """What a common noun in front of a name tells: "the broadcaster ERT", "the frigate Karatepe"."""
        before = self._token(name.first - 1)
        if before is None or before.pos != "NOUN":
            return None
        return self.known.whoswho.title_sector(before.text)

    def _is_region(self, name: Name) -> bool:
        """ "19 Tamil Nadu fishermen": a region in front of a noun."""
        token = self.grammar.tokens[name.head]
        known = self.known.gazetteer.lookup(self.words(name))
        return token.dep in _PREMODIFIERS and name.last > name.first and any(p.resolution == "admin1" for p in known)

    def _beside_ground_noun(self, name: Name) -> bool:
        """ "the Ibar river", "Camp Ashraf", "the village of Chak Noor", "the road to Donja Bukva"."""
        after, token = self._token(name.last + 1), self.grammar.tokens[name.head]
        if after is not None and self._noun(after.index) and token.head == after.index:
            return True
        if after is not None and after.text in self.known.gazetteer.region_words:
            return bool(self.known.gazetteer.lookup(f"{self.words(name)} {after.text}"))  # "fled Rakhine state"
        before = self.grammar.tokens[token.head]
        governor = self.grammar.tokens[before.head]
        tied = token.dep == "pobj" and before.text.lower() in _GROUND_TIES and governor.index < before.index
        return tied and self._noun(governor.index)

    def _noun(self, index: int) -> bool:
        token = self.grammar.tokens[index]
        return token.text.lower() in self.known.gazetteer.place_nouns

    def _after(self, name: Name, prepositions: frozenset[str]) -> bool:
        before = name.first - 1
        while before >= 0 and self.grammar.tokens[before].pos in ("DET", "ADJ"):
            if self.grammar.tokens[before].head < name.first:
                return False
            before -= 1
        token = self._token(before)
        return token is not None and token.pos in ("ADP", "SCONJ") and token.text.lower() in prepositions

    def is_titled(self, name: Name) -> bool:
        """Whether a title in front or a word of a body's name tells that a name is no place."""
        return self._has_title(name) or self.known.whoswho.name_sector(self.words(name)) is not None

    def _has_title(self, name: Name) -> bool:
        """Whether an office or a form of address stands right before the name."""
        before = self._token(name.first - 1)
        titles = {**self.known.language.roles, **self.known.language.honorifics}
        return before is not None and before.text.lower() in titles

    def _speaks(self, name: Name) -> bool:
        token = self.grammar.tokens[name.head]
        return token.dep == "nsubj" and self.grammar.tokens[token.head].lemma in self.known.language.saying["plain"]

    def is_listed_with(self, name: Name, people: set[int]) -> bool:
        """Whether a name of several words, not known as a place or body, is in one list with a person."""
        if name.entities or name.kind not in ("organisation", "unknown") or name.last == name.first:
            return False
        token = self.grammar.tokens[name.head]
        listed = (token.dep == "conj" and token.head in people) or any(
            self.grammar.tokens[child].dep == "conj" and child in people for child in self.grammar.children[name.head]
        )
        return listed and self._is_plain(name)

    def explains_office(self, name: Name) -> bool:
        """An unknown name of several words beside one person's office or age.

        "The chairman of their caucus, Isao Minowa", "Ana Petri, the minister of trade, ...", "Ana Petri, 61, ...".
        """
        if name.entities or name.kind not in ("organisation", "unknown") or name.last == name.first:
            return False
        token = self.grammar.tokens[name.head]
        above = self.grammar.tokens[token.head]
        behind = token.dep == "appos" and above.index < name.first and self._is_office(above)
        before = any(
            self.grammar.tokens[c].dep == "appos" and c > name.last and self._is_office(self.grammar.tokens[c])
            for c in self.grammar.children[name.head]
        )
        return (behind or before or self._has_age(name)) and self._is_plain(name)

    def _is_office(self, token: Token) -> bool:
        """Whether a word names one person by an office; an ally or a rival may be a body."""
        role = self.known.language.roles.get(token.lemma.lower())
        return token.tag in ("NN", "NNP") and role is not None and role.role_class != "relation"

    def _has_age(self, name: Name) -> bool:
        words = [t.text for t in self.grammar.tokens[name.last + 1 : name.last + 4]]
        return len(words) == 3 and words[0] == "," == words[2] and words[1].isdigit() and len(words[1]) == 2

    def _is_plain(self, name: Name) -> bool:
        """Whether nothing in the words tells a body or a place."""
        plain = not self.words(name).isupper() and self.known.whoswho.name_sector(self.words(name)) is None
        return plain and not self.known.gazetteer.lookup(self.words(name))

    def surnames(self, names: Sequence[Name]) -> set[str]:
        """The parts by which people named in full may be called again: the last, or the first (Korean, Chinese)."""
        full = [n for n in names if n.kind == "person" and n.last > n.first]
        return {fold_name(self.grammar.tokens[i].text) for n in full for i in (n.first, n.last)}

    def is_surname(self, name: Name, surnames: set[str]) -> bool:
        """A lone unknown word that is the surname of somebody named in full elsewhere in the report is that person."""
        if name.entities or name.first != name.last or name.kind not in ("unknown", "organisation", "place"):
            return False
        ground = self._after(name, _SURELY_GROUND) or self._beside_ground_noun(name)
        return self.folded(name) in surnames and not ground

    def is_ground_elsewhere(self, name: Name, ground: set[str]) -> bool:
        """Whether the report uses the same words for a place, and here nothing speaks against it."""
        if name.entities or name.kind == "place" or self.folded(name) not in ground:
            return False
        return not self._has_title(name) and not self._speaks(name)

    def unseen(self, ground: set[str], names: Sequence[Name]) -> Iterator[Name]:
        """Places of the report where the parser saw no name at all."""
        taken = {i for n in names for i in range(n.first, n.last + 1)}
        for words in sorted(place for place in ground if len(place) >= _LONG_ENOUGH):
            size = len(words.split())
            for first in range(len(self.grammar.tokens) - size + 1):
                run = range(first, first + size)
                if taken.isdisjoint(run) and self._spells(run, words):
                    yield self._place(run)

    def _spells(self, run: range, words: str) -> bool:
        tokens = self.grammar.tokens[run.start : run.stop]
        return all(t.text[:1].isupper() for t in tokens) and fold_name(" ".join(t.text for t in tokens)) == words

    def _place(self, run: range) -> Name:
        tokens = self.grammar.tokens
        span = Span(tokens[run.start].span.start, tokens[run[-1]].span.end)
        return Name(run.start, run[-1], head_of(run.start, run[-1], self.grammar), span, "place")

    def _token(self, index: int) -> Token | None:
        return self.grammar.tokens[index] if 0 <= index < len(self.grammar.tokens) else None
