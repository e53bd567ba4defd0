"""One class as its trainer sees it: its code, who answered what, what was withdrawn, what to print."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from starlette.responses import Response

from assistant.training.classes import SetDrill, TrainingClass
from assistant.training.moments import shown
from assistant.training.results import Item, Person, Results, of_hundred
from assistant.ui.plain.shell import alert, described, form, good, section, t
from assistant.ui.training.classes_desk import Desk
from assistant.ui.training.classes_drills import drill_html
from assistant.ui.training.classes_list import state
from index.types import Language

_DONE = frozenset(("made", "closed", "reopened"))


def class_page(desk: Desk) -> Response:
    """Everything about one class."""
    say, of = desk.say, desk.own()
    results = desk.results(of)
    done = desk.visit.query.get("done", "")
    said = good(say(f"page.done.{done}")) if done in _DONE else ""
    back = f'<p><a href="{desk.visit.url("classes")}">{t(say("page.all_classes"))}</a></p>'
    body = (
        back + said + _joining(desk, of) + _withdrawn(desk, of, results) + _people(desk, of, results)
        + _questions(desk, results) + _printing(desk, of) + _ending(desk, of) + _drills(desk, results)
    )  # fmt: skip
    return desk.page(of.name, body)


def delete(desk: Desk) -> Response:
    """Ask whether it is meant, then delete."""
    say, of, visit = desk.say, desk.own(), desk.visit
    if visit.form and visit.field("confirmed") == "yes":
        desk.store.classes.delete(of.code)
        return desk.to("classes?done=deleted")
    problem = alert(say("delete.unconfirmed")) if visit.form else ""
    text = say("delete.text", name=of.name, people=len(desk.store.classes.members(of.code)))
    inner = (
        '<p class="check"><input type="checkbox" id="confirmed" name="confirmed" value="yes" required>'
        f'<label for="confirmed">{t(say("delete.confirm"))}</label></p>'
        f'<p><button type="submit" class="danger">{t(say("delete.button"))}</button> '
        f'<a class="action" href="{visit.url(f"classes/{of.code}")}">{t(say("delete.cancel"))}</a></p>'
    )
    body = f"{problem}<p>{t(text)}</p>{form(visit.url(f'classes/{of.code}/delete'), visit.token, inner)}"
    return desk.page(say("delete.title"), body, 422 if problem else 200)


def close(desk: Desk) -> Response:
    """Take no more answers."""
    of = desk.own()
    desk.store.classes.close(of.code)
    return desk.to(f"classes/{of.code}?done=closed")


def reopen(desk: Desk) -> Response:
    """Take answers again."""
    of = desk.own()
    desk.store.classes.reopen(of.code)
    return desk.to(f"classes/{of.code}?done=reopened")


def _joining(desk: Desk, of: TrainingClass) -> str:
    say, address = desk.say, desk.visit.url(f"training?class={of.code}")
    spoken = f"{of.code[:3]} {of.code[3:]}"
    rows = [
        (say("page.language"), say(f"language.{of.language}")), (say("page.count"), len(of.drills)),
        (say("page.pass"), say("page.points", points=of_hundred(of.pass_share))),
        (say("page.reveal"), say(f"reveal.{of.reveal}")), (say("page.created"), shown(of.created)),
    ]  # fmt: skip
    return section(
        say("page.joining"),
        f'<p>{state(desk, of)} {t(say("page.read_out"))}</p><p class="code">{t(spoken)}</p>'
        f'<p>{t(say("page.address"))} <a id="join" href="{address}">{t(f"/training?class={of.code}")}</a> '
        f'<button type="button" class="second" id="copy" hidden data-done="{t(say("page.copied"))}">'
        f'{t(say("page.copy"))}</button> <span id="copied" role="status"></span></p>{described(rows)}',
        id="joining",
    )


def _withdrawn(desk: Desk, of: TrainingClass, results: Results) -> str:
    say = desk.say
    if not results.asked.withdrawn:
        return ""
    rows = [
        [_was_asked(desk, gone.drill, of.language), t(gone.place), t(say(f"why.{gone.why}")),
         t(say("page.before", answered=results.withdrawn[gone.drill.id][0], right=results.withdrawn[gone.drill.id][1]))]
        for gone in results.asked.withdrawn
    ]  # fmt: skip
    table = _table(say.list("page.withdrawn_header"), rows, say("page.withdrawn"))
    return section(say("page.withdrawn"), f"<p>{t(say('page.withdrawn_about'))}</p>{table}", id="withdrawn")


def _was_asked(desk: Desk, was: SetDrill, language: Language) -> str:
    """The question as it was set, with the words of its clause then."""
    quote = f'<br><span class="then">{t(desk.say("page.then", quote=was.quote))}</span>' if was.quote else ""
    return f'<span lang="{language}">{t(was.asked or was.id)}{quote}</span>'


def _people(desk: Desk, of: TrainingClass, results: Results) -> str:
    say = desk.say
    if not results.people:
        return section(say("page.people"), f"<p>{t(say('page.nobody'))}</p>", id="people")
    mean = say("page.no_mean") if results.mean is None else say(
        "page.mean", mean=of_hundred(results.mean), count=len(results.finished), passed=results.passed
    )  # fmt: skip
    told = say("page.joined", people=len(results.people)) + mean
    table = _table(
        say.list("page.person_header"), [_person(desk, of, person) for person in results.people], say("page.people")
    )
    base = f"classes/{of.code}/results"
    links = "".join(
        f'<a class="action" href="{desk.visit.url(f"{base}.{kind}")}">{t(say(f"page.download.{kind}"))}</a> '
        for kind in ("xlsx", "csv")
    )
    again = f'<a class="action" href="{desk.visit.url(f"classes/{of.code}")}#people">{t(say("page.again"))}</a>'
    return section(say("page.people"), f"<p>{t(told)}</p>{table}<p>{links}{again}</p>", id="people")


def _person(desk: Desk, of: TrainingClass, person: Person) -> list[str]:
    say = desk.say
    score = say("page.not_yet")
    if person.finished:
        score = f"{of_hundred(person.points / person.of)}"
    elif person.share is not None:
        score = say("page.so_far", score=of_hundred(person.share), done=person.done)
    passed = {True: "yes", False: "no", None: "open"}[person.passed]
    classes = {"yes": "sure", "no": "removed", "open": ""}[passed]
    cell = f'<span class="badge {classes}">{t(say(f"passed.{passed}"))}</span>'
    if person.passed:
        url = desk.visit.url(f"classes/{of.code}/certificate/{person.member.learner}")
        cell += f' <a href="{url}">{t(say("page.certificate"))}</a>'
    notes = [say("page.further", count=person.further)] if person.further else []
    notes += [say("page.gone", count=person.withdrawn)] if person.withdrawn else []
    last = shown(person.last) if person.last else say("page.not_yet")
    return [
        t(person.member.name), t(say("page.of", done=person.done, of=person.of)), t(score), cell, t(last),
        t(say("paper.comma").join(notes)),
    ]  # fmt: skip


def _questions(desk: Desk, results: Results) -> str:
    say = desk.say
    if not any(item.answered for item in results.items):
        return ""
    again = any(item.further for item in results.items)
    header = say.list("page.question_header") + ([say("page.again_right")] if again else [])
    rows = [_item(desk, number, item, again) for number, item in enumerate(results.items, 1)]
    table = _table(header, rows, say("page.questions"))
    return section(say("page.questions"), f'<p class="soft">{t(say("page.first_counts"))}</p>{table}', id="questions")


def _item(desk: Desk, number: int, item: Item, again: bool) -> list[str]:
    say, lang = desk.say, item.drill.language
    share = say("page.not_yet")
    if item.share is not None and item.mean is not None:
        share = say("page.share", percent=round(item.share * 100), right=item.right, answered=item.answered)
        share += say("page.partly", mean=of_hundred(item.mean)) if item.mean > item.share else ""
    wrong = ""
    if item.wrong is not None:
        place, count = item.wrong
        option = say("paper.option", letter=ascii_uppercase[place], text=item.drill.options[place].text)
        wrong = say("page.wrong", option=option, count=count)
    low = ' class="low"' if item.share is not None and item.share < 0.5 else ""
    cells = [
        f'<a href="#drill-{number}">{number}</a>', f"<span{low}>{t(share)}</span>",
        f'<span lang="{lang}">{t(item.drill.prompt)}</span>', f'<span lang="{lang}">{t(wrong)}</span>',
    ]  # fmt: skip
    return [*cells, t(say("page.of", done=item.further_right, of=item.further))] if again else cells


def _printing(desk: Desk, of: TrainingClass) -> str:
    say = desk.say
    rows = ""
    for name, query in (("paper", ""), ("answers", "?answers=1")):
        links = "".join(
            f'<a class="action" href="{desk.visit.url(f"classes/{of.code}/paper{ending}{query}")}">'
            f'{t(say(f"print.{kind}"))}<span class="heard"> {t(say(f"print.{name}"))}</span></a> '
            for kind, ending in (("page", ""), ("docx", ".docx"), ("pdf", ".pdf"))
        )
        rows += f"<p><b>{t(say(f'print.{name}'))}</b> {links}</p>"
    return section(say("print.title"), f'<p class="soft">{t(say("print.about"))}</p>{rows}', id="print")


def _drills(desk: Desk, results: Results) -> str:
    say = desk.say
    items = "".join(
        f'<li class="drill" id="drill-{number}">{drill_html(number, drill, desk.visit, say, desk.document)}</li>'
        for number, drill in enumerate(results.asked.drills, 1)
    )
    listed = f'<ol class="drills">{items}</ol>' if items else f"<p>{t(say('page.all_withdrawn'))}</p>"
    return section(say("page.drills", count=len(results.asked.drills)), listed, id="all")


def _ending(desk: Desk, of: TrainingClass) -> str:
    say, visit = desk.say, desk.visit
    name = "close" if of.open else "reopen"
    button = f'<button type="submit" class="second">{t(say(f"page.{name}"))}</button>'
    inner = (
        f"<p>{t(say(f'page.{name}_about'))}</p>{form(visit.url(f'classes/{of.code}/{name}'), visit.token, button)}"
        f'<p><a class="danger" href="{visit.url(f"classes/{of.code}/delete")}">{t(say("delete.title"))}</a></p>'
    )
    return section(say("page.ending"), inner, id="ending")


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], label: str) -> str:
    """Cells are HTML; on a narrow screen the table scrolls by itself, by keyboard too."""
    head = "".join(f'<th scope="col">{t(cell)}</th>' for cell in header)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in row[1:]) + "</tr>" for row in rows
    )
    return (
        f'<div class="table" tabindex="0" role="region" aria-label="{t(label)}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
