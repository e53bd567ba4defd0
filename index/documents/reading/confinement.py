"""What a reading process may not do: grow without bounds, reach the network, start programs, write elsewhere.

It narrows the process it is called in, for good. Limits of the system and a network of its own are taken where the
system has them; Python's audit hook works everywhere, but only for what goes through Python.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

_NETWORK = (
    "socket.", "http.client.", "urllib.", "ftplib.", "smtplib.", "poplib.", "imaplib.", "telnetlib.", "webbrowser.",
)  # fmt: skip
_PROGRAMS = (
    "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn",
)  # fmt: skip
_CHANGES = (
    "os.remove", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.chmod", "os.chown", "os.truncate",
    "os.utime", "os.setxattr", "os.removexattr", "shutil.",
)  # fmt: skip
_HARMLESS = ("socket.gethostname",)
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # of unshare(2)
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38  # of prctl(2)


class ForbiddenError(PermissionError):
    """A library or a file asked for something that reading never needs."""


def limit_resources(memory: int, seconds: float, file_size: int, patience: float) -> None:
    """Bound memory, processor time, written files and open files, and be polite to other processes."""
    with suppress(OSError, AttributeError):
        os.nice(10)  # answers go before reading
    with suppress(ImportError):
        import resource

        cpu = int(seconds * (os.cpu_count() or 1) + patience)
        for name, value in (
            ("RLIMIT_AS", memory), ("RLIMIT_CPU", cpu), ("RLIMIT_FSIZE", file_size), ("RLIMIT_NOFILE", 256),
            ("RLIMIT_CORE", 0),
        ):  # fmt: skip
            with suppress(ValueError, OSError, AttributeError):
                kind = getattr(resource, name)
                hard = resource.getrlimit(kind)[1]
                bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
                resource.setrlimit(kind, (bound, bound))


def leave_network() -> None:
    """On Linux, move into a network that has no other end, die with the parent, gain no rights; elsewhere do nothing.

    Must come before any thread is started. Where the system does not allow it, the audit hook is what is left.
    """
    if not sys.platform.startswith("linux"):
        return
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        if libc.unshare(_NEW_NETWORK) != 0:
            libc.unshare(_NEW_USER | _NEW_NETWORK)


def forbid(writable: Path, readable: Iterable[Path]) -> None:
    """From now on refuse network, programs, changes outside `writable` and reading outside `readable`."""
    inside = os.path.realpath(writable)
    places = tuple(os.path.realpath(os.fspath(place)) for place in (*readable, Path(inside)))

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            _check_open(arguments, inside, places)
        elif (event.startswith(_NETWORK) and event not in _HARMLESS) or event.startswith(_PROGRAMS):
            raise ForbiddenError(event)
        elif event.startswith(_CHANGES):
            for target in arguments[: 2 if event in ("os.rename", "os.link", "os.symlink") else 1]:
                if isinstance(target, (str, bytes, os.PathLike)) and not _within(target, (inside,)):
                    raise ForbiddenError(event)

    sys.addaudithook(hook)


def _check_open(arguments: tuple[Any, ...], inside: str, places: tuple[str, ...]) -> None:
    target, mode, flags = (*arguments, None, None, None)[:3]
    if not isinstance(target, (str, bytes, os.PathLike)):
        return  # a descriptor that is open already
    writes = any(letter in (mode or "") for letter in "wax+") if isinstance(mode, str) else False
    if not writes and isinstance(flags, int):
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND))
    if os.fsdecode(target) == os.devnull:
        return
    if not _within(target, (inside,) if writes else places):
        raise ForbiddenError("open")


def _within(target: str | bytes | os.PathLike[Any], places: tuple[str, ...]) -> bool:
    path = os.path.realpath(os.fsdecode(target))
    return any(path == place or path.startswith(place + os.sep) for place in places)
