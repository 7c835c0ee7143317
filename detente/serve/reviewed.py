"""What a reviewer is shown of one event or statement, as plain strings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from detente.model.quads import quad_of
from detente.model.span import Span
from detente.serve.wording import (
    clean,
    cut,
    date_words,
    name_of,
    names_of,
    parties,
    place_words,
    speaker_words,
    told_by,
)
from detente.store.checked import Item

AROUND, LONGEST = 160, 1200


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the report's text: whether it is the item's own words, and the word that tells an event."""

    words: str
    own: bool = False
    trigger: bool = False


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One event or statement with its words among the words around them."""

    id: str
    kind: str
    report: str
    title: str
    type: str
    quad: int
    facts: tuple[tuple[str, str], ...]
    stretches: tuple[Stretch, ...]
    names: tuple[str, ...]
    confidence: str


def card_of(item: Item) -> ItemCard:
    """The card of an item."""
    coded, mark = item.coded, item.mark
    report = coded.report
    about = ", ".join(part for part in (report.outlet, report.published and report.published.isoformat()) if part)
    facts: list[tuple[str, str]]
    if mark.kind == "event":
        event = next(e for e in coded.events if e.id == mark.id)
        confidence, quad = event.confidence, quad_of(event).number
        facts = [
            ("who", parties(coded, event)),
            ("hit", names_of(coded, event.victims)),
            ("when", date_words(event.when)),
            ("where", place_words(event.place)),
            ("status", event.status.replace("_", " ")),
            ("on whose word", told_by(coded, event)),
        ]
    else:
        said = next(s for s in coded.statements if s.id == mark.id)
        confidence, quad = said.confidence, 0
        facts = [
            ("speaker", speaker_words(coded, said)),
            ("channel", clean(said.channel.name) if said.channel else ""),
            ("about", names_of(coded, said.about)),
            ("to", names_of(coded, said.addressees)),
        ]
    told = tuple((name, words) for name, words in [*facts, ("report", clean(about))] if words)
    names = tuple(dict.fromkeys(name_of(coded, p.id) for p in coded.participants))
    return ItemCard(
        mark.id, mark.kind, report.id, clean(cut(report.title or report.id, 100)), mark.type or "no type", quad, told,
        _stretches(item), names, f"{round(100 * confidence)} %",
    )  # fmt: skip


def _stretches(item: Item) -> tuple[Stretch, ...]:
    """The item's words with what stands around them."""
    text, spans = item.coded.report.text, item.mark.spans
    if not spans:
        return ()
    trigger = spans[0] if item.mark.kind == "event" else Span(0, 0)
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    begin = text.rfind(" ", 0, first - AROUND) + 1 if first > AROUND else 0
    end = min(len(text), last + AROUND, first + LONGEST)
    edges = {begin, end, *(at for span in spans for at in (span.start, span.end) if begin < at < end)}
    found = [Stretch("\u2026 ")] if begin else []
    for start, stop in pairwise(sorted(edges)):
        piece = Span(start, stop)
        own = any(span.contains(piece) for span in spans)
        found.append(Stretch(_kept(piece.words(text)), own, trigger.contains(piece)))
    return (*found, *([Stretch("\u2026")] if end < len(text) else []))


def _kept(words: str) -> str:
    """The words made plain, with the blanks that part them from their neighbours."""
    before, after = words[:1].isspace() and bool(words.strip()), words[-1:].isspace()
    return f"{' ' if before else ''}{clean(words)}{' ' if after else ''}"
