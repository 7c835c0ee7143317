"""The runner of the cases: a wrong expectation fails and says why, a right one passes, a malformed file is named.

Works on a hand-made reading; no reader is needed.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from case_checks import EVENT_KEYS, PEOPLE_KEYS, PLACE_KEYS, STATEMENT_KEYS, unmet
from case_display import show_failure
from case_files import Case, CaseError, load_cases, load_file, marks_of
from case_words import find_words, plain

from detente.model.coded import CodedReport
from detente.model.event import Coding, Event
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.reading import Unresolved
from detente.model.report import Report
from detente.model.span import Span
from detente.model.statement import Channel, Statement
from detente.model.when import When

TEXT = (
    "The post in Kassala was shelled by Sudanese troops on Monday. “My wife told me: ‘They came at night’,” "
    "Egyptian envoy Omar Vega said on CNN. Chad asked the envoy to leave. Nobody knows the Old Man."
)
MONDAY = date(2024, 3, 4)


def at(words: str) -> Span:
    return find_words(TEXT, words)[0]


def reading() -> CodedReport:
    """A reading of the text in which every key of a case file has something to look at."""
    people = (
        Participant("a1", "Sudan’s army", "group", (at("Sudanese troops"),), None, "SDN", ("MIL",)),
        Participant(
            "a2",
            "Omar Vega",
            "person",
            (at("Egyptian envoy Omar Vega"), at("the envoy")),
            None,
            "EGY",
            ("GOV",),
            "envoy of Egypt",
        ),
        Participant("a3", "My wife", "role", (at("My wife"),)),
        Participant("a4", "Chad", "country", (at("Chad"),), None, "TCD", ("GOV",)),
    )
    kassala = Place("p1", at("Kassala"), "Kassala", country="SDN", claimed_by=("SDN", "ERI"))
    shelling = Event(
        "e1",
        ("a1",),
        (),
        (Coding("PLOVER", "ASSAULT", "heavy-weapons"), Coding("CAMEO", "194")),
        "happened",
        at("shelled"),
        (at("shelled"),),
        place=kassala,
        when=When(MONDAY, MONDAY, "stated", "day"),
    )
    coming = Event("e2", (), (), (Coding("PLOVER", "ASSAULT"),), "denied", at("came"), (at("came"),), told_in="s1")
    asking = Event("e3", ("a4",), ("a2",), (Coding("PLOVER", "REQUEST"),), "happened", at("asked"), (at("asked"),))
    outer = at("“My wife told me: ‘They came at night’,”")
    cnn = Channel("CNN", "outlet", at("CNN"))
    statements = (
        Statement("s1", "a2", (outer,), "direct", channel=cnn, about=("a1", "a3"), addressees=("a4",)),
        Statement("s2", "a3", (at("‘They came at night’"),), "direct", inside="s1"),
    )
    left = (Unresolved(at("the Old Man"), "participant", "nobody of that name is known"),)
    return CodedReport(
        Report(TEXT, published=date(2024, 3, 6)), people, (kassala,), statements, (shelling, coming, asking), left
    )


SHELLING: dict[str, tuple[Any, Any]] = {
    "words": ("was shelled", "told me"),
    "type": ("ASSAULT", "PROTEST"),
    "mode": ("drone | heavy-weapons", "drone"),
    "cameo": ("19*", "18*"),
    "status": ("happened", "planned"),
    "background": (False, True),
    "reciprocal": (False, True),
    "sources": (["SDN MIL"], ["SDN MIL", "TCD GOV"]),
    "targets": ([], ["TCD GOV"]),
    "when": (MONDAY, date(2024, 3, 11)),
    "place": ("Kassala", None),
    "told_by": (None, "Omar Vega"),
}
WORDS_OF_VEGA: dict[str, tuple[Any, Any]] = {
    "says": ("My wife told me", "The post in Kassala"),
    "without": ("Egyptian envoy", "told me"),
    "speaker": ("Omar Vega", "My wife"),
    "channel": ("CNN", None),
    "manner": ("direct | mixed", "indirect"),
    "inside": (None, "Omar Vega"),
    "about": (["SDN MIL"], ["TCD GOV"]),
    "addressees": (["Chad"], []),
}
THE_ENVOY: dict[str, tuple[Any, Any]] = {
    "is": ("Omar Vega", "Chad"),
    "code": ("EGY GOV", "EGY MIL"),
    "office": ("envoy", None),
    "kind": ("person", "role"),
}
THE_PLACE: dict[str, tuple[Any, Any]] = {
    "name": ("Kassala", "Gedaref"),
    "country": ("SDN", "ERI"),
    "claimed_by": (["ERI"], ["ETH"]),
}


def write(folder: Path, content: str) -> Path:
    path = folder / "some.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def expecting(folder: Path, expect: object) -> Case:
    """A case with that expectation, through the same door as those in files."""
    (case,) = load_file(write(folder, as_yaml([{"case": "one", "text": TEXT, "expect": expect}])))
    return case


def as_yaml(value: object) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True))


def complaints(folder: Path, expect: object, quotations: tuple[str, ...] = ()) -> list[str]:
    return unmet(expecting(folder, expect).expect, reading(), quotations)


def test_every_key_of_a_case_file_is_tried_here() -> None:
    assert set(SHELLING) == set(EVENT_KEYS)
    assert set(WORDS_OF_VEGA) == set(STATEMENT_KEYS)
    assert {*THE_ENVOY, "words"} == set(PEOPLE_KEYS)
    assert {*THE_PLACE, "words"} == set(PLACE_KEYS)


@pytest.mark.parametrize("key", SHELLING)
def test_an_event_meets_right_and_fails_wrong_expectations(key: str, tmp_path: Path) -> None:
    right, wrong = SHELLING[key]
    assert complaints(tmp_path, {"events": [{"words": "shelled", key: right}]}) == []
    (line,) = complaints(tmp_path, {"events": [{"words": "shelled", key: wrong}]})
    assert line.startswith("event ")


@pytest.mark.parametrize("key", WORDS_OF_VEGA)
def test_a_statement_meets_right_and_fails_wrong_expectations(key: str, tmp_path: Path) -> None:
    right, wrong = WORDS_OF_VEGA[key]
    assert complaints(tmp_path, {"statements": [{"says": "My wife told me", key: right}]}) == []
    (line,) = complaints(tmp_path, {"statements": [{"says": "My wife told me", key: wrong}]})
    assert line.startswith("statement ")


@pytest.mark.parametrize("key", THE_ENVOY)
def test_a_person_meets_right_and_fails_wrong_expectations(key: str, tmp_path: Path) -> None:
    right, wrong = THE_ENVOY[key]
    assert complaints(tmp_path, {"people": [{"words": "the envoy", key: right}]}) == []
    (line,) = complaints(tmp_path, {"people": [{"words": "the envoy", key: wrong}]})
    assert line.startswith("people 'the envoy'")
    assert key in line


@pytest.mark.parametrize("key", THE_PLACE)
def test_a_place_meets_right_and_fails_wrong_expectations(key: str, tmp_path: Path) -> None:
    right, wrong = THE_PLACE[key]
    assert complaints(tmp_path, {"places": [{"words": "Kassala", key: right}]}) == []
    (line,) = complaints(tmp_path, {"places": [{"words": "Kassala", key: wrong}]})
    assert key in line


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ({"event_count": 3}, {"event_count": 2}),
        ({"statement_count": 2}, {"statement_count": 0}),
        ({"no_events_on": ["leave"]}, {"no_events_on": ["was shelled"]}),
        ({"no_such_events": [{"type": "ASSAULT", "status": "planned"}]}, {"no_such_events": [{"type": "ASSAULT"}]}),
        ({"not_people": ["Monday"]}, {"not_people": ["Chad"]}),
        ({"not_places": ["Chad"]}, {"not_places": ["Kassala"]}),
        ({"unresolved": ["Old Man"]}, {"unresolved": ["Monday"]}),
    ],
)
def test_lists_and_counts(right: object, wrong: object, tmp_path: Path) -> None:
    assert complaints(tmp_path, right) == []
    assert len(complaints(tmp_path, wrong)) == 1


def test_quotations_must_be_all_and_in_order(tmp_path: Path) -> None:
    inner, outer = "‘They came at night’", "“My wife told me: ‘They came at night’,”"
    expect = {"quotations": [outer, inner]}
    assert complaints(tmp_path, expect, (outer, inner)) == []
    assert len(complaints(tmp_path, expect, (outer,))) == 1
    assert len(complaints(tmp_path, expect, (inner, outer))) == 1


def test_words_without_a_mention_or_a_place_are_a_complaint(tmp_path: Path) -> None:
    expect = {"people": [{"words": "Monday"}], "places": [{"words": "Monday"}]}
    assert len(complaints(tmp_path, expect)) == 2


def test_two_expectations_do_not_share_one_event(tmp_path: Path) -> None:
    twice = {"events": [{"words": "shelled"}, {"type": "ASSAULT", "status": "happened"}]}
    (line,) = complaints(tmp_path, twice)
    assert "another expectation" in line
    # The loose expectation stands first and must not take what the strict one needs.
    loose = {"events": [{"type": "ASSAULT"}, {"type": "ASSAULT", "status": "happened"}]}
    assert complaints(tmp_path, loose) == []


def test_an_inner_statement_is_told_from_the_outer_that_holds_its_words(tmp_path: Path) -> None:
    both = [{"says": "They came at night", "inside": None}, {"says": "They came at night", "inside": "Omar Vega"}]
    assert complaints(tmp_path, {"statements": both}) == []


def test_the_message_shows_text_reading_and_what_is_not_met() -> None:
    message = show_failure(
        reading(), ["event 'shelled': type: expected PROTEST, read ASSAULT"], ("‘They came at night’",)
    )
    for part in (
        TEXT,
        "expected PROTEST",
        "Sudan’s army (SDN MIL) -> nobody",
        "2024-03-04",
        "'shelled'",
        "through CNN",
        "Old Man",
    ):
        assert part in message
    assert "[0, " not in message


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("[", "not readable as YAML"),
        ("case: one", "must be a list of cases"),
        ("- text: A", "case 1"),
        ("- {case: one, text: A, expects: {}}", "unknown key 'expects'"),
        ("- {case: one, expect: {event_count: 0}}", "'text' is missing"),
        ("- {case: one, text: A}", "'expect' is missing"),
        ("- {case: one, text: A, published: last week, expect: {event_count: 0}}", "'published' must be a day"),
        ("- {case: one, text: A, known_gap: true, expect: {event_count: 0}}", "'known_gap' must be a reason"),
        ("- {case: one, text: A, expect: {event: []}}", "unknown key 'event'"),
        ("- {case: one, text: A, expect: {event_count: many}}", "must be a number"),
        ("- {case: one, text: A, expect: {events: [{tpye: ASSAULT}]}}", "unknown key 'tpye'"),
        ("- {case: one, text: A, expect: {events: [{cameo: 194}]}}", "'cameo' must be words"),
        ("- {case: one, text: A, expect: {events: [{sources: SDN MIL}]}}", "'sources' must be a list"),
        ("- {case: one, text: A, expect: {events: [{when: Monday}]}}", "'when' must be a day"),
        ("- {case: one, text: A, expect: {events: [{words: B}]}}", "do not stand in the text"),
        ("- {case: one, text: A, expect: {not_places: [B]}}", "do not stand in the text"),
        ("- {case: one, text: A, expect: {people: [{code: SDN MIL}]}}", "needs 'words'"),
    ],
)
def test_a_malformed_file_is_named_with_its_case_and_fault(content: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as error:
        load_file(write(tmp_path, content))
    assert fault in str(error.value)
    assert "some.yaml" in str(error.value)
    assert "case: one" not in content or content == "case: one" or "one" in str(error.value)


def test_a_known_gap_must_fail_until_it_is_unmarked(tmp_path: Path) -> None:
    gap = "- {case: one, text: A, known_gap: no rule for it yet, expect: {event_count: 0}}"
    (marked,) = load_file(write(tmp_path, gap))
    assert [(mark.name, mark.kwargs) for mark in marks_of(marked)] == [
        ("xfail", {"strict": True, "reason": "no rule for it yet"})
    ]
    assert marks_of(expecting(tmp_path, {"event_count": 0})) == []


def test_two_cases_of_one_name_are_an_error(tmp_path: Path) -> None:
    one = "- {case: one, text: A, expect: {event_count: 0}}\n"
    with pytest.raises(CaseError, match="given to two cases"):
        load_file(write(tmp_path, one + one))


def test_brackets_pick_words_out_of_their_surroundings() -> None:
    assert find_words("He said he warned", "[he] warned") == [Span(8, 10)]
    assert find_words("they [the rebels] left", "they [the rebels] left") == [Span(0, 22)]
    assert find_words("Niger and\nNigeria", "and Nigeria") == [Span(6, 17)]
    assert find_words("Nigeria", "Niger") == []


def test_names_are_compared_as_people_do() -> None:
    assert plain("The Élysée’s") == plain("elysee")
    assert plain("Recep Tayyip Erdoğan") == plain("Recep Tayyip Erdogan")
    assert plain("Iran") != plain("Iraq")


def test_every_file_has_at_least_ten_cases() -> None:
    cases = load_cases(Path(__file__).parent / "cases" / "en")
    files = [case.file for case in cases]
    stages = {"quotations", "mentions", "statements", "events", "status", "when", "who", "where", "whole"}
    assert stages <= set(files)
    assert {name: files.count(name) for name in stages if files.count(name) < 10} == {}
