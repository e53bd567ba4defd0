"""Questions to learn from are found, put under their topic, and near-identical ones counted as one."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import datetime, timezone

import pytest
from today import TODAY

from assistant.evaluation.cases import read_cases, read_files, without_drafts
from assistant.evaluation.generate import ask_all
from assistant.learning.collected import UNKNOWN, Concern, concern_of, entries, essence, grouped, selected, topics
from assistant.learning.drafts import draft, draft_lines
from assistant.records.seal import read_seal
from assistant.records.store import RecordStore
from assistant.types import Outcome
from index.types import Language


@pytest.fixture
def found(visited):
    return list(entries(RecordStore(visited), read_seal(visited)))


def of(found, concern):
    return [entry for entry in found if entry.concern is concern]


def test_wordings_that_nothing_answers_are_one_group(found):
    (group,) = [g for g in grouped(of(found, Concern.UNANSWERED)) if "2031" in g.first.question]
    assert len(group.entries) == 3
    assert len(group.wordings) == 3
    assert {entry.outcome for entry in group.entries} == {"no_evidence"}


def test_what_was_rated_useless_carries_the_reasons_and_the_topic_of_its_answer(found):
    (group,) = [g for g in grouped(of(found, Concern.USELESS)) if "到期" in g.first.question]
    assert len(group.entries) == 2
    assert set(group.reasons) == {"=没说找谁", "太长，电话[手机号已隐去]"}
    assert group.first.topic == "jingui-2024-13"
    assert group.first.documents[0] == "jingui-2024-13"


def test_what_was_declined_for_good_reason_or_rated_useful_is_not_collected(found):
    asked = {entry.question for entry in found}
    assert not asked & {"你好", "帮我做假流水骗贷款", "美国小企业贷款怎么申请"}
    assert "个人创业担保贷款最高能贷多少" not in {entry.question for entry in of(found, Concern.USELESS)}


def test_a_follow_up_keeps_its_conversation(found):
    (entry,) = [entry for entry in of(found, Concern.USELESS) if entry.question == "那企业呢"]
    assert entry.context == ("个人创业担保贷款最高能贷多少",)


def test_the_same_words_after_other_words_are_another_question(found):
    (entry,) = [entry for entry in of(found, Concern.USELESS) if entry.question == "那企业呢"]
    other = replace(entry, context=("续贷要什么条件",))
    assert len(grouped([entry, other])) == 2
    assert len(grouped([entry, replace(entry, receipt="another")])) == 1


def test_a_group_has_the_topic_of_most_of_its_wordings(found):
    (entry,) = [entry for entry in of(found, Concern.USELESS) if entry.question == "那企业呢"]
    topics_ = ("b", "a", "b", UNKNOWN, UNKNOWN, UNKNOWN)
    (group,) = grouped([replace(entry, topic=topic, title=topic.upper()) for topic in topics_])
    assert group.topic == ("b", "B")
    (unknown,) = grouped([replace(entry, topic=UNKNOWN, title=UNKNOWN)])
    assert unknown.topic == (UNKNOWN, UNKNOWN)


def test_a_rating_without_receipt_is_collected_under_no_topic(found):
    (entry,) = [e for e in of(found, Concern.USELESS) if e.receipt is None]
    assert (entry.question, entry.topic) == ("没有抵押物，能申请信用贷款吗", UNKNOWN)


def test_selection_by_topic_kind_and_time(found):
    def pick(since=None, topic=None, concern=None):
        return list(selected(found, since, topic, concern))

    assert {entry.concern for entry in pick(concern=Concern.USELESS)} == {Concern.USELESS}
    assert {entry.topic for entry in pick(topic="jingui-2024-13")} == {"jingui-2024-13"}
    assert {entry.topic for entry in pick(topic="续贷")} >= {"jingui-2024-13"}
    assert pick(since=datetime(2999, 1, 1, tzinfo=timezone.utc)) == []
    assert pick(since=datetime(2000, 1, 1, tzinfo=timezone.utc)) == found


def test_topics_count_their_questions(found):
    counted = dict(topics(grouped(found)))
    assert sum(counted.values()) == len(found)
    (waiting,) = [g for g in grouped(of(found, Concern.USELESS)) if "到期" in g.first.question]
    assert counted[waiting.topic[1]] >= 2


def test_a_receipt_that_was_changed_is_not_learned_from(visited, tmp_path):
    shutil.copytree(visited, tmp_path / "copy")
    connection = sqlite3.connect(tmp_path / "copy" / "records.sqlite3")
    connection.execute("UPDATE receipts SET record = replace(record, '2031', '2032')")
    connection.commit()
    connection.close()
    asked = {e.question for e in entries(RecordStore(tmp_path / "copy"), read_seal(visited))}
    assert not any("2032" in question for question in asked)
    assert "那企业呢" in asked  # its receipt was not touched


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("贷款快到期了怎么办", "请问，贷款快到期怎么办呢？", Language.ZH),
        ("ＬＰＲ 现在多少", "lpr现在多少啊", Language.ZH),
        ("What is the rate?", "what is a rate", Language.EN),
        ("请问", "请问", Language.ZH),
    ],
)
def test_wordings_that_ask_the_same_have_one_essence(one, other, language):
    assert essence(one, language) == essence(other, language) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("贷30万", "贷50万"), ("个人能贷吗", "企业能贷吗"), ("吗", "呢"), ("？", "！")]
)
def test_questions_that_differ_in_substance_stay_apart(one, other):
    assert essence(one, Language.ZH) != essence(other, Language.ZH)


def an_answer(outcome, reason=None, margin=None):
    nearness = None if margin is None else {"cosine": 0.9, "margin": margin}
    return {"outcome": str(outcome), "reason": reason, "nearness": nearness}


@pytest.mark.parametrize(
    ("answer", "concern"),
    [
        (an_answer(Outcome.ANSWERED, margin=0.5), None),
        (an_answer(Outcome.ANSWERED, margin=0.0699), Concern.UNSURE),
        (an_answer(Outcome.ANSWERED, margin=0.07), None),
        (an_answer(Outcome.ANSWERED), None),  # decided by rules: nothing was searched
        (an_answer(Outcome.PARTIAL, "figure_missing", 0.5), Concern.UNANSWERED),
        (an_answer(Outcome.NO_EVIDENCE, "no_evidence", 0.01), Concern.UNANSWERED),
        (an_answer(Outcome.CLARIFY, "no_subject"), Concern.UNANSWERED),
        (an_answer(Outcome.CLARIFY, "empty"), None),
        (an_answer(Outcome.OUT_OF_SCOPE, "other_topics"), Concern.UNANSWERED),
        (an_answer(Outcome.OUT_OF_SCOPE, "greeting"), None),
        (an_answer(Outcome.REFUSED, "fraud"), None),
    ],
)
def test_why_an_answer_is_looked_at(answer, concern):
    assert concern_of(answer) is concern


# --- drafts of cases --------------------------------------------------------------------------------


def test_a_draft_holds_what_is_known_and_waits_for_a_person(found):
    (group,) = [g for g in grouped(of(found, Concern.USELESS)) if g.first.question == "那企业呢"]
    case = draft(group)
    assert case.draft
    assert (case.context, case.language, case.audience) == (["个人创业担保贷款最高能贷多少"], Language.ZH, "owner")
    assert case.topic == group.first.topic
    assert case.expect.documents == list(group.first.documents)
    assert (case.expect.outcome, case.expect.facts) == (Outcome.ANSWERED, [])
    (group,) = [g for g in grouped(of(found, Concern.UNANSWERED)) if "2031" in g.first.question]
    assert draft(group).expect.outcome is Outcome.NO_EVIDENCE
    assert draft(group).kind == "amount"


def test_drafts_are_read_as_cases_and_scored_only_once_confirmed(found, assistant, tmp_path):
    file = tmp_path / "drafts.jsonl"
    file.write_text(draft_lines(grouped(found)), encoding="utf-8")
    drafts = read_cases(file)
    assert len(drafts) >= 4
    assert all(case.draft for case in drafts)
    assert without_drafts(read_files([file])) == ({"drafts": []}, len(drafts))
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([lines[0].replace('"draft": true', '"draft": false'), *lines[1:]]), encoding="utf-8")
    files, left = without_drafts(read_files([file]))
    assert [told.case.id for told in ask_all(assistant, files, TODAY)] == [drafts[0].id]
    assert left == len(drafts) - 1
