"""The page of a reading: whole, self-contained, and unmoved by hostile reports."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from factory import TEXT, sample, small, with_own_coding
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model.coded import CodedReport
from detente.model.report import Report
from detente.serve.page import page

VOID = {"meta", "link", "br", "img", "input", "hr"}
HOSTILE = "</div></article><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;{{ 7 * 7 }}"


class Seen(HTMLParser):
    """What a browser would make of the page: elements, attributes, the words of the report."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.inside_text = 0
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if (dict(attrs).get("class") or "").startswith("text"):
            self.inside_text = len(self.open) + 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if len(self.open) < self.inside_text:
            self.inside_text = 0

    def handle_data(self, data: str) -> None:
        self.text += data if self.inside_text else ""

    def all(self, name: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(name)) is not None]


def hostile() -> CodedReport:
    """The sample with hostile words in every field that a report or a codebook fills."""
    coded = sample()
    report = replace(coded.report, title=HOSTILE, outlet=HOSTILE, url=f"https://x.example/{HOSTILE}", language=HOSTILE)
    return coded.with_(
        report=replace(report, text=HOSTILE + TEXT[len(HOSTILE) :]),
        participants=tuple(replace(p, name=HOSTILE, office=HOSTILE, why=HOSTILE) for p in coded.participants),
        places=tuple(replace(p, name=HOSTILE, claimed_by=(HOSTILE,), resolution=HOSTILE) for p in coded.places),
        unresolved=tuple(replace(u, why=HOSTILE, kind=HOSTILE, candidates=(HOSTILE,)) for u in coded.unresolved),
        warnings=(HOSTILE,),
        events=tuple(replace(e, id=HOSTILE + e.id) for e in coded.events),
    )


def test_the_page_holds_the_whole_text_once() -> None:
    assert Seen(page(sample())).text == TEXT


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=200))
def test_any_text_stands_in_the_page_unchanged(text: str) -> None:
    assert Seen(page(CodedReport(Report(text)))).text == text


def test_hostile_words_stay_words() -> None:
    html = page(hostile())
    seen = Seen(html)
    assert html.count("<script>") == 1
    assert not any(name.startswith("on") for _, attrs in seen.tags for name in attrs)
    assert "img" not in {tag for tag, _ in seen.tags}
    assert "{{ 7 * 7 }}" in html and "49" not in seen.text
    assert seen.text.startswith(HOSTILE)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[bad", "x"])
def test_only_web_addresses_are_links(url: str) -> None:
    coded = small("Words.")
    assert url not in Seen(page(coded.with_(report=replace(coded.report, url=url)))).all("href")


def test_nothing_is_loaded_from_anywhere() -> None:
    html = page(sample())
    seen = Seen(html)
    assert seen.all("src") == [] and "link" not in {tag for tag, _ in seen.tags}
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|import\(", html)
    assert [h for h in seen.all("href") if not h.startswith("#")] == ["https://courier.example/1"]


def test_only_the_script_of_the_page_may_run() -> None:
    html = page(sample())
    script = html.split("<script>")[1].split("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in html and "default-src 'none'" in html


def test_every_item_has_a_card_and_every_link_a_place_to_go() -> None:
    seen = Seen(page(sample()))
    assert {"e1", "e5", "s1", "s2", "a1", "a4", "p1", "u1", "u2"} <= set(seen.all("data-id"))
    assert {h[1:] for h in seen.all("href") if h.startswith("#")} <= set(seen.all("id"))
    assert len(seen.all("id")) == len(set(seen.all("id")))
    assert {key for keys in seen.all("data-ids") for key in keys.split()} <= set(seen.all("data-id"))


def test_the_words_of_an_event_carry_its_key_and_its_class() -> None:
    html = page(sample())
    assert '<a class="trigger q4" href="#e1" data-ids="e1">shelled</a>' in html
    assert "verbal conflict" in html and "material cooperation" in html


def test_claims_look_different_from_the_reports_own_voice() -> None:
    cards = {
        attrs["id"]: attrs["class"] or ""
        for _, attrs in Seen(page(sample())).tags
        if attrs.get("id") and "class" in attrs
    }
    assert "claim" in cards["e2"].split() and "claim" not in cards["e1"].split()
    assert "faded" in cards["e3"].split() and "faded" not in cards["e1"].split()
    assert "told by Marta Velik, not confirmed" in page(sample())


def test_statements_stand_inside_their_parents() -> None:
    html = page(sample())
    assert html.index('id="s1"') < html.index("Told inside this statement") < html.index('id="s2"')


def test_an_empty_reading_has_a_page_too() -> None:
    html = page(small(""))
    assert "Untitled report" in html and "No event was found." in html


def test_codings_by_ontologies_of_ones_own_stand_on_the_card() -> None:
    html = page(with_own_coding(sample()))
    assert html.count('<span class="mode">MINE VILLAGE-SHELLED</span>') == 1
    assert html.replace(' <span class="mode">MINE VILLAGE-SHELLED</span>', "") == page(sample())
