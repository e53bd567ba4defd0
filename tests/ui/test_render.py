"""Turns become safe HTML."""

import re
from dataclasses import replace
from html import unescape

import pytest
from samples import an_answer, citation

from assistant.texts import HERE, load_data, ui_texts
from assistant.types import Outcome
from assistant.ui.render import conversation_html, plain_answer, status_html
from assistant.ui.sources import citation_text, highlighted, sources_html
from assistant.ui.turns import LONGEST, Conversation, Source
from assistant.wiring import State
from index.types import Clause, Language, Validity, Verification

ZH, EN = ui_texts(Language.ZH), ui_texts(Language.EN)
EVIL = "<img src=x onerror=alert(1)>\"'&"


def answered(answer, *sources):
    return Conversation().asked(answer.question).with_last(answer=answer, sources=sources)


def test_a_question_is_shown_as_text():
    html = conversation_html(Conversation().asked(EVIL), ZH)
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_every_text_of_a_document_is_escaped():
    cited = citation(title=EVIL, document_number=EVIL, clause=EVIL, heading=EVIL, quote=EVIL * 2, spans=((0, 9),))
    neighbour = Clause("1", EVIL, EVIL, EVIL)
    answer = an_answer(text=EVIL, notices=(EVIL + "1",), asks=(EVIL + "2",), citations=(cited,))
    conversation = answered(answer, Source(cited, neighbour, neighbour))
    for html in (conversation_html(conversation, ZH), sources_html(conversation, ZH)):
        assert "<img" not in html
        assert not re.search(r"<[^>]*\sonerror=", re.sub(r'"[^"]*"', '""', html)), "an attribute was broken out of"


def test_used_words_are_marked():
    assert highlighted("先申请，后续贷。", ((0, 3), (4, 7))) == "<mark>先申请</mark>，<mark>后续贷</mark>。"


@pytest.mark.parametrize("spans", [((0, 3), (2, 5)), ((2, 5), (0, 3)), ((0, 5), (1, 2)), ((0, 2), (2, 5), (9, 99))])
def test_overlapping_spans_never_repeat_a_word(spans):
    html = highlighted("一二三四五六", spans)
    assert re.sub("</?mark>", "", html) == "一二三四五六"
    assert html.count("<mark>") == html.count("</mark>")


@pytest.mark.parametrize(
    ("validity", "label"), [("yes", "现行有效"), ("no", "已失效"), ("partly", "部分失效"), ("unknown", "有效性未确认")]
)
def test_validity_is_said_in_words(validity, label):
    cited = citation(in_force=Validity(validity))
    assert label in sources_html(answered(an_answer(citations=(cited,)), Source(cited)), ZH)


def test_what_was_not_compared_with_the_original_says_so():
    known = citation(verification=Verification.KNOWN)
    assert "待核对原文" in sources_html(answered(an_answer(), Source(known)), ZH)
    assert "待核对原文" not in sources_html(answered(an_answer(), Source(citation())), ZH)


def test_an_official_link_opens_elsewhere_without_telling_where_from():
    cited = citation(official_url="https://www.gov.cn/a?b=1&c=2")
    html = sources_html(answered(an_answer(), Source(cited)), ZH)
    assert 'href="https://www.gov.cn/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer"' in html


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "data:text/html,x", "//evil.example", "http://", "http://[x"]
)
def test_what_is_no_web_address_is_not_linked(url):
    assert "official" not in sources_html(answered(an_answer(), Source(citation(official_url=url))), ZH)


def test_a_citation_to_paste_names_document_number_clause_and_words():
    assert citation_text(citation(), ZH) == (
        "《续贷通知》（金规〔2024〕13号）二：“先申请，”（据本项目摘要，以发布机构公布的原文为准）"
    )


def test_a_clause_used_as_a_whole_is_pasted_as_a_whole():
    assert "“先申请，后续贷。”" in citation_text(citation(spans=()), ZH)


def test_neighbouring_clauses_can_be_opened():
    before, after = Clause("1", "一", "范围", "甲{}。"), Clause("3", "三", "分类", "乙。")
    html = sources_html(answered(an_answer(), Source(citation(), before, after)), ZH)
    assert "上一条：一 范围" in html
    assert "下一条：三 分类" in html
    assert "甲{}。" in html


