"""One process at a time: the embedded Chroma store is damaged by a second one."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import LockedError, SettingsError


class DataLock:
    """Exclusive use of a data directory until released; the system frees it when the process dies."""

    def __init__(self, data_dir: Path) -> None:
        self._directory = data_dir
        self._lock = FileLock(data_dir / "lock")

    def acquire(self) -> DataLock:
        """Take it or raise LockedError naming the holder; SettingsError where the directory cannot be written."""
        holder = self._directory / "lock.holder"
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            holder.write_text(json.dumps({"pid": os.getpid(), "command": " ".join(sys.argv)[:200]}))
        except Timeout as error:
            raise LockedError(f"The data directory {self._directory}", _who(holder)) from error
        except OSError as error:
            self._lock.release()
            raise SettingsError(
                f"The data directory {self._directory} cannot be written ({error.strerror or error}). "
                "Make it writable, or set SME_DATA_DIR to a directory that is."
            ) from error
        return self

    def release(self) -> None:
        """Give it back; doing so twice is harmless."""
        self._lock.release()


def _who(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text())
        return f"process {known['pid']}: {known['command']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "an unknown process"
