"""The addresses of the trainer's pages, and who answers at each."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.records.seal import make_seal
from assistant.training.catalogue import catalogue
from assistant.training.certificate import Certificates
from assistant.training.classes import Classes
from assistant.training.codes import ALPHABET, LENGTH
from assistant.training.database import Database
from assistant.training.learners import Learners
from assistant.ui.plain.rooms import Room, assets
from assistant.ui.plain.visit import Missing, Reception, Visit
from assistant.ui.training import classes_files as files
from assistant.ui.training import classes_list as listed
from assistant.ui.training import classes_new as new
from assistant.ui.training import classes_page as pages
from assistant.ui.training.classes_desk import Desk, Drills, Store
from assistant.ui.training.session_study import COOKIE
from assistant.wiring import Assistant

HERE = Path(__file__).parent
_CODE = rf"[{ALPHABET}]{{{LENGTH}}}"
SERVED = re.compile(
    rf"/(classes\.css|classes\.js|classes(/(new|verify|{_CODE}(/(close|reopen|delete|paper(\.docx|\.pdf)?"
    rf"|results\.(csv|xlsx)|certificate/[0-9a-f]{{16}}(\.pdf)?))?))?|training/certificate/{_CODE}(\.pdf)?)",
    re.ASCII,
)
Answer = Callable[[Desk], Response]


def classes_room(reception: Reception, assistant: Assistant, database: Database, drills: Drills = catalogue) -> Room:
    """All of them; `drills` makes the catalogue of a day."""
    data_dir = assistant.settings.data_dir
    certificates = Certificates(database, lambda: make_seal(data_dir))
    store, learners = Store(database, Classes(database), certificates), Learners(database)

    def desk_of(visit: Visit) -> Desk:
        return Desk(visit, store, assistant.serving.seen_by(()), drills)

    def answering(answer: Answer, *, costly: bool = False) -> Callable[[Request], Awaitable[Response]]:
        return reception.page(lambda visit: _answered(desk_of(visit), answer), costly=costly)

    def own_certificate(
        answer: Callable[[Desk, str | None], Response], *, costly: bool = False
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            token = request.cookies.get(COOKIE)

            def handler(visit: Visit) -> Response:
                of_account = learners.of_account(visit.account) if visit.session is not None else None
                learner = learners.by_token(token) if visit.session is None else of_account
                return _answered(desk_of(visit), lambda desk: answer(desk, learner.id if learner else None))

            return await reception.page(handler, open_to_all=True, costly=costly)(request)

        return endpoint

    one = "/classes/{code}"
    routes = [
        *assets(HERE, "classes.css", "classes.js"),
        Route("/classes", answering(listed.overview)),
        Route("/classes/new", answering(new.show), methods=["GET"]),
        Route("/classes/new", answering(new.send), methods=["POST"]),
        Route("/classes/verify", answering(listed.verify)),
        Route(one, answering(pages.class_page)),
        Route(f"{one}/close", answering(pages.close), methods=["POST"]),
        Route(f"{one}/reopen", answering(pages.reopen), methods=["POST"]),
        Route(f"{one}/delete", answering(pages.delete), methods=["GET", "POST"]),
        Route(f"{one}/paper", answering(files.paper_page)),
        Route(f"{one}/paper.docx", answering(files.paper_docx, costly=True)),
        Route(f"{one}/paper.pdf", answering(files.paper_pdf, costly=True)),
        Route(f"{one}/results.csv", answering(files.results_csv)),
        Route(f"{one}/results.xlsx", answering(files.results_xlsx, costly=True)),
        Route(f"{one}/certificate/{{learner}}.pdf", answering(files.given_pdf, costly=True)),
        Route(f"{one}/certificate/{{learner}}", answering(files.given_page)),
        Route("/training/certificate/{code}.pdf", own_certificate(files.own_pdf, costly=True)),
        Route("/training/certificate/{code}", own_certificate(files.own_page)),
    ]
    return Room(SERVED, routes)


def _answered(desk: Desk, answer: Answer) -> Response:
    try:
        return answer(desk)
    except Missing:
        return desk.missing()
