"""Which reports carry one text."""

from __future__ import annotations

from datetime import date, timedelta

from detente.codebook.rarity import Rarity
from detente.fuse.memory import MemoryShelf
from detente.fuse.stories import StoryKit, tell_stories
from detente.model.fused_contract import story_from_dict
from detente.model.report import Report
from detente.model.story import Story

DAY = date(2023, 5, 18)
WIRE = (
    "SADARAK, May 18 - The state commissions on the border between Graustark and Ruritania "
    "met in Sadarak yesterday.\n\n"
    "The sides discussed organisational and procedural questions and decided to continue the work in June.\n\n"
    "The Ruritanian delegation drew attention to eight villages whose return it expects in the first stage.\n\n"
    "\u201cMy father was a signalman here,\u201d said Vahid Rzali, 58, a pensioner. He would like to hear a train."
)
TRANSLATED = (
    "The governmental commissions about the frontier among Graustark and Ruritania have met themselves in Sadarak.\n\n"
    "The parties have discussed questions of organisation and procedure and decided to prolong the work into June.\n\n"
    "The delegation of Ruritania has turned attention to eight villages, the return of which it waits first.\n\n"
    "\u201cMy father here was man of signals,\u201d has said Vahid Rzali, 58, pensioner. He wants to hear one train."
)
OTHER = (
    "Under a tarpaulin between two checkpoints the deputy prime ministers led four hours of talks at Sadarak.\n\n"
    "Ruritania wants to start with maps from 1975. Graustark has not named a map at all.\n\n"
    "An aide told the Herald that the mood was correct, even dull. Journalists were kept two kilometres off."
)


def stories(*reports: Report) -> list[Story]:
    shelf = MemoryShelf()
    tell_stories(reports, shelf, StoryKit(Rarity()))
    return shelf.stories


def report(text: str, outlet: str, days: int = 0) -> Report:
    return Report(text, None, outlet, None, DAY + timedelta(days=days))


def test_a_copy_cut_short_and_retitled_is_the_same_story() -> None:
    short = "The commissions met again.\n\n" + "\n\n".join(WIRE.split("\n\n")[:3])
    (story,) = stories(report(WIRE, "Wire"), report(short, "Paper", 1))
    assert story.origin == "Wire" and story.copies[0].like == story.reports[0]
    assert "runs of 3 words" in story.copies[0].why
    assert story_from_dict(story.to_dict()) == story


def test_a_text_translated_twice_is_the_same_story() -> None:
    (story,) = stories(report(WIRE, "Wire"), report(TRANSLATED, "Digest", 1))
    assert "in the same order" in story.copies[0].why or "runs of 3 words" in story.copies[0].why


def test_another_report_of_the_same_talks_is_another_story() -> None:
    assert len(stories(report(WIRE, "Wire"), report(OTHER, "Herald"))) == 2


def test_the_same_text_with_two_dates_is_one_story_and_odd_texts_are_no_harm() -> None:
    assert len(stories(report(WIRE, "Wire"), report(WIRE, "Wire", 300))) == 1
    odd = [Report(text, None, "Odd") for text in ("", " ", "One.", "\u2603\u2603", "7 7 7")]
    assert sum(len(story.reports) for story in stories(*odd)) == len(odd)


def test_a_later_report_can_make_two_stories_one() -> None:
    paragraphs = WIRE.split("\n\n")
    first, last = "\n\n".join(paragraphs[:2]), "\n\n".join(paragraphs[2:])
    assert len(stories(report(first, "A"), report(last, "B"))) == 2
    assert len(stories(report(first, "A"), report(last, "B"), report(WIRE, "C"))) == 1
