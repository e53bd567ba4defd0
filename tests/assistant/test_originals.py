"""Answers from uploaded originals: before our digests, to their groups alone, in their newest version."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from assistant.records.receipt import record_of
from assistant.records.replay import replay
from assistant.records.telling import replay_lines
from assistant.types import Answer, Outcome, Question
from assistant.wiring import Assistant
from index.encoders import OnnxE5
from index.library.types import State
from index.lock import DataLock
from index.settings import IndexSettings
from index.snapshot import open_snapshot

DAY = date(2026, 11, 23)
ORIGINAL = """国家金融监督管理总局关于做好续贷工作的通知

金规〔2024〕13号

各银行：

一、适用对象。对贷款到期后仍有融资需求的小微企业，银行可以按照市场化原则办理续贷。

二、优化办理流程。同意续贷的，应当在原贷款到期前{days}个工作日与企业签订新的借款合同。

国家金融监督管理总局
2024年9月24日
"""
PRIVATE = """云溪银行内部操作规程

云银规〔2026〕5号

第一条 “店店贷”单户授信额度最高为80万元。

第二条 “店店贷”的审批权限在县级支行，五个工作日内办结。

云溪银行
2026年3月1日
"""


@pytest.fixture
def serving(small_corpus: Path, small_data_dir: Path, small_index: Path, encoder: OnnxE5) -> Iterator[Assistant]:
    """An assistant as the page has it: data lock, Chroma, and the library's worker."""
    shutil.copytree(small_index, small_data_dir / "index")
    settings = IndexSettings(corpus_dir=small_corpus, data_dir=small_data_dir)
    lock = DataLock(small_data_dir).acquire()
    assistant = Assistant(settings, open_snapshot(small_data_dir / "index", encoder, candidates=60), lock)
    assistant.keep_library()
    yield assistant
    assistant.close()


@pytest.fixture
def upload(serving: Assistant, tmp_path: Path) -> Callable[..., str]:
    """upload(text, group=…, replaces=…) → the id of the released upload."""

    def released(text: str, *, group: str | None = None, replaces: str | None = None) -> str:
        path = tmp_path / "file.txt"
        path.write_text(text, encoding="utf-8")
        library = serving.library
        added = library.add(path, "file.txt", by="zhang", group=group, replaces=replaces)
        while library.get(added.id).state in (State.QUEUED, State.READING):
            pass
        return library.release(added.id, by="li").id

    return released


def ask(serving: Assistant, text: str, *groups: str) -> Answer:
    return serving.answer(Question(text, DAY, groups=groups))


def test_an_original_is_cited_in_the_place_of_our_digest(serving, upload):
    before = ask(serving, "续贷怎么办理，要签新合同吗")
    assert {c.document_id for c in before.citations} == {"renewal"}
    id = upload(ORIGINAL.format(days=10))
    after = ask(serving, "续贷怎么办理，要签新合同吗")
    cited = after.citations[0]
    assert (cited.upload, cited.document_id, cited.clause_id) == (id, f"upload-{id}", "2")
    assert "10个工作日" in after.text
    assert "2" not in {c.clause_id for c in after.citations if c.document_id == "renewal"}  # the digest's own second
    told = after.to_json()["citations"][0]
    assert (told["original"], told["upload"], told["pages"]) == (True, id, [1])


def test_a_clause_asked_for_by_number_is_given_from_the_original(serving, upload):
    id = upload(ORIGINAL.format(days=10))
    answer = ask(serving, "金规〔2024〕13号第二条怎么说")
    assert [(c.upload, c.clause_id) for c in answer.citations] == [(id, "2")]
    assert answer.to_json()["corpus"] == "original"


def test_a_document_of_a_group_answers_that_group_alone(serving, upload):
    id = upload(PRIVATE, group="云溪银行")
    question = "店店贷单户授信额度最高多少"
    answer = ask(serving, question, "云溪银行")
    assert answer.citations[0].upload == id
    assert "80万元" in answer.text
    for groups in ((), ("别的银行",)):
        other = ask(serving, question, *groups)
        assert "80万" not in other.text
        assert all(c.upload is None for c in other.citations)
        assert not any(id in name for name in other.considered)


def test_others_are_not_told_that_a_groups_document_exists(serving, upload):
    question = "云银规〔2026〕5号第二条怎么说"
    before = ask(serving, question)
    upload(PRIVATE, group="云溪银行")
    after = ask(serving, question)
    assert after.outcome is Outcome.NO_EVIDENCE
    assert after.text == before.text
    assert after.considered == before.considered


LOCAL = """云溪市人民政府办公室关于设立续贷受理窗口的通知

云溪府办〔2026〕9号

各县（区）人民政府：

第一条 云溪市政务服务中心设立续贷受理窗口，每周三上午集中受理。

第二条 受理窗口应当在三个工作日内把申请转交银行。

云溪市人民政府办公室
2026年5月6日
"""


def test_a_local_original_answers_those_who_name_its_place_or_none(serving, upload):
    id = upload(LOCAL)
    for question in ("续贷受理窗口每周几受理", "云溪市的续贷受理窗口每周几受理"):
        assert ask(serving, question).citations[0].upload == id
    assert all(c.upload is None for c in ask(serving, "成都的续贷受理窗口每周几受理").citations)


