"""The list of products: filters with counts, and a card for each with a tick to compare it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.products.filters import Found, Order
from assistant.products.traits import values
from assistant.products.types import Product, Trait
from assistant.ui.library.products_query import Asked, address
from assistant.ui.library.products_words import Wording, figure_words, rate_words
from assistant.ui.places import province_choices
from assistant.ui.plain.shell import alert, select, t
from assistant.ui.plain.visit import Visit

_LONG_LIST = 8  # values of a trait before the list is folded
_SHORTEST_QUOTE = 60  # characters of a security's words on a card


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list shows."""

    found: Sequence[Found]
    counts: Mapping[Trait, Counter[str]]
    chosen: Sequence[Product]  # ticked, whether the filters leave them or not


def list_html(visit: Visit, asked: Asked, listed: Listed, wording: Wording) -> str:
    """The body of the page: one form, so that ticks survive a change of filters and filters a comparison."""
    say = wording.say
    told = "".join(alert(text) for text in asked.problems)
    count = t(say("found", count=len(listed.found)))
    shown = {item.product.id for item in listed.found}
    hidden = [product for product in listed.chosen if product.id not in shown]
    results = _results(visit, asked, listed.found, wording) or f'<p class="notice warn">{t(say("none"))}</p>'
    export = address(visit.url("products.xlsx"), asked.without("p"))
    return (
        f'<p class="soft">{t(say("intro"))}</p>{told}'
        f'<form method="get" action="{t(visit.url("products"))}" class="choosing" id="choosing">'
        f"{_filters(visit, asked, listed, wording)}"
        f'<section class="results" aria-labelledby="results-title"><div class="results-head">'
        f'<h2 id="results-title">{count}</h2>{_sort(asked, wording)}'
        f'<a class="export" href="{t(export)}">{t(say("export_list"))}</a></div>{results}</section>'
        f"{_bar(visit, listed, hidden, wording)}</form>"
    )


def _results(visit: Visit, asked: Asked, found: Sequence[Found], wording: Wording) -> str:
    """What is as wanted; then, by itself, what is kept since nothing published rules it out; then what has ended."""
    made, say = "", wording.say
    parts = (
        ("sure", [item for item in found if not item.doubts and not item.ended]),
        ("unsure", [item for item in found if item.doubts and not item.ended]),
        ("closed", [item for item in found if item.ended]),
    )
    for key, items in parts:
        if items:
            cards = "".join(_card(visit, asked, item, wording) for item in items)
            made += f'<h3 class="of">{t(say(f"part_of.{key}", count=len(items)))}</h3><ul class="products">{cards}</ul>'
    return made


def _filters(visit: Visit, asked: Asked, listed: Listed, wording: Wording) -> str:
    say, language = wording.say, wording.say.language
    line = _line
    provinces = [(("", say("anywhere"))), *((value, shown) for shown, value in province_choices(language))]
    inner = (
        line("q", say("words"), asked.one("q"), say("words_hint"), 'type="search"')
        + line("amount", say("amount"), asked.one("amount"), say("amount_hint"), 'inputmode="decimal"')
        + line("term", say("months"), asked.one("term"), say("months_hint"))
        + "".join(_trait(trait, asked, listed.counts[trait], wording) for trait in (Trait.KIND, Trait.SECURITY))
        + "".join(_trait(trait, asked, listed.counts[trait], wording) for trait in (Trait.BORROWER, Trait.PROVIDER))
        + f'<p><label for="province">{t(say("province"))}</label>{select("province", provinces, asked.province)}</p>'
        + line("city", say("city"), asked.city)
        + line("day", say("day"), asked.one("day"), "", 'type="date"')
    )
    clear = address(visit.url("products"), [("p", name) for name in asked.chosen])
    return (
        f'<details class="filters" open><summary><h2>{t(say("filter"))}</h2></summary>'
        f'<p class="hint">{t(say("filter_note"))}</p>{inner}'
        f'<p class="buttons"><button type="submit">{t(say("apply"))}</button>'
        f'<a class="clear" href="{t(clear)}">{t(say("clear"))}</a></p></details>'
    )


def _line(name: str, label: str, value: str, hint: str = "", more: str = "") -> str:
    described = f' aria-describedby="{name}-hint"' if hint else ""
    told = f'<span class="hint" id="{name}-hint">{t(hint)}</span>' if hint else ""
    return (
        f'<p><label for="{name}">{t(label)}</label>'
        f'<input id="{name}" name="{name}" maxlength="60" value="{t(value)}"{described} {more}>{told}</p>'
    )


