"""Who said what, to whom, through which channel, and inside whose words: the statements of a reading.

Drafts of direct and indirect speech are joined, given their speakers, nested and ordered. Whether the saying is an act
(a demand, a threat) is added when the events are coded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.codebook.language import LanguagePack
from detente.codebook.whoswho import WhosWho
from detente.coding.carrying import add_channels
from detente.coding.channels import Channels
from detente.coding.clauses import Clauses
from detente.coding.cues import Cue, find_cues
from detente.coding.drafts import Draft
from detente.coding.halves import join_halves
from detente.coding.heard_drafts import heard_drafts, join_heard
from detente.coding.indirect import indirect_drafts
from detente.coding.nesting import (
    in_order,
    name_headline_speakers,
    outer_of,
    reach_over_inner,
    without_carriers,
    without_repetitions,
)
from detente.coding.parentheticals import with_parentheticals
from detente.coding.passages import Passages
from detente.coding.quoted import quoted_drafts
from detente.coding.unnamed import name_unnamed
from detente.coding.voices import Voices
from detente.model.participant import Participant
from detente.model.reading import Mention, Reading, Unresolved
from detente.model.span import Span
from detente.model.statement import Statement


@dataclass(frozen=True)
class Told:
    """The statements of a reading, the attributions that could not be given to anybody, and speakers unknown before."""

    statements: tuple[Statement, ...]
    unresolved: tuple[Unresolved, ...]
    speakers: tuple[Participant, ...]


def code_statements(
    reading: Reading, language: LanguagePack, whoswho: WhosWho, passages: Passages | None = None
) -> Told:
    """All attributed statements of a reading in text order."""
    clauses, voices = Clauses(reading, language), Voices(reading)
    cues = find_cues(clauses, voices)
    channels = Channels(clauses, whoswho, voices)
    indirect = with_parentheticals(indirect_drafts(clauses, voices, cues, channels.known.carriers()), clauses, voices)
    drafts = indirect + quoted_drafts(clauses, voices, cues, indirect, channels.known.carriers())
    drafts = _told_by_announcer(drafts, cues, clauses, voices)
    if passages is not None:
        drafts = join_heard(drafts, heard_drafts(passages, clauses, voices), reading.report.text)
    join_halves(drafts, clauses, voices)
    reach_over_inner(drafts)
    _name_speakers(drafts, clauses, voices)
    unnamed = name_unnamed(drafts, clauses, whoswho)
    add_channels(drafts, channels, clauses)
    drafts = without_repetitions(without_carriers(drafts, channels.known.named(), clauses))
    name_headline_speakers(drafts, clauses)
    drafts = in_order(drafts)
    spoken = {id for draft in drafts for id in draft.speaker_ids}
    speakers = tuple(p for p in unnamed if p.id in spoken)
    return Told(_finished(drafts, clauses, voices), tuple(_open(drafts, reading)), speakers)


# -- speakers


def _name_speakers(drafts: Sequence[Draft], clauses: Clauses, voices: Voices) -> None:
    """Give each draft its speaker's participant: the mention at the cue's subject, or the one who says "I"."""
    owner = {n: draft for draft in drafts for n in draft.quotes if draft.manner != "indirect"}
    for draft in sorted(drafts, key=lambda d: d.start):
        if draft.speaker is None:
            continue
        mention = _named_behind(draft, clauses) or _known_at(draft.speaker, clauses)
        if mention is not None:
            draft.speaker_span = mention.span
        elif draft.speaker_span is None or not draft.speaker_span.contains(clauses.tokens[draft.speaker].span):
            draft.speaker_span = clauses.span_of(_phrase(draft.speaker, clauses))
        if mention is not None and mention.refers_to:
            draft.speaker_ids = mention.refers_to
        elif (
            clauses.language.pronouns.get(clauses.tokens[draft.speaker].text.lower()) == "first"
            and draft.level is not None
        ):
            outer = owner.get(draft.level)
            draft.speaker_ids = outer.speaker_ids if outer is not None else ()
            draft.why = "the one who says 'I' is the speaker of the words around"


def _known_at(speaker: int, clauses: Clauses) -> Mention | None:
    """The mention at the speaker's head, or the name that explains it: "the principal, Miguel Arroyo"."""
    mention = clauses.mention_at.get(speaker)
    if mention is not None and mention.refers_to:
        return mention
    named = (clauses.mention_at.get(c) for c in clauses.below(speaker, "appos"))
    return next((m for m in named if m is not None and m.kind == "name" and m.refers_to), mention)


def _named_behind(draft: Draft, clauses: Clauses) -> Mention | None:
    """ "The speaker of that parliament, Astamur K., ...": the name that ends the words an office opens.

    The parser often hangs such a name on another noun; the encoder heard where the speaker's words end.
    """
    mention, source = clauses.mention_at.get(draft.speaker or 0), draft.heard_source
    if mention is None or source is None or mention.kind != "role" or not source.overlaps(mention.span):
        return None
    text = clauses.reading.report.text
    for name in reversed(clauses.reading.mentions_in(source)):
        if name.kind == "name" and name.refers_to and name.span.start > mention.span.end:
            between = Span(mention.span.end, name.span.start)
            told = any(clauses.tokens[i].pos in ("VERB", "AUX") for i in clauses.reading.tokens_in(between))
            return name if "," in between.words(text) and name.span.end == source.end and not told else None
    return None


