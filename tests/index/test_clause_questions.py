"""Questions that clauses answer: read strictly, searched beside the clause, never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.documents.corpus import corpus_digest, load_corpus
from index.documents.splitter import entries, split
from index.errors import CorpusError
from index.snapshot import build, open_snapshot
from index.types import Language


def write(corpus: Path, name: str, text: str) -> Path:
    path = corpus / "questions" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def document(small_corpus: Path):
    return next(d for d in load_corpus(small_corpus).documents if d.language is Language.ZH and len(d.clauses) > 1)


def test_each_language_gets_its_own_and_a_clause_without_has_none(small_corpus, document):
    first, second = document.clauses[0].id, document.clauses[1].id
    write(small_corpus, document.id, f'"{first}": {{zh: ["怎么还钱"], en: ["how to repay", "when"]}}')
    found = {d.language: d for d in load_corpus(small_corpus).documents if d.id == document.id}
    assert found[Language.ZH].clauses[0].questions == ("怎么还钱",)
    assert found[Language.EN].clauses[0].questions == ("how to repay", "when")
    assert found[Language.ZH].clauses[1].id == second
    assert found[Language.ZH].clauses[1].questions == ()


def test_they_change_the_digest_of_the_corpus(small_corpus, document):
    before = corpus_digest(small_corpus)
    write(small_corpus, document.id, f'"{document.clauses[0].id}": {{zh: ["怎么还钱"], en: ["how"]}}')
    assert corpus_digest(small_corpus) != before


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{nowhere: {zh: [怎么办], en: [how]}}", "there is no clause 'nowhere'"),
        ("{nowhere: {zh: [怎么办]}}", "en: Field required"),
        ("{nowhere: {zh: [], en: [how]}}", "zh: List should have at least 1 item"),
        ("- a", "Input should be a valid dictionary"),
        ("a: b: c", "cannot be read"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_its_place(small_corpus, document, text, problem):
    path = write(small_corpus, document.id, text)
    with pytest.raises(CorpusError) as caught:
        load_corpus(small_corpus)
    assert any(str(path) in line and problem in line for line in caught.value.problems)


def test_a_file_for_no_document_and_a_question_said_twice_are_refused(small_corpus, document):
    write(small_corpus, "nobody", "{a: {zh: [怎么办], en: [how]}}")
    with pytest.raises(CorpusError, match="there is no document 'nobody'"):
        load_corpus(small_corpus)
    (small_corpus / "questions" / "nobody.yaml").unlink()
    first, second = document.clauses[0].id, document.clauses[1].id
    write(small_corpus, document.id, f'{{"{first}": {{zh: [怎么办], en: [how]}}, "{second}": {{zh: [怎么办], en: [when]}}}}')
    with pytest.raises(CorpusError, match="'怎么办' stands twice"):
        load_corpus(small_corpus)


def test_entries_are_the_passages_and_then_the_questions_each_with_its_passage(small_corpus, document):
    clause = document.clauses[1].id
    write(small_corpus, document.id, f'"{clause}": {{zh: ["甲事怎么办", "乙事怎么办"], en: [how]}}')
    changed = next(d for d in load_corpus(small_corpus).documents if (d.id, d.language) == (document.id, Language.ZH))
    passages = split(changed)
    found = entries(passages)
    row = next(n for n, p in enumerate(passages) if p.clause_id == clause)
    assert [(e.row, e.asked) for e in found[: len(passages)]] == [(n, False) for n in range(len(passages))]
    assert [(e.row, e.text) for e in found[len(passages) :]] == [(row, "甲事怎么办"), (row, "乙事怎么办")]


def test_a_clause_is_found_by_a_question_that_shares_no_word_with_it(small_corpus, document, tmp_path, encoder):
    clause = document.clauses[-1]
    said = "鸡蛋卖不掉了谁来兜底"
    found = {}
    for name in ("without", "with"):
        if name == "with":
            write(small_corpus, document.id, f'"{clause.id}": {{zh: ["{said}"], en: [who pays for eggs]}}')
        build(tmp_path / name, load_corpus(small_corpus), encoder)
        snapshot = open_snapshot(tmp_path / name, encoder, candidates=60)
        found[name] = snapshot.searcher.search("鸡蛋滞销了找谁兜底", Language.ZH, 3)
        snapshot.close()
    assert found["with"][0].passage.clause_id == clause.id
    assert found["with"][0].passage.document_id == document.id
    assert found["without"][0].score < found["with"][0].score
    assert said not in found["with"][0].passage.text
