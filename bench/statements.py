"""Who said what, on reports in which every statement is marked (corpus/statements): found, cut, attributed, carried.

    python bench/statements.py [development | unseen | FOLDER]

A predicted and a marked statement are one where their contents share half of their words (Dice 0.5), one to one, as
many words as possible. A relation is such a pair whose source is right: the words that name the speaker overlap.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from readings import ROOT
from scipy.optimize import linear_sum_assignment

from detente.model.coded import CodedReport
from detente.model.report import Report
from detente.model.span import Span
from detente.model.statement import Statement
from detente.pipeline import Reader

sys.path.insert(0, str(ROOT / "training"))
from reports import MarkedReport, Told, read_reports

CORPUS = ROOT / "corpus" / "statements"
BARS = {
    "relation F1": 0.75,
    "relation F1, indirect": 0.65,
    "content exact F1": 0.60,
    "speaker, resolved": 0.85,
    "channel": 0.80,
    "nesting": 0.80,
    "stance macro-F1": 0.70,
}
_ALIKE = 0.5
_WORD = re.compile(r"\w+")
# Words of a name that say nothing about whose it is.
_EMPTY = frozenset({"the", "of", "a", "an", "for", "and", "anonymous", "in", "to", "who", "not"})

Words = frozenset[int]


@dataclass(frozen=True)
class Said:
    """One predicted statement, whoever predicted it: contents and source as spans."""

    content: Sequence[tuple[int, int]]
    source: tuple[int, int] | None
    manner: str = "indirect"


@dataclass(frozen=True)
class Scored:
    """A report with what was predicted and which prediction is the partner of which marked statement."""

    marked: MarkedReport
    coded: CodedReport | None
    said: Sequence[Said]
    partner: dict[int, int]


def words_of(text: str, spans: Sequence[tuple[int, int]]) -> Words:
    """The words that spans touch, by where they begin."""
    return frozenset(m.start() for m in _WORD.finditer(text) if any(m.start() < b and a < m.end() for a, b in spans))


def paired(marked: MarkedReport, said: Sequence[Said]) -> dict[int, int]:
    """Number of each marked statement that is found, with the prediction's number."""
    gold = [words_of(marked.text, told.spans["content"]) for told in marked.statements]
    mine = [words_of(marked.text, one.content) for one in said]
    if not gold or not mine:
        return {}
    alike = np.array([[2 * len(g & m) / max(1, len(g) + len(m)) for m in mine] for g in gold])
    alike[alike < _ALIKE] = 0
    # A statement told again within another one has like words: the source decides where the words do not.
    right = np.array([[_same_source(told, one) for one in said] for told in marked.statements])
    rows, columns = linear_sum_assignment(-(alike + 0.05 * right * (alike > 0)))
    return {int(r): int(c) for r, c in zip(rows, columns, strict=True) if alike[r, c] > 0}


def _same_source(told: Told, one: Said) -> bool:
    """The source's words overlap (and are not much longer), or neither has any."""
    sources = told.spans["source"]
    if not sources or one.source is None:
        return not sources and one.source is None
    longest = max(b - a for a, b in sources)
    a, b = one.source
    return any(a < end and start < b for start, end in sources) and b - a <= 3 * longest + 30


def relations(scored: Sequence[Scored], keep: Callable[[Told], bool] | None = None) -> float:
    """F1 of contents found with the right source; with `keep`, of those marked statements (precision of all)."""
    right = wanted = found = given = 0
    for one in scored:
        given += len(one.said)
        for row, told in enumerate(one.marked.statements):
            hit = row in one.partner and _same_source(told, one.said[one.partner[row]])
            found += hit
            if keep is None or keep(told):
                wanted += 1
                right += hit
    precision, recall = found / max(1, given), right / max(1, wanted)
    return 2 * precision * recall / max(1e-9, precision + recall)


def exact(scored: Sequence[Scored]) -> float:
    """F1 of contents cut to the very words."""
    hits = sum(
        words_of(one.marked.text, told.spans["content"])
        == words_of(one.marked.text, one.said[one.partner[row]].content)
        for one in scored
        for row, told in enumerate(one.marked.statements)
        if row in one.partner
    )
    return 2 * hits / max(1, sum(len(one.said) + len(one.marked.statements) for one in scored))


