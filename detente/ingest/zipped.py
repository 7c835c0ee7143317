"""The files in a ZIP archive are read in turn, each under its name there. Nothing is written to disk.

Members with a password, and archives that break off, are set aside with the reason. Office documents are no archives.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

from detente.ingest.limits import LARGEST_INSIDE, MEGA, MOST_MEMBERS, TooMuch, told, unpack
from detente.ingest.outcome import Given, Outcome, SetAside

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
ENCRYPTED = 0x1
# The others (bzip2, LZMA) are undone whole by the library, however much comes out.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What systems leave in archives besides the files that were put there.
LEFTOVERS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
# A member by which office documents and the like give themselves away.
OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")
ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Zip:
    """An archive of files of any of the formats."""

    name = "ZIP"

    def fits(self, given: Given) -> float:
        return 0.8 if given.data.startswith(MAGIC) else 0.0

    def read(self, given: Given) -> Iterator[Outcome | Given]:
        yield from read_members(given, lambda name: not any(part in name for part in LEFTOVERS))


def read_members(given: Given, wanted: Callable[[str], bool]) -> Iterator[Outcome | Given]:
    """The wanted members of an archive, one after the other, and what cannot be had of it."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(given.data))
    except ERRORS as problem:
        yield SetAside(given.source, f"a ZIP archive that is broken or not whole ({problem})", "get the file anew")
        return
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MOST_MEMBERS:
            raise TooMuch(f"more than {MOST_MEMBERS:,} pieces inside")
        office = next((member.filename for member in members if member.filename in OFFICE), None)
        if office:
            yield SetAside(given.source, "an office document or program", "save it as PDF, HTML or plain text")
            return
        chosen = [member for member in members if wanted(member.filename)]
        if not chosen:
            yield SetAside(given.source, "a ZIP archive without files", "give an archive that holds reports")
        for member in chosen:
            yield from _member(given, archive, member)


def names_in(data: bytes) -> tuple[str, ...]:
    """The names of an archive's members, none where it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(archive.namelist()[:MOST_MEMBERS])
    except ERRORS:
        return ()


def _member(given: Given, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Outcome | Given]:
    source = f"{given.source}, {member.filename}"
    if member.flag_bits & ENCRYPTED:
        yield SetAside(source, "locked with a password", "unpack it yourself")
        return
    if member.compress_type not in METHODS:
        yield SetAside(source, "packed in a way that cannot be undone within limits", "unpack it yourself")
        return
    if member.file_size > LARGEST_INSIDE:
        yield SetAside(source, f"larger than {told(LARGEST_INSIDE)}", "unpack it yourself and divide it")
        return
    try:
        unpacked = unpack(_pieces(archive, member), member.compress_size, ERRORS)
    except TooMuch as problem:
        yield SetAside(source, str(problem), "unpack it yourself, if you trust it")
        return
    if unpacked.data or not unpacked.broken:
        yield given.inside(member.filename, unpacked.data)
    if unpacked.broken:
        reason = f"broken after {len(unpacked.data):,} bytes ({unpacked.broken})"
        yield SetAside(source, reason, "get the archive anew; what came before was read")


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as file:
        while piece := file.read(MEGA):
            yield piece
