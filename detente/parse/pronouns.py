"""Who "he", "she", "it", "they" and "who" are: the nearest fitting participant before them.

Gender is evidence and no proof: translated text says "he" for a woman. What stays open keeps its candidates.
First and second persons wait for the speaker of their quotation (coding).
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.model.reading import Sentence, Token
from detente.model.span import Span
from detente.parse.ages import age_told
from detente.parse.clusters import Cluster
from detente.parse.find import Find
from detente.parse.links import Links

# How far back a pronoun may reach, in sentences; farther than this, readers are given a name again.
_REACH = 6
_PER_SENTENCE = 1.0
_PER_PARAGRAPH = 0.75
# A second paragraph back counts double: readers are named anew after so long.
_PER_FURTHER_PARAGRAPH = 1.5
_OTHER_SPEAKER_BETWEEN = -1.0
_SUBJECT = 1.2
_SPEAKER = 1.0
_SAME_VOICE = 1.0
_GENDER_SAME = 1.0
_GENDER_OTHER = -3.0
_NAMED = 0.4
# The winner must lead by this much, else the pronoun's answer is marked open with its candidates.
_CLEAR = 0.75
# Words that stand for one person; "person" is said of either ("the 61-year-old").
_ONE = frozenset({"m", "f", "person"})
# How many words around a pronoun its quotation's speaker is looked for.
_BESIDE = 120
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "dep"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# A find by age carries its number behind the word "person".
_WITH_AGE = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The participant a pronoun stands for, how the others scored, and why."""

    cluster: Cluster
    candidates: tuple[Cluster, ...]
    clear: bool
    why: str


