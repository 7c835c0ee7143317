"""sources.toml becomes a plan. The first thing wrong in it ends that, in one line that says what and where."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from detente.watch.addresses import canonical
from detente.watch.sources import (
    DAY,
    HOUR,
    MEGA,
    MINUTE,
    Alerting,
    AtomFile,
    Channel,
    Kind,
    Limits,
    Mailing,
    Plan,
    Printed,
    Source,
    Webhook,
)
from detente.watch.table import SourcesError, Table

_USUAL_INTERVAL = 30 * MINUTE
# Nobody's feed changes faster than people can read it.
_SHORTEST_INTERVAL = 60.0
_COUNTRY = (r"[A-Z]{3}", "three capitals: ARM")
_SIDE = (r"[A-Z]{3}( [A-Z]{3})?", "a country, or country and sector: ARM GOV")
_LANGUAGE = (r"[a-z]{2,3}", "two or three small letters: hy")
_NAME = r"[\w .()-]{1,80}"
_ADDRESS = r"[^@\s<>]+@[^@\s<>]+"
_HOST = r"[A-Za-z0-9._:-]+"
_TEXTS = ("page", "feed")
_SECURITY: tuple[Literal["starttls", "tls", "none"], ...] = ("starttls", "tls", "none")


def read_sources(path: Path) -> Plan:
    """The plan in a file; SourcesError where something in it will not do."""
    top = Table(path, "", _parsed(path))
    watch = top.table("watch") or Table(path, "watch", {})
    interval = watch.length("interval", _USUAL_INTERVAL, _SHORTEST_INTERVAL, 30 * DAY)
    contact = watch.text("contact", r"[\x21-\x7e]{3,200}", "an address that webmasters can write to")
    allow_private = watch.flag("allow_private")
    allow = watch.texts("allow", _HOST, 'a list of hosts: ["news.internal"]')
    limits = _limits(top.table("limits") or Table(path, "limits", {}))
    limits = replace(limits, allow=allow, allow_private=allow_private)
    watch.check_asked()
    sources = tuple(source for kind in get_args(Kind) for source in _sources(top, kind, interval))
    alerting = _alerting(top.table("alerts") or Table(path, "alerts", {}))
    channels = tuple(_channels(top.table("deliver") or Table(path, "deliver", {})))
    top.check_asked()
    _check_names(path, sources)
    return Plan(path, sources, contact, limits, alerting, channels)


def _parsed(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise SourcesError(f"{path}: cannot be read ({problem.strerror}); check its name and permissions") from problem
    except UnicodeDecodeError as problem:
        raise SourcesError(f"{path}: not UTF-8 (byte {problem.start}); save it as UTF-8") from problem
    except tomllib.TOMLDecodeError as problem:
        raise SourcesError(f"{path}: no TOML: {problem}; mend that line, text stands in quotation marks") from problem


def _limits(table: Table) -> Limits:
    usual = Limits()
    found = Limits(
        pace=table.length("pace", usual.pace, 0.0, HOUR),
        seconds=table.length("seconds", usual.seconds, 1.0, HOUR),
        silence=table.length("silence", usual.silence, 1.0, HOUR),
        size=table.size("size", usual.size, 1 << 10, 256 * MEGA),
        ratio=table.whole("ratio", usual.ratio, 2, 1000),
        redirects=table.whole("redirects", usual.redirects, 0, 20),
        hosts=table.whole("hosts", usual.hosts, 1, 64),
        articles=table.whole("articles", usual.articles, 1, 50_000),
        tries=table.whole("tries", usual.tries, 1, 50),
        longest_backoff=table.length("longest_backoff", usual.longest_backoff, 60.0, 30 * DAY),
        remember=table.length("remember", usual.remember, DAY, 3650 * DAY),
    )
    table.check_asked()
    return found


def _sources(top: Table, kind: Kind, interval: float) -> Iterator[Source]:
    for table in top.tables(kind):
        text = table.text("text") or "page"
        if text not in _TEXTS:
            raise table.wrong("text", f"is {text!r}", f"write one of {', '.join(_TEXTS)}")
        yield Source(
            kind,
            table.text("name", _NAME, "a short name of letters, digits and spaces") or table.needed("name", "a name"),
            canonical(table.url("url")),
            table.length("interval", interval, _SHORTEST_INTERVAL, 30 * DAY),
            table.text("outlet"),
            table.text("country", *_COUNTRY),
            table.text("side", *_SIDE),
            table.text("language", *_LANGUAGE),
            full_text=text == "feed",
        )
        table.check_asked()


def _check_names(path: Path, sources: tuple[Source, ...]) -> None:
    if not sources:
        raise SourcesError(f"{path}: names no source; add a table [[feed]] with name and url")
    for key in ("name", "url"):
        seen: dict[str, Source] = {}
        for source in sources:
            value = getattr(source, key)
            if value in seen:
                where = f"[[{source.kind}]] {key}"
                raise SourcesError(f"{path}: {where}: {value!r} stands there twice; give each source its own {key}")
            seen[value] = source


def _alerting(table: Table) -> Alerting:
    usual = Alerting()
    found = Alerting(
        table.choice("sensitivity", usual.sensitivity),
        table.whole("days", usual.days, 1, 366),
        table.length("every", usual.every, 1.0, 7 * DAY),
    )
    table.check_asked()
    return found


def _channels(table: Table) -> Iterator[Channel]:
    if table.flag("stdout"):
        yield Printed()
    atom = table.table("atom")
    if atom is not None:
        path = atom.path("file")
        if path is None:
            raise atom.wrong("file", "is missing", "name the file that the feed is written to")
        yield AtomFile(path)
        atom.check_asked()
    names: set[str] = set()
    for hook in table.tables("webhook"):
        found = _webhook(hook)
        if found.name in names:
            raise hook.wrong("name", f"{found.name!r} stands there twice", "give each webhook its own name")
        names.add(found.name)
        yield found
    mail = table.table("mail")
    if mail is not None:
        yield _mailing(mail)
    table.check_asked()


def _webhook(table: Table) -> Webhook:
    secret = table.path("secret_file")
    if secret is None:
        raise table.wrong("secret_file", "is missing", "name a file with the secret that alerts are signed with")
    name = table.text("name", _NAME, "a short name of letters, digits and spaces") or table.needed("name", "a name")
    allow = table.texts("allow", _HOST, 'a list of hosts: ["alerts.internal"]')
    found = Webhook(name, table.url("url"), secret, allow)
    table.check_asked()
    return found


def _mailing(table: Table) -> Mailing:
    security = table.text("security") or "starttls"
    if security not in _SECURITY:
        raise table.wrong("security", f"is {security!r}", f"write one of {', '.join(_SECURITY)}")
    to = table.texts("to", _ADDRESS, 'a list of addresses: ["desk@institute.example"]')
    if not to:
        raise table.wrong("to", "is missing", 'write a list of addresses: ["desk@institute.example"]')
    sender = table.text("from", _ADDRESS, "an address: watch@institute.example")
    if sender is None:
        raise table.wrong("from", "is missing", "write an address: watch@institute.example")
    host = table.needed("host", "the name of the mail server")
    user, password = table.text("user"), table.path("password_file")
    if (user is None) != (password is None):
        raise table.wrong("user", "and password_file go together", "give both or neither")
    if user is not None and security == "none":
        raise table.wrong("security", "is none", "a password is sent over starttls or tls only")
    port = table.whole("port", {"starttls": 587, "tls": 465, "none": 25}[security], 1, 65_535)
    chosen = next(one for one in _SECURITY if one == security)
    found = Mailing(host, port, sender, to, chosen, user, password)
    table.check_asked()
    return found
