"""A country's or capital's name stands for the ground or for who governs it, as its neighbours tell."""

from __future__ import annotations

import pytest
from read_texts import mention_of, parsed

from detente.pipeline import Kit


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In Kyiv, the mayor spoke.", "Kyiv"),
        ("The war in Ukraine goes on.", "Ukraine"),
        ("The envoy flew to Moscow.", "Moscow"),
        ("They shelled the streets of Lima.", "Lima"),
        ("Shots were heard in Lima and Quito.", "Quito"),
        ("The Lima airport was closed.", "Lima"),
        ("Troops marched across Chad.", "Chad"),
        ("Aid was sent to Peru.", "Peru"),
    ],
)
def test_ground(text: str, name: str, kit: Kit) -> None:
    assert mention_of(parsed(text, kit), name).as_place


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kyiv said that talks would wait.", "Kyiv"),
        ("Talks between Baku and Yerevan went on.", "Yerevan"),
        ("Relations with Moscow soured.", "Moscow"),
        ("Moscow's army left.", "Moscow"),
        ("The police arrested a spy for Peru.", "Peru"),
        ("The president of Peru resigned.", "Peru"),
        ("Chile apologised to Peru.", "Peru"),
        ("A Moscow spokesman refused.", "Moscow"),
    ],
)
def test_who_governs(text: str, name: str, kit: Kit) -> None:
    assert not mention_of(parsed(text, kit), name).as_place


def test_a_place_that_governs_nothing_is_always_ground(kit: Kit) -> None:
    assert mention_of(parsed("The Black Sea froze.", kit), "Black Sea").as_place


def test_ground_before_a_plural(kit: Kit) -> None:
    assert mention_of(parsed("Lima suburbs burned.", kit), "Lima").as_place


def test_ground_after_outskirts(kit: Kit) -> None:
    assert mention_of(parsed("They shelled the outskirts of Lima.", kit), "Lima").as_place