def test_only_the_newest_sources_are_shown_at_first():
    first = answered(an_answer(), Source(citation()))
    html = sources_html(first.asked("再问").with_last(answer=an_answer(), sources=(Source(citation()),)), ZH)
    assert re.search(r'id="sources-1"[^>]* hidden>', html)
    assert not re.search(r'id="sources-2"[^>]* hidden>', html)


def test_only_the_newest_answer_comes_in_sentence_by_sentence():
    twice = answered(an_answer()).asked("再问").with_last(answer=an_answer())
    assert conversation_html(twice, ZH).count("fresh") == 1


def test_a_long_answer_stands_within_a_second():
    html = conversation_html(answered(an_answer(text="一句话。" * 200)), ZH)
    step = float(re.search(r"--step:([\d.]+)s", html).group(1))
    assert 200 * step + 0.25 < 1  # every sentence waits its turn, and fades in for a quarter of a second


def test_a_notice_that_the_text_holds_already_is_not_repeated():
    html = conversation_html(answered(an_answer(text="可以。\n\n> 请核对。", notices=("请核对。", "另有规定。"))), ZH)
    assert html.count("<li>") == 1
    assert "<li>另有规定。</li>" in html


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.ANSWERED])
@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_every_other_outcome_has_a_name(outcome, words):
    assert words(f"outcome.{outcome}") in unescape(conversation_html(answered(an_answer(outcome=outcome)), words))


def test_a_copied_answer_lists_its_sources():
    assert plain_answer(an_answer(text="**可以**续贷。[1]")) == "可以续贷。[1]\n[1] 续贷通知 金规〔2024〕13号 二"


def test_a_very_long_question_is_shortened_on_the_page():
    html = conversation_html(Conversation().asked("贷" * 5000), ZH)
    assert "共 5000 字" in html
    assert len(html) < 2000


def test_an_empty_question_is_still_a_turn():
    assert "没有输入文字" in conversation_html(Conversation().asked("  "), ZH)


def test_old_turns_make_room_and_numbers_never_repeat():
    conversation = Conversation()
    for _ in range(LONGEST + 3):
        conversation = conversation.asked("问").with_last(answer=an_answer())
    assert [turn.number for turn in conversation.turns] == list(range(4, LONGEST + 4))


def test_the_status_line_tells_how_far_the_index_is_and_then_goes():
    assert "42%" in status_html(State(by_words_only=True, progress="vectors", share=0.42), ZH)
    assert "按关键词" in status_html(State(by_words_only=True, problem="no weights <b>"), ZH)
    assert "no weights" not in status_html(State(by_words_only=True, problem="no weights <b>"), ZH)
    assert status_html(State(by_words_only=False), ZH) == ""


def test_both_languages_have_the_same_texts():
    def keys(section, prefix=""):
        for key, value in section.items():
            if isinstance(value, dict):
                yield from keys(value, f"{prefix}{key}.")
            else:
                places = set(re.findall(r"{(\w+)}", value)) if isinstance(value, str) else len(value)
                yield f"{prefix}{key}", str(sorted(places) if isinstance(places, set) else places)

    assert set(keys(load_data(HERE / "ui.zh.yaml"))) == set(keys(load_data(HERE / "ui.en.yaml")))


def test_a_turn_that_failed_shows_its_sentence():
    conversation = Conversation().asked("问").with_last(problem="出错了 <b>")
    assert "出错了 &lt;b&gt;" in conversation_html(conversation, ZH)
    assert replace(conversation.last, problem=None).pending


@pytest.mark.parametrize("reason", ["distress", "debt_crisis", "abuse"])
def test_someone_in_need_is_not_told_that_they_are_out_of_scope(reason):
    words = ui_texts(Language.ZH)
    label = words(f"outcome.{Outcome.OUT_OF_SCOPE}")
    shown = conversation_html(answered(an_answer(outcome=Outcome.OUT_OF_SCOPE, reason=reason)), words)
    assert label not in unescape(shown)
    other = conversation_html(answered(an_answer(outcome=Outcome.OUT_OF_SCOPE, reason="foreign")), words)
    assert label in unescape(other)
