"""Names that the gazetteer knows stand for ground where a place stands, whatever the small parser took them for."""

from __future__ import annotations

import pytest
from read_texts import parsed

from detente.pipeline import Kit


def ground(text: str, kit: Kit) -> list[str]:
    return [mention.span.words(text) for mention in parsed(text, kit).mentions if mention.as_place]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rebels seized Dabiq.", "Dabiq"),
        ("Thousands fled Wad Madani on foot.", "Wad Madani"),
        ("The convoy left Gao for Ansongo.", "Ansongo"),
        ("A volcano erupted on Java.", "Java"),
        ("Trees fell in Cornwall, Devon and Somerset.", "Devon"),
        ("A mine in New South Wales will close.", "New South Wales"),
        ("A tanker was hit in the Gulf of Oman.", "Gulf of Oman"),
        ("The chief for Sistan and Baluchestan died.", "Sistan and Baluchestan"),
        ("Rohingya fled Rakhine state.", "Rakhine"),
        ("A bank in Puntland was robbed.", "Puntland"),
        ("A landslide hit Kampala after rains.", "Kampala"),
        ("London police arrested a man.", "London"),
        ("He resigned as leader of Abkhazia.", "Abkhazia"),
    ],
)
def test_ground(text: str, name: str, kit: Kit) -> None:
    assert name in ground(text, kit)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Dallas Cowboys won again.", "Dallas"),
        ("Detective Lincoln said that Sydney Powell lied.", "Lincoln"),
        ("Kobe Bryant died.", "Kobe"),
        ("Moscow said it would answer.", "Moscow"),
        ("Santiago Abascal leads the party.", "Santiago"),
    ],
)
def test_no_ground(text: str, name: str, kit: Kit) -> None:
    assert name not in ground(text, kit)
