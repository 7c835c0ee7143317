"""Indirect speech: what hangs on a cue as a clause, an infinitive or a noun phrase ("called for an end to the war").

A clause that is nothing but a quotation is left to quoted.py; one that holds a piece of quotation is mixed.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.asides import around, verbless
from detente.coding.clauses import Clauses
from detente.coding.cues import Cue
from detente.coding.drafts import Draft, tokens_span, trimmed_content
from detente.coding.edges import own_clause
from detente.coding.phrases_said import phrase_said
from detente.coding.voices import Voices
from detente.model.span import Span

_SHORTEST_OUTER_WORDS = 2
_SHORTEST_CONTENT = 3
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVES = frozenset({"WDT", "WP"})
_WHY = {"according": "according to the named source", "noun": "a noun of saying"}


def indirect_drafts(clauses: Clauses, voices: Voices, cues: Sequence[Cue], carriers: frozenset[int]) -> list[Draft]:
    """A draft for each cue that something other than a quotation hangs on; `carriers` are names of outlets."""
    drafts: list[Draft] = []
    for cue in cues:
        for content, weight in _contents(cue, clauses, voices, cues, carriers):
            draft = _draft(cue, content, weight, clauses, voices)
            if draft is not None:
                drafts.append(draft)
    return _outermost_once(drafts)


def _contents(
    cue: Cue, clauses: Clauses, voices: Voices, cues: Sequence[Cue], carriers: frozenset[int]
) -> list[tuple[list[int], float]]:
    """The token groups that a cue puts into the speaker's mouth, each with how sure we are."""
    if cue.kind == "according":
        return _according(cue, clauses, voices, cues, carriers)
    if cue.speaker is None or _of_first_person(cue, clauses, voices):
        return []
    if cue.kind != "reads" and not _may_speak(cue.speaker, cue, clauses):
        return []
    if cue.about_before:
        return []  # the sentence before is the content; statements.py joins it
    if cue.kind == "noun":
        return _that_clause_of_noun(cue, clauses)
    found = _clauses_said(cue, clauses)
    if found or cue.kind in ("writing", "thinking", "reads") or cue.passive:
        return found or (verbless(cue, clauses, voices) if cue.kind == "writing" else [])
    return phrase_said(cue, clauses) or verbless(cue, clauses, voices)


def _clauses_said(cue: Cue, clauses: Clauses) -> list[tuple[list[int], float]]:
    found = [
        (clauses.reading.subtree(c), 0.8)
        for c in clauses.below(cue.token, "ccomp")
        if not _is_infinitive(c, clauses) and not _divided(c, cue, clauses)
    ]
    if found and found[0][0][0] < cue.token:  # "..., officials said, hours after ...": the second is the reporter's own
        found = [f for n, f in enumerate(found) if n == 0 or not _circumstance(f[0], clauses)]
    if found:
        found[-1] = (_behind_idiom([*found[-1][0], *_more_clauses(cue, clauses)], cue, clauses), found[-1][1])
    token = clauses.tokens[cue.token]
    if not found:
        found = _that_clause(cue, clauses)
    if (
        not found
        and token.tag in ("VBD", "VBZ", "VBP")
        and token.dep in ("parataxis", "advcl")
        and cue.kind in ("plain", "writing")
    ):
        found = around(cue, clauses)
    return found


def _circumstance(tokens: Sequence[int], clauses: Clauses) -> bool:
    """Whether a clause begins with "after", "as", "hours before" and the like."""
    mark = next((i for i in tokens if clauses.tokens[i].dep == "mark"), None)
    return mark is not None and clauses.tokens[mark].text.lower() not in ("that", "if", "whether")


def _behind_idiom(tokens: list[int], cue: Cue, clauses: Clauses) -> list[int]:
    """ "let it be known that ...", "made it known that ...": the participle belongs to the cue."""
    own = f"{clauses.tokens[cue.token].lemma} "
    if not any(f"{own}{clauses.tokens[c].text.lower()}" in cue.names for c in clauses.below(cue.token, "ccomp")):
        return tokens
    if not any(name.startswith(own) and name in clauses.language.saying["plain"] for name in cue.names):
        return tokens
    that = next((n for n, i in enumerate(tokens) if clauses.tokens[i].text.lower() == "that"), 0)
    return tokens[that:]


def _more_clauses(cue: Cue, clauses: Clauses) -> list[int]:
    """ "said that ... and that ...": the second clause may hang on the verb of saying."""
    more = [
        c
        for c in clauses.below(cue.token, "conj")
        if c > cue.token and any(clauses.tokens[m].text.lower() == "that" for m in clauses.below(c, "mark"))
    ]
    return [i for c in more for i in clauses.reading.subtree(c)]