def test_an_old_version_is_not_answered_from(serving, upload):
    old = upload(ORIGINAL.format(days=10))
    new = upload(ORIGINAL.format(days=15), replaces=old)
    answer = ask(serving, "金规〔2024〕13号第二条怎么说")
    assert {c.upload for c in answer.citations} == {new}
    assert "15个工作日" in answer.text
    assert "10个工作日" not in answer.text


def test_after_retiring_the_digest_answers_again(serving, upload):
    question = "续贷怎么办理，要签新合同吗"
    before = ask(serving, question)
    id = upload(ORIGINAL.format(days=10))
    assert ask(serving, question).text != before.text
    serving.library.retire(id, by="li")
    assert ask(serving, question).text == before.text


def test_a_replay_says_plainly_that_the_uploads_have_changed(serving, upload):
    id = upload(ORIGINAL.format(days=10))
    question = Question("金规〔2024〕13号第二条怎么说", DAY)
    record = record_of("a" * 26, datetime.now(timezone.utc), "page", question, serving.answer(question), serving.serving)
    assert record["corpus"]["uploads"]["documents"] == 1
    assert replay(record, serving.serving).identical
    serving.library.retire(id, by="li")
    found = replay(record, serving.serving)
    assert not found.identical
    assert any(name.startswith("corpus.uploads") for name, _, _ in found.basis)
    assert "The uploaded documents it could be answered from have changed since." in list(replay_lines(found))
    assert any(change.gone for change in found.clauses)


def test_a_groups_receipt_is_replayed_for_that_group(serving, upload):
    upload(PRIVATE, group="云溪银行")
    question = Question("店店贷单户授信额度最高多少", DAY, groups=("云溪银行",))
    record = record_of("a" * 26, datetime.now(timezone.utc), "page", question, serving.answer(question), serving.serving)
    assert record["question"]["groups"] == ["云溪银行"]
    assert replay(record, serving.serving).identical


def test_without_uploads_the_record_is_as_it_was(serving):
    question = Question("续贷怎么办理", DAY)
    record = record_of("a" * 26, datetime.now(timezone.utc), "page", question, serving.answer(question), serving.serving)
    assert "uploads" not in record["corpus"]
    assert "groups" not in record["question"]
    assert all("original" not in citation for citation in record["answer"]["citations"])


LISTED = """云溪市人民政府办公室关于做好小微企业续贷服务工作的通知

云溪府办〔2026〕8号

各有关单位：

为缓解云溪市小微企业续贷压力，经云溪市政府同意，现就续贷服务有关事项通知如下。

一、基本条件。云溪市小微企业申请续贷，应当同时符合下列要求：
1.生产经营正常，产品有市场；
2.近十二个月没有恶意欠息；
3.没有列入严重失信主体名单；
4.原贷款为正常类或者关注类。

二、不予支持的情形。企业已经停产半年以上，或者法定代表人下落不明的，不予续贷。

三、答复时限。材料齐全的，银行应当在五个工作日内答复续贷申请。

四、转贷资金。云溪市转贷资金规模为1.2亿元，由市中小企业服务中心管理。单笔转贷资金最高不超过一千万元，使用期限最长不超过十五日。

本通知自2026年4月1日起施行，有效期至2028年12月31日。

云溪市人民政府办公室
2026年3月12日
"""


def test_a_list_of_an_original_is_given_whole_and_its_heading_alone_is_left_out(serving, upload):
    upload(LISTED)
    lead = [claim.text for claim, _ in ask(serving, "云溪市续贷基本条件有哪些").claims][:5]
    assert lead[0].endswith("应当同时符合下列要求：")
    assert [text[0] for text in lead[1:]] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("云溪市哪些企业不能续贷", "2"),
        ("云溪市续贷几天答复", "3"),
        ("云溪市转贷资金最长用几天", "4"),  # numbers written as words
        ("云溪市续贷的通知有效期到什么时候", "closing"),
    ],
)
def test_how_an_original_opens_and_ends_leads_only_where_it_is_asked_for(serving, upload, question, clause):
    upload(LISTED)
    assert ask(serving, question).citations[0].clause_id == clause


TABLE = """# 云溪市转贷资金额度分配办法

## 额度分配

表1 各银行转贷额度 单位：万元

| 银行 | 上半年额度 | 下半年额度 |
|---|---|---|
| 云溪农商银行 | 2800 | 3200 |
| 云溪银行 | 1900 | 1900 |
| 丰禾村镇银行 | 350 | 360 |
"""


def test_a_table_that_leads_is_given_with_all_its_rows_each_on_its_line(serving, tmp_path):
    path = tmp_path / "table.md"
    path.write_text(TABLE, encoding="utf-8")
    added = serving.library.add(path, "table.md", by="zhang")
    while serving.library.get(added.id).state in (State.QUEUED, State.READING):
        pass
    serving.library.release(added.id, by="li")
    answer = ask(serving, "云溪市各银行的转贷资金额度是多少")
    rows = [claim for claim, _ in answer.claims if claim.passages[0].clause.table is not None]
    assert [claim.line for claim in rows[:3]] == [True] * 3
    for bank, figure in (("云溪农商银行", "3200"), ("云溪银行", "1900"), ("丰禾村镇银行", "360")):
        assert any(bank in claim.text and figure in claim.text for claim in rows)


def test_what_can_be_asked_next_always_names_something(serving, upload):
    upload(LISTED)
    offered = ask(serving, "云溪市续贷基本条件有哪些").follow_ups
    assert offered
    assert all(not text.endswith(("：", ": ")) for text in offered)
