"""What an address asks of the product pages, and the addresses that ask it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from assistant.products.filters import Order, Wanted
from assistant.products.types import Trait
from assistant.texts import Texts, ui_texts
from assistant.ui.form_view import problem_words
from assistant.ui.handlers import read_day
from assistant.ui.numbers import HIGHEST, Problem, read_number
from assistant.ui.places import place_path
from assistant.ui.plain.visit import Visit

Pairs = list[tuple[str, str]]
FACT = "f."  # before the name of a fact of a customer
LONGEST = 60  # characters of a search
MOST_CHOSEN = 12  # products an address may name


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading of an address; `problems` are sentences on what could not be read."""

    pairs: tuple[tuple[str, str], ...]
    wanted: Wanted
    chosen: tuple[str, ...]
    day: date
    province: str
    city: str
    region: str | None
    only: bool
    problems: tuple[str, ...]

    def all(self, name: str) -> list[str]:
        """Every value of a parameter."""
        return [value for key, value in self.pairs if key == name]

    def one(self, name: str) -> str:
        """The last value of a parameter, "" where there is none."""
        return next(iter(reversed(self.all(name))), "")

    def without(self, *names: str, also: Iterable[tuple[str, str]] = ()) -> Pairs:
        """The address without some parameters, or without single values of them."""
        gone = set(also)
        return [(k, v) for k, v in self.pairs if k not in names and (k, v) not in gone and v]


def read(visit: Visit, say: Texts, places: tuple[str, ...], today: date) -> Asked:
    """Everything an address asks; the form of the page makes just such addresses."""
    pairs = pairs_of(visit)
    one = dict(pairs)
    problems: list[str] = []
    day = read_day(one.get("day", ""), today)
    if day is None:
        problems.append(say("day_wrong"))
    amount = _number(one.get("amount", ""), "wan", "amount", say, problems)
    months = _number(one.get("term", ""), "months", "months", say, problems)
    traits = {trait: frozenset(v for k, v in pairs if k == trait and v) for trait in Trait}
    order = one.get("sort", "")
    wanted = Wanted(
        one.get("q", "").strip()[:LONGEST], traits, amount, months,
        Order(order) if order in set(map(str, Order)) else Order.PROVIDER,
    )  # fmt: skip
    province, city = one.get("province", ""), one.get("city", "")
    chosen = tuple(dict.fromkeys(v for k, v in pairs if k == "p" and v))[:MOST_CHOSEN]
    return Asked(
        tuple(pairs), wanted, chosen, day or today, province, city, place_path(province, city, places),
        one.get("only", "") == "differences", tuple(problems),
    )  # fmt: skip


def pairs_of(visit: Visit) -> Pairs:
    """The parameters of an address in order, each as often as it stands; the language is kept elsewhere."""
    query = visit.query
    items = query.multi_items() if isinstance(query, QueryParams) else list(query.items())
    return [(name, value) for name, value in items if name != "lang"]


def address(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """A path with parameters."""
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _number(text: str, unit: str, label: str, say: Texts, problems: list[str]) -> Decimal | None:
    if not text.strip():
        return None
    try:
        return read_number(text, unit, lowest=Decimal(0), highest=HIGHEST[unit])
    except Problem as problem:
        problems.append(say("wrong", what=say(label), why=problem_words(problem, ui_texts(say.language))))
        return None
