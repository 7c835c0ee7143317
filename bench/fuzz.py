"""Throws broken input at every reader of the program, and counts what crashes and what takes longer than five seconds.

    python bench/fuzz.py [--inputs 200000] [--seed 1] [--parts formats dates ...] [--write]

Inputs are sound ones with bytes turned, cut, doubled, moved and mixed with signs that break parsers. Each part runs in
a process of its own, so that one that dies is seen. `--write` puts the figures into bench/FUZZ.md.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

from readings import ROOT

sys.path.insert(0, str(ROOT / "tests"))
PAGE = ROOT / "bench" / "FUZZ.md"
LIMIT = 5.0
# Shares of all inputs: what is dear gets fewer.
SHARES = {
    "formats": 0.30,
    "dates": 0.25,
    "names": 0.14,
    "places": 0.14,
    "ontology": 0.06,
    "series": 0.04,
    "api": 0.06,
    "quotations": 0.01,
}
_SIGNS = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xc3", b"\r\n\r\n", b"\n" * 40, b"{" * 30, b"[" * 200),
    *(b"<!DOCTYPE x [", b"]]>", b"<![CDATA[", b"&#x0;", b"&a;", b"%s%n", b"../../", b"=cmd()", b"\x1b[31m", b"\"'\"'"),
    *(
        b"9" * 30,
        b"-1",
        b"1e999",
        b"NaN",
        b"0000-00-00",
        b"9999-12-31",
        b"Content-Length: -1",
        b"\x1f\x8b",
        b"PK\x03\x04",
    ),
    *(b"!!python/object:os.system", b"&x [*x]", "\U0001f4a3‏é".encode(), b"\xf0\x9f\x92", b"a" * 5000),
)
Attempt = Callable[[bytes], object]


class Late(Exception):
    """An input took longer than the limit."""


@dataclass(frozen=True)
class Found:
    """What one part came to: inputs, crashes and hangs, the slowest input in seconds."""

    part: str
    inputs: int
    crashes: int
    hangs: int
    slowest: float

    def row(self) -> str:
        return f"| {self.part} | {self.inputs:,} | {self.crashes} | {self.hangs} | {self.slowest:.2f} s |"


def broken(seed: bytes, others: Sequence[bytes], draw: random.Random) -> bytes:
    """A sound input with some faults."""
    data = bytearray(seed)
    for _ in range(draw.choice((1, 1, 2, 3, 8))):
        at, length = draw.randint(0, len(data)), draw.choice((1, 2, 8, 64, 400))
        match draw.randrange(7):
            case 0:
                data[at : at + 1] = bytes([draw.randrange(256)])
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = draw.choice(_SIGNS)
            case 3:
                data[at:at] = data[at : at + length] * draw.choice((2, 5, 30))
            case 4:
                other = draw.choice(others)
                cut = draw.randint(0, len(other))
                data[at:at] = other[cut : cut + 8 * length]
            case 5:
                del data[at:]
            case _:
                start = draw.randint(0, len(data))
                piece = bytes(data[start : start + length])
                data[at:at] = piece[::-1]
    return bytes(data[:200_000])


def _formats() -> tuple[Sequence[bytes], Attempt]:
    from input_samples import samples

    from detente.ingest.opening import read_given
    from detente.ingest.outcome import Given

    return list(samples().values()), lambda data: list(read_given(Given("f", data)))


def _dates() -> tuple[Sequence[bytes], Attempt]:
    from detente.codebook.times import load_times
    from detente.resolve.asked_when import ask_when
    from detente.resolve.when import find_times

    words, day = load_times(), date(2024, 3, 4)
    seeds = "on Tuesday|two days ago|3-5 March 2024|in the early 1990s|since last September|the day before yesterday"
    seeds += "|by 2030|from 28 February to 3 March 2022|at the end of the second week of May|07.03.2024|29 February"

    def attempt(data: bytes) -> object:
        text = data.decode("utf-8", "replace")[:3000]
        return ask_when(text, day, words), find_times(f"He came {text}. It happened {text}", None, words)

    return [seed.encode() for seed in seeds.split("|")], attempt


def _names() -> tuple[Sequence[bytes], Attempt]:
    from detente.codebook.language import load_language
    from detente.codebook.whoswho import WhosWho
    from detente.resolve.asked_who import ask_who

    whoswho, language = WhosWho.open(), load_language()
    seeds = "Pashynian|Russian foreign minister|Mr. Kim|deputy head of the security council of Armenia|Taliban|EU|U.N."
    seeds += "|former President François Hollande|李强|the King of Jordan|al-Shabaab|NATO secretary general"
    return [seed.encode() for seed in seeds.split("|")], lambda data: ask_who(
        data.decode("utf-8", "replace")[:3000], date(2023, 9, 19), whoswho, language
    )


def _places() -> tuple[Sequence[bytes], Attempt]:
    from detente.codebook.gazetteer import Gazetteer
    from detente.resolve.asked_where import ask_where

    gazetteer = Gazetteer.open()
    seeds = (
        "Stepanakert|Paris, Texas|the Strait of Hormuz|Kyiv|Gaza City|Al-Fashir|north-eastern Syria|São Paulo|K'ut'aisi"
    )
    return [seed.encode() for seed in seeds.split("|")], lambda data: ask_where(
        data.decode("utf-8", "replace")[:3000], None, date(2023, 9, 19), gazetteer
    )


def _ontology() -> tuple[Sequence[bytes], Attempt]:
    from detente.codebook.files import DataError
    from detente.codebook.ontology import load_ontology
    from detente.codebook.own_ontology import load_own_ontology
    from detente.codebook.user_yaml import load_user_yaml

    ontology = load_ontology()
    seeds = [path.read_bytes() for path in sorted((ROOT / "examples").glob("*.yaml"))]
    path = Path(tempfile.mkdtemp()) / "own.yaml"

    def attempt(data: bytes) -> object:
        path.write_bytes(data)
        for load in (load_user_yaml, lambda p: load_own_ontology(p, ontology)):
            try:
                load(path)
            except (DataError, ValueError, OSError) as problem:
                if not str(problem):
                    raise AssertionError("an error without words") from problem
        return None

    return seeds or [b"name: X\nversion: 1\ncategories:\n- {code: A, means: b}\n"], attempt


def _series() -> tuple[Sequence[bytes], Attempt]:
    from detente.ingest.series import read_series

    seeds = [
        b"date,a,b,score\n" + b"".join(b"2020-01-%02d,ARM,AZE,%d\n" % (day, -day) for day in range(1, 29)),
        b'date,a,b,score\n"2020-01-01","A ""x""",B,-1.5\n',
    ]

    def attempt(data: bytes) -> object:
        return list(read_series("s.csv", io.StringIO(data.decode("utf-8", "replace"), newline="")))

    return seeds, attempt


