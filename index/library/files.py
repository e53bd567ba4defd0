"""The bytes of uploads: under names we choose, in a folder nothing serves, whole or not there."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from index.errors import LibraryError
from index.library.problems import failure

_CHUNK = 1 << 20
_ID = re.compile(r"[0-9a-f]{32}")
_ABANDONED = 3600.0  # seconds after which a file without a row was left by a process that was killed


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that was stored."""

    id: str
    size: int
    sha256: str


@dataclass(frozen=True)
class FileStore:
    """`<root>/<first two digits>/<id>`, readable by us alone."""

    root: Path
    limit: int  # bytes

    def put(self, source: BinaryIO) -> Stored:
        """Copy until the end, at most `limit` bytes; on the disk when it returns. Raises LibraryError."""
        id = secrets.token_hex(16)
        path = self.path(id)
        part = path.with_suffix(".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            total, size = hashlib.sha256(), 0
            try:
                with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    while chunk := source.read(_CHUNK):
                        size += len(chunk)
                        if size > self.limit:
                            raise failure("too-large", limit=self.limit // 1_000_000)
                        total.update(chunk)
                        file.write(chunk)
                    if not size:
                        raise failure("empty")
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(part, path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise unwritable(error) from error
        return Stored(id, size, total.hexdigest())

    def path(self, id: str) -> Path:
        """Where the file of an id lies; anything that is no id of ours has no place."""
        if not _ID.fullmatch(id):
            raise failure("unknown", id=id)
        return self.root / id[:2] / id

    def whole(self, id: str, sha256: str) -> Path:
        """The file, compared with what was stored; raises LibraryError "file-gone"."""
        path = self.path(id)
        try:
            with path.open("rb") as file:
                total = hashlib.sha256()
                while chunk := file.read(_CHUNK):
                    total.update(chunk)
        except OSError as error:
            raise failure("file-gone") from error
        if total.hexdigest() != sha256:
            raise failure("file-gone")
        return path

    def remove(self, id: str) -> None:
        """Delete the file; one that is not there is no problem."""
        self.path(id).unlink(missing_ok=True)

    def abandoned(self) -> Iterator[Path]:
        """Files old enough that whoever stored them has made their row, or never will."""
        before = time.time() - _ABANDONED
        for path in self.root.glob("[0-9a-f][0-9a-f]/*"):
            if path.stat().st_mtime < before:
                yield path


def unwritable(error: OSError) -> LibraryError:
    """What the system says of a file that cannot be written, in our words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return failure("no-space")
    return failure("unwritable", reason=error.strerror or str(error))
