"""An outlet: who publishes. What is not known of it is unknown; nothing is guessed from its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes: its country (ISO3), its owner, its side (`AZE GOV` for a state agency), language."""

    name: str
    country: str | None = None
    owner: str | None = None
    side: str | None = None
    language: str | None = None

    def to_dict(self) -> dict[str, str | None]:
        return {
            "name": self.name,
            "country": self.country,
            "owner": self.owner,
            "side": self.side,
            "language": self.language,
        }


@dataclass(frozen=True, slots=True)
class Outlets:
    """The outlets that something is known of, found by name whatever its case."""

    known: dict[str, Outlet] = field(default_factory=dict)

    @classmethod
    def of(cls, outlets: Iterable[Outlet]) -> Outlets:
        return cls({_key(outlet.name): outlet for outlet in outlets})

    def find(self, name: str | None) -> Outlet | None:
        """What is known of the outlet of that name."""
        return self.known.get(_key(name)) if name else None

    def __iter__(self) -> Iterator[Outlet]:
        return iter(sorted(self.known.values(), key=lambda outlet: outlet.name.casefold()))

    def __len__(self) -> int:
        return len(self.known)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
