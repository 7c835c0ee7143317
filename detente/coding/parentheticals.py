"""Little clauses of saying between commas: "Kenya, the envoy hinted, was considering whether to wait".

Read by their order of words (a subject, a verb of saying without an object, perhaps a hearer or a day), because the
parser hangs such clauses on whatever stands near, above all where what was said holds a verb of saying itself. Gives
the drafts that the grammar missed; which half behind the clause goes on with the content is `halves`' part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from detente.coding.clauses import Clauses
from detente.coding.cues import cue_span, names_of
from detente.coding.drafts import Draft, tokens_span, trimmed_content
from detente.coding.voices import Voices
from detente.model.reading import Sentence
from detente.model.span import Span
from detente.model.statement import Manner

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose", "where"})
_STOPS = frozenset({";", ":"})
_LONGEST = 16
_FEWEST = 3
_SURE = 0.7
# What may open the words behind the verb: a hearer, a place or time, a manner.
_TAIL = frozenset({"ADP", "ADV", "SCONJ"})
_HEARERS = frozenset({"me", "us", "him", "her", "them", "reporters", "journalists"})
_TELLING = frozenset({"tell", "assure", "inform", "remind", "warn"})
# Verbs that stand before their subject.
_INVERTED = frozenset({"say", "add", "write", "explain", "report", "recall", "reply", "answer", "continue", "note"})
_DAYS = frozenset({"DATE", "TIME"})
_SUBJECT = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_COORDINATORS = frozenset({"and", "but", "or", "so", "yet"})
_INDEFINITE = frozenset({"a", "an"})
_SUBORDINATORS = frozenset(
    {"if", "when", "while", "although", "though", "before", "after", "because", "since", "as", "once", "until"}
    | {"unless", "whether", "whenever", "where"}
)
# Words that open a clause of its own, and no clause of saying.
_OPENS = frozenset(
    {"and", "but", "or", "when", "while", "if", "because", "after", "before", "since", "although", "that"}
)


@dataclass(frozen=True, slots=True)
class _Aside:
    """A clause of saying: its first and last token, its verb and its speaker."""

    first: int
    last: int
    verb: int
    speaker: int


def with_parentheticals(drafts: Sequence[Draft], clauses: Clauses, voices: Voices) -> list[Draft]:
    """The drafts of indirect speech with those of clauses between commas, which replace what else their verb told."""
    found = []
    for sentence in clauses.reading.sentences:
        for first, last in _between_commas(range(sentence.first, sentence.last), clauses):
            aside = _aside(first, last, clauses, voices)
            content = _around(aside, sentence, clauses, voices) if aside is not None else []
            told_as = aside is not None and clauses.tokens[aside.first].text.lower() == "as"
            if told_as and len(content) == 1:
                continue  # "The rebels hold the north, as the UN reported"
            if aside is not None and content and not _is_known(aside, content, drafts):
                found.append(_draft(aside, content, clauses, voices))
    verbs = {draft.cue_token for draft in found}
    return [*(d for d in drafts if d.cue_token not in verbs), *found]


def _around(aside: _Aside, sentence: Sentence, clauses: Clauses, voices: Voices) -> list[Span]:
    """What was said: the clause before, or the subject before with the rest of its clause behind."""
    before = _before(sentence.first, aside, clauses, voices)
    if not before:
        return []
    content = [trimmed_content(clauses.reading, tokens_span(clauses.reading, before))]
    if _has_verb(before, clauses):
        return content
    behind = _behind(aside, sentence.last, clauses, voices)
    inverted = aside.speaker > aside.verb
    return [] if behind is None or inverted else [*content, behind]


def _has_verb(tokens: Sequence[int], clauses: Clauses) -> bool:
    """Whether words are a clause: a finite verb that stands in no relative clause."""
    finite = next((i for i in tokens if clauses.tokens[i].tag in _FINITE | {"MD"}), None)
    return finite is not None and not any(
        clauses.tokens[i].text.lower() in _RELATIVES for i in tokens if i < finite and i > tokens[0]
    )


def _between_commas(tokens: range, clauses: Clauses) -> Iterator[tuple[int, int]]:
    """The stretches that a comma opens and a comma or the sentence's end closes, without the marks."""
    commas = [i for i in tokens if clauses.tokens[i].text == ","]
    end = tokens.stop - 1 if tokens and clauses.tokens[tokens.stop - 1].pos == "PUNCT" else tokens.stop
    for opened, closed in pairwise([*commas, end]):
        if 1 < closed - opened <= _LONGEST:
            yield opened + 1, closed


