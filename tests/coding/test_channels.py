"""Channels: what only carries words is never the speaker while somebody else is."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Ukraine's army said on Telegram that the road was mined.", "Telegram"),
        ("In a post on X, Ukraine's army said the road was mined.", "X"),
        ("“The road is mined,” Ukrainian President Volodymyr Zelensky told CNN.", "CNN"),
        ("“The road is mined,” Ukrainian President Volodymyr Zelensky told the broadcaster Qanal.", "Qanal"),
        ("Ukraine's army said in a press release that the road was mined.", "press release"),
        ("The road is mined, Ukraine's army said, Reuters reports.", "Reuters"),
        ("Ukraine's army was quoted by Reuters as saying that the road was mined.", "Reuters"),
        ("Reuters quoted Ukraine's army as saying that the road was mined.", "Reuters"),
        ("The road is mined, Ukraine's army said, according to Reuters.", "Reuters"),
    ],
)
def test_who_carries_and_who_speaks(said, text: str, channel: str) -> None:
    (one,) = said(text)
    assert one.channel == channel
    assert one.speaker not in (channel, None)


def test_an_agency_that_cites_a_source_carries(said) -> None:
    (one,) = said("Reuters reported, citing an official in Ankara, that the road was mined.")
    assert one.channel == "Reuters"
    assert one.speaker is not None and "official" in one.speaker


def test_an_outlet_without_another_source_speaks(said) -> None:
    (one,) = said("The road is mined, Reuters reported.")
    assert (one.speaker, one.channel) == ("Reuters", None)


def test_a_post_named_in_the_sentence_before(said) -> None:
    text = "Ukrainian President Volodymyr Zelensky chose Telegram for his answer. “The road is mined,” Zelensky wrote."
    assert said(text)[-1].channel == "Telegram"


def test_the_channel_of_one_is_not_that_of_the_next(said) -> None:
    text = "“It is mined,” Ukrainian President Volodymyr Zelensky told CNN. “We will clear it,” Zelensky added later."
    assert [one.channel for one in said(text)] == ["CNN", None]


def test_those_who_ask_are_no_channel(said) -> None:
    (one,) = said("“The road is mined,” Ukrainian President Volodymyr Zelensky told reporters in Kyiv.")
    assert one.channel is None
