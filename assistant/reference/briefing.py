"""What changed as a paper of one page: what is new, what ends soon, what follows for the work; each with its clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assistant.export.types import Block, Heading, Listing, Paper, Paragraph, Style
from assistant.reference.change_words import ChangeWords
from assistant.reference.changes import Group
from assistant.reference.events import Event

LINES = 16  # of all groups together, so that the paper stays on a page


def briefing(
    found: Mapping[Group, Sequence[Event]], words: ChangeWords, since: date, meant: str, made_on: date
) -> Paper:
    """The paper; `meant` says which documents were looked at."""
    say = words.say
    return Paper(
        title=say("briefing.title"),
        subtitle=say("briefing.subtitle", since=words.long(since), day=words.long(words.day), meant=meant),
        language=say.language,
        blocks=tuple(_blocks(found, words)),
        made_on=made_on,
        note=say("briefing.note", day=words.long(words.day)),
    )


def listed(found: Mapping[Group, Sequence[Event]]) -> list[Event]:
    """The events the paper names, in its order."""
    return [event for group in Group for event in found[group][: _most(found)]]


def _most(found: Mapping[Group, Sequence[Event]]) -> int:
    """How many of each group the page has room for."""
    return LINES // max(1, sum(bool(events) for events in found.values()))


def _blocks(found: Mapping[Group, Sequence[Event]], words: ChangeWords) -> Iterator[Block]:
    say, most = words.say, _most(found)
    if not any(found.values()):
        yield Paragraph(say("none.all"))
        return
    for group in Group:
        events = found[group]
        if events:
            key = "briefing.some" if len(events) > most else "briefing.all"
            yield Heading(say(key, group=say(f"group.{group}", count=len(events)), shown=most), 2)
            yield Paragraph(say(f"briefing.follows.{group}"), Style.NOTE)
            yield Listing(tuple(_line(event, group, words) for event in events[:most]))


def _line(event: Event, group: Group, words: ChangeWords) -> str:
    """The document, what happens to it, how long it still is, and the clause that says so."""
    what = words.say("semicolon").join(filter(None, (words.brief(event), words.left(event, group))))
    if event.source is None:
        return words.say("briefing.line_none", title=words.short_title(event.document), what=what)
    where = event.source.reference or event.source.heading
    return words.say("briefing.line", title=words.short_title(event.document), what=what, clause=where)
