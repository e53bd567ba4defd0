"""The first page of training: what there is to learn, and where one stands."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response

from assistant.training.nicknames import Objection
from assistant.training.paths import LearningPath, load_paths, next_stage, progress_in
from assistant.training.sitting import Aim, AimKind, asked
from assistant.ui.plain.shell import form, good, section, t
from assistant.ui.training.session_class import code_form
from assistant.ui.training.session_learner import taking_over
from assistant.ui.training.session_pieces import (
    aim_words,
    bar,
    begin_form,
    count_buttons,
    document_title,
    nickname_field,
    objected,
    share_words,
)  # fmt: skip
from assistant.ui.training.session_study import Study

_TOLD = 3  # documents named whose drills changed
_DONE = ("forgotten", "taken_over")


def home(study: Study, problem: str = "", *, wrong: Objection | None = None) -> Response:
    """The page; `problem` is what kept a sitting from beginning."""
    say, done = study.say, study.visit.query.get("done", "")
    if study.learner is None:
        study.make_ready()
    body = (good(say(f"done.{done}")) if done in _DONE else "") + problem + objected(study, wrong)
    body += f'<p class="lead">{t(say("lead"))}</p>' + taking_over(study)
    body += _first(study, wrong) if study.learner is None else _today(study)
    rows = "".join(map(partial(_path if study.learner else _path_for_new, study), load_paths().paths))
    body += section(say("paths.title"), f'<ul class="rows">{rows}</ul>')
    free = f'<p><a class="button second" href="{study.visit.url("training/choose")}">{t(say("choose.link"))}</a></p>'
    body += section(say("choose.title"), f"<p>{t(say('choose.lead'))}</p>{free}")
    trains = f'<p><a class="button second" href="{study.visit.url("classes")}">{t(say("class.train"))}</a></p>'
    body += section(say("class.title"), code_form(study) + trains)
    return study.page(say("title"), body, 422 if wrong or problem else 200)


def _first(study: Study, wrong: Objection | None) -> str:
    """For somebody new: a name, a role, and go."""
    say, visit, paths = study.say, study.visit, load_paths().paths
    chosen = next((path.id for path in paths if path.id == visit.field("of")), paths[0].id)
    roles = "".join(
        f'<label class="option"><input type="radio" name="of" value="{path.id}"'
        f"{' checked' if path.id == chosen else ''}><span><b>{t(path.name.in_(study.language))}</b> "
        f'<span class="soft">{t(path.about.in_(study.language))}</span></span></label>'
        for path in paths
    )
    who = nickname_field(study, visit.field("nickname"), wrong, "first") if study.is_new else ""
    inner = (
        f'{who}<input type="hidden" name="aim" value="{AimKind.PATH}">'
        f'<fieldset class="options"><legend>{t(say("first.role"))}</legend>{roles}</fieldset>'
        f'<p class="label">{t(say("first.count"))}</p>{count_buttons(study)}'
        f'<p class="soft">{t(say("first.account" if visit.session else "first.keeps"))}</p>'
    )
    return section(say("first.title"), form(visit.url("training/begin"), visit.token, inner, classes="begin"))


def _today(study: Study) -> str:
    """For somebody known: what was left unfinished, what comes again, what was wrong."""
    say, record, learner = study.say, study.record, study.learner
    assert learner is not None
    share = record.share(study.all)
    body = f"<p>{t(share_words(study, share))}{_streak(study)} "
    body += f'<a href="{study.visit.url("training/me")}">{t(say("me.link"))}</a></p>'
    body += _unfinished(study) + _changed(study)
    due, wrong = record.due(study.all, study.on), record.mistakes(study.all)
    if (path := _last_path(study)) is not None:
        aim = Aim(AimKind.PATH, path)
        body += f"<h3>{t(say('today.path', aim=aim_words(study, aim)))}</h3>{begin_form(study, aim)}"
    if due:
        body += f"<h3>{t(say('today.due', count=len(due)))}</h3>{begin_form(study, Aim(AimKind.DUE), of=len(due))}"
    if wrong:
        again = begin_form(study, Aim(AimKind.MISTAKES), of=len(wrong))
        body += f"<h3>{t(say('today.mistakes', count=len(wrong)))}</h3>{again}"
    if not due and not wrong and share.of:
        body += f"<p>{t(say('today.nothing'))}</p>"
    return section(say("today.title", name=learner.nickname), body, classes="today")


def _last_path(study: Study) -> str | None:
    """The path that was followed last, with its next stage."""
    assert study.learner is not None
    for sitting in study.desk.sittings.of(study.learner.id):
        path_id, _, stage_id = sitting.aim.of.partition("/")
        path = load_paths().path(path_id) if sitting.aim.kind is AimKind.PATH else None
        if path is not None:
            progress = progress_in(path, study.catalogue, study.documents, study.record, load_paths())
            following = next_stage(progress, stage_id)
            return f"{path.id}/{following.stage.id}" if following else path.id
    return None


def _streak(study: Study) -> str:
    days = study.record.streak(study.on)
    return " " + t(study.say("today.streak", days=days)) if days > 1 else ""


def _unfinished(study: Study) -> str:
    """The way back into the newest sitting that has drills left."""
    assert study.learner is not None
    for sitting in study.desk.sittings.of(study.learner.id)[:3]:
        of_class = study.desk.classes.find(sitting.class_code) if sitting.class_code else None
        if of_class is not None and not of_class.open:
            continue
        found = asked(sitting, study.catalogue_in, study.language)
        if found.next is not None and (sitting.answers or sitting.class_code):
            words = study.say(
                "today.unfinished", aim=aim_words(study, sitting.aim, of_class), done=len(sitting.answers),
                of=len(found.places),
            )  # fmt: skip
            address = study.visit.url(f"training/sitting/{sitting.id}")
            return f'<p><a class="button" href="{address}">{t(study.say("today.go_on"))}</a> {t(words)}</p>'
    return ""


def _changed(study: Study) -> str:
    """Drills whose clause changed since they were answered."""
    drills = study.record.changed(study.catalogue)
    if not drills:
        return ""
    titles = list(dict.fromkeys(document_title(study, drill.document_id) for drill in drills))[:_TOLD]
    named = study.say("comma").join(study.say("titled", title=title) for title in titles)
    return f'<p class="notice warn">{t(study.say("today.changed", count=len(drills), documents=named))}</p>'


def _path(study: Study, path: LearningPath) -> str:
    """One path, and how far one is."""
    progress = progress_in(path, study.catalogue, study.documents, study.record, load_paths())
    done, following = sum(stage.done for stage in progress), next_stage(progress)
    told = study.say("paths.done", done=done, of=len(progress))
    if following:
        told += study.say("paths.next", stage=following.stage.name.in_(study.language))
    shown = bar(done, len(progress), path.name.in_(study.language))
    return f'<li>{_path_link(study, path)}<p class="soft">{shown} {t(told)}</p></li>'


def _path_for_new(study: Study, path: LearningPath) -> str:
    """One path by its stages; what it is about stands beside the choice of a role."""
    stages = study.say("comma").join(stage.name.in_(study.language) for stage in path.stages)
    return f'<li>{_path_link(study, path)}<p class="soft">{t(stages)}</p></li>'


def _path_link(study: Study, path: LearningPath) -> str:
    address = study.visit.url(f"training/path/{path.id}")
    return f'<h3><a href="{address}">{t(path.name.in_(study.language))}</a></h3>'
