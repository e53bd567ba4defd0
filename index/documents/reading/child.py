"""What runs in the reading process: a file comes in on standard input, messages go out, each a line of JSON."""

from __future__ import annotations

import base64
import faulthandler
import json
import mimetypes
import os
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.documents.reading.confinement import ForbiddenError, forbid, leave_network, limit_resources
from index.documents.reading.limits import Limits
from index.errors import ReadingError

_ROOT = Path(__file__).resolve().parents[3]
# Fonts and time zones are read by libraries; the tables of /proc and /sys tell them how many cores there are.
_READABLE = ("/usr/share", "/usr/local/share", "/usr/lib", "/etc/localtime", "/proc/cpuinfo", "/sys/devices/system/cpu")


def main() -> None:
    """Do one task, then end. Standard output belongs to the messages: whatever libraries print goes nowhere."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    faulthandler.enable(file=sys.stderr)
    task = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**task["limits"])
    limit_resources(limits.memory, limits.seconds, limits.bytes + limits.characters * 8, limits.seconds_per_page)
    leave_network()
    room = Path.cwd()

    def say(message: dict[str, Any]) -> None:
        out.write(json.dumps(message, ensure_ascii=False, allow_nan=False) + "\n")
        out.flush()

    forbid(room, [_ROOT, *_interpreter(), *map(Path, (*_READABLE, *mimetypes.knownfiles))])
    try:
        say(_done(task, limits, lambda page, pages: say({"page": page, "pages": pages})))
    except ReadingError as error:
        say({"error": error.code, "details": error.details})
    except MemoryError:
        say({"error": "out-of-memory", "details": {}})
    except RecursionError:
        say({"error": "too-deep", "details": {}})
    except ForbiddenError:
        say({"error": "forbidden", "details": {}})


def _done(task: dict[str, Any], limits: Limits, progress: Callable[[int, int], None]) -> dict[str, Any]:
    content = sys.stdin.buffer.read(limits.bytes + 1)
    if task["do"] == "render":
        from index.documents.reading.pictures import render

        return {"picture": base64.b64encode(render(content, task["page"], task["dpi"], limits)).decode()}
    from index.documents.reading.read import read_content

    return {"reading": asdict(read_content(content, task["name"], limits, progress))}


def _interpreter() -> list[Path]:
    """Where Python and its packages lie."""
    return [Path(place) for place in {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values()}]
