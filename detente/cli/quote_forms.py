"""How quotes leave the program: a table for people, JSON Lines, or CSV for a spreadsheet.

Only the table cuts and cleans the words. In CSV nothing can be taken for a formula.
"""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from enum import StrEnum

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.analyse.quotes import Quote
from detente.cli.formats import BREAKS
from detente.cli.listing import SHORT_ID
from detente.model.statement import Statement
from detente.serve.wording import clean, cut


class QuoteFormat(StrEnum):
    """The forms quotes can be asked in."""

    table = "table"
    json = "json"
    csv = "csv"


WORDS_SHOWN = 240
NAMES_SHOWN = 100
# A spreadsheet takes a cell that begins so for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
BETWEEN = "; "
BETWEEN_WORDS = " \u2026 "


def print_quotes(quotes: list[Quote], form: QuoteFormat) -> None:
    """The quotes on standard output."""
    if form is QuoteFormat.json:
        for quote in quotes:
            sys.stdout.write(json.dumps(quote.to_dict(), ensure_ascii=False).translate(BREAKS) + "\n")
    elif form is QuoteFormat.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([guarded(cell) for cell in _cells(quote)] for quote in quotes)
    elif quotes:
        Console(highlight=False, emoji=False).print(quote_table(quotes))


def quote_table(quotes: list[Quote]) -> Table:
    """A row a quote; channel and subject stand below speaker and words, so that 80 columns are enough."""
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True, padding=(0, 2, 1, 0))
    table.add_column("Report", no_wrap=True, min_width=SHORT_ID, style="cyan")
    table.add_column("Day", no_wrap=True, min_width=10)
    table.add_column("Speaker and channel", ratio=2)
    table.add_column("Words", ratio=4)
    for quote in quotes:
        day = quote.published.isoformat() if quote.published else "undated"
        table.add_row(quote.report[:SHORT_ID], day, _speaker_cell(quote), _words_cell(quote))
    return table


def _speaker_cell(quote: Quote) -> Text:
    speaker, channel = quote.speaker, quote.statement.channel
    lines = [Text(clean(speaker.name), "bold") if speaker else Text("an unknown speaker", "bold dim")]
    facts = [clean(fact) for fact in (speaker.office, speaker.code) if fact] if speaker else []
    if facts:
        lines.append(Text(", ".join(facts), "dim"))
    if quote.outer_name:
        lines.append(Text(f"in the words of {clean(quote.outer_name)}", "dim"))
    if channel:
        lines.append(Text(f"through {clean(channel.name)}", "cyan"))
    return Text("\n").join(lines)


def _words_cell(quote: Quote) -> Text:
    lines = [Text(cut(BETWEEN_WORDS.join(map(clean, quote.words)), WORDS_SHOWN), "italic")]
    if quote.about_names:
        lines.append(Text(f"about {cut(', '.join(map(clean, quote.about_names)), NAMES_SHOWN)}", "dim"))
    return Text("\n").join(lines)


COLUMNS = (
    *("report", "published", "outlet", "id", "speaker", "speaker_name", "speaker_code", "speaker_span", "candidates"),
    *("cue", "cue_words", "content", "words", "manner", "channel_name", "channel_kind", "channel_span", "about"),
    *("about_names", "addressees", "stance", "inside", "when_first", "when_last", "when_basis", "when_precision"),
    *("when_span", "events", "acts", "confidence", "why"),
)


def _cells(quote: Quote) -> list[str]:
    """The fields of the JSON in the order of the columns, each as one cell."""
    told = quote.to_dict()
    for outer in ("channel", "when"):
        inner = told.pop(outer)
        told |= {f"{outer}_{name}": value for name, value in inner.items()} if isinstance(inner, dict) else {}
    told |= _joined_parts(quote, quote.statement)
    return [_cell(told.get(column)) for column in COLUMNS]


def _joined_parts(quote: Quote, statement: Statement) -> dict[str, object]:
    """What is a list of spans, words or attitudes, as one string."""
    return {
        "words": BETWEEN_WORDS.join(quote.words),
        "content": BETWEEN.join(_cell(span.to_list()) for span in statement.content),
        "stance": BETWEEN.join(f"{s.toward} {s.value} {_cell(s.span.to_list())}" for s in statement.stance),
    }


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        # Two whole numbers are a span.
        is_span = len(value) == 2 and all(isinstance(part, int) for part in value)
        return ("-" if is_span else BETWEEN).join(str(part) for part in value)
    return str(value)


def guarded(cell: str) -> str:
    """The cell as text to a spreadsheet, without the control characters that would steer a terminal."""
    plain = "".join(sign for sign in cell if sign in "\t\r\n" or unicodedata.category(sign) != "Cc")
    guard = "'" if plain.startswith(FORMULA_SIGNS) else ""
    # The csv writer leaves a lone carriage return unquoted, and readers would end the row there.
    return guard + plain.replace("\r\n", "\n").replace("\r", "\n")
