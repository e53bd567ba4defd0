"""A watched folder: files that are whole are taken into the library and moved to its subfolder `taken`.

A file counts as whole when size and time of change have stayed the same over two looks and a quiet time. It is stored
first and moved then: killed in between, it is found again at the next look, known by its digest, and moved. What cannot
be taken (empty, too large) is moved to `refused` beside a note that says why. Subfolders are left alone; so are hidden
files and those that programs mark as unfinished (.part, .crdownload, .tmp, ~$…).
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path

from index.errors import LibraryError
from index.library.types import Upload

log = logging.getLogger(__name__)
QUIET = 2.0  # seconds without a change
TAKEN, REFUSED = "taken", "refused"
_UNFINISHED = (".part", ".crdownload", ".tmp", ".partial", ".download", ".swp")


class WatchedFolder:
    """One folder, looked at by the process that holds the data lock."""

    def __init__(self, folder: Path, add: Callable[[Path, str], Upload], quiet: float = QUIET) -> None:
        """`add` stores a file under a name and queues it."""
        self._folder = folder
        self._add = add
        self._quiet = quiet
        self._seen: dict[str, tuple[int, int, float]] = {}
        self._complained = False
        self._stuck: dict[str, tuple[int, int]] = {}  # taken, but still there: it could not be moved

    def take(self) -> int:
        """Take what is whole; how many files were taken."""
        try:
            files = sorted(entry.name for entry in os.scandir(self._folder) if _may_be_taken(entry))
        except OSError as error:
            if not self._complained:
                log.warning("The watched folder cannot be read (%s).", error)
            self._complained = True
            return 0
        self._complained = False
        self._seen = {name: seen for name, seen in self._seen.items() if name in files}
        return sum(self._take(name) for name in files if self._whole(name))

    def _whole(self, name: str) -> bool:
        try:
            found = os.stat(self._folder / name, follow_symlinks=False)
        except OSError:
            return False
        if self._stuck.get(name) == (found.st_size, found.st_mtime_ns):
            return False
        before = self._seen.get(name)
        if before is None or before[:2] != (found.st_size, found.st_mtime_ns):
            self._seen[name] = (found.st_size, found.st_mtime_ns, time.monotonic())
            return False
        return time.monotonic() - before[2] >= self._quiet

    def _take(self, name: str) -> bool:
        path = self._folder / name
        try:
            self._add(path, name)
        except LibraryError as error:
            if error.code in ("no-space", "unwritable", "store-unusable"):
                log.warning("A file in the watched folder is not taken yet: %s", error)
                return False
            if error.code != "duplicate":
                log.warning("A file in the watched folder was refused: %s", error)
                moved = self._move(path, REFUSED)
                if moved is not None:
                    moved.with_name(moved.name + ".txt").write_text(f"{error.zh}\n{error.en}\n", encoding="utf-8")
                return False
        return self._move(path, TAKEN) is not None

    def _move(self, path: Path, where: str) -> Path | None:
        """Into a subfolder, under another name where there is one of that name already."""
        try:
            folder = self._folder / where
            folder.mkdir(exist_ok=True)
            target, number = folder / path.name, 1
            while target.exists():
                number += 1
                target = folder / f"{path.stem} ({number}){path.suffix}"
            os.rename(path, target)
        except OSError as error:
            log.warning("A file was taken from the watched folder but cannot be moved (%s).", error)
            self._stuck[path.name] = self._seen[path.name][:2]
            return None
        return target


def _may_be_taken(entry: os.DirEntry[str]) -> bool:
    name = entry.name
    return (
        entry.is_file(follow_symlinks=False)
        and not name.startswith((".", "~$"))
        and not name.lower().endswith(_UNFINISHED)
    )
