"""How well two hands agree who marked the same reports without sight of each other: the second scored by the first.

What people (here: writers of the project) cannot agree on, no program can be asked to get right.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from readings import ROOT
from statements import CORPUS, Said, Scored, exact, paired, relations, telling

sys.path.insert(0, str(ROOT / "training"))
from reports import MarkedReport, Told, read_reports

Pairs = list[tuple[Told, Told, Scored, MarkedReport]]


def agreement(parts: Sequence[str]) -> list[str]:
    """Two sentences with all figures; `parts` are the folders of the first markings."""
    firsts = {r.id: r for part in parts for r in read_reports(sorted((CORPUS / part).glob("*.txt")))}
    scored, pairs = [], []
    for second in read_reports(sorted((CORPUS / "double").glob("*.txt"))):
        first = firsts[second.id]
        said = [Said(t.spans["content"], next(iter(t.spans["source"]), None), t.manner) for t in second.statements]
        one = Scored(first, None, said, paired(first, said))
        scored.append(one)
        pairs += [(first.statements[a], second.statements[b], one, second) for a, b in one.partner.items()]
    count = sum(len(one.marked.statements) for one in scored)
    return [
        f"Two hands on the same {len(scored)} reports ({count} statements, `corpus/statements/double`), the second",
        f"scored by the first: relation F1 {relations(scored):.2f}, content exact F1 {exact(scored):.2f},",
        f"channel {_channels(pairs):.2f}, nesting {_nesting(pairs):.2f}, stance macro-F1 {_stance(pairs):.2f}.",
    ]


def _channels(pairs: Pairs) -> float:
    """Of the channels that the first hand gives, the share that the second gives by a word of the same name."""
    given = [bool(telling(one.channel) & telling(two.channel)) for one, two, _, _ in pairs if one.channel]
    return sum(given) / max(1, len(given))


def _nesting(pairs: Pairs) -> float:
    right = [_same_nest(*pair) for pair in pairs if pair[0].inside is not None]
    return sum(right) / max(1, len(right))


def _same_nest(one: Told, two: Told, scored: Scored, second: MarkedReport) -> bool:
    numbers = [told.number for told in scored.marked.statements]
    outer = scored.partner.get(numbers.index(one.inside or -1))
    return outer is not None and second.statements[outer].number == two.inside


def _stance(pairs: Pairs) -> float:
    """Macro-F1 over for, against and neither, toward each party that either hand has a stance on."""
    items = [values for one, two, _, _ in pairs for values in _values(one, two)]
    scores = []
    for value in (-1, 0, 1):
        hits = sum(a == b == value for a, b in items)
        scores.append(2 * hits / max(1, sum(a == value for a, _ in items) + sum(b == value for _, b in items)))
    return sum(scores) / len(scores)


def _values(one: Told, two: Told) -> Iterator[tuple[int, int]]:
    theirs = {stance.toward: stance.value for stance in two.stances}
    for stance in one.stances:
        same = next((name for name in theirs if telling(name) & telling(stance.toward)), None)
        yield stance.value, theirs.pop(same) if same is not None else 0
    yield from ((0, value) for value in theirs.values())
    if not one.stances and not two.stances:
        yield 0, 0