def _aside(first: int, last: int, clauses: Clauses, voices: Voices) -> _Aside | None:
    """The clause of saying that a stretch is, or None."""
    tokens = clauses.tokens
    words = [tokens[i].text.lower() for i in range(first, last)]
    if len({voices.of(i) for i in range(first - 1, last)}) > 1 or words[0] in _OPENS | _RELATIVES or "as" in words[1:]:
        return None
    start = first + 1 if words[0] == "as" else first
    finite = [i for i in range(start, last) if tokens[i].tag in _FINITE and tokens[i].pos in ("VERB", "AUX")]
    if finite and any(tokens[j].text.lower() in _RELATIVES for j in range(start, finite[0])):
        finite = finite[1:][-1:]  # "a person who spoke with her said"
    verb = _main_verb(finite[0], last, clauses) if finite else None
    if verb is None:
        return None
    if finite[0] == start:
        speaker = _subject(verb + 1, last, clauses) if _is_inverted(verb, last, clauses) else None
        if speaker is not None and (speaker not in clauses.speaker_heads or tokens[speaker].dep == "dobj"):
            return None  # "resigned on Monday, explained the decision, and left"
    else:
        told_of = (tokens[verb].dep == "relcl" and first <= tokens[verb].head < last) or (
            words[0] in _INDEFINITE and _two_names(start, finite[0], clauses)
        )
        if told_of or (start > first and clauses.tokens[verb].lemma in clauses.language.saying_infinitive):
            return None  # "a claim Kyiv denied"; "as the president promised": his promise, and not his report
        speaker = _subject(start, finite[0], clauses) if _may_follow(verb, last, clauses) else None
    return None if speaker is None else _Aside(first, last, verb, speaker)


def _two_names(first: int, last: int, clauses: Clauses) -> bool:
    """ "A toll Israel ...", "an accusation the generals ...": a noun, and behind it another subject."""
    tokens = clauses.tokens
    return any(
        tokens[i].pos == "NOUN" and (tokens[i + 1].pos in ("DET", "PRON", "PROPN")) for i in range(first, last - 1)
    )


def _is_inverted(verb: int, last: int, clauses: Clauses) -> bool:
    """ "said a person who ...": nothing but the speaker behind the verb."""
    tail = [clauses.tokens[i] for i in range(verb + 1, last)]
    named = next((n for n, t in enumerate(tail) if t.text.lower() in _RELATIVES), len(tail))
    told = any(t.tag in _FINITE | {"MD", "TO", "VBN"} for t in tail[:named])
    free = clauses.tokens[verb].dep != "conj" and tail[:1] != [] and tail[0].pos != "PRON"
    return clauses.tokens[verb].lemma in _INVERTED and free and not told


def _main_verb(finite: int, last: int, clauses: Clauses) -> int | None:
    """The verb of saying: the finite one, or the participle behind its "has"."""
    verb = finite
    if clauses.tokens[finite].lemma == "have":
        verb = next((i for i in range(finite + 1, last) if clauses.tokens[i].tag == "VBN"), finite)
    saying = clauses.language.saying
    names = names_of(verb, clauses)
    return verb if any(name in saying["plain"] or name in saying["writing"] for name in names) else None


def _subject(first: int, last: int, clauses: Clauses) -> int | None:
    """The head of the subject in these words: whoever is mentioned first, else the first noun before a preposition."""
    tokens = clauses.tokens
    for index in range(first, last):
        if index in clauses.speaker_heads:
            while tokens[index].dep == "compound" and index < tokens[index].head < last:
                index = tokens[index].head  # "court documents"
            return index
        if tokens[index].pos in ("ADP", "VERB") or tokens[index].text.lower() in _RELATIVES:
            break
    nouns = []
    for index in range(first, last):
        if tokens[index].pos in ("ADP", "VERB", "SCONJ") or tokens[index].text.lower() in _RELATIVES:
            break
        nouns += [index] if tokens[index].pos in _SUBJECT else []
    return nouns[-1] if nouns else None


