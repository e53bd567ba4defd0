"""The page of a draft as HTML: the form, the draft to edit and copy, what was found in it, and its clauses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.replying import Channel, Draft, Unvouched, citation_words, notes_for_staff
from assistant.serving import Serving
from assistant.texts import Texts
from assistant.types import Answer, Citation
from assistant.ui.plain.shell import alert, form, good, section, select, t
from assistant.ui.plain.visit import Visit
from index.types import Verification

_WIDTH = 60  # characters of a line of the draft on a wide screen


@dataclass(frozen=True, slots=True)
class Entered:
    """What the form says."""

    question: str
    channel: Channel
    with_basis: bool
    more: bool
    day: date
    text: str  # the edited draft
    checked: bool  # whether the edited draft is to be checked

    def with_question(self, question: str) -> Entered:
        """The same with another wording of the question."""
        return replace(self, question=question)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is shown for a question."""

    answer: Answer
    draft: Draft | None
    text: str
    found: Sequence[Unvouched] | None  # None: nothing was checked
    serving: Serving


def reply_html(visit: Visit, entered: Entered, reply: Reply | None, problem: str | None, say: Texts) -> str:
    """The body of the page."""
    told = alert(problem) if problem else ""
    shown = _reply(visit, entered, reply, say) if reply else ""
    return f'<p class="soft">{t(say("intro"))}</p>{told}{_asking(visit, entered, say)}{shown}'


def _asking(visit: Visit, entered: Entered, say: Texts) -> str:
    channels = [(str(channel), say(f"channels.{channel}")) for channel in Channel]
    inner = (
        f'<p><label for="question">{t(say("question"))}</label>'
        f'<textarea id="question" name="question" rows="4" required aria-describedby="question-hint">'
        f"{t(entered.question)}</textarea>"
        f'<span class="hint" id="question-hint">{t(say("question_hint"))}</span></p>'
        f'<div class="choosing"><p><label for="channel">{t(say("channel_label"))}</label>'
        f"{select('channel', channels, entered.channel)}</p>"
        f'<p><label for="day">{t(say("day"))}</label>'
        f'<input id="day" name="day" type="date" value="{entered.day.isoformat()}"></p>'
        f"{_box('basis', say('with_basis'), entered.with_basis)}{_box('more', say('with_more'), entered.more)}</div>"
        f'<p><button type="submit" name="action" value="draft">{t(say("make"))}</button></p>'
    )
    return form(visit.url("reply"), visit.token, inner, id="asking")


def _box(name: str, label: str, checked: bool) -> str:
    ticked = " checked" if checked else ""
    return f'<label class="choice"><input type="checkbox" name="{name}" value="yes"{ticked}>{t(label)}</label>'


def _reply(visit: Visit, entered: Entered, reply: Reply, say: Texts) -> str:
    answer = reply.answer
    outcome = say(f"outcome.{answer.outcome}")
    known = notes_for_staff(answer, reply.draft) if reply.draft else answer.notices
    notices = "".join(f"<li>{t(notice)}</li>" for notice in known)
    notes = section(say("notes"), f"<ul>{notices}</ul>", id="notes") if notices else ""
    if reply.draft is None:
        said = "".join(f"<p>{t(part)}</p>" for part in answer.text.split("\n\n"))
        return section(outcome, f"<h3>{t(say('no_draft'))}</h3>{said}", id="none") + notes
    return _draft(visit, entered, reply, outcome, say) + notes + _sources(visit, reply, say)


def _draft(visit: Visit, entered: Entered, reply: Reply, outcome: str, say: Texts) -> str:
    draft, language = reply.draft, reply.answer.language
    bases = json.dumps(draft.bases if draft else (), ensure_ascii=False)
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{t(value)}">'
        for name, value in (
            ("question", entered.question), ("channel", entered.channel), ("day", entered.day.isoformat()),
            *((("basis", "yes"),) if entered.with_basis else ()), *((("more", "yes"),) if entered.more else ()),
        )
    )  # fmt: skip
    rows = min(30, max(8, sum(1 + len(line) // _WIDTH for line in reply.text.split("\n"))))
    inner = (
        f'{kept}<p><label for="text">{t(say("draft_label"))}</label>'
        f'<textarea id="text" name="text" rows="{rows}" lang="{language}" aria-describedby="text-hint" '
        f'data-bases="{t(bases)}">{t(reply.text)}</textarea>'
        f'<span class="hint" id="text-hint">{t(say("draft_hint"))}</span></p>'
        f'<p class="buttons"><button type="button" class="copy" hidden>{t(say("copy"))}</button>'
        f'<button type="button" class="copy second" data-bare hidden>{t(say("copy_bare"))}</button>'
        f'<button type="submit" class="second" name="action" value="check">{t(say("check"))}</button>'
        f'<button type="submit" class="second" name="action" value="draft">{t(say("reset"))}</button>'
        f'<span id="copied" role="status" data-done="{t(say("copied"))}" '
        f'data-failed="{t(say("copy_failed"))}"></span></p>'
    )
    found = _found(reply, say)
    made = form(f"{visit.url('reply')}#draft", visit.token, inner, id="editing")
    return f'<section id="draft"><h2>{t(say("draft"))}</h2><p class="soft">{t(outcome)}</p>{found}{made}</section>'


def _found(reply: Reply, say: Texts) -> str:
    if reply.found is None:
        return ""
    if not reply.found:
        return good(say("all_vouched"))
    items = "".join(f"<li>{t(say('unvouched', what=item.what, sentence=item.sentence))}</li>" for item in reply.found)
    bare = "" if reply.answer.citations else f"<p>{t(say('nothing_vouched'))}</p>"
    return (
        f'<div class="notice bad" role="alert"><p>{t(say("open_check", count=len(reply.found)))}</p>'
        f"<ul>{items}</ul>{bare}<p>{t(say('unvouched_hint'))}</p></div>"
    )


def _sources(visit: Visit, reply: Reply, say: Texts) -> str:
    if not reply.answer.citations:
        return ""
    cited = reply.draft.cited if reply.draft else frozenset()
    items = "".join(_source(visit, item, reply, say) for item in reply.answer.citations if item.n in cited)
    return section(say("sources"), f'<ol class="sources">{items}</ol>', id="sources")


def _source(visit: Visit, citation: Citation, reply: Reply, say: Texts) -> str:
    answer = reply.answer
    words = citation_words(citation, answer, lambda id: reply.serving.document(id, answer.language))
    link = visit.url(f"policy/{citation.document_id}?day={answer.as_of.isoformat()}#c-{citation.clause_id}")
    mark = f' <span class="badge warn">{t(say("known"))}</span>' if citation.verification is Verification.KNOWN else ""
    used = "".join(f"<blockquote>{t(citation.quote[start:end])}</blockquote>" for start, end in citation.spans)
    quoted = f"<details><summary>{t(say('used'))}</summary>{used}</details>" if used else ""
    name = say("source", citation=words, heading=citation.heading)
    return f'<li value="{citation.n}" lang="{answer.language}"><a href="{t(link)}">{t(name)}</a>{mark}{quoted}</li>'
