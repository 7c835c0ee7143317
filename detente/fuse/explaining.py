"""Why accounts are one incident: for each account the one it agrees with best, with every sign in words and its weight.

An incident's accounts in, lines of plain words out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from detente.fuse.gathering import FusingKit, is_same_report
from detente.fuse.joining import pair
from detente.model.account import Account, EventKey
from detente.model.shelf import Decision


@dataclass(frozen=True, slots=True)
class Reason:
    """Two accounts of an incident, how well they agree (log-odds), and what speaks for and against it."""

    one: EventKey
    other: EventKey
    score: float
    signs: tuple[tuple[str, float], ...]
    decided: str | None = None

    @property
    def words(self) -> str:
        """The signs in words, the weightiest first: "+1.5 the same type of deed"."""
        if self.decided:
            return f"decided by hand: {self.decided}"
        return "; ".join(f"{weight:+.1f} {says}" for says, weight in self.signs)

    def to_dict(self) -> dict[str, object]:
        return {
            "one": self.one.to_dict(),
            "other": self.other.to_dict(),
            "score": self.score,
            "decided": self.decided,
            "signs": [{"says": says, "weight": weight} for says, weight in self.signs],
        }


def reasons_of(accounts: Sequence[Account], kit: FusingKit, decisions: Collection[Decision] = ()) -> list[Reason]:
    """For every account of an incident but the first, why it is there: the account it agrees with best."""
    ordered = sorted(accounts, key=lambda account: account.key)
    decided = {pair(d.one, d.other): d.verdict for d in decisions}
    found: list[Reason] = []
    for account in ordered[1:]:
        others = [other for other in ordered if other.key != account.key and not is_same_report(account, other)]
        reasons = [reason_of(account, other, kit, decided.get(pair(account.key, other.key))) for other in others]
        if reasons:
            found.append(max(reasons, key=lambda reason: (reason.decided is not None, reason.score, reason.other)))
    return found


def reason_of(one: Account, other: Account, kit: FusingKit, decided: str | None = None) -> Reason:
    """How well two accounts agree, and why."""
    signs = kit.signs(one, other)
    score = kit.weights.score(signs) / 1000
    return Reason(one.key, other.key, round(score, 2), tuple(_weighed(signs, kit)), decided)


def _weighed(signs: dict[str, float], kit: FusingKit) -> Iterator[tuple[str, float]]:
    weights = kit.weights
    weighed = [(weights.says[name], weights.signs[name] * value / 1000) for name, value in signs.items()]
    yield from sorted(
        ((says, round(weight, 2)) for says, weight in weighed if abs(weight) >= 0.05),
        key=lambda row: (-abs(row[1]), row[0]),
    )
