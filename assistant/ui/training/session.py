"""Training as learners see it: the addresses of its pages, and who answers at each."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.training.classes import Classes
from assistant.training.codes import Guesses
from assistant.training.database import Database
from assistant.training.learners import Learners
from assistant.training.progress import Progress
from assistant.training.sitting import Sittings
from assistant.ui.plain.rooms import Room, assets
from assistant.ui.plain.visit import Reception, Visit
from assistant.ui.training.session_ask import answer, on_from, place_page
from assistant.ui.training.session_begin import begin
from assistant.ui.training.session_class import class_page, join
from assistant.ui.training.session_end import end_page
from assistant.ui.training.session_home import home
from assistant.ui.training.session_learner import change, me_page
from assistant.ui.training.session_paths import choose_page, path_page
from assistant.ui.training.session_study import COOKIE, Browser, Desk, Study
from assistant.wiring import Assistant

HERE = Path(__file__).parent
_ID = r"[0-9a-f]{16}"
SERVED = re.compile(
    rf"/training(\.css|\.js|/(begin|join|choose|me|path/[a-z]+|sitting/{_ID}(/(end|[1-9]\d?))?))?", re.ASCII
)
_Page = Callable[[Study], Response]


def training_room(reception: Reception, assistant: Assistant, training: Database) -> Room:
    """The pages of whoever learns, with or without an account."""
    desk = Desk(
        Learners(training), Progress(training), Sittings(training), Classes(training), Guesses(reception.door.throttle)
    )

    def page(read: _Page, sent: _Page | None = None) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            browser = Browser(request.cookies.get(COOKIE), reception.secure(request))
            answering = sent if sent is not None and request.method == "POST" else read

            def handler(visit: Visit) -> Response:
                return answering(Study(visit, desk, browser, assistant.serving.seen_by(()), date.today()))

            return await reception.page(handler, open_to_all=True, forms=True)(request)

        return endpoint

    both, sitting = ["GET", "POST"], "/training/sitting/{sitting}"
    routes = [
        *assets(HERE, "training.css", "training.js"),
        Route("/training", page(_first)),
        Route("/training/begin", page(_back, begin), methods=both),
        Route("/training/join", page(_back, join), methods=both),
        Route("/training/choose", page(choose_page)),
        Route("/training/me", page(me_page, change), methods=both),
        Route("/training/path/{path}", page(path_page)),
        Route(sitting, page(on_from)),
        Route(f"{sitting}/end", page(end_page)),
        Route(f"{sitting}/{{place:int}}", page(place_page, answer), methods=both),
    ]
    return Room(SERVED, routes)


def _back(study: Study) -> Response:
    """From a form that could not be taken, after a reload or a change of language, to where it stands."""
    code = quote(study.visit.query.get("class", ""), safe="")
    return study.to(f"?class={code}" if code else "")


def _first(study: Study) -> Response:
    """The first page, or that of a class whose code the address has."""
    return class_page(study) if study.visit.query.get("class") else home(study)
