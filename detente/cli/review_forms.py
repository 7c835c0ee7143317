"""How a review leaves the program: items with their words and verdicts, lists, figures; as table, JSON Lines or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.cli.formats import BREAKS
from detente.cli.listing import SHORT_ID
from detente.cli.quote_forms import guarded
from detente.model.stake import stake_of_event, stake_of_statement
from detente.model.verdict import Correction, Traced
from detente.serve.wording import clean, cut, date_words, names_of, own_words, parties, place_words, speaker_words
from detente.store.checked import Item

Row = Mapping[str, object]
WORDS_SHOWN = 400


class ReviewFormat(StrEnum):
    """The forms a review can be asked in."""

    table = "table"
    json = "json"
    csv = "csv"


def print_items(items: Sequence[tuple[Item, Sequence[Traced]]], form: ReviewFormat) -> None:
    """Items, each with what was said of it."""
    rows = [item_row(item) | {"verdicts": [t.verdict.to_dict() for t in given]} for item, given in items]
    if form is not ReviewFormat.table:
        print_rows(rows, form)
        return
    console = Console(highlight=False, emoji=False)
    for (_, given), row in zip(items, rows, strict=True):
        told = {key: value for key, value in row.items() if value not in (None, "", [])}
        for name, value in told.items():
            if name not in ("verdicts", "words", "kind", "report"):
                console.print(Text.assemble((f"{name:>12}  ", "dim"), clean(str(value))))
        console.print(
            Text.assemble((f"{'words':>12}  ", "dim"), (cut(clean(str(row["words"])), WORDS_SHOWN), "italic"))
        )
        for traced in given:
            console.print(Text.assemble((f"{'verdict':>12}  ", "dim"), _line(traced)))
        console.print()


def item_row(item: Item) -> dict[str, object]:
    """What a reviewer needs to know of an item, by name."""
    coded, mark = item.coded, item.mark
    words = " \u2026 ".join(span.words(coded.report.text) for span in mark.spans)
    named = {"item": mark.id, "kind": mark.kind, "report": mark.report, "type": mark.type}
    if mark.kind == "event":
        event = next(e for e in coded.events if e.id == mark.id)
        told: dict[str, object] = {
            "parties": parties(coded, event),
            "victims": names_of(coded, event.victims),
            "when": date_words(event.when),
            "where": place_words(event.place),
            "status": event.status,
            "own": own_words(event),
            "confidence": event.confidence,
            "stake": round(stake_of_event(event), 3),
        }
    else:
        said = next(s for s in coded.statements if s.id == mark.id)
        told = {
            "speaker": speaker_words(coded, said),
            "channel": said.channel.name if said.channel else None,
            "about": names_of(coded, said.about),
            "confidence": said.confidence,
            "stake": round(stake_of_statement(said.confidence), 3),
        }
    return {**named, **told, "words": words}


def print_verdicts(found: Sequence[Traced], form: ReviewFormat) -> None:
    """Verdicts, a row each."""
    if form is not ReviewFormat.table:
        print_rows([t.verdict.to_dict() | {"fate": t.fate, "item_now": t.item} for t in found], form)
        return
    table = _table("No.", "Item", "Type", "Verdict", "By", "When", "Item now")
    for traced in found:
        verdict, mark = traced.verdict, traced.verdict.mark
        what = Text.assemble(verdict.judgement, (f" {_told(verdict.correction)}", "dim"))
        item = f"{mark.report[:SHORT_ID]}-{mark.id.removeprefix(f'{mark.report}-')}"
        now = "as it was" if traced.fate == "holds" else "coded otherwise" if traced.fate == "changed" else "gone"
        table.add_row(str(verdict.number), item, mark.type, what, clean(verdict.by), verdict.when[:10], now)
    if found:
        Console(highlight=False, emoji=False).print(table)


def print_rows(rows: Sequence[Row], form: ReviewFormat) -> None:
    """Rows of one shape."""
    if form is ReviewFormat.json:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False).translate(BREAKS) + "\n")
    elif rows and form is ReviewFormat.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows([guarded(_cell(value)) for value in row.values()] for row in rows)
    elif rows:
        table = _table(*(str(name).replace("_", " ") for name in rows[0]))
        for row in rows:
            table.add_row(*(clean(_cell(value)) for value in row.values()))
        Console(highlight=False, emoji=False).print(table)


def _table(*names: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in names:
        table.add_column(name)
    return table


def _cell(value: object) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)


def _line(traced: Traced) -> str:
    verdict = traced.verdict
    changed = "" if traced.fate == "holds" else ", of another coding"
    note = f": {clean(verdict.note)}" if verdict.note else ""
    return f"{verdict.judgement} {_told(verdict.correction)}({clean(verdict.by)}, {verdict.when}{changed}){note}"


def _told(correction: Correction) -> str:
    told = (f"{name} {clean(_cell(value))}" for name, value in correction.to_dict().items())
    return "; ".join(told) + (" " if correction.told else "")
