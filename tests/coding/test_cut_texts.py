"""Texts that end in the middle are read to where they end."""

from __future__ import annotations

from datetime import date

import pytest
from case_files import Reader

from detente.model.report import Report

SAID = (
    "Lima denied it. “No Peruvian ship entered Bolivian waters,” Foreign Minister Ana Solar wrote on X, “because those "
    "waters are not Bolivian.” It was the oil company, he added, tadded, tadded, tadded,"
)


@pytest.mark.parametrize("text", [SAID, SAID[:-1], SAID[:-8], SAID[: SAID.index(", he added")] + ", he added,"])
def test_a_text_that_ends_with_a_comma_is_read(reader: Reader, text: str) -> None:
    coded = reader.read(Report(text, None, None, None, date(2024, 3, 4), "en"))
    assert all(0 <= s.start < s.end <= len(text) for said in coded.statements for s in said.content)
    assert any("No Peruvian ship" in span.words(text) for said in coded.statements for span in said.content)
