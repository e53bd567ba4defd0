"""What changed, in words of either language."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.reference.changes import Group
from assistant.reference.events import Basis, Event, Turn
from assistant.texts import Texts, room_texts, texts
from assistant.wording import day_words
from index.types import Document, Language

_NAMED = 3  # clauses named in a sentence


class ChangeWords:
    """The words of events as they look on a day; `offers` are the names of candidates by id."""

    def __init__(self, language: Language, day: date, offers: dict[str, str]) -> None:
        self.say: Texts = room_texts("changes", language)
        self.day = day
        self._dates = texts(language)
        self._offers = offers

    def long(self, day: date) -> str:
        """A day as people write it."""
        return day_words(day, self._dates)

    def title(self, document: Document) -> str:
        """A document as it is called, with its number."""
        key = "named_number" if document.document_number else "named"
        return self.say(key, title=document.title, number=document.document_number or "")

    def short_title(self, document: Document) -> str:
        """The same in short."""
        number = document.document_number
        return self.say("short_number", title=document.short_title, number=number) if number else document.short_title

    def reason(self, event: Event) -> str:
        """Why the event is listed, with its day and the clauses concerned."""
        reason = self._why(event, "reason")
        if event.basis is Basis.RULE and (offers := self._named(event)):
            return self.say("reason.clause", names=offers, reason=reason)
        if not event.clauses or event.turn is Turn.REPLACES:
            return reason
        names = self.say("comma").join(clause.heading or clause.reference for clause in event.clauses[:_NAMED])
        key = "reason.clause" if len(event.clauses) == 1 else "reason.clauses"
        key = "reason.more_clauses" if len(event.clauses) > _NAMED else key
        return self.say(key, count=len(event.clauses), names=names, reason=reason)

    def brief(self, event: Event) -> str:
        """The same on half a line: clauses are counted and not named."""
        reason = self._why(event, "brief")
        if not event.clauses or event.basis is Basis.RULE:
            return reason
        return self.say("brief.clauses", count=len(event.clauses), reason=reason)

    def _why(self, event: Event, section: str) -> str:
        day, first = event.day, event.document.period.effective or event.day
        key = f"rule_{event.turn}" if event.basis is Basis.RULE else str(event.basis)
        if event.basis is Basis.REPEALED:
            day += timedelta(days=1)  # the first day no longer in force
        former = event.former.title if event.former else event.replaced
        return self.say(f"{section}.{key}", day=self.long(day), first=self.long(first), name=former)

    def concerned(self, event: Event) -> str:
        """The programmes the event concerns, by name; "" for none, and where its reason names them."""
        return "" if event.basis is Basis.RULE else self._named(event)

    def _named(self, event: Event) -> str:
        return self.say("comma").join(self._offers[offer] for offer in event.offers if offer in self._offers)

    def left(self, event: Event, group: Group) -> str:
        """How long it still is; "" for what has been."""
        days = (event.day - self.day).days
        if group is Group.AHEAD:
            return self.say("left.begins", days=days)
        if group is Group.ENDING:
            return self.say("left.ends", days=days) if days else self.say("left.last")
        return ""

    def short(self, event: Event) -> str:
        """A few words for a day of the calendar."""
        return self.say(f"short.{event.turn}", title=event.document.short_title)
