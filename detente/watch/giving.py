"""The channels that alerts go to: a feed file, standard output, a webhook, mail. Each gives one alert, or says why not.

Secrets are read from their files when they are needed, and stand in no message.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import smtplib
import ssl
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from xml.sax.saxutils import escape

from detente.model.watched import KeptAlert
from detente.store.watching import WatchLog
from detente.watch.asking import Asker
from detente.watch.clock import Clock, stamp
from detente.watch.delivering import Giver
from detente.watch.failure import Failed, Kind
from detente.watch.pace import asked_wait
from detente.watch.sources import AtomFile, Limits, Mailing, Plan, Printed, Webhook

# Newer readers of a feed want the last ones; all of them stand in the archive.
_IN_FEED = 100
_SHORTEST_SECRET = 16
_LARGEST_ANSWER = 1 << 16
_DAY_OF_TAG = "2026-01-01"


def givers_of(plan: Plan, log: WatchLog, clock: Clock, agent: str) -> list[Giver]:
    """The channels of a plan; SecretError where a secret cannot be read."""
    found: list[Giver] = []
    for channel in plan.channels:
        if isinstance(channel, AtomFile):
            found.append(AtomGiver(channel, log))
        elif isinstance(channel, Printed):
            found.append(Printer(channel.channel))
        elif isinstance(channel, Webhook):
            read_secret(channel.secret_file)
            found.append(WebhookGiver(channel, plan.limits, agent, clock))
        else:
            if channel.password_file is not None:
                read_secret(channel.password_file, shortest=1)
            found.append(MailGiver(channel, plan.limits.silence))
    return found


class SecretError(ValueError):
    """A secret cannot be read; the message names its file, never what stands there."""


def read_secret(path: Path, shortest: int = _SHORTEST_SECRET) -> str:
    """The secret in a file, without the line's end."""
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        why = getattr(problem, "strerror", None) or "not UTF-8"
        raise SecretError(f"{path}: cannot be read ({why}); write the secret into it") from problem
    if len(secret) < shortest:
        raise SecretError(f"{path}: a secret has {shortest} characters or more; make one: openssl rand -hex 32")
    return secret


def headline(alert: KeptAlert) -> str:
    """An alert in one line."""
    body = alert.body
    again = ", again worse" if body.get("escalation") else ""
    return f"{body['a']} and {body['b']}: conflict seems to have broken out on {body['date']}{again}"


class Printer:
    """Lines of JSON on standard output."""

    def __init__(self, channel: str) -> None:
        self.channel = channel

    def give(self, alert: KeptAlert) -> None:
        try:
            sys.stdout.write(json.dumps(alert.body, ensure_ascii=True) + "\n")
            sys.stdout.flush()
        except OSError as problem:
            raise Failed(Kind.connection, f"standard output is closed ({problem.strerror})") from problem


class AtomGiver:
    """A file in the Atom format (RFC 4287) with the last alerts, replaced as a whole."""

    def __init__(self, file: AtomFile, log: WatchLog) -> None:
        self.channel, self._path, self._log = file.channel, file.path, log

    def give(self, alert: KeptAlert) -> None:
        try:
            _replace(self._path, feed_of(self._log.alerts(_IN_FEED)))
        except OSError as problem:
            raise Failed(Kind.archive, f"{self._path}: cannot be written ({problem.strerror})") from problem


def feed_of(alerts: Sequence[KeptAlert]) -> str:
    """Alerts as an Atom feed, in the order given."""
    updated = stamp(max((alert.raised for alert in alerts), default=0.0))
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>tag:detente,{_DAY_OF_TAG}:alerts</id><title>Alerts</title><updated>{updated}</updated>\n"
        "<author><name>detente</name></author>\n"
    )
    return head + "".join(map(_entry, alerts)) + "</feed>\n"


def _entry(alert: KeptAlert) -> str:
    at, title = stamp(alert.raised), escape(_clean(headline(alert)))
    words = escape(_clean(explained(alert)))
    return (
        f"<entry><id>tag:detente,{_DAY_OF_TAG}:alert/{alert.id}</id><title>{title}</title>"
        f'<updated>{at}</updated><published>{at}</published><content type="text">{words}</content></entry>\n'
    )


