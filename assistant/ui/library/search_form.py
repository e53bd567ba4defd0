"""The form of the search: the line, the facets with their counts, days, and what is chosen."""

from __future__ import annotations

from assistant.reference.catalogue import FIELDS
from assistant.reference.lookup import Value
from assistant.texts import Texts, texts
from assistant.ui.library.search_query import DAYS
from assistant.ui.library.search_results import Shown, count_text
from assistant.ui.plain.shell import select, t
from assistant.wording import day_words
from index.types import Language

_AT_ONCE, _MOST = 6, 40  # values of a facet: shown at once, and with those folded away
_ORDERED = ("kind", "status", "origin")  # their values have names in the texts


def form_html(shown: Shown, facets: str, results: str) -> str:
    """The whole form with the results in it, so that it works without scripts."""
    say, asked = shown.say, shown.asked
    hidden = f'<input type="hidden" name="document" value="{t(asked.document)}">' if asked.document else ""
    return (
        f'<form id="search" role="search" method="get" action="{t(shown.visit.url("library"))}" '
        f'data-results="{t(shown.visit.url("library/results"))}" data-copied="{t(say("copied"))}" '
        f'data-failed="{t(say("failed"))}">{hidden}'
        f'<div class="line"><label for="q">{t(say("form.line"))}</label>'
        f'<div class="typed"><input id="q" name="q" type="search" value="{t(asked.line)}" maxlength="200" '
        f'autocomplete="off" enterkeyhint="search" placeholder="{t(say("form.placeholder"))}" '
        'aria-describedby="q-hint">'
        f'<button type="submit">{t(say("form.go"))}</button></div>'
        f'<p class="hint" id="q-hint">{t(say("form.hint"))} <span class="keys">{_keys(say)}</span></p></div>'
        f'<div class="columns"><details class="filters"><summary>{t(say("form.filters"))}</summary>'
        f'<div id="facets">{facets}</div></details>'
        f'<section id="results" aria-label="{t(say("results"))}"><h2 class="heard">{t(say("results"))}</h2>'
        f'<div class="over"><p id="count" role="status">{t(count_text(shown))}</p>{_sorting(shown)}</div>'
        f'<div id="found">{results}</div></section></div></form>'
    )


def facets_html(shown: Shown) -> str:
    """What is chosen, the facets, and the days."""
    say = shown.say
    made = _chosen(shown)
    made += "".join(_facet(name, shown.found.facets[name], say) for name in FIELDS)
    made += f'<fieldset class="facet"><legend>{t(say("form.days"))}</legend>'
    for name in DAYS:
        day = shown.asked.days.get(name)
        made += _day(name, day.isoformat() if day else "", say)
    made += "</fieldset>"
    made += f'<fieldset class="facet"><legend>{t(say("form.as_of"))}</legend>'
    made += _day("day", shown.asked.day.isoformat() if shown.asked.day else "", say)
    made += f'<label for="in">{t(say("form.in"))}</label>'
    options = [("", say("form.in_any")), *((str(one), say(f"form.in_{one}")) for one in Language)]
    made += select("in", options, str(shown.asked.language or "")) + "</fieldset>"
    return made + f'<p class="apply"><button type="submit" class="second">{t(say("form.apply"))}</button></p>'


def _keys(say: Texts) -> str:
    """The keys in a line, those pressed marked as such."""
    return "".join(f"<kbd>{t(key)}</kbd> {t(does)} " for key, does in say.section("keys").items())


def _sorting(shown: Shown) -> str:
    say = shown.say
    options = [("", say("form.best_first")), ("newest", say("form.newest_first"))]
    chosen = "newest" if shown.asked.newest_first else ""
    hidden = "" if shown.asked.line.strip() else " hidden"
    label = f'<label for="sort">{t(say("form.sort"))}</label>'
    return f'<p class="sorting"{hidden}>{label}{select("sort", options, chosen)}</p>'


def _chosen(shown: Shown) -> str:
    say, asked = shown.say, shown.asked
    made = ""
    for name, values in asked.fields.items():
        for value in values:
            text = value_text(name, value, say)
            made += _chip(shown.search(asked.without(name, value)), text, say)
    for name, day in asked.days.items():
        text = f"{say(f'form.{name}')} {day_words(day, texts(say.language))}"
        made += _chip(shown.search(asked.address(**{name: ""})), text, say)
    if not made:
        return ""
    bare = shown.search(asked.address(**dict.fromkeys((*FIELDS, *DAYS), ())))
    made += f'<li><a class="clear" href="{t(bare)}">{t(say("form.clear"))}</a></li>'
    return f'<ul class="chips chosen" aria-label="{t(say("form.chosen"))}">{made}</ul>'


def _chip(address: str, text: str, say: Texts) -> str:
    name = t(say("form.remove", value=text))
    return f'<li><a href="{t(address)}" aria-label="{name}">{t(text)} <span aria-hidden="true">×</span></a></li>'


def _facet(name: str, values: list[Value], say: Texts) -> str:
    shown = [*values[:_MOST], *(value for value in values[_MOST:] if value.chosen)]
    if not shown:
        return ""
    first = [value for place, value in enumerate(shown) if place < _AT_ONCE or value.chosen]
    rest = [value for value in shown if value not in first]
    made = "".join(_box(name, value, say) for value in first)
    if rest:
        inner = "".join(_box(name, value, say) for value in rest)
        more = t(say("form.more", count=len(rest)))
        made += f'<details class="more-values" data-facet="{name}"><summary>{more}</summary>{inner}</details>'
    return f'<fieldset class="facet"><legend>{t(say(f"facet.{name}"))}</legend>{made}</fieldset>'


def _box(name: str, value: Value, say: Texts) -> str:
    checked = " checked" if value.chosen else ""
    return (
        f'<label class="check"><input type="checkbox" name="{name}" value="{t(value.value)}"{checked}> '
        f'<span>{t(value_text(name, value.value, say))}</span> <span class="n">{value.count}</span></label>'
    )


def value_text(name: str, value: str, say: Texts) -> str:
    """What a value of a field is called; a value nobody knows is shown as it was sent."""
    if name in _ORDERED:
        return str(say.section(f"value.{name}").get(value, value))
    return value


def _day(name: str, value: str, say: Texts) -> str:
    return (
        f'<label for="{name}">{t(say(f"form.{name}"))}</label>'
        f'<input type="date" class="date" id="{name}" name="{name}" value="{t(value)}">'
    )
