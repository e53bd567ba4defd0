"""Reading in a process of its own: a bad file ends only that, and costs no more time and memory than allowed."""

from __future__ import annotations

import base64
import json
import os
import queue
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from index.documents.reading import wire
from index.documents.reading.limits import DEFAULT, Limits
from index.documents.reading.types import Reading
from index.errors import OverLimitError, ReaderStoppedError, ReadingError, RefusedFileError

OnProgress = Callable[[int, int], None]

_ROOT = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path.append({root!r}); from index.documents.reading.child import main; main()"
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_KEPT_START = ("OPENBLAS_",)  # which kernels an older OpenBLAS may use on this processor


def read_apart(path: Path, limits: Limits = DEFAULT, on_progress: OnProgress | None = None) -> Reading:
    """Read a file in a process of its own.

    `on_progress` gets (page done, pages) as pages are finished, in the calling thread. Raises ReadingError, whose
    `code` says why; whatever the file does, nothing else is raised, and nothing of the process or its files is left.
    """
    answer = _ask({"do": "read", "name": path.suffix[:10]}, path, limits, on_progress or (lambda _page, _pages: None))
    return wire.bounded(wire.reading_of(answer.get("reading")), limits)


def render_apart(path: Path, page: int, dpi: int = 110, limits: Limits = DEFAULT) -> bytes:
    """The picture of one page (from 1) as PNG, drawn in a process of its own. Raises ReadingError."""
    answer = _ask({"do": "render", "page": page, "dpi": dpi}, path, limits, lambda _page, _pages: None)
    return base64.b64decode(str(answer.get("picture", "")))


def _ask(task: dict[str, Any], path: Path, limits: Limits, on_progress: OnProgress) -> dict[str, Any]:
    with _opened(path, limits) as file:
        room = tempfile.mkdtemp(prefix="sme-reading-")
        try:
            return _talk({**task, "limits": asdict(limits)}, file, Path(room), limits, on_progress)
        finally:
            shutil.rmtree(room, ignore_errors=True)


def _opened(path: Path, limits: Limits) -> BinaryIO:
    """The file, checked on the open descriptor, so that it cannot be exchanged in between."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # opening a pipe would wait for its other end
            raise RefusedFileError("not-a-file")
        file = path.open("rb")
    except FileNotFoundError as error:
        raise RefusedFileError("missing") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise RefusedFileError("not-a-file") from error
    size = os.fstat(file.fileno()).st_size
    if size > limits.bytes or size == 0:
        file.close()
        if size == 0:
            raise RefusedFileError("empty")
        raise OverLimitError("too-many-bytes", limit=limits.bytes // (1024 * 1024))
    return file


def _talk(task: dict[str, Any], file: BinaryIO, room: Path, limits: Limits, on_progress: OnProgress) -> dict[str, Any]:
    process = subprocess.Popen(
        [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START.format(root=str(_ROOT))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=room, env=_environment(room),
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    # Handed over beside the reading of its messages: a process that does not take the file is stopped by the clock.
    feeding = threading.Thread(target=_feed, args=(process.stdin, task, file), daemon=True)
    feeding.start()
    try:
        answer = _messages(process, limits, on_progress)
    finally:
        process.kill()
        process.wait()
        feeding.join()
        process.stdout.close()
    return answer


def _feed(stdin: Any, task: dict[str, Any], file: BinaryIO) -> None:
    try:
        stdin.write(json.dumps(task).encode() + b"\n")
        shutil.copyfileobj(file, stdin, 1024 * 1024)
        stdin.close()
    except (OSError, ValueError):  # it died, or was stopped
        pass


def _messages(process: subprocess.Popen[bytes], limits: Limits, on_progress: OnProgress) -> dict[str, Any]:
    lines: queue.Queue[bytes] = queue.Queue(maxsize=64)
    threading.Thread(target=_listen, args=(process.stdout, lines, limits), daemon=True).start()
    end = time.monotonic() + limits.seconds
    patience = time.monotonic() + limits.seconds_per_page
    while True:
        left = min(end, patience) - time.monotonic()
        try:
            line = lines.get(timeout=max(left, 0.001))
        except queue.Empty:
            late = limits.seconds if end <= patience else limits.seconds_per_page
            raise ReaderStoppedError("timeout", limit=round(late)) from None
        if not line.endswith(b"\n"):
            raise ReaderStoppedError("reader-output") if line else _death(process, limits)
        message = _message(line)
        if "page" not in message:
            return message
        patience = time.monotonic() + limits.seconds_per_page
        on_progress(*_progress(message))


def _listen(stdout: BinaryIO, lines: queue.Queue[bytes], limits: Limits) -> None:
    """Hand on each line, and an empty one at the end; a line longer than any reading comes cut, without its end."""
    longest = limits.characters * 12 + limits.cells * 64 + limits.pixels + 16 * 1024 * 1024
    with suppress(OSError, ValueError):  # closed, since the process was stopped
        while line := stdout.readline(longest):
            lines.put(line)
    lines.put(b"")


def _message(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError as error:
        raise ReaderStoppedError("reader-output") from error
    if not isinstance(message, dict):
        raise ReaderStoppedError("reader-output")
    if "error" in message:
        raise _error(message)
    return message


def _error(message: dict[str, Any]) -> ReadingError:
    try:
        details = {str(key): value for key, value in message["details"].items() if isinstance(value, (str, int))}
        return ReadingError.of(str(message["error"]), **details)
    except (KeyError, AttributeError, TypeError):
        return ReaderStoppedError("reader-output")


def _progress(message: dict[str, Any]) -> tuple[int, int]:
    page, pages = message.get("page"), message.get("pages")
    if not isinstance(page, int) or not isinstance(pages, int):
        raise ReaderStoppedError("reader-output")
    return page, pages


def _death(process: subprocess.Popen[bytes], limits: Limits) -> ReadingError:
    """Why a process ended without an answer. Libraries in C abort where memory is refused to them."""
    if not hasattr(os, "wait4"):
        process.wait()
        return ReaderStoppedError("crashed")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode == -signal.SIGXCPU:
        return ReaderStoppedError("timeout", limit=round(limits.seconds))
    resident = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return ReaderStoppedError("out-of-memory" if resident > limits.memory // 2 else "crashed")


def _environment(room: Path) -> dict[str, str]:
    """Nothing of ours but what an interpreter needs: keys and tokens stay here."""
    kept = {
        name: value for name, value in os.environ.items() if name.upper() in _KEPT or name.startswith(_KEPT_START)
    }
    return {
        **kept, "HOME": str(room), "TMPDIR": str(room), "TEMP": str(room), "TMP": str(room),
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    }  # fmt: skip
