"""Indirect speech: what hangs on a cue as a clause, an infinitive or a noun phrase ("called for an end to the fighting").

A clause that is nothing but a quotation is left to quoted.py; one that holds a piece of quotation is mixed.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.codebook.datelines import dateline_end
from detente.coding.clauses import Clauses
from detente.coding.cues import Cue
from detente.coding.drafts import Draft, tokens_span, trimmed_content
from detente.coding.voices import Voices
from detente.model.span import Span

_LEAVES = frozenset({"advcl", "parataxis", "conj", "cc", "punct", "nsubj", "aux", "auxpass", "neg", "prt", "advmod", "npadvmod", "mark", "nsubjpass", "agent", "intj", "dep"})
_SHORTEST_OUTER_WORDS = 2
# Verbs that do more than say: with an infinitive they are deeds ("refused to leave"), no attributed words.
_DEEDS = frozenset({"refuse", "decline", "agree", "order", "rule", "offer", "speak", "talk", "want", "consider", "know", "see", "expect", "hope", "fear", "sign"})
_ADDRESSED = frozenset({"tell", "inform", "assure", "remind", "warn", "brief", "advise", "notify"})


def indirect_drafts(clauses: Clauses, voices: Voices, cues: Sequence[Cue]) -> list[Draft]:
    """A draft for each cue that something other than a quotation hangs on, and for nouns of saying."""
    drafts: list[Draft] = []
    named = {cue.token for cue in cues}
    for cue in cues:
        for content, weight in _contents(cue, clauses, voices, cues):
            draft = _draft(cue, content, weight, clauses, voices)
            if draft is not None:
                drafts.append(draft)
    drafts += [d for t in clauses.tokens if t.index not in named for d in _noun_cue(t.index, clauses, voices)]
    return _outermost_once(drafts)


def _contents(cue: Cue, clauses: Clauses, voices: Voices, cues: Sequence[Cue]) -> list[tuple[list[int], float]]:
    """The token groups that a cue puts into the speaker's mouth, each with how sure we are."""
    if cue.speaker is None or cue.speaker not in clauses.speaker_heads or _of_first_person(cue, clauses, voices):
        return []
    if cue.kind == "according":
        return _according(cue, clauses, voices, cues)
    if cue.about_before:
        return []  # the sentence before is the content; statements.py joins it
    found = [(clauses.reading.subtree(c), 0.8) for c in clauses.below(cue.token, "ccomp") if not _addressed_person(c, cue, clauses)]
    finite = clauses.tokens[cue.token].tag in ("VBD", "VBZ", "VBP")
    if not found and finite and clauses.tokens[cue.token].dep in ("parataxis", "advcl") and cue.kind in ("plain", "writing"):
        found += _around(cue, clauses)
    if found or cue.kind in ("writing", "thinking", "reads"):
        return found
    return _after_verb(cue, clauses, voices)


def _of_first_person(cue: Cue, clauses: Clauses, voices: Voices) -> bool:
    """"We condemn this", inside a quotation, is the speaker's own act and no second statement."""
    word = clauses.tokens[cue.speaker].text.lower() if cue.speaker is not None else ""
    return clauses.language.pronouns.get(word) == "first" and voices.of(cue.token) is not None


def _addressed_person(complement: int, cue: Cue, clauses: Clauses) -> bool:
    """A complement without any subject is no clause that somebody says ("said to be ill")."""
    return clauses.tokens[complement].tag == "VB" and not clauses.below(complement, "nsubj", "nsubjpass", "expl") and cue.kind == "plain" and not clauses.below(complement, "aux")


def _around(cue: Cue, clauses: Clauses) -> list[tuple[list[int], float]]:
    """"The offer stands, it said": the main clause without the little clause of saying."""
    head = clauses.tokens[cue.token].head
    if clauses.tokens[head].pos not in ("VERB", "AUX") or clauses.below(cue.token, "mark", "dobj", "xcomp"):
        return []
    mine = set(clauses.reading.subtree(cue.token))
    return [([i for i in clauses.reading.subtree(head) if i not in mine], 0.7)]


