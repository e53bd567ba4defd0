"""Products side by side as a table: every cell with its clause, and what the rules make of a customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.eligibility.rules import Source
from assistant.products.comparing import MOST, Comparison
from assistant.products.types import Group, Product, Trait
from assistant.ui.fields import Field
from assistant.ui.forms import Reading
from assistant.ui.library.products_profile import fields_html
from assistant.ui.library.products_query import FACT, Asked, Pairs, address
from assistant.ui.library.products_words import SIGN, Line, Said, Wording
from assistant.ui.plain.shell import alert, t
from assistant.ui.plain.visit import Visit

MOST_ASKED = 8  # facts named under what is still to ask


@dataclass(frozen=True, slots=True)
class Beside:
    """What the page shows."""

    comparison: Comparison
    lines: Sequence[Line]
    fields: Sequence[Field]
    reading: Reading
    notices: Sequence[str]
    others: Sequence[Product]  # that could be added


def compare_html(visit: Visit, asked: Asked, beside: Beside, wording: Wording) -> str:
    """The body of the page."""
    say, products = wording.say, beside.comparison.products
    back = address(visit.url("products"), _of_the_list(asked))
    head = f'<p><a class="back" href="{t(back)}">{t(say("back"))}</a></p>'
    head += "".join(alert(text) for text in (*asked.problems, *beside.notices))
    if not products:
        return head + f'<p class="notice warn">{t(say("too_few"))}</p>{_adding(visit, asked, beside, wording)}'
    if len(products) == 1:
        head += f'<p class="notice warn">{t(say("one"))}</p>'
    return (
        f"{head}{_adding(visit, asked, beside, wording)}{_customer(visit, asked, beside, wording)}"
        f"{_tools(visit, asked, beside, wording)}{_table(visit, asked, beside, wording)}"
    )


def _of_the_list(asked: Asked) -> Pairs:
    return [(name, value) for name, value in asked.pairs if value and not name.startswith(FACT) and name != "only"]


def _hidden(pairs: Sequence[tuple[str, str]]) -> str:
    return "".join(f'<input type="hidden" name="{t(name)}" value="{t(value)}">' for name, value in pairs)


def _adding(visit: Visit, asked: Asked, beside: Beside, wording: Wording) -> str:
    say, language = wording.say, wording.say.language
    if len(beside.comparison.products) >= MOST or not beside.others:
        return ""
    banks: dict[str, str] = {}
    for product in beside.others:
        name = wording.traits(product, Trait.PROVIDER)
        banks[name] = banks.get(name, "") + f'<option value="{t(product.id)}">{t(product.name(language))}</option>'
    options = "".join(f'<optgroup label="{t(name)}">{made}</optgroup>' for name, made in banks.items())
    return (
        f'<form method="get" action="{t(visit.url("products/compare"))}" class="row adding">{_hidden(asked.without())}'
        f'<p><label for="another">{t(say("add"))}</label><select id="another" name="p">{options}</select></p>'
        f'<p><button type="submit" class="second">{t(say("add_button"))}</button></p></form>'
    )


def _customer(visit: Visit, asked: Asked, beside: Beside, wording: Wording) -> str:
    say = wording.say
    given = beside.comparison.judged or bool(beside.reading.problems)
    others = [(name, value) for name, value in asked.pairs if not name.startswith(FACT) and value]
    if not beside.fields:
        return f'<section class="customer"><h2>{t(say("profile.title"))}</h2><p>{t(say("profile.none"))}</p></section>'
    clear = address(visit.url("products/compare"), others)
    return (
        f'<section class="customer"><details{" open" if given else ""}>'
        f"<summary><h2>{t(say('profile.title'))}</h2></summary>"
        f'<p class="soft">{t(say("profile.intro"))}</p>'
        f'<form method="get" action="{t(visit.url("products/compare"))}" id="customer">{_hidden(others)}'
        f'<div class="entries">{fields_html(beside.fields, asked, beside.reading, say)}</div>'
        f'<p class="buttons"><button type="submit">{t(say("profile.submit"))}</button>'
        f'<a class="clear" href="{t(clear)}">{t(say("profile.clear"))}</a></p></form></details>'
        f"{_still_to_ask(beside, wording)}</section>"
    )


def _still_to_ask(beside: Beside, wording: Wording) -> str:
    """What is still to ask the customer, what most products wait for first; and that nothing is promised."""
    if not beside.comparison.judged or wording.writer is None:
        return ""
    say = wording.say
    waits: dict[str, int] = {}
    for item in beside.comparison.assessments:
        for name in item.missing if item else ():
            waits[name] = waits.get(name, 0) + 1
    order = list(wording.facts)
    ranked = sorted(waits, key=lambda name: (-waits[name], order.index(name) if name in order else len(order)))
    asks = "".join(f"<li>{t(wording.writer.question(name))}</li>" for name in ranked[:MOST_ASKED])
    more = f'<p class="soft">{t(say("profile.asked_more", count=len(ranked)))}</p>' if len(ranked) > MOST_ASKED else ""
    asked = f"<h3>{t(say('profile.asks'))}</h3><ul>{asks}</ul>{more}" if asks else ""
    return f'<div class="asks">{asked}<p class="notice warn">{t(say("profile.caution"))}</p></div>'


def _tools(visit: Visit, asked: Asked, beside: Beside, wording: Wording) -> str:
    say = wording.say
    pairs = asked.without("only")
    same = sum(not line.differs for line in beside.lines)
    if asked.only:
        note = f'<span class="soft">{t(say("rows_same", count=same))}</span>'
        toggle = f'<a href="{t(address(visit.url("products/compare"), pairs))}#table">{t(say("all_rows"))}</a>{note}'
    else:
        only = [*pairs, ("only", "differences")]
        toggle = f'<a href="{t(address(visit.url("products/compare"), only))}#table">{t(say("only"))}</a>'
    if len(beside.comparison.products) < 2:
        toggle = ""
    export = address(visit.url("products.xlsx"), asked.without())
    return f'<p class="tools" id="table">{toggle}<a class="export" href="{t(export)}">{t(say("export"))}</a></p>'


def _table(visit: Visit, asked: Asked, beside: Beside, wording: Wording) -> str:
    """A table whose roles are written out, as it is laid out as blocks on narrow screens."""
    say, language = wording.say, wording.say.language
    products = beside.comparison.products
    names = [product.name(language) for product in products]
    heads = "".join(_head(visit, asked, beside, number, wording) for number in range(len(products)))
    body = jumps = ""
    for group in Group:
        lines = [line for line in beside.lines if line.group is group and (line.differs or not asked.only)]
        if not lines:
            continue
        title = t(say(f"group.{group}"))
        jumps += f'<a href="#g-{group}">{title}</a>'
        body += (
            f'<tbody role="rowgroup" id="g-{group}"><tr role="row" class="group">'
            f'<th role="columnheader" scope="colgroup" colspan="{len(products) + 1}">{title}</th></tr>'
            + "".join(_row(visit, asked, line, products, names, wording) for line in lines)
            + "</tbody>"
        )
    caption = t(say("table", names=wording.values("list_comma").join(names)))
    legend = f'<p class="soft">{t(say("legend"))}</p>' if len(products) > 1 else ""
    return (
        f'<nav class="jumps" aria-label="{t(say("jumps"))}">{jumps}</nav>{legend}'
        f'<table class="beside-table columns-{len(products)}" role="table"><caption class="heard">{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="corner">{t(say("item"))}'
        f"</th>{heads}</tr></thead>{body}</table>"
    )


def _head(visit: Visit, asked: Asked, beside: Beside, number: int, wording: Wording) -> str:
    product, item = beside.comparison.products[number], beside.comparison.assessments[number]
    name = product.name(wording.say.language)
    left = address(visit.url("products/compare"), asked.without(also=[("p", product.id)]))
    ended = wording.ended(item)
    mark = f'<span class="badge warn">{t(ended)}</span>' if ended else ""
    link = address(visit.url(f"policy/{product.document.id}"), _day(asked))
    return (
        f'<th role="columnheader" scope="col"><a href="{t(link)}">{t(name)}</a> {mark}'
        f'<a class="remove" href="{t(left)}" aria-label="{t(wording.say("remove", name=name))}">×</a></th>'
    )


def _row(
    visit: Visit, asked: Asked, line: Line, products: Sequence[Product], names: Sequence[str], wording: Wording
) -> str:
    say = wording.say
    several = len(products) > 1
    mark = f' <span class="heard">{t(say("differs"))}</span>' if line.differs and several else ""
    cells = "".join(
        f'<td role="cell"><span class="whose" aria-hidden="true">{t(name)}</span>'
        f"{_cell(visit, asked, cell, empty, product, wording)}</td>"
        for cell, empty, product, name in zip(line.cells, line.empty, products, names, strict=True)
    )
    different = " different" if line.differs and several else ""
    head = f'<th role="rowheader" scope="row">{t(line.title)}{mark}</th>'
    return f'<tr role="row" class="item{different}">{head}{cells}</tr>'


def _cell(visit: Visit, asked: Asked, said: Sequence[Said], empty: str, product: Product, wording: Wording) -> str:
    if not said:
        return f'<span class="none">{t(empty)}</span>'
    return "".join(_said(visit, asked, item, product, wording) for item in said)


def _said(visit: Visit, asked: Asked, said: Said, product: Product, wording: Wording) -> str:
    sign = ""
    if said.verdict is not None:
        heard = wording.words(f"check.sign.{said.verdict}")
        sign = f'<span class="sign" aria-hidden="true">{SIGN[said.verdict]}</span>'
        if heard.casefold() != said.text.casefold():
            sign += f'<span class="heard">{t(wording.say("sign", sign=heard, text=""))}</span>'
    marks = "".join(f' <span class="badge {t(kind)}">{t(text)}</span>' for kind, text in said.marks)
    notes = "".join(f'<span class="note">{t(note)}</span>' for note in said.notes)
    basis = _basis(visit, asked, said.source, said.quote, product, wording) if said.source else ""
    verdict = f" {said.verdict}" if said.verdict is not None else ""
    return f'<div class="said{verdict}">{sign}{t(said.text)}{marks}{notes}{basis}</div>'


def _basis(visit: Visit, asked: Asked, source: Source, quote: str | None, product: Product, wording: Wording) -> str:
    """The way to the clause, and its words where they are not shown already."""
    document_id, _, clause_id = source.clause.partition("#")
    link = f"{address(visit.url(f'policy/{document_id}'), [('day', asked.day.isoformat())])}#c-{clause_id}"
    reference, full = wording.reference(source, product), wording.shelf.reference(source)
    made = f'<a class="basis" href="{t(link)}" aria-label="{t(wording.say("basis_of", name=full))}">{t(reference)}</a>'
    if quote:
        made += (
            f'<details class="quote"><summary aria-label="{t(wording.say("quote_of", name=full))}">'
            f"{t(wording.say('quote'))}</summary><blockquote>{t(quote)}</blockquote></details>"
        )
    return f'<div class="from">{made}</div>'


def _day(asked: Asked) -> Pairs:
    return [("day", asked.day.isoformat())] if asked.one("day") else []
