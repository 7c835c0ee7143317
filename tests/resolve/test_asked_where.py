"""`detente where`: a name asked by hand, with the place that holds it, a country near it, and a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from gazetteer_built import built_gazetteer

from detente.codebook.gazetteer import Gazetteer
from detente.model.answers import LocatedPlace
from detente.resolve.asked_where import MOST_CANDIDATES, ask_where


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open(built_gazetteer()) as opened:
        yield opened


def answered(name: str, gazetteer: Gazetteer, near: str | None = None, on: date | None = None) -> LocatedPlace:
    answer = ask_where(name, near, on, gazetteer).answer
    assert answer is not None
    return answer


def test_the_best_known_place_with_the_others_beside_it(gazetteer: Gazetteer) -> None:
    found = ask_where("Tripoli", None, None, gazetteer)
    assert found.answer is not None and found.answer.country == "LBY"
    assert found.candidates[0].country == "LBN"
    assert found.why


@pytest.mark.parametrize("words", ["Tripoli in Lebanon", "Tripoli, Lebanon", "Tripoli (Lebanon)"])
def test_the_holder_in_the_question(words: str, gazetteer: Gazetteer) -> None:
    assert answered(words, gazetteer).country == "LBN"
    assert answered("Tripoli", gazetteer, near="LBN").country == "LBN"


def test_regions_and_short_forms_hold_too(gazetteer: Gazetteer) -> None:
    assert answered("Paris, Texas", gazetteer).admin1 == "Texas"
    assert answered("Springfield, Ill.", gazetteer).admin1 == "Illinois"


def test_equal_bearers_are_left_open(gazetteer: Gazetteer) -> None:
    found = ask_where("Springfield", None, None, gazetteer)
    assert found.answer is None
    assert 3 <= len(found.candidates) <= MOST_CANDIDATES
    shares = [candidate.confidence for candidate in found.candidates]
    assert shares == sorted(shares, reverse=True)


def test_listing_control_and_claims_stand_side_by_side(gazetteer: Gazetteer) -> None:
    before = ask_where("Stepanakert", None, date(2023, 9, 19), gazetteer)
    after = answered("Stepanakert", gazetteer, on=date(2024, 6, 1))
    assert before.answer is not None
    assert (before.answer.country, before.answer.controlled_by) == ("AZE", ("Republic of Artsakh",))
    assert before.answer.claimed_by == ("AZE", "Republic of Artsakh")
    assert (after.country, after.controlled_by) == ("AZE", ("AZE",))
    for word in ("code lists", "controlled by", "claimed by"):
        assert word in before.why


def test_an_unlisted_spelling_and_an_unknown_name(gazetteer: Gazetteer) -> None:
    assert answered("Tel Rifat", gazetteer).country == "SYR"
    assert ask_where("Nowheresville", None, None, gazetteer).answer is None


def test_a_holder_that_has_no_such_place_is_told(gazetteer: Gazetteer) -> None:
    assert "none is known in Japan" in ask_where("Paris, Japan", None, None, gazetteer).why
    assert "called Qzxwland is known" in ask_where("Paris, Qzxwland", None, None, gazetteer).why
    assert "none is known" not in ask_where("Paris, Texas", None, None, gazetteer).why


def test_no_words_name_no_place(gazetteer: Gazetteer) -> None:
    assert ask_where("  ", None, None, gazetteer).why == "no name was given"


@pytest.mark.parametrize("name", ["Western Sahara", "Falkland Islands"])
def test_a_territory_that_code_lists_call_a_country_keeps_its_claimants(name: str, gazetteer: Gazetteer) -> None:
    found = answered(name, gazetteer, on=date(2020, 1, 1))
    assert found.resolution == "country"
    assert len(found.claimed_by) == 2 and found.controlled_by