def _according(cue: Cue, clauses: Clauses, voices: Voices, cues: Sequence[Cue]) -> list[tuple[list[int], float]]:
    """The sentence around "according to X", unless another speaker's verb stands in it and X only carries."""
    level = voices.of(cue.token)
    sentence = clauses.reading.sentence_of(cue.token)
    others = [c for c in cues if sentence.first <= c.token < sentence.last and c.kind in ("plain", "writing") and c.speaker is not None and voices.of(c.token) == level]
    if others:
        return []
    following = clauses.reading.subtree(cue.token)[-1] + 1
    if following < len(clauses.tokens) and voices.of(following) not in (None, level):
        return []  # “according to which “...””: the quotation is the content
    mine = set(clauses.reading.subtree(cue.token))
    # A clause that the parser hung on "according" is content all the same.
    prep = next((c for c in clauses.below(cue.token, "prep")), cue.token)
    person = {i for c in clauses.below(prep, "pobj") for i in clauses.reading.subtree(c)} | {cue.token, prep}
    rest = [i for i in range(sentence.first, sentence.last) if i not in mine and i not in person]
    return [(_longest_side(rest, cue.token), 0.8)] if rest else []


def _longest_side(tokens: list[int], cut: int) -> list[int]:
    before, after = [i for i in tokens if i < cut], [i for i in tokens if i > cut]
    if len(after) <= 2:
        return before
    return after if len(before) <= 2 else before + after


def _after_verb(cue: Cue, clauses: Clauses, voices: Voices) -> list[tuple[list[int], float]]:
    """Infinitives and noun phrases after verbs of demanding, promising, accusing, refusing, announcing."""
    language = clauses.language
    takes_phrase = any(name in language.saying_noun_phrase for name in cue.names)
    acting = cue.kind == "acting" or any(name in language.saying["acting"] for name in cue.names)
    infinitive = clauses.below(cue.token, "xcomp")
    if clauses.tokens[cue.token].lemma in _DEEDS and not takes_phrase:
        return []
    if not (takes_phrase or acting or infinitive) or cue.passive:
        return []
    if clauses.tokens[cue.token].lemma in _ADDRESSED and not infinitive:
        return []
    tokens = [i for c in clauses.children[cue.token] if c > cue.token and clauses.tokens[c].dep not in _LEAVES for i in clauses.reading.subtree(c)]
    tokens = sorted(tokens)
    tokens = _without_channel(tokens, cue, clauses)
    while tokens and clauses.tokens[tokens[0]].dep == "prep" and clauses.tokens[tokens[0]].text.lower() in ("for", "on", "upon", "to", "against", "with") and clauses.tokens[tokens[0]].head == cue.token:
        if clauses.tokens[tokens[0]].text.lower() == "with":
            return []
        tokens = tokens[1:]
    if not tokens or all(clauses.tokens[i].pos in ("PRON", "ADV", "DET") for i in tokens):
        return []
    return [(tokens, 0.6 if acting or takes_phrase else 0.5)]


def _without_channel(tokens: list[int], cue: Cue, clauses: Clauses) -> list[int]:
    """Leave out "through the Foreign Ministry" and "on Telegram" between the verb and what it asks for."""
    carried: set[int] = set()
    for child in clauses.below(cue.token, "prep"):
        word = clauses.tokens[child].text.lower()
        if word in ("through", "via", "on", "in") and child > cue.token and not (word == "on" and f"{clauses.tokens[cue.token].lemma} on" in cue.names and "call on" in cue.names):
            objects = clauses.below(child, "pobj")
            if objects and _carries(objects[0], clauses):
                carried |= set(clauses.reading.subtree(child))
    return [i for i in tokens if i not in carried]


def _carries(token: int, clauses: Clauses) -> bool:
    mention = next((m for m in clauses.reading.mentions if m.head == token), None)
    return clauses.language.channel_kind(clauses.tokens[token].lemma) is not None or (mention is not None and mention.kind == "organisation")


def _draft(cue: Cue, tokens: list[int], weight: float, clauses: Clauses, voices: Voices) -> Draft | None:
    level = voices.of(cue.token)
    tokens = [i for i in tokens if i != cue.token]
    outer = [i for i in tokens if voices.of(i) == level and clauses.tokens[i].pos not in ("PUNCT", "SCONJ")]
    inner = {voices.of(i) for i in tokens} - {level}
    if len(outer) < _SHORTEST_OUTER_WORDS:
        return None  # nothing but a quotation: direct speech
    content = _content_spans(tokens, cue, clauses, voices)
    if not content or sum(len(s) for s in content) < 3:
        return None
    quotes = [n for n in inner if n is not None]
    mixed = bool(quotes) or any(q.span.overlaps(s) for q in voices.quotations for s in content if not q.speech)
    return Draft(
        cue_token=cue.token,
        cue=cue.span,
        speaker=cue.speaker,
        content=content,
        manner="mixed" if mixed else "indirect",
        level=level,
        quotes=quotes,
        confidence=weight,
        why="what hangs on the verb of saying" if cue.kind != "according" else "according to the named source",
    )


