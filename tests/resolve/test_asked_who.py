"""Who somebody is whom somebody asks about: names, offices, both, and what is left open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from detente.codebook.language import LanguagePack, load_language
from detente.codebook.whoswho import WhosWho
from detente.model.answers import Answer, KnownActor
from detente.resolve.asked_who import ask_who

DAY = date(2023, 9, 19)


@pytest.fixture(scope="module")
def language() -> LanguagePack:
    return load_language()


@pytest.fixture(scope="module")
def whoswho() -> Iterator[WhosWho]:
    with WhosWho.open() as opened:
        yield opened


class Asking:
    """Asks with the built knowledge."""

    def __init__(self, whoswho: WhosWho, language: LanguagePack) -> None:
        self.whoswho, self.language = whoswho, language

    def __call__(self, query: str, day: date | None = DAY) -> Answer[KnownActor]:
        return ask_who(query, day, self.whoswho, self.language)

    def told(self, query: str, day: date | None = DAY) -> tuple[str, str | None, str | None] | None:
        """Name, code and office of the answer."""
        answer = self(query, day).answer
        return (answer.name, answer.code, answer.office) if answer else None


@pytest.fixture
def ask(whoswho: WhosWho, language: LanguagePack) -> Asking:
    return Asking(whoswho, language)


@pytest.mark.parametrize(
    "query",
    [
        "Pashynian",
        "Nikol Pashinyan",
        "Armenia's prime minister",
        "the Armenian premier",
        "Prime Minister Pashinyan",
        "prime minister of Armenia",
    ],
)
def test_one_man_by_many_words(ask: Asking, query: str) -> None:
    assert ask.told(query) == ("Nikol Pashinyan", "ARM GOV", "prime minister of Armenia")


def test_an_office_of_a_body_is_told_by_its_words(ask: Asking) -> None:
    told = ask.told("deputy chairman of the Security Council of the Russian Federation")
    assert told == ("Dmitry Medvedev", "RUS GOV", "deputy chairman of the Security Council of Russia")


def test_the_office_is_that_of_the_day(ask: Asking) -> None:
    assert ask.told("Israel's defence minister", date(2021, 5, 1)) is not None
    names = [ask.told("Israel's defence minister", date(year, 5, 1)) for year in (2021, 2023)]
    assert [told[0] for told in names if told] == ["Benny Gantz", "Yoav Gallant"]


def test_an_open_end_is_presumed_after_the_last_day_known(ask: Asking) -> None:
    late = ask("Nikol Pashinyan", date(2040, 1, 1)).answer
    now = ask("Nikol Pashinyan").answer
    assert late is not None and now is not None
    assert late.presumed and not now.presumed
    assert late.confidence < now.confidence


def test_a_former_president_is_of_the_elite_with_the_days_of_the_former_office(ask: Asking) -> None:
    answer = ask("former president Nicolas Sarkozy").answer
    assert answer is not None
    assert (answer.code, answer.office, answer.until) == ("FRA ELI", None, date(2012, 5, 15))


def test_a_rank_tells_a_soldier_from_his_namesake(ask: Asking) -> None:
    told = ask.told("Gen. Tiani", date(2024, 3, 1))
    assert told is not None and told[0] == "Abdourahamane Tiani"


def test_a_spokesman_is_no_master(ask: Asking) -> None:
    spokesman, master = ask.told("the Kremlin spokesman"), ask.told("the Russian president")
    assert spokesman is not None and spokesman[0] == "Dmitry Peskov"
    assert master is not None and master[0] == "Vladimir Putin"


def test_a_group_stands_on_the_side_of_the_day(ask: Asking) -> None:
    before, after = (ask("the Taliban", date(2021, 8, day)) for day in (14, 15))
    assert before.answer is not None and after.answer is not None
    assert (before.answer.code, after.answer.code) == ("AFG REB", "AFG GOV")
    assert "until 2021-08-14" in before.why and "since 2021-08-15" in after.why


def test_somebody_without_a_name_has_the_country_and_side_of_the_words(ask: Asking) -> None:
    answer = ask("Armenian soldiers").answer
    assert answer is not None and (answer.kind, answer.code) == ("role", "ARM MIL")


def test_a_list_is_no_one_actor(ask: Asking) -> None:
    answer = ask("Russia, Iran and Turkey")
    assert answer.answer is None
    assert [actor.country for actor in answer.candidates] == ["RUS", "IRN", "TUR"]


def test_several_equally_good_ones_are_left_open_with_the_candidates(ask: Asking) -> None:
    answer = ask("Russia's deputy foreign minister")
    assert answer.answer is None and len(answer.candidates) > 1
    assert "several" in answer.why


@pytest.mark.parametrize("query", ["", "   ", "?!", "x" * 5000, "Zqxwv Brtkpl", "'s", "the"])
def test_what_means_nobody_is_not_known(ask: Asking, query: str) -> None:
    answer = ask(query)
    assert answer.answer is None and answer.why


def test_without_a_day_no_office_is_told(ask: Asking) -> None:
    answer = ask("Nikol Pashinyan", None)
    assert answer.answer is not None
    assert answer.answer.office is None and "no day" in answer.why
    assert answer.answer.confidence > 0.5


def test_a_former_president_in_another_office_has_that_office(ask: Asking) -> None:
    answer = ask("former President Medvedev", date(2023, 1, 1))
    assert answer.answer is not None
    assert (answer.answer.code, answer.answer.office) == (
        "RUS GOV",
        "deputy chairman of the Security Council of Russia",
    )
    assert "President of Russia until 2012-05-07" in answer.why and "no office known" not in answer.why


def test_the_former_holder_of_an_office_is_of_the_elite(ask: Asking) -> None:
    answer = ask("former French president", date(2022, 1, 1)).answer
    assert answer is not None
    assert (answer.name, answer.code, answer.until) == ("François Hollande", "FRA ELI", date(2017, 5, 14))


def test_the_country_of_the_reason_is_theirs(ask: Asking) -> None:
    why = ask("the American envoy in Moscow, Russian foreign minister Lavrov").why
    assert "of USA" not in why


def test_an_office_of_nobody_and_words_of_no_office_have_their_own_reasons(ask: Asking) -> None:
    assert "name the country" in ask("the prime minister").why
    assert "name the country" in ask("the prime minister", None).why
    assert "no name and no office" in ask("xqzt wvu").why
    assert "--on" in ask("the French president", None).why


def test_a_name_in_small_letters_is_a_name(ask: Asking) -> None:
    told = ask.told("volodimir zelenski")
    assert told is not None and told[0] == "Volodymyr Zelensky"


@pytest.mark.parametrize("query", ["Polish President Duda's spokesman", "Vladimir Putin's spokesman", "Putin's wife"])
def test_somebody_of_a_named_person_is_not_that_person(ask: Asking, query: str) -> None:
    answer = ask(query).answer
    assert answer is None or answer.name not in ("Andrzej Duda", "Vladimir Putin")