class Pronouns:
    """Links third-person pronouns over the clusters found so far."""

    def __init__(self, links: Links, sentences: tuple[Sentence, ...], saying: frozenset[str]) -> None:
        self._links = links
        self._tokens = links.grammar.tokens
        self._sentence_of = {i: n for n, s in enumerate(sentences) for i in range(s.first, s.last)}
        self._sentences = sentences
        self._saying = saying
        self._quotes = [q.span for q in links.quotations if q.speech]

    def answer(self, find: Find) -> Answer | None:
        """Who a pronoun stands for, or None where nobody fits or it is not a third person."""
        person = find.words[0] if find.words else ""
        if person in ("first", "second"):
            return None
        if person == "relative":
            return self._relative(find)
        speakers = self._speakers_beside(find)
        possible = [c for c in self._links.alive() if c not in speakers and self._possible(find, person, c)]
        possible = self._of_age(find, possible)
        scored = [(self._score(find, person, c), c) for c in possible]
        scored.sort(key=lambda item: (-item[0], -item[1].last_token))
        if not scored:
            return None
        best = scored[0][1]
        rivals = tuple(c for score, c in scored[1:4] if scored[0][0] - score < _CLEAR or _mismatch(person, best))
        clear = not rivals and not _mismatch(person, best)
        return Answer(best, (best, *rivals) if not clear else (), clear, self._why(person, best, find))

    def _of_age(self, find: Find, possible: list[Cluster]) -> list[Cluster]:
        """ "The 61-year-old" is who was said to be 61, else somebody whose age was not told."""
        if len(find.words) < _WITH_AGE:
            return possible
        told = {
            c.number: {age for m in c.mentions if (age := age_told(m, self._links.grammar)) is not None}
            for c in self._links.alive()
            if c.kind in ("person", "role")
        }
        of_age = [c for c in self._links.alive() if find.words[1] in told.get(c.number, ())]
        return of_age or [c for c in possible if not told.get(c.number)]

    def _relative(self, find: Find) -> Answer | None:
        token = self._tokens[find.head]
        at: int = token.index
        while self._tokens[at].head != at:
            if self._tokens[at].dep == "relcl":
                cluster = self._links.at_head(self._tokens[at].head)
                return Answer(cluster, (), True, "relative clause") if cluster else None
            at = self._tokens[at].head
        return None

    def _possible(self, find: Find, person: str, cluster: Cluster) -> bool:
        before = [
            m
            for m in cluster.mentions
            if m.head < find.head and not (m.as_place and cluster.kind == "country" and person == "n")
        ]
        if not before or self._sentence_of[find.head] - self._sentence_of[before[-1].head] > _REACH:
            return False
        if person in _ONE:
            if cluster.kind not in ("person", "role") or cluster.plural:
                return False
        elif person == "n":
            if cluster.kind not in ("country", "organisation") or cluster.plural:
                return False
        elif cluster.kind in ("person", "role") and not cluster.plural:
            return False
        return not self._same_clause(find, before[-1]) and not self._told_by(find, before[-1])

    def _told_by(self, pronoun: Find, other: Find) -> bool:
        """ "The senator, she recalls, has sworn": whoever tells it is not the one whose clause is cut in two."""
        tokens, at = self._tokens, pronoun.head
        if tokens[at].dep != "nsubj" or at == 0 or tokens[at - 1].text != "," or at + 1 >= len(tokens):
            return False
        if self._sentence_of[other.head] != self._sentence_of[at] or tokens[at + 1].lemma not in self._saying:
            return False
        between = range(other.head + 1, at)
        return tokens[other.head].dep in _SUBJECTS and not any(tokens[i].tag in _FINITE for i in between)

    def _same_clause(self, find: Find, antecedent: Find) -> bool:
        """Subject and object of one verb are not the same one ("he met him"); an owner may be the subject.

        A verb without a subject of its own has that of the verb above it ("cut ties with Kenya, accusing it").
        """
        pronoun, other = self._tokens[find.head], self._tokens[antecedent.head]
        if pronoun.dep not in ("dobj", "pobj", "dative", "nsubj") or (pronoun.dep == "nsubj" and other.dep == "poss"):
            return False  # "At her home she talked": an owner before the verb may be its subject
        verb, others = self._verb(pronoun.index), self._verb(other.index)
        while verb != others and pronoun.dep != "nsubj" and self._borrows_subject(verb):
            verb = self._verb(self._tokens[verb].head)
        return verb == others and not (verb != self._verb(pronoun.index) and other.dep not in ("nsubj", "nsubjpass"))

    def _borrows_subject(self, verb: int) -> bool:
        token = self._tokens[verb]
        below = {self._tokens[c].dep for c in self._links.grammar.children[verb]}
        return token.dep in ("advcl", "xcomp", "conj", "pcomp") and not below & {"nsubj", "nsubjpass"}

    def _verb(self, index: int) -> int:
        while self._tokens[index].head != index and self._tokens[index].pos not in ("VERB", "AUX"):
            index = self._tokens[index].head
        return index

    def _score(self, find: Find, person: str, cluster: Cluster) -> float:
        last = next(m for m in reversed(cluster.mentions) if m.head < find.head)
        token = self._tokens[last.head]
        here, there = self._sentence_of[find.head], self._sentence_of[last.head]
        score = -_PER_SENTENCE * (here - there)
        paragraphs = self._sentences[here].paragraph - self._sentences[there].paragraph
        score -= _PER_PARAGRAPH * min(1, paragraphs) + _PER_FURTHER_PARAGRAPH * max(0, paragraphs - 1)
        if paragraphs and self._other_speaker(last.head, find.head, cluster):
            score += _OTHER_SPEAKER_BETWEEN
        if token.dep in ("nsubj", "nsubjpass", "agent"):
            score += _SUBJECT
            if self._tokens[token.head].lemma in self._saying:
                score += _SPEAKER
        if self._voice(find.head) == self._voice(last.head):
            score += _SAME_VOICE
        if person in ("m", "f") and cluster.gender is not None:
            score += _GENDER_SAME if cluster.gender == person else _GENDER_OTHER
        return score + (_NAMED if cluster.kind == "person" else 0.0)

    def _other_speaker(self, start: int, end: int, cluster: Cluster) -> bool:
        """Whether somebody else speaks between the antecedent and the pronoun."""
        for index in range(start + 1, end):
            token = self._tokens[index]
            if token.dep == "nsubj" and self._tokens[token.head].lemma in self._saying and self._voice(index) == -1:
                other = self._links.at_head(index)
                if other is not None and other is not cluster and other.kind in ("person", "role"):
                    return True
        return False

    def _speakers_beside(self, find: Find) -> list[Cluster]:
        """Who speaks the quotation a pronoun stands in: a third person there is somebody else."""
        span = self._tokens[find.head].span
        quotation = next((q for q in self._quotes if q.contains(span)), None)
        if quotation is None:
            return []
        found = []
        for token in self._tokens[max(0, find.head - _BESIDE) : find.head + _BESIDE]:
            if token.dep == "nsubj" and not quotation.contains(token.span) and self._near(quotation, token):
                speaker = self._links.at_head(token.index)
                if speaker is not None and self._tokens[token.head].lemma in self._saying:
                    found.append(speaker)
        return found

    def _near(self, quotation: Span, token: Token) -> bool:
        """Whether no sentence ends between a quotation and a word beside it."""
        reach = self._links.grammar.reach(quotation)
        between = self._tokens[reach.stop : token.index] or self._tokens[token.index : reach.start]
        return not any(t.text in ".!?" for t in between)

    def _voice(self, index: int) -> int:
        """The number of the quotation a token stands in, -1 for the report's own voice."""
        span = self._tokens[index].span
        return next((n for n, q in enumerate(self._quotes) if q.contains(span)), -1)

    def _why(self, person: str, cluster: Cluster, find: Find) -> str:
        if _mismatch(person, cluster):
            return f"the last one named who can act here; the word {find.name!r} does not fit, as in translated text"
        return "the nearest fitting participant before it"


def _mismatch(person: str, cluster: Cluster) -> bool:
    return person in ("m", "f") and cluster.gender is not None and cluster.gender != person
