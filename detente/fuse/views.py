"""An account prepared for comparing: its countries, days, place and words, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from detente.codebook.folding import fold_name
from detente.codebook.meaning import Meaning, Rows, meaning_of
from detente.codebook.rarity import Rarity
from detente.fuse.meaning import deeds_of
from detente.fuse.wording import Words, words_of
from detente.model.account import Account, AccountParty, AccountPlace

# News without a date tells what happened on its day or within the days before.
NEWS_DAYS = 4
_NO_COUNTRY = frozenset({"IGO", "NGO", "IMG"})


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which the happening may have been; `told` where words say so."""

    first: date
    last: date
    told: bool

    def gap(self, other: Days) -> int:
        """Days between the two stretches; 0 where they share one."""
        return max(0, (other.first - self.last).days, (self.first - other.last).days)


@dataclass(frozen=True, slots=True)
class View:
    """An account and what is compared of it. `countries` are those of its parties, `named` all
    that its sentences name; `entities` are who is known by name, countries left out."""

    account: Account
    days: Days | None
    sources: frozenset[str]
    targets: frozenset[str]
    countries: frozenset[str]
    named: frozenset[str]
    entities: frozenset[str]
    place: AccountPlace | None
    place_name: str | None
    clause: Words
    context: Words
    meaning: Meaning | None
    deeds: Rows | None


def view_of(account: Account, rarity: Rarity, spelled: Mapping[str, int]) -> View:
    """The account, prepared."""
    sources, targets = countries_of(account.sources), countries_of(account.targets)
    place = account.place if account.place and account.place.resolution != "country" else None
    meaning = meaning_of(account.meaning)
    return View(
        account,
        days_of(account),
        sources,
        targets,
        sources | targets | countries_of(account.victims),
        countries_of(account.named) | ({place.country} if place and place.country else set()),
        frozenset(
            p.entity for p in (*account.parties, *account.named) if p.entity and not p.entity.startswith("country:")
        ),
        place,
        fold_name(place.name) if place else None,
        words_of(" ".join(account.words), rarity, spelled),
        words_of(account.context, rarity, spelled),
        meaning,
        deeds_of(account.type, meaning),
    )


def countries_of(parties: Iterable[AccountParty]) -> frozenset[str]:
    """The countries to which parties belong; international bodies belong to none."""
    return frozenset(p.country for p in parties if p.country and p.country not in _NO_COUNTRY)


def days_of(account: Account) -> Days | None:
    """The days of an account: as told, else those of its news; None where nothing can be said."""
    told = account.basis in ("stated", "inferred") and account.first is not None
    if told and account.first is not None:
        return Days(account.first, max(account.last or account.first, account.first), True)
    day = account.published or account.first
    if day is None or account.background:
        return None
    return Days(day - timedelta(days=min(NEWS_DAYS, (day - date.min).days)), day, False)
