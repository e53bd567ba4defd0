"""The page of one upload, put together: report, metadata, clauses beside their pages, actions, versions, history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.accounts.people import Account
from assistant.texts import Texts
from assistant.ui.plain.shell import alert, form, good, page_html, section, select, t
from assistant.ui.staff.clauses_view import clauses_html
from assistant.ui.staff.metadata_form import metadata_html
from assistant.ui.staff.product_form import FactName, Named, product_html
from assistant.ui.staff.report_view import report_html, similar_html, touched_html
from assistant.ui.staff.uploads_page import Link, moment, problem_html, progress_html, sending_form
from index.library.types import Draft, Event, Similar, State, Upload

DONE = ("corrected", "released", "retired", "given", "again", "added")
EDITABLE = (State.REVIEW, State.RELEASED)


@dataclass(frozen=True)
class Reviewed:
    """Everything the page of an upload shows."""

    upload: Upload
    account: Account
    token: str
    keeps: bool
    largest: int  # bytes of a new version
    groups: Sequence[str | None] = ()  # whom it may be given to; None: everybody
    draft: Draft | None = None  # None: not read yet, or it could not be
    similar: Sequence[Similar] = ()
    versions: Sequence[Upload] = ()
    events: Sequence[Event] = ()
    picture: str = ""  # HTML
    chosen: str = ""  # clause
    named: Named = FactName  # facts of product drafts
    done: str = ""
    problem: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, list[str]] = field(default_factory=dict)


def review_html(seen: Reviewed, words: Texts, link: Link) -> str:
    """The whole page."""
    upload, here = seen.upload, f"documents/{seen.upload.id}"
    editable = seen.keeps and upload.state in EDITABLE
    parts = [
        f'<p><a href="{link("documents")}">{t(words("review.back"))}</a></p>',
        _said(seen, words),
        _facts(upload, words),
    ]
    if upload.report is not None:
        parts.append(report_html(upload.report, words))
        parts.append(similar_html(seen.similar, upload.id, words, link))
    if seen.draft is not None:
        correct = link(f"{here}/correct")
        parts.append(
            metadata_html(
                seen.draft,
                correct,
                seen.token,
                words,
                seen.wrong,
                seen.given,
                editable=editable,
                paged=bool(seen.picture),
            )
        )
        if seen.draft.product:
            told = link(f"{here}/product")
            parts.append(product_html(seen.draft.product, told, seen.token, words, seen.named, editable=editable))
        parts.append(clauses_html(seen.draft, seen.chosen, seen.picture, words))
    if upload.report is not None:
        parts.append(touched_html(upload.report.touched, words))
    if seen.keeps:
        parts.append(_actions(seen, words, link))
    parts += [_versions(seen.versions, upload, words, link), _history(seen.events, words)]
    title = upload.title or upload.name
    return page_html(words, title, "".join(parts), link(""), (seen.account, seen.token))


def _said(seen: Reviewed, words: Texts) -> str:
    said = good(words(f"review.done.{seen.done}")) if seen.done in DONE else ""
    return said + (alert(seen.problem) if seen.problem else "")


def _facts(upload: Upload, words: Texts) -> str:
    group = words("list.group", group=upload.group) if upload.group else words("list.everybody")
    facts = [upload.name, words("list.version", version=upload.version), group]
    facts.append(words("list.added", by=upload.by, at=moment(upload.at)))
    state = f'<span class="badge state-{upload.state}">{t(words(f"state.{upload.state}"))}</span>'
    waiting = upload.state in (State.QUEUED, State.READING)
    live = f'<p class="soft">{t(words("review.waiting"))}</p>{progress_html(upload, words)}' if waiting else ""
    reload = f' data-id="{t(upload.id)}" data-reload' if waiting else ""
    return (
        f'<div class="about"{reload}><p>{state} <span class="soft">{" · ".join(map(t, facts))}</span></p>'
        f"{live}{problem_html(upload, words)}</div>"
    )


def _actions(seen: Reviewed, words: Texts, link: Link) -> str:
    upload, here, made = seen.upload, f"documents/{seen.upload.id}", []
    if upload.state in (State.REVIEW, State.RETIRED) and upload.replaced_by is None:
        hints = [words("review.release_hint")]
        hints.append(
            words("review.release_group", group=upload.group) if upload.group else words("review.release_public")
        )
        old = next((v for v in seen.versions if v.id == upload.replaces and v.state is State.RELEASED), None)
        if old is not None:
            hints.append(words("review.release_replaces", version=old.version))
        made.append(_action(link(f"{here}/release"), "release", " ".join(hints), seen.token, words, main=True))
    if upload.state is State.RELEASED:
        made.append(_action(link(f"{here}/retire"), "retire", words("review.retire_hint"), seen.token, words))
    if upload.state in (State.REVIEW, State.FAILED):
        made.append(_action(link(f"{here}/again"), "again", "", seen.token, words))
    if upload.state in (State.RELEASED, State.RETIRED) and upload.replaced_by is None:
        hint = f'<p class="soft">{t(words("review.new_version_hint"))}</p>'
        send = sending_form(seen.token, words, seen.largest, hint, multiple=False, replaces=upload.id, up=link(""))
        made.append(f'<div class="action">{send}</div>')
    others = [group for group in seen.groups if group != upload.group]
    if others and upload.state not in (State.QUEUED, State.READING):
        made.append(_giving(link(f"{here}/give"), others, seen.token, words))
    href = link(f"{here}/delete")
    made.append(f'<div class="action"><a class="danger" href="{href}">{t(words("review.delete"))}</a></div>')
    return section(words("review.actions"), "".join(made), classes="actions", id="actions")


def _action(action: str, name: str, hint: str, token: str, words: Texts, *, main: bool = False) -> str:
    busy = f' data-busy="{t(words("review.releasing"))}"' if main else ""
    button = f'<button type="submit" class="{"" if main else "second"}"{busy}>{t(words(f"review.{name}"))}</button>'
    said = f'<p class="soft">{t(hint)}</p>' if hint else ""
    return f'<div class="action">{form(action, token, button)}{said}</div>'


def _giving(action: str, groups: Sequence[str | None], token: str, words: Texts) -> str:
    """Whom it is for, changed."""
    options = [(group or "", group or words("upload.everybody")) for group in groups]
    inner = f'<label for="give">{t(words("review.give"))}</label>{select("give", options, options[0][0])}'
    inner += f'<button type="submit" class="second">{t(words("review.give_button"))}</button>'
    return f'<div class="action">{form(action, token, inner)}<p class="soft">{t(words("review.give_hint"))}</p></div>'


def _versions(versions: Sequence[Upload], upload: Upload, words: Texts, link: Link) -> str:
    if len(versions) < 2:
        return ""
    items = ""
    for version in versions:
        number, state = words("list.version", version=version.version), words(f"state.{version.state}")
        told = f"{number} · {state} · {moment(version.at)}"
        here = version.id == upload.id
        shown = f"<b>{t(told)}{t(words('parentheses', text=words('review.this')))}</b>" if here else (
            f'<a href="{t(link(f"documents/{version.id}"))}">{t(told)}</a>')  # fmt: skip
        items += f"<li>{shown}</li>"
    read = [v for v in versions if v.report is not None]
    return section(words("review.versions"), f"<ul>{items}</ul>{_compare(read, words, link)}", id="versions")


def _compare(versions: Sequence[Upload], words: Texts, link: Link) -> str:
    if len(versions) < 2:
        return ""
    options = [(v.id, f"{words('list.version', version=v.version)} · {moment(v.at)}") for v in versions]
    return (
        f'<form method="get" action="{link("documents/difference")}" class="row">'
        f'<p><label for="old">{t(words("review.old"))}</label>{select("old", options, options[1][0])}</p>'
        f'<p><label for="new">{t(words("review.new"))}</label>{select("new", options, options[0][0])}</p>'
        f'<p><button type="submit" class="second">{t(words("review.compare_button"))}</button></p></form>'
    )


def _history(events: Sequence[Event], words: Texts) -> str:
    if not events:
        return ""
    known = words.section("event")
    items = ""
    for event in events:
        what = words(f"event.{event.what}") if event.what in known and event.what != "other" else event.what
        detail = words("parentheses", text=event.detail) if event.detail else ""
        items += f"<li><span class=soft>{moment(event.at)}</span> {t(event.by)} {t(what)}{t(detail)}</li>"
    return f"<details class=history><summary>{t(words('review.history'))}</summary><ul>{items}</ul></details>"
