"""Clauses become passages: whole where they are short, cut between sentences where they are long."""

from __future__ import annotations

from itertools import pairwise

import pytest

from index.documents.splitter import LONGEST, indexed_text, split
from index.text import sentences
from index.types import Clause, Document, Kind, Language


def document(text: str, language: Language = Language.ZH) -> Document:
    clauses = (Clause("1", "一", "条件", "短句。"), Clause("2", "二", "额度", text))
    return Document("policy", language, Kind.NOTICE, "关于政策的通知", "政策", clauses)


def test_a_short_clause_is_one_passage_with_the_whole_clause_in_it():
    passage = split(document("贷款最高300万元。期限最长1年。"))[1]
    assert (passage.id, passage.clause_id, passage.reference, passage.heading) == ("policy#2", "2", "二", "额度")
    assert passage.text == "贷款最高300万元。期限最长1年。"
    assert passage.span == (0, 17)  # 10 + 7 characters
    assert passage.clause.text == passage.text
    assert passage.position == 1


def test_a_clause_of_just_the_longest_length_stays_whole_and_one_character_more_is_cut():
    at_limit = "甲" * 149 + "。" + "乙" * 149 + "。"
    assert len(at_limit) == LONGEST[Language.ZH] == 300
    assert [p.span for p in split(document(at_limit))[1:]] == [(0, 300)]
    assert [p.span for p in split(document("甲" + at_limit))[1:]] == [(0, 151), (151, 301)]


def test_a_long_clause_is_cut_between_sentences():
    # 4 sentences of 120 characters: two go together (240), a third would make 360
    passages = split(document("".join(char * 119 + "。" for char in "甲乙丙丁")))[1:]
    assert [p.id for p in passages] == ["policy#2", "policy#2/2"]
    assert [p.span for p in passages] == [(0, 240), (240, 480)]
    assert {p.position for p in passages} == {1}


def test_a_piece_may_be_of_just_the_longest_length():
    passages = split(document("".join(char * 149 + "。" for char in "甲乙丙")))[1:]  # 3 sentences of 150
    assert [p.span for p in passages] == [(0, 300), (300, 450)]


def test_a_sentence_longer_than_a_passage_is_never_cut():
    passages = split(document("甲" * 399 + "。" + "乙。"))[1:]
    assert [p.text for p in passages] == ["甲" * 399 + "。", "乙。"]


def test_sentences_that_recur_word_for_word_keep_their_own_places():
    passages = split(document(("同一句话" * 30 + "。") * 4))[1:]  # 4 times 121
    assert [p.span for p in passages] == [(0, 242), (242, 484)]


def test_english_may_be_three_times_as_long():
    sentence = "A" + "a" * 297 + ". "  # 300 with its blank
    assert [p.span for p in split(document((sentence * 3).strip(), Language.EN))[1:]] == [(0, 899)]
    assert [p.span for p in split(document((sentence * 4).strip(), Language.EN))[1:]] == [(0, 899), (900, 1199)]


def test_a_passage_is_indexed_with_the_names_of_its_document_and_clause():
    assert indexed_text(split(document("贷款最高300万元。"))[1]) == "政策 额度\n贷款最高300万元。"


@pytest.mark.parametrize("language", list(Language))
def test_in_the_shipped_corpus_spans_are_exact_and_no_sentence_is_lost_or_cut(corpus, language):
    for page in corpus.documents:
        if page.language is not language:
            continue
        passages = split(page)
        assert len({p.id for p in passages}) == len(passages)
        for position, clause in enumerate(page.clauses):
            pieces = [p for p in passages if p.position == position]
            assert [clause.text[slice(*p.span)] for p in pieces] == [p.text for p in pieces]
            assert all(a.span[1] <= b.span[0] for a, b in pairwise(pieces))
            said = [sentence for p in pieces for sentence in sentences(p.text, language)]
            assert said == sentences(clause.text, language)
