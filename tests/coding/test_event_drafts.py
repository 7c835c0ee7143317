"""A telling without parties borrows them from what it refers back to; blame aims at who did it."""

from __future__ import annotations

from read_texts import coded, event_of, named, type_of

from detente.pipeline import Kit


def parties(text: str, trigger: str, kit: Kit) -> tuple[list[str], list[str]]:
    reading = coded(text, kit)
    event = event_of(reading, trigger)
    return named(reading, event.sources), named(reading, event.targets)


def test_the_attack_is_the_one_told_before(kit: Kit) -> None:
    text = "Peru attacked Chile. The attack lasted days."
    assert parties(text, "attack", kit) == (["Peru"], ["Chile"])


def test_the_attack_may_be_told_behind(kit: Kit) -> None:
    text = "This attack was feared. Peru attacked Chile."
    assert parties(text, "attack", kit) == (["Peru"], ["Chile"])


def test_the_nearest_telling_of_the_same_type_lends(kit: Kit) -> None:
    text = "Kenya attacked Chad. Peru attacked Chile. Brazil visited Niger. The attack lasted days."
    assert parties(text, "attack", kit) == (["Peru"], ["Chile"])


def test_an_attack_is_not_the_one_told_before(kit: Kit) -> None:
    reading = coded("Peru attacked Chile. Shelling went on. An attack lasted days.", kit)
    attack = [e for e in reading.events if e.trigger.words(reading.report.text) == "attack"]
    assert all(not e.sources and not e.targets for e in attack)


def test_a_plan_lends_nothing(kit: Kit) -> None:
    reading = coded("Peru will attack Chile. The attack lasted days.", kit)
    happened = [e for e in reading.events if e.status == "happened"]
    assert all(not e.sources and not e.targets for e in happened)


def test_blame_aims_at_the_doer(kit: Kit) -> None:
    text = "Brazil condemned Peru's attack on Chile."
    assert parties(text, "condemned", kit) == (["Brazil"], ["Peru"])


def test_who_blames_is_not_blamed(kit: Kit) -> None:
    reading = coded("Brazil regretted its attack on Chile. Brazil condemned its attack on Chile.", kit)
    for event in reading.events:
        if type_of(event).startswith("ACCUSE"):
            assert not set(event.sources) & set(event.targets)


def test_the_fighters_are_the_parties_and_the_dead_are_victims(kit: Kit) -> None:
    text = "Clashes between Peru and Chile killed 50 soldiers."
    reading = coded(text, kit)
    killed = event_of(reading, "killed")
    assert named(reading, killed.sources) == ["Peru", "Chile"]
    assert killed.reciprocal
    assert named(reading, killed.victims) == ["50 soldiers"]


def test_the_dead_stay_the_target_where_nobody_fought(kit: Kit) -> None:
    text = "A clash killed 50 soldiers."
    reading = coded(text, kit)
    killed = event_of(reading, "killed")
    assert named(reading, killed.targets) == ["50 soldiers"]
    assert killed.victims == ()


def test_blame_for_what_was_told_before_aims_at_its_doer(kit: Kit) -> None:
    text = "Peru attacked Chile. Brazil condemned the attack."
    assert parties(text, "condemned", kit) == (["Brazil"], ["Peru"])
