"""A mail server of our own on the loopback: takes letters, or refuses them, and knows no security."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class PostOffice:
    """The letters that came, and whether any are taken."""

    port: int = 0
    letters: list[str] = field(default_factory=list)
    refuses: bool = False


class _Counter(socketserver.StreamRequestHandler):
    office: PostOffice

    def handle(self) -> None:
        self._say("220 office")
        while line := self.rfile.readline().decode("latin-1").strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self._say("354 go on")
                self._letter()
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("550 no" if word == "RCPT" and self.office.refuses else "250 yes")

    def _letter(self) -> None:
        lines: list[str] = []
        while (line := self.rfile.readline().decode("utf-8").rstrip("\r\n")) != ".":
            lines.append(line)
        self.office.letters.append("\n".join(lines))
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def open_office() -> Iterator[PostOffice]:
    office = PostOffice()
    counter = type("OwnCounter", (_Counter,), {"office": office})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), counter) as server:
        server.daemon_threads = True
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield office
        server.shutdown()
        thread.join()
