"""The pages that compare products, and their tables as files; open to all, nothing of a customer is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import quote

from starlette.responses import Response
from starlette.routing import Route

from assistant.export.xlsx import xlsx_of
from assistant.products.catalogue import catalogue
from assistant.products.comparing import MOST, compare
from assistant.products.filters import facets, looked_at, narrowed
from assistant.products.types import Product
from assistant.profile import Profile
from assistant.serving import Serving
from assistant.texts import room_texts
from assistant.ui.library.products_compare import Beside, compare_html
from assistant.ui.library.products_list import Listed, list_html
from assistant.ui.library.products_profile import problems, read_profile, wanted_fields
from assistant.ui.library.products_query import Asked, address, read
from assistant.ui.library.products_sheets import comparison_sheet, list_sheet
from assistant.ui.library.products_words import Wording
from assistant.ui.places import rule_places
from assistant.ui.plain.rooms import Room, assets
from assistant.ui.plain.shell import page_html, page_response
from assistant.ui.plain.visit import Reception, Visit, no_store
from assistant.wiring import Assistant
from index.types import Language

HERE = Path(__file__).parent
SERVED = re.compile(r"/(?:products(?:/compare)?|products\.(?:xlsx|css|js))", re.ASCII)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def products_room(reception: Reception, assistant: Assistant) -> Room:
    """The list, the comparison, and both as tables."""
    pages = Products(lambda: assistant.serving)
    routes = [
        *assets(HERE, "products.css", "products.js"),
        Route("/products", reception.page(pages.list, open_to_all=True)),
        Route("/products/compare", reception.page(pages.compare, open_to_all=True)),
        Route("/products.xlsx", reception.page(pages.table, open_to_all=True, costly=True)),
    ]
    return Room(SERVED, routes)


class Products:
    """Who answers at each address."""

    def __init__(self, serving: Callable[[], Serving]) -> None:
        self._serving = serving

    def list(self, visit: Visit) -> Response:
        """All products, or those that filters leave."""
        serving, products, asked = self._asked(visit)
        book, language = serving.parts.rulebook, visit.words.language
        wording = Wording(serving, book, Profile.of(()), language, asked.day)
        there = looked_at(products.values(), asked.region, book, asked.day)
        listed = Listed(
            narrowed(there, asked.wanted),
            facets(there, asked.wanted),
            [products[n] for n in asked.chosen if n in products],
        )
        return _page(visit, wording.say("title"), list_html(visit, asked, listed, wording), asked)

    def compare(self, visit: Visit) -> Response:
        """Up to MOST products side by side."""
        serving, products, asked = self._asked(visit)
        beside, wording = self._beside(serving, products, asked, visit.words.language)
        return _page(visit, wording.say("compare_title"), compare_html(visit, asked, beside, wording), asked)

    def table(self, visit: Visit) -> Response:
        """The comparison where products are named, else the list, as a workbook."""
        serving, products, asked = self._asked(visit)
        book, language = serving.parts.rulebook, visit.words.language
        if any(name in products for name in asked.chosen):
            beside, wording = self._beside(serving, products, asked, language)
            lines = [line for line in beside.lines if line.differs or not asked.only]
            sheet = comparison_sheet(lines, beside.comparison.products, wording)
        else:
            wording = Wording(serving, book, Profile.of(()), language, asked.day)
            sheet = list_sheet(
                narrowed(looked_at(products.values(), asked.region, book, asked.day), asked.wanted), wording
            )
        name = quote(f"{wording.say('sheet.file')}-{asked.day.isoformat()}.xlsx")
        headers = {"content-disposition": f"attachment; filename=\"products.xlsx\"; filename*=UTF-8''{name}"}
        return Response(xlsx_of([sheet]), media_type=_XLSX, headers=headers | no_store())

    def _asked(self, visit: Visit) -> tuple[Serving, dict[str, Product], Asked]:
        serving = self._serving().seen_by(visit.groups)
        book = serving.parts.rulebook
        say = room_texts("products", visit.words.language)
        asked = read(visit, say, rule_places(book) if book else (), date.today())
        return serving, catalogue(serving, visit.words.language), asked

    def _beside(
        self, serving: Serving, products: dict[str, Product], asked: Asked, language: Language
    ) -> tuple[Beside, Wording]:
        book = serving.parts.rulebook
        known = [products[name] for name in asked.chosen if name in products]
        chosen, left = known[:MOST], known[MOST:]
        fields = wanted_fields(chosen, book) if book else ()
        reading = read_profile(asked, fields, book)
        wording = Wording(serving, book, reading.profile, language, asked.day)
        comparison = compare(chosen, reading.profile, book, asked.day)
        say = wording.say
        notices = problems(reading, dict(book.facts), say) if book else []
        if left:
            names = wording.values("list_comma").join(product.name(language) for product in left)
            notices.append(say("too_many", names=names))
        if missing := len(asked.chosen) - len(known):
            notices.append(say("missing", count=missing))
        others = [product for product in products.values() if product not in chosen]
        return Beside(
            comparison, wording.lines(comparison) if chosen else [], fields, reading, notices, others
        ), wording


def _page(visit: Visit, title: str, body: str, asked: Asked) -> Response:
    kept = address("", [pair for pair in asked.pairs if pair[1]]).removeprefix("?")
    html = page_html(
        visit.words, title, body, visit.url(), visit.signed_in, chosen=f"{kept}&" if kept else "", here="products",
        files=("products.css", "products.js"),
    )  # fmt: skip
    return page_response(200, html)