def _api() -> tuple[Sequence[bytes], Attempt]:
    from factory import sample
    from fastapi.testclient import TestClient
    from fused import coded

    from detente.fusing import fuse_archive
    from detente.serve.server import make_app
    from detente.store import Archive

    store = Archive.open(Path(tempfile.mkdtemp()) / "a.db")
    store.add(sample())
    store.add(coded("Ruritania shelled the market of Aldova on Monday, the mayor said.", "Courier", dead=3))
    fuse_archive(store)
    client = TestClient(make_app(store), base_url="http://127.0.0.1", raise_server_exceptions=True)
    seeds = "/api/v1/events?type=ASSAULT&party=RUS&limit=10|/api/v1/reports?since=2020-01-01&outlet=x"
    seeds += "|/incidents?after=2020_a|/map?type=ASSAULT"
    seeds += "|/search?q=a b&type=AID&since=2020-01-01|/pairs/ARM/AZE?by=week&with=A/B|/actors/country:RUR"
    seeds += "|/api/v1/statements?party=RUS MIL&limit=1000|/network?since=2020-01-01|/review?order=doubt|/reports/abc"

    def attempt(data: bytes) -> object:
        # Bytes that no address may hold come to the server in their escaped form, as a client would send them.
        address = "/" + quote(data.lstrip(b"/")[:2000], safe="/?&=:+,;%")
        answer = client.get(address)
        if answer.status_code >= 500:
            raise AssertionError(f"{answer.status_code}: {address[:200]}")
        return answer

    return [seed.encode() for seed in seeds.split("|")], attempt


