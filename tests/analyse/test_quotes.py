"""Who said what: somebody is found by name, country and code, and the quotes stand in the order of days and places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from factory import DAY, sample, span

from detente.analyse.quotes import Party, Wanted, bears, name_words, party_asked, quotes_in, select_quotes
from detente.model.coded import CodedReport
from detente.model.participant import Participant

SECTORS = ("GOV", "MIL", "ELI")


def countries_named(name: str) -> tuple[str, ...]:
    return {"ruritania": ("RUR",), "RUA": ("RUR",)}.get(name if name.isupper() else name.lower(), ())


def asked(words: str) -> Party:
    return party_asked(words, SECTORS, countries_named)


def person(name: str, country: str | None = None, *sectors: str) -> Participant:
    return Participant("a1", name, "person", (), country=country, sectors=sectors)


def found(wanted: Wanted, coded: CodedReport | None = None) -> list[str]:
    return [quote.statement.id for quote in quotes_in(coded or sample(), wanted)]


def published(day: date | None) -> CodedReport:
    return sample().with_(report=replace(sample().report, published=day))


def test_whole_words_of_a_name_are_enough() -> None:
    for words in ("Marta Velik", "VELIK", "marta", "Márta Vélik", "Marta  (Velik)"):
        assert asked(words).fits(person("Marta Ilona Velik")), words
    for words in ("Vel", "Velik Marta", "Marta Veliky", "Konrad Velik"):
        assert not asked(words).fits(person("Marta Ilona Velik")), words
    assert asked("Jean Luc").fits(person("Jean-Luc Orsin"))


def test_a_code_asks_for_country_and_sectors() -> None:
    minister = person("Marta Velik", "RUR", "GOV", "ELI")
    for words in ("RUR", "RUR GOV", "RUR ELI", "RUR ELI GOV", "GOV", "Ruritania", "ruritania GOV", "RUA", "RUA GOV"):
        assert asked(words).fits(minister), words
    for words in ("GRA", "GRA GOV", "RUR MIL", "MIL", "RUR GOV MIL", "rur", "rur GOV"):
        assert not asked(words).fits(minister), words


def test_a_code_is_no_word_of_a_name_unless_written_so() -> None:
    assert not asked("RUR").fits(person("Rur Anders", "GRA"))
    assert asked("RUR").fits(person("RUR Alliance (RUR)", "GRA"))
    assert asked("rur").fits(person("Rur Anders", "GRA"))
    assert asked("ruritania").fits(person("Friends of Ruritania", "GRA", "CVL"))
    assert not asked("ruritania GOV").fits(person("Friends of Ruritania", "GRA", "GOV"))


@pytest.mark.parametrize("words", ["", "  ", "...", "?!"])
def test_nobody_is_no_name(words: str) -> None:
    with pytest.raises(ValueError, match="holds no name"):
        asked(words)


@pytest.mark.parametrize("words", ["RUR XYZ", "RUR GOV XYZ"])
def test_an_unknown_sector_is_told_with_those_there_are(words: str) -> None:
    with pytest.raises(ValueError, match="'XYZ' is no sector; there are ELI, GOV, MIL"):
        asked(words)


def test_a_name_bears_words_in_order_and_never_none() -> None:
    assert bears("Telegram channel of the Regent", name_words("telegram regent"))
    assert not bears("Telegram", ())


def test_each_thing_asked_for_must_fit() -> None:
    assert found(Wanted()) == ["s1", "s2"]
    assert found(Wanted(by=asked("Velik"))) == ["s1"]
    assert found(Wanted(about=asked("GRA"))) == ["s1"]
    assert found(Wanted(about=asked("RUR"))) == []
    assert found(Wanted(to=asked("RUR"))) == ["s1"]
    assert found(Wanted(to=asked("GRA"))) == []
    assert found(Wanted(channel=("telegram",))) == ["s1"]
    assert found(Wanted(channel=("cnn",))) == []
    assert found(Wanted(manner="mixed")) == ["s2"]
    assert found(Wanted(by=asked("Velik"), manner="mixed")) == []


def test_a_speaker_left_open_is_not_found_by_who_it_may_be() -> None:
    assert found(Wanted(by=asked("Regent"))) == []
    assert found(Wanted(about=asked("Regent"))) == ["s1"]


def test_a_quote_tells_names_and_words() -> None:
    outer, inner = quotes_in(sample(), Wanted())
    told = outer.to_dict()
    assert told["speaker_name"] == "Marta Velik" and told["speaker_code"] == "RUR GOV"
    assert told["about_names"] == ["Graustark", "the Regent"]
    assert told["cue_words"] == "wrote" and told["published"] == "2024-05-14"
    assert told["report"] == sample().report.id and told["outlet"] == "The Strelsau Courier"
    assert told.items() >= outer.statement.to_dict().items()
    assert inner.to_dict()["words"] == ["‘We will never talk’"]
    assert (inner.to_dict()["inside"], inner.outer_name, inner.to_dict()["speaker_name"]) == ("s1", "Marta Velik", None)


def test_ids_of_nobody_stay_ids() -> None:
    lone = sample().with_(participants=())
    (quote, _) = quotes_in(lone, Wanted())
    assert (quote.speaker, quote.about_names) == (None, ("a2", "a4"))
    assert found(Wanted(by=asked("Velik")), lone) == []


def test_statements_stand_by_day_then_report_then_place() -> None:
    early, late, undated = published(date(2024, 1, 2)), published(DAY), published(None)
    outer, inner = sample().statements
    turned = late.with_(statements=(inner, outer))
    order = [(q.published, q.statement.id) for q in select_quotes([undated, turned, early], Wanted())]
    days = (date(2024, 1, 2), DAY, None)
    assert order == [(day, id) for day in days for id in ("s1", "s2")]


def test_what_begins_together_stands_outer_first() -> None:
    outer, inner = sample().statements
    same = replace(inner, content=(span("“Graustark"),))
    assert found(Wanted(), sample().with_(statements=(same, outer))) == ["s1", "s2"]


def test_a_period_holds_both_its_days_and_nothing_undated() -> None:
    readings = [published(day) for day in (date(2024, 5, 13), DAY, date(2024, 5, 15), None)]

    def days(since: date | None, until: date | None) -> set[date | None]:
        return {quote.published for quote in select_quotes(readings, Wanted(since=since, until=until))}

    assert days(DAY, DAY) == {DAY}
    assert days(DAY, None) == {DAY, date(2024, 5, 15)}
    assert days(None, DAY) == {date(2024, 5, 13), DAY}
    assert len(days(None, None)) == 4
