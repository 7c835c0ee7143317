"""Places: which of several of one name is meant, and at which of them an event was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from gazetteer_built import built_gazetteer
from resolve import readings_by_spacy as readings

from detente.codebook.gazetteer import Gazetteer
from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.span import Span
from detente.resolve.where import resolve_places

DAY = date(2023, 9, 19)


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open(built_gazetteer()) as opened:
        yield opened


def resolved(
    gazetteer: Gazetteer,
    text: str,
    names: tuple[str, ...],
    triggers: tuple[str, ...] = (),
    parties: tuple[str, ...] = (),
) -> CodedReport:
    reading = readings.read(text, DAY, names)
    events = tuple(
        Event(f"e{n}", (), (), (), "happened", readings.span_of(text, words), (Span(0, len(text)),))
        for n, words in enumerate(triggers)
    )
    participants = tuple(Participant(code, code, "country", (), country=code) for code in parties)
    coded = CodedReport(reading.report, participants=participants, events=events)
    return resolve_places(coded, reading, gazetteer, DAY)


def the_place(
    gazetteer: Gazetteer, text: str, name: str, others: tuple[str, ...] = (), parties: tuple[str, ...] = ()
) -> Place:
    return resolved(gazetteer, text, (name, *others), parties=parties).places[0]


def event_places(
    gazetteer: Gazetteer, text: str, names: tuple[str, ...], triggers: tuple[str, ...]
) -> list[str | None]:
    events = resolved(gazetteer, text, names, triggers).events
    return [event.place.name if event.place else None for event in events]


def test_a_disputed_place_has_all_its_claimants(gazetteer: Gazetteer) -> None:
    coded = resolved(gazetteer, "Azerbaijan is attacking Nagorno-Karabakh.", ("Nagorno-Karabakh",), ("attacking",))
    place = coded.places[0]
    assert (place.country, place.claimed_by) == ("AZE", ("AZE", "Republic of Artsakh"))
    assert place.resolution == "region"
    assert coded.events[0].place == place
    assert place.id == f"{coded.report.id}-p1"


def test_the_old_name_of_a_city(gazetteer: Gazetteer) -> None:
    place = the_place(gazetteer, "The summit was held in Kiev.", "Kiev")
    assert (place.name, place.country, place.resolution) == ("Kyiv", "UKR", "city")


def test_the_country_beside_the_name_decides(gazetteer: Gazetteer) -> None:
    place = the_place(gazetteer, "Gunmen killed a man in Tripoli, Lebanon.", "Tripoli", ("Lebanon",))
    assert place.country == "LBN"
    assert "Lebanon" in place.why


def test_the_parties_decide_where_nothing_stands_beside_the_name(gazetteer: Gazetteer) -> None:
    assert the_place(gazetteer, "Militias clashed in Tripoli.", "Tripoli", parties=("LBY",)).country == "LBY"
    assert the_place(gazetteer, "Militias clashed in Tripoli.", "Tripoli", parties=("LBN",)).country == "LBN"


def test_a_name_explained_once_keeps_its_meaning(gazetteer: Gazetteer) -> None:
    text = "Shots were heard in Tripoli, Lebanon. Later a bomb went off in Tripoli."
    reading = readings.read(text, DAY, ("Tripoli", "Lebanon"))
    again = readings.span_of(text, "Tripoli", 2)
    second = readings.Mention(again, reading.tokens_in(again)[0], "place", "Tripoli", as_place=True)
    reading = readings.Reading(
        reading.report, reading.paragraphs, reading.sentences, reading.tokens, mentions=(*reading.mentions, second)
    )
    places = resolve_places(CodedReport(reading.report), reading, gazetteer, DAY).places
    assert [p.country for p in places] == ["LBN", "LBN", "LBN"]


def test_a_town_tells_which_region_holds_it(gazetteer: Gazetteer) -> None:
    places = resolved(gazetteer, "They marched through Atlanta, Georgia.", ("Atlanta", "Georgia")).places
    assert [(p.country, p.resolution) for p in places] == [("USA", "city"), ("USA", "admin1")]
    assert the_place(gazetteer, "Tanks entered Georgia.", "Georgia").country == "GEO"


def test_a_region_word_asks_for_the_region(gazetteer: Gazetteer) -> None:
    assert the_place(gazetteer, "Shelling went on in Donetsk region.", "Donetsk").resolution == "admin1"
    assert the_place(gazetteer, "Shelling went on in Donetsk.", "Donetsk", parties=("UKR",)).resolution == "city"


def test_equally_good_places_stay_open(gazetteer: Gazetteer) -> None:
    coded = resolved(gazetteer, "A storm hit San Pedro.", ("San Pedro",))
    place = coded.places[0]
    assert (place.country, place.latitude) == (None, None)
    assert len(place.candidates) > 1
    assert [u.kind for u in coded.unresolved] == ["place"]
    assert "equally likely" in place.why


def test_an_unknown_village_takes_the_country_beside_it(gazetteer: Gazetteer) -> None:
    text = "Raiders burned the village of Tamassogo in northern Mali."
    coded = resolved(gazetteer, text, ("Tamassogo", "Mali"), ("burned",))
    place = coded.places[0]
    assert (place.name, place.country, place.latitude) == ("Tamassogo", "MLI", None)
    assert coded.events[0].place == place


def test_an_unknown_village_without_a_word_of_its_country(gazetteer: Gazetteer) -> None:
    place = the_place(gazetteer, "Raiders burned the village of Tamassogo.", "Tamassogo", parties=("MLI",))
    assert (place.country, place.latitude) == (None, None)
    assert "no place called Tamassogo is known" in place.why


def test_what_is_said_in_a_city_did_not_happen_there(gazetteer: Gazetteer) -> None:
    text = "The minister said in Geneva that troops had shelled Kharkiv."
    assert event_places(gazetteer, text, ("Geneva", "Kharkiv"), ("said", "shelled")) == ["Geneva", "Kharkiv"]


def test_each_clause_has_its_own_place(gazetteer: Gazetteer) -> None:
    text = "Troops shelled a market in Kramatorsk while envoys met in Vienna."
    assert event_places(gazetteer, text, ("Kramatorsk", "Vienna"), ("shelled", "met")) == ["Kramatorsk", "Vienna"]


def test_where_somebody_comes_from_is_no_place_of_the_event(gazetteer: Gazetteer) -> None:
    text = "Fighters from Kidal attacked a convoy near Gao."
    assert event_places(gazetteer, text, ("Kidal", "Gao"), ("attacked",)) == ["Gao"]
    assert event_places(gazetteer, "Fighters from Kidal attacked a convoy.", ("Kidal",), ("attacked",)) == [None]


def test_a_withdrawal_from_a_place_is_there(gazetteer: Gazetteer) -> None:
    text = "The Russian withdrawal from Kherson was praised in Berlin."
    assert event_places(gazetteer, text, ("Kherson", "Berlin"), ("withdrawal", "praised")) == ["Kherson", "Berlin"]


def test_a_dateline_is_no_place_of_an_event(gazetteer: Gazetteer) -> None:
    text = "GENEVA, March 3 (Agency) - Envoys met on Monday."
    assert event_places(gazetteer, text, ("GENEVA",), ("met",)) == [None]


def test_an_event_without_a_place_has_none(gazetteer: Gazetteer) -> None:
    text = "Troops shelled a market. It rained in Vienna."
    assert event_places(gazetteer, text, ("Vienna",), ("shelled",)) == [None]


def test_the_spans_give_back_the_words(gazetteer: Gazetteer) -> None:
    text = "Militias clashed in Tripoli and near Sirte."
    coded = resolved(gazetteer, text, ("Tripoli", "Sirte"))
    assert [p.span.words(text) for p in coded.places] == ["Tripoli", "Sirte"]
