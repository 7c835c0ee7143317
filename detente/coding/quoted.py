"""Direct speech: finds for each quotation the cue and speaker beside it.

Quotations are taken with their marks. One that a cue interrupts, or that runs over paragraphs, is one statement.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.clauses import Clauses
from detente.coding.cues import Cue, cue_span
from detente.coding.drafts import Draft, DraftsByPlace
from detente.coding.fragments import joined_to, lead_of
from detente.coding.voices import Voices
from detente.model.reading import Quotation
from detente.model.span import Span

# How many words may lie between a quotation and its cue: long titles stand there, other sentences do not.
_FARTHEST_CUE = 45
_NEAREST_VERB = 4
_NEAREST_SPEAKER = 6
_LONGEST_LABEL = 6
_SO = frozenset({"so", "thus", "these", "those"})
_SENTENCE_END = frozenset({".", "!", "?"})
_ENDS_OPEN = frozenset(",?!—–-…;")


def quoted_drafts(
    clauses: Clauses, voices: Voices, cues: Sequence[Cue], taken: Sequence[Draft], carriers: frozenset[int]
) -> list[Draft]:
    """A draft for each spoken quotation that no indirect statement holds already; `carriers` are names of outlets."""
    by_token = {cue.token: cue for cue in cues}
    drafts: list[Draft] = []
    near = DraftsByPlace(taken)
    for number in voices.spoken():
        quotation = voices.quotations[number]
        level = voices.enclosing(number)
        draft = _with_cue(number, clauses, voices, by_token, carriers)
        holders = [d for d in near.get(level, quotation.span) if voices.covered(number, d.content)]
        if holders and not _spoken_within(draft, holders):
            continue
        joined = _joined(number, quotation, draft, drafts, clauses, voices)
        if joined is not None:
            joined.content.append(quotation.span)
            joined.quotes.append(number)
            _take_cue(joined, draft)
        elif draft is not None:
            drafts.append(draft)
        else:
            drafts.append(_without_cue(number, clauses, voices, drafts, carriers))
    return drafts


def _spoken_within(draft: Draft | None, holders: Sequence[Draft]) -> bool:
    """ "According to the navy, the ship radioed: “...”": the quotation has a cue of its own within what is told."""
    if draft is None or draft.cue is None or any(d.cue_token == draft.cue_token for d in holders):
        return False
    return all(any(s.contains(draft.cue) for s in d.content) for d in holders)


def _take_cue(joined: Draft, later: Draft | None) -> None:
    """The speaker may be named only beside the last paragraph of a long quotation."""
    if later is not None and joined.cue is None and later.cue is not None:
        joined.cue_token, joined.cue, joined.speaker = later.cue_token, later.cue, later.speaker
        joined.confidence, joined.why, joined.carrier = later.confidence, later.why, later.carrier


def _joined(
    number: int, quotation: Quotation, own: Draft | None, drafts: Sequence[Draft], clauses: Clauses, voices: Voices
) -> Draft | None:
    """The statement that this quotation goes on with: it runs over paragraphs, or a cue interrupted it."""
    if quotation.continues is not None:
        before = next((d for d in drafts if quotation.continues in d.quotes), None)
        renewed = own is not None and own.cue is not None and before is not None and before.cue is not None
        return None if renewed else before
    level = voices.enclosing(number)
    last = next((d for d in reversed(drafts) if d.level == level and d.quotes), None)
    if last is None or (own is not None and own.cue_token != last.cue_token and own.cue is not None):
        return None
    gap = Span(last.content[-1].end, max(last.content[-1].end, quotation.span.start))
    text = clauses.reading.report.text
    if gap.words(text).rstrip().endswith(":") and own is None:
        return None  # "..., said Kyiv. Moscow: “...”"
    if "\n" in gap.words(text).strip(" ") or last.cue is None or not gap.contains(last.cue):
        return None
    if (
        any(c in ".!?" for c in gap.words(text))
        and _goes_on(quotation, text)
        and any(i in clauses.mention_heads for i in _tokens_after(number, clauses, voices))
    ):
        return None  # its own sentence goes on behind it and names somebody
    sentences = [c for c in gap.words(text) if c in ".!?"]
    return last if len(sentences) <= 1 else None


def _with_cue(
    number: int, clauses: Clauses, voices: Voices, by_token: dict[int, Cue], carriers: frozenset[int]
) -> Draft | None:
    cue = _cue_after(number, clauses, voices, by_token)
    cue = cue or _cue_before(number, clauses, voices, by_token, carriers)
    cue = cue or _unknown_verb_after(number, clauses, voices) or _so_said(number, clauses, voices, by_token)
    if cue is None:
        return None
    quotation = voices.quotations[number]
    content = [quotation.span]
    manner = "direct"
    lead = lead_of(number, cue, clauses, voices)
    if lead:
        content = joined_to(lead, quotation.span, clauses.reading.report.text)
        manner = "mixed"
    return Draft(
        cue_token=cue.token,
        cue=cue.span,
        speaker=cue.speaker,
        content=content,
        manner=manner,  # type: ignore[arg-type]
        level=voices.enclosing(number),
        quotes=[number],
        confidence=0.85 if cue.speaker is not None else 0.5,
        why="the cue beside the quotation",
        carrier=cue.carrier,
    )


def _cue_after(number: int, clauses: Clauses, voices: Voices, by_token: dict[int, Cue]) -> Cue | None:
    """The cue in ““...,” said X” and “““...,” X told reporters””: the quotation must not have ended its sentence."""
    quotation, text = voices.quotations[number], clauses.reading.report.text
    if not _goes_on(quotation, text):
        return None
    for index in _tokens_after(number, clauses, voices):
        cue = by_token.get(index)
        if cue is not None and _speaks_after(cue, quotation, clauses):
            return cue
    return None


def _so_said(number: int, clauses: Clauses, voices: Voices, by_token: dict[int, Cue]) -> Cue | None:
    """ "“Not one more metre.” So said the premier": a short sentence of its own right behind."""
    start = voices.reach[number].stop
    for index in range(start, min(start + _NEAREST_VERB, len(clauses.tokens))):
        cue = by_token.get(index)
        if (
            cue is not None
            and clauses.tokens[start].text.lower() in _SO
            and cue.speaker is not None
            and cue.speaker > index
        ):
            return cue
    return None


def _unknown_verb_after(number: int, clauses: Clauses, voices: Voices) -> Cue | None:
    """ "“...,” cut short the police": any finite verb right behind the mark with a speaker right behind it is a cue."""
    quotation, text = voices.quotations[number], clauses.reading.report.text
    following = text[quotation.span.end : quotation.span.end + 2].strip()
    last = text[quotation.span.end - 2 : quotation.span.end - 1]
    if not _goes_on(quotation, text) or (last in "!?" and following[:1].isupper()):
        return None
    tokens = _tokens_after(number, clauses, voices)[:_NEAREST_VERB]
    verb = next(
        (i for i in tokens if clauses.tokens[i].tag in ("VBD", "VBZ") and clauses.tokens[i].lemma != "be"), None
    )
    if verb is None:
        return None
    behind = [
        i for i in range(verb + 1, min(verb + _NEAREST_SPEAKER, len(clauses.tokens))) if i in clauses.mention_heads
    ]
    before = [i for i in tokens if i < verb and i in clauses.mention_heads]
    beside = before or behind
    if not beside:
        return None
    return Cue(verb, "plain", (clauses.tokens[verb].lemma,), beside[0], cue_span(verb, clauses))


def _goes_on(quotation: Quotation, text: str) -> bool:
    inner_end = quotation.span.end - (1 if quotation.closed else 0)
    last = text[inner_end - 1 : inner_end]
    following = text[quotation.span.end : quotation.span.end + 2].strip()
    if following[:1] in (",", "—", "–", "-", ";"):
        return True
    if last == "." or following[:1] in (".", ":"):
        return False
    return last in _ENDS_OPEN or following[:1].islower() or last.isalnum() or last in "’'”\""


def _speaks_after(cue: Cue, quotation: Quotation, clauses: Clauses) -> bool:
    """The speaker must be named after the quotation, or be the subject of the clause the quotation interrupts."""
    if cue.kind == "thinking":
        return False
    return cue.speaker is not None and clauses.tokens[cue.speaker].span.start >= quotation.span.end


def _tokens_after(number: int, clauses: Clauses, voices: Voices) -> list[int]:
    reach, level = voices.reach[number], voices.enclosing(number)
    found = []
    paragraph = clauses.reading.sentence_of(reach[-1]).paragraph if len(reach) else -1
    for index in range(reach.stop, min(reach.stop + _FARTHEST_CUE, len(clauses.tokens))):
        token = clauses.tokens[index]
        if voices.of(index) != level or clauses.reading.sentence_of(index).paragraph != paragraph:
            break
        if token.text in _SENTENCE_END or token.text == ";":
            break
        found.append(index)
    return found


def _tokens_before(number: int, clauses: Clauses, voices: Voices) -> list[int]:
    """The tokens before a quotation back to the sentence's start, nearest first."""
    reach, level = voices.reach[number], voices.enclosing(number)
    found: list[int] = []
    if not len(reach):
        return found
    paragraph = clauses.reading.sentence_of(reach[0]).paragraph
    for index in range(reach.start - 1, max(-1, reach.start - 1 - _FARTHEST_CUE), -1):
        token = clauses.tokens[index]
        if voices.of(index) != level or clauses.reading.sentence_of(index).paragraph != paragraph:
            break
        if token.text in _SENTENCE_END or token.text == ";":
            break
        found.append(index)
    return found


