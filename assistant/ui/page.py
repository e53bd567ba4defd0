"""The page: components first, wiring second; nothing is computed while this module is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Protocol

import gradio as gr

from assistant.records.recorder import Recorder
from assistant.records.store import LONGEST_REASON, Rating
from assistant.texts import Texts, ui_texts
from assistant.ui.check_page import build_check
from assistant.ui.form_wiring import Decider
from assistant.ui.frame import Page, frame, html, start
from assistant.ui.handlers import Library, answered, example, explained, rated
from assistant.ui.render import status_html
from assistant.ui.renewal_page import build_renewal
from assistant.ui.staff.visitors import Who, nobody
from assistant.ui.turns import Conversation
from assistant.ui.view import AUDIENCES, EXAMPLES, FOLLOW_UPS, Components, Updates, labels, said, shown
from assistant.wiring import State
from index.types import Language

EVERY = 2.0  # seconds between looks at the state of the index


class Assistant(Library, Decider, Protocol):
    """What the pages need beyond documents and decisions."""

    @property
    def state(self) -> State:
        """How far the index is."""


def build(
    assistant: Assistant, recorder: Recorder, today: Callable[[], date] = date.today, who: Who = nobody
) -> gr.Blocks:
    """All pages, ready to be served: the chat, the self-check and the renewal desk; `who` tells who sent a request."""
    words, book = ui_texts(Language.ZH), assistant.rulebook
    with gr.Blocks(title=words("title"), analytics_enabled=False, fill_width=True) as page:
        parts = _components(words, tuple(Page) if book is not None else (Page.CHAT,))
        _wire(page, parts, assistant, recorder, today, who)
    if book is not None:  # a corpus without rules has no desks
        with page.route(words("nav.check"), str(Page.CHECK)):
            build_check(page, assistant, book, today)
        with page.route(words("nav.renewal"), str(Page.RENEWAL)):
            build_renewal(page, assistant, book, today)
    return page.queue(default_concurrency_limit=8, max_size=200)


def _components(words: Texts, pages: tuple[Page, ...]) -> Components:
    made: dict[str, Any] = {"conversation": gr.State(Conversation()), "timer": gr.Timer(EVERY)}
    made["frame"], made["status"] = frame(words, pages), html("status")
    with gr.Row(elem_id="main"):
        with gr.Column(scale=3, min_width=300, elem_id="chat"):
            made["turns"] = html("conversation")
            with gr.Column(elem_id="feedback", visible=False) as made["feedback"]:
                with gr.Row(elem_id="rating"):
                    made["feedback_title"] = html("feedback-title")
                    made["useful"] = gr.Button(size="sm", elem_id="useful")
                    made["useless"] = gr.Button(size="sm", elem_id="useless")
                with gr.Row(elem_id="explaining", visible=False) as made["explaining"]:
                    made["reason"] = gr.Textbox(max_lines=1, max_length=LONGEST_REASON, elem_id="reason", scale=4)
                    made["send_reason"] = gr.Button(size="sm", elem_id="send-reason", scale=1)
                made["thanks"] = html("thanks")
            with gr.Column(elem_id="follow-ups", visible=False) as made["follow_ups"]:
                made["follow_ups_title"] = html("follow-ups-title")
                made["follow_up_buttons"] = [
                    gr.Button(visible=False, size="md", elem_classes="ask", elem_id=f"follow-up-{number}")
                    for number in range(FOLLOW_UPS)
                ]
            made["clear"] = gr.Button(size="sm", elem_id="clear", visible=False)
            with gr.Column(elem_id="composer"):
                with gr.Row(elem_id="box"):
                    made["question"] = gr.Textbox(
                        label=words("controls.question"), elem_id="question", lines=1, max_lines=6, scale=5
                    )
                    made["send"] = gr.Button(variant="primary", elem_id="send", scale=1, min_width=88)
                made["reminder"] = html("reminder")
            with gr.Column(elem_id="examples") as made["examples"]:
                made["examples_title"] = html("examples-title")
                with gr.Row(elem_id="audiences"):
                    made["audiences"], made["example_buttons"] = _examples()
        with gr.Column(scale=2, min_width=300, elem_id="beside"):
            made["sources"] = html("sources-panel")
    return Components(**made)


def _examples() -> tuple[dict[str, gr.HTML], dict[tuple[str, int], gr.Button]]:
    titles: dict[str, gr.HTML] = {}
    buttons: dict[tuple[str, int], gr.Button] = {}
    for audience in AUDIENCES:
        with gr.Column(min_width=200, elem_classes="audience"):
            titles[audience] = html(f"examples-{audience}")
            for number in range(EXAMPLES):
                id = f"example-{audience}-{number}"
                buttons[audience, number] = gr.Button(size="md", elem_classes="ask", elem_id=id)
    return titles, buttons


def _wire(
    page: gr.Blocks, parts: Components, assistant: Assistant, recorder: Recorder, today: Callable[[], date], who: Who
) -> None:
    c, days = parts, recorder.settings.receipt_days
    # By elem_id: Gradio makes a component anew, with another _id, once a visitor's page has changed it.
    asking = {button.elem_id: key for key, button in c.example_buttons.items()}
    following = {button.elem_id: number for number, button in enumerate(c.follow_up_buttons)}

    def on_load(request: gr.Request) -> Updates:
        language, day = start(request.headers, request.query_params, today())
        words = ui_texts(language)
        chosen = {c.language: str(language), c.as_of: gr.update(label=words("controls.as_of"), value=day)}
        return labels(c, words, days, who(request).name) | shown(c, Conversation(), words) | chosen

    def on_language(language: str, conversation: Conversation, request: gr.Request) -> Updates:
        words = ui_texts(Language(language))
        found = labels(c, words, days, who(request).name) | shown(c, conversation, words)
        return found | {c.status: status_html(assistant.state, words)}

    def on_ask(
        question: str, day: str, conversation: Conversation, language: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[Updates]:
        words = ui_texts(Language(language))
        button = event.target.elem_id if event.target is not None else None
        typed = False
        if button in asking:
            question = example(Language(language), *asking[button])
        elif button in following:
            question = _follow_up(conversation, following[button])
        else:
            typed = True
        conversation = conversation.asked(question)
        yield shown(c, conversation, words) | {c.reason: ""} | ({c.question: ""} if typed else {})
        groups = who(request).groups  # by the session's cookie, never by what the page says
        library = recorder.serving().seen_by(groups)
        yield shown(c, answered(recorder.answer, library, conversation, day, words, today(), groups), words)

    def on_clear(language: str) -> Updates:
        return shown(c, Conversation(), ui_texts(Language(language)))

    def on_rating(rating: Rating) -> Callable[[Conversation, str], Updates]:
        def rate(conversation: Conversation, language: str) -> Updates:
            words = ui_texts(Language(language))
            conversation, told = rated(recorder.store, conversation, rating, words)
            return shown(c, conversation, words) | {c.thanks: said(told)}

        return rate

    def on_reason(reason: str, conversation: Conversation, language: str) -> Updates:
        told = explained(recorder.store, conversation, reason, ui_texts(Language(language)))
        return {c.thanks: said(told), c.explaining: gr.update(visible=False), c.reason: ""}

    def on_tick(language: str) -> Updates:
        state = assistant.state
        completing = state.by_words_only and state.progress is not None and state.problem is None
        return {c.status: status_html(state, ui_texts(Language(language))), c.timer: gr.Timer(active=completing)}

    view = [c.conversation, c.turns, c.sources, c.examples, c.follow_ups, *c.follow_up_buttons, c.feedback, c.useful,
            c.useless, c.explaining, c.thanks, c.clear]  # fmt: skip
    named = [c.head, c.disclaimer, c.reminder, c.examples_title, *c.audiences.values(), *c.example_buttons.values(),
             c.follow_ups_title, c.feedback_title, c.reason, c.send_reason, c.question, c.send, c.as_of]  # fmt: skip
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    page.load(on_load, None, [c.language, *view, *named], **quiet)
    c.timer.tick(on_tick, [c.language], [c.status, c.timer], **quiet)
    c.language.input(on_language, [c.language, c.conversation], [c.status, *view, *named], **quiet)
    buttons = [*c.example_buttons.values(), *c.follow_up_buttons, c.send]
    gr.on(
        [c.question.submit, *(button.click for button in buttons)], on_ask,
        [c.question, c.as_of, c.conversation, c.language], [c.question, c.reason, *view], trigger_mode="once", **quiet,
    )  # fmt: skip
    c.clear.click(on_clear, [c.language], view, **quiet)
    c.useful.click(on_rating(Rating.USEFUL), [c.conversation, c.language], view, **quiet)
    c.useless.click(on_rating(Rating.USELESS), [c.conversation, c.language], view, **quiet)
    gr.on(
        [c.reason.submit, c.send_reason.click], on_reason, [c.reason, c.conversation, c.language],
        [c.thanks, c.explaining, c.reason], **quiet,
    )  # fmt: skip


def _follow_up(conversation: Conversation, number: int) -> str:
    answer = conversation.last.answer if conversation.last else None
    return answer.follow_ups[number] if answer and number < len(answer.follow_ups) else ""
