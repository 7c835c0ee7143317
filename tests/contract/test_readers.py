"""What every reader of a format must satisfy, run over all that are installed."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from input_samples import samples

from detente.ingest.encoding import decode
from detente.ingest.opening import read_given
from detente.ingest.outcome import Given, Note, Outcome, SetAside, Taken
from detente.ingest.readers import BUILT_IN, all_readers, surest
from detente.ingest.sniff import binary_kind
from detente.model.plugins import Reader

DAY = date(2024, 5, 14)
SAMPLES = samples()
NASTY = (b"\x00", b"\xff", b"<", b">", b'"', b"\n\n", b"&#0;", b"\xed\xa0\x80", b"9" * 30)
READERS = {reader.name: reader for reader in all_readers()}


def as_given(data: bytes) -> Given:
    if binary_kind(data) is not None:
        return Given("f", data, published=DAY)
    decoded = decode(data)
    return Given("f", data, decoded.text, decoded.warnings, DAY)


def outcomes(data: bytes) -> list[Outcome]:
    return list(read_given(Given("f", data, published=DAY)))


METADATA = {"sitemap", "GDELT"}


@pytest.mark.parametrize("name", sorted(READERS))
def test_each_format_gives_its_reports_and_no_fault(name: str) -> None:
    items = outcomes(SAMPLES[name])
    assert any(isinstance(item, Taken) for item in items) != (name in METADATA)
    assert not [item.line for item in items if isinstance(item, SetAside) and "broken or not whole" in item.reason]


def test_every_format_has_a_sample_and_a_name_of_its_own() -> None:
    assert len(BUILT_IN) == len(READERS) == len(all_readers())
    assert set(READERS) == set(SAMPLES)


@pytest.mark.parametrize("name", sorted(READERS))
def test_each_reader_is_the_surest_of_its_own_format(name: str) -> None:
    chosen = surest(all_readers(), as_given(SAMPLES[name]))
    assert chosen is not None and chosen.name == name


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_reader_says_how_sure_it_is_of_anything(reader: Reader) -> None:
    for data in (*SAMPLES.values(), b"x", b"\x00", b"\xff" * 40, b"[", b"{", b"<", b"<?xml", b"PK\x03\x04", b"%PDF-"):
        assert 0 <= reader.fits(as_given(data)) <= 1


@pytest.mark.parametrize("name", sorted(READERS))
def test_the_same_input_gives_the_same_and_nothing_is_lost_in_silence(name: str) -> None:
    first = outcomes(SAMPLES[name])
    assert first and first == outcomes(SAMPLES[name])
    for item in first:
        if isinstance(item, Taken):
            assert item.report.text.strip() and item.report.published
            assert item.report.to_dict()["id"] == item.report.id
        else:
            assert len(item.line.splitlines()) == 1 and item.line.startswith("f")


@pytest.mark.parametrize("name", sorted(READERS))
def test_an_input_that_breaks_off_is_read_or_set_aside(name: str) -> None:
    data = SAMPLES[name]
    for cut in range(0, len(data), max(1, len(data) // 25)):
        assert all(isinstance(item, Taken | SetAside | Note) for item in outcomes(data[:cut]))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample with bytes changed, cut out, doubled or put in, at places that a seed chooses."""
    data = bytearray(SAMPLES[draw(st.sampled_from(sorted(SAMPLES)))])
    dice = random.Random(draw(st.integers(0, 2**32)))
    for _ in range(draw(st.integers(1, 12))):
        at, size = dice.randrange(len(data) + 1), dice.choice((1, 1, 2, 8, 100))
        kind = dice.randrange(5)
        if kind == 0:
            data[at : at + size] = dice.randbytes(size)
        elif kind == 1:
            del data[at : at + size]
        elif kind == 2:
            data[at:at] = data[at : at + size] * dice.choice((1, 3, 30))
        elif kind == 3:
            data[at:at] = dice.choice(
                (b"\x00", b"\xff", b"<", b">", b'"', b"\n\n", b"&#0;", b"\xed\xa0\x80", b"9" * 30)
            )
        else:
            del data[at + size * 20 :]
    return bytes(data)


@settings(max_examples=300, deadline=5000, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_no_damage_crashes_or_stops_the_reading(data: bytes) -> None:
    for item in outcomes(data):
        if isinstance(item, Taken):
            item.report.text.encode("utf-8")
            str(item.report.to_dict()).encode("utf-8")
        else:
            assert item.line.isprintable()


@settings(max_examples=100, deadline=5000)
@given(st.binary(max_size=400))
def test_no_bytes_at_all_crash_the_reading(data: bytes) -> None:
    assert all(isinstance(item, Taken | SetAside | Note) for item in outcomes(data))