def _cue_before(
    number: int, clauses: Clauses, voices: Voices, by_token: dict[int, Cue], carriers: frozenset[int]
) -> Cue | None:
    """The cue in "X said: “...”", "X admitted that “...”", "according to which “...”", "Y, X said, “are ...”"."""
    tokens = _tokens_before(number, clauses, voices)
    if not tokens:
        return None
    nearest = clauses.tokens[tokens[0]]
    opened = (
        nearest.text in (":", ",", "that", "—", "–", "-")
        or nearest.index in by_token
        or nearest.tag in ("IN", "TO", "WDT", "WP")
    )
    cues = [by_token[i] for i in tokens if i in by_token and by_token[i].speaker is not None]
    if not cues:
        return None
    others = [c for c in cues if c.speaker not in carriers]
    if others and others[0].kind != "thinking":
        cues = others  # "..., she said, according to CNN, “...”": the outlet only carries
    if nearest.text == ":" or opened:
        return cues[0] if nearest.text != ":" else _of_colon(cues, tokens, clauses)
    # "called the plan “dead on arrival”": the quotation is a part of what hangs on the verb.
    first = voices.reach[number].start
    return next((cue for cue in cues if cue.token in set(clauses.reading.ancestors(first))), None)


def _of_colon(cues: Sequence[Cue], tokens: Sequence[int], clauses: Clauses) -> Cue:
    """Before a colon the main verb introduces what follows, not a verb inside a clause of its own.

    "We note the words of X: ...": a noun of saying that only its speaker parts from the colon goes before the verb.
    """
    nouns = [c for c in cues if c.kind == "noun" and c.speaker is not None and c.speaker > c.token]
    if nouns and not any(clauses.tokens[i].pos in ("VERB", "AUX") for i in tokens if i > nouns[0].token):
        return nouns[0]
    main = [c for c in cues if clauses.tokens[c.token].dep in ("ROOT", "conj", "parataxis")]
    return main[0] if main else cues[0]


