"""The section of RESULTS.md on statements: our figures by part and style, and peers on the same reports."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from readings import ROOT
from statement_agreement import agreement
from statements import (
    BARS,
    CORPUS,
    Said,
    Scored,
    exact,
    figures,
    nearest_name,
    paired,
    read_all,
    relations,
)

from detente.pipeline import Reader

sys.path.insert(0, str(ROOT / "training"))

PEERS = ROOT / "build" / "peers" / "bin" / "python"
PARTS = ("development", "unseen")
ABOUT = """\
Reports in which every statement is marked (`corpus/statements`, `python bench/statements.py unseen`). *Unseen* are by
two hands that wrote nothing that was learned from, and were never read while rules were made; *development* are by the
hands that were learned from. Invented reports of our own writing, marked by no person: consistency with the
guidelines, not validity. They are denser than news: a statement in some twenty words."""


def section() -> list[str]:
    """Tables of figures, styles and peers."""
    with Reader() as reader:
        read = {part: read_all(CORPUS / part, reader) for part in PARTS}
    measured = {part: figures(scored) for part, scored in read.items()}
    rows = [
        f"| {name} | {_bar(name)} | " + " | ".join(_cell(measured[part][name]) for part in PARTS) + " |"
        for name in measured["unseen"]
    ]
    head = ["| figure | bar | development | unseen |", "|---|---:|---:|---:|"]
    return [
        ABOUT,
        "",
        *head,
        *rows,
        "",
        *_by_style(read["unseen"]),
        "",
        *_peers(read["unseen"]),
        "",
        *agreement(("training", *PARTS)),
        "",
    ]


def _bar(name: str) -> str:
    return f"{BARS[name]:.2f}" if name in BARS else ""


def _cell(value: float) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _by_style(scored: Sequence[Scored]) -> list[str]:
    styles = sorted({one.marked.head.get("style", "") for one in scored})
    rows = []
    for style in styles:
        own = [one for one in scored if one.marked.head.get("style", "") == style]
        rows.append(f"| {style} | {len(own)} | {relations(own):.2f} | {exact(own):.2f} |")
    return ["| style of unseen reports | reports | relation F1 | content exact F1 |", "|---|---:|---:|---:|", *rows]


def _peers(scored: Sequence[Scored]) -> list[str]:
    told: dict[str, Sequence[Sequence[Said]]] = {
        "detente": [one.said for one in scored],
        "nearest name": [nearest_name(one.marked) for one in scored],
    }
    quotes, given_up = _textacy(scored)
    if quotes is not None:
        told[f"textacy, direct quotations (gave up on {given_up} of {len(scored)} reports)"] = quotes
    rows = []
    for name, predictions in told.items():
        bare = [
            Scored(one.marked, None, said, paired(one.marked, said))
            for one, said in zip(scored, predictions, strict=True)
        ]
        direct = relations(bare, lambda told: told.manner != "indirect")
        rows.append(f"| {name} | {relations(bare):.3f} | {direct:.3f} | {exact(bare):.3f} |")
    note = [] if quotes is not None else ["", "textacy is not measured: `make bench-peers` sets it up."]
    head = ["| unseen reports | relation F1 | of direct and mixed ones | content exact F1 |", "|---|---:|---:|---:|"]
    return [*head, *rows, *note]


def _textacy(scored: Sequence[Scored]) -> tuple[list[list[Said]] | None, int]:
    """What textacy finds in each report; None where its environment is not there."""
    if not PEERS.exists():
        return None, 0
    lines = "".join(json.dumps({"id": one.marked.id, "text": one.marked.text}) + "\n" for one in scored)
    script = str(Path(__file__).parent / "peer_quotes.py")
    done = subprocess.run([str(PEERS), script], input=lines, capture_output=True, text=True, check=True)
    found = [json.loads(line)["said"] for line in done.stdout.splitlines()]
    said = [[Said([(a, b)], (c, d), "direct") for (a, b), (c, d) in quotes or []] for quotes in found]
    return said, sum(quotes is None for quotes in found)
