"""Which addresses are public, and when two spellings are one address."""

from __future__ import annotations

import random
from ipaddress import ip_address

import pytest

from detente.watch.addresses import canonical, is_public, joined, shown
from detente.watch.pace import asked_wait, back_off

PRIVATE = (
    "127.0.0.1 127.255.0.3 10.1.2.3 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 "
    "192.0.0.192 198.18.0.1 224.0.0.1 255.255.255.255 240.0.0.1 168.63.129.16 "
    "::1 :: fe80::1 fc00::1 fd00:ec2::254 ff02::1 "
    "fec0::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001:db8::1 100.100.100.200"
)


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("url", "one"),
    [
        ("HTTPS://News.Example:443/a?utm_source=x&id=3#top", "https://news.example/a?id=3"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example:8080/a?b=c%20d", "http://news.example:8080/a?b=c%20d"),
        ("https://news.example/ä b", "https://news.example/%C3%A4%20b"),
        ("https://news.example/%C3%A4", "https://news.example/%C3%A4"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("https://Żółw.example/?q=ż", "https://xn--w-uga1v8h.example/?q=%C5%BC"),
    ],
)
def test_one_address_has_one_spelling(url: str, one: str) -> None:
    assert canonical(url) == one == canonical(one)


def test_links_are_joined_to_where_they_stand() -> None:
    assert joined("https://news.example/feed/", "../a?b=1") == "https://news.example/a?b=1"
    for link in (
        "mailto:a@b.example",
        "javascript:x",
        "http://me:pass@news.example/",
        "http://[",
        "http://a/" + "x" * 3000,
    ):
        assert joined("https://news.example/", link) is None


def test_logs_show_no_secrets() -> None:
    assert shown("https://me:pass@news.example/a?key=1#x") == "https://news.example/a?..."


def test_what_fails_is_left_alone_ever_longer_up_to_a_limit() -> None:
    chance = random.Random(1)
    waits = [back_off(60, failures, 3600, chance) for failures in range(1, 60)]
    assert 60 <= waits[0] <= 75 and 120 <= waits[1] <= 150
    assert all(3600 <= wait <= 4500 for wait in waits[7:]) and len(set(waits[7:])) > 40


@pytest.mark.parametrize("words", ["", "soon", "-5", "Tue, 99 Foo", None])
def test_a_wait_that_cannot_be_read_is_none(words: str | None) -> None:
    assert asked_wait(words, 0.0) is None


def test_nobody_can_ask_for_ever() -> None:
    assert asked_wait("999999999", 0.0) == 7 * 86_400