def explained(alert: KeptAlert) -> str:
    """What drove an alert, for a person, line by line."""
    body = alert.body
    lines = [str(body.get("why", "")), f"False alarms of this level: {body.get('false_alarms')} per pair and year"]
    incidents = body.get("incidents")
    for incident in incidents if isinstance(incidents, list) else []:
        words = "; ".join(f'"{word}"' for word in incident["words"])
        lines.append(f"{incident['date']} {incident['type']} ({incident['reports']} reports): {words}")
    return "\n".join(lines)


def _clean(words: str) -> str:
    """Without the control characters that XML cannot hold and terminals obey."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in words)


def _replace(path: Path, words: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class WebhookGiver:
    """Posts JSON, signed: `Detente-Signature: t=SECONDS,v1=HMAC-SHA256 of "SECONDS.BODY"` in hexadecimal digits."""

    def __init__(self, hook: Webhook, limits: Limits, agent: str, clock: Clock) -> None:
        self.channel, self._hook, self._clock = hook.channel, hook, clock
        # What may be private for fetching need not be for posting: only what is listed for this hook.
        own = replace(limits, allow=hook.allow, allow_private=False, size=_LARGEST_ANSWER)
        self._asker = Asker(own, agent)

    def give(self, alert: KeptAlert) -> None:
        body = json.dumps(alert.body, ensure_ascii=True, sort_keys=True).encode("ascii")
        at = int(self._clock.now())
        headings = {
            "Content-Type": "application/json",
            "Detente-Alert": alert.id,
            "Detente-Signature": f"t={at},v1={self._sign(at, body)}",
        }
        response = self._asker.ask(self._hook.url, headings, body)
        if not 200 <= response.status < 300:
            after = asked_wait(response.headings.get("retry-after"), self._clock.now())
            kind = Kind.server if response.status >= 500 else Kind.refused
            raise Failed(kind, f"not taken (HTTP {response.status})", after)

    def _sign(self, at: int, body: bytes) -> str:
        try:
            secret = read_secret(self._hook.secret_file)
        except SecretError as problem:
            raise Failed(Kind.refused, str(problem)) from problem
        return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


class MailGiver:
    """Mails, one for each alert, with a Message-ID that stays the same."""

    def __init__(self, mailing: Mailing, timeout: float) -> None:
        self.channel, self._mailing, self._timeout = mailing.channel, mailing, timeout

    def give(self, alert: KeptAlert) -> None:
        try:
            with self._connected() as server:
                if self._mailing.user is not None and self._mailing.password_file is not None:
                    server.login(self._mailing.user, read_secret(self._mailing.password_file, shortest=1))
                server.send_message(self._letter(alert))
        except SecretError as problem:
            raise Failed(Kind.refused, str(problem)) from problem
        except smtplib.SMTPAuthenticationError as problem:
            # What the server says may repeat what it was told.
            raise Failed(
                Kind.refused, f"the mail server refused the name or password ({problem.smtp_code})"
            ) from problem
        except smtplib.SMTPException as problem:
            raise Failed(Kind.refused, f"the mail server did not take it ({type(problem).__name__})") from problem
        except TimeoutError as problem:
            raise Failed(Kind.timeout, f"the mail server said nothing for {self._timeout:g} seconds") from problem
        except ssl.SSLError as problem:
            raise Failed(Kind.tls, f"no secure connection to the mail server ({problem.reason})") from problem
        except OSError as problem:
            raise Failed(
                Kind.connection, f"no connection to the mail server ({problem.strerror or problem})"
            ) from problem

    def _connected(self) -> smtplib.SMTP:
        mailing = self._mailing
        if mailing.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(mailing.host, mailing.port, timeout=self._timeout, context=context)
        server = smtplib.SMTP(mailing.host, mailing.port, timeout=self._timeout)
        if mailing.security == "starttls":
            try:
                server.starttls(context=ssl.create_default_context())
            except BaseException:
                server.close()
                raise
        return server

    def _letter(self, alert: KeptAlert) -> EmailMessage:
        letter = EmailMessage()
        letter["Subject"] = _clean(headline(alert)).replace("\n", " ")
        letter["From"], letter["To"] = self._mailing.sender, ", ".join(self._mailing.to)
        letter["Message-ID"] = f"<{alert.id}@detente.invalid>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(_clean(explained(alert)) + f"\n\nAlert {alert.id}\n")
        return letter
