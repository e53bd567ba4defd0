"""What clicks do, without a browser."""

from datetime import date

import pytest
from samples import DAY, a_document, an_answer, citation

from assistant.texts import ui_texts
from assistant.types import Question
from assistant.ui.feedback import FeedbackStore
from assistant.ui.handlers import answered, explained, preferred_language, rated, read_day
from assistant.ui.turns import Conversation, Rating
from index.types import Language

ZH, EN = ui_texts(Language.ZH), ui_texts(Language.EN)


class Recorder:
    """Answers anything with one citation, and keeps what it was asked."""

    def __init__(self, clause_id="2"):
        self.asked: list[Question] = []
        self._clause_id = clause_id

    def answer(self, question):
        self.asked.append(question)
        return an_answer(question=question.text, as_of=question.as_of, citations=(citation(clause_id=self._clause_id),))

    def document(self, document_id, language):
        return a_document() if document_id == "d" else None


class Broken(Recorder):
    def answer(self, question):
        raise RuntimeError("secret /path/to/file")


def test_earlier_questions_become_the_context():
    assistant, conversation = Recorder(), Conversation()
    for text in ("能续贷吗", "中型企业呢", "要什么材料"):
        conversation = answered(assistant, conversation.asked(text), "", ZH, DAY)
    assert assistant.asked[-1] == Question("要什么材料", DAY, ("能续贷吗", "中型企业呢"))


def test_a_turn_holds_personal_data_masked_from_the_moment_it_is_asked():
    assistant, conversation = Recorder(), Conversation().asked("我手机13800138000，能续贷吗")
    assert conversation.last.question == "我手机[手机号已隐去]，能续贷吗"
    conversation = answered(assistant, conversation, "", ZH, DAY)
    answered(assistant, conversation.asked("要什么材料"), "", ZH, DAY)
    assert assistant.asked[-1].context == ("我手机[手机号已隐去]，能续贷吗",)


@pytest.mark.parametrize(
    ("clause", "before", "after"), [("1", None, "2"), ("2", "1", "3"), ("3", "2", None), ("gone", None, None)]
)
def test_a_source_knows_its_neighbours(clause, before, after):
    turn = answered(Recorder(clause), Conversation().asked("问"), "", ZH, DAY).last
    (source,) = turn.sources
    assert (source.before and source.before.id, source.after and source.after.id) == (before, after)


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_a_failure_becomes_a_sentence_without_its_details(words):
    turn = answered(Broken(), Conversation().asked("问"), "", words, DAY).last
    assert turn.problem == words("problem.answer")
    assert "secret" not in turn.problem


def test_a_date_that_cannot_be_read_is_not_guessed():
    assistant = Recorder()
    turn = answered(assistant, Conversation().asked("问"), "明天", ZH, DAY).last
    assert "2026-11-23" in turn.problem
    assert assistant.asked == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", DAY),
        ("  ", DAY),
        ("2027-10-01", date(2027, 10, 1)),
        ("2027/10/1", date(2027, 10, 1)),
        ("2027年10月1日", date(2027, 10, 1)),
        ("2027-02-30", None),
        ("2027", None),
        ("昨天", None),
    ],
)
def test_days_are_read_as_people_write_them(text, day):
    assert read_day(text, DAY) == day


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9", "en"),
        ("fr-FR,en;q=0.5", "en"),
        ("fr", "zh"),
        ("", "zh"),
        ("*", "zh"),
    ],
)
def test_the_first_known_language_of_the_browser_is_taken(header, language):
    assert preferred_language(header) is Language(language)


def test_an_unanswered_turn_cannot_be_rated(tmp_path):
    store = FeedbackStore(tmp_path)
    conversation = Conversation().asked("问")
    assert rated(store, conversation, Rating.USEFUL, ZH) == (conversation, "")
    assert explained(store, conversation, "因为", ZH) == ""
    store.close()


def test_feedback_that_cannot_be_stored_is_said(tmp_path):
    store = FeedbackStore(tmp_path)
    store.close()
    conversation = Conversation().asked("问").with_last(answer=an_answer())
    after, said = rated(store, conversation, Rating.USEFUL, ZH)
    assert (after, said) == (conversation, ZH("feedback.failed"))
