"""Who did what to whom, with both codes, the words that tell it, and on whose word it stands."""

from __future__ import annotations

import pytest
from read_texts import coded, event_of, named, type_of

from detente.model.coded import CodedReport
from detente.pipeline import Kit


def parties(text: str, trigger: str, kit: Kit) -> tuple[list[str], list[str]]:
    """The names of sources and targets of the event with that trigger."""
    reading = coded(text, kit)
    event = event_of(reading, trigger)
    return named(reading, event.sources), named(reading, event.targets)


def told(text: str, kit: Kit) -> list[str]:
    return [type_of(event) for event in coded(text, kit).events]


# -- parties


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Peru attacked Chile.", "attacked"),
        ("Chile was attacked by Peru.", "attacked"),
        ("The old Peru, which attacked Chile, is gone.", "attacked"),
        ("Peru's attack on Chile lasted days.", "attack"),
        ("The Peruvian attack on Chile lasted days.", "attack"),
        ("An attack by Peru on Chile lasted days.", "attack"),
        ("Peru launched an attack on Chile.", "attack"),
        ("Peru accused Chile of lies.", "accused"),
        ("Peru sold drones, attacked Chile and left.", "attacked"),
    ],
)
def test_source_and_target(text: str, trigger: str, kit: Kit) -> None:
    assert parties(text, trigger, kit) == (["Peru"], ["Chile"])


def test_many_on_either_side(kit: Kit) -> None:
    assert parties("Peru and Brazil attacked Chile and Kenya.", "attacked", kit) == (
        ["Peru", "Brazil"],
        ["Chile", "Kenya"],
    )


def test_what_is_done_together_has_everybody_on_both_sides(kit: Kit) -> None:
    for text, trigger in (
        ("Peru met Chile.", "met"),
        ("Peru and Chile clashed.", "clashed"),
        ("Peru held talks with Chile.", "held talks"),
    ):
        reading = coded(text, kit)
        event = event_of(reading, trigger)
        assert event.reciprocal, text
        assert event.sources == event.targets
        assert named(reading, event.sources) == ["Peru", "Chile"]


def test_who_meets_nobody_named_meets_alone(kit: Kit) -> None:
    event = event_of(coded("Peru held talks with a friend.", kit), "held talks")
    assert not event.reciprocal


def test_nobody_acts_on_his_own_people(kit: Kit) -> None:
    assert parties("Peru withdrew its troops.", "withdrew", kit) == (["Peru"], [])


def test_a_verbs_own_subject_is_no_target(kit: Kit) -> None:
    sources, targets = parties("Peru said that it attacked Chile.", "attacked", kit)
    assert (sources, targets) == (["Peru"], ["Chile"])


def test_those_between_whom_fighting_should_end_are_asked(kit: Kit) -> None:
    text = "Brazil called for an end to the clashes between Peru and Chile."
    reading = coded(text, kit)
    request = next(e for e in reading.events if type_of(e).startswith("REQUEST"))
    assert named(reading, request.sources) == ["Brazil"]
    assert named(reading, request.targets) == ["Peru", "Chile"]


def test_who_condemns_an_attack_did_not_attack(kit: Kit) -> None:
    doers = [e for e in coded("Brazil condemned the attack.", kit).events if type_of(e).startswith("ASSAULT")]
    assert all(not e.sources for e in doers)


def test_who_is_threatened_with_an_attack_is_the_target(kit: Kit) -> None:
    reading = coded("Peru threatened to attack Chile.", kit)
    threat = next(e for e in reading.events if type_of(e).startswith("THREATEN"))
    assert named(reading, threat.targets) == ["Chile"]


# -- codes and scores


def test_each_event_has_both_codes_with_their_own_scores(kit: Kit) -> None:
    event = event_of(coded("Peru shelled Chile.", kit), "shelled")
    plover, cameo = event.codings
    assert (plover.ontology, plover.code, plover.mode, plover.score) == (
        "PLOVER",
        "ASSAULT",
        "heavy-weapons",
        kit.ontology.plover_score("ASSAULT", "heavy-weapons"),
    )
    assert (cameo.ontology, cameo.code, cameo.score) == ("CAMEO", "194", kit.ontology.goldstein("194"))


