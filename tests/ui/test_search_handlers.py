"""The search as its handlers answer: addresses read and made, text escaped, documents of a group for its members only."""

from __future__ import annotations

import json
import shutil
from datetime import date
from urllib.parse import parse_qsl

import pytest
from starlette.datastructures import QueryParams

from assistant.accounts.people import Account, Role
from assistant.accounts.sessions import Session
from assistant.texts import staff_texts
from assistant.ui.library.search import Search
from assistant.ui.library.search_query import asked
from assistant.ui.plain.visit import Visit
from assistant.wiring import Assistant
from index.library.types import State
from index.lock import DataLock
from index.settings import IndexSettings
from index.snapshot import open_snapshot
from index.types import Language

DAY = date(2026, 11, 28)
PRIVATE = """云溪银行内部操作规程

云银规〔2026〕5号

第一条 “店店贷”单户授信额度最高为80万元。

第二条 “店店贷”的审批权限在县级支行，五个工作日内办结。

云溪银行
2026年3月1日
"""


def visit(query: str, *groups: str, language: Language = Language.ZH) -> Visit:
    account = Account("li", "li", Role.STAFF, frozenset(groups), "")
    session = Session(account, "token") if groups else None
    return Visit("/library", QueryParams(parse_qsl(query)), staff_texts(language), session, "")


@pytest.fixture(scope="module")
def open_library(small_index, encoder, encoder_dir, tmp_path_factory):
    """The search over the small corpus and an internal document of one bank."""
    directory = tmp_path_factory.mktemp("search")
    (directory / "models").mkdir()
    (directory / "models" / "multilingual-e5-small").symlink_to(encoder_dir)
    shutil.copytree(small_index, directory / "index")
    settings = IndexSettings(
        corpus_dir=IndexSettings().corpus_dir.parent / "tests" / "small_corpus", data_dir=directory
    )
    snapshot = open_snapshot(directory / "index", encoder, candidates=60, use_chroma=False)
    assistant = Assistant(settings, snapshot, DataLock(directory).acquire())
    assistant.keep_library()
    path = directory / "rules.txt"
    path.write_text(PRIVATE, encoding="utf-8")
    added = assistant.library.add(path, "rules.txt", by="zhang", group="云溪银行")
    while assistant.library.get(added.id).state in (State.QUEUED, State.READING):
        pass
    assistant.library.release(added.id, by="li")
    yield Search(assistant, today=lambda: DAY), f"upload-{added.id}"
    assistant.close()


@pytest.fixture
def search(open_library) -> Search:
    return open_library[0]


@pytest.mark.parametrize("line", ["店店贷", "云银规〔2026〕5号", "云银规5号第二条", "云溪银行内部操作规程", ""])
def test_a_groups_document_is_there_for_its_members_only(open_library, line):
    search, upload = open_library
    q = f"q={line}&sort=newest"

    def seen(*groups):
        answers = search.results(visit(q, *groups)).body.decode() + search.page(visit(q, *groups)).body.decode()
        return upload in answers, "云溪银行" in answers.replace(line, "") or "店店贷" in answers.replace(line, "")

    assert seen("云溪银行") == (True, True)
    assert seen() == seen("别的银行") == (False, False)


def test_counts_and_facets_do_not_tell_others_of_it(open_library):
    search, _ = open_library
    member, other = (json.loads(search.results(visit("", *groups)).body) for groups in (("云溪银行",), ()))
    assert member["count"] != other["count"]
    assert "云溪银行" in member["facets"]
    assert "云溪银行" not in other["facets"]


@pytest.mark.parametrize(
    "line", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "</title><b>"]
)
def test_what_is_typed_is_shown_as_text_only(search, line):
    query = str(QueryParams({"q": line, "kind": line, "topic": line, "day": line, "document": line}))
    html = search.page(visit(query)).body.decode()
    news = json.loads(search.results(visit(query)).body)
    for text in (html, news["facets"], news["results"]):
        assert line not in text
    assert (
        "alert(1)&lt;/script&gt;" in html or "alert(1)&gt;" in html or "&#x27;alert(1)" in html or "&lt;b&gt;" in html
    )


def test_an_address_is_read_and_made_the_same():
    query = "q=续贷&kind=notice&kind=law&region=浙江省&issued_from=2024-01-01&day=2026-01-01&in=en&sort=newest&page=3"
    wanted = asked(visit(query))
    assert (wanted.line, wanted.fields["kind"], wanted.page) == ("续贷", ("notice", "law"), 3)
    assert sorted(parse_qsl(wanted.address(page=3)[1:])) == sorted(parse_qsl(query))
    assert dict(parse_qsl(wanted.without("kind", "law")[1:]))["kind"] == "notice"
    assert "page" not in dict(parse_qsl(wanted.without("kind", "law")[1:]))  # another list begins


@pytest.mark.parametrize(
    ("query", "wrong"),
    [("day=morgen", ("day",)), ("issued_from=2024-13-01&issued_to=1", ("issued_from", "issued_to")),
     ("page=-1&page=x", ()), ("page=" + "9" * 30, ()), ("in=fr&sort=odd&kind=", ())],
)  # fmt: skip
def test_what_makes_no_sense_is_named_and_left_out(search, query, wrong):
    wanted = asked(visit(query))
    assert (wanted.wrong, wanted.page, wanted.empty) == (wrong, 1, True)
    html = search.page(visit(query)).body.decode()
    assert html.count("不是一个日期") == len(wrong)


def test_results_lead_to_the_clause_on_the_day_of_the_search(search):
    news = json.loads(search.results(visit("q=续贷&day=2025-01-02")).body)
    assert "policy/" in news["results"]
    assert "?day=2025-01-02#c-" in news["results"]
    assert "day=" not in json.loads(search.results(visit("q=续贷")).body)["results"].split("clauses-found")[0]


def test_where_nothing_is_found_the_page_says_so_and_what_to_try(search):
    news = json.loads(search.results(visit("q=火星移民签证&region=浙江省")).body)
    assert news["count"] == "没有找到"
    for words in ("这不等于没有这样的规定", "去掉全部筛选", "在英文资料里查", "到问答页"):
        assert words in news["results"]


def test_every_value_has_its_words_in_both_languages():
    from assistant.reference.status import Status
    from assistant.texts import room_texts
    from index.types import Kind

    for language in Language:
        value = room_texts("search", language).section("value")
        assert set(value["kind"]) == {str(kind) for kind in Kind}
        assert set(value["status"]) == {str(status) for status in Status}
