"""The choice of trade and place, and the papers to open, as HTML."""

from __future__ import annotations

from assistant.eligibility.rulebook import Rulebook
from assistant.texts import Texts
from assistant.ui.places import city_choices, province_choices, rule_places
from assistant.ui.plain.shell import alert, section, select, t
from assistant.ui.plain.visit import Visit
from assistant.ui.training.visiting_query import Wanted
from assistant.visiting.kit import Kit
from index.types import Passage

_FILES = ("docx", "pdf")


def form_html(wanted: Wanted, book: Rulebook, visit: Visit, say: Texts) -> str:
    """The form; it asks by GET, so that the address of a kit can be passed on."""
    language, given = str(say.language), wanted.given
    told = "".join(alert(say(f"problem.{key}", text=text)) for key, text in wanted.problems.items())
    industries = [(id, words.in_(language)) for id, words in book.facts["industry"].choices.items()]
    provinces = [(value, shown) for shown, value in province_choices(language)]
    sizes = [(id, words.in_(language)) for id, words in book.facts["size_class"].choices.items()]
    choose, unknown = ("", say("form.choose")), ("", say("form.unknown"))
    cities = city_choices(given["province"], rule_places(book), language) if given["province"] else []
    known = "".join(f'<option value="{t(shown)}"></option>' for shown, _ in cities)
    fields = [
        ("industry", select("industry", [choose, *industries], given["industry"], _state("industry", wanted))),
        ("province", select("province", [choose, *provinces], given["province"], _state("province", wanted))),
        (
            "city",
            f'<input id="city" name="city" value="{t(given["city"])}" list="cities" maxlength="40" '
            f'placeholder="{t(say("form.city_hint"))}"><datalist id="cities">{known}</datalist>',
        ),
        ("size", select("size", [unknown, *sizes], given["size"])),
        ("day", f'<input class="date" type="date" id="day" name="day" value="{wanted.day.isoformat()}">'),
    ]
    shown = "".join(f'<p><label for="{name}">{t(say(f"form.{name}"))}</label>{field}</p>' for name, field in fields)
    return (
        f'{told}<form class="choice" method="get" action="{t(visit.url("visiting"))}">{shown}'
        f'<p class="send"><button type="submit">{t(say("form.make"))}</button></p></form>'
    )


def made_html(kit: Kit, wanted: Wanted, visit: Visit, say: Texts) -> str:
    """The two papers of a choice."""
    what = say("comma").join([kit.place, kit.industry, *([kit.size] if kit.size else [])])
    counts = {"asks": len(kit.asks), "offers": len(kit.offers) + len(kit.products) + kit.more}
    cards = "".join(
        f"<li><h3>{t(say(f'result.{name}'))}</h3><p>{t(say(f'result.{name}_says', **values))}</p>"
        f'<p class="files"><a href="{t(visit.url(f"visiting/{name}") + wanted.query)}">{t(say("result.open"))}'
        f'<span class="heard">{t(say(f"result.{name}"))}</span></a>{_files(name, wanted, visit, say)}</p></li>'
        for name, values in (("checklist", counts), ("leaflet", {}))
    )
    return section(say("result.title", what=what), f'<ul class="papers">{cards}</ul>', id="made")


def links_html(name: str, wanted: Wanted, visit: Visit, say: Texts) -> str:
    """What stands above a paper on the page and is not printed."""
    back = f'<a href="{t(visit.url("visiting") + wanted.query)}">{t(say("result.back"))}</a>'
    files = f'<p class="files noprint">{back}{_files(name, wanted, visit, say)}</p>'
    return f'{files}<p class="soft noprint">{t(say("result.print"))}</p>'


def clauses_html(passages: list[Passage], wanted: Wanted, visit: Visit, say: Texts) -> str:
    """The clauses that are quoted, to be opened."""
    rows = "".join(
        f'<li><a href="{t(_address(passage, wanted, visit))}">{t(passage.document.title)} {t(passage.label)}</a></li>'
        for passage in passages
    )
    named = t(say("result.links"))
    return (
        f'<section class="noprint"><details><summary>{named}</summary><ul class="cited">{rows}</ul></details></section>'
    )


def _files(name: str, wanted: Wanted, visit: Visit, say: Texts) -> str:
    return "".join(
        f'<a href="{t(visit.url(f"visiting/{name}.{ending}") + wanted.query)}" download>'
        f'{t(say(f"result.{ending}"))}<span class="heard">{t(say(f"result.{name}"))}</span></a>'
        for ending in _FILES
    )


def _address(passage: Passage, wanted: Wanted, visit: Visit) -> str:
    return visit.url(f"policy/{passage.document_id}?day={wanted.day.isoformat()}#c-{passage.clause_id}")


def _state(name: str, wanted: Wanted) -> str:
    return ' required aria-invalid="true"' if name in wanted.problems else " required"
