"""What the self-check shows: safe HTML of a size class, candidates and the questions that would tell most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from assistant.eligibility.desks import Case
from assistant.eligibility.matching import questions
from assistant.texts import Texts, texts
from assistant.ui.candidates import Group, grouped, groups_html
from assistant.ui.clauses import Library, Shelf
from assistant.ui.fields import field_id
from assistant.ui.numbers import Problem
from assistant.ui.print_sheet import check_sheet
from assistant.ui.size_card import size_card, size_words
from assistant.ui.verdicts import Writer
from index.types import Language

ASKS = 4


def writer(case: Case, library: Library, words: Texts) -> Writer:
    """What puts this case into words."""
    return Writer(case.view, Shelf(library, words, case.on), words, texts(Language(words.language)))


def check_html(
    case: Case, problems: Mapping[str, Problem], library: Library, words: Texts, today: date, asked: set[str]
) -> str:
    """All results of the self-check; `asked` are the facts the form has a field for."""
    write = writer(case, library, words)
    groups = grouped(case.assessments)
    counted = (Group.ELIGIBLE, Group.BANK, Group.OPEN, Group.NOT_ELIGIBLE)
    said = words("check.counts", **{str(group): len(groups[group]) for group in counted})
    said = said if case.assessments else words("check.nothing")
    wanted = dict.fromkeys((*case.asks, *questions(case.assessments, case.view, most=2 * ASKS)))
    asks = [name for name in wanted if name in asked]
    found = groups_html(case.assessments, write) if case.assessments else ""  # of an empty form nothing is listed
    body = (
        f'<p class="result-line"><strong>{escape(size_words(write))}</strong> {escape(said)}</p>'
        f'<p class="caution">{escape(words("check.caution"))}</p>{problems_html(problems, write)}'
        f"{to_fields(asks, write)}{size_card(write)}{found}"
        f'<p class="actions"><button type="button" class="action print">{escape(words("check.print"))}</button></p>'
    )
    return wrapped("check", body, check_sheet(case, write, today), said, words)


def wrapped(page: str, body: str, sheet: str, said: str, words: Texts) -> str:
    """Results of a page: what screens show, what printers print, and what a screen reader is told when it changes."""
    language = escape(str(words.language))
    title = escape(words("page_title", page=words(f"{page}.title"), site=words("title")))
    return (
        f'<div id="results" class="desk" role="region" tabindex="-1" aria-label="{escape(words("check.results"))}" '
        f'lang="{language}" data-page-language="{language}" data-page-title="{title}" data-said="{escape(said)}">'
        f"{body}</div>{sheet}"
    )


def to_fields(names: Sequence[str], write: Writer) -> str:
    """What to fill in next, as links to the fields; nothing for nothing."""
    if not names:
        return ""
    links = "".join(
        f'<li><a class="to-field" href="#{field_id(name)}">{escape(write.question(name))}</a></li>'
        for name in names[:ASKS]
    )
    return f'<section class="asks card"><h2>{escape(write.words("check.asks"))}</h2><ul>{links}</ul></section>'


def problems_html(problems: Mapping[str, Problem], write: Writer) -> str:
    """Which entries could not be read."""
    if not problems:
        return ""
    return f'<p class="problem-line">{escape(write.words("check.problems", what=write.labels(problems)))}</p>'
