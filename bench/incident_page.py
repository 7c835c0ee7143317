"""The section on stories and incidents of `make bench`'s page: how well they are found, and what fusing costs."""

from __future__ import annotations

import fuse_scale
from incident_gold import load_bundles
from incident_sets import read_reports, stories_of, told_by_markings
from incidents import BARS, FOLDER, baseline, crossed, line, measured, stories, usual_kit

ABOUT = """\
Happenings told by many outlets (corpus/incidents, own writing; `python bench/incident_page.py`). *Program*: the
program's own events, a telling without one by its sentence, a telling with neither alone. *Markings*: the marked clause
with the right type and parties, so that only fusing is at fault. *Cross-validated*: weights fitted on other bundles of
development. Bars: B-cubed F1 of incidents {incidents:.2f}, of stories {stories:.2f}, false joins at most
{false:.0%} of the pairs joined, disagreements found {disagreements:.2f}; joining whatever the same two countries did on
the same true day (the baseline) must stay under {baseline:.2f}, or the set is too easy."""
HEAD = """\
| set | tellings found | precision | recall | F1 | F1 of those found | false joins of pairs | disagreements found |
|---|---:|---:|---:|---:|---:|---:|---:|"""
SCALE_HEAD = """\
| synthetic accounts | how many | processor time each | peak memory | incidents | slowest over fastest |
|---|---:|---:|---:|---:|---:|"""


def section(scale: bool = True) -> list[str]:
    """The lines of the section; `scale` adds what fusing costs, which takes some minutes."""
    rows, texts = [], []
    for name in ("development", "unseen"):
        bundles = load_bundles(FOLDER / name)
        readings = read_reports(bundles)
        found = stories_of(bundles)
        easy = baseline(told_by_markings(bundles, readings, found)).f1
        texts.append(f"{name}: stories {stories(bundles, found).f1:.3f}, baseline {easy:.3f}")
        rows += [line(f"{name}, {way}", took) for way, took in measured(bundles, readings, usual_kit()).items()]
        if name == "development":
            across = crossed(bundles, readings, folds=4, seed=0)
            rows += [line(f"{name}, {way}, cross-validated", took) for way, took in across.items()]
    lines = [ABOUT.format(**BARS), "", HEAD, *rows, "", "B-cubed F1 of stories: " + "; ".join(texts) + ".", ""]
    if scale:
        lines += ["Bars: flat within 20 %, under 2,000 MB.", "", SCALE_HEAD, *fuse_scale.rows(), ""]
    return lines


if __name__ == "__main__":
    print("\n".join(section(scale=False)))
