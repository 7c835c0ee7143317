"""Draws the series of a pair: conflict and cooperation by stretch, alerts as lines, the main incidents labelled.

Only importer of matplotlib, which is an extra: `pip install "detente[plot]"`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from detente.model.dyad import DyadSeries
from detente.model.incident import Incident

FORMS = (".svg", ".png")


class PlottingMissing(Exception):
    """matplotlib is not installed; the message says how to install it."""


def draw(series: DyadSeries, alerts: Sequence[date], incidents: Sequence[Incident], path: Path) -> None:
    """Draw into a file, wholly or not at all; the same series gives the same SVG."""
    try:
        import matplotlib

        matplotlib.use("Agg")
        from matplotlib import pyplot
    except ImportError as missing:
        raise PlottingMissing('plots need matplotlib: pip install "detente[plot]"') from missing
    with matplotlib.rc_context({"svg.hashsalt": "detente", "svg.fonttype": "none"}):
        figure, axes = pyplot.subplots(figsize=(11, 4.5), layout="constrained")
        days = [stretch.stretch.first for stretch in series]
        width = max(1, (series.stretches[0].stretch.last - series.stretches[0].stretch.first).days) if days else 1
        for number, colour, words in ((0, "#4c78a8", "cooperation"), (1, "#c44e52", "conflict")):
            heights = [_height(stretch.together.quads, number) for stretch in series]
            axes.bar(days, heights, width=width, color=colour, label=f"incidents of {words}")  # type: ignore[arg-type]
        for at, day in enumerate(sorted(alerts)):
            axes.axvline(day, color="black", linestyle=":", label="alert" if not at else None)  # type: ignore[arg-type]
        for at, incident in enumerate(i for i in incidents if i.first):
            place = f", {incident.where.name}" if incident.where else ""
            axes.annotate(
                f"{incident.type.lower()}{place}",
                (incident.first, 0),
                xytext=(0, -18 - 11 * (at % 3)),
                textcoords="offset points",
                fontsize=7,
                ha="center",
                arrowprops={"arrowstyle": "-", "lw": 0.5},
            )
        axes.axhline(0, color="black", lw=0.5)
        axes.set_title(f"{series.a} and {series.b}: incidents by {series.unit}, cooperation up, conflict down")
        axes.legend(loc="upper left", fontsize=8, frameon=False)
        figure.autofmt_xdate()
        _save(figure, path)
        pyplot.close(figure)


def _height(quads: Sequence[Sequence[str]], number: int) -> int:
    """Cooperation as a number above zero, conflict as one below."""
    return -len(quads[2]) - len(quads[3]) if number else len(quads[0]) + len(quads[1])


def _save(figure: object, path: Path) -> None:
    beside = path.with_name(f".{path.name}.part")
    try:
        figure.savefig(beside, format=path.suffix[1:], metadata={"Date": None} if path.suffix == ".svg" else None)  # type: ignore[attr-defined]
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
