"""The end of a sitting: what was right, what was not, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from assistant.training.classes import TrainingClass
from assistant.training.paths import load_paths, next_stage, progress_in
from assistant.training.sitting import Aim, AimKind, Asked, Sitting
from assistant.ui.plain.shell import alert, section, t
from assistant.ui.training.session_answer import verdict_of
from assistant.ui.training.session_ask import asked_in, sitting_of
from assistant.ui.training.session_pieces import aim_words, bar, begin_form, outcome
from assistant.ui.training.session_study import Study


def end_page(study: Study) -> Response:
    """The summary; as long as something is left to answer, back to it."""
    sitting, of_class = sitting_of(study)
    found = asked_in(study, sitting)
    closed = of_class is not None and not of_class.open
    if found.next is not None and not closed:
        return study.to(f"/sitting/{sitting.id}/{found.next + 1}")
    say, answers = study.say, sitting.answers
    right = sum(given.right for given in answers.values())
    told = say("end.right", right=right, of=len(answers)) if answers else say("end.nothing")
    body = alert(say("class.closed")) if closed and found.next is not None else ""
    verdict = "right" if right == len(answers) else "partly"
    body += outcome(told, verdict, bar(right, len(answers), told) + _class_words(study, found, of_class))
    good = [place for place, given in sorted(answers.items()) if given.right]
    body += (
        _list(study, found, found.wrong, "mistakes") + _next(study, sitting) + _list(study, found, good, "right_ones")
    )
    return study.page(say("end.title", aim=aim_words(study, sitting.aim, of_class)), body)


def _class_words(study: Study, found: Asked, of_class: TrainingClass | None) -> str:
    """How one stands in a class: a drill gives a part of its point for an answer partly right."""
    if of_class is None:
        return ""
    valid = [given for place, given in found.sitting.answers.items() if place in found.drills]
    points, of = sum(given.score for given in valid), len(found.drills)
    percent, wanted = (100 * points / of if of else 0), 100 * of_class.pass_share
    key = "end.passed" if of and found.next is None and percent >= wanted - 1e-7 else "end.failed"
    told = study.say(key, percent=_plain(percent), wanted=_plain(wanted))
    given = ""
    if key == "end.passed":
        address = study.visit.url(f"training/certificate/{of_class.code}")
        given = f'<p><a class="button second" href="{address}">{t(study.say("end.certificate"))}</a></p>'
    return f"<p>{t(told)}</p>{given}<p>{t(study.say('end.trainer'))}</p>"


def _list(study: Study, found: Asked, places: Sequence[int], title: str) -> str:
    """Drills that were answered; those that can still be shown lead to their explanation."""
    rows = "".join(_line(study, found, place) for place in places)
    return section(study.say(f"end.{title}", count=len(places)), f'<ul class="rows">{rows}</ul>') if rows else ""


def _line(study: Study, found: Asked, place: int) -> str:
    given, drill, say = found.sitting.answers[place], found.drills.get(place), study.say
    verdict = verdict_of(given)
    badge = {"right": "sure", "partly": "likely", "wrong": "removed"}[verdict]
    name = f'<span class="badge {badge}">{t(say(f"answer.{verdict}"))}</span> '
    if drill is None:
        return f"<li>{name}{t(say('end.withdrawn', number=found.places.index(place) + 1))}</li>"
    address = study.visit.url(f"training/sitting/{found.sitting.id}/{place + 1}")
    return f'<li>{name}<a class="cut" href="{address}" lang="{drill.language}">{t(drill.prompt)}</a></li>'


def _next(study: Study, sitting: Sitting) -> str:
    """Mistakes again, more of the same, or back."""
    say, visit, aim, body = study.say, study.visit, sitting.aim, ""
    wrong = sum(not given.right for given in sitting.answers.values())
    if wrong:
        body += f"<h3>{t(say('end.again'))}</h3>{begin_form(study, Aim(AimKind.MISTAKES, sitting.id), of=wrong)}"
    if aim.kind is AimKind.PATH:
        body += _stage(study, aim)
    elif aim.kind in (AimKind.TOPIC, AimKind.DOCUMENT):
        body += f"<h3>{t(say('end.more'))}</h3>{begin_form(study, aim)}"
    return section(say("end.next"), body + f'<p><a href="{visit.url("training")}">{t(say("back"))}</a></p>')


def _stage(study: Study, aim: Aim) -> str:
    """How far one is on the path, and more of it."""
    paths, (path_id, _, stage_id) = load_paths(), aim.of.partition("/")
    path = paths.path(path_id)
    if path is None:
        return ""
    say = study.say
    progress = progress_in(path, study.catalogue, study.documents, study.record, paths)
    following, done = next_stage(progress, stage_id), sum(stage.done for stage in progress)
    told = say("paths.done", done=done, of=len(progress))
    if following is not None:
        told += say("paths.next", stage=following.stage.name.in_(study.language))
        told += say("end.stage", right=following.right, of=following.wanted)
    shown = f"<h3>{t(say('end.more'))}</h3><p>{bar(done, len(progress), told)} {t(told)} "
    shown += f'<a href="{study.visit.url(f"training/path/{path_id}")}">{t(say("end.path"))}</a></p>'
    of = f"{path_id}/{following.stage.id}" if following else path_id
    return shown + begin_form(study, Aim(AimKind.PATH, of))


def _plain(percent: float) -> str:
    return f"{percent:.1f}".removesuffix(".0")