def figures(scored: Sequence[Scored]) -> dict[str, float]:
    """All figures of reports that `detente` has read."""
    pairs = list(_pairs(scored))
    speakers = [
        _right_speaker(told, own, coded) for told, own, coded, _ in pairs if told.speaker and told.spans["source"]
    ]
    channels = [_right_channel(told, own, one.marked.text) for told, own, _, one in pairs if told.channel]
    nested = [_right_nest(told, own, one) for told, own, _, one in pairs if told.inside is not None]
    manners = [told.manner == own.manner for told, own, _, _ in pairs]
    statements = sum(len(one.marked.statements) for one in scored)
    given = sum(len(one.said) for one in scored)
    return {
        "relation F1": relations(scored),
        "relation F1, direct": relations(scored, lambda told: told.manner != "indirect"),
        "relation F1, indirect": relations(scored, lambda told: told.manner == "indirect"),
        "content found, precision": len(pairs) / max(1, given),
        "content found, recall": len(pairs) / max(1, statements),
        "content exact F1": exact(scored),
        "speaker, resolved": _share(speakers),
        "channel": _share(channels),
        "channel, none where none": _share([own.channel is None for told, own, _, _ in pairs if not told.channel]),
        "nesting": _share(nested),
        "manner": _share(manners),
        "stance macro-F1": stance(pairs),
        "stance macro-F1, with marked parties not found": stance(pairs, missing=True),
        "statements": statements,
        "reports": len(scored),
    }


def _pairs(scored: Sequence[Scored]) -> Iterator[tuple[Told, Statement, CodedReport, Scored]]:
    for one in scored:
        if one.coded is not None:
            for row, column in one.partner.items():
                yield one.marked.statements[row], one.coded.statements[column], one.coded, one


def _right_speaker(told: Told, own: Statement, coded: CodedReport) -> bool:
    """The participant's name shares a telling word with the speaker's, or names the same words of the report."""
    found = {p.id: p for p in coded.participants}.get(own.speaker or "")
    if found is None:
        return False
    named, mine = telling(told.speaker), telling(found.name)
    return bool(named & mine) or any(
        Span(*span) == mention for span in told.spans["source"] for mention in found.mentions if named
    )


def telling(name: str) -> set[str]:
    """The words of a name that say whose it is, in small letters."""
    return {word for word in re.findall(r"\w+", name.lower()) if word not in _EMPTY}


def _right_channel(told: Told, own: Statement, text: str) -> bool:
    """The channel's name, or the words of the report that name it, share a telling word (Twitter is called X now)."""
    if own.channel is None:
        return False
    return bool(telling(told.channel) & (telling(own.channel.name) | telling(own.channel.span.words(text))))


def _right_nest(told: Told, own: Statement, one: Scored) -> bool:
    rows = {other.number: row for row, other in enumerate(one.marked.statements)}
    outer = one.partner.get(rows.get(told.inside or -1, -1))
    return one.coded is not None and outer is not None and one.coded.statements[outer].id == own.inside


def toward(told: Told, own: Statement, one: Scored) -> Iterator[tuple[str, int, int]]:
    """Each participant of a statement with the marked stance toward it (0 where none is marked) and the one found.

    A marked party that the statement is not found to be about comes with its name, and nothing is found toward it.
    """
    mine = {s.toward: s.value for s in own.stance}
    marked: dict[str, int] = {}
    missing = []
    for stance in told.stances:
        parties = _called(stance.toward, own.about, one)
        missing += [(stance.toward, stance.value, 0)] if not parties else []
        for party in parties:
            marked.setdefault(party, stance.value)
    yield from ((party, marked.get(party, 0), mine.get(party, 0)) for party in own.about)
    yield from missing


def _called(name: str, about: Sequence[str], one: Scored) -> list[str]:
    """Which of these participants bear a name of the table, by the surest way that finds any.

    Writers name whom the reading may call "the minister": then the words that a marked statement of theirs names them
    by tell who they are, else a proper name by which the report calls them ("Britain" for the United Kingdom), else
    that the statement is about one participant without a name ("the singer"). What stance was found plays no part.
    """
    wanted = telling(name)
    parties = [p for p in one.coded.participants if p.id in about] if one.coded is not None else []
    unnamed = [p.id for p in parties if p.kind in ("role", "group")]
    spans = {Span(*s) for t in one.marked.statements if t.speaker == name for s in t.spans["source"]}
    return (
        [p.id for p in parties if wanted & telling(p.name)]
        or [p.id for p in parties if spans & set(p.mentions)]
        or [p.id for p in parties if any(wanted & _proper(m.words(one.marked.text)) for m in p.mentions)]
        or (unnamed if len(unnamed) == 1 else [])
    )


