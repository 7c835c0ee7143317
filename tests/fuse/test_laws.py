"""What must hold of fusing whatever comes: order, idempotence, growth, decisions, and no evidence lost."""

from __future__ import annotations

import random
from datetime import timedelta

from fused import ARM, AZE, DAY, GORIS, KAPAN, account, kit
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.fuse.gathering import gather
from detente.fuse.memory import MemoryShelf
from detente.model.account import Account, EventKey
from detente.model.incident import Incident
from detente.model.shelf import Decision

KIT = kit()
WORDS = (
    "shells struck the bus station of Goris",
    "mortars fired on Kapan",
    "a truce was signed",
    "three men were held",
)


@st.composite
def accounts(draw: st.DrawFn) -> list[Account]:
    """Some accounts of a few reports, alike enough to be joined now and then."""
    found = []
    for number in range(draw(st.integers(1, 7))):
        day = DAY + timedelta(days=draw(st.integers(0, 3)))
        found.append(
            account(
                f"r{draw(st.integers(0, 4))}",
                f"e{number}",
                type=draw(st.sampled_from(["ASSAULT", "COERCE", "AGREE"])),
                status=draw(st.sampled_from(["happened", "under_way", "denied"])),
                sources=draw(st.sampled_from([(AZE,), (ARM,), ()])),
                targets=draw(st.sampled_from([(AZE,), (ARM,), ()])),
                place=draw(st.sampled_from([GORIS, KAPAN, None])),
                first=day,
                last=day,
                basis=draw(st.sampled_from(["stated", "publication"])),
                words=(draw(st.sampled_from(WORDS)) + f" {number % 2}",),
                context=draw(st.sampled_from(WORDS)),
                background=draw(st.booleans()),
            )
        )
    return found


def fuse(items: list[Account], decisions: list[Decision] | None = None) -> list[Incident]:
    shelf = MemoryShelf(decisions or ())
    gather(items, (), shelf, KIT)
    return shelf.incidents


@given(accounts(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(items: list[Account], chance: random.Random) -> None:
    shuffled = items[:]
    chance.shuffle(shuffled)
    one_by_one = MemoryShelf()
    for item in shuffled:
        gather([item], (), one_by_one, KIT)
    assert one_by_one.incidents == fuse(items)


@given(accounts())
def test_fusing_what_is_fused_changes_nothing(items: list[Account]) -> None:
    shelf = MemoryShelf()
    gather(items, (), shelf, KIT)
    before = shelf.incidents
    gather(items, (), shelf, KIT)
    assert shelf.incidents == before


@given(accounts())
def test_no_evidence_is_lost_and_nothing_is_told_twice(items: list[Account]) -> None:
    told = [key for incident in fuse(items) for key in incident.events]
    assert len(told) == len(set(told))
    assert {item.key for item in items if item.counts} <= set(told) <= {item.key for item in items}


@given(accounts(), st.data())
def test_what_is_taken_away_leaves_no_trace(items: list[Account], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(sorted({item.key for item in items})))
    shelf = MemoryShelf()
    gather(items, (), shelf, KIT)
    gather((), {gone}, shelf, KIT)
    assert shelf.incidents == fuse([item for item in items if item.key != gone])


@settings(max_examples=60)
@given(accounts(), st.data())
def test_decisions_are_respected_and_undone_without_a_trace(items: list[Account], data: st.DataObject) -> None:
    keys = sorted({item.key for item in items})
    if len(keys) < 2:
        return
    one, other = sorted(data.draw(st.permutations(keys))[:2])
    verdict = data.draw(st.sampled_from(["together", "apart"]))
    home = {key: incident.id for incident in fuse(items, [Decision(verdict, one, other)]) for key in incident.events}
    if one in home and other in home:
        assert (home[one] == home[other]) == (verdict == "together")
    assert fuse(items, []) == fuse(items)


def test_keys_sort_by_report_and_event() -> None:
    assert EventKey("a", "e2") < EventKey("b", "e1")