def _divided(clause: int, cue: Cue, clauses: Clauses) -> bool:
    """ "The ministry counts two dead; the town admits ...": a semicolon stands between."""
    stops = (";", ":") if clause < cue.token else (";",)
    return any(clauses.tokens[i].text in stops for i in range(min(clause, cue.token), max(clause, cue.token)))


def _may_speak(speaker: int, cue: Cue, clauses: Clauses) -> bool:
    """Whoever the reading knows as somebody, "two of his aides", and any doer of "..., shouting that ..."."""
    token = clauses.tokens[speaker]
    counted = token.text.lower() in clauses.language.some_people and clauses.tokens[cue.token].dep != "relcl"
    shouting = clauses.tokens[cue.token].dep == "advcl" and token.tag in ("NNS", "NNPS")
    return speaker in clauses.speaker_heads or counted or shouting


def _of_first_person(cue: Cue, clauses: Clauses, voices: Voices) -> bool:
    """ "We condemn this", inside a quotation, is the speaker's own act and no second statement."""
    word = clauses.tokens[cue.speaker].text.lower() if cue.speaker is not None else ""
    return clauses.language.pronouns.get(word) == "first" and voices.of(cue.token) is not None


def _is_infinitive(complement: int, clauses: Clauses) -> bool:
    """A complement without any subject is no clause that somebody says ("said to be ill", "urged Iran to stop")."""
    if clauses.tokens[complement].tag not in ("VB", "NN", "NNS", "JJ") and clauses.tokens[complement].pos != "NOUN":
        return False
    has_subject = clauses.below(complement, "nsubj", "nsubjpass", "expl", "csubj")
    told = any(clauses.tokens[c].text.lower() == "to" for c in clauses.below(complement, "aux"))
    finite = [
        c for c in clauses.below(complement, "aux", "mark", "auxpass", "cop") if clauses.tokens[c].text.lower() != "to"
    ]
    return told or (not finite and (not has_subject or clauses.tokens[complement].pos != "VERB"))


def _that_clause(cue: Cue, clauses: Clauses) -> list[tuple[list[int], float]]:
    """ "said in a statement that ...": the clause may hang on the noun between, or be taken for something else."""
    if cue.kind not in ("plain", "acting") or (clauses.tokens[cue.token].tag == "VBN" and cue.passive):
        return []
    below = [i for i in clauses.reading.subtree(cue.token) if i > cue.token]
    opening = next(
        (
            n
            for n, i in enumerate(below)
            if clauses.tokens[i].text.lower() == "that" and clauses.tokens[i].tag in ("IN", "WDT")
        ),
        None,
    )
    if opening is None or not all(_is_way_of_saying(i, cue, clauses) for i in below[:opening]):
        return []
    content = below[opening:]
    return [(content, 0.7)] if len(content) > _SHORTEST_CONTENT else []


def _is_way_of_saying(index: int, cue: Cue, clauses: Clauses) -> bool:
    """Whether a word between a verb and its "that" tells the channel, time or hearer: "in a statement on Friday"."""
    top = index
    for above in clauses.reading.ancestors(index):
        if above == cue.token:
            break
        top = above
    if clauses.tokens[top].dep in ("advmod", "npadvmod", "punct", "dative"):
        return True
    if f"{clauses.tokens[cue.token].lemma} {clauses.tokens[top].lemma}" in clauses.language.saying["plain"]:
        return True  # "left no doubt that", "was adamant on Monday that"
    if clauses.tokens[top].dep == "dobj":
        return top in clauses.speaker_heads and clauses.language.channel_kind(clauses.tokens[top].lemma) is None
    noun = next(iter(clauses.below(top, "pobj")), None)
    return (
        clauses.tokens[top].dep == "prep"
        and noun is not None
        and clauses.tokens[noun].lemma not in clauses.language.accounts - _documents(clauses)
    )


def _documents(clauses: Clauses) -> frozenset[str]:
    return clauses.language.channel_nouns["document"]


def _that_clause_of_noun(cue: Cue, clauses: Clauses) -> list[tuple[list[int], float]]:
    """ "his warning that ...", "an announcement by the ministry that ...": the that-clause is what was said."""
    verb = clauses.tokens[cue.token].head
    equal = clauses.tokens[cue.token].dep == "nsubj" and clauses.tokens[verb].lemma == "be"
    predicate = clauses.below(verb, "ccomp") if equal else []  # "Moscow's version is that ..."
    for clause in [*clauses.below(cue.token, "acl", "ccomp", "relcl"), *predicate]:
        if any(clauses.tokens[m].text.lower() == "that" for m in clauses.below(clause, "mark")):
            return [(clauses.reading.subtree(clause), 0.6)]
    return []


