"""One place of a sitting: the drill, the answer that is sent, what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from assistant.training.classes import Reveal, TrainingClass
from assistant.training.grading import grade
from assistant.training.sitting import Asked, Sitting, Taken, asked
from assistant.training.types import Drill
from assistant.ui.plain.shell import alert, form, t
from assistant.ui.plain.visit import Missing
from assistant.ui.training.session_answer import answer_html, verdict_of
from assistant.ui.training.session_drill import fields_html, read_response
from assistant.ui.training.session_pieces import aim_words, bar
from assistant.ui.training.session_study import Study
from index.types import Language


def on_from(study: Study) -> Response:
    """To the first drill without an answer, or to the end."""
    sitting, _ = sitting_of(study)
    return study.to(_following(sitting, asked_in(study, sitting).next))


def place_page(study: Study) -> Response:
    """The drill to answer; answered, what came of it, as soon as that may be told."""
    (sitting, of_class), place = sitting_of(study), int(study.visit.parts["place"]) - 1
    found = asked_in(study, sitting)
    if place not in found.drills:
        return study.to(f"/sitting/{sitting.id}")
    if place in sitting.answers:
        if hidden(of_class, found):
            return study.to(_following(sitting, found.next))
        return _answered(study, found, place, of_class)
    if found.next is not None and place > found.next:
        return study.to(_following(sitting, found.next))
    if of_class is not None and not of_class.open:
        return study.to(f"/sitting/{sitting.id}/end")
    return _open(study, found, place, of_class, {})


def answer(study: Study) -> Response:
    """Grade what was sent and keep it; the page that tells of it can be loaded again without sending anything again."""
    (sitting, of_class), place = sitting_of(study), int(study.visit.parts["place"]) - 1
    found, sent = asked_in(study, sitting), study.visit.form
    here = f"/sitting/{sitting.id}/{place + 1}"
    if place not in found.drills or place in sitting.answers:
        return study.to(here)
    drill = _sent_for(study, found.drills[place])
    if drill.fingerprint != study.visit.field("print"):
        return _open(study, found, place, of_class, {}, study.say("drill.wrong.changed"))
    response, missing = read_response(drill, sent)
    if response is None:
        return _open(study, found, place, of_class, sent, study.say(f"drill.wrong.{missing}"))
    taken = study.desk.sittings.answer(sitting, place, drill, response, grade(drill, response, study.documents))
    if taken is Taken.CLOSED:
        return study.to(f"/sitting/{sitting.id}/end")
    if of_class is not None and of_class.reveal is Reveal.AT_END:
        return study.to(_following(sitting, found.after(place)))
    return study.to(f"{here}#result")


def sitting_of(study: Study) -> tuple[Sitting, TrainingClass | None]:
    """The sitting asked for, with its class; another learner's is not there."""
    learner = study.learner
    sitting = study.desk.sittings.find(study.visit.parts["sitting"], learner.id) if learner else None
    if sitting is None:
        raise Missing
    return sitting, study.desk.classes.find(sitting.class_code) if sitting.class_code else None


def asked_in(study: Study, sitting: Sitting) -> Asked:
    """What it asks today: a class in the language it was set in, anything else in that of the page."""
    in_class = bool(sitting.class_code) and bool(sitting.items)
    return asked(sitting, study.catalogue_in, sitting.items[0].language if in_class else study.language)


def hidden(of_class: TrainingClass | None, found: Asked) -> bool:
    """Whether what is right is not told yet."""
    at_end = of_class is not None and of_class.reveal is Reveal.AT_END
    return at_end and found.next is not None and of_class is not None and of_class.open


def _sent_for(study: Study, drill: Drill) -> Drill:
    """The drill as it was shown: in another tab the language may have been changed meanwhile."""
    language = study.visit.field("language")
    shown = study.catalogue_in(Language(language)).drills.get(drill.id) if language in set(Language) else None
    return shown or drill


def _open(
    study: Study, found: Asked, place: int, of_class: TrainingClass | None, typed: Mapping[str, list[str]],
    problem: str = "",
) -> Response:  # fmt: skip
    say, drill = study.say, found.drills[place]
    hidden_fields = f'<input type="hidden" name="print" value="{t(drill.fingerprint)}">'
    hidden_fields += f'<input type="hidden" name="language" value="{drill.language}">'
    inner = (
        f'{hidden_fields}<div lang="{drill.language}">{fields_html(study, drill, typed)}</div>'
        f'<p class="bottom"><button type="submit">{t(say("drill.send"))}</button></p>'
    )
    action = study.visit.url(f"training/sitting/{found.sitting.id}/{place + 1}")
    body = _top(study, found, place, of_class) + (alert(problem) if problem else "")
    body += form(action, study.visit.token, inner, classes="drill", id="drill") + _keys(study)
    title = _title(study, found, place, drill)
    return study.page(title, body, 422 if problem else 200)


def _answered(study: Study, found: Asked, place: int, of_class: TrainingClass | None) -> Response:
    say, drill, given = study.say, found.drills[place], found.sitting.answers[place]
    address = study.visit.url("training" + _following(found.sitting, found.next))
    following = say("answer.next" if found.next is not None else "answer.end")
    body = _top(study, found, place, of_class) + answer_html(study, drill, given)
    body += f'<p class="bottom"><a class="button" id="next" rel="next" href="{address}">{t(following)}</a></p>'
    title = say("answer.title", verdict=say(f"answer.{verdict_of(given)}"), title=_title(study, found, place, drill))
    return study.page(title, body + _keys(study))


def _title(study: Study, found: Asked, place: int, drill: Drill) -> str:
    return study.say("drill.title", number=found.places.index(place) + 1, kind=study.say(f"kind.{drill.kind}"))


def _top(study: Study, found: Asked, place: int, of_class: TrainingClass | None) -> str:
    """What this is, how far one is, and what has to be told of the drill."""
    say, sitting, drill = study.say, found.sitting, found.drills[place]
    done, of, number = len(sitting.answers), len(found.places), found.places.index(place) + 1
    words = say("drill.progress", number=number, of=of, done=done)
    told = []
    if drill.language is not study.language:
        key = "class" if sitting.class_code else "answered" if place in sitting.answers else "other"
        told.append(say(f"drill.language.{key}", language=say(f"language.{drill.language}")))
    if found.left_out:
        told.append(say("drill.left_out", count=found.left_out))
    standing = study.record.standings.get(drill.id)
    if place not in sitting.answers and standing is not None and not standing.holds_for(drill):
        told.append(say("drill.renewed"))
    notes = "".join(f'<p class="notice warn">{t(text)}</p>' for text in told)
    return (
        f'<div class="place"><p class="soft">{t(aim_words(study, sitting.aim, of_class))}</p>'
        f"<p>{bar(done, of, words)} {t(words)}</p></div>{notes}"
    )


def _keys(study: Study) -> str:
    """Which keys there are; scripts add a box to switch them off."""
    say = study.say
    inside = f"<summary>{t(say('keys.title'))}</summary><p>{t(say('keys.text'))}</p>"
    return f'<details class="keys" id="keys" data-switch="{t(say("keys.switch"))}">{inside}</details>'


def _following(sitting: Sitting, place: int | None) -> str:
    return f"/sitting/{sitting.id}/{'end' if place is None else place + 1}"
