"""Feeds and pages of invented news, for the server of our own to give out."""

from __future__ import annotations

from collections.abc import Iterable

WORDS = (
    "Ruritania shelled the village of Aldova on Tuesday, killing three people, the governor said in the evening.",
    "The foreign ministry of Graustark called the attack a grave breach of the truce and summoned the ambassador.",
    "Talks between the two governments, planned for Friday in Strelsau, are still to take place, both sides said.",
)


def rss(links: Iterable[tuple[str, str]], day: str = "Tue, 19 Mar 2024 10:00:00 GMT") -> bytes:
    """A feed of (address, title)."""
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link><pubDate>{day}</pubDate></item>" for url, title in links
    )
    return f'<rss version="2.0"><channel><title>Courier</title>{items}</channel></rss>'.encode()


def full_rss(texts: Iterable[tuple[str, str]]) -> bytes:
    """A feed of (address, whole text)."""
    items = "".join(
        f"<item><title>{url[-9:]}</title><link>{url}</link><description>{text}</description></item>"
        for url, text in texts
    )
    return f'<rss version="2.0"><channel><title>Courier</title>{items}</channel></rss>'.encode()


def page(number: int, more: str = "") -> bytes:
    """An article that is like no other."""
    body = "".join(f"<p>{words}</p>" for words in (f"Report number {number}. {more}", *WORDS))
    title = f"Shells fall near Aldova, {number}"
    head = f"<html lang='en'><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>".encode()
