"""sources.toml: what stands in it, and what is told of what will not do."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.analyse.outbreaks import Sensitivity
from detente.model.outlet import Outlet
from detente.watch.sources import AtomFile, Mailing, Plan, Printed, Source, Webhook
from detente.watch.sources_file import read_sources
from detente.watch.table import SourcesError

FEED = '[[feed]]\nname = "Courier"\nurl = "https://courier.example/feed.xml"\n'
FULL = """
[watch]
interval = "10m"
contact = "mailto:desk@institute.example"
allow_private = true
[limits]
pace = "5s"
size = "2MB"
tries = 3
[[feed]]
name = "Courier"
url = "https://courier.example/feed.xml"
outlet = "The Strelsau Courier"
country = "RUR"
side = "RUR GOV"
language = "en"
interval = "1h"
text = "feed"
[[sitemap]]
name = "Gazette"
url = "http://gazette.example/news.xml"
[[page]]
name = "Statements"
url = "https://regent.example/statements/1"
[alerts]
sensitivity = "high"
days = 3
[deliver]
stdout = true
[deliver.atom]
file = "alerts.atom"
[[deliver.webhook]]
name = "desk"
url = "https://desk.example/hook"
secret_file = "secret.txt"
allow = ["desk.example"]
[deliver.mail]
host = "mail.example"
from = "watch@institute.example"
to = ["desk@institute.example"]
"""


def plan(tmp_path: Path, words: str) -> Plan:
    (tmp_path / "sources.toml").write_text(words, encoding="utf-8")
    return read_sources(tmp_path / "sources.toml")


def refused(tmp_path: Path, words: str) -> str:
    with pytest.raises(SourcesError) as problem:
        plan(tmp_path, words)
    message = str(problem.value)
    assert message.startswith(f"{tmp_path / 'sources.toml'}: ") and "; " in message
    assert len(message.splitlines()) == 1
    return message.removeprefix(f"{tmp_path / 'sources.toml'}: ")


def test_all_that_can_be_said_is_read(tmp_path: Path) -> None:
    found = plan(tmp_path, FULL)
    feed, sitemap, page = found.sources
    assert feed == Source(
        "feed",
        "Courier",
        "https://courier.example/feed.xml",
        3600.0,
        "The Strelsau Courier",
        "RUR",
        "RUR GOV",
        "en",
        True,
    )
    assert (sitemap.kind, sitemap.interval, page.kind) == ("sitemap", 600.0, "page")
    assert (found.limits.pace, found.limits.size, found.limits.tries, found.limits.allow_private) == (
        5,
        2 << 20,
        3,
        True,
    )
    assert (found.alerting.sensitivity, found.alerting.days) == (Sensitivity.high, 3)
    assert found.channels == (
        Printed(),
        AtomFile(tmp_path / "alerts.atom"),
        Webhook("desk", "https://desk.example/hook", tmp_path / "secret.txt", ("desk.example",)),
        Mailing("mail.example", 587, "watch@institute.example", ("desk@institute.example",)),
    )
    assert found.publishers == (Outlet("The Strelsau Courier", "RUR", None, "RUR GOV", "en"),)


def test_a_feed_alone_is_enough(tmp_path: Path) -> None:
    found = plan(tmp_path, FEED)
    assert [source.interval for source in found.sources] == [1800.0]
    assert not found.limits.allow_private and found.channels == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "names no source"),
        ("[[feed]\n", "no TOML"),
        ("[feed]\nname='x'\n", "feed: is no list of tables; write [[feed]] with two brackets"),
        ('[[feed]]\nname = "x"\n', "[[feed]] 1 url: is missing"),
        ('[[feed]]\nurl = "https://a.example/"\n', "[[feed]] 1 name: is missing"),
        ('[[feed]]\nname = "x"\nurl = "ftp://a.example/"\n', "[[feed]] 1 url: starts with ftp; only https://"),
        ('[[feed]]\nname = "x"\nurl = "file:///etc/passwd"\n', "url: starts with file"),
        ('[[feed]]\nname = "x"\nurl = "https:///feed"\n', "url: names no host"),
        ('[[feed]]\nname = "x"\nurl = "https://a.example:99999/"\n', "url: is no address"),
        ('[[feed]]\nname = "x"\nurl = "https://a..example/"\n', "url: is no address"),
        (FEED + 'interval = "1s"\n', "interval: is '1s'; write a time like"),
        (FEED + "interval = 30\n", "interval: is 30; write a time like"),
        (FEED + 'intervall = "30m"\n', "intervall: is no known key; keys here are"),
        (FEED + 'country = "Ruritania"\n', "country: is 'Ruritania'; write three capitals: ARM"),
        (FEED + 'text = "all"\n', "text: is 'all'; write one of page, feed"),
        (FEED + FEED, "'Courier' stands there twice"),
        (FEED + "[limits]\nhosts = 0\n", "[limits] hosts: is 0; write a whole number from 1 to 64"),
        (FEED + '[limits]\nsize = "9GB"\n', "[limits] size: is '9GB'; write a size like"),
        (FEED + "[watch]\nallow_private = 'yes'\n", "[watch] allow_private: is 'yes'; write true or false"),
        (FEED + "[alerts]\nsensitivity = 'max'\n", "sensitivity: is 'max'; write one of low, normal, high"),
        (FEED + "[deliver.atom]\n", "[deliver.atom] file: is missing"),
        (FEED + "[[deliver.webhook]]\nname='a'\nurl='https://a.example'\n", "secret_file: is missing"),
        (FEED + "[deliver.mail]\nhost='m'\nfrom='a@b'\n", "[deliver.mail] to: is missing"),
        (FEED + "[deliver.mail]\nhost='m'\nfrom='a@b'\nto=['c@d']\nuser='u'\n", "user: and password_file go together"),
        (
            FEED + "[deliver.mail]\nhost='m'\nfrom='a@b'\nto=['c@d']\nuser='u'\npassword_file='p'\nsecurity='none'\n",
            "a password is sent over starttls or tls only",
        ),
        (FEED + "[sources]\n", "sources: is no known key"),
    ],
)
def test_what_will_not_do_is_told_with_place_and_remedy(tmp_path: Path, words: str, told: str) -> None:
    assert told in refused(tmp_path, words)


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    message = refused(tmp_path, '[[feed]]\nname = "x"\nurl = "https://me:hunter2@a.example/"\n')
    assert "take them out of the address" in message and "hunter2" not in message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="cannot be read"):
        read_sources(tmp_path / "none.toml")