def _may_follow(verb: int, last: int, clauses: Clauses) -> bool:
    """Whether what stands behind the verb leaves what was said to the words around: a hearer, a day, a place."""
    tail = [clauses.tokens[i] for i in range(verb + 1, last)]
    if not tail:
        return True
    if tail[0].text.lower() in _HEARERS:
        tail = tail[1:]
    elif clauses.tokens[verb].lemma in _TELLING:
        behind = next((n for n, t in enumerate(tail) if t.pos == "ADP"), len(tail))
        tail = tail[behind:]
    if not tail:
        return True
    opens = tail[0]
    if opens.text.lower() in ("that", "to") and (opens.tag != "IN" or opens.text.lower() == "that"):
        return False
    finite = [n for n, t in enumerate(tail) if t.tag in _FINITE or t.tag == "MD" or t.text.lower() == "that"]
    related = [n for n, t in enumerate(tail) if t.text.lower() in _RELATIVES - {"that"}]
    if finite and not (related and related[0] < finite[0]):
        return False
    return opens.pos in _TAIL or opens.entity_type in _DAYS


def _before(first: int, aside: _Aside, clauses: Clauses, voices: Voices) -> list[int]:
    """The words before the clause, back to the sentence's beginning or a semicolon, all in one voice."""
    kept: list[int] = []
    for index in range(aside.first - 2, first - 1, -1):
        coordinated = (
            clauses.tokens[index].text == "," and kept and clauses.tokens[kept[0]].text.lower() in _COORDINATORS
        )
        if clauses.tokens[index].text in _STOPS or coordinated:
            break  # "The rebels took the town, but the government, officials said, will not talk"
        kept.insert(0, index)
    if kept and clauses.tokens[kept[0]].text.lower() in _COORDINATORS:
        kept = kept[1:]
    if kept and clauses.tokens[kept[0]].text.lower() in _SUBORDINATORS:
        return []  # "If they strike, Iran said, ...": the main clause stands behind
    if kept and clauses.tokens[kept[-1]].text.lower() in _OPENS | _RELATIVES:
        return []
    voice = voices.of(aside.verb)
    plain = [i for i in kept if voices.of(i) == voice]
    if len(plain) < len(kept) or not kept or (len(kept) < _FEWEST and clauses.tokens[kept[-1]].pos not in _SUBJECT):
        return []
    return kept


def _behind(aside: _Aside, last: int, clauses: Clauses, voices: Voices) -> Span | None:
    """The words behind the clause that end what a subject before it began."""
    kept: list[int] = []
    for index in range(aside.last + 1, last):
        if clauses.tokens[index].text in _STOPS:
            break
        kept.append(index)
    if not kept or clauses.tokens[kept[0]].tag not in _FINITE | {"MD", "RB", "VBN"}:
        return None
    return trimmed_content(clauses.reading, tokens_span(clauses.reading, kept))


def _is_known(aside: _Aside, content: Sequence[Span], drafts: Sequence[Draft]) -> bool:
    """Whether a draft with that verb already begins where these words begin."""
    same = [d for d in drafts if d.cue_token == aside.verb]
    outside = any(not any(c.contains(s) for c in content) for d in same for s in d.content)
    return outside or any(d.start <= content[0].start or d.manner == "direct" for d in same)


def _draft(aside: _Aside, content: list[Span], clauses: Clauses, voices: Voices) -> Draft:
    why = "the words around a clause of saying between commas"
    cue, level = cue_span(aside.verb, clauses), voices.of(aside.verb)
    manner: Manner = "mixed" if any(voices.quotes_in(span) for span in content) else "indirect"
    return Draft(aside.verb, cue, aside.speaker, content, manner, level, confidence=_SURE, why=why)