def _according(
    cue: Cue, clauses: Clauses, voices: Voices, cues: Sequence[Cue], carriers: frozenset[int]
) -> list[tuple[list[int], float]]:
    """The sentence around "according to X", unless X only carries what another speaker says in it."""
    level = voices.of(cue.token)
    sentence = clauses.reading.sentence_of(cue.token)
    others = [
        c
        for c in cues
        if sentence.first <= c.token < sentence.last
        and c.kind in ("plain", "writing")
        and c.speaker is not None
        and voices.of(c.token) == level
    ]
    said = {c.token for c in cues}
    tells = any(
        _is_finite(i, clauses) and i not in said and voices.of(i) == level for i in range(sentence.first, sentence.last)
    )
    quoted = any(sentence.first <= voices.reach[n].start < sentence.last for n in voices.spoken_at(level))
    if others and ((quoted and not tells) or cue.speaker in carriers):
        return []
    if cue.speaker is not None and cue.speaker < cue.token:
        return []  # “..., according to whom “...””: the quotation is the content
    mine = set(clauses.reading.subtree(cue.token))
    # A clause that the parser hung on "according" is content all the same.
    prep = next((c for c in clauses.below(cue.token, "prep")), cue.token)
    person = {i for c in clauses.below(prep, "pobj") for i in _phrase_of(c, clauses)} | {cue.token, prep}
    mine = (mine - {i for c in clauses.below(prep, "pobj") for i in clauses.reading.subtree(c)}) | person
    rest = [i for i in range(sentence.first, sentence.last) if i not in mine and i not in person]
    return [(_longest_side(rest, cue.token), 0.8)] if rest else []


def _phrase_of(noun: int, clauses: Clauses) -> list[int]:
    """A source's own words, without a phrase behind its comma that explains nobody ("..., the visit “was ...”")."""
    strangers = [
        a for i in clauses.reading.subtree(noun) for a in clauses.below(i, "appos") if a not in clauses.speaker_heads
    ]
    outside = {i for a in strangers for i in clauses.reading.subtree(a) if clauses.tokens[a].pos == "NOUN"}
    return [i for i in clauses.reading.subtree(noun) if i not in outside]


def _is_finite(index: int, clauses: Clauses) -> bool:
    token = clauses.tokens[index]
    helped = token.pos == "VERB" and any(
        clauses.tokens[c].tag in _FINITE for c in clauses.below(index, "aux", "auxpass")
    )
    return token.pos in ("VERB", "AUX") and (helped or (token.tag in _FINITE and token.dep not in ("aux", "auxpass")))


def _longest_side(tokens: list[int], cut: int) -> list[int]:
    before, after = [i for i in tokens if i < cut], [i for i in tokens if i > cut]
    if len(after) <= 2:
        return before
    return after if len(before) <= 2 else before + after


def _draft(cue: Cue, tokens: list[int], weight: float, clauses: Clauses, voices: Voices) -> Draft | None:
    level = voices.of(cue.token)
    tokens = own_clause([i for i in tokens if i != cue.token], cue.token, clauses, voices)
    if not any(name in clauses.language.naming for name in cue.names):
        tokens = _with_antecedent(tokens, clauses)
    outer = [i for i in tokens if voices.of(i) == level and not _joins(i, clauses)]
    inner = {voices.of(i) for i in tokens} - {level}
    nominal = any(clauses.tokens[i].pos in ("NOUN", "PROPN", "PRON") for i in outer)
    if len(outer) < _SHORTEST_OUTER_WORDS and not (nominal and inner):
        return None  # nothing but a quotation: direct speech
    content = _content_spans(_on_into_quotation(tokens, cue, clauses, voices), cue, clauses, voices)
    if not content or sum(len(s) for s in content) < _SHORTEST_CONTENT:
        return None
    quotes = [n for n in inner if n is not None]
    mixed = bool(quotes) or any(voices.quotes_in(s) for s in content)
    return Draft(
        cue_token=cue.token,
        cue=cue.span,
        speaker=cue.speaker,
        content=content,
        manner="mixed" if mixed else "indirect",
        level=level,
        quotes=quotes,
        confidence=weight,
        why=_WHY.get(cue.kind, "what hangs on the verb of saying"),
        carrier=cue.carrier,
    )


def _joins(index: int, clauses: Clauses) -> bool:
    """Marks and conjunctions; "that" before a noun is a word of its own ("welcomed that offer")."""
    token = clauses.tokens[index]
    return token.pos == "PUNCT" or (token.pos == "SCONJ" and token.dep != "det")


