"""On what the accounts of one incident disagree: numbers, who did it, where, when, and who denies it.

Accounts in, fields with two or more values out, each value with the events that give it and on whose word. Ranges that
have a number in common agree; a place and the region it lies in agree; a day and the week it lies in agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from detente.codebook.folding import fold_name
from detente.fuse.places import contains, distance_km, same_place
from detente.fuse.tellers import side_of
from detente.model.account import SIZE_FIELDS, Account, AccountPlace, AccountSize, EventKey, SizeField
from detente.model.incident import Disagreement, SizeRange, Value

_LOCAL = frozenset({"city", "below_city"})
# Nearer places are one; outlets that name two villages of one valley do disagree.
_APART_KM = 3.0
_SHORT = 3


def sizes_of(accounts: Sequence[Account]) -> tuple[SizeRange, ...]:
    """For each kind of number the lowest and the highest that any account gives."""
    found: dict[SizeField, list[AccountSize]] = defaultdict(list)
    for account in accounts:
        for size in account.sizes:
            found[size.field].append(size)
    return tuple(
        SizeRange(field, min(s.low for s in found[field]), max(s.high for s in found[field]))
        for field in SIZE_FIELDS
        if field in found
    )


def disagreements_of(accounts: Sequence[Account]) -> tuple[Disagreement, ...]:
    """All fields on which the accounts give values that cannot all be true, and who denies the whole."""
    telling = [account for account in accounts if account.counts]
    numbered = [account for account in accounts if account.counts or account.bare]
    return (*_numbers(numbered), *_who(telling), *_places(telling), *_dates(telling), *_denials(accounts))


def _numbers(accounts: Sequence[Account]) -> Iterator[Disagreement]:
    for field in SIZE_FIELDS:
        given: dict[tuple[int, int], list[tuple[EventKey, str | None]]] = defaultdict(list)
        for account in accounts:
            for size in account.sizes:
                if size.field == field:
                    who = size.who or account.speaker
                    given[size.low, size.high].append((account.key, who.name if who else None))
        if given and max(low for low, _ in given) > min(high for _, high in given):
            yield Disagreement(field, tuple(_number(low, high, given[low, high]) for low, high in sorted(given)))


def _number(low: int, high: int, told: Sequence[tuple[EventKey, str | None]]) -> Value:
    said_by = tuple(sorted({who for _, who in told if who}))
    return Value(low if low == high else f"{low}-{high}", _keys(key for key, _ in told), said_by)


def _who(accounts: Sequence[Account]) -> Iterator[Disagreement]:
    """Who is told to have done it, where no side is in all accounts that name one."""
    given: dict[str, list[EventKey]] = defaultdict(list)
    named = []
    for account in accounts:
        if account.reciprocal:
            continue
        codes = {party.code for party in account.sources if party.code and side_of(party.code)}
        if codes:
            named.append({side_of(code) for code in codes})
        for code in codes:
            given[code].append(account.key)
    if len(named) >= 2 and not set.intersection(*named):
        yield Disagreement("who", tuple(Value(code, _keys(given[code])) for code in sorted(given)))


def _places(accounts: Sequence[Account]) -> Iterator[Disagreement]:
    """Places that are neither one nor within each other; regions and countries say too little to differ."""
    kinds: list[tuple[AccountPlace, list[EventKey]]] = []
    for account in sorted(accounts, key=lambda a: a.key):
        place = account.place
        if place is None or place.resolution not in _LOCAL or not _named(account, place):
            continue
        for known, keys in kinds:
            if _is_one(known, place):
                keys.append(account.key)
                break
        else:
            kinds.append((place, [account.key]))
    if len(kinds) > 1:
        yield Disagreement("place", tuple(Value(place.name, _keys(keys)) for place, keys in kinds))


def _named(account: Account, place: AccountPlace) -> bool:
    """Whether the account's own clause names the place: one inferred from elsewhere in a report is no testimony."""
    clause = fold_name(" ".join(account.words))
    return any(word in clause for word in fold_name(place.name).split() if len(word) > _SHORT)


def _is_one(one: AccountPlace, other: AccountPlace) -> bool:
    apart = distance_km(one, other)
    near = apart is not None and apart <= _APART_KM
    return same_place(one, other) or near or contains(one, other) or contains(other, one)


def _dates(accounts: Sequence[Account]) -> Iterator[Disagreement]:
    """Days that words tell, where not all share one."""
    given: dict[tuple[str, str], list[EventKey]] = defaultdict(list)
    for account in accounts:
        if account.basis == "stated" and account.precision == "day" and account.first:
            given[account.first.isoformat(), (account.last or account.first).isoformat()].append(account.key)
    if given and max(first for first, _ in given) > min(last for _, last in given):
        values = (Value(f if f == la else f"{f}/{la}", _keys(given[f, la])) for f, la in sorted(given))
        yield Disagreement("date", tuple(values))


def _denials(accounts: Sequence[Account]) -> Iterator[Disagreement]:
    given: dict[str, list[EventKey]] = defaultdict(list)
    for account in accounts:
        for party in account.deniers:
            given[party.code or party.name].append(account.key)
    if given:
        yield Disagreement("denied", tuple(Value(code, _keys(given[code])) for code in sorted(given)))


def _keys(keys: Iterable[EventKey]) -> tuple[EventKey, ...]:
    return tuple(sorted(set(keys)))
