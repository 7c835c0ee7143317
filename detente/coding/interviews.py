"""Interviews of a report's own outlet: who talks to it, as a sentence announces or as the labels of a transcript show.

Whoever is interviewed speaks through the outlet all through the report. Interviews with others are `channels`' part.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.coding.channels import Channels
from detente.coding.clauses import Clauses
from detente.coding.speakers import speaker_at
from detente.model.reading import Mention
from detente.model.statement import Channel

_LABEL_END = ":"


def announced_interviews(channels: Channels, clauses: Clauses) -> dict[str, Channel]:
    """The channel of each participant who speaks to the report's own outlet, by participant id."""
    found: dict[str, Channel] = {}
    labels = list(_labels(clauses))
    for mention in clauses.reading.mentions:
        if not channels.known.is_own(mention):
            continue
        channel = Channel(clauses.reading.report.outlet or mention.name, "outlet", mention.span)
        speakers = list(_who_talks_to(mention, clauses))
        if any(label.span == mention.span for label in labels):
            speakers += [label for label in labels if not channels.known.is_own(label)]
        for speaker in speakers:
            found |= {id: found.get(id, channel) for id in speaker.refers_to}
    return found


def _who_talks_to(outlet: Mention, clauses: Clauses) -> Iterator[Mention]:
    """ "She talked to the Gazette", "received Kestrel in his garden": the subjects of talking."""
    for verb in clauses.reading.ancestors(outlet.head):
        token = clauses.tokens[verb]
        if token.pos not in ("VERB", "AUX"):
            continue
        hearers = [i for name in ("to", "with") for i in clauses.prepositions(verb).get(name, ())]
        hearers += [*clauses.objects(verb), *clauses.indirect_objects(verb)]
        if token.lemma in clauses.language.interviewing and outlet.head in hearers:
            speaker = speaker_at(verb, clauses)
            if speaker is not None and (mention := clauses.mention_at.get(speaker)) is not None:
                yield mention
        return


def _labels(clauses: Clauses) -> Iterator[Mention]:
    """Names at the beginning of a paragraph with a colon behind them: the speakers of a transcript."""
    starts = {p.span.start for p in clauses.reading.paragraphs}
    text = clauses.reading.report.text
    for mention in clauses.reading.mentions:
        if mention.span.start in starts and text[mention.span.end : mention.span.end + 1] == _LABEL_END:
            yield mention
