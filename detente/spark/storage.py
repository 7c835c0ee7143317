"""Folders wherever Spark keeps files (a disk, HDFS, S3 ...): small texts and lists of files, through Hadoop's own door.

Rows are read and written by Spark itself; only importer of what lies behind the session.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pyspark.sql import SparkSession


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file under a folder: its path within it, its whole address, its bytes."""

    name: str
    address: str
    size: int


class Folder:
    """A folder by its path or address (`/data/out`, `hdfs:///data/out`, `s3a://bucket/out`)."""

    def __init__(self, session: SparkSession, address: str) -> None:
        self._session = session
        local = local_path(address)
        context: Any = session.sparkContext
        self._hadoop: Any = context._jvm.org.apache.hadoop.fs
        self._java: Any = context._jvm
        path = self._hadoop.Path(str(local.resolve()) if local is not None else address)
        self._files: Any = path.getFileSystem(context._jsc.hadoopConfiguration())
        self.address = str(self._files.makeQualified(path).toString())

    def at(self, name: str) -> str:
        """The address of what lies in it."""
        return f"{self.address}/{name}"

    def is_there(self) -> bool:
        """Whether there is such a folder or file."""
        return bool(self._files.exists(self._path()))

    def is_folder(self) -> bool:
        return self.is_there() and bool(self._files.getFileStatus(self._path()).isDirectory())

    def names(self, folder: str = "") -> list[str]:
        """What lies in it, or in a folder of it, folders included; nothing where that is not there."""
        path = self._path(folder)
        if not self._files.exists(path) or not self._files.getFileStatus(path).isDirectory():
            return []
        return sorted(str(status.getPath().getName()) for status in self._files.listStatus(path))

    def files(self) -> list[StoredFile]:
        """All files in it, those of its folders too, in the order of their names; of a file itself."""
        found = []
        if not self.is_folder():
            status = self._files.getFileStatus(self._path())
            return [StoredFile(str(status.getPath().getName()), self.address, int(status.getLen()))]
        each = self._files.listFiles(self._path(), True)
        while each.hasNext():
            status = each.next()
            address = str(status.getPath().toString())
            found.append(StoredFile(address[len(self.address) + 1 :], address, int(status.getLen())))
        return sorted(found, key=lambda file: file.name)

    def read(self, name: str) -> str | None:
        """The text of a small file; None where it is not there."""
        path = self._path(name)
        if not self._files.exists(path):
            return None
        stream = self._files.open(path)
        try:
            return str(self._java.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def write(self, name: str, text: str) -> None:
        """Writes a small file: whole, or not at all."""
        fresh, path = self._path(f"{name}.fresh"), self._path(name)
        stream = self._files.create(fresh, True)
        stream.write(bytearray(text.encode("utf-8")))
        stream.close()
        self._files.delete(path, False)
        if not self._files.rename(fresh, path):
            raise OSError(f"{self.at(name)}: cannot be written")

    def _path(self, name: str = "") -> Any:
        return self._hadoop.Path(self.at(name) if name else self.address)


def local_path(address: str) -> Path | None:
    """The path on this machine's disk, or on one that all machines share; None for any other store."""
    parts = urlsplit(address)
    if parts.scheme == "file":
        return Path(parts.path)
    return Path(address) if len(parts.scheme) <= 1 else None
