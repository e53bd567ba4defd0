"""What the renewal desk shows: safe HTML of the verdict, the loan's class, the dates, the papers and the ways out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape

from assistant.eligibility.desks import Case
from assistant.eligibility.matching import Standing
from assistant.eligibility.renewal import Renewal
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import Alternative
from assistant.eligibility.verdict import all_of
from assistant.texts import Texts
from assistant.ui.candidates import reasons, steps_html
from assistant.ui.check_results import problems_html, to_fields, wrapped, writer
from assistant.ui.clauses import Library
from assistant.ui.numbers import Problem
from assistant.ui.print_sheet import renewal_sheet
from assistant.ui.size_card import size_words
from assistant.ui.timeline_html import timeline_html
from assistant.ui.verdicts import Writer


def renewal_html(
    case: Case,
    problems: Mapping[str, Problem],
    book: Rulebook,
    library: Library,
    words: Texts,
    today: date,
    asked: set[str],
) -> str:
    """All results of the renewal desk; `asked` are the facts the form has a field for."""
    assert case.renewal is not None
    write, found = writer(case, library, words), case.renewal
    body = (
        f"{verdict_card(found, book, write)}{problems_html(problems, write)}"
        f"{to_fields([name for name in found.missing if name in asked], write)}"
        f"{timeline_html(found, write)}{_normal(found, write)}{_papers(book, write)}{_alternatives(found, write)}"
        f'<p class="actions"><button type="button" class="action print">{escape(words("check.print"))}</button></p>'
    )
    return wrapped("renewal", body, renewal_sheet(case, book, write, today), verdict_words(found, words), words)


def verdict_words(found: Renewal, words: Texts) -> str:
    """The verdict in one line."""
    return words(f"renewal.verdict.{found.best.standing}")


def verdict_card(found: Renewal, book: Rulebook, write: Writer) -> str:
    """The verdict, its conditions, and whose decision it is."""
    words, best = write.words, found.best
    name = words("renewal.by_rule", name=best.candidate.name.in_(write.say.language))
    why = "".join(f'<p class="note">{escape(text)}</p>' for text in reasons(best, write))
    if best.standing is Standing.NOT_IN_FORCE and best.window is not None:
        why += write.shelf.html(best.window)
    size = (
        f'<p class="note">{escape(words("renewal.size", size=size_words(write)))}</p>' if write.view.size.exact else ""
    )
    return (
        f'<section class="card verdict {best.standing}"><h2>{escape(verdict_words(found, words))}</h2>'
        f'<p class="note">{escape(name)}</p>{why}{size}{write.rows(best.findings)}'
        f'<p class="caution">{escape(words("renewal.decides"))}</p>{write.shelf.html(book.desk.decides)}</section>'
    )


def normal_words(found: Renewal, words: Texts) -> str:
    """Whether the renewed loan stays in the normal class, in one line."""
    verdict = all_of(finding.verdict for finding in found.normal.findings)
    return words(f"renewal.normal.{verdict}")


def _normal(found: Renewal, write: Writer) -> str:
    words = write.words
    other = words("renewal.normal.other") if found.normal.standing is not Standing.NOT_ELIGIBLE else ""
    return (
        f'<section class="card"><h2>{escape(words("renewal.normal.title"))}</h2><p>{escape(normal_words(found, words))}'
        f'</p><p class="note">{escape(other)}</p>{write.rows(found.normal.findings)}</section>'
    )


def _papers(book: Rulebook, write: Writer) -> str:
    return (
        f'<section class="card"><h2>{escape(write.words("renewal.papers"))}</h2>{steps_html(book.desk.papers, write)}'
        f"<h2>{escape(write.words('renewal.procedure'))}</h2>{steps_html(book.desk.procedure, write)}</section>"
    )


def _alternatives(found: Renewal, write: Writer) -> str:
    rows = "".join(_alternative(item, write) for item in found.alternatives)
    return (
        f'<section class="card"><h2>{escape(write.words("renewal.alternatives"))}</h2>'
        f'<ul class="plain ways">{rows}</ul></section>'
    )


def _alternative(item: Alternative, write: Writer) -> str:
    local = f' <span class="badge yes">{escape(write.words("renewal.local"))}</span>' if item.within else ""
    basis = "".join(
        f"<p>{escape(source.quote.in_(write.say.language))}</p>{write.shelf.html(source)}" for source in item.basis
    )
    return f"<li><strong>{escape(item.says.in_(write.say.language))}</strong>{local}{basis}</li>"
