"""What one visitor reads: a document on a day, with what they may see beside it, and the addresses of all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import quote, urlencode

from assistant.serving import Serving
from assistant.texts import Texts, room_texts, texts
from assistant.ui.plain.days import day_of
from assistant.ui.plain.visit import Visit
from assistant.wording import day_words
from index.types import Clause, Document, Language


@dataclass(frozen=True)
class Reading:
    """Everything the parts of the page need."""

    visit: Visit
    serving: Serving  # as the visitor sees it
    document: Document
    today: date

    @property
    def words(self) -> Texts:
        """The texts of this room in the language of the page."""
        return room_texts("reader", self.visit.words.language)

    @cached_property
    def day(self) -> date:
        """The day looked at."""
        return day_of(self.visit.query.get("day", "")) or self.today

    @property
    def bad_day(self) -> bool:
        """Whether a day was asked for that cannot be read."""
        asked = self.visit.query.get("day", "").strip()
        return bool(asked) and day_of(asked) is None

    @property
    def side_by_side(self) -> bool:
        """Whether both languages were asked for."""
        return self.visit.query.get("both") == "1"

    @cached_property
    def other(self) -> Document | None:
        """The same document in the other language."""
        language = Language.EN if self.document.language is Language.ZH else Language.ZH
        return self.serving.document(self.document.id, language)

    @cached_property
    def documents(self) -> Sequence[Document]:
        """All documents in the language of the one that is read."""
        return self.serving.searcher.languages[self.document.language].documents

    @cached_property
    def numbered(self) -> dict[str, str]:
        """The other documents that are held, by their number as it is printed."""
        others = (one for one in self.documents if one.id != self.document.id and one.document_number)
        own = self.document.document_number
        return {one.document_number: one.id for one in others if one.document_number and one.document_number != own}

    @cached_property
    def numbers(self) -> re.Pattern[str] | None:
        """What finds their numbers in a text, the longest of several first."""
        found = sorted(self.numbered, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, found))) if found else None

    def kept(self, **changes: str | None) -> dict[str, str]:
        """What the address keeps from page to page, with changes; None takes away."""
        chosen: dict[str, str | None] = {
            "day": self.day.isoformat() if self.day != self.today else None,
            "both": "1" if self.side_by_side else None,
        } | changes
        return {name: value for name, value in chosen.items() if value is not None}

    def here(self, **changes: str | None) -> str:
        """This page with changes to its address."""
        return self.policy(self.document.id, **changes)

    def policy(self, id: str, clause: str | None = None, **changes: str | None) -> str:
        """A document of the library on the same day, as seen from this page."""
        return self.visit.url(self._path(id, clause, self.kept(**changes)))

    def whole_address(self, clause: Clause | None = None) -> str:
        """The address that is pasted elsewhere: with the day where it is not today's."""
        day = {"day": self.day.isoformat()} if self.day != self.today else {}
        return self.visit.site + self._path(self.document.id, clause.id if clause else None, day)

    def shown_day(self, day: date) -> str:
        """A day in the language of the page."""
        return day_words(day, texts(self.visit.words.language))

    @staticmethod
    def _path(id: str, clause: str | None, query: dict[str, str]) -> str:
        asked = f"?{urlencode(query)}" if query else ""
        return f"policy/{quote(id, safe='')}{asked}" + (f"#c-{quote(clause, safe='')}" if clause else "")