def _without_cue(
    number: int, clauses: Clauses, voices: Voices, drafts: Sequence[Draft], carriers: frozenset[int]
) -> Draft:
    """A quotation with no verb beside it: "Brussels: “...”", or the last speaker goes on."""
    tokens = _tokens_before(number, clauses, voices)
    quotation = voices.quotations[number]
    heading = len(voices.reach[number]) > 0 and _in_heading(number, clauses, voices)
    speaker, why, confidence = None, "no cue and no speaker beside the quotation", 0.3
    if tokens and clauses.tokens[tokens[0]].text == ":":
        label = " ".join(clauses.tokens[i].text.lower() for i in reversed(tokens[1:]))
        if label not in clauses.language.turn_labels:  # "Q: ...": nobody is named
            speaker = _named_by_colon(tokens, clauses, carriers)
        why, confidence = "named before the colon", 0.6
    if speaker is None and _goes_on(quotation, clauses.reading.report.text):
        # "“...,” is the closing of Osmani": the sentence goes on and names somebody.
        named = [i for i in _tokens_after(number, clauses, voices) if i in clauses.mention_heads - carriers]
        if named:
            speaker, why, confidence = named[-1], "named behind the quotation", 0.5
    draft = Draft(
        None,
        None,
        speaker,
        [quotation.span],
        "direct",
        voices.enclosing(number),
        [number],
        confidence=confidence,
        why=why,
        labelled=_is_labelled(tokens, clauses),
    )
    last = next((d for d in reversed(drafts) if d.level == draft.level), None)
    if speaker is None and last is not None and not heading and not draft.labelled:
        draft.speaker, draft.why, draft.confidence = last.speaker, "no cue: the speaker before goes on", 0.5
    return draft


def _named_by_colon(tokens: Sequence[int], clauses: Clauses, carriers: frozenset[int]) -> int | None:
    """ "The adviser of X on Telegram: ...": the nearest name that no preposition governs and that carries nothing."""
    named = [i for i in tokens if i in clauses.person_heads and i not in carriers]
    free = [i for i in named if clauses.tokens[i].dep not in ("pobj", "poss")]
    return next(iter(free or named), None)


def _is_labelled(tokens: Sequence[int], clauses: Clauses) -> bool:
    """ "HOST: ...": a turn with a label of its own is not the speaker's before."""
    return bool(tokens) and clauses.tokens[tokens[0]].text == ":" and len(tokens) <= _LONGEST_LABEL


def _in_heading(number: int, clauses: Clauses, voices: Voices) -> bool:
    paragraph = clauses.reading.sentence_of(voices.reach[number][0]).paragraph
    return clauses.reading.paragraphs[paragraph].heading
