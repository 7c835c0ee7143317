"""A dateline is found where it stands, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from detente.codebook.datelines import dateline_end, dateline_place


def place(text: str) -> str | None:
    span = dateline_place(text)
    return None if span is None else span.words(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NAIROBI, March 3 (Agency) - Police fired tear gas.", "NAIROBI"),
        ("NEW DELHI — The army left.", "NEW DELHI"),
        ("Port Louis (Agency) - The envoy left.", "Port Louis"),
        ("QUITO, Sept 4 -- The court sat.", "QUITO"),
        ("(Agency) LIMA, 4 May - The court sat.", "LIMA"),
        ("PORT-AU-PRINCE – Shots were heard.", "PORT-AU-PRINCE"),
    ],
)
def test_the_place_of_a_dateline(text: str, expected: str) -> None:
    assert place(text) == expected
    assert text[dateline_end(text) :].split()[0] in {"Police", "The", "Shots"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The army left Lima on Monday.",
        "Lima – the old harbour – was quiet.",
        "The minister - a former judge - resigned.",
        "Police fired tear gas. LIMA - quiet again.",
        "LIMA is quiet. The minister – a judge – left.",
    ],
)
def test_running_text_is_no_dateline(text: str) -> None:
    assert place(text) is None
    assert dateline_end(text) == 0


def test_the_end_takes_dash_and_blank_with_it() -> None:
    text = "OSLO, Jan 2 (Agency) - Norway paid."
    assert text[dateline_end(text) :] == "Norway paid."
