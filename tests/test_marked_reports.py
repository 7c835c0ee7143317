"""The reports with every statement marked: each can be read, its spans say what they should, faults are named."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "corpus" / "statements"
PARTS = ("training", "development", "unseen")
HEAD = "style: wire\npublished: 2024-05-12\noutlet: Kestrel Wire\n---\n"
MARKED = (
    '<q 1>"We wait,"</q> <s 1>Mirela Dann</s> <c 1>told</c> <a 1>reporters</a>. '
    '<q 1>"<s 2>They</s> <c 2>promised</c> <q 2>to open the border</q>."</q>\n---\n'
)
ROWS = '1 | Mirela Dann | NOR GOV | direct | - | - | reporters | Kenya -1 "promised"; Peru +1 "open" | accuse\n'
ROWS += "2 | Kenya | KEN GOV | indirect | CNN (outlet) | 1 | - | - | promise\n"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The reader of marked reports, which the package does not ship."""
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    return importlib.import_module("reports")


def written(folder: Path, text: str) -> Path:
    file = folder / "h1-01.txt"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("part", PARTS)
def test_every_report_of_the_corpus_can_be_read(part: str, marked: Any) -> None:
    reports = marked.read_reports(sorted((FOLDER / part).glob("*.txt")))
    assert reports
    assert all(told.spans["content"] for report in reports for told in report.statements)


def test_no_report_stands_in_two_parts(marked: Any) -> None:
    texts = [report.text for part in PARTS for report in marked.read_reports((FOLDER / part).glob("*.txt"))]
    assert len(set(texts)) == len(texts)


def test_tags_become_spans_of_the_bare_text(tmp_path: Path, marked: Any) -> None:
    report = marked.read_report(written(tmp_path, HEAD + MARKED + ROWS))
    assert report.text == '"We wait," Mirela Dann told reporters. "They promised to open the border."'
    first, second = report.statements
    assert [report.text[a:b] for a, b in first.spans["content"]] == [
        '"We wait,"',
        '"They promised to open the border."',
    ]
    assert [report.text[a:b] for a, b in second.spans["source"]] == ["They"]
    assert (second.inside, second.channel, second.channel_kind) == (1, "CNN", "outlet")
    assert first.stances == (marked.Stance("Kenya", -1, "promised"), marked.Stance("Peru", 1, "open"))


@pytest.mark.parametrize(
    ("text", "rows", "fault"),
    [
        (MARKED.replace("<s 1>", ""), ROWS, "closes nothing"),
        (MARKED.replace("</s> <c 1>", " <c 1>"), ROWS, "never closed"),
        (MARKED, ROWS.replace("direct", "loud", 1), "manner 'loud'"),
        (MARKED, ROWS.replace("CNN (outlet)", "CNN (bird)"), "CNN (bird)"),
        (MARKED, ROWS.splitlines()[0], "the table has statements [1]"),
        (MARKED, ROWS.replace('"promised"', "promised"), 'is not NAME +1 "WORDS"'),
        ("no table", "", "three dashes"),
    ],
)
def test_a_fault_is_named_with_its_file(tmp_path: Path, marked: Any, text: str, rows: str, fault: str) -> None:
    with pytest.raises(marked.MarkupError, match=r"h1-01\.txt: ") as problem:
        marked.read_report(written(tmp_path, HEAD + text + rows))
    assert fault in str(problem.value)
