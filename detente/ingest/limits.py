"""How much of an input is taken, so that no file can fill the memory or keep the program busy for ever.

The numbers are far above what news needs. Reads no format; unpacks only what somebody else's unpacker gives in pieces.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MEGA = 1 << 20
# One input as a whole: a day of a large web archive still fits, and so does it in a laptop's memory.
LARGEST_INPUT = 1024 * MEGA
# What lies inside of another: a table of a million reports is smaller.
LARGEST_INSIDE = 512 * MEGA
# All that one input unpacks to, one piece after the other.
LARGEST_TOTAL = 8192 * MEGA
# The libraries for these take time and memory many times the size.
LARGEST_PAGE = 16 * MEGA
LARGEST_FEED = 16 * MEGA
LARGEST_PDF = 128 * MEGA
MOST_PAGES = 5_000
MOST_MEMBERS = 100_000
# A message in a mailbox in an archive in a compressed file, and one more.
DEEPEST = 6
# Text shrinks to a tenth, tables to a fiftieth; a bomb to a thousandth. Small ones do no harm.
HIGHEST_RATIO = 200
RATIO_COUNTS_FROM = 8 * MEGA


class TooMuch(Exception):
    """A limit was passed; the message says which one, in words for a person."""


@dataclass(slots=True)
class Budget:
    """What one input may still unpack to; counts down."""

    members: int = MOST_MEMBERS
    size: int = LARGEST_TOTAL

    def spend(self, size: int) -> None:
        """Takes one more piece into account; TooMuch where the limit is passed."""
        self.members -= 1
        self.size -= size
        if self.members < 0:
            raise TooMuch(f"more than {MOST_MEMBERS:,} pieces inside")
        if self.size < 0:
            raise TooMuch(f"unpacks to more than {told(LARGEST_TOTAL)}")


@dataclass(slots=True)
class Unpacked:
    """What came out of an unpacker, and why no more of it."""

    data: bytes
    broken: str | None = None


def unpack(pieces: Iterable[bytes], packed: int, errors: tuple[type[Exception], ...]) -> Unpacked:
    """The pieces as one; what was read before an error is kept. TooMuch where they grow beyond all measure."""
    whole = bytearray()
    try:
        for piece in pieces:
            whole += piece
            check_growth(len(whole), packed)
    except errors as problem:
        return Unpacked(bytes(whole), str(problem) or type(problem).__name__)
    return Unpacked(bytes(whole))


def check_growth(size: int, packed: int) -> None:
    """TooMuch where so many bytes have come out of so few."""
    if size > LARGEST_INSIDE:
        raise TooMuch(f"unpacks to more than {told(LARGEST_INSIDE)}")
    if size > RATIO_COUNTS_FROM and size > HIGHEST_RATIO * max(1, packed):
        raise TooMuch(f"unpacks to more than {HIGHEST_RATIO} times its size")


def told(size: int) -> str:
    """A size in words."""
    return f"{size // MEGA:,} MB"
