"""Drills as a trainer looks them through: what is right, why, and the clause. Texts are escaped here, at the sink."""

from __future__ import annotations

from string import ascii_uppercase

from assistant.texts import Texts
from assistant.training.papers import Form, Library, cited, clauses_of, explained, form_of, right_answer
from assistant.training.types import Drill, Source
from assistant.ui.plain.shell import t
from assistant.ui.plain.visit import Visit


def drill_html(number: int, drill: Drill, visit: Visit, words: Texts, library: Library) -> str:
    """One drill with everything about it."""
    places = () if form_of(drill) is Form.STATEMENT else range(len(drill.options))
    options = "".join(_option(drill, place, words) for place in places)
    listed = f'<ul class="options">{options}</ul>' if options else ""
    sources = "".join(
        f'<p class="source">{_quote(source, drill)}'
        f'<a href="{visit.url(f"policy/{t(source.document_id)}#c-{t(source.clause_id)}")}">'
        f"{t(words('paper.source', source=cited(source, drill.language, drill.on, words, library)))}</a></p>"
        for source in clauses_of(drill)
    )
    return (
        f'<div lang="{drill.language}"><p class="asked"><span class="badge">{t(words(f"kind.{drill.kind}"))}</span> '
        f"<b>{t(words('paper.question', number=number, text=drill.prompt))}</b></p>{listed}"
        f"<p>{t(words('page.right', answer=right_answer(drill, words)))}</p>"
        f'<p class="soft">{t(explained(drill))}</p>{sources}</div>'
    )


def _quote(source: Source, drill: Drill) -> str:
    """The words of the clause, where the explanation does not have them."""
    return "" if source.quote in drill.explanation else f"<q>{t(source.quote)}</q> "


def _option(drill: Drill, place: int, words: Texts) -> str:
    option, right = drill.options[place], place in drill.right
    in_order = len(drill.right) == len(drill.options) > 1
    reason = bool(drill.reasons_from) and place >= drill.reasons_from
    letter = chr(ord("①") + place - drill.reasons_from) if reason else ascii_uppercase[place]
    shown = t(words("paper.option", letter=letter, text=option.text))
    mark = f' <span class="badge sure">{t(words("page.is_right"))}</span>' if right and not in_order else ""
    why = f' <span class="soft">{t(option.why)}</span>' if option.why else ""
    return f"<li>{shown}{mark}{why}</li>"
