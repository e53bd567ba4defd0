"""The words BM25 counts."""

from __future__ import annotations

import pytest

from index.words import Words


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(terms=["无还本续贷", "创业担保贷款"], particular=["云税贷", "job-stability loan"])


def test_the_terms_of_the_corpus_stay_whole(words):
    assert words.cut("无还本续贷怎么办理") == ["无还本续贷", "办理"]
    assert "创业担保贷款" in words.cut("申请创业担保贷款")
    assert "创业担保贷款" not in Words().cut("申请创业担保贷款")


def test_what_one_corpus_keeps_whole_does_not_change_another():
    Words(terms=["银行同意"])
    assert "银行同意" not in Words().cut("银行同意续贷")


def test_english_words_lose_their_endings_and_stop_words(words):
    assert words.cut("The loans of small enterprises are renewed") == words.cut("loan small enterprise renew")


def test_numbers_and_names_stay_as_they_are(words):
    assert words.cut("LPR 3.45% e贷") == ["lpr", "3.45%", "e", "贷"]


def test_every_two_neighbouring_chinese_characters_count_too_but_not_across_other_signs(words):
    assert words.tokens("无还本续贷，LPR") == ["无还本续贷", "lpr", "_无还", "_还本", "_本续", "_续贷"]


@pytest.mark.parametrize("text", ["", "？！。", "的了吗", "the of to", "   "])
def test_a_text_of_nothing_but_stop_words_and_signs_has_no_words(words, text):
    assert words.cut(text) == []


def test_full_width_and_capital_letters_count_as_the_same_word(words):
    assert words.cut("ＬＰＲ") == words.cut("lpr") == ["lpr"]


def test_a_text_is_particular_when_it_names_what_few_documents_are_about(words):
    assert words.particular("建行云税贷最高多少")
    assert words.particular("Who gets the Job-Stability Loan?")
    assert not words.particular("贷款最高多少")
    assert not Words().particular("云税贷")


def test_what_names_a_particular_subject_can_be_taken_out(words):
    assert words.without_particular("建行云税贷最高多少").split() == ["建行", "最高多少"]
