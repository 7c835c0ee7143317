"""Reads every case of `cases/en` and compares the reading with what the case expects.

One test for each case. A failing one shows the text, what was read, and a line for each expectation that is not met.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from case_checks import unmet
from case_display import show_failure
from case_files import Case, Reader, load_cases, marks_of

from detente.codebook.language import load_language
from detente.parse.paragraphs import find_paragraphs
from detente.parse.quotations import find_quotations

CASES = load_cases(Path(__file__).parent / "cases" / "en")


def quotations_in(text: str) -> list[str]:
    """All quotations of a text with their marks, the outer before the inner."""
    found = find_quotations(text, find_paragraphs(text), load_language("en").quotation_marks)
    return [quotation.span.words(text) for quotation in found]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id, marks=marks_of(case)) for case in CASES])
def test_case(case: Case, reader: Reader) -> None:
    reading = reader.read(case.report)
    quotations = quotations_in(case.report.text) if case.expect.quotations is not None else []
    lines = unmet(case.expect, reading, quotations)
    if lines:
        pytest.fail(show_failure(reading, lines, quotations), pytrace=False)
