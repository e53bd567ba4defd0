"""Pieces of HTML that pages of training share. Texts are escaped here, at the sink."""

from __future__ import annotations

from assistant.training.classes import TrainingClass
from assistant.training.nicknames import LONGEST, Objection
from assistant.training.paths import load_paths
from assistant.training.progress import Share
from assistant.training.selection import SIZES
from assistant.training.sitting import Aim, AimKind
from assistant.ui.plain.shell import alert, form, t
from assistant.ui.training.session_study import Study


def begin_form(study: Study, aim: Aim, *, of: int = SIZES[-1]) -> str:
    """How many drills of something, one button each; `of` how many there are at most.

    Who learns for the first time says what to be called.
    """
    who = nickname_field(study, "", None, str(aim.kind)) if study.is_new else ""
    asked = f'<input type="hidden" name="aim" value="{t(aim.kind)}"><input type="hidden" name="of" value="{t(aim.of)}">'
    return form(
        study.visit.url("training/begin"), study.visit.token, asked + who + count_buttons(study, of), classes="begin"
    )


def count_buttons(study: Study, of: int = SIZES[-1]) -> str:
    """A button for each size of a sitting; where there are few drills, the last one for all of them."""
    sizes = [size for size in SIZES if size < of] + [min(of, SIZES[-1])]
    buttons = (
        f'<button type="submit" name="count" value="{size}" class="{"second" if place else "first"}">'
        f"{t(study.say('begin.count' if size > 1 else 'begin.one', count=size))}</button>"
        for place, size in enumerate(sizes)
    )
    return f'<p class="sizes">{"".join(buttons)}</p>'


def nickname_field(study: Study, typed: str, objection: Objection | None, id: str) -> str:
    """What somebody is to be called."""
    say = study.say
    wrong = (
        f'<span class="problem">{t(say(f"nickname.wrong.{objection}", longest=LONGEST))}</span>' if objection else ""
    )
    invalid = ' aria-invalid="true"' if objection else ""
    return (
        f'<p class="nickname"><label for="nickname-{id}">{t(say("nickname.label"))}</label>'
        f'<input id="nickname-{id}" name="nickname" value="{t(typed[:60])}" maxlength="60" autocomplete="nickname"'
        f' required{invalid} aria-describedby="nickname-{id}-hint">{wrong}'
        f'<span class="hint" id="nickname-{id}-hint">{t(say("nickname.hint"))}</span></p>'
    )


def objected(study: Study, objection: Objection | None) -> str:
    """What is wrong, read out at once."""
    return alert(study.say(f"nickname.wrong.{objection}", longest=LONGEST)) if objection else ""


def outcome(title: str, verdict: str, inner: str) -> str:
    """What came of something: said at once, and where scripts put the focus."""
    heading = f"<h2>{t(title)}</h2>"
    return f'<section id="result" class="result {verdict}" role="status" tabindex="-1">{heading}{inner}</section>'


def share_words(study: Study, share: Share) -> str:
    """How much of what was answered is right."""
    if not share.of:
        return study.say("share.none")
    return study.say("share.some", right=share.right, of=share.of, percent=round(100 * share.right / share.of))


def bar(value: int, most: int, label: str) -> str:
    """How far something is."""
    return f'<progress value="{value}" max="{max(most, 1)}" aria-label="{t(label)}"></progress>'


def aim_words(study: Study, aim: Aim, of_class: TrainingClass | None = None) -> str:
    """What a sitting is for, in a few words."""
    say, language = study.say, study.language
    if aim.kind is AimKind.CLASS:
        return say("aim.class", name=of_class.name if of_class else aim.of)
    if aim.kind is AimKind.PATH:
        path_id, _, stage_id = aim.of.partition("/")
        path = load_paths().path(path_id)
        stage = path.stage(stage_id) if path else None
        if path is None:
            return say("title")
        name = path.name.in_(language)
        return say("aim.stage", path=name, stage=stage.name.in_(language)) if stage else name
    if aim.kind is AimKind.DOCUMENT:
        return document_title(study, aim.of)
    return say("aim.topic", topic=aim.of) if aim.kind is AimKind.TOPIC else say(f"aim.{aim.kind}")


def document_title(study: Study, document_id: str) -> str:
    """A document's short title in the language of the page, else in the other, else its id."""
    of_it = [document for document in study.documents if document.id == document_id]
    of_it.sort(key=lambda document: document.language is not study.language)
    return of_it[0].short_title if of_it else document_id
