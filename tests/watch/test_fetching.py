"""Getting pages from a server that fails in every way, and from one that must not be asked."""

from __future__ import annotations

import gzip
import socket
import time
from typing import Any

import pytest
from watch.conftest import FastClock
from watch.web import Site, answer, bomb, dripping, huge, moved, silent, truncated, unless_same

from detente.watch.failure import Failed, Held, Kind
from detente.watch.fetching import Fetcher, Known
from detente.watch.sources import Limits

AGENT = "detente/test"
HERE = Limits(pace=2.0, seconds=1.5, silence=0.5, size=1 << 20, allow=("127.0.0.1",))


def failed(fetcher: Fetcher, url: str, known: Known | None = None) -> Failed:
    started = time.monotonic()
    with pytest.raises(Failed) as problem:
        fetcher.get(url, known)
    assert time.monotonic() - started < 10
    return problem.value


@pytest.fixture
def fetcher(clock: FastClock) -> Fetcher:
    return Fetcher(HERE, AGENT, clock)


def test_a_page_is_got_with_what_it_says_of_itself(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = answer(b"words", ETag='"1"', Last_Modified="Tue, 19 Mar 2024 10:00:00 GMT")
    got = fetcher.get(site.url("/a"))
    assert (got.body, got.moved) == (b"words", None)
    assert got.known == Known('"1"', "Tue, 19 Mar 2024 10:00:00 GMT")
    assert site.asked[-1].headings["user-agent"] == AGENT


def test_what_is_as_it_was_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    site.pages["/feed"] = unless_same(b"<rss/>", '"7"')
    first = fetcher.get(site.url("/feed"))
    again = fetcher.get(site.url("/feed"), first.known)
    assert (first.body, again.body, again.known) == (b"<rss/>", None, first.known)


def test_a_304_that_nobody_asked_for_is_no_answer(site: Site, fetcher: Fetcher) -> None:
    site.pages["/feed"] = answer(b"", status=304)
    assert failed(fetcher, site.url("/feed")).kind is Kind.broken


@pytest.mark.parametrize("packed", ["gzip", "deflate"])
def test_packed_pages_are_unpacked(site: Site, fetcher: Fetcher, packed: str) -> None:
    import zlib

    body = gzip.compress(b"words " * 99) if packed == "gzip" else zlib.compress(b"words " * 99)
    site.pages["/a"] = answer(body, Content_Encoding=packed)
    assert fetcher.get(site.url("/a")).body == b"words " * 99


@pytest.mark.parametrize(
    ("status", "kind"),
    [(500, Kind.server), (502, Kind.server), (404, Kind.refused), (403, Kind.refused), (410, Kind.gone)],
)
def test_refusals_and_faults_of_the_server_are_told_apart(
    site: Site, fetcher: Fetcher, status: int, kind: Kind
) -> None:
    site.pages["/a"] = answer(b"no", status=status)
    assert failed(fetcher, site.url("/a")).kind is kind


def test_a_body_that_breaks_off_is_no_page(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = truncated(b"half of the words")
    assert failed(fetcher, site.url("/a")).kind is Kind.truncated


def test_a_packed_body_that_breaks_off_is_no_page(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = answer(gzip.compress(b"words " * 999)[:40], Content_Encoding="gzip")
    assert failed(fetcher, site.url("/a")).kind is Kind.truncated


def test_what_is_wrongly_packed_is_broken(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = answer(b"no gzip at all", Content_Encoding="gzip")
    assert failed(fetcher, site.url("/a")).kind is Kind.broken


def test_a_server_that_says_nothing_is_left(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = silent(3)
    assert failed(fetcher, site.url("/a")).kind is Kind.timeout


@pytest.mark.parametrize("headings_too", [False, True])
def test_a_server_that_drips_is_left_when_the_time_is_over(site: Site, fetcher: Fetcher, headings_too: bool) -> None:
    site.pages["/a"] = dripping(6, headings_too)
    started = time.monotonic()
    assert failed(fetcher, site.url("/a")).kind is Kind.slow
    assert time.monotonic() - started < 3


def test_a_huge_body_is_not_taken_whole(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = huge(64 << 20)
    problem = failed(fetcher, site.url("/a"))
    assert (problem.kind, problem.lasting) == (Kind.large, True)


def test_a_body_that_says_it_is_huge_is_not_begun(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = answer(b"x", Content_Length=str(300 << 20))
    assert failed(fetcher, site.url("/a")).kind is Kind.large


def test_a_bomb_does_not_go_off(site: Site, clock: FastClock) -> None:
    site.pages["/size"], site.pages["/ratio"] = bomb(32 << 20), bomb(3 << 20)
    assert failed(Fetcher(HERE, AGENT, clock), site.url("/size")).kind is Kind.bomb
    large = Limits(pace=0, size=64 << 20, allow=("127.0.0.1",))
    problem = failed(Fetcher(large, AGENT, clock), site.url("/ratio"))
    assert problem.kind is Kind.bomb and "times its size" in problem.words


def test_pictures_are_not_taken(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = answer(b"GIF89a", kind="image/gif")
    assert failed(fetcher, site.url("/a")).kind is Kind.kind


def test_a_feed_that_moved_for_good_says_where_to(site: Site, fetcher: Fetcher) -> None:
    site.pages |= {"/a": moved("/b"), "/b": moved("/c", 308), "/c": answer(b"here")}
    got = fetcher.get(site.url("/a"))
    assert (got.body, got.url, got.moved) == (b"here", site.url("/c"), site.url("/c"))


def test_a_feed_that_moved_for_now_is_asked_at_its_old_address(site: Site, fetcher: Fetcher) -> None:
    site.pages |= {"/a": moved("/b"), "/b": moved("/c", 302), "/c": answer(b"here")}
    got = fetcher.get(site.url("/a"))
    assert (got.body, got.moved) == (b"here", None)


def test_redirects_in_a_circle_and_without_end_are_left(site: Site, fetcher: Fetcher) -> None:
    site.pages |= {"/a": moved("/b"), "/b": moved("/a")}
    site.pages |= {f"/{n}": moved(f"/{n + 1}") for n in range(20)}
    assert "circle" in failed(fetcher, site.url("/a")).words
    assert "more than 5 times" in failed(fetcher, site.url("/0")).words
    assert site.paths() == ["/a", "/b", *(f"/{n}" for n in range(6))]


@pytest.mark.parametrize(
    "to",
    ["http://localhost:{port}/secret", "http://127.1:{port}/secret", "http://2130706433:{port}/secret",
     "http://[::1]:{port}/secret", "http://[::ffff:127.0.0.1]:{port}/secret", "http://169.254.169.254/latest/",
     "http://10.0.0.1/", "http://0.0.0.0:{port}/secret"],
)  # fmt: skip
def test_a_redirect_to_a_private_address_is_not_followed(site: Site, fetcher: Fetcher, to: str) -> None:
    site.pages |= {"/a": moved(to.format(port=site.port), 302), "/secret": answer(b"secret")}
    problem = failed(fetcher, site.url("/a"))
    assert problem.kind in (Kind.address, Kind.name)
    assert "/secret" not in site.paths()


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "http://", "javascript:1"]
)
def test_a_redirect_to_anything_but_http_is_not_followed(site: Site, fetcher: Fetcher, to: str) -> None:
    site.pages["/a"] = moved(to, 302)
    assert failed(fetcher, site.url("/a")).kind is Kind.redirects


def test_a_private_address_is_not_asked_unless_allowed(site: Site, clock: FastClock) -> None:
    site.pages["/a"] = answer(b"words")
    assert failed(Fetcher(Limits(), AGENT, clock), site.url("/a")).kind is Kind.address
    assert site.asked == []
    assert Fetcher(Limits(allow_private=True), AGENT, clock).get(site.url("/a")).body == b"words"


def test_a_name_is_looked_up_once_and_that_address_asked(
    site: Site, clock: FastClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means a public address when it is checked and a private one when it is asked gains nothing."""
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def lookup(host: str, port: int, *more: Any, **options: Any) -> Any:
        if host == "turning.example":
            looked_up.append(host)
            return real("127.0.0.1" if len(looked_up) == 1 else "127.0.0.2", port, *more, **options)
        return real(host, port, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    site.pages["/robots.txt"] = answer(b"", kind="text/plain")
    fetcher = Fetcher(Limits(pace=0, allow=("turning.example",)), AGENT, clock)
    fetcher._robots._ask(f"http://turning.example:{site.port}")
    assert looked_up == ["turning.example"] and [asked.path for asked in site.asked] == ["/robots.txt"]


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.watch.addresses import resolve

    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("1.1.1.1", "10.0.0.8")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Failed, match=r"10\.0\.0\.8, which is not a public address"):
        resolve("mixed.example", 80, allow_private=False)


def test_robots_are_obeyed(site: Site, fetcher: Fetcher, clock: FastClock) -> None:
    site.pages["/robots.txt"] = answer(b"User-agent: detente\nDisallow: /private\nCrawl-delay: 20\n", "text/plain")
    site.pages |= {"/private/a": answer(b"no"), "/a": answer(b"yes")}
    assert failed(fetcher, site.url("/private/a")).kind is Kind.robots
    begun = clock.steady()
    assert fetcher.get(site.url("/a")).body == fetcher.get(site.url("/a")).body == b"yes"
    assert clock.steady() - begun >= 20
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/a", "/a"]


def test_a_redirect_on_a_slow_host_waits_for_its_turn(site: Site, fetcher: Fetcher, clock: FastClock) -> None:
    """Else the page would be begun anew in each round, and never be had."""
    site.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 120\n", "text/plain")
    site.pages |= {"/a": moved("/b"), "/b": answer(b"here")}
    assert fetcher.get(site.url("/a")).body == b"here" and clock.steady() >= 120
    with pytest.raises(Held):
        fetcher.get(site.url("/a"))


def test_a_redirect_to_what_robots_forbid_is_not_followed(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /private\n", "text/plain")
    site.pages |= {"/a": moved("/private/a"), "/private/a": answer(b"no")}
    assert failed(fetcher, site.url("/a")).kind is Kind.robots
    assert site.paths() == ["/a"]


def test_a_site_whose_robots_cannot_be_had_is_left_alone(site: Site, fetcher: Fetcher, clock: FastClock) -> None:
    site.pages |= {"/robots.txt": answer(b"", status=500), "/a": answer(b"words")}
    assert failed(fetcher, site.url("/a")).kind is Kind.robots
    for waits, asked, after in ((30, 1, 30), (40, 2, 120)):
        clock.wait(waits)
        assert failed(fetcher, site.url("/a")).after == pytest.approx(after, abs=5)
        assert [request.path for request in site.asked] == ["/robots.txt"] * asked
    site.pages["/robots.txt"] = answer(b"", "text/plain")
    clock.wait(121)
    assert fetcher.get(site.url("/a")).body == b"words"


def test_a_host_is_asked_at_its_pace(site: Site, fetcher: Fetcher, clock: FastClock) -> None:
    site.pages["/a"] = answer(b"words")
    for _ in range(4):
        fetcher.get(site.url("/a"))
    assert clock.steady() >= 4 * HERE.pace


@pytest.mark.parametrize("after", ["120", "Sat, 30 Mar 2024 23:02:00 GMT"])
def test_a_host_that_asks_to_wait_is_left_alone_so_long(
    site: Site, fetcher: Fetcher, clock: FastClock, after: str
) -> None:
    site.pages["/a"] = answer(b"", status=429, Retry_After=after)
    problem = failed(fetcher, site.url("/a"))
    assert problem.kind is Kind.busy and problem.after is not None and 110 < problem.after <= 120
    with pytest.raises(Held):
        fetcher.get(site.url("/b"))
    clock.wait(120)
    assert failed(fetcher, site.url("/b")).kind is Kind.refused
    assert site.paths() == ["/a", "/b"]


def test_what_the_server_says_of_the_encoding_is_told(site: Site, fetcher: Fetcher) -> None:
    site.pages |= {"/a": answer(b"words", 'text/html; Charset="ISO-8859-2"'), "/b": answer(b"words", "text/html")}
    assert [fetcher.get(site.url(path)).charset for path in ("/a", "/b")] == ["iso-8859-2", None]
