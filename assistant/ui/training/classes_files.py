"""What a trainer takes along: papers, results, certificates."""

from __future__ import annotations

from datetime import datetime, timezone

from starlette.responses import Response

from assistant.export.types import Paper
from assistant.export.xlsx import xlsx_of
from assistant.texts import room_texts, staff_texts
from assistant.training.certificate import Certificate, certificate_paper, language_of
from assistant.training.tables import people_csv, sheets
from assistant.ui.plain.papers import paper_file, paper_html
from assistant.ui.plain.shell import t
from assistant.ui.plain.visit import Missing
from assistant.ui.training.classes_desk import Desk, file

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def paper_page(desk: Desk) -> Response:
    """The paper of a class to look at and to print."""
    of, answers = desk.own(), _answers(desk)
    paper = desk.paper(of, answers=answers)
    query = "?answers=1" if answers else ""
    links = "".join(
        f'<a class="action" href="{desk.visit.url(f"classes/{of.code}/paper.{kind}{query}")}">'
        f"{t(desk.say(f'print.{kind}'))}</a> "
        for kind in ("docx", "pdf")
    )
    back = f'<a class="action" href="{desk.visit.url(f"classes/{of.code}")}">{t(of.name)}</a> '
    body = f'<p class="noprint">{back}{links}{_print_button(desk)}</p>{paper_html(paper)}'
    return desk.page(paper.title, body, chosen="answers=1&" if answers else "")


def paper_docx(desk: Desk) -> Response:
    """The same for Word."""
    of = desk.own()
    return paper_file(desk.visit, desk.paper(of, answers=_answers(desk)), f"paper-{of.code}", "docx")


def paper_pdf(desk: Desk) -> Response:
    """The same as PDF."""
    of = desk.own()
    return paper_file(desk.visit, desk.paper(of, answers=_answers(desk)), f"paper-{of.code}", "pdf")


def results_csv(desk: Desk) -> Response:
    """Results by person."""
    of = desk.own()
    text = people_csv(desk.results(of), desk.say)
    return file(text.encode(), "text/csv; charset=utf-8", f"results-{of.code}.csv")


def results_xlsx(desk: Desk) -> Response:
    """Results by person, by question, and what was withdrawn."""
    of = desk.own()
    made = sheets(of, desk.results(of), desk.say, datetime.now(timezone.utc))
    return file(xlsx_of(made), _XLSX, f"results-{of.code}.xlsx")


def given_page(desk: Desk) -> Response:
    """The certificate of somebody in a class, for its trainer."""
    of = desk.own()
    learner = desk.visit.parts["learner"]
    return certificate_page(desk, _given(desk, of.code, learner), f"classes/{of.code}/certificate/{learner}.pdf")


def given_pdf(desk: Desk) -> Response:
    """The same as PDF."""
    of = desk.own()
    return certificate_pdf(desk, _given(desk, of.code, desk.visit.parts["learner"]))


def own_page(desk: Desk, learner: str | None) -> Response:
    """A learner's own certificate."""
    code = desk.visit.parts["code"]
    return certificate_page(desk, _given(desk, code, learner), f"training/certificate/{code}.pdf")


def own_pdf(desk: Desk, learner: str | None) -> Response:
    """The same as PDF."""
    return certificate_pdf(desk, _given(desk, desk.visit.parts["code"], learner))


def certificate_page(desk: Desk, certificate: Certificate, pdf: str) -> Response:
    """A certificate to look at; `pdf` is where its file is."""
    link = f'<a class="action" href="{desk.visit.url(pdf)}">{t(desk.say("print.pdf"))}</a> '
    paper = _certificate(certificate)
    return desk.page(paper.title, f'<p class="noprint">{link}{_print_button(desk)}</p>{paper_html(paper)}')


def certificate_pdf(desk: Desk, certificate: Certificate) -> Response:
    """A certificate as a file."""
    return paper_file(desk.visit, _certificate(certificate), f"certificate-{certificate.number}", "pdf")


def _given(desk: Desk, code: str, learner: str | None) -> Certificate:
    """The certificate of a learner in a class; raises Missing where there is none."""
    of = desk.store.classes.find(code)
    if of is None or learner is None:
        raise Missing
    results = desk.results(of)
    person = results.person(learner)
    certificate = desk.store.certificates.issue(of, person, results.asked.drills) if person is not None else None
    if certificate is None:
        raise Missing
    return certificate


def _certificate(certificate: Certificate) -> Paper:
    language = language_of(certificate)
    return certificate_paper(certificate, staff_texts(language)("site"), room_texts("classes", language))


def _answers(desk: Desk) -> bool:
    return desk.visit.query.get("answers") == "1"


def _print_button(desk: Desk) -> str:
    return f'<button type="button" class="second" data-print hidden>{t(desk.say("print.button"))}</button>'
