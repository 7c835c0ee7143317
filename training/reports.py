"""Reports with every statement marked (corpus/statements): text with spans of source, cue, content, addressee, channel.

A file has a head, the marked text and a table, parted by lines of three dashes; corpus/statements/guidelines.md tells
the rest. A file that breaks the rules is refused with its name and what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]

MANNERS = ("direct", "indirect", "mixed")
CHANNELS = ("outlet", "social", "institution", "document", "broadcast")
# What a tag marks, by its letter.
PARTS = {"s": "source", "c": "cue", "q": "content", "a": "addressee", "m": "channel"}
_TAG = re.compile(r"<(/?)([scqam])(?: ([0-9]+(?:,[0-9]+)*))?>")
_DASHES = re.compile(r"^---[ ]*$\n?", re.MULTILINE)
_CHANNEL = re.compile(r"(.+) \((\w+)\)")
_STANCE = re.compile(r'(.+?) ([+-]1) ["“](.+)["”]')


class MarkupError(ValueError):
    """A report whose markup cannot be read; the message names the file and the place."""


@dataclass(frozen=True)
class Stance:
    """For (1) or against (-1) somebody, with the words that show it."""

    toward: str
    value: int
    words: str


@dataclass(frozen=True)
class Told:
    """One statement as a writer marked it; `spans` by part, in text order. Empty strings are nothing."""

    number: int
    spans: dict[str, tuple[Span, ...]]
    speaker: str
    code: str
    manner: str
    channel: str
    channel_kind: str
    inside: int | None
    addressee: str
    stances: tuple[Stance, ...]
    act: str


@dataclass(frozen=True)
class MarkedReport:
    """A report with its statements in the order of their numbers."""

    id: str
    head: dict[str, str]
    text: str
    statements: tuple[Told, ...]


def read_reports(paths: Iterable[Path]) -> list[MarkedReport]:
    """All reports of the files, in the order given."""
    return [read_report(path) for path in paths]


def read_report(path: Path) -> MarkedReport:
    """One marked report; MarkupError where it breaks the rules."""
    try:
        return _report(path.stem, path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise MarkupError(f"{path}: {error}") from error


def _report(id_: str, raw: str) -> MarkedReport:
    parts = _DASHES.split(raw)
    if len(parts) != 3:
        raise ValueError(f"head, text and table must be parted by two lines of three dashes, not {len(parts) - 1}")
    head = {key.strip(): value.strip() for key, _, value in (row.partition(":") for row in parts[0].splitlines())}
    text, spans = _unmarked(parts[1].strip("\n"))
    rows = [line for line in parts[2].splitlines() if line.strip()]
    statements = tuple(_told(line, spans) for line in rows)
    numbers = [told.number for told in statements]
    if len(set(numbers)) != len(numbers) or set(numbers) != set(spans):
        raise ValueError(f"the table has statements {sorted(numbers)}, the text {sorted(spans)}")
    return MarkedReport(id_, head, text, statements)


def _unmarked(marked: str) -> tuple[str, dict[int, list[tuple[str, Span]]]]:
    """The text without tags, and the spans of each statement with what they are."""
    kept: list[str] = []
    opened: list[tuple[str, list[int], int]] = []
    spans: dict[int, list[tuple[str, Span]]] = {}
    at = length = 0
    for tag in _TAG.finditer(marked):
        kept.append(marked[at : tag.start()])
        length += tag.start() - at
        at = tag.end()
        closing, letter, numbers = tag.groups()
        if not closing:
            opened.append((letter, [int(n) for n in (numbers or "").split(",") if n], length))
        elif opened and opened[-1][0] == letter:
            _, owners, start = opened.pop()
            for owner in owners:
                spans.setdefault(owner, []).append((PARTS[letter], (start, length)))
        else:
            raise ValueError(f"{tag[0]} closes nothing: {marked[max(0, tag.start() - 40) : tag.end()]!r}")
    if opened:
        raise ValueError(f"never closed: {opened}")
    return "".join((*kept, marked[at:])), spans


def _told(line: str, spans: dict[int, list[tuple[str, Span]]]) -> Told:
    cells = ["" if cell.strip() == "-" else cell.strip() for cell in line.split("|")]
    if len(cells) != 9 or not cells[0].isdigit():
        raise ValueError(f"not nine columns that begin with a number: {line}")
    number, speaker, code, manner, channel, inside, addressee, stances, act = cells
    if manner not in MANNERS:
        raise ValueError(f"statement {number}: manner {manner!r} is none of {', '.join(MANNERS)}")
    carried = _CHANNEL.fullmatch(channel)
    if channel and (carried is None or carried[2] not in CHANNELS):
        raise ValueError(f"statement {number}: channel {channel!r} is not NAME (KIND), kind of {', '.join(CHANNELS)}")
    own = spans.get(int(number), [])
    return Told(
        number=int(number),
        spans={part: tuple(sorted(span for kind, span in own if kind == part)) for part in PARTS.values()},
        speaker=speaker,
        code=code,
        manner=manner,
        channel=carried[1] if carried else "",
        channel_kind=carried[2] if carried else "",
        inside=int(inside) if inside else None,
        addressee=addressee,
        stances=tuple(_stance(number, told) for told in stances.split(";") if told.strip()),
        act=act,
    )


def _stance(number: str, told: str) -> Stance:
    found = _STANCE.fullmatch(told.strip())
    if found is None:
        raise ValueError(f'statement {number}: stance {told.strip()!r} is not NAME +1 "WORDS"')
    return Stance(found[1], int(found[2]), found[3])
