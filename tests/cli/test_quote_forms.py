"""How quotes leave the program: no formula reaches a spreadsheet, no escape a terminal, and JSON keeps the words."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from factory import sample
from rich.console import Console

from detente.analyse.quotes import Quote, Wanted, quotes_in
from detente.cli.quote_forms import COLUMNS, QuoteFormat, guarded, print_quotes, quote_table

EVIL = '=HYPERLINK("http://x.example")'


def quote(*words: str) -> Quote:
    return replace(next(quotes_in(sample(), Wanted())), words=words)


def shown(quote: Quote) -> str:
    console = Console(file=io.StringIO(), width=80, force_terminal=False)
    console.print(quote_table([quote]))
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_is_never_a_formula(sign: str) -> None:
    assert guarded(f"{sign}1").startswith("'")
    assert guarded(f"\x00{sign}1").startswith("'")
    assert guarded(f"a{sign}1").startswith("a")


def test_csv_guards_what_comes_from_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    evil = quote(EVIL, "and\r\nthen\rmore \x1b[31mred")
    speaker = replace(evil.speaker, name="@SUM(A1)") if evil.speaker else None
    print_quotes([replace(evil, outlet="+44", speaker=speaker)], QuoteFormat.csv)
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out, newline=""))
    assert row["words"] == f"'{EVIL} … and\nthen\nmore [31mred"
    assert (row["outlet"], row["speaker_name"]) == ("'+44", "'@SUM(A1)")
    assert row["stance"].startswith("a2 -1 ") and None not in row


def test_csv_has_every_field_of_the_json() -> None:
    told = quote("words").to_dict()
    parted = {f"{outer}_{name}" for outer in ("channel", "when") for name in told.pop(outer) or {}}  # type: ignore[attr-defined]
    assert set(COLUMNS) == set(told) | parted


def test_json_keeps_the_words_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    words = f"{EVIL}\n\x1b[31m\u2028\x85end"
    print_quotes([quote(words)], QuoteFormat.json)
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["words"] == [words]


def test_only_the_table_cuts_and_cleans() -> None:
    text = shown(quote("\x1b[31mred [bold]plain[/bold] \u202eturned " + "word " * 100))
    assert "\x1b" not in text and "\u202e" not in text
    assert "[bold]plain[/bold]" in " ".join(text.split()) and "…" in text
    assert text.count("word") < 60
