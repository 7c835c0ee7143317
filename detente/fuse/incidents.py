"""What the accounts of one happening say together: one incident, with nothing averaged and nothing lost.

Accounts that were joined in, the incident out. Which accounts are joined is decided elsewhere (gathering.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import Literal, TypeVar

from detente.fuse.disagreements import disagreements_of, sizes_of
from detente.fuse.standing import standing_of
from detente.fuse.stories import content_id
from detente.fuse.tellers import origins_of, side_of
from detente.model.account import Account, AccountParty, AccountPlace
from detente.model.incident import Incident, IncidentParty
from detente.model.outlet import Outlets

T = TypeVar("T")
# A party is in the incident if at least this share of the accounts that name any on its part of the deed name it:
# where blame is disputed both sides are, a slip of one reading among many is not.
_NAMED_BY = 0.25
_FINEST = ("below_city", "city", "admin2", "sea", "admin1", "region", "country")


def incident_of(accounts: Iterable[Account], outlets: Outlets, why: str = "") -> Incident | None:
    """The incident of these accounts; None where none of them says that it happened."""
    whole = sorted(accounts, key=lambda account: account.key)
    every = [account for account in whole if not account.bare]
    telling = [account for account in every if account.counts]
    if not telling:
        return None
    first, last, dated = _days(telling)
    stands = standing_of(every, outlets)
    reciprocal = _most([account.reciprocal for account in telling])
    sources, targets = _parties([a.sources for a in telling]), _parties([a.targets for a in telling])
    if reciprocal:
        sources = targets = tuple({party.code or party.name: party for party in sources + targets}.values())
    return Incident(
        id=content_id(str(account.key) for account in every),
        type=_most([account.type for account in telling]),
        mode=_most([account.mode for account in telling if account.mode]) if any(a.mode for a in telling) else None,
        status=_most([account.status for account in telling]),
        sources=sources,
        targets=targets,
        victims=_parties([account.victims for account in telling]),
        reports=tuple(dict.fromkeys(account.key.report for account in sorted(whole, key=_when_published))),
        outlets=tuple(sorted({account.outlet for account in whole if account.outlet})),
        origins=origins_of(whole, outlets),
        events=tuple(account.key for account in every),
        denials=tuple(account.key for account in every if not account.counts or account.deniers),
        retold=tuple(account.key for account in whole if account.bare),
        first=first,
        last=last,
        dated=dated,
        where=_place(telling),
        score=_median(account.score for account in telling),
        goldstein=_median(account.goldstein for account in telling),
        reciprocal=reciprocal,
        background=all(account.background for account in telling),
        sizes=sizes_of(telling),
        disagreements=disagreements_of(whole),
        standing=stands.standing,
        claimed_by=stands.claimed_by,
        confirmed_by=stands.confirmed_by,
        denied_by=stands.denied_by,
        why=why,
    )


def _when_published(account: Account) -> tuple[date, str]:
    return account.published or date.max, account.key.report


def _most(values: Sequence[T]) -> T:
    """The value given most often; of those given as often the first in the order of their words."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], str(value)))


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(median(known)) if known else None


def _days(accounts: Sequence[Account]) -> tuple[date | None, date | None, Literal["stated", "publication", "unknown"]]:
    """The days that most accounts state; without a stated one the earliest report's."""
    stated = [(a.first, a.last or a.first) for a in accounts if a.basis in ("stated", "inferred") and a.first]
    if stated:
        counts = Counter(stated)
        # The narrowest of those told as often: "on Tuesday" knows more than "last week".
        first, last = min(counts, key=lambda d: (-counts[d], (d[1] - d[0]).days if d[1] else 0, d[0]))
        return first, last, "stated"
    days = [a.first or a.published for a in accounts if (a.first or a.published) and not a.background]
    if not days:
        return None, None, "unknown"
    earliest = min(day for day in days if day is not None)
    return earliest, earliest, "publication"


def _place(accounts: Sequence[Account]) -> AccountPlace | None:
    """The place that most accounts give; of those given as often the finest."""
    places = [account.place for account in accounts if account.place]
    if not places:
        return None
    fine = [place for place in places if place.resolution != "country"] or places
    counts = Counter(place.geonames_id or place.name for place in fine)

    def rank(place: AccountPlace) -> tuple[int, int, str]:
        finest = _FINEST.index(place.resolution) if place.resolution in _FINEST else len(_FINEST)
        return -counts[place.geonames_id or place.name], finest, place.name

    return min(fine, key=rank)


def _parties(given: Sequence[tuple[AccountParty, ...]]) -> tuple[IncidentParty, ...]:
    """The parties on one part of the deed: of each side the code most accounts give, with its commonest name."""
    naming = [parties for parties in given if parties]
    if not naming:
        return ()
    by_side: dict[str, list[AccountParty]] = {}
    for parties in naming:
        for party in parties:
            side = side_of(party.code or party.country) or party.code or f"? {party.name.casefold()}"
            by_side.setdefault(side, []).append(party)
    enough = max(1.0, _NAMED_BY * len(naming))
    kept = [parties for parties in by_side.values() if len(parties) >= enough]
    if not kept:
        kept = [max(by_side.values(), key=lambda parties: (len(parties), parties[0].name))]
    return tuple(sorted((_party(parties) for parties in kept), key=lambda party: (party.code or "~", party.name)))


def _party(parties: Sequence[AccountParty]) -> IncidentParty:
    """The code and name that most accounts give one side; a country alone gives way to a sector."""
    codes = [party.code or party.country for party in parties if party.code or party.country]
    finer = [code for code in codes if code and " " in code] or codes
    code = _most(finer) if finer else None
    names = [party.name for party in parties if (party.code or party.country) == code]
    return IncidentParty(code, _most(names or [parties[0].name]))
