"""The classes of a trainer at one look, and certificates checked by their number."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from assistant.texts import texts
from assistant.training.certificate import read_number
from assistant.training.classes import TrainingClass
from assistant.training.moments import shown
from assistant.ui.plain.shell import alert, described, good, section, t
from assistant.ui.training.classes_desk import Desk
from assistant.wording import day_words


def overview(desk: Desk) -> Response:
    """The classes of who asks; everybody's for administrators."""
    say, visit = desk.say, desk.visit
    everybody = visit.account.administers
    found = desk.store.classes.all() if everybody else desk.store.classes.of(desk.owner)
    said = good(say("page.done.deleted")) if visit.query.get("done") == "deleted" else ""
    new = f'<p><a class="button" href="{visit.url("classes/new")}">{t(say("page.new"))}</a></p>'
    cards = "".join(_card(desk, of, everybody) for of in found)
    listed = f'<ul class="cards">{cards}</ul>' if cards else f"<p>{t(say('page.none'))}</p>"
    body = f"{said}<p>{t(say('page.about'))}</p>{new}{section(say('page.yours'), listed)}{verify_form(desk)}"
    return desk.page(say("page.title"), body)


def verify_form(desk: Desk, typed: str = "") -> str:
    """Where the number of a certificate is typed."""
    say = desk.say
    inner = (
        f'<form class="row" action="{desk.visit.url("classes/verify")}"><p><label for="number">'
        f'{t(say("verify.number"))}</label><input id="number" name="number" value="{t(typed[:20])}" maxlength="20" '
        f'autocomplete="off" autocapitalize="characters" spellcheck="false" required></p>'
        f'<p><button type="submit" class="second">{t(say("verify.button"))}</button></p></form>'
    )
    return section(say("verify.title"), inner, id="verify")


def verify(desk: Desk) -> Response:
    """Whether a number is that of a certificate, and what it certifies."""
    say, typed = desk.say, desk.visit.query.get("number", "")
    found = desk.store.certificates.find(typed)
    if not typed.strip():
        said = ""
    elif found is None:
        said = alert(say("verify.unknown" if read_number(typed) else "verify.malformed"))
    else:
        day = day_words(date.fromisoformat(found.passed_on), texts(desk.language))
        rows = [
            (say("verify.name"), found.name), (say("verify.class"), found.class_name),
            (say("verify.drills"), found.drills), (say("verify.score"), found.score),
            (say("verify.day"), day), (say("verify.topics"), say("paper.comma").join(found.topics)),
        ]  # fmt: skip
        said = good(say("verify.genuine", number=found.number)) + described(rows)
        said += f'<p class="soft">{t(say("certificate.exercise_only"))}</p>'
    back = f'<p><a href="{desk.visit.url("classes")}">{t(say("page.all_classes"))}</a></p>'
    return desk.page(say("verify.title"), back + said + verify_form(desk, typed))


def _card(desk: Desk, of: TrainingClass, everybody: bool) -> str:
    say = desk.say
    told = say("page.card", code=of.code, count=len(of.drills), people=len(desk.store.classes.members(of.code)),
               day=shown(of.created))  # fmt: skip
    owner = f'<p class="soft">{t(say("page.owner", name=of.owner.split(" ")[0]))}</p>' if everybody else ""
    return (
        f'<li class="card"><h3><a href="{desk.visit.url(f"classes/{of.code}")}">{t(of.name)}</a></h3>'
        f"<p>{state(desk, of)} {t(told)}</p>{owner}</li>"
    )


def state(desk: Desk, of: TrainingClass) -> str:
    """Whether answers are taken."""
    name = "open" if of.open else "closed"
    return f'<span class="badge {"sure" if of.open else "warn"}">{t(desk.say(f"state.{name}"))}</span>'
