"""Finds deeds: verbs and nouns of the lexicon, with their slots filled and their constraints checked.

A deed is a place of the text that tells something PLOVER has a type for; who did it and whether it happened is asked
later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from detente.codebook.predicates import Filler, Lexicon, Predicate, Words
from detente.coding.clauses import Clauses
from detente.model.reading import Mention
from detente.model.span import Span

Slots = Mapping[str, Sequence[int]]

# The lexicon's classes of doers that a participant belongs to by its sector; a state fights with its army.
_CLASSES_OF_SECTOR: Mapping[str, frozenset[str]] = {
    "MIL": frozenset({"military", "troops", "ground_forces"}),
    "REB": frozenset({"rebels", "irregulars", "ground_forces"}),
    "PRM": frozenset({"rebels", "military", "ground_forces"}),
    "UAF": frozenset({"irregulars", "rebels"}),
    "CRM": frozenset({"irregulars"}),
    "COP": frozenset({"police"}),
    "GOV": frozenset({"military", "state", "state_word", "official"}),
    "JUD": frozenset({"court", "tribunal"}),
    "CVL": frozenset({"protesters", "person"}),
    "ELI": frozenset({"official"}),
    "LEG": frozenset({"official", "state"}),
    "OPP": frozenset({"official", "state"}),
    "PTY": frozenset({"official", "state"}),
    "LAB": frozenset({"workers", "person"}),
    "JRN": frozenset({"press_people"}),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """A predicate found at a token; `light` is the light verb that carries a noun, `used` the tokens it is told by."""

    token: int
    predicate: Predicate
    is_noun: bool
    slots: Slots
    span: Span
    used: frozenset[int]
    light: int | None = None

    @property
    def known(self) -> bool:
        """Whether an entry of the lexicon tells it; else the encoder found it."""
        return bool(self.predicate.verbs or self.predicate.nouns)


def find_deeds(clauses: Clauses, lexicon: Lexicon) -> list[Deed]:
    """All deeds of the lexicon in text order; a noun that is part of a found verb phrase is not told again."""
    return DeedFinder(clauses, lexicon).known()


# Dependants of a verb, and of these, whose words a phrase of the lexicon may name.
_ON_VERB = (
    *("prt", "prep", "advmod", "acomp", "oprd", "dobj", "nsubjpass", "dative", "xcomp", "agent", "attr"),
    *("npadvmod", "ccomp", "aux", "neg", "intj"),
)
_BELOW_THESE = ("pobj", "prep", "compound", "amod", "pcomp", "poss", "aux")
_ANY_PARTY = frozenset({"party"})
# A participant of the class is less telling than the very word ("ambassador" against any person).
_CLASS_WEIGHT = 0.8
# A noun so many steps below a deed is what the deed is about.
_NEAR = 3


class DeedFinder:
    """Looks at one word at a time: which entry tells a deed there, with which slots."""

    def __init__(self, clauses: Clauses, lexicon: Lexicon) -> None:
        self.clauses = clauses
        self.tokens = clauses.tokens
        self.lexicon = lexicon
        self.mention_at: dict[int, Mention] = {m.head: m for m in clauses.reading.mentions}
        self._noise: dict[int, bool] = {}  # asked for each entry of a word, and the same for all
        self.sector_of = {p.id: p.sector for p in clauses.reading.participants}

    def known(self) -> list[Deed]:
        """All deeds that an entry of the lexicon tells, in text order."""
        verbs = [d for t in self.tokens if t.pos in ("VERB", "AUX") and (d := self.verb(t.index)) is not None]
        # "is not ruling out talks": the refusal is no act, so the talks are told on their own.
        standing = [d for d in verbs if not (d.predicate.act and self.clauses.below(d.token, "neg"))]
        taken = {index for deed in standing for index in deed.used if index != deed.token}
        free = (t.index for t in self.tokens if t.pos in ("NOUN", "PROPN", "ADJ") and t.index not in taken)
        nouns = [deed for index in free if (deed := self.noun(index)) is not None]
        return sorted([*verbs, *nouns], key=lambda d: d.token)

    def verb(self, index: int) -> Deed | None:
        token = self.tokens[index]
        entries = self.lexicon.verbs.get(token.lemma, ())
        if not entries or token.dep in ("aux", "auxpass", "compound"):
            return None
        if token.dep == "amod":
            return None  # "a seized painting", "the jailed activist": told of something, not told
        hanging = self._hanging(index)
        particle = self.clauses.particle(index)
        plain = self._verb_slots(index)
        best: tuple[float, int, Predicate, frozenset[int], Slots] | None = None
        for words, predicate in entries:
            used = self._extra(words[1:], hanging, index)
            if used is None or self._is_noise(index):
                continue
            if particle is not None and particle not in words:
                continue  # "hit back" is not "hit", "turned down" is not "turned"
            slots = self._phrase_slots(plain, used) if used else plain
            met = self._met(predicate, slots)
            if met is None:
                continue
            rank = (met + 1.5 * len(words[1:]), -self.lexicon.order[predicate.id])
            if best is None or rank > best[:2]:
                best = (rank[0], rank[1], predicate, frozenset({index, *used}), slots)
        if best is None:
            return None
        return Deed(index, best[2], False, best[4], self._span(best[3], index), best[3])

    def can_tell(self, index: int) -> bool:
        """Whether a word can tell a deed at all: a verb that is no auxiliary, a noun that names nobody.

        Not where the lexicon knows the word and bars this sense of it ("the film bombed", "his body rejected it").
        """
        token = self.tokens[index]
        if self._barred(index):
            return False
        if token.pos == "VERB":
            return token.dep not in ("aux", "auxpass", "compound", "amod")
        return token.pos == "NOUN" and token.dep != "compound" and index not in self.mention_at

    def is_content_of(self, index: int, heads: Set[int]) -> bool:
        """Whether a noun is only what one of these deeds is about: the talks in "rebuffed a proposal for talks"."""
        above = islice(self.clauses.reading.ancestors(index), _NEAR)
        return self.tokens[index].pos == "NOUN" and any(head in heads for head in above)

    def _barred(self, index: int) -> bool:
        """Whether an entry of the word is kept off here by a bar, or by a phrase that only sounds like a deed."""
        lemma = self.tokens[index].lemma
        entries = [p for _, p in (*self.lexicon.verbs.get(lemma, ()), *self.lexicon.nouns.get(lemma, ()))]
        if not entries:
            return False
        is_verb = self.tokens[index].pos == "VERB"
        slots = self._verb_slots(index) if is_verb else self._noun_slots(index, self._light_verb(index))
        return any(self._is_noise(index) or self._kept_off(p, slots) for p in entries)

    def _kept_off(self, predicate: Predicate, slots: Slots) -> bool:
        """Whether a word stands in a slot where the entry forbids it."""
        heads = ((filler, self._slot(slot, slots)) for slot, filler in predicate.bars.items())
        return any(self._by_word(index, filler) for filler, found in heads for index in found)

    def bare(self, index: int, predicate: Predicate) -> Deed:
        """The deed told by one word without an entry."""
        token = self.tokens[index]
        if token.pos == "VERB":
            return Deed(index, predicate, False, self._verb_slots(index), token.span, frozenset({index}))
        light = self._light_verb(index)
        return Deed(index, predicate, True, self._noun_slots(index, light), token.span, frozenset({index}), light)

    def _phrase_slots(self, slots: Slots, used: Sequence[int]) -> Slots:
        """The slots of a whole phrase: "cut ties with Kenya" has its "with" on the noun, and "ties" is no object."""
        nouns = [i for i in used if self.tokens[i].pos in ("NOUN", "PROPN")]
        found = {name: [i for i in heads if i not in nouns] for name, heads in slots.items()}
        for noun in nouns:
            for name, heads in self.clauses.prepositions(noun).items():
                found[name] = [*found.get(name, ()), *heads]
        return found

    def noun(self, index: int) -> Deed | None:
        lemma, form = self.tokens[index].lemma, self.tokens[index].text.lower()
        entries = [*self.lexicon.nouns.get(lemma, ()), *(self.lexicon.nouns.get(form, ()) if form != lemma else ())]
        if not entries or index in self.mention_at or self.tokens[index].dep == "compound" or self._is_date(index):
            return None
        light = self._light_verb(index)
        slots = self._noun_slots(index, light)
        before = self._words_before(index)
        best: tuple[float, int, Predicate, int] | None = None
        for words, predicate in entries:
            lead = words[:-1]
            if lead and tuple(before[len(before) - len(lead) :]) != lead:
                continue
            if self._is_noise(index):
                continue
            met = self._met(predicate, slots)
            if met is None:
                continue
            rank = (met + 1.5 * len(lead), -self.lexicon.order[predicate.id])
            if best is None or rank > best[:2]:
                best = (rank[0], rank[1], predicate, len(lead))
        if best is None:
            return None
        used = frozenset(range(index - best[3], index + 1))
        # "an end to the fighting": what the phrase hangs by is its first noun.
        top = next((i for i in sorted(used) if self.tokens[i].head not in used or self.tokens[i].head == i), index)
        if top != index:
            light = self._light_verb(top)
            slots = {**slots, **self._noun_slots(top, light)}
        return Deed(
            top, best[2], True, slots, Span(self.tokens[min(used)].span.start, self.tokens[index].span.end), used, light
        )

    def _is_date(self, index: int) -> bool:
        """March is a month, not a march."""
        return self.tokens[index].pos == "PROPN" and self.tokens[index].entity_type.endswith("DATE")

    # -- the words around

    def _hanging(self, verb: int) -> dict[str, int]:
        """Words that hang on a verb, by lemma and form: particles, prepositions, objects and what these govern."""
        found: dict[str, int] = {}
        for child in self.clauses.below(verb, *_ON_VERB):
            self._note(child, found)
            below = () if self.tokens[child].dep == "ccomp" else _BELOW_THESE
            below = (*below, "dobj", "prt") if self.tokens[child].dep == "xcomp" else below
            for inner in self.clauses.below(child, *below):
                self._note(inner, found)
                for deeper in self.clauses.below(inner, "pobj", "compound", "amod"):
                    self._note(deeper, found)
        token = self.tokens[verb]
        if token.dep in ("acl", "relcl") and self.clauses.is_passive(verb):
            self._note(token.head, found)
        return found

    def _note(self, index: int, found: dict[str, int]) -> None:
        found.setdefault(self.tokens[index].lemma, index)
        found.setdefault(self.tokens[index].text.lower(), index)

    def _extra(self, words: Words, hanging: Mapping[str, int], verb: int) -> list[int] | None:
        """The tokens of a phrase's further words, or None where one of them does not hang on the verb."""
        used = []
        for word in words:
            if word in hanging and not self._is_ground(hanging[word]):
                used.append(hanging[word])
            elif word != "to" or (word == words[-1] and not self._has_infinitive(verb)):
                return None  # the "to" of an infinitive hangs on the second verb
        return used

    def _is_ground(self, token: int) -> bool:
        """A preposition that only leads to a place or a day: "gives berths in Lamu" is not "give in"."""
        if self.tokens[token].dep != "prep" or self.tokens[token].text.lower() not in self.clauses.language.locative:
            return False
        heads = self.clauses.below(token, "pobj")
        return any(self.tokens[h].entity_type.endswith(("DATE", "TIME")) or self._stands_for_place(h) for h in heads)

    def _stands_for_place(self, token: int) -> bool:
        mention = self.mention_at.get(token)
        return mention is not None and mention.as_place

    def _has_infinitive(self, verb: int) -> bool:
        below = self.clauses.below(verb, "xcomp", "ccomp", "advcl")
        return any(self.tokens[a].tag == "TO" for c in below for a in self.clauses.below(c, "aux"))

    def _words_before(self, index: int) -> list[str]:
        """The lemmas of the four words before a noun; hyphens stand as words."""
        first = self.clauses.reading.sentence_of(index).first
        return [
            self.tokens[i].lemma if self.tokens[i].pos != "PROPN" else self.tokens[i].text.lower()
            for i in range(max(first, index - 4), index)
        ]

    def _is_noise(self, index: int) -> bool:
        """Whether the word is part of a phrase that only sounds like a deed ("price war", "heart attack")."""
        if index not in self._noise:
            self._noise[index] = self._in_noise(index)
        return self._noise[index]

    def _in_noise(self, index: int) -> bool:
        phrases = self.lexicon.noise.get(self.tokens[index].lemma, ())
        if not phrases:
            return False
        sentence = self.clauses.reading.sentence_of(index)
        near = [self.tokens[i].lemma for i in range(max(sentence.first, index - 4), min(sentence.last, index + 6))]
        return any(_in_order(phrase, near) for phrase in phrases)

    # -- slots

    def _verb_slots(self, verb: int) -> dict[str, Sequence[int]]:
        clauses = self.clauses
        slots: dict[str, Sequence[int]] = dict(clauses.prepositions(verb))
        slots["subject"] = clauses.subjects(verb)
        slots["object"] = clauses.objects(verb)
        slots["iobject"] = clauses.indirect_objects(verb)
        complement = clauses.below(verb, "ccomp", "xcomp")
        slots["clause"] = [s for c in complement for s in clauses.subjects(c)]
        return slots

    def _noun_slots(self, noun: int, light: int | None) -> dict[str, Sequence[int]]:
        clauses = self.clauses
        slots: dict[str, Sequence[int]] = dict(clauses.prepositions(noun))
        owners = [i for p in clauses.below(noun, "poss") for i in clauses.with_conjuncts(p)]
        owners += [i for i in clauses.below(noun, "amod", "compound", "nmod") if i in self.mention_at]
        owners += [i for a in clauses.below(noun, "amod") for i in clauses.below(a, "conj") if i in self.mention_at]
        slots["owner"] = owners
        if light is not None:
            for name, heads in clauses.prepositions(light).items():
                slots.setdefault(name, heads)
            slots["subject"] = clauses.subjects(light)
            slots["iobject"] = clauses.indirect_objects(light)
        return slots

    def _light_verb(self, noun: int) -> int | None:
        """The light verb whose object (or passive subject) the noun is, through frame nouns ("a series of raids")."""
        token = self.tokens[noun]
        language = self.clauses.language
        for _ in range(4):
            head = self.tokens[token.head]
            if token.dep == "conj" and head.pos in ("NOUN", "PROPN"):
                token = head
            elif (
                token.dep == "pobj"
                and head.text.lower() == "of"
                and self.tokens[head.head].lemma in language.frame_nouns
            ):
                token = self.tokens[head.head]
            elif token.dep in ("dobj", "nsubjpass", "attr", "oprd") and head.pos in ("VERB", "AUX"):
                names = self.clauses.lemma_with_particle(head.index)
                return head.index if any(n in language.light_verbs for n in names) else None
            elif token.dep == "pobj" and self.tokens[head.head].pos == "VERB":
                names = self.clauses.lemma_with_particle(head.head)
                return head.head if any(" " in n and n in language.light_verbs for n in names) else None
            else:
                return None
        return None

    # -- constraints

    def _met(self, predicate: Predicate, slots: Slots) -> float | None:
        """How well the entry's needs are met, or None where one is not, or a bar applies.

        A word of the list weighs more than a participant's belonging to a class.
        """
        for slot, filler in predicate.bars.items():
            heads = self._slot(slot, slots)
            if heads and "*" in filler.lemmas:
                return None
            if any(self._by_word(index, filler) for index in heads):
                return None
        total = 0.0
        for slot, filler in predicate.needs.items():
            heads = self._slot(slot, slots)
            if any(self._by_word(index, filler) for index in heads):
                total += 1.0
            elif any(self._by_class(index, filler) for index in heads):
                total += _CLASS_WEIGHT
            else:
                return None
        return total

    def _slot(self, slot: str, slots: Slots) -> Sequence[int]:
        if slot == "subject" and "owner" in slots:
            return [*slots.get("subject", ()), *slots["owner"], *slots.get("by", ())]
        if slot == "object" and "owner" in slots:
            return slots.get("of", ())
        return slots.get(slot, ())

    def _by_word(self, index: int, filler: Filler) -> bool:
        token = self.tokens[index]
        if token.lemma in filler.lemmas or token.text.lower() in filler.lemmas:
            return True
        modifiers = self.clauses.below(index, "compound", "amod")
        return any(f"{self.tokens[m].lemma} {token.lemma}" in filler.lemmas for m in modifiers)

    def _by_class(self, index: int, filler: Filler) -> bool:
        """Whether the participant at this token belongs to one of the classes, by its sector or kind."""
        mention = self.mention_at.get(index)
        if mention is None:
            return False
        if mention.as_place:
            return mention.kind in ("place", "country") and "territory" in filler.classes
        named = set(_ANY_PARTY if mention.kind not in ("place", "pronoun") else ())
        sectors = {s for s in (mention.sector, *(self.sector_of.get(p) for p in mention.refers_to)) if s}
        named |= {c for s in sectors for c in _CLASSES_OF_SECTOR.get(s, frozenset())}
        if mention.kind in ("name", "role"):
            named.add("person")
        if not sectors and mention.kind in ("name", "organisation", "pronoun", "role", "metonym"):
            named |= {"official", "state"}  # somebody of whom nothing is told may hold any office
        return bool(named & filler.classes)

    def _span(self, used: frozenset[int], head: int) -> Span:
        """The trigger: the head word with the words right beside it that belong to it."""
        kept = [head]
        for index in sorted(used):
            if min(abs(index - k) for k in kept) <= 2:
                kept.append(index)
        span = self.clauses.span_of(kept)
        assert span is not None
        return span


def _in_order(phrase: Words, lemmas: Sequence[str]) -> bool:
    """Whether the phrase's words stand one right after another among these lemmas."""
    size = len(phrase)
    return any(tuple(lemmas[i : i + size]) == phrase for i in range(len(lemmas) - size + 1))