def test_what_is_asked_decides_the_code(kit: Kit) -> None:
    reading = coded("Peru urged Chile to withdraw its troops.", kit)
    request = event_of(reading, "urged")
    assert (type_of(request), request.codings[1].code) == ("REQUEST.yield", "0256")


# -- evidence


def test_the_evidence_is_the_clause_and_not_the_sentence(kit: Kit) -> None:
    text = "Peru said on Monday that Chile had attacked a village."
    event = event_of(coded(text, kit), "attacked")
    assert [span.words(text) for span in event.evidence] == ["that Chile had attacked a village"]


def test_the_evidence_holds_the_trigger(kit: Kit) -> None:
    reading = coded("After an attack on Chile, Peru cut ties with Brazil and expelled two envoys.", kit)
    assert reading.events
    for event in reading.events:
        assert any(span.contains(event.trigger) for span in event.evidence)


# -- on whose word


def test_what_the_report_tells_stands_on_nobodys_word(kit: Kit) -> None:
    assert event_of(coded("Peru attacked Chile.", kit), "attacked").told_in is None


def test_what_somebody_tells_stands_on_his(kit: Kit) -> None:
    reading = coded("Brazil said that Peru attacked Chile.", kit)
    (statement,) = reading.statements
    assert event_of(reading, "attacked").told_in == statement.id
    assert statement.events == (event_of(reading, "attacked").id,)


def test_what_is_told_within_a_telling_stands_on_the_inner_word(kit: Kit) -> None:
    text = "“Brazil said that Peru attacked Chile,” Ivan Horak told reporters."
    reading = coded(text, kit)
    inner = next(s for s in reading.statements if s.inside is not None)
    assert event_of(reading, "attacked").told_in == inner.id


def test_saying_it_is_doing_it(kit: Kit) -> None:
    reading = coded("Peru accused Chile of lies.", kit)
    accused = event_of(reading, "accused")
    assert accused.told_in is None
    assert [s.acts for s in reading.statements if s.cue is not None] == [(accused.id,)]


def test_what_the_speaker_does_in_the_first_person_stands_on_nobodys_word(kit: Kit) -> None:
    event = event_of(coded("“We condemn Chile,” President Ivan Horak said.", kit), "condemn")
    assert event.told_in is None


def test_what_the_speaker_does_in_the_first_person_is_his_act(kit: Kit) -> None:
    reading = coded("“We condemn Chile,” President Ivan Horak said.", kit)
    (statement,) = reading.statements
    assert statement.acts == (event_of(reading, "condemn").id,)


# -- what is worth telling


def test_a_refusal_to_say_is_no_act(kit: Kit) -> None:
    assert told("Peru did not threaten Chile.", kit) == []


def test_talks_by_nobody_with_nobody_are_not_told(kit: Kit) -> None:
    assert told("The talks were long.", kit) == []


def test_force_by_nobody_is_told(kit: Kit) -> None:
    assert told("The village was shelled.", kit) == ["ASSAULT.heavy-weapons"]


def test_force_by_nobody_that_did_not_happen_is_not_told(kit: Kit) -> None:
    assert told("The hills were not shelled.", kit) == []


# -- ids, confidence


def ids(reading: CodedReport) -> list[str]:
    return [event.id for event in reading.events]


def test_ids_begin_with_the_reports_and_are_all_different(kit: Kit) -> None:
    reading = coded("Peru attacked Chile. Peru accused Brazil. Kenya freed two prisoners.", kit)
    assert len(set(ids(reading))) == len(ids(reading)) >= 3
    assert all(id.startswith(f"{reading.report.id}-e") for id in ids(reading))


def test_a_verb_tells_more_surely_than_a_noun(kit: Kit) -> None:
    verb = event_of(coded("Peru attacked Chile.", kit), "attacked")
    noun = event_of(coded("Peru's attack on Chile lasted days.", kit), "attack")
    assert 0 < noun.confidence < verb.confidence < 1


def test_each_event_says_which_entry_found_it(kit: Kit) -> None:
    assert event_of(coded("Peru attacked Chile.", kit), "attacked").why == "verb entry 'assault_attack'"
