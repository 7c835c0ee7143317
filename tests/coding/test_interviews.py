"""Interviews of a report's own outlet: whoever talks to it speaks through it all through the report."""

from __future__ import annotations

from detente.model.report import Report
from detente.pipeline import Reader


def channels(reader: Reader, text: str, outlet: str | None) -> dict[str, str | None]:
    """The channel of each statement by its first words."""
    coded = reader.read(Report(text, outlet=outlet))
    return {
        " ".join(s.content[0].words(text).split()[:2]): s.channel.name if s.channel else None for s in coded.statements
    }


def test_who_talks_to_the_outlet_speaks_through_it_to_the_end(reader: Reader) -> None:
    text = (
        "Mirela Dann left the cabinet of Zambia on Monday. At her home she talked to the Copperbelt Weekly.\n\n"
        "The bank of Zambia said the reserves were sound.\n\nDann insisted that nobody had forced her out."
    )
    found = channels(reader, text, "Copperbelt Weekly")
    assert found["that nobody"] == "Copperbelt Weekly"
    assert found["the reserves"] is None


def test_another_outlet_that_was_told_one_thing_does_not_run_on(reader: Reader) -> None:
    text = "Mirela Dann told Reuters that Zambia would pay.\n\nDann insisted that nobody had forced her out."
    assert channels(reader, text, "Copperbelt Weekly")["that nobody"] is None


def test_this_newspaper_is_the_reports_own_outlet(reader: Reader) -> None:
    text = "President Hakainde Hichilema told this newspaper that Zambia would pay."
    assert channels(reader, text, "Copperbelt Weekly")["that Zambia"] == "Copperbelt Weekly"
