"""The addresses of the pages for staff, and who answers at each."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.eligibility.rulebook import Rulebook
from assistant.texts import ui_texts
from assistant.ui.plain.rooms import Room, assets
from assistant.ui.plain.visit import Reception
from assistant.ui.staff.difference import Differences
from assistant.ui.staff.original import Originals
from assistant.ui.staff.product_form import FactName
from assistant.ui.staff.review import FactNames, Review
from assistant.ui.staff.sign_in import SignIn
from assistant.ui.staff.uploads import Uploads
from index.library.library import Library
from index.types import Language

HERE = Path(__file__).parent
_ID = r"[0-9a-f]{32}"
ADD = "/documents/add"  # the one address that takes large bodies
SERVED = re.compile(
    rf"/(sign-in|sign-out|staff\.js|documents(/(news|add|difference)|/{_ID}(/(picture|page-[1-9]\d{{0,4}}\.png"
    rf"|correct|product|release|give|retire|again|delete))?)?|original/{_ID}(/page-[1-9]\d{{0,4}}\.png)?)",
    re.ASCII,
)


def staff_room(
    reception: Reception, library: Library, largest: int, incoming: Path,
    facts: FactNames = lambda fact, _: FactName(fact),
) -> Room:  # fmt: skip
    """All of them; files of up to `largest` bytes are put down in `incoming` while they arrive.

    `facts` names what the conditions of product drafts are about.
    """
    sign_in, uploads = SignIn(reception), Uploads(reception, library, largest, incoming)
    review = Review(reception.door, library, largest, facts)
    differences, originals = Differences(library), Originals(library)
    page = reception.page
    ending = page(sign_in.out)

    async def sign_out(request: Request) -> Response:
        response = await ending(request)
        return reception.let_out(request, response) if response.status_code == 303 else response

    one = "/documents/{id}"
    routes = [
        *assets(HERE, "staff.js"),
        Route("/sign-in", sign_in.page, methods=["GET", "POST"]),
        Route("/sign-out", sign_out, methods=["POST"]),
        Route("/documents", page(uploads.page)),
        Route("/documents/news", page(uploads.news, quiet=True, data=True)),
        Route(ADD, uploads.add, methods=["POST"]),
        Route("/documents/difference", page(differences.page)),
        Route(one, page(review.page)),
        Route(f"{one}/picture", page(review.picture, data=True)),
        Route(f"{one}/page-{{page:int}}.png", page(originals.picture, data=True)),
        Route(f"{one}/delete", page(review.delete), methods=["GET", "POST"]),
        *(
            Route(f"{one}/{name}", page(getattr(review, name)), methods=["POST"])
            for name in ("correct", "product", "release", "give", "retire", "again")
        ),
        Route("/original/{id}", page(originals.page, open_to_all=True)),
        Route("/original/{id}/page-{page:int}.png", page(originals.picture, open_to_all=True, data=True)),
    ]
    return Room(SERVED, routes, {ADD: largest})


def facts_by(rulebook: Callable[[], Rulebook | None]) -> FactNames:
    """Facts by their labels and units in the rule files; those no rule knows by themselves."""

    def named(fact: str, language: Language) -> FactName:
        book = rulebook()
        known = book.facts.get(fact) if book is not None else None
        if known is None:
            return FactName(fact)
        label, words = known.label.in_(language), ui_texts(language)
        if known.unit is not None and known.unit in words.section("field.unit"):
            label = words("field.with_unit", name=label, unit=words(f"field.unit.{known.unit}"))
        return FactName(label, {code: said.in_(language) for code, said in known.choices.items()})

    return named
