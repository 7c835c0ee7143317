"""Who the participants of a report are, on the day of the report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from detente.codebook.whoswho import WhosWho
from detente.model.coded import CodedReport
from detente.model.event import Coding, Event
from detente.model.participant import Candidate, Description, Kind, Participant
from detente.model.report import Report
from detente.model.span import Span
from detente.model.statement import Statement
from detente.resolve.who import resolve_actors

DAY = date(2023, 9, 19)


@pytest.fixture(scope="module")
def whoswho() -> Iterator[WhosWho]:
    with WhosWho.open() as opened:
        yield opened


def named(name: str, number: int = 1, kind: Kind = "person", **fields: object) -> Participant:
    return Participant(f"a{number}", name, kind, (Span(number * 10, number * 10 + 5),), **fields)  # type: ignore[arg-type]


def office(role: str, role_class: str, country: str | None = None, **fields: object) -> Description:
    return Description(Span(0, 5), role, role_class, country, **fields)  # type: ignore[arg-type]


def resolve(whoswho: WhosWho, *participants: Participant, day: date | None = DAY) -> tuple[Participant, ...]:
    return resolve_actors(CodedReport(Report("x" * 200), participants=participants), day, whoswho).participants


ARMENIA = named("Armenia", 9, "country", entity="country:ARM", country="ARM")


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("Vladimir Putin", "RUS GOV", "President of Russia"),
        ("Ilham Aliyev", "AZE GOV", "President of Azerbaijan"),
        ("Nikol Pashinyan", "ARM GOV", "Prime Minister of Armenia"),
        ("Dmitry Peskov", "RUS GOV", "press secretary of the President of Russia"),
        ("Maria Zakharova", "RUS GOV", "spokeswoman of the Foreign Ministry of Russia"),
        ("Dmitry Medvedev", "RUS GOV", "deputy chairman of the Security Council of Russia"),
        ("Anna Hakobyan", "ARM ELI", "spouse of the prime minister of Armenia"),
    ],
)
def test_full_names(whoswho: WhosWho, name: str, code: str, words: str) -> None:
    (person,) = resolve(whoswho, named(name))
    assert person.entity and person.name == name
    assert (person.code, (person.office or "").lower()) == (code, words.lower())
    assert person.why and 0.5 < person.confidence < 1


def test_surname_with_office_and_another_spelling(whoswho: WhosWho) -> None:
    (person,) = resolve(
        whoswho, named("Pashynian", descriptions=(office("prime minister", "head_of_government", "ARM"),))
    )
    assert (person.name, person.code, person.wikidata) == ("Nikol Pashinyan", "ARM GOV", "Q7035479")


def test_surname_alone_needs_its_country_in_the_report(whoswho: WhosWho) -> None:
    person, _ = resolve(whoswho, named("Pashinyan"), ARMENIA)
    assert person.name == "Nikol Pashinyan" and person.confidence <= 0.7
    (alone,) = resolve(whoswho, named("Pashinyan"))
    assert alone.entity is None and alone.country is None and alone.candidates[0].name == "Nikol Pashinyan"


def test_office_alone(whoswho: WhosWho) -> None:
    role = named(
        "the Armenian prime minister",
        kind="role",
        descriptions=(office("prime minister", "head_of_government", "ARM"),),
    )
    (person,) = resolve(whoswho, role)
    assert (person.name, person.kind) == ("Nikol Pashinyan", "person")


def test_several_equally_good_stay_open_with_their_side(whoswho: WhosWho) -> None:
    role = named("the Russian spokesman", kind="role", descriptions=(office("spokesman", "spokesperson", "RUS"),))
    coded = resolve_actors(CodedReport(Report("x" * 200), participants=(role,)), DAY, whoswho)
    (person,) = coded.participants
    assert person.entity is None and person.country == "RUS"
    assert {c.name for c in person.candidates} >= {"Dmitry Peskov", "Maria Zakharova"}
    assert coded.unresolved[0].kind == "participant" and coded.unresolved[0].candidates


def test_a_spokesman_is_told_by_the_master(whoswho: WhosWho) -> None:
    words = office("spokesman", "spokesperson", "RUS", organisation="org:rus-presidency")
    (person,) = resolve(whoswho, named("the Kremlin spokesman", kind="role", descriptions=(words,)))
    assert person.name == "Dmitry Peskov"


def test_an_unknown_spokesman_has_the_sector_of_the_master(whoswho: WhosWho) -> None:
    army = named("the army", 1, "organisation", country="COL", sectors=("MIL",))
    speaker = named("Juan Invented", 2, descriptions=(office("spokesman", "spokesperson"),), principal="a1")
    resolved = resolve(whoswho, army, speaker)
    assert resolved[1].code == "COL MIL" and resolved[1].entity is None


def test_a_former_president_is_coded_by_the_office_of_the_day(whoswho: WhosWho) -> None:
    former = office("president", "head_of_state", "RUS", former=True)
    (medvedev,) = resolve(whoswho, named("Medvedev", descriptions=(former,)))
    assert (medvedev.name, medvedev.code) == ("Dmitry Medvedev", "RUS GOV")
    (hollande,) = resolve(
        whoswho, named("Hollande", descriptions=(office("president", "head_of_state", "FRA", former=True),))
    )
    assert (hollande.code, hollande.office) == ("FRA ELI", None)


def test_the_office_depends_on_the_day(whoswho: WhosWho) -> None:
    (then,) = resolve(whoswho, named("Dmitry Medvedev"), day=date(2010, 1, 1))
    assert then.office == "President of Russia"
    (undated,) = resolve(whoswho, named("Dmitry Medvedev"), day=None)
    assert undated.office is None and "day is not known" in undated.why


def test_an_office_after_it_was_last_seen_is_presumed(whoswho: WhosWho) -> None:
    (now,), (later,) = (
        resolve(whoswho, named("Ilham Aliyev")),
        resolve(whoswho, named("Ilham Aliyev"), day=date(2030, 1, 1)),
    )
    assert later.confidence < now.confidence and "presumed" in later.why


def test_the_report_may_know_a_newer_office(whoswho: WhosWho) -> None:
    told = office("defence minister", "defence_minister", "ARM", sector="GOV")
    (person,) = resolve(whoswho, named("Aram Invented", descriptions=(told,)))
    assert (person.entity, person.code, person.office) == (None, "ARM GOV", "defence minister")


def test_roles_without_a_name(whoswho: WhosWho) -> None:
    soldiers, police, nobody = resolve(
        whoswho,
        named("Armenian soldiers", 1, "group", country="ARM"),
        named("police", 2, "group"),
        named("strange things", 3, "group"),
    )
    assert (soldiers.code, police.code, nobody.code) == ("ARM MIL", "COP", None)


def test_nothing_is_guessed_from_a_name(whoswho: WhosWho) -> None:
    (person,) = resolve(whoswho, named("Ivan Inventedov"))
    assert (person.entity, person.country, person.sectors) == (None, None, ())
    assert person.why


def test_a_known_name_in_another_country_is_a_namesake(whoswho: WhosWho) -> None:
    (person,) = resolve(whoswho, named("Boris Johnson", descriptions=(office("miner", "civilian", "AUS"),)))
    assert person.entity is None and person.candidates


def test_bodies_media_and_countries(whoswho: WhosWho) -> None:
    ministry, cnn, nato, baku = resolve(
        whoswho,
        named("the Foreign Ministry", 1, "organisation", country="RUS"),
        named("CNN", 2, "organisation", entity="media:cnn"),
        named("NATO", 3, "organisation", entity="org:nato"),
        named("Baku", 4, "country", entity="country:AZE"),
    )
    assert (ministry.name, ministry.code) == ("Ministry of Foreign Affairs of Russia", "RUS GOV")
    assert (cnn.code, nato.code, baku.code, baku.name) == ("USA JRN", "IGO", "AZE GOV", "Azerbaijan")


def test_family_of_an_official_is_of_the_elite(whoswho: WhosWho) -> None:
    putin = named("Vladimir Putin", 1)
    _, cousin = resolve(whoswho, putin, named("his cousin", 2, "role", principal="a1"))
    assert cousin.code == "RUS ELI"


def test_bearers_of_one_name_are_told_apart_by_country(whoswho: WhosWho) -> None:
    candidates = tuple(Candidate(id, id, 0.5, "") for id in ("country:COD", "country:COG"))
    (congo,) = resolve(whoswho, named("Congo", 1, "country", country="COD", candidates=candidates))
    assert congo.entity == "country:COD"


def test_the_same_actor_is_joined_and_ids_rewritten(whoswho: WhosWho) -> None:
    first = named("Nikol Pashinyan", 1)
    second = named(
        "the Armenian prime minister", 2, "role", descriptions=(office("prime minister", "head_of_government", "ARM"),)
    )
    event = Event("e1", ("a2",), ("a1",), (Coding("PLOVER", "CONSULT"),), "happened", Span(0, 1), (Span(0, 1),))
    statement = Statement("s1", "a2", (Span(0, 1),), "direct", about=("a1", "a2"))
    coded = CodedReport(Report("x" * 200), participants=(first, second), events=(event,), statements=(statement,))
    joined = resolve_actors(coded, DAY, whoswho)
    assert [p.id for p in joined.participants] == ["a1"]
    assert joined.participants[0].mentions == (Span(10, 15), Span(20, 25))
    assert joined.events[0].sources == ("a1",)
    assert joined.statements[0].speaker == "a1" and joined.statements[0].about == ("a1",)


def test_the_kremlin_stays_beside_russia(whoswho: WhosWho) -> None:
    resolved = resolve(
        whoswho,
        named("Russia", 1, "country", entity="country:RUS"),
        named("Kremlin", 2, "organisation", entity="org:rus-presidency"),
    )
    assert [p.name for p in resolved] == ["Russia", "Presidential Administration of Russia"]
    assert {p.code for p in resolved} == {"RUS GOV"}


def test_resolving_twice_changes_nothing(whoswho: WhosWho) -> None:
    once = resolve(whoswho, named("Vladimir Putin"), ARMENIA)
    twice = resolve(whoswho, *once)
    assert [(p.entity, p.code, p.office) for p in twice] == [(p.entity, p.code, p.office) for p in once]
