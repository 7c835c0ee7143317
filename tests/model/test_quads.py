"""The sixteen types are in four classes, each in one."""

from __future__ import annotations

from factory import sample

from detente.model.quads import NO_QUAD, QUADS, quad_of


def test_each_type_is_in_one_class() -> None:
    types = [type for quad in QUADS for type in quad.types]
    assert len(types) == len(set(types)) == 16


def test_an_event_has_the_class_of_its_plover_type() -> None:
    assert [quad_of(event).number for event in sample().events] == [4, 4, 4, 3, 1]
    assert quad_of(sample().events[0].__class__("e", (), (), (), "happened", sample().events[0].trigger, ())) is NO_QUAD