def _proper(words: str) -> set[str]:
    return telling(" ".join(re.findall(r"\b[A-Z]\w+", words)))


def stance(pairs: Sequence[tuple[Told, Statement, CodedReport, Scored]], missing: bool = False) -> float:
    """Macro-F1 over for, against and neither, toward each participant that the content names or refers to.

    With `missing`, marked parties that the statement is not found to be about count as neither: the harder figure.
    """
    items = [i for told, own, _, one in pairs for i in toward(told, own, one) if missing or i[0] in own.about]
    scores = []
    for value in (-1, 0, 1):
        hits = sum(wanted == given == value for _, wanted, given in items)
        both = sum(wanted == value for _, wanted, _ in items) + sum(given == value for _, _, given in items)
        scores.append(2 * hits / max(1, both))
    return sum(scores) / len(scores)


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def read_all(folder: Path, reader: Reader) -> list[Scored]:
    """Each report of a folder, read and paired."""
    return [_scored(marked, reader) for marked in read_reports(sorted(folder.glob("*.txt")))]


def _scored(marked: MarkedReport, reader: Reader) -> Scored:
    day = marked.head.get("published")
    coded = reader.read(
        Report(marked.text, published=date.fromisoformat(day) if day else None, outlet=marked.head.get("outlet"))
    )
    said = [Said([(c.start, c.end) for c in s.content], _span(s.speaker_span), s.manner) for s in coded.statements]
    return Scored(marked, coded, said, paired(marked, said))


def _span(span: Span | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)


def nearest_name(marked: MarkedReport) -> list[Said]:
    """The baseline: each quotation, and each sentence with a verb of saying, belongs to the nearest name."""
    text = marked.text
    names = [m.span() for m in _NAME.finditer(text)]
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    told = [m.span() for m in _SENTENCE.finditer(text) if _SAYING.search(m[0])]
    told = [span for span in told if not any(a < span[1] and span[0] < b for a, b in quoted)]
    found = []
    for a, b in quoted:
        outside = [n for n in names if not (a <= n[0] < b)]
        near = min(outside, key=lambda n: min(abs(n[0] - b), abs(a - n[1])), default=None)
        found.append(Said([(a, b)], near, "direct"))
    for a, b in told:
        inside = [n for n in names if a <= n[0] < b]
        verb = _SAYING.search(text, a, b)
        at = verb.start() if verb else a
        found.append(Said([(a, b)], min(inside, key=lambda n: abs(n[0] - at), default=None)))
    return found


_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of |the |al |de |von |van |bin )?[A-Z][\w’'-]+)*")
_QUOTED = re.compile(r'"[^"\n]{12,}"|“[^”\n]{12,}”|«[^»\n]{12,}»')
_SENTENCE = re.compile(r"[^.\n]+[.\n]")
_SAYING = re.compile(
    r"\b(said|says|told|tells|according to|warned|added|announced|claimed|denied|stated|insisted|argued|urged|called|"
    r"promised|demanded|accused|believes?|hopes?|fears?)\b"
)


def measure(folder: Path, reader: Reader) -> dict[str, Any]:
    """The figures of a folder with the baseline's."""
    scored = read_all(folder, reader)
    bare = [
        Scored(one.marked, None, said, paired(one.marked, said))
        for one in scored
        for said in [nearest_name(one.marked)]
    ]
    return figures(scored) | {
        "nearest name: relation F1": relations(bare),
        "nearest name: content exact F1": exact(bare),
    }


def main() -> None:
    """Print the figures of one part."""
    part = sys.argv[1] if len(sys.argv) > 1 else "development"
    folder = CORPUS / part if (CORPUS / part).exists() else Path(part)
    with Reader() as reader:
        print(json.dumps({name: round(value, 3) for name, value in measure(folder, reader).items()}, indent=1))


if __name__ == "__main__":
    main()
