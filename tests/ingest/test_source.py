"""Inputs of every kind, good and bad: what is read, with which warnings, and what is set aside with one clear line."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ingest import Outcome, SetAside, Taken, read_source

DAY = date(2024, 5, 14)
WORDS = "Ruritania recalled its envoy on Friday.\r\n\r\nGraustark said nothing."


def outcomes(path: Path, content: str | bytes, published: date | None = None) -> list[Outcome]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_source(str(path), published))


def taken(path: Path, content: str | bytes, published: date | None = DAY) -> Taken:
    (outcome,) = outcomes(path, content, published)
    assert isinstance(outcome, Taken), outcome
    return outcome


def aside(path: Path, content: str | bytes) -> SetAside:
    (outcome,) = outcomes(path, content)
    assert isinstance(outcome, SetAside), outcome
    assert len(outcome.line.splitlines()) == 1
    assert outcome.line.startswith(str(path)) and outcome.reason and outcome.remedy
    return outcome


def test_a_plain_text_is_kept_as_it_is(tmp_path: Path) -> None:
    item = taken(tmp_path / "report.txt", WORDS)
    assert item.report.text == WORDS
    assert (item.report.title, item.report.language, item.report.published) == (None, None, DAY)
    assert item.warnings == ()


def test_a_byte_order_mark_stays_the_first_character(tmp_path: Path) -> None:
    item = taken(tmp_path / "report.txt", b"\xef\xbb\xbf" + WORDS.encode())
    assert item.report.text == "\ufeff" + WORDS
    assert item.warnings == ()


@given(st.text(min_size=1).filter(lambda text: text.strip("\ufeff \t\r\n\v\f\xa0\u2028\u2029") and "\x00" not in text))
def test_any_plain_text_comes_back_unchanged(text: str) -> None:
    for item in read_source("-", DAY, io.BytesIO(text.encode())):
        if isinstance(item, Taken) and item.source == "standard input":
            assert text == item.report.text
        else:
            # Read as another format, or as no text: never as an altered plain text.
            assert text.lstrip("\ufeff \t\r\n")[:1] in "<{[" or "set aside" in getattr(item, "line", "")


def test_an_undated_report_is_read_with_a_warning_and_no_date(tmp_path: Path) -> None:
    item = taken(tmp_path / "report.txt", WORDS, None)
    assert item.report.published is None
    assert item.warnings == ("no publication date: relative dates stay unknown; give --published YYYY-MM-DD",)
    assert item.lines[0].startswith(f"{tmp_path / 'report.txt'}: warning: no publication date")


def test_a_western_encoding_is_read_with_a_warning(tmp_path: Path) -> None:
    words = "“We met in the café,” the minister’s aide said — and left for the Élysée."
    item = taken(tmp_path / "report.txt", words.encode("cp1252"))
    assert item.report.text == words
    assert "not UTF-8: read as cp1252" in item.warnings[0]


def test_another_alphabet_is_read_with_a_warning(tmp_path: Path) -> None:
    words = "Министры двух стран встретились во вторник и обсудили границу. " * 5
    item = taken(tmp_path / "report.txt", words.encode("cp1251"))
    assert item.report.text == words
    assert "not UTF-8" in item.warnings[0]


def test_a_mixed_encoding_keeps_what_can_be_read(tmp_path: Path) -> None:
    item = taken(tmp_path / "report.txt", "“Café” und “Straße”: ".encode() + b"caf\xe9 again")
    assert item.report.text == "“Café” und “Straße”: caf\ufffd again"
    assert "mixed or wrong encoding" in item.warnings[0]


def test_utf_16_is_read_with_a_warning(tmp_path: Path) -> None:
    item = taken(tmp_path / "report.txt", WORDS.encode("utf-16"))
    assert item.report.text == WORDS
    assert "UTF-16" in item.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_with_a_warning(tmp_path: Path, encoding: str) -> None:
    for words in (WORDS, "Министры двух стран встретились во вторник и обсудили границу."):
        item = taken(tmp_path / "report.txt", words.encode(encoding))
        assert item.report.text == words
        assert f"read as {encoding.upper()}" in item.warnings[0]


def test_a_file_beyond_the_limit_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.ingest.source.LARGEST_INPUT", 10)
    assert aside(tmp_path / "report.txt", WORDS).reason.startswith("larger than")
    (piped,) = read_source("-", DAY, io.BytesIO(WORDS.encode()))
    assert isinstance(piped, SetAside) and piped.reason.startswith("larger than")


def test_a_very_long_line_is_kept_whole_with_a_warning(tmp_path: Path) -> None:
    text = "The army moved. " * 1_300_000
    item = taken(tmp_path / "report.txt", text)
    assert item.report.text == text
    assert item.warnings[0].startswith("a single line of 20,800,000 characters")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "only blank space"),
        ("\ufeff \u00a0\n".encode(), "only blank space"),
        (b"%PDF-1.7 text", "a PDF document that is broken (Stream has ended unexpectedly)"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image, no text"),
        (b"words\x00words", "binary data, no text"),
        (bytes(range(1, 32)) * 4, "binary data, no text"),
        (b"<!doctype html><html><body><nav>Home</nav></body></html>", "a web page without an article"),
        (b"<html><p>Log in</p><p>Copyright 2024</p></html>", "a web page without an article"),
    ],
)
def test_what_is_no_report_is_set_aside(tmp_path: Path, content: bytes, reason: str) -> None:
    assert aside(tmp_path / "input.txt", content).reason == reason


def test_missing_files_directories_and_devices_are_set_aside(tmp_path: Path) -> None:
    for path, reason in (
        (tmp_path / "none", "no such file"),
        (tmp_path, "a directory"),
        (Path(os.devnull), "a device"),
    ):
        (outcome,) = read_source(str(path))
        assert isinstance(outcome, SetAside)
        assert reason in outcome.reason


def test_an_unreadable_file_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.txt").write_text(WORDS)

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (outcome,) = read_source(str(tmp_path / "report.txt"))
    assert isinstance(outcome, SetAside)
    assert outcome.reason == "not readable"


def test_a_file_name_cannot_break_the_line() -> None:
    (outcome,) = read_source("two\nlines\x1b[31m")
    assert isinstance(outcome, SetAside)
    assert outcome.line == "two\\nlines\\x1b[31m: set aside: no such file; check the path"


def test_the_format_is_told_by_the_content_and_not_by_the_ending(tmp_path: Path) -> None:
    line = json.dumps({"text": WORDS, "title": "Envoy recalled"})
    assert taken(tmp_path / "report.html", WORDS).report.text == WORDS
    assert taken(tmp_path / "report.txt", line).report.title == "Envoy recalled"
    assert taken(tmp_path / "report.jsonl", WORDS).report.title is None


def test_standard_input_takes_every_format() -> None:
    page = b"<html><body><article><p>The two foreign ministers met in Strelsau on Friday to speak about the border."
    for content in (WORDS.encode(), json.dumps({"text": WORDS}).encode(), page):
        (outcome,) = read_source("-", DAY, io.BytesIO(content))
        assert isinstance(outcome, Taken)
        assert outcome.source.startswith("standard input")
        assert outcome.report.published == DAY