def _with_antecedent(tokens: list[int], clauses: Clauses) -> list[int]:
    """ "the vote, which the opposition says was rigged": the noun before stands for the "which"."""
    if not tokens or clauses.tokens[tokens[0]].tag not in _RELATIVES:
        return tokens
    clause = next((i for i in clauses.reading.ancestors(tokens[0]) if clauses.tokens[i].dep == "relcl"), None)
    if clause is None:
        return tokens
    noun, inside = clauses.tokens[clause].head, set(clauses.reading.subtree(clause))
    while (
        clauses.tokens[noun].dep == "pobj"
        and clauses.tokens[clauses.tokens[clauses.tokens[noun].head].head].pos == "NOUN"
    ):
        noun = clauses.tokens[clauses.tokens[noun].head].head  # "the election of August, which ..."
    phrase = [i for i in clauses.reading.subtree(noun) if i not in inside and i < tokens[0]]
    return phrase + tokens[1:] if clauses.tokens[noun].pos in ("NOUN", "PROPN") else tokens


def _on_into_quotation(tokens: list[int], cue: Cue, clauses: Clauses, voices: Voices) -> list[int]:
    """ "thanked India for standing by “when others ...”": the quotation right behind goes on with the phrase."""
    last = max(tokens)
    mark = last + 1
    if last < cue.token or mark + 1 >= len(clauses.tokens) or clauses.tokens[mark].pos != "PUNCT":
        return tokens
    number = voices.of(mark + 1)
    if number is None or number == voices.of(last) or voices.enclosing(number) != voices.of(cue.token):
        return tokens
    begins = clauses.tokens[mark].span.start == voices.quotations[number].span.start
    small = clauses.tokens[mark + 1].text[:1].islower()
    return [*tokens, *voices.reach[number]] if begins and small else tokens


def _content_spans(tokens: list[int], cue: Cue, clauses: Clauses, voices: Voices) -> list[Span]:
    """The content as one or two spans: the cue and its speaker are cut out of the middle."""
    sides = [[i for i in tokens if i < cue.token], [i for i in tokens if i > cue.token]]
    if (
        any(
            clauses.tokens[i].pos in ("VERB", "AUX") and clauses.tokens[i].tag in ("VBD", "VBZ", "VBP", "MD")
            for i in sides[0]
        )
        and cue.kind != "according"
    ):
        # "Shells hit the market, medics said, as fighting went on": what follows is the reporter's own.
        sides = sides[:1] if cue.token < max(tokens) and _whole_before(tokens, cue, clauses) else sides
    speaker = set(clauses.reading.subtree(cue.speaker)) if cue.speaker is not None else set()
    spans = []
    for side in sides:
        kept = [i for i in side if i not in speaker or len(speaker) > len(side)]
        words = [i for i in kept if clauses.tokens[i].pos != "PUNCT"]
        if not words:
            continue
        span = trimmed_content(clauses.reading, tokens_span(clauses.reading, kept))
        spans.append(_with_marks(span, voices))
    return spans


def _whole_before(tokens: list[int], cue: Cue, clauses: Clauses) -> bool:
    """Whether the main verb of the content stands before the cue: then the content ended there."""
    behind = next((i for i in tokens if i > cue.token and clauses.tokens[i].pos != "PUNCT"), None)
    if behind is not None and clauses.tokens[behind].tag == "TO":
        return False  # "X has offered, his office said, to host talks"
    inside = set(tokens)
    tops = [i for i in tokens if clauses.tokens[i].head not in inside or clauses.tokens[i].head in (cue.token, i)]
    return bool(tops) and tops[0] < cue.token


def _with_marks(span: Span, voices: Voices) -> Span:
    """Grow a span over the marks of a quotation that begins or ends inside it."""
    for quotation in voices.near(span):
        inside = quotation.span.overlaps(span) and not quotation.span.contains(span)
        if inside and min(span.end, quotation.span.end) - max(span.start, quotation.span.start) > 1:
            span = span.cover(quotation.span)
    return span


def _outermost_once(drafts: list[Draft]) -> list[Draft]:
    """Drop drafts whose content another draft of the same speaker and level holds wholly (coordinated verbs)."""
    kept: list[Draft] = []
    for draft in drafts:
        same = [d for d in drafts if d is not draft and d.speaker == draft.speaker and d.level == draft.level]
        held = any(
            all(any(c.contains(s) for c in d.content) for s in draft.content)
            and sum(map(len, d.content)) > sum(map(len, draft.content))
            for d in same
        )
        if not held:
            kept.append(draft)
    return kept