def _phrase(head: int, clauses: Clauses) -> list[int]:
    deps = ["det", "amod", "compound", "poss", "nummod", "case"]
    if clauses.tokens[head].text.lower() in clauses.language.some_people:
        deps.append("prep")  # "two of his aides"
    return [head, *(i for c in clauses.below(head, *deps) for i in clauses.reading.subtree(c))]


def _told_by_announcer(drafts: list[Draft], cues: Sequence[Cue], clauses: Clauses, voices: Voices) -> list[Draft]:
    """ "This was announced by X": the sentence before is X's, also where an institution was its subject."""
    sentences = clauses.reading.sentences
    for cue in cues:
        if not cue.about_before or cue.speaker is None:
            continue
        number = clauses.reading.sentence_number(cue.token)
        if number == 0 or sentences[number - 1].paragraph != sentences[number].paragraph:
            continue
        before = sentences[number - 1]
        told = [
            d for d in drafts if d.level == voices.of(cue.token) and any(before.span.contains(s) for s in d.content)
        ]
        for draft in told:
            draft.speaker, draft.why = cue.speaker, "the sentence after names who announced it"
        if not told:
            content = before.span.trimmed(clauses.reading.report.text, " .")
            drafts.append(
                Draft(
                    cue.token,
                    cue.span,
                    cue.speaker,
                    [content],
                    "indirect",
                    voices.of(cue.token),
                    confidence=0.6,
                    why="the sentence before is what was announced",
                )
            )
    return drafts


# -- finished statements


def _finished(drafts: Sequence[Draft], clauses: Clauses, voices: Voices) -> tuple[Statement, ...]:
    reading = clauses.reading
    ids = {id(draft): f"{reading.report.id}-s{n}" for n, draft in enumerate(drafts, start=1)}
    found = []
    outers = outer_of(drafts)
    by_name = {p.name: p.id for p in reading.participants}
    open_pronouns = {
        u.span: tuple(by_name[name] for name in u.candidates if name in by_name)
        for u in reading.unresolved
        if u.kind == "pronoun"
    }
    for draft in drafts:
        outer = outers.get(id(draft))
        found.append(
            Statement(
                id=ids[id(draft)],
                speaker=draft.speaker_ids[0] if draft.speaker_ids else None,
                content=tuple(draft.content),
                manner=draft.manner,
                speaker_span=draft.speaker_span,
                candidates=open_pronouns.get(draft.speaker_span, ()),
                cue=draft.cue,
                channel=draft.channel,
                about=_about(draft, voices),
                addressees=_addressees(draft, clauses, voices),
                inside=ids[id(outer)] if outer is not None else None,
                confidence=round(draft.confidence if draft.speaker_ids else draft.confidence * 0.5, 2),
                why=draft.why,
            )
        )
    return tuple(found)


def _about(draft: Draft, voices: Voices) -> tuple[str, ...]:
    """The participants that the content names or refers to, its speaker left out."""
    found: dict[str, None] = {}
    for span in draft.content:
        for mention in voices.mentions_near(span):
            if not _is_ground(mention):
                found.update(dict.fromkeys(mention.refers_to))
    return tuple(id for id in found if id not in draft.speaker_ids)


def _is_ground(mention: Mention) -> bool:
    return mention.as_place or (mention.kind == "demonym" and not mention.refers_to)


def _addressees(draft: Draft, clauses: Clauses, voices: Voices) -> tuple[str, ...]:
    """Who was told: the object of telling or urging, or whoever stands after "to"."""
    if draft.told_to is not None:
        named = _named_by(draft.told_to, voices)
        if named:
            return tuple(id for id in named if id not in draft.speaker_ids)
    if draft.cue_token is None or clauses.tokens[draft.cue_token].pos not in ("VERB", "AUX"):
        return ()
    by_head = clauses.mention_at
    prepositions = clauses.prepositions(draft.cue_token)
    heads = clauses.indirect_objects(draft.cue_token) + prepositions.get("to", []) + prepositions.get("on", [])
    lemma = clauses.tokens[draft.cue_token].lemma
    if lemma in clauses.language.modality["demanded"] or lemma in ("tell", "warn", "assure", "inform", "remind"):
        heads = heads + clauses.objects(draft.cue_token)
    found = {id: None for h in heads if h in by_head and not by_head[h].as_place for id in by_head[h].refers_to}
    carriers = (
        {id for m in voices.mentions_near(draft.channel.span) for id in m.refers_to}
        if draft.channel is not None
        else set()
    )
    return tuple(id for id in found if id not in draft.speaker_ids and id not in carriers)


def _named_by(span: Span, voices: Voices) -> tuple[str, ...]:
    """Whoever the words of a span name, but not those named within a name: Turkey in "the Turkish president"."""
    inside = [m for m in voices.mentions_near(span) if not _is_ground(m)]
    whole = [m for m in inside if not any(o is not m and o.span.contains(m.span) for o in inside)]
    return tuple(dict.fromkeys(id for m in whole for id in m.refers_to))


def _open(drafts: Sequence[Draft], reading: Reading) -> list[Unresolved]:
    """Statements without a speaker, each with the words and the reason."""
    return [
        Unresolved(d.speaker_span or d.content[0], "speaker", f"nobody known speaks these words: {d.why}")
        for d in drafts
        if not d.speaker_ids
    ]
