"""Turns → safe HTML for the conversation. Every text of a visitor or a document is escaped here, at the sink."""

from __future__ import annotations

import re
from html import escape

from assistant.texts import Texts
from assistant.types import Answer, Outcome
from assistant.ui.marks import answer_html, sentence_count
from assistant.ui.sources import source_id
from assistant.ui.turns import Conversation, Turn
from assistant.wiring import State

SHOWN_QUESTION = 600  # characters of a question repeated on the page
_WITHOUT_A_LABEL = {"distress", "debt_crisis", "abuse"}  # someone in need is not told that they are out of scope
SHOWING = 0.7  # seconds in which the sentences of an answer come in


def conversation_html(conversation: Conversation, words: Texts) -> str:
    """All turns, oldest first; only the newest answer comes in sentence by sentence."""
    turns = [_turn(turn, words, newest=turn is conversation.last) for turn in conversation.turns]
    language = escape(str(words.language))
    return (
        f'<div id="turns" role="region" aria-label="{escape(words("conversation.label"))}" lang="{language}" '
        f'data-page-language="{language}" data-page-title="{escape(words("title"))}">{"".join(turns)}</div>'
    )


def status_html(state: State, words: Texts) -> str:
    """A quiet line while the index is incomplete; nothing when it is complete."""
    if state.problem is not None:
        text = words("status.problem")
    elif not state.by_words_only:
        return ""
    elif state.progress is not None:
        text = words("status.completing", share=f"{100 * max(0.0, min(1.0, state.share)):.0f}")
    else:
        text = words("status.words_only")
    return f'<p class="status" role="status">{escape(text)}</p>'


def plain_answer(answer: Answer) -> str:
    """The answer as plain text with its sources listed, for pasting elsewhere."""
    lines = [re.sub(r"\*\*(.+?)\*\*", r"\1", answer.text).strip()]
    for c in answer.citations:
        number = f" {c.document_number}" if c.document_number else ""
        lines.append(f"[{c.n}] {c.title}{number} {c.clause}")
    return "\n".join(lines)


def _turn(turn: Turn, words: Texts, *, newest: bool) -> str:
    return (
        f'<article class="turn" id="turn-{turn.number}" data-turn="{turn.number}" tabindex="-1">'
        f'<div class="asked"><span class="who">{escape(words("conversation.you"))}</span>'
        f"<p>{_question(turn.question, words)}</p></div>{_reply(turn, words, newest=newest)}</article>"
    )


def _question(question: str, words: Texts) -> str:
    if not question.strip():
        return f"<i>{escape(words('conversation.empty_question'))}</i>"
    shown = escape(question[:SHOWN_QUESTION])
    if len(question) > SHOWN_QUESTION:
        shown += f"<i>{escape(words('conversation.shortened', characters=len(question)))}</i>"
    return shown


def _reply(turn: Turn, words: Texts, *, newest: bool) -> str:
    if turn.pending:
        return f'<div class="reply pending"><p>{escape(words("conversation.working"))}</p></div>'
    if turn.answer is None:
        return f'<div class="reply problem" data-done><p>{escape(turn.problem or "")}</p></div>'
    answer = turn.answer
    links = {
        c.n: (source_id(turn.number, c.n), words("conversation.mark", n=c.n, title=c.title)) for c in answer.citations
    }
    body = answer_html(answer.text, links)
    # Long answers come in faster, so that every one stands within SHOWING seconds.
    step = SHOWING / max(1, sentence_count(body))
    fresh = f' fresh" style="--step:{min(step, 0.15):.3f}s' if newest else ""
    announced = (
        words("conversation.announced", count=len(answer.citations))
        if answer.citations
        else words("conversation.announced_none")
    )
    return (
        f'<div class="reply {escape(str(answer.outcome))}{fresh}" data-done="{escape(announced)}">'
        f'<span class="who">{escape(words("conversation.assistant"))}</span>{_outcome(answer, words)}'
        f'<div class="text" lang="{escape(str(answer.language))}">{body}</div>'
        f"{_points(answer.notices, answer.text, 'notices')}{_points(answer.asks, answer.text, 'asks')}"
        f"{_foot(turn, answer, words)}</div>"
    )


def _outcome(answer: Answer, words: Texts) -> str:
    if answer.outcome is Outcome.ANSWERED or answer.reason in _WITHOUT_A_LABEL:
        return ""
    return f'<span class="outcome">{escape(words(f"outcome.{answer.outcome}"))}</span>'


def _points(items: tuple[str, ...], text: str, name: str) -> str:
    """What the answer carries beside its text, unless the text says it already."""
    fresh = [item for item in items if item not in text]
    return f'<ul class="{name}">{"".join(f"<li>{escape(item)}</li>" for item in fresh)}</ul>' if fresh else ""


def _foot(turn: Turn, answer: Answer, words: Texts) -> str:
    to_sources = ""
    if turn.sources:
        label = escape(words("conversation.to_sources", count=len(turn.sources)))
        to_sources = f'<a class="action to-sources" href="#sources-{turn.number}">{label}</a>'
    day = escape(words("conversation.as_of", day=answer.as_of.isoformat()))
    copy = escape(words("conversation.copy"))
    return (
        f'<div class="foot"><span class="day">{day}</span>'
        f'{to_sources}<button type="button" class="action copy" data-copy="{escape(plain_answer(answer))}" '
        f'data-copied="{escape(words("conversation.copied"))}" '
        f'data-failed="{escape(words("conversation.copy_failed"))}">{copy}</button>'
        f"{_receipt(turn, words)}</div>"
    )


def _receipt(turn: Turn, words: Texts) -> str:
    """The way to the record of the answer; a plain word where it was wanted and could not be kept."""
    if turn.receipt is None:
        return f'<span class="receipt">{escape(words("conversation.unrecorded"))}</span>' if turn.unrecorded else ""
    return (
        f'<a class="action receipt" href="receipt/{escape(turn.receipt)}?lang={escape(str(words.language))}" '
        f'target="_blank" rel="noopener noreferrer" title="{escape(words("conversation.receipt_hint"))}">'
        f"{escape(words('conversation.receipt', receipt=turn.receipt))}</a>"
    )