def _trait(trait: Trait, asked: Asked, counts: Counter[str], wording: Wording) -> str:
    """A filter by a trait; values nothing would be left of are not offered, unless chosen."""
    chosen = asked.wanted.traits.get(trait, frozenset())
    listed = values(trait) if trait is not Trait.PROVIDER else tuple(sorted({*counts, *chosen}, key=_bank_order))
    boxes = [
        f'<label class="choice"><input type="checkbox" name="{trait}" value="{t(value)}"'
        f"{' checked' if value in chosen else ''}>{t(wording.named(trait, value))}"
        f' <span class="count">{counts[value]}</span></label>'
        for value in listed
        if counts[value] or value in chosen
    ]
    title = t(wording.say(f"trait.{trait}"))
    if len(boxes) > _LONG_LIST:
        opened = " open" if chosen else ""
        return (
            f'<details class="trait"{opened}><summary id="trait-{trait}">{title} '
            f'<span class="count">{len(boxes)}</span></summary>'
            f'<div role="group" aria-labelledby="trait-{trait}">{"".join(boxes)}</div></details>'
        )
    return f'<fieldset class="trait"><legend>{title}</legend>{"".join(boxes)}</fieldset>'


def _bank_order(name: str) -> tuple[bool, str]:
    return name == "public", name


def _sort(asked: Asked, wording: Wording) -> str:
    say = wording.say
    orders = [(str(order), say(f"order.{order}")) for order in Order]
    return (
        f'<p class="sorting"><label for="sort">{t(say("sort"))}</label>{select("sort", orders, asked.wanted.order)}</p>'
    )


def _bar(visit: Visit, listed: Listed, hidden: Sequence[Product], wording: Wording) -> str:
    """What is chosen, and the way to the comparison; it stays in sight."""
    say, language = wording.say, wording.say.language
    kept = "".join(
        f'<label class="choice"><input type="checkbox" name="p" value="{t(product.id)}" checked>'
        f"{t(product.name(language))}</label>"
        for product in hidden
    )
    return (
        f'<div class="bar">{kept}<span id="chosen" role="status" data-template="{t(say("chosen", count="#"))}">'
        f"{t(say('chosen', count=len(listed.chosen)))}</span>"
        f'<button type="submit" formaction="{t(visit.url("products/compare"))}">{t(say("compare"))}</button></div>'
    )


def _card(visit: Visit, asked: Asked, item: Found, wording: Wording) -> str:
    say, language, product = wording.say, wording.say.language, item.product
    name = product.name(language)
    checked = " checked" if product.id in asked.chosen else ""
    ended = wording.ended(item.assessment)
    marks = f'<span class="badge warn">{t(ended)}</span> ' if ended else ""
    marks += "".join(f'<span class="badge likely">{t(say(f"doubt.{doubt}"))}</span> ' for doubt in item.doubts)
    rows = [
        (say("card.ceiling"), figure_words(item.ceiling, wording)),
        (say("card.longest"), figure_words(item.longest, wording)),
        (say("card.rate"), figure_words(item.rate, wording) or rate_words(item, wording)),
        (say("card.security"), wording.traits(product, Trait.SECURITY)),
    ]
    nothing = say("card.nothing" if product.lends else "no_loan")
    told = "".join(
        f"<div><dt>{t(title)}</dt><dd{'' if value else ' class=none'}>{t(value or nothing)}</dd></div>"
        for title, value in rows
    )
    day = [("day", asked.day.isoformat())] if asked.one("day") else []
    link = address(visit.url(f"policy/{product.document.id}"), day)
    return (
        f'<li class="product"><h4>{t(name)}</h4><p class="soft">{t(wording.provider(product))} · '
        f"{t(wording.traits(product, Trait.KIND))} · {t(product.document.region)}</p>"
        f'{f"<p>{marks}</p>" if marks else ""}<dl class="facts">{told}</dl>'
        f'<p class="acts"><label class="choice"><input type="checkbox" name="p" value="{t(product.id)}"{checked} '
        f'aria-label="{t(say("choose", name=name))}">{t(say("choose_short"))}</label>'
        f'<a href="{t(link)}">{t(say("card.open", name=product.document.short_title))}</a></p></li>'
    )