def _content_spans(tokens: list[int], cue: Cue, clauses: Clauses, voices: Voices) -> list[Span]:
    """The content as one or two spans: the cue and its speaker are cut out of the middle."""
    sides = [[i for i in tokens if i < cue.token], [i for i in tokens if i > cue.token]]
    if any(clauses.tokens[i].pos in ("VERB", "AUX") and clauses.tokens[i].tag in ("VBD", "VBZ", "VBP", "MD") for i in sides[0]) and cue.kind != "according":
        # "Shells hit the market, medics said, as fighting went on": what follows is the reporter's own.
        sides = sides[:1] if cue.token < max(tokens) and _whole_before(tokens, cue, clauses) else sides
    speaker = set(clauses.reading.subtree(cue.speaker)) if cue.speaker is not None else set()
    spans = []
    for side in sides:
        kept = [i for i in side if i not in speaker or len(speaker) > len(side)]
        words = [i for i in kept if clauses.tokens[i].pos != "PUNCT"]
        if not words:
            continue
        span = trimmed_content(clauses.reading, tokens_span(clauses.reading, _without_dateline(kept, clauses)))
        spans.append(_with_marks(span, voices))
    return spans


def _without_dateline(tokens: list[int], clauses: Clauses) -> list[int]:
    """Cut "SEOUL, June 13 —" off the words that open a paragraph."""
    text = clauses.reading.report.text
    for paragraph in clauses.reading.paragraphs:
        if paragraph.span.start == clauses.tokens[tokens[0]].span.start:
            end = dateline_end(paragraph.span.words(text)[:160])
            kept = [i for i in tokens if clauses.tokens[i].span.start >= paragraph.span.start + end]
            return kept or tokens
    return tokens


def _whole_before(tokens: list[int], cue: Cue, clauses: Clauses) -> bool:
    """Whether the main verb of the content stands before the cue: then the content ended there."""
    inside = set(tokens)
    tops = [i for i in tokens if clauses.tokens[i].head not in inside or clauses.tokens[i].head in (cue.token, i)]
    return bool(tops) and tops[0] < cue.token


def _with_marks(span: Span, voices: Voices) -> Span:
    """Grow a span over the marks of a quotation that begins or ends inside it."""
    for quotation in voices.quotations:
        inside = quotation.span.overlaps(span) and not quotation.span.contains(span)
        if inside and min(span.end, quotation.span.end) - max(span.start, quotation.span.start) > 1:
            span = span.cover(quotation.span)
    return span


def _noun_cue(token: int, clauses: Clauses, voices: Voices) -> list[Draft]:
    """"his warning that ...", "an announcement by the ministry that ...": the that-clause is what was said."""
    if clauses.tokens[token].pos != "NOUN" or clauses.tokens[token].lemma not in clauses.language.saying_nouns:
        return []
    clause = next((c for c in clauses.below(token, "acl", "ccomp", "relcl") if any(clauses.tokens[m].text.lower() == "that" for m in clauses.below(c, "mark"))), None)
    owners = clauses.below(token, "poss") + [i for name, objects in clauses.prepositions(token).items() if name in ("by", "of", "from") for i in objects]
    if clause is None or not owners:
        return []
    content = [trimmed_content(clauses.reading, tokens_span(clauses.reading, clauses.reading.subtree(clause)))]
    return [Draft(token, clauses.tokens[token].span, owners[0], content, "indirect", voices.of(token), confidence=0.6, why="a noun of saying")]


def _outermost_once(drafts: list[Draft]) -> list[Draft]:
    """Drop drafts whose content another draft of the same speaker and level holds wholly (coordinated verbs)."""
    kept: list[Draft] = []
    for draft in drafts:
        same = [d for d in drafts if d is not draft and d.speaker == draft.speaker and d.level == draft.level]
        held = any(all(any(c.contains(s) for c in d.content) for s in draft.content) and sum(map(len, d.content)) > sum(map(len, draft.content)) for d in same)
        if not held:
            kept.append(draft)
    return kept
