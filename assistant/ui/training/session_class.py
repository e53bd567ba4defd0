"""Joining a class with its code: the drills its trainer set, in their order and language."""

from __future__ import annotations

import math

from starlette.responses import Response

from assistant.training.classes import Joined, TrainingClass
from assistant.training.nicknames import LONGEST, Objection, objection
from assistant.training.sitting import Aim, AimKind, Item, Sitting
from assistant.ui.plain.shell import alert, form, t
from assistant.ui.training.session_study import Study

_LONGEST_NAME = 40  # characters, as classes keep them


def code_form(study: Study, typed: str = "") -> str:
    """Where a code is typed; the page of the class has an address that can be shared."""
    say = study.say
    return (
        f'<form class="row" action="{study.visit.url("training")}"><p><label for="class">{t(say("class.code"))}</label>'
        f'<input id="class" name="class" value="{t(typed[:20])}" maxlength="20" autocapitalize="characters" '
        f'autocomplete="off" spellcheck="false" required></p><p><button type="submit" class="second">'
        f"{t(say('class.find'))}</button></p></form>"
    )


def class_page(study: Study, problem: str = "", status: int = 200) -> Response:
    """A class, and where one gives one's name; whoever is in it already goes on."""
    say, visit = study.say, study.visit
    code = visit.query.get("class", "") or visit.field("class")
    of_class, waiting = _found(study, code)
    if of_class is None:
        text = say("class.wait", seconds=waiting) if waiting else say("class.unknown")
        return study.page(say("class.title"), alert(text) + code_form(study, code), 429 if waiting else 404)
    learner = study.learner
    if learner is not None and not problem and (begun := sitting_in(study, of_class)) is not None:
        return study.to(f"/sitting/{begun.id}")
    chosen = f"class={of_class.code}&"
    if not of_class.open:
        return study.page(say("aim.class", name=of_class.name), alert(say("class.closed")), 409, chosen=chosen)
    reveal = say(f"class.reveal.{of_class.reveal}")
    about = say(
        "class.about", count=len(of_class.drills), language=say(f"language.{of_class.language}"), reveal=reveal,
        share=round(100 * of_class.pass_share),
    )  # fmt: skip
    name = visit.field("name") or (learner.nickname if learner else "")
    inner = (
        f'<input type="hidden" name="class" value="{t(of_class.code)}">'
        f'<p><label for="name">{t(say("class.name"))}</label><input id="name" name="name" value="{t(name[:60])}" '
        f'maxlength="{_LONGEST_NAME}" autocomplete="name" required aria-describedby="name-hint">'
        f'<span class="hint" id="name-hint">{t(say("class.seen"))}</span></p>'
        f'<p><button type="submit">{t(say("class.join"))}</button></p>'
    )
    body = problem + f"<p>{t(about)}</p>" + form(visit.url("training/join"), visit.token, inner, classes="narrow")
    return study.page(say("aim.class", name=of_class.name), body, status, chosen=chosen)


def join(study: Study) -> Response:
    """Onto the list of a class, and to its first drill."""
    say, visit, name = study.say, study.visit, study.visit.field("name")
    of_class, _ = _found(study, visit.field("class"))
    if of_class is None:
        return class_page(study)
    if (wrong := objection(name)) not in (None, Objection.LONG):
        return class_page(study, alert(say(f"nickname.wrong.{wrong}", longest=LONGEST)), 422)
    if not of_class.open or not name.strip() or len(name) > _LONGEST_NAME:
        return class_page(study, alert(say("class.joined.name")), 422)
    learner, token = study.begun_by(name.strip()[:LONGEST])
    joined = study.desk.classes.join(of_class.code, learner.id, name)
    if joined is Joined.YES:
        items = [Item(drill.id, drill.fingerprint, of_class.language) for drill in of_class.drills]
        aim = Aim(AimKind.CLASS, of_class.code)
        sitting = study.desk.sittings.begin(learner.id, aim, items, of_class.code)
        response = study.to(f"/sitting/{sitting.id}")
    else:
        response = class_page(study, alert(say(f"class.joined.{joined}")), 422)
    if token is not None:
        study.browser.keep(response, token)
    return response


def sitting_in(study: Study, of_class: TrainingClass) -> Sitting | None:
    """What the learner began in a class."""
    own = study.desk.sittings.of(study.learner.id) if study.learner else []
    return next((sitting for sitting in own if sitting.class_code == of_class.code), None)


def _found(study: Study, typed: str) -> tuple[TrainingClass | None, int]:
    """The class of a code, or the seconds to wait for who guessed too often."""
    guesses, address = study.desk.guesses, study.visit.address
    if (wait := guesses.begin(typed, address)) > 0:
        return None, math.ceil(wait)
    found = study.desk.classes.find(typed)
    if found is not None:
        guesses.right(typed, address)
    return found, 0
