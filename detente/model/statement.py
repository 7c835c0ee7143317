"""Somebody said something: speaker, content, channel, and inside whose statement it is told. Never a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.model.span import Span
from detente.model.when import When

Manner = Literal["direct", "indirect", "mixed"]
ChannelKind = Literal["outlet", "social", "institution", "document", "broadcast"]


@dataclass(frozen=True, slots=True)
class Channel:
    """What only carries the words: CNN, Telegram, a press release."""

    name: str
    kind: ChannelKind
    span: Span

    def to_dict(self) -> dict[str, object]:
        return {"name": self.name, "kind": self.kind, "span": self.span.to_list()}


@dataclass(frozen=True, slots=True)
class Stance:
    """The speaker's attitude toward a participant: -1 against, 0 neither, 1 for."""

    toward: str
    value: int
    span: Span

    def to_dict(self) -> dict[str, object]:
        return {"toward": self.toward, "value": self.value, "span": self.span.to_list()}


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that a report attributes to somebody.

    `content` keeps its quotation marks and an opening "that", without cue and speaker. `inside` is the id of the
    statement in whose speaker's words this one is told. `events` are told in the content, `acts` are what the saying
    itself does.
    """

    id: str
    speaker: str | None
    content: tuple[Span, ...]
    manner: Manner
    speaker_span: Span | None = None
    candidates: tuple[str, ...] = ()
    cue: Span | None = None
    channel: Channel | None = None
    about: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    stance: tuple[Stance, ...] = ()
    inside: str | None = None
    when: When | None = None
    events: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    confidence: float = 0.0
    why: str = ""

    def to_dict(self) -> dict[str, object]:
        """The `statements` object of the JSON contract."""
        return {
            "id": self.id,
            "speaker": self.speaker,
            "speaker_span": self.speaker_span.to_list() if self.speaker_span else None,
            "candidates": list(self.candidates),
            "cue": self.cue.to_list() if self.cue else None,
            "content": [span.to_list() for span in self.content],
            "manner": self.manner,
            "channel": self.channel.to_dict() if self.channel else None,
            "about": list(self.about),
            "addressees": list(self.addressees),
            "stance": [s.to_dict() for s in self.stance],
            "inside": self.inside,
            "when": self.when.to_dict() if self.when else None,
            "events": list(self.events),
            "acts": list(self.acts),
            "confidence": self.confidence,
            "why": self.why,
        }
