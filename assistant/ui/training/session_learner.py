"""What is kept of a learner, for themselves: progress, another name, taking over, deleting."""

from __future__ import annotations

from starlette.responses import Response

from assistant.training.nicknames import objection
from assistant.training.progress import Share
from assistant.ui.plain.shell import alert, form, good, section, t
from assistant.ui.training.session_pieces import bar, document_title, nickname_field, objected, share_words
from assistant.ui.training.session_study import Study

_SHOWN = 12  # topics and documents, those with most answers first


def me_page(study: Study, problem: str = "", status: int = 200, typed: str = "") -> Response:
    """Progress, and everything that can be done with it."""
    say, learner = study.say, study.learner
    if learner is None:
        return study.to()
    renamed = good(say("done.renamed")) if study.visit.query.get("done") == "renamed" else ""
    kept = say("me.account" if learner.of_account else "me.browser", name=learner.nickname)
    body = renamed + problem + f"<p>{t(kept)}</p><p>{t(share_words(study, study.record.share(study.all)))}</p>"
    record, every = study.record, study.catalogue
    for key, shares, named in (
        ("kind", record.shares(every, lambda d: [str(d.kind)]), lambda name: say(f"kind.{name}")),
        ("topic", record.shares(every, lambda d: d.topics), str),
        ("document", record.shares(every, lambda d: [d.document_id]), lambda name: document_title(study, name)),
    ):
        body += section(say(f"me.by_{key}"), _table(study, {named(name): share for name, share in shares.items()}))
    wrong = objection(typed) if status != 200 else None
    rename = nickname_field(study, typed or learner.nickname, wrong, "me")
    rename += f'<p><button type="submit" name="what" value="rename" class="second">{t(say("me.rename"))}</button></p>'
    body += section(say("me.name"), _form(study, rename))
    forget = (
        f"<p>{t(say('me.forget_text'))}</p>"
        f'<p class="check"><input type="checkbox" id="sure" name="sure" value="yes" required>'
        f'<label for="sure">{t(say("me.sure"))}</label></p>'
        f'<p><button type="submit" name="what" value="forget" class="danger">{t(say("me.forget"))}</button></p>'
    )
    body += section(say("me.data"), f"<p>{t(say('me.kept'))}</p>" + _form(study, forget))
    body += f'<p><a href="{study.visit.url("training")}">{t(say("back"))}</a></p>'
    return study.page(say("me.title"), body, status)


def change(study: Study) -> Response:
    """Rename, delete, or take over what this browser learnt under a nickname."""
    what, visit = study.visit.field("what"), study.visit
    if what == "take_over":
        return _over(study)
    learner = study.learner
    if learner is None:
        return study.to()
    if what == "rename":
        typed = visit.field("nickname")
        if (wrong := objection(typed)) is not None:
            return me_page(study, objected(study, wrong), 422, typed)
        study.desk.learners.rename(learner, typed)
        return study.to("/me?done=renamed")
    if what == "forget":
        if visit.field("sure") != "yes":
            return me_page(study, alert(study.say("me.unsure")), 422, learner.nickname)
        study.desk.learners.forget(learner)
        response = study.to("?done=forgotten")
        if not learner.of_account:
            study.browser.drop(response)
        return response
    return study.to("/me")


def taking_over(study: Study) -> str:
    """Asks who signed in what is to become of what this browser learnt under a nickname."""
    say, found = study.say, study.by_nickname
    if study.visit.session is None or found is None:
        return ""
    inner = (
        f"<p>{t(say('over.text', name=found.nickname))}</p>"
        f'<p><button type="submit" name="what" value="take_over" class="second">{t(say("over.take"))}</button></p>'
    )
    return section(say("over.title"), _form(study, inner))


def _over(study: Study) -> Response:
    if study.visit.session is None or study.by_nickname is None:
        return study.to()
    study.desk.learners.take_over(study.by_nickname, study.visit.account)
    response = study.to("?done=taken_over")
    study.browser.drop(response)
    return response


def _form(study: Study, inner: str) -> str:
    return form(study.visit.url("training/me"), study.visit.token, inner)


def _table(study: Study, shares: dict[str, Share]) -> str:
    """A row each, those with most answers first."""
    rows = sorted(shares.items(), key=lambda item: (-item[1].of, item[0]))[:_SHOWN]
    if not rows:
        return f"<p>{t(study.say('share.none'))}</p>"
    made = "".join(
        f'<li><span>{t(name)}</span> <span class="soft">{bar(share.right, share.of, name)} '
        f"{t(study.say('share.short', right=share.right, of=share.of))}</span></li>"
        for name, share in rows
    )
    return f'<ul class="rows shares">{made}</ul>'
