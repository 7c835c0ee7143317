"""The chance that an event is right goes up with what is known of it."""

from __future__ import annotations

from dataclasses import replace

from factory import sample

from detente.coding.confidence import rate_events
from detente.model.event import Event


def chance(event: Event) -> float:
    """The chance of an event among the sample's participants."""
    (rated,) = rate_events(sample().with_(events=(event,))).events
    return rated.confidence


FULL = replace(sample().events[0], confidence=0.5)


def test_every_chance_is_one() -> None:
    rated = rate_events(sample())
    assert all(0 < event.confidence < 1 for event in rated.events)
    assert [e.id for e in rated.events] == [e.id for e in sample().events]


def test_a_party_that_is_not_told_makes_it_smaller() -> None:
    assert chance(replace(FULL, targets=())) < chance(FULL)
    assert chance(replace(FULL, sources=())) < chance(FULL)


def test_somebodys_word_makes_it_smaller() -> None:
    assert chance(replace(FULL, told_in="s1")) < chance(FULL)


def test_an_uncertain_party_makes_it_smaller() -> None:
    sure, unsure = sample(), sample()
    unsure = unsure.with_(participants=tuple(replace(p, confidence=0.1) for p in unsure.participants))
    one, two = (rate_events(reading.with_(events=(FULL,))).events[0].confidence for reading in (sure, unsure))
    assert two < one


def test_what_has_not_happened_is_a_little_less_sure() -> None:
    assert chance(replace(FULL, status="planned")) < chance(FULL)


def test_the_first_figure_counts_also_at_its_ends() -> None:
    none, half, all_ = (chance(replace(FULL, confidence=first)) for first in (0.0, 0.5, 1.0))
    assert 0 < none < half < all_ < 1
