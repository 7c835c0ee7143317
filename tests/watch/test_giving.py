"""Alerts reach each channel once, also over restarts, and what fails is tried again."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from collections.abc import Iterator
from email import message_from_string
from pathlib import Path

import feedparser
import pytest
from watch.conftest import FastClock
from watch.post_office import open_office
from watch.web import Site, answer, moved

from detente.model.watched import KeptAlert
from detente.store import Archive
from detente.store.watching import WatchLog
from detente.watch.delivering import Delivering
from detente.watch.failure import Failed, Kind
from detente.watch.giving import SecretError, givers_of, read_secret
from detente.watch.sources import AtomFile, Channel, Limits, Mailing, Plan, Printed, Webhook

SECRET = "a secret of some length"
INCIDENT = {"id": "i1", "date": "2024-03-30", "type": "ASSAULT", "score": -10.0, "reports": 2, "words": ["shelled <b>"]}


def alert(id: str = "x1", **more: object) -> KeptAlert:
    body = {"id": id, "a": "GRA", "b": "RUR", "date": "2024-03-30", "why": "the score of -40 lies 38 below the usual"}
    return KeptAlert(id, 1_711_839_600.0, body | {"false_alarms": 0.2, "incidents": [INCIDENT]} | more)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[WatchLog]:
    with Archive.open(tmp_path / "a.db") as archive:
        yield WatchLog(archive)


def delivering(log: WatchLog, clock: FastClock, *channels: Channel) -> Delivering:
    """As after a restart."""
    plan = Plan(Path("sources.toml"), (), channels=channels, limits=Limits(seconds=3, silence=2))
    return Delivering(log, givers_of(plan, log, clock, "detente/test"), clock, random.Random(1))


def raised(log: WatchLog, delivering: Delivering, *alerts: KeptAlert) -> None:
    log.raise_alerts(alerts, delivering.channels)
    delivering.deliver()


@pytest.fixture
def hook(site: Site, tmp_path: Path) -> Webhook:
    (tmp_path / "secret.txt").write_text(SECRET + "\n")
    return Webhook("desk", site.url("/hook"), tmp_path / "secret.txt", ("127.0.0.1",))


def test_standard_output_gets_one_line_of_json(
    log: WatchLog, clock: FastClock, capsys: pytest.CaptureFixture[str]
) -> None:
    raised(log, delivering(log, clock, Printed()), alert(), alert("x2", why="\x1b[31m\u2028"))
    delivering(log, clock, Printed()).deliver()
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["x1", "x2"] and "\x1b" not in "".join(lines)


def test_the_feed_is_atom_and_holds_what_drove_it(log: WatchLog, clock: FastClock, tmp_path: Path) -> None:
    raised(log, delivering(log, clock, AtomFile(tmp_path / "alerts.atom")), alert(), alert("x2", why="\x00 & <x>"))
    feed = feedparser.parse((tmp_path / "alerts.atom").read_bytes())
    assert not feed.bozo and [entry.id[-2:] for entry in feed.entries] == ["x1", "x2"]
    assert feed.entries[0].title == "GRA and RUR: conflict seems to have broken out on 2024-03-30"
    assert '"shelled <b>"' in feed.entries[0].content[0].value
    assert list(tmp_path.glob(".alerts*")) == []


def test_a_feed_that_cannot_be_written_is_tried_again(log: WatchLog, clock: FastClock, tmp_path: Path) -> None:
    folder = tmp_path / "later"
    raised(log, delivering(log, clock, AtomFile(folder / "alerts.atom")), alert())
    folder.mkdir()
    clock.wait(120)
    delivering(log, clock, AtomFile(folder / "alerts.atom")).deliver()
    assert "x1" in (folder / "alerts.atom").read_text()


def test_a_webhook_gets_json_with_a_signature(site: Site, log: WatchLog, clock: FastClock, hook: Webhook) -> None:
    site.pages["/hook"] = answer(b"", status=204)
    raised(log, delivering(log, clock, hook), alert())
    delivering(log, clock, hook).deliver()
    (asked,) = site.asked
    at, signature = (part.partition("=")[2] for part in asked.headings["detente-signature"].split(","))
    expected = hmac.new(SECRET.encode(), f"{at}.".encode() + asked.body, hashlib.sha256).hexdigest()
    assert (signature, asked.headings["detente-alert"]) == (expected, "x1")
    assert json.loads(asked.body)["a"] == "GRA"


def test_a_webhook_that_fails_is_tried_again_and_the_others_are_given_at_once(
    site: Site, log: WatchLog, clock: FastClock, hook: Webhook, capsys: pytest.CaptureFixture[str]
) -> None:
    site.pages["/hook"] = answer(b"", status=503, Retry_After="600")
    raised(log, delivering(log, clock, hook, Printed()), alert(), alert("x2"))
    assert len(site.asked) == 1 and len(capsys.readouterr().out.splitlines()) == 2
    clock.wait(599)
    site.pages["/hook"] = answer(b"")
    delivering(log, clock, hook, Printed()).deliver()
    clock.wait(60)
    delivering(log, clock, hook, Printed()).deliver()
    given = [asked.headings["detente-alert"] for asked in site.asked]
    assert sorted(given[1:]) == ["x1", "x2"] and capsys.readouterr().out == ""
    assert log.delivery_counts()[("webhook desk", "done")] == 2


def test_a_webhook_that_never_works_is_given_up(site: Site, log: WatchLog, clock: FastClock, hook: Webhook) -> None:
    raised(log, delivering(log, clock, hook), alert())
    for _ in range(30):
        clock.wait(2 * 86_400)
        delivering(log, clock, hook).deliver()
    assert len(site.asked) == 20 and log.delivery_counts() == {("webhook desk", "left"): 1}


def test_a_webhook_at_a_private_address_must_be_allowed(
    site: Site, log: WatchLog, clock: FastClock, hook: Webhook
) -> None:
    closed = Webhook(hook.name, hook.url, hook.secret_file)
    raised(log, delivering(log, clock, closed), alert())
    assert site.asked == [] and [fault.kind for fault in log.faults()] == ["address"]


def test_a_webhook_is_not_followed_elsewhere(site: Site, log: WatchLog, clock: FastClock, hook: Webhook) -> None:
    site.pages |= {"/hook": moved("/other", 307), "/other": answer(b"")}
    raised(log, delivering(log, clock, hook), alert())
    assert [asked.path for asked in site.asked] == ["/hook"] and log.delivery_counts() == {
        ("webhook desk", "waiting"): 1
    }


def test_a_letter_is_sent_once_with_a_name_of_its_own(log: WatchLog, clock: FastClock) -> None:
    with open_office() as office:
        mailing = Mailing("127.0.0.1", office.port, "watch@a.example", ("desk@b.example",), "none")
        raised(log, delivering(log, clock, mailing), alert(a="GRA\nBcc: everybody@c.example"))
        delivering(log, clock, mailing).deliver()
        (letter,) = map(message_from_string, office.letters)
    assert letter["To"] == "desk@b.example" and letter["Bcc"] is None
    assert letter["Message-ID"] == "<x1@detente.invalid>" and "shelled" in str(letter.get_payload())


def test_a_mail_server_that_refuses_or_is_not_there_is_tried_again(log: WatchLog, clock: FastClock) -> None:
    with open_office() as office:
        office.refuses = True
        mailing = Mailing("127.0.0.1", office.port, "watch@a.example", ("desk@b.example",), "none")
        raised(log, delivering(log, clock, mailing), alert())
        office.refuses = False
        clock.wait(120)
        delivering(log, clock, mailing).deliver()
        assert len(office.letters) == 1
    raised(log, delivering(log, clock, mailing), alert("x2"))
    assert {fault.kind for fault in log.faults()} == {"refused", "connection"}


def test_a_password_is_not_sent_without_security(log: WatchLog, clock: FastClock, tmp_path: Path) -> None:
    """The server offers no STARTTLS: nothing is sent, and nothing of the password stands in the message."""
    (tmp_path / "password").write_text("hunter2")
    with open_office() as office:
        mailing = Mailing(
            "127.0.0.1", office.port, "w@a.example", ("d@b.example",), "starttls", "me", tmp_path / "password"
        )
        (giver,) = givers_of(Plan(Path("s"), (), channels=(mailing,)), log, clock, "x")
        with pytest.raises(Failed) as problem:
            giver.give(alert())
        assert problem.value.kind is Kind.refused and office.letters == [] and "hunter2" not in problem.value.words


def test_a_secret_that_is_not_there_or_too_short_is_told_before_anything_begins(
    log: WatchLog, clock: FastClock, tmp_path: Path
) -> None:
    hook = Webhook("desk", "https://desk.example/", tmp_path / "none.txt")
    with pytest.raises(SecretError, match="cannot be read"):
        delivering(log, clock, hook)
    (tmp_path / "none.txt").write_text("hunter2")
    with pytest.raises(SecretError, match="16 characters or more") as problem:
        read_secret(tmp_path / "none.txt")
    assert "hunter2" not in str(problem.value)
