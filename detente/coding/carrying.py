"""Which channel carries each draft of a report: found at its words, or gone on with since its speaker's last words.

Finding a channel around one cue is `channels`' part; here stands how channels run through a report.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.channels import Channels
from detente.coding.clauses import Clauses
from detente.coding.drafts import Draft
from detente.coding.interviews import announced_interviews
from detente.coding.nesting import outer_of
from detente.model.statement import Channel

_RUN_ON = frozenset({"social", "document", "broadcast"})
_OCCASION = ("at", "during", "before", "in")
_SAID_TO = frozenset({"say", "speak", "repeat", "announce"})


def add_channels(drafts: Sequence[Draft], channels: Channels, clauses: Clauses) -> None:
    """Give each draft its channel, where the words name one or the speaker still speaks through the last."""
    last: Draft | None = None
    interviews = announced_interviews(channels, clauses)
    outers = outer_of(drafts)
    for draft in sorted(drafts, key=lambda d: d.start):
        draft.channel = _at_its_words(draft, channels, outers.get(id(draft)))
        if draft.level is not None:
            continue
        elsewhere = draft.channel is None and _is_elsewhere(draft, channels, clauses)
        if draft.channel is None and not elsewhere and last is not None and _goes_on(draft, last, channels, clauses):
            draft.channel = last.channel
        if draft.channel is None and not elsewhere:
            draft.channel = next((interviews[id] for id in draft.speaker_ids if id in interviews), None)
        if draft.channel is None and draft.manner == "direct" and draft.speaker_ids:
            draft.channel = channels.announced_before(draft)
        if draft.channel is not None and channels.known.is_interview(draft.channel):
            interviews |= dict.fromkeys(draft.speaker_ids, draft.channel)
        last = draft


def _at_its_words(draft: Draft, channels: Channels, outer: Draft | None) -> Channel | None:
    """The channel that the grammar finds around the cue, else the encoder's, else the paper that speaks itself."""
    found = channels.of_draft(draft, outer)
    if found is None and draft.carried is not None:
        found = channels.known.named_by(draft.carried)
    if found is not None and found.kind == "outlet" and draft.speaker_span is not None:
        found = None if found.span.overlaps(draft.speaker_span) else found  # its own word
    return found or channels.of_speaker(draft) or channels.of_verb(draft)


def _goes_on(draft: Draft, last: Draft, channels: Channels, clauses: Clauses) -> bool:
    """Whether a speaker goes on, within a paragraph, in the channel of his last words: a post, a paper, a talk.

    An outlet that told one thing of him need not have told the next, unless it interviews him.
    """
    if last.channel is None or not _same_speaker(draft, last) or not _same_paragraph(draft, last, clauses):
        return False
    return last.channel.kind in _RUN_ON or channels.known.is_interview(last.channel)


def _is_elsewhere(draft: Draft, channels: Channels, clauses: Clauses) -> bool:
    """ "Told parliament", "said at a rally": the speaker is no longer where he last spoke."""
    cue = draft.cue_token
    if cue is None or clauses.tokens[cue].pos not in ("VERB", "AUX"):
        return False
    tokens, prepositions, language = clauses.tokens, clauses.prepositions(cue), clauses.language
    places = [i for name in _OCCASION for i in prepositions.get(name, ())]
    if any(tokens[i].lemma in language.occasions for i in places):
        return True
    heard = clauses.indirect_objects(cue) + (clauses.objects(cue) if tokens[cue].lemma == "tell" else [])
    heard += prepositions.get("to", []) if tokens[cue].lemma in _SAID_TO else []
    others = [i for i in heard if tokens[i].lemma not in language.askers and i not in channels.known.carriers()]
    return any(tokens[i].pos in ("NOUN", "PROPN") for i in others)


def _same_paragraph(a: Draft, b: Draft, clauses: Clauses) -> bool:
    reading = clauses.reading
    places = [reading.tokens_in(draft.content[0]) for draft in (a, b)]
    return all(places) and len({reading.sentence_of(tokens[0]).paragraph for tokens in places}) == 1


def _same_speaker(a: Draft, b: Draft) -> bool:
    return bool(set(a.speaker_ids) & set(b.speaker_ids)) or (a.speaker is not None and a.speaker == b.speaker)
