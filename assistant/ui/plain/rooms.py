"""A room: some pages that belong together, the addresses they are served at, and the files of their look."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_TYPES = {".css": "text/css", ".js": "text/javascript"}
PLAIN = Path(__file__).parent


@dataclass(frozen=True)
class Room:
    """`served` are the paths that are let through to `routes`; `largest` the bytes that a path of it may be sent."""

    served: re.Pattern[str]
    routes: Sequence[Route]
    largest: Mapping[str, int] = field(default_factory=dict)


def assets(folder: Path, *names: str) -> list[Route]:
    """Style sheets and scripts of a room, each at its own name."""
    return [Route(f"/{name}", _file(folder / name)) for name in names]


def common() -> Room:
    """What all pages share."""
    return Room(re.compile(r"/(plain|paper)\.css"), assets(PLAIN, "plain.css", "paper.css"))


def _file(path: Path) -> Callable[[Request], Response]:
    def given(_: Request) -> Response:
        text = path.read_text(encoding="utf-8")
        return Response(text, media_type=_TYPES[path.suffix], headers={"cache-control": "no-cache"})

    return given
