"""A series as flat rows, one a stretch: for CSV, Parquet and the tables of a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from detente.model.dyad import DyadSeries, DyadStretch, Flow
from detente.model.quads import QUADS


def flat_rows(series: DyadSeries, alerts: Iterable[date]) -> list[dict[str, object]]:
    """One row a stretch, counts only; empty cells where there are no reports."""
    days = sorted(alerts)
    return [_flat(stretch, days) for stretch in series]


def _flat(part: DyadStretch, alerts: Sequence[date]) -> dict[str, object]:
    known = part.coverage.reports > 0 or bool(part.together.ids)
    row: dict[str, object] = {
        "a": part.a,
        "b": part.b,
        "first": part.stretch.first.isoformat(),
        "last": part.stretch.last.isoformat(),
        "reports": part.coverage.reports,
        "outlets": part.coverage.outlets,
        "origins": part.coverage.origins,
        "mix_changed": part.coverage.changed,
    }
    for name in ("a_to_b", "b_to_a", "together"):
        flow: Flow = getattr(part, name)
        row |= {
            f"{name}_quad_{q.number}": len(ids) if known else None for q, ids in zip(QUADS, flow.quads, strict=True)
        }
        row |= {f"{name}_plover": round(flow.plover, 3) if known else None}
        row |= {f"{name}_goldstein": round(flow.goldstein, 3) if known else None}
    share, rate = part.together.conflict_share, part.per_thousand
    row["conflict_share"] = None if share is None else round(share, 4)
    row["per_1000_reports"] = None if rate is None else round(rate, 3)
    row["calls_of_others"] = len(part.calls) if known else None
    row["alerts"] = sum(part.stretch.first <= day <= part.stretch.last for day in alerts)
    return row
