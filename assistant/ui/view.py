"""What the components show: their labels in one language, and everything that follows from the conversation."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from assistant.records.store import Rating
from assistant.texts import Texts
from assistant.ui.frame import Frame, Page, frame_labels
from assistant.ui.handlers import example
from assistant.ui.render import conversation_html
from assistant.ui.sources import sources_html
from assistant.ui.turns import Conversation

AUDIENCES = ("owner", "bank", "official")
EXAMPLES = 3  # per audience
FOLLOW_UPS = 4
Updates = dict[Any, Any]  # a component and its new value, or gr.update(…)


@dataclass(frozen=True, eq=False)
class Components:
    """Everything on the page that changes."""

    conversation: gr.State
    timer: gr.Timer
    frame: Frame
    reminder: gr.HTML
    status: gr.HTML
    turns: gr.HTML
    examples: gr.Column
    examples_title: gr.HTML
    audiences: dict[str, gr.HTML]
    example_buttons: dict[tuple[str, int], gr.Button]
    follow_ups: gr.Column
    follow_ups_title: gr.HTML
    follow_up_buttons: list[gr.Button]
    feedback: gr.Column
    feedback_title: gr.HTML
    useful: gr.Button
    useless: gr.Button
    explaining: gr.Row
    reason: gr.Textbox
    send_reason: gr.Button
    thanks: gr.HTML
    question: gr.Textbox
    send: gr.Button
    clear: gr.Button
    sources: gr.HTML

    @property
    def head(self) -> gr.HTML:
        """The name of the page and the way to the others."""
        return self.frame.head

    @property
    def language(self) -> gr.Radio:
        """The language of the page."""
        return self.frame.language

    @property
    def as_of(self) -> gr.Textbox:
        """The policy date."""
        return self.frame.as_of

    @property
    def disclaimer(self) -> gr.HTML:
        """What nothing here promises."""
        return self.frame.disclaimer


def said(text: str) -> str:
    """A sentence after a click; nothing for nothing."""
    return f'<p class="said" role="status">{escape(text)}</p>' if text else ""


def labels(c: Components, words: Texts, receipt_days: int, staff: str | None = None) -> Updates:
    """Every label of the page in one language; `staff` is who is signed in, "" for nobody, None for no such thing."""
    recorded = f" {words('recorded', days=receipt_days)}" if receipt_days else ""
    found: Updates = {
        **frame_labels(c.frame, Page.CHAT, words, staff),
        c.reminder: f"<p>{escape(words('reminder') + recorded)}</p>",
        c.examples_title: f"<h2>{escape(words('examples.title'))}</h2>",
        c.follow_ups_title: f"<h2>{escape(words('follow_ups.title'))}</h2>",
        c.feedback_title: f"<p>{escape(words('feedback.question'))}</p>",
        c.reason: gr.update(label=words("feedback.reason"), placeholder=words("feedback.placeholder")),
        c.send_reason: words("feedback.send"),
        c.question: gr.update(label=words("controls.question"), placeholder=words("controls.placeholder")),
        c.send: words("controls.send"),
    }
    for audience, title in c.audiences.items():
        found[title] = f"<h3>{escape(words(f'examples.{audience}.title'))}</h3>"
        for number in range(EXAMPLES):
            found[c.example_buttons[audience, number]] = example(words.language, audience, number)
    return found


def shown(c: Components, conversation: Conversation, words: Texts) -> Updates:
    """Everything that follows from the conversation."""
    turn = conversation.last
    answer = turn.answer if turn else None
    follow_ups = answer.follow_ups[:FOLLOW_UPS] if answer else ()
    updates: Updates = {
        c.conversation: conversation,
        c.turns: conversation_html(conversation, words),
        c.sources: sources_html(conversation, words),
        c.examples: gr.update(visible=turn is None),
        c.follow_ups: gr.update(visible=bool(follow_ups)),
        c.feedback: gr.update(visible=answer is not None),
        c.explaining: gr.update(visible=bool(turn and turn.rating is Rating.USELESS)),
        c.thanks: "",
        c.clear: gr.update(visible=turn is not None, value=words("controls.clear")),
    }
    for button, rating in ((c.useful, Rating.USEFUL), (c.useless, Rating.USELESS)):
        chosen = bool(turn and turn.rating is rating)
        updates[button] = gr.update(value=words(f"feedback.{rating}"), variant="primary" if chosen else "secondary")
    for number, button in enumerate(c.follow_up_buttons):
        given = number < len(follow_ups)
        updates[button] = gr.update(visible=given, value=follow_ups[number] if given else "")
    return updates
