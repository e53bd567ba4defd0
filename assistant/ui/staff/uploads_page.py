"""The list of uploads as HTML: what to add, what is in work, what waits for a person, what is answered from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

from assistant.texts import Texts
from assistant.ui.plain.shell import select, t
from index.library.types import State, Upload
from index.types import Language

SHOWN = 30  # of each state, before all are asked for
# What a person has to do comes first.
SECTIONS: dict[str, tuple[State, ...]] = {
    "working": (State.QUEUED, State.READING),
    "review": (State.REVIEW,),
    "failed": (State.FAILED,),
    "released": (State.RELEASED,),
    "retired": (State.RETIRED,),
}
Link = Callable[[str], str]


def adding_html(groups: Sequence[str | None], token: str, largest: int, words: Texts) -> str:
    """What files of at most `largest` bytes are added with; `groups` are those one may add for, None for everybody."""
    title = f"<h2>{t(words('upload.title'))}</h2>"
    if not groups:
        return f'<section class="add">{title}<p>{t(words("upload.not_allowed"))}</p></section>'
    return (
        f'<section class="add">{title}<noscript><p class="notice bad">{t(words("upload.no_script"))}</p></noscript>'
        f"{sending_form(token, words, largest, group_select(groups, words), multiple=True)}"
        f'<p class="soft">{t(words("upload.formats", megabytes=largest // 1_000_000))}</p></section>'
    )


def sending_form(
    token: str, words: Texts, largest: int, inner: str = "", *, multiple: bool, replaces: str = "", up: str = ""
) -> str:
    """A form that the script sends file by file; nothing of it is ever sent by the browser itself."""
    said = {"sending": "upload.sending", "sent": "upload.sent", "failed": "upload.failed", "none": "upload.none_chosen",
            "lost": "error.unavailable", "large": "error.too_large"}  # fmt: skip
    data = "".join(f' data-{name}="{t(words(key))}"' for name, key in said.items())
    several = " multiple" if multiple else ""
    drop = f'<p class="soft drop">{t(words("upload.drop"))}</p>' if multiple else ""
    label = words("upload.files" if multiple else "review.new_version")
    return (
        f'<form class="send" data-token="{t(token)}" data-replaces="{t(replaces)}" data-largest="{largest}" '
        f'data-url="{t(up)}documents/add"{data}>'
        f'<p><label for="files">{t(label)}</label><input id="files" type="file"{several}></p>{inner}'
        f'<p><button type="submit">{t(words("upload.button"))}</button></p>{drop}'
        f'<ul class="sending" aria-label="{t(words("upload.results"))}" aria-live="polite"></ul></form>'
    )


def group_select(groups: Sequence[str | None], words: Texts) -> str:
    """For whom the files are."""
    options = [(group or "", group or words("upload.everybody")) for group in groups]
    label = f'<label for="group">{t(words("upload.group"))}</label>'
    return f"<p>{label}{select('group', options, options[0][0])}</p>"


def uploads_html(uploads: Sequence[Upload], words: Texts, link: Link, everything: str = "") -> str:
    """All uploads by state; of the state `everything` all, of others the newest."""
    if not uploads:
        return f'<div id="uploads"><p class="soft">{t(words("list.empty"))}</p></div>'
    made = []
    for name, states in SECTIONS.items():
        found = [upload for upload in uploads if upload.state in states]
        if not found and name in ("working", "failed", "retired"):
            continue
        listed = found if name == everything else found[:SHOWN]
        body = "".join(card_html(upload, words, link) for upload in listed)
        body = f'<ul class="cards">{body}</ul>' if body else f'<p class="soft">{t(words("list.empty_state"))}</p>'
        if len(listed) < len(found):
            more = t(words("list.more", count=len(found)))
            body += f'<p><a href="?all={name}#state-{name}">{more}</a></p>'
        title = f'{t(words(f"list.state.{name}"))} <span class="count">{len(found)}</span>'
        made.append(f'<section id="state-{name}"><h2>{title}</h2>{body}</section>')
    return f'<div id="uploads">{"".join(made)}</div>'


def card_html(upload: Upload, words: Texts, link: Link) -> str:
    """One upload of the list."""
    facts = [words("list.group", group=upload.group) if upload.group else words("list.everybody")]
    if upload.version > 1:
        facts.append(words("list.version", version=upload.version))
    if upload.document_number:
        facts.insert(0, upload.document_number)
    if upload.report is not None:
        if upload.report.paged:
            facts.append(words("list.pages", count=upload.report.pages))
        facts.append(words("list.clauses", count=upload.report.clauses))
    facts.append(words("list.added", by=upload.by, at=moment(upload.at)))
    file = f'<p class="soft file">{t(upload.name)}</p>' if upload.title and upload.title != upload.name else ""
    state = progress_html(upload, words) if upload.state in SECTIONS["working"] else ""
    problem = problem_html(upload, words)
    return (
        f'<li class="card" id="upload-{t(upload.id)}" data-id="{t(upload.id)}">'
        f'<h3><a href="{t(link(f"documents/{upload.id}"))}">{t(upload.title or upload.name)}</a></h3>{file}'
        f'<p class="soft">{" · ".join(map(t, facts))}</p>{state}{problem}</li>'
    )


def progress_html(upload: Upload, words: Texts) -> str:
    """How far the reading of an upload is."""
    said = step_said(upload, words)
    return (
        f'<p class="progress"><progress max="100" value="{percent(upload)}" aria-label="{t(said)}"></progress> '
        f'<span class="step">{t(said)}</span></p>'
    )


def step_said(upload: Upload, words: Texts) -> str:
    """What is being done with it at this moment."""
    if upload.state is not State.READING:
        return words(f"state.{upload.state}")
    return words(f"step.{upload.step if upload.step in words.section('step') else 'other'}")


def percent(upload: Upload) -> int:
    """0 to 100."""
    return round(100 * min(max(upload.progress, 0.0), 1.0))


def problem_html(upload: Upload, words: Texts) -> str:
    """Why it could not be read or released."""
    if upload.problem is None:
        return ""
    said = upload.problem.zh if words.language is Language.ZH else upload.problem.en
    return f'<p class="problem">{t(said)}</p>'


def moment(at: datetime) -> str:
    """A moment as people here write it, in the time of the machine."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def fingerprint(uploads: Sequence[Upload]) -> str:
    """Changes when the list looks other than before, progress left aside."""
    told = [(u.id, str(u.state), u.title, u.version, str(u.problem)) for u in uploads]
    return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:16]
