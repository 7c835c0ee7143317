"""Asks Wikidata's query service over the network, politely: with a name, time-outs, and the wait that it asks for.

A question in, the text of the answer out; ServiceError in words where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import urllib3
from urllib3.util.retry import Retry

ENDPOINT = "https://query.wikidata.org/sparql"
# The service asks programs to say who they are.
AGENT = "detente (open-source event coder; knowledge refresh)"
_CONNECT_SECONDS, _READ_SECONDS = 10.0, 90.0
_TRIES = 4
_BUSY = (429, 500, 502, 503, 504)
_MOST_BYTES = 100_000_000


class ServiceError(RuntimeError):
    """The service gave no answer; the message says which question, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Service:
    """Where to ask, the seconds to wait for an answer, how often to try, and the seconds between tries."""

    endpoint: str = ENDPOINT
    seconds: float = _READ_SECONDS
    tries: int = _TRIES
    pause: float = 2.0

    def ask_all(self, questions: Iterable[str]) -> Iterator[str]:
        """The answers, one after another; the first question without an answer ends it."""
        retries = Retry(
            total=self.tries - 1,
            status_forcelist=_BUSY,
            backoff_factor=self.pause,
            allowed_methods=None,
            respect_retry_after_header=True,
            raise_on_status=False,
        )
        timeout = urllib3.Timeout(connect=min(_CONNECT_SECONDS, self.seconds), read=self.seconds)
        with urllib3.PoolManager(retries=retries, timeout=timeout) as pool:
            for number, question in enumerate(questions, start=1):
                yield self._ask(pool, number, question)

    def _ask(self, pool: urllib3.PoolManager, number: int, question: str) -> str:
        headers = {"User-Agent": AGENT, "Accept": "application/sparql-results+json"}
        where = f"{self.endpoint}: question {number}"
        try:
            answer = pool.request_encode_body(
                "POST", self.endpoint, fields={"query": question}, headers=headers, encode_multipart=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise ServiceError(f"{where} has no answer ({_plain(error)}); try again later") from error
        if answer.status != 200:
            raise ServiceError(f"{where} was answered with status {answer.status}; try again later")
        if len(answer.data) > _MOST_BYTES:
            raise ServiceError(f"{where} has too long an answer")
        try:
            return answer.data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ServiceError(f"{where} has an answer that is not UTF-8 (byte {error.start})") from error


def _plain(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return " ".join(str(reason).split())[:200]
