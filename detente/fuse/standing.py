"""How well an incident stands: reported, claimed by one side only, confirmed by both, or denied.

Accounts with their tellers in, a standing with the sides' names out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.fuse.tellers import Side, sides_of, teller_of
from detente.model.account import Account
from detente.model.incident import Standing
from detente.model.outlet import Outlets


@dataclass(frozen=True, slots=True)
class Stands:
    """The standing, and whose word it rests on: one side's claim, both sides', or who denies it."""

    standing: Standing
    claimed_by: tuple[Side, ...] = ()
    confirmed_by: tuple[Side, ...] = ()
    denied_by: tuple[str, ...] = ()


def standing_of(accounts: Sequence[Account], outlets: Outlets) -> Stands:
    """The standing of an incident with these accounts, those that deny it included."""
    telling = [account for account in accounts if account.counts]
    involved = {side for account in telling for side in sides_of(account.parties)}
    tellers = [teller_of(account, outlets) for account in telling]
    sides = tuple(sorted({teller for teller in tellers if teller in involved and teller is not None}))
    denied_by = tuple(sorted({party.code or party.name for account in accounts for party in account.deniers}))
    # Both sides are at odds: of a country's own affairs the state and those against it, else two countries.
    confirmed = sides if len(sides) >= 2 else ()
    if denied_by:
        return Stands("denied", claimed_by=sides if len(sides) == 1 else (), denied_by=denied_by)
    if confirmed:
        return Stands("confirmed", confirmed_by=confirmed)
    if len(sides) == 1 and all(teller == sides[0] for teller in tellers):
        return Stands("claimed", claimed_by=sides)
    return Stands("reported")
