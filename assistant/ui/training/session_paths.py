"""A learning path with its stages, and the free choice of a topic or document."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response

from assistant.training.paths import StageProgress, load_paths, next_stage, progress_in
from assistant.training.sitting import Aim, AimKind
from assistant.ui.plain.shell import section, select, t
from assistant.ui.plain.visit import Missing
from assistant.ui.training.session_begin import pool
from assistant.ui.training.session_pieces import aim_words, bar, begin_form, document_title, share_words
from assistant.ui.training.session_study import Study
from index.types import Kind

_FEWEST = 5  # drills a topic has at least to be offered by itself


def path_page(study: Study) -> Response:
    """What a path teaches, how far one is, and what comes next."""
    paths = load_paths()
    path = paths.path(study.visit.parts["path"])
    if path is None:
        raise Missing
    say, language = study.say, study.language
    progress = progress_in(path, study.catalogue, study.documents, study.record, paths)
    following, done = next_stage(progress), sum(stage.done for stage in progress)
    told = say("paths.done", done=done, of=len(progress))
    if following is not None:
        told += say("paths.next", stage=following.stage.name.in_(language))
    body = f'<p class="lead">{t(path.about.in_(language))}</p><p>{bar(done, len(progress), told)} {t(told)}</p>'
    body += f'<p class="soft">{t(say("paths.rule", enough=paths.enough, share=round(100 * paths.share)))}</p>'
    for number, stage in enumerate(progress, start=1):
        body += _stage(study, path.id, number, stage, stage is following)
    body += f'<p><a href="{study.visit.url("training")}">{t(say("back"))}</a></p>'
    return study.page(path.name.in_(language), body)


def choose_page(study: Study) -> Response:
    """Free choice: a topic or a document, then how many drills."""
    topic, document = study.visit.query.get("topic", "")[:200], study.visit.query.get("document", "")[:200]
    say, visit = study.say, study.visit
    body = ""
    if topic or document:
        aim = Aim(AimKind.DOCUMENT, document) if document else Aim(AimKind.TOPIC, topic)
        drills = pool(study, aim)
        share = study.record.share(drills)
        told = say("choose.pool", count=len(drills)) + (share_words(study, share) if share.of else "")
        begin = begin_form(study, aim, of=len(drills)) if drills else ""
        body += section(aim_words(study, aim), f"<p>{t(told)}</p>{begin}", classes="chosen")
    body += section(say("choose.by_topic"), _chooser(study, "topic", _topics(study), topic))
    body += section(say("choose.by_document"), _chooser(study, "document", _documents(study), document))
    body += f'<p><a href="{visit.url("training")}">{t(say("back"))}</a></p>'
    return study.page(say("choose.title"), body)


def _stage(study: Study, path_id: str, number: int, stage: StageProgress, is_next: bool) -> str:
    say, language = study.say, study.language
    name = say("stage.name", number=number, name=stage.stage.name.in_(language))
    told = say("stage.progress", right=min(stage.right, stage.wanted), of=stage.wanted)
    state = "done" if stage.done else "next" if is_next else ""
    badge = (
        f' <span class="badge {"sure" if stage.done else "likely"}">{t(say(f"stage.{state}"))}</span>' if state else ""
    )
    titles = say("comma").join(say("titled", title=document_title(study, id)) for id in stage.stage.documents)
    body = (
        f"<p>{t(stage.stage.teaches.in_(language))}</p>"
        f'<p class="soft">{t(say("stage.documents", titles=titles))}</p>'
        f"<p>{bar(min(stage.right, stage.wanted), stage.wanted, name)} {t(told)}{badge}</p>"
    )
    if stage.wanted:
        body += begin_form(study, Aim(AimKind.PATH, f"{path_id}/{stage.stage.id}"))
    else:
        body += f"<p>{t(say('stage.empty'))}</p>"
    return section(name, body, classes="stage")


def _chooser(study: Study, name: str, options: list[tuple[str, str]], chosen: str) -> str:
    say = study.say
    return (
        f'<form class="row" action="{study.visit.url("training/choose")}"><p><label for="{name}">'
        f"{t(say(f'choose.{name}'))}</label>{select(name, options, chosen)}</p>"
        f'<p><button type="submit" class="second">{t(say("choose.show"))}</button></p></form>'
    )


def _topics(study: Study) -> list[tuple[str, str]]:
    """Topics with drills enough, those with most of them first."""
    counted = Counter(topic for drill in study.all for topic in drill.topics)
    return [
        (topic, study.say("choose.option", name=topic, count=count))
        for topic, count in counted.most_common()
        if count >= _FEWEST
    ]


def _documents(study: Study) -> list[tuple[str, str]]:
    """Documents with drills, laws and notices before products, in the order of the corpus."""
    counted = Counter(drill.document_id for drill in study.all)
    own = [document for document in study.documents if document.language is study.language and counted[document.id]]
    own.sort(key=lambda document: document.kind is Kind.PRODUCT)
    return [
        (document.id, study.say("choose.option", name=document.short_title, count=counted[document.id]))
        for document in own
    ]
