"""The page of changes as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.lexicon.regions import place_words
from assistant.reference.change_words import ChangeWords
from assistant.reference.changes import NATIONAL, Group, by_day, regions, topics
from assistant.reference.events import Event
from assistant.texts import staff_texts
from assistant.ui.library.changes_calendar import calendar_html, event_address
from assistant.ui.library.changes_query import PRESETS, Asked
from assistant.ui.plain.shell import alert, select, t
from assistant.ui.plain.visit import Visit
from index.types import Document, Kind

_MOST_TOPICS = 60  # offered while typing


def page_body(
    events: Sequence[Event], meant: Sequence[Event], found: Mapping[Group, Sequence[Event]], asked: Asked,
    words: ChangeWords, visit: Visit,
) -> str:  # fmt: skip
    """Everything under the heading. `events` are all, `meant` those of the documents chosen, `found` by group."""
    say = words.say
    told = "".join(alert(say("problem.date", text=text)) for text in asked.problems)
    told += alert(say("problem.order")) if asked.since > asked.day else ""
    files = "".join(
        f'<a href="{t(visit.url(target) + asked.query())}"{extra}>{t(say(key))}</a>'
        for target, key, extra in (("changes/briefing", "briefing.link", ""), ("changes.ics", "ics.link", " download"))
    )
    sections = "".join(_group(group, found[group], asked, words, visit) for group in Group if found[group])
    nothing = "" if any(found.values()) else f'<p class="notice" role="status">{t(say("none.all"))}</p>'
    empty = [say(f"none.{group}") for group in Group if not found[group]]
    none = f'<p class="soft">{t(" ".join(empty))}</p>' if empty and not nothing else ""
    return (
        f'<p class="soft">{t(say("intro"))}</p>{told}{_filters(events, asked, words, visit)}'
        f'<p class="summary" role="status">{t(summary(found, asked, words))}</p><p class="files">{files}</p>'
        f"{nothing}{sections}{none}{calendar_html(by_day(meant, asked.month), asked, words, visit)}"
    )


def summary(found: Mapping[Group, Sequence[Event]], asked: Asked, words: ChangeWords) -> str:
    """The counts in a sentence."""
    say = words.say
    counts = [say("counted", group=say(f"name.{group}"), count=len(found[group])) for group in Group]
    return say(
        "summary", since=words.long(asked.since), day=words.long(asked.day), meant=meant_words(asked, words),
        counts=say("comma").join(counts),
    )  # fmt: skip


def meant_words(asked: Asked, words: ChangeWords) -> str:
    """Which documents were looked at."""
    choice, parts = asked.choice, []
    if choice.region:
        parts.append(_region(choice.region, words))
    if choice.kind:
        parts.append(staff_texts(words.say.language)(f"kind.{choice.kind}"))
    if choice.topic:
        parts.append(choice.topic)
    return words.say("comma").join(parts) or words.say("meant_all")


def _region(region: str, words: ChangeWords) -> str:
    return words.say("region_national") if region == NATIONAL else place_words(region, words.say.language)


def _filters(events: Sequence[Event], asked: Asked, words: ChangeWords, visit: Visit) -> str:
    say, choice = words.say, asked.choice
    presets = "".join(
        f'<a href="{t(asked.query(last=name, since=""))}"{" aria-current=true" if asked.preset == name else ""}>'
        f"{t(say(f'preset.{name}'))}</a>"
        for name in PRESETS
    )
    provinces = [("", say("region_all")), (NATIONAL, say("region_national"))]
    provinces += [(region, _region(region, words)) for region in regions(events)]
    kinds = staff_texts(say.language)
    offered = [("", say("kind_all"))]
    offered += [(kind, kinds(f"kind.{kind}")) for kind in Kind if any(e.document.kind is kind for e in events)]
    known = "".join(f'<option value="{t(topic)}"></option>' for topic in topics(events)[:_MOST_TOPICS])
    fields = [
        _field("since", say("since"), _date("since", asked.since)),
        _field("day", say("day"), _date("day", asked.day)),
        _field("region", say("region"), select("region", provinces, choice.region or "")),
        _field("kind", say("kind"), select("kind", offered, str(choice.kind or ""))),
        _field(
            "topic", say("topic"),
            f'<input id="topic" name="topic" value="{t(choice.topic or "")}" list="topics" maxlength="60" '
            f'placeholder="{t(say("topic_hint"))}"><datalist id="topics">{known}</datalist>',
        ),
    ]  # fmt: skip
    return (
        f'<nav class="presets" aria-label="{t(say("presets"))}">{presets}</nav>'
        f'<form class="filters" method="get" action="{t(visit.url("changes"))}" aria-label="{t(say("filters"))}">'
        f'{"".join(fields)}<p class="buttons"><button type="submit">{t(say("show"))}</button> '
        f'<a class="reset" href="{t(visit.url("changes"))}">{t(say("reset"))}</a></p></form>'
    )


def _field(name: str, label: str, field: str) -> str:
    return f'<p><label for="{name}">{t(label)}</label>{field}</p>'


def _date(name: str, day: date) -> str:
    return f'<input class="date" type="date" id="{name}" name="{name}" value="{day.isoformat()}">'


def _group(group: Group, events: Sequence[Event], asked: Asked, words: ChangeWords, visit: Visit) -> str:
    if not events:
        return ""
    cards = "".join(_card(event, group, asked, words, visit) for event in events)
    return (
        f'<section id="{group}"><h2>{t(words.say(f"group.{group}", count=len(events)))}</h2>'
        f'<ol class="changes">{cards}</ol></section>'
    )


def _card(event: Event, group: Group, asked: Asked, words: ChangeWords, visit: Visit) -> str:
    say, document = words.say, event.document
    address = event_address(event, asked, visit)
    left = words.left(event, group)
    badges = f'<span class="badge warn">{t(left)}</span>' if left else ""
    if not document.status_confirmed:
        badges += f'<span class="badge warn">{t(say("unconfirmed"))}</span>'
    if document.language is not say.language:
        badges += f'<span class="badge">{t(say("other_language"))}</span>'
    offers = words.concerned(event)
    concerns = f'<p class="soft">{t(say("concerns", names=offers))}</p>' if offers else ""
    reason = t(words.reason(event))
    if event.former is not None:
        reason += f' <a href="{t(_document(event.former, asked, visit))}">{t(event.former.short_title)}</a>'
    return (
        f'<li class="{event.turn}">'
        f'<time class="on" datetime="{event.day.isoformat()}">{t(words.long(event.day))}</time>'
        f'<div{_lang(document, words)}><h3><a href="{t(_document(document, asked, visit))}">'
        f"{t(words.title(document))}</a></h3><p>{reason} {badges}</p>{concerns}"
        f"{_said(event, address, words)}{_also(event, asked, words, visit)}</div></li>"
    )


def _said(event: Event, address: str, words: ChangeWords) -> str:
    """The clause that says so, with its sentence, or that none does."""
    if event.source is None:
        return f'<p class="evidence">{t(words.say("says_none"))}</p>'
    name = " ".join(dict.fromkeys(part for part in (event.source.reference, event.source.heading) if part))
    quote = f" <q>{t(event.quote)}</q>" if event.quote else ""
    return f'<p class="evidence">{t(words.say("says"))} <a href="{t(address)}">{t(name)}</a>{quote}</p>'


def _also(event: Event, asked: Asked, words: ChangeWords, visit: Visit) -> str:
    if not event.also:
        return ""
    links = "".join(
        f' <a href="{t(_document(document, asked, visit))}">{t(document.title)}</a>' for document in event.also
    )
    return f'<p class="soft">{t(words.say("also"))}{links}</p>'


def _document(document: Document, asked: Asked, visit: Visit) -> str:
    return visit.url(f"policy/{document.id}?day={asked.day.isoformat()}")


def _lang(document: Document, words: ChangeWords) -> str:
    return "" if document.language is words.say.language else f' lang="{document.language}"'
