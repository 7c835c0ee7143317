"""How the ledger leaves the program: a table for people, JSON Lines, or CSV for a spreadsheet.

Only the table cuts and cleans the words. In CSV nothing can be taken for a formula.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from enum import StrEnum

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.analyse.ledger import Entry
from detente.cli.formats import BREAKS
from detente.cli.listing import SHORT_ID
from detente.cli.quote_forms import BETWEEN, BETWEEN_WORDS, guarded
from detente.model.participant import Participant
from detente.serve.wording import clean, cut


class LedgerFormat(StrEnum):
    """The forms the ledger can be asked in."""

    table = "table"
    json = "json"
    csv = "csv"


WORDS_SHOWN = 240
NAMES_SHOWN = 100
STATE_STYLES = {"open": "dim", "met": "green", "refused": "yellow", "broken": "red"}
COLUMNS = (
    *("kind", "day", "who", "who_codes", "to", "to_codes", "words", "deadline_first", "deadline_last", "state", "why"),
    *("evidence_reports", "evidence_events", "evidence_statements", "evidence_words"),
    *("reports", "outlets", "ids", "confidence"),
)


def print_ledger(entries: list[Entry], form: LedgerFormat) -> None:
    """The entries on standard output."""
    if form is LedgerFormat.json:
        for entry in entries:
            sys.stdout.write(json.dumps(entry.to_dict(), ensure_ascii=False).translate(BREAKS) + "\n")
    elif form is LedgerFormat.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([guarded(cell) for cell in _cells(entry)] for entry in entries)
    elif entries:
        Console(highlight=False, emoji=False).print(ledger_table(entries))


def ledger_table(entries: list[Entry]) -> Table:
    """A row an entry; deadline, evidence and reports stand below the words, so that 80 columns are enough."""
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True, padding=(0, 2, 1, 0))
    table.add_column("Day", no_wrap=True, min_width=10)
    table.add_column("Kind and state", no_wrap=True, min_width=9)
    table.add_column("Who to whom", ratio=2)
    table.add_column("Words", ratio=4)
    for entry in entries:
        day = entry.day.isoformat() if entry.day else "undated"
        state = Text(entry.outcome.state, STATE_STYLES[entry.outcome.state])
        table.add_row(day, Text("\n").join([Text(entry.kind, "bold"), state]), _parties_cell(entry), _words_cell(entry))
    return table


def _names(parties: Iterable[Participant]) -> str:
    return cut(", ".join(clean(p.name) for p in parties), NAMES_SHOWN)


def _parties_cell(entry: Entry) -> Text:
    lines = [Text(_names(entry.who), "bold")]
    others = [p for p in entry.to if p not in entry.who]
    if others:
        lines.append(Text(f"to {_names(others)}"))
    return Text("\n").join(lines)


def _words_cell(entry: Entry) -> Text:
    lines = [Text(cut(BETWEEN_WORDS.join(map(clean, entry.first.words)), WORDS_SHOWN), "italic")]
    if entry.deadline is not None:
        last = entry.deadline.last or entry.deadline.first
        lines.append(Text(f"by {last.isoformat()}" if last else "with a term that is not dated", "bold"))
    for item in entry.outcome.evidence:
        lines.append(
            Text(f"{entry.outcome.why} (report {item.report[:SHORT_ID]}): {cut(clean(item.words), WORDS_SHOWN)}")
        )
    reports = dict.fromkeys(t.coded.report.id[:SHORT_ID] for t in entry.tellings)
    lines.append(Text(f"report {', '.join(reports)}", "cyan"))
    return Text("\n").join(lines)


def _cells(entry: Entry) -> list[str]:
    """The fields in the order of the columns, each as one cell."""
    told = [*_entry_cells(entry), *_outcome_cells(entry)]
    reports = dict.fromkeys(t.coded.report.id for t in entry.tellings)
    outlets = dict.fromkeys(t.coded.report.outlet or "" for t in entry.tellings)
    ids = (t.commitment.id for t in entry.tellings)
    told += [BETWEEN.join(reports), BETWEEN.join(filter(None, outlets)), BETWEEN.join(ids)]
    return [*told, str(entry.first.commitment.confidence)]


def _entry_cells(entry: Entry) -> list[str]:
    cells = [entry.kind, entry.day.isoformat() if entry.day else ""]
    for parties in (entry.who, entry.to):
        cells += [BETWEEN.join(p.name for p in parties), BETWEEN.join(p.code or "" for p in parties)]
    cells.append(BETWEEN_WORDS.join(entry.first.words))
    deadline = entry.deadline
    days = (deadline.first, deadline.last) if deadline else (None, None)
    return [*cells, *(day.isoformat() if day else "" for day in days)]


def _outcome_cells(entry: Entry) -> list[str]:
    outcome = entry.outcome
    items = outcome.evidence
    cells = [outcome.state, outcome.why, BETWEEN.join(i.report for i in items)]
    cells += [BETWEEN.join(i.event or "" for i in items), BETWEEN.join(i.statement or "" for i in items)]
    return [*cells, BETWEEN_WORDS.join(i.words for i in items)]
