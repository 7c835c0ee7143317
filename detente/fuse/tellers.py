"""On whose word an account stands, on which side that is, and how many independent origins several accounts have.

Accounts and what is known of their outlets in, names of sides out. Of an outlet that nothing is known of nothing is
guessed: it speaks for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from detente.model.account import Account, AccountParty
from detente.model.outlet import Outlets

# Sectors that fight or speak against their own state; all others are told on the country's side.
AGAINST = frozenset({"REB", "OPP", "SEP", "INS", "UAF", "CRM", "RAD"})
_NO_COUNTRY = frozenset({"IGO", "NGO", "IMG"})
Side = str
"""A country (`ARM`), or those in it against its state (`SYR REB`)."""


def side_of(code: str | None) -> Side | None:
    """The side of a code: its country, or the rebels of that country."""
    if not code:
        return None
    country, *sectors = code.split()
    if country in _NO_COUNTRY or len(country) != len("RUS") or country in AGAINST:
        return None
    return f"{country} REB" if AGAINST & set(sectors) else country


def sides_of(parties: Iterable[AccountParty]) -> set[Side]:
    """The sides to which parties belong."""
    return {side for party in parties if (side := side_of(party.code or party.country))}


def teller_of(account: Account, outlets: Outlets) -> Side | None:
    """The side on whose word an account stands: the speaker's, else the outlet's; None for an outlet's own voice."""
    if account.speaker is not None:
        return side_of(account.speaker.code or account.speaker.country)
    outlet = outlets.find(account.outlet)
    return side_of(outlet.side) if outlet else None


def origins_of(accounts: Collection[Account], outlets: Outlets) -> int:
    """How many independent origins accounts have.

    Copies of one text are one; all that one owner or one side publishes is one; a state agency that quotes its own
    ministry is one with the ministry and with its other outlets.
    """
    near: dict[str, set[str]] = {}
    for account in accounts:
        marks = _marks(account, outlets)
        for mark in marks:
            near.setdefault(mark, set()).update(marks)
    return _parts(near)


def _marks(account: Account, outlets: Outlets) -> set[str]:
    """What makes an account one with others: its story, and whoever stands behind its outlet."""
    marks = {f"story {account.story or account.key.report}"}
    outlet = outlets.find(account.outlet)
    if outlet is not None and outlet.side:
        marks.add(
            f"side {outlet.side.split()[0]}" if side_of(outlet.side) == outlet.side[:3] else f"side {outlet.side}"
        )
    if outlet is not None and outlet.owner:
        marks.add(f"owner {outlet.owner.casefold()}")
    return marks


def _parts(near: dict[str, set[str]]) -> int:
    left, count = set(near), 0
    while left:
        count += 1
        ahead = [left.pop()]
        while ahead:
            found = near[ahead.pop()] & left
            left -= found
            ahead += found
    return count
