"""Reads the specimen, scores the reading against the analysts' gold, and checks plainly what it must show.

Runs wherever `shared/` lies beside the project; elsewhere every test here is skipped and says so.
"""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from case_checks import EVENT_KEYS, STATEMENT_KEYS, failing
from case_files import Reader
from case_words import find_words, overlap

from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.report import Report
from detente.model.statement import Statement

SEED = Path(__file__).parents[2] / "shared" / "seed"
PUBLISHED = date(2023, 9, 19)
ATTACK_WORDS = [
    "is attacking",
    "offensive",
    "flare-up",
    "escalation of tensions",
    "military fighting",
    "fighting between",
]

pytestmark = pytest.mark.skipif(
    not SEED.is_dir(),
    reason=f"{SEED} does not lie beside the project, so the reading of the specimen cannot be checked",
)


@pytest.fixture(scope="module")
def text() -> str:
    return (SEED / "report.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def reading(reader: Reader, text: str) -> CodedReport:
    return reader.read(Report(text, published=PUBLISHED))


@pytest.fixture(scope="module")
def undated(reader: Reader, text: str) -> CodedReport:
    return reader.read(Report(text))


@pytest.fixture(scope="module")
def figures(reading: CodedReport) -> dict[str, Any]:
    """What `score_reading.py` says of the reading, by the name of the figure."""
    spec = importlib.util.spec_from_file_location("score_reading", SEED / "score_reading.py")
    assert spec is not None and spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    rows = score.score_all(score.read_gold(str(SEED / "gold")), [reading.to_dict()])
    return {name: figure["value"] for name, figure in score.figures(score.total(rows)).items()}


def events(reading: CodedReport, **wanted: Any) -> list[Event]:
    """The events that meet the wanted keys of a case file."""
    return [event for event in reading.events if not failing(wanted, event, EVENT_KEYS, reading)]


def statements(reading: CodedReport, **wanted: Any) -> list[Statement]:
    return [one for one in reading.statements if not failing(wanted, one, STATEMENT_KEYS, reading)]


def named(reading: CodedReport, words: str, occurrence: int = 0) -> Participant:
    """The participant whose mention fits the words best."""
    assert reading.participants, "nobody at all is read"
    at = find_words(reading.report.text, words)[occurrence]
    best = max(reading.participants, key=lambda p: max((overlap(at, span) for span in p.mentions), default=0.0))
    assert any(at.overlaps(span) for span in best.mentions), f"nobody is read on {words!r}"
    return best


def parties(reading: CodedReport, event: Event) -> set[str | None]:
    return {reading.participant(id).country for id in (*event.sources, *event.targets)}


@pytest.mark.parametrize(
    ("figure", "bar"),
    [
        ("statements.core_recall.relation", 0.95),
        ("events.core_recall.type", 0.95),
        ("events.core_recall.+both", 0.85),
        ("events.type.P", 0.8),
        ("participants.code", 0.9),
    ],
)
def test_the_bars(figure: str, bar: float, figures: dict[str, Any]) -> None:
    assert figures[figure] >= bar


def test_one_attack_in_the_reports_own_voice(reading: CodedReport) -> None:
    (attack,) = events(reading, type="ASSAULT", background=False, status="under_way | happened")
    assert events(reading, type="ASSAULT", background=False, words=ATTACK_WORDS, told_by=None) == [attack]
    assert [reading.participant(id).country for id in attack.sources] == ["AZE"]


def test_the_attacks_place_has_its_claimants_and_no_casualties(reading: CodedReport) -> None:
    (attack,) = events(reading, type="ASSAULT", background=False, status="under_way | happened")
    assert attack.place is not None
    assert (attack.place.name, attack.place.country) == ("Nagorno-Karabakh", "AZE")
    assert "AZE" in attack.place.claimed_by
    assert len(attack.place.claimed_by) > 1
    assert attack.size is None or (attack.size.dead, attack.size.injured) == (None, None)


def test_the_attack_is_dated_to_the_reports_day(reading: CodedReport) -> None:
    assert events(reading, type="ASSAULT", background=False, when=PUBLISHED)


def test_contacts_not_ruled_out_are_no_meeting_held(reading: CodedReport) -> None:
    (contacts,) = events(reading, words=["not ruling out", "contacts between"])
    assert contacts.status in ("hypothetical", "planned")
    assert {"RUS", "AZE", "ARM"} <= parties(reading, contacts)
    assert not contacts.counts


def test_no_meeting_of_the_leaders_is_counted(reading: CodedReport) -> None:
    leaders = {named(reading, name).id for name in ("Vladimir Putin", "Ilham Aliyev")}
    assert not [e for e in events(reading, type="CONSULT", status="happened") if leaders & {*e.sources, *e.targets}]


def test_the_agreement_to_talk_is_in_peskovs_words(reading: CodedReport) -> None:
    words = "as soon as there is an agreement, we will immediately inform you"
    told = statements(reading, says=words)
    assert told
    assert told == statements(reading, says=words, manner="direct", speaker="Dmitry Peskov")


def test_the_ministrys_call_is_one_request_of_russia_to_the_parties(reading: CodedReport) -> None:
    (request,) = events(reading, type="REQUEST")
    assert {reading.participant(id).country for id in request.sources} == {"RUS"}
    assert {reading.participant(id).country for id in request.targets} == {"AZE", "ARM"}
    cameo = request.coding("CAMEO")
    assert cameo is not None and cameo.code.startswith("02")
    assert request.status == "happened"


def test_the_end_of_hostilities_is_only_called_for(reading: CodedReport) -> None:
    assert not events(
        reading,
        type="RETREAT | CONCEDE",
        status="happened | under_way",
        words=["end hostilities", "stop the bloodshed"],
    )


def test_cnn_carries_and_zakharova_speaks(reading: CodedReport) -> None:
    assert statements(reading, says="calls on the parties to the conflict", channel="CNN", speaker="Maria Zakharova")
    cnn = named(reading, "CNN").id
    assert not [one for one in reading.statements if one.speaker == cnn]
    assert not [event for event in reading.events if cnn in (*event.sources, *event.targets)]


def test_he_is_open_on_its_face_and_says_so(reading: CodedReport) -> None:
    (said,) = statements(reading, says="calls on the parties", channel="CNN", speaker="Maria Zakharova")
    assert said.candidates
    assert said.why


def test_cnn_carries_that_one_call_only(reading: CodedReport) -> None:
    (call,) = find_words(reading.report.text, "calls on the parties to the conflict to stop the bloodshed")
    carried = statements(reading, channel="CNN")
    assert carried
    assert all(any(span.overlaps(call) for span in one.content) for one in carried)


def test_medvedev_writes_on_telegram_by_his_present_office(reading: CodedReport) -> None:
    (said,) = statements(
        reading, says="Then he lost the war, but strangely stayed put", channel="Telegram", inside=None
    )
    medvedev = named(reading, "Dmitry Medvedev")
    assert said.speaker == medvedev.id
    assert medvedev.code == "RUS GOV"
    assert medvedev.office is not None and "security council" in medvedev.office.casefold()


def test_former_president_and_current_deputy_are_one_person(reading: CodedReport) -> None:
    later = named(reading, "the former Russian president and current vice president")
    assert later.id == named(reading, "Dmitry Medvedev").id
    assert named(reading, "Vladimir Putin").id != later.id


def test_the_security_council_is_russias(reading: CodedReport) -> None:
    council = [
        p
        for p in reading.participants
        if p.kind == "organisation"
        and any("Security Council" in span.words(reading.report.text) for span in p.mentions)
    ]
    assert all(p.country == "RUS" for p in council)


def test_pashynian_is_armenias_prime_minister(reading: CodedReport) -> None:
    misspelt = named(reading, "Pashynian")
    assert misspelt.id == named(reading, "Nikol Pashinyan").id
    assert misspelt.code == "ARM GOV"
    assert misspelt.office is not None and "prime minister" in misspelt.office.casefold()


def test_the_inner_quotations_stand_inside_medvedevs_words(reading: CodedReport) -> None:
    assert statements(reading, says="For you I am a foreigner, you do not accept me", inside="Dmitry Medvedev")
    assert statements(reading, says="Let’s not judge by biographies, but by actions", inside="Dmitry Medvedev")


def test_urges_requests_nothing(reading: CodedReport) -> None:
    assert not events(reading, words="Medvedev urges")


@pytest.mark.parametrize("words", ["“forced”", "“message”", "“summit of the First Lady and of the Lord”"])
def test_marks_without_speech_are_no_statements(words: str, reading: CodedReport) -> None:
    (at,) = find_words(reading.report.text, words)
    assert not [one for one in reading.statements if any(at.contains(span) for span in one.content)]


def test_the_war_of_2020_is_background_of_that_year(reading: CodedReport) -> None:
    assert events(
        reading, type="ASSAULT", background=True, when=[date(2020, 1, 1), date(2020, 12, 31)], reciprocal=True
    )


def test_the_first_ladies_summit_is_background_of_this_september(reading: CodedReport) -> None:
    told = ["participation", "summit", "went to our enemies"]
    summit = events(reading, words=told, background=True, when=date(2023, 9, 7))
    assert summit
    assert "ARM" in parties(reading, summit[0])


@pytest.mark.parametrize(
    ("words", "country"), [("Baku", "AZE"), ("Yerevan", "ARM"), ("Moscow", "RUS"), ("The Kremlin", "RUS")]
)
def test_capitals_and_palace_are_governments_and_no_places(words: str, country: str, reading: CodedReport) -> None:
    assert named(reading, words).code == f"{country} GOV"
    for at in find_words(reading.report.text, words):
        assert not [place for place in reading.places if place.span.overlaps(at)]


def test_kiev_is_kyiv(reading: CodedReport) -> None:
    (at,) = find_words(reading.report.text, "Kiev")
    (place,) = [place for place in reading.places if place.span.overlaps(at)]
    assert (place.name, place.country) == ("Kyiv", "UKR")


def test_nothing_is_invented_from_clumsy_phrases(reading: CodedReport) -> None:
    (lord,) = find_words(reading.report.text, "the Lord")
    assert not [p for p in reading.participants if any(span.overlaps(lord) for span in p.mentions)]
    brotherly = named_alone(reading, "a brotherly country")
    assert not [event for event in reading.events if brotherly & {*event.sources, *event.targets}]
    assert not events(reading, words="flirt")
    assert not events(reading, words="pushing Moscow to take a stand")


def named_alone(reading: CodedReport, words: str) -> set[str]:
    """The ids of participants that are these words and nothing else."""
    spans = set(find_words(reading.report.text, words))
    return {p.id for p in reading.participants if p.mentions and set(p.mentions) <= spans}


def test_what_was_not_understood_is_listed_with_its_reason(reading: CodedReport) -> None:
    assert reading.unresolved
    assert all(item.kind and item.why for item in reading.unresolved)


def test_without_a_publication_day_it_reads_and_takes_no_date_from_the_clock(undated: CodedReport) -> None:
    assert undated.report.published is None
    assert undated.statements
    for event in undated.events:
        if event.when is not None:
            assert event.when.basis != "publication"
            years = {day.year for day in (event.when.first, event.when.last) if day}
            assert years <= {2020}, "2020 is the only year that the text gives"


def test_without_a_publication_day_it_warns(undated: CodedReport) -> None:
    assert undated.warnings


def test_what_is_demanded_promised_offered_and_relied_on(reading: CodedReport) -> None:
    codes = {p.id: p.code or "" for p in reading.participants}
    told = {
        c.kind: (
            {codes[id][:3] for id in c.who},
            {codes[id][:3] for id in c.to},
            " ".join(span.words(reading.report.text) for span in c.what),
        )
        for c in reading.commitments
    }
    assert len(told) == len(reading.commitments) == 4, "no kind twice, nothing else"
    assert told["demand"][:2] == ({"RUS"}, {"AZE", "ARM"})
    assert "an end to the fighting" in told["demand"][2]
    assert told["promise"][0] == {"RUS"}
    assert "we will immediately inform you" in told["promise"][2]
    assert told["offer"][:2] == ({"RUS"}, {"AZE", "ARM"})
    assert told["offer"][2].startswith("contacts between")
    assert "RUS" in told["agreement"][0]
    assert "existing trilateral agreements" in told["agreement"][2]
