"""The sections on events in bench/RESULTS.md: pairs in sentences with peers, whole sentences, running text."""

from __future__ import annotations

import pairs
import peers
import running
import triples
from readings import OUT, UNSEEN

from detente.pipeline import open_reader

ABOUT_PAIRS = """\
The encoder alone, pairs of parties given, without the words of the deeds (`python bench/pairs.py`). *Plain* parts are
ordinary news sentences; the other two were written to be hard (long, several deeds, no plain words). *Development*
parts set the confidence, *test* parts only judge. A part counts as hard enough where TF-IDF with logistic regression,
trained on the same files, stays at or under {hard:.2f}. Invented sentences of our own writing, coded by no person:
consistency with the codebook, not validity."""
ABOUT_TRIPLES = """\
The same sentences read end to end as reports of one sentence (`python bench/triples.py`): type right; type, source and
target right."""
ABOUT_RUNNING = """\
Running text that was never tuned on. *Both* compares countries, *codes* country and sector; a report is domestic where
most of its events have parties of one country."""
HARD = 0.70
SPEED_BAR = 90
# The bars of running text.
TYPE_BAR, BOTH_BAR, CODES_BAR, SURE_BAR, BACKGROUND_BAR = 0.65, 0.50, 0.45, 0.75, 0.10


def pair_section() -> list[str]:
    """Figures of the encoder on each part, the peers, the pairs a second."""
    told = {part: pairs.measure(part) for part in pairs.PARTS if pairs.part_of(part)}
    if not told:
        return ["Not measured: the corpus is not there.", ""]
    rows = []
    for name in next(iter(told.values())):
        bar = pairs.BARS.get(name)
        cells = [f"{figures[name]:.0f}" if name == "pairs" else f"{figures[name]:.3f}" for figures in told.values()]
        rows.append(f"| {name} | {'' if bar is None else f'{bar:.2f}'} | {' | '.join(cells)} |")
    for peer, reached in peers.measure(list(told)).items():
        rows.append(f"| root macro-F1 of {peer} | | {' | '.join(f'{reached[part]:.3f}' for part in told)} |")
    return [
        ABOUT_PAIRS.format(hard=HARD),
        "",
        f"| figure | bar | {' | '.join(part.replace('_', ', ') for part in told)} |",
        f"|---|---:|{'---:|' * len(told)}",
        *rows,
        "",
        f"`detente classify`: {pairs.pairs_a_second():.0f} pairs a second of processor time on one thread "
        f"(bar {SPEED_BAR}).",
        "",
    ]


def triple_section() -> list[str]:
    """Sentences read end to end."""
    with open_reader() as reader:
        told = {part: triples.measure(part, reader.read) for part in ("test", "test_plain") if pairs.part_of(part)}
    rows = [
        f"| {part.replace('_', ', ')} | {t.wanted} | {t.predicted} | {t.f1(t.typed):.3f} | {t.f1(t.whole):.3f} |"
        for part, t in told.items()
    ]
    return [
        ABOUT_TRIPLES,
        "",
        "| part | events | given | type F1 | triple F1 |",
        "|---|---:|---:|---:|---:|",
        *rows,
        "",
    ]


def running_section() -> list[str]:
    """Unseen reports by scope, by confidence, and what is told as news."""
    readings = OUT / f"{UNSEEN.name}.jsonl"
    items = running.told(UNSEEN, readings)
    rows = [
        f"| {scope} | {t.gold} | {t.f1(t.typed):.2f} | {t.f1(t.both):.2f} | {t.f1(t.codes):.2f} |"
        for scope, t in running.by_scope(UNSEEN, readings).items()
    ]
    reliability = [f"| {mean:.2f} | {right:.2f} | {count} |" for mean, right, count in running.reliability(items)]
    return [
        ABOUT_RUNNING,
        "",
        f"| unseen reports | events | type F1 (bar {TYPE_BAR}) | both (bar {BOTH_BAR}) | codes (bar {CODES_BAR}) |",
        "|---|---:|---:|---:|---:|",
        *rows,
        "",
        f"Right in type where confidence is 0.5 or more: {running.precision_when_sure(items):.2f} (bar {SURE_BAR}). "
        f"Background told as news: {running.background_as_news(items):.1%} (bar {BACKGROUND_BAR:.0%}). "
        "Calibration error of events: "
        f"{running.calibration_error(items):.3f}.",
        "",
        "| confidence, mean of the tenth | right in type, both codes and status | events |",
        "|---:|---:|---:|",
        *reliability,
        "",
    ]
