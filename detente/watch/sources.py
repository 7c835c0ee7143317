"""What is to be followed, how politely, and where alerts go: the contents of sources.toml as values. Reads no file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from detente.analyse.outbreaks import Sensitivity
from detente.model.outlet import Outlet

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
MEGA = 1 << 20

Kind = Literal["feed", "sitemap", "page"]


@dataclass(frozen=True, slots=True)
class Source:
    """One address that is asked again and again, and what is known of who publishes there."""

    kind: Kind
    name: str
    url: str
    interval: float
    outlet: str | None = None
    country: str | None = None
    side: str | None = None
    language: str | None = None
    # Whether the articles' pages are fetched, or what stands in the feed is all that is read.
    full_text: bool = False

    @property
    def publisher(self) -> Outlet | None:
        """What is known of the outlet, where it is named."""
        return Outlet(self.outlet, self.country, None, self.side, self.language) if self.outlet else None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is asked of others and taken from them."""

    # Between two requests to one host, unless its robots.txt asks for more.
    pace: float = 2.0
    # One request as a whole with its redirects, however slowly the answer drips.
    seconds: float = 60.0
    # How long a host may say nothing.
    silence: float = 20.0
    size: int = 16 * MEGA
    ratio: int = 100
    redirects: int = 5
    hosts: int = 8
    # Of one poll; the newest come first in feeds.
    articles: int = 500
    tries: int = 5
    longest_backoff: float = DAY
    # Addresses not seen for so long are forgotten.
    remember: float = 180 * DAY
    # Hosts of the user's own network that may be asked though their addresses are private; or all.
    allow: tuple[str, ...] = ()
    allow_private: bool = False

    def may_be_private(self, host: str) -> bool:
        """Whether a host of this name may be at an address that is not public."""
        return self.allow_private or host in self.allow


@dataclass(frozen=True, slots=True)
class Alerting:
    """Which alerts are raised, and how often that is looked at."""

    sensitivity: Sensitivity = Sensitivity.normal
    # An older day is known, but nobody is woken for it.
    days: int = 7
    every: float = 15 * MINUTE


@dataclass(frozen=True, slots=True)
class AtomFile:
    """A file that a web server or a feed reader takes alerts from."""

    path: Path
    channel: str = "atom"


@dataclass(frozen=True, slots=True)
class Printed:
    """Alerts as lines of JSON on standard output."""

    channel: str = "stdout"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that alerts are posted to, signed with what stands in a file."""

    name: str
    url: str
    secret_file: Path
    # Hosts of the user's own network that may be posted to though their addresses are private.
    allow: tuple[str, ...] = ()

    @property
    def channel(self) -> str:
        return f"webhook {self.name}"


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mail server that alerts are given to."""

    host: str
    port: int
    sender: str
    to: tuple[str, ...]
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password_file: Path | None = None
    channel: str = "mail"


Channel = AtomFile | Printed | Webhook | Mailing


@dataclass(frozen=True, slots=True)
class Plan:
    """All of sources.toml."""

    path: Path
    sources: tuple[Source, ...]
    contact: str | None = None
    limits: Limits = field(default_factory=Limits)
    alerting: Alerting = field(default_factory=Alerting)
    channels: tuple[Channel, ...] = ()

    @property
    def publishers(self) -> tuple[Outlet, ...]:
        """What the file tells of outlets, each once."""
        return tuple({p.name: p for source in self.sources if (p := source.publisher)}.values())
