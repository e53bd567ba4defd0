"""The address of a search: what stands in it → a look-up, and a look-up's address with something changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from assistant.reference.catalogue import FIELDS
from assistant.reference.lookup import Lookup
from assistant.ui.plain.visit import Visit
from index.types import Language

LONGEST = 200  # characters of a line
_MOST = 40  # values of all fields together: every link of the page has them all
DAYS = ("issued_from", "issued_to", "effective_from", "effective_to")


@dataclass(frozen=True)
class Asked:
    """The fields of the form as they were sent, those that make no sense named in `wrong`."""

    line: str = ""
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    day: date | None = None  # None: today
    language: Language | None = None  # None: that of the line
    document: str = ""
    newest_first: bool = False
    page: int = 1
    wrong: tuple[str, ...] = ()  # names of fields

    @property
    def empty(self) -> bool:
        """Whether nothing at all was asked for."""
        return not (self.line.strip() or self.fields or self.days or self.document)

    def lookup(self, language: Language, today: date) -> Lookup:
        """What is looked up on that day, in that language."""
        days = self.days.get
        return Lookup(
            self.line, language, self.day or today, self.fields,
            (days("issued_from"), days("issued_to")), (days("effective_from"), days("effective_to")),
            self.document, self.newest_first, self.page,
        )  # fmt: skip

    def address(self, **changes: object) -> str:
        """The query of this search with some fields changed; a new page begins unless the page is what changes."""
        kept: dict[str, object] = {
            "q": self.line, **self.fields, **{name: day.isoformat() for name, day in self.days.items()},
            "day": self.day.isoformat() if self.day else "", "in": self.language or "", "document": self.document,
            "sort": "newest" if self.newest_first else "",
        }  # fmt: skip
        pairs: list[tuple[str, str]] = []
        for name, value in {**kept, **changes}.items():
            values = value if isinstance(value, tuple) else (value,)
            pairs += [(name, str(one)) for one in values if one not in ("", None, 1)]
        return "?" + urlencode(pairs)

    def without(self, name: str, value: str) -> str:
        """The query of this search without one value of a field."""
        return self.address(**{name: tuple(one for one in self.fields.get(name, ()) if one != value)})


def asked(visit: Visit) -> Asked:
    """What a visitor asks for. What cannot be read is left out, and named."""
    query = QueryParams(visit.query)
    wrong: list[str] = []
    days = {name: day for name in DAYS if (day := _day(query.get(name, ""), name, wrong))}
    chosen = dict.fromkeys((name, value[:LONGEST]) for name, value in query.multi_items() if name in FIELDS and value)
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in list(chosen)[:_MOST]:
        fields[name] = (*fields.get(name, ()), value)
    language = query.get("in", "")
    page = query.get("page", "")
    return Asked(
        query.get("q", "").replace("\x00", " ")[:LONGEST],
        {name: fields[name] for name in FIELDS if name in fields},
        days,
        _day(query.get("day", ""), "day", wrong),
        Language(language) if language in set(Language) else None,
        query.get("document", "")[:LONGEST],
        query.get("sort") == "newest",
        int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        tuple(wrong),
    )


def _day(text: str, name: str, wrong: list[str]) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        wrong.append(name)
        return None
