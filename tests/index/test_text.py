"""One normalisation, one notion of a sentence, one guess at the language."""

from __future__ import annotations

import pytest

from index.text import clean, language_of, normalise, sentences
from index.types import Language

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＬＰＲ减１５０个基点", "lpr减150个基点"),
        ("财金[2026]4号", "财金〔2026〕4号"),
        ("财金［２０２６］4号", "财金〔2026〕4号"),
        ("财金【2026】4号", "财金〔2026〕4号"),
        ("财金(2026)4号", "财金〔2026〕4号"),
        ("财金（2026） 4号", "财金〔2026〕4号"),
        ("见表(2026)", "见表(2026)"),
        ("无 还 本 续 贷", "无还本续贷"),
        ("贷款 3 年 LPR", "贷款3年lpr"),  # a blank between Chinese and other signs says nothing
        ("for 3 years", "for 3 years"),
        ("“续贷”，可以；", '"续贷",可以;'),
        ("Small  and\nMICRO ", "small and micro"),
        ("1—3年", "1-3年"),
    ],
)
def test_words_and_quotations_are_compared_in_one_form(text, expected):
    assert normalise(text) == expected


def test_normalising_twice_changes_nothing_more():
    for text in ("财金［２０２６］4号", "“续贷” ， 100％", "ﬁnance Ⅳ"):
        assert normalise(normalise(text)) == normalise(text)


def test_what_cannot_be_seen_goes():
    assert clean("续\u200b贷\u202e\ufeff\U000e0041") == "续贷"
    assert clean("a\r\nb\rc\x00d") == "a\nb\nc d"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("贷款到期怎么办", ZH),
        ("What is renewal?", EN),
        ("LPR是多少", ZH),
        ("什么是loan prime rate", ZH),  # 3 characters, 3 words
        ("什么是LPR loan prime rate", EN),  # 3 characters, 4 words
        ("How does 续贷 work for a small firm", EN),
        ("2026 ?", None),
        ("", None),
    ],
)
def test_the_language_is_that_of_most_letters(text, expected):
    assert language_of(text) is expected


def test_chinese_sentences_end_at_their_stops_and_at_line_breaks():
    assert sentences("银行可以续贷。“能不能续？”能！\n第二行没有句号\n", ZH) == [
        "银行可以续贷。",
        "“能不能续？”",
        "能！",
        "第二行没有句号",
    ]


def test_english_sentences_do_not_end_in_numbers_and_abbreviations():
    text = "The rate is 3.48% (see No. 13). It fell in 2025, e.g. in May. Does Art. 10 apply? Yes.\nNew line"
    assert sentences(text, EN) == [
        "The rate is 3.48% (see No. 13).", "It fell in 2025, e.g. in May.", "Does Art. 10 apply?", "Yes.", "New line",
    ]  # fmt: skip


@pytest.mark.parametrize("language", [ZH, EN])
def test_nothing_is_lost_between_sentences(corpus, language):
    for document in corpus.documents:
        if document.language is language:
            for clause in document.clauses:
                joined = "".join(sentences(clause.text, language))
                assert "".join(joined.split()) == "".join(clause.text.split()), f"{document.id}#{clause.id}"
