"""Which accounts become one incident, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from fused import ARM, AZE, DAY, GORIS, KAPAN, account, elsewhere, kit

from detente.fuse.explaining import reasons_of
from detente.fuse.gathering import gather, regroup
from detente.fuse.incidents import incident_of
from detente.fuse.memory import MemoryShelf
from detente.model.account import Account, AccountParty, AccountSize, EventKey
from detente.model.fused_contract import account_from_dict, account_to_dict, incident_from_dict
from detente.model.incident import Incident
from detente.model.outlet import Outlet, Outlets
from detente.model.shelf import Decision

NOTHING = Outlets()


def fused(*accounts: Account, decisions: tuple[Decision, ...] = ()) -> list[Incident]:
    shelf = MemoryShelf(decisions)
    gather(accounts, (), shelf, kit())
    return shelf.incidents


def made(*accounts: Account, outlets: Outlets = NOTHING) -> Incident:
    incident = incident_of(accounts, outlets)
    assert incident is not None
    return incident


def test_accounts_of_one_shelling_are_one_incident_and_another_stays_another() -> None:
    found = fused(account("r1"), account("r2"), account("r3"), elsewhere("r4"))
    assert [incident.reports for incident in found] == [("r1", "r2", "r3"), ("r4",)]
    assert found[0].origins == 3 and found[0].where == GORIS and (found[0].first, found[0].last) == (DAY, DAY)


def test_the_same_pair_in_another_town_on_the_same_day_is_another_incident() -> None:
    other = elsewhere("r2", first=DAY, last=DAY, published=DAY)
    assert len(fused(account("r1"), other)) == 2


def test_one_report_tells_two_happenings_apart_however_alike_they_are() -> None:
    second = account("r1", "e2", words=("and then three more people were killed at the bus station of Goris",))
    found = fused(account("r1"), second, account("r2"))
    assert len(found) == 2 and all(len({key.report for key in i.events}) == len(i.events) for i in found)


def test_a_party_unknown_in_one_report_and_blame_that_differs_do_not_part_accounts() -> None:
    unknown = account("r2", sources=())
    blamed = account("r3", sources=(ARM,), targets=(AZE,))
    found = fused(account("r1"), unknown, blamed)
    assert len(found) == 1
    who = next(item for item in found[0].disagreements if item.field == "who")
    assert {value.value for value in who.values} == {"AZE MIL", "ARM MIL"}


def test_a_background_mention_joins_the_old_happening() -> None:
    later = account("r2", background=True, published=DAY + timedelta(days=60))
    found = fused(account("r1"), later)
    assert len(found) == 1 and not found[0].background


def test_only_what_happened_makes_an_incident_and_a_denied_telling_attaches_to_it() -> None:
    denied = account("r2", status="denied", deniers=(AZE,))
    assert fused(denied) == []
    (incident,) = fused(account("r1"), denied)
    assert incident.standing == "denied" and incident.denied_by == ("AZE MIL",)
    assert incident.denials == (EventKey("r2", "e1"),)
    assert [item.field for item in incident.disagreements] == ["denied"]


def test_numbers_that_differ_stand_beside_each_other_with_who_says_which() -> None:
    mayor = AccountParty("the mayor", "role", None, "ARM", "ARM GOV")
    two = account("r2", sizes=(AccountSize("dead", 5, 6, mayor),))
    incident = made(account("r1"), two)
    (dead,) = incident.disagreements
    assert [(value.value, value.said_by) for value in dead.values] == [(3, ()), ("5-6", ("the mayor",))]
    assert [(size.low, size.high) for size in incident.sizes] == [(3, 6)]
    agreeing = account("r2", sizes=(AccountSize("dead", 2, 4),))
    assert made(account("r1"), agreeing).disagreements == ()


def test_places_and_days_that_differ_are_told() -> None:
    there = account(
        "r2", place=KAPAN, words=("shells fell on Kapan",), first=DAY - timedelta(days=1), last=DAY - timedelta(1)
    )
    fields = {item.field for item in made(account("r1"), there).disagreements}
    assert fields == {"place", "date"}


def test_standing_rests_on_who_tells_it() -> None:
    ministry = AccountParty("the ministry in Yerevan", "organisation", None, "ARM", "ARM GOV")
    claimed = account("r1", speaker=ministry)
    assert made(account("r1")).standing == "reported"
    assert (made(claimed).standing, made(claimed).claimed_by) == ("claimed", ("ARM",))
    other = account("r2", speaker=replace(ministry, country="AZE", code="AZE GOV"))
    assert (made(claimed, other).standing, made(claimed, other).confirmed_by) == ("confirmed", ("ARM", "AZE"))
    agency = Outlets.of([Outlet("Outlet of r2", side="AZE GOV")])
    assert made(claimed, account("r2"), outlets=agency).standing == "confirmed"
    assert made(claimed, account("r2")).standing == "reported"


def test_origins_are_counted_once_for_copies_owners_and_a_state_with_its_agency() -> None:
    assert made(account("r1"), account("r2", story="r1"), account("r3")).origins == 2
    known = Outlets.of([Outlet("outlet of r1", side="AZE GOV"), Outlet("Outlet of r2", side="AZE MIL")])
    assert made(account("r1"), account("r2"), account("r3"), outlets=known).origins == 2
    owned = Outlets.of([Outlet("Outlet of r1", owner="Big Media"), Outlet("Outlet of r3", owner="big media")])
    assert made(account("r1"), account("r2"), account("r3"), outlets=owned).origins == 2


def test_decisions_hold_and_can_be_taken_back() -> None:
    apart = Decision("apart", EventKey("r1", "e1"), EventKey("r2", "e1"))
    assert len(fused(account("r1"), account("r2"), decisions=(apart,))) == 2
    # However many agree with both, the two never meet again.
    found = fused(account("r1"), account("r2"), account("r3"), decisions=(apart,))
    assert all(len({"r1", "r2"} & set(incident.reports)) < 2 for incident in found)
    together = Decision("together", EventKey("r1", "e1"), EventKey("r4", "e1"))
    assert len(fused(account("r1"), elsewhere("r4"), decisions=(together,))) == 1
    shelf = MemoryShelf([together])
    gather([account("r1"), elsewhere("r4")], (), shelf, kit())
    shelf.undecide([together])
    regroup({EventKey("r1", "e1"), EventKey("r4", "e1")}, shelf, kit())
    assert len(shelf.incidents) == 2


def test_a_decision_about_an_event_that_is_gone_is_no_harm() -> None:
    lost = Decision("together", EventKey("r1", "e1"), EventKey("gone", "e9"))
    assert len(fused(account("r1"), decisions=(lost,))) == 1


def test_a_join_is_explained_in_words() -> None:
    (reason,) = reasons_of([account("r1"), account("r2")], kit())
    assert reason.score > 0 and "the same type of deed" in reason.words and "the same town" in reason.words
    decided = reasons_of(
        [account("r1"), elsewhere("r2")], kit(), [Decision("together", EventKey("r1", "e1"), EventKey("r2", "e1"))]
    )
    assert decided[0].words == "decided by hand: together"


def test_odd_days_are_taken_as_they_are() -> None:
    future = account("r1", first=date.max, last=date.max, published=date.max)
    ancient = account("r2", first=date.min, last=date.min, published=date.min)
    undated = account("r3", first=None, last=None, basis=None, precision=None, published=None)
    recalled = account("r4", first=None, last=None, basis=None, published=date.min, background=True)
    found = fused(future, ancient, undated, recalled)
    assert sorted(key.report for i in found for key in i.events) == ["r1", "r2", "r3", "r4"]


def test_contradictory_and_missing_parties_are_kept_as_they_are() -> None:
    itself = account("r1", sources=(AZE,), targets=(AZE,))
    nobody = account("r2", sources=(), targets=())
    unheard = account("r3", sources=(AccountParty("men in masks", "group"),))
    for one in (itself, nobody, unheard):
        assert made(one).events == (one.key,)
    assert made(unheard).sources[0].code is None


def test_what_is_kept_comes_back_as_it_was() -> None:
    whole = account("r1", speaker=ARM, deniers=(AZE,), sizes=(AccountSize("dead", 1, 2, ARM),))
    assert account_from_dict(account_to_dict(whole)) == whole
    incident = made(whole, account("r2", sizes=(AccountSize("dead", 7, 7),)))
    assert incident_from_dict(incident.to_dict()) == incident
