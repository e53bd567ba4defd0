"""The page that drafts replies for staff: a question, the draft of its answer, and a check of what was changed in it.

Nothing is kept: what was asked and edited comes with each form, and the answer is made anew from the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from starlette.responses import Response
from starlette.routing import Route

from assistant.personal_data import masked
from assistant.replying import Channel, drafted, unvouched
from assistant.serving import Serving
from assistant.texts import Texts, room_texts, texts
from assistant.types import Question
from assistant.ui.handlers import read_day
from assistant.ui.library.reply_page import Entered, Reply, reply_html
from assistant.ui.plain.rooms import Room, assets
from assistant.ui.plain.shell import page_html, page_response
from assistant.ui.plain.visit import Reception, Visit
from assistant.wiring import Assistant

HERE = Path(__file__).parent
SERVED = re.compile(r"/(?:reply|reply\.(?:css|js))", re.ASCII)
LONGEST_DRAFT = 8_000  # characters: three times the longest draft we make


def reply_room(reception: Reception, assistant: Assistant) -> Room:
    """One page, and the files of its look."""
    replies = Replies(lambda: assistant.serving)
    page = reception.page(replies.page, open_to_all=True, forms=True, costly=True)
    return Room(SERVED, [*assets(HERE, "reply.css", "reply.js"), Route("/reply", page, methods=["GET", "POST"])])


class Replies:
    """Who answers."""

    def __init__(self, serving: Callable[[], Serving]) -> None:
        self._serving = serving

    def page(self, visit: Visit) -> Response:
        """The empty form, a draft, or an edited draft that was checked."""
        say = room_texts("reply", visit.words.language)
        entered, problem = _entered(visit, say)
        reply = None
        serving = self._serving().seen_by(visit.groups)
        longest = serving.settings.longest_question
        if visit.form and problem is None and not entered.question.strip():
            problem = say("empty")
        if visit.form and len(entered.question) > longest:
            problem = say("too_long", most=longest)
        elif visit.form and entered.question.strip():
            reply = self._reply(entered, serving, visit)
            entered = entered.with_question(reply.answer.question)
            if len(entered.text) > LONGEST_DRAFT:
                problem = say("too_long_text", most=LONGEST_DRAFT)
        if reply is None:  # what is shown again holds no personal data, as where it is answered
            entered = entered.with_question(masked(entered.question, visit.words.language))
        body = reply_html(visit, entered, reply, problem, say)
        html = page_html(
            visit.words, say("title"), body, visit.url(), visit.signed_in, here="reply", files=("reply.css", "reply.js")
        )
        return page_response(200 if problem is None else 422, html)

    def _reply(self, entered: Entered, serving: Serving, visit: Visit) -> Reply:
        question = Question(entered.question, entered.day, groups=tuple(sorted(visit.groups)))
        answer = serving.answer(question)
        language = answer.language
        say, values = room_texts("reply", language), texts(language)
        draft = drafted(
            answer, entered.channel, lambda id: serving.document(id, language), say, values, more=entered.more
        )
        made = draft.text(entered.with_basis) if draft else ""
        found = None
        if entered.checked and len(entered.text) <= LONGEST_DRAFT:
            found = unvouched(entered.text, answer, draft, values)
        return Reply(answer, draft, entered.text if entered.checked else made, found, serving)


def _entered(visit: Visit, say: Texts) -> tuple[Entered, str | None]:
    """What the form says, and what is wrong with it; the first visit comes with the usual choices."""
    day = read_day(visit.field("day") or visit.query.get("day", ""), date.today())
    channel = visit.field("channel")
    first = not visit.form
    asked = visit.field("question") or visit.query.get("question", "")
    entered = Entered(
        asked, Channel(channel) if channel in set(map(str, Channel)) else Channel.LETTER,
        first or bool(visit.field("basis")), bool(visit.field("more")), day or date.today(),
        visit.field("text").replace("\r\n", "\n"), visit.field("action") == "check",
    )  # fmt: skip
    return entered, say("day_wrong") if day is None else None
