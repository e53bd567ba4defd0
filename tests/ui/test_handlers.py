"""What clicks do, without a browser."""

from datetime import date

import pytest
from samples import DAY, a_document, an_answer, citation

from assistant.records.recorder import Kept
from assistant.records.store import Rating, RecordStore
from assistant.texts import ui_texts
from assistant.types import Question
from assistant.ui.handlers import answered, explained, preferred_language, rated, read_day
from assistant.ui.turns import Conversation
from index.types import Language

ZH, EN = ui_texts(Language.ZH), ui_texts(Language.EN)


class Recorder:
    """Answers anything with one citation, and keeps what it was asked."""

    def __init__(self, clause_id="2"):
        self.asked: list[Question] = []
        self._clause_id = clause_id

    def answer(self, question):
        self.asked.append(question)
        cited = citation(clause_id=self._clause_id)
        return Kept(an_answer(question=question.text, as_of=question.as_of, citations=(cited,)), "r" * 26)

    def document(self, document_id, language):
        return a_document() if document_id == "d" else None


class Broken(Recorder):
    def answer(self, question):
        raise RuntimeError("secret /path/to/file")


def test_earlier_questions_become_the_context():
    assistant, conversation = Recorder(), Conversation()
    for text in ("能续贷吗", "中型企业呢", "要什么材料"):
        conversation = answered(assistant.answer, assistant, conversation.asked(text), "", ZH, DAY)
    assert assistant.asked[-1] == Question("要什么材料", DAY, ("能续贷吗", "中型企业呢"))


def test_a_turn_holds_personal_data_masked_from_the_moment_it_is_asked():
    assistant, conversation = Recorder(), Conversation().asked("我手机13800138000，能续贷吗")
    assert conversation.last.question == "我手机[手机号已隐去]，能续贷吗"
    conversation = answered(assistant.answer, assistant, conversation, "", ZH, DAY)
    answered(assistant.answer, assistant, conversation.asked("要什么材料"), "", ZH, DAY)
    assert assistant.asked[-1].context == ("我手机[手机号已隐去]，能续贷吗",)


@pytest.mark.parametrize(
    ("clause", "before", "after"), [("1", None, "2"), ("2", "1", "3"), ("3", "2", None), ("gone", None, None)]
)
def test_a_source_knows_its_neighbours(clause, before, after):
    assistant = Recorder(clause)
    turn = answered(assistant.answer, assistant, Conversation().asked("问"), "", ZH, DAY).last
    (source,) = turn.sources
    assert (source.before and source.before.id, source.after and source.after.id) == (before, after)


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_a_failure_becomes_a_sentence_without_its_details(words):
    assistant = Broken()
    turn = answered(assistant.answer, assistant, Conversation().asked("问"), "", words, DAY).last
    assert turn.problem == words("problem.answer")
    assert "secret" not in turn.problem


def test_a_date_that_cannot_be_read_is_not_guessed():
    assistant = Recorder()
    turn = answered(assistant.answer, assistant, Conversation().asked("问"), "明天", ZH, DAY).last
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


def test_a_turn_carries_the_number_of_its_receipt_or_that_there_is_none():
    assistant = Recorder()
    assert answered(assistant.answer, assistant, Conversation().asked("问"), "", ZH, DAY).last.receipt == "r" * 26
    broken = answered(
        lambda question: Kept(an_answer(), problem="disk full"), assistant, Conversation().asked("问"), "", ZH, DAY
    ).last
    assert (broken.receipt, broken.unrecorded, broken.problem) == (None, True, None)


def test_feedback_refers_to_the_receipt(tmp_path):
    store = RecordStore(tmp_path)
    conversation = Conversation().asked("问").with_last(answer=an_answer(), receipt="r" * 26)
    rated(store, conversation, Rating.USELESS, ZH)
    assert [item.receipt for item in store.feedback()] == ["r" * 26]
    store.close()


def test_an_unanswered_turn_cannot_be_rated(tmp_path):
    store = RecordStore(tmp_path)
    conversation = Conversation().asked("问")
    assert rated(store, conversation, Rating.USEFUL, ZH) == (conversation, "")
    assert explained(store, conversation, "因为", ZH) == ""
    store.close()


def test_feedback_that_cannot_be_stored_is_said(tmp_path):
    (tmp_path / "records.sqlite3").mkdir()
    store = RecordStore(tmp_path)
    conversation = Conversation().asked("问").with_last(answer=an_answer())
    after, said = rated(store, conversation, Rating.USEFUL, ZH)
    assert (after, said) == (conversation, ZH("feedback.failed"))