def _quotations() -> tuple[Sequence[bytes], Attempt]:
    from detente.model.report import Report
    from detente.pipeline import open_reader

    reader = open_reader()
    told = [json.loads(line)["text"] for line in (ROOT / "examples" / "reports.jsonl").read_text("utf-8").splitlines()]
    seeds = [part.encode() for text in told for part in text.split("\n\n") if len(part) > 80]

    def attempt(data: bytes) -> object:
        text = data.decode("utf-8", "replace")[:1500]
        if not text.strip():
            return None
        coded = reader.read(Report(text, None, None, None, date(2024, 3, 4), "en"))
        for statement in coded.statements:
            for span in statement.content:
                if not 0 <= span.start < span.end <= len(text):
                    raise AssertionError("a span beyond the text")
        return replace(coded)

    return seeds, attempt


PARTS: dict[str, Callable[[], tuple[Sequence[bytes], Attempt]]] = {
    "formats": _formats,
    "dates": _dates,
    "names": _names,
    "places": _places,
    "ontology": _ontology,
    "series": _series,
    "api": _api,
    "quotations": _quotations,
}


def run_part(part: str, inputs: int, seed: int) -> Found:
    """Try so many broken inputs on one part, in this process; what crashes is written to standard error."""
    seeds, attempt = PARTS[part]()
    draw = random.Random(f"{part}-{seed}")
    crashes = hangs = 0
    slowest = 0.0
    signal.signal(signal.SIGALRM, _late)
    for _ in range(inputs):
        data = broken(draw.choice(seeds), seeds, draw)
        started = time.perf_counter()
        signal.setitimer(signal.ITIMER_REAL, LIMIT)
        try:
            attempt(data)
        except Late:
            hangs += 1
            print(f"{part}: hangs: {data[:300]!r}", file=sys.stderr)
        except Exception:  # whatever it is, it is the fault that is looked for
            crashes += 1
            print(f"{part}: crashes: {data[:300]!r}\n{traceback.format_exc(limit=-4)}", file=sys.stderr)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        slowest = max(slowest, time.perf_counter() - started)
    return Found(part, inputs, crashes, hangs, slowest)


def _late(number: int, frame: object) -> None:
    raise Late


def main() -> int:
    """Run the parts and print what was found; exit 1 where anything crashed or hung."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parts", nargs="+", default=list(PARTS), choices=list(PARTS))
    parser.add_argument("--one", choices=list(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if given.one:
        found = run_part(given.one, given.inputs, given.seed)
        print(json.dumps([found.inputs, found.crashes, found.hangs, found.slowest]))
        return 0
    whole = sum(SHARES[part] for part in given.parts)
    results = [_apart(part, round(given.inputs * SHARES[part] / whole), given.seed) for part in given.parts]
    lines = ["| part | inputs | crashes | longer than 5 s | slowest |", "|---|---:|---:|---:|---:|"]
    lines += [found.row() for found in results]
    print("\n".join(lines))
    if given.write:
        PAGE.write_text("\n".join(["# Broken input", "", *lines, ""]), encoding="utf-8")
    return int(any(found.crashes or found.hangs for found in results))


def _apart(part: str, inputs: int, seed: int) -> Found:
    """The part in a process of its own; one that dies is a crash."""
    command = [sys.executable, __file__, "--one", part, "--inputs", str(inputs), "--seed", str(seed)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return Found(part, inputs, 1, 0, 0.0)
    told = json.loads(done.stdout.splitlines()[-1])
    return Found(part, int(told[0]), int(told[1]), int(told[2]), float(told[3]))


if __name__ == "__main__":
    sys.exit(main())
