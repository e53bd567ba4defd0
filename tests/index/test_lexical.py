"""BM25 as the share of what a query could reach."""

from __future__ import annotations

import math

import numpy as np
import pytest

from index.errors import DamagedSnapshotError
from index.lexical import LexicalIndex
from index.words import Words

TEXTS = ["loan renewal", "loan subsidy rate", "subsidy"]


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


@pytest.fixture(scope="module")
def index(words: Words) -> LexicalIndex:
    return LexicalIndex.build(TEXTS, words)


def test_scores_are_those_worked_out_by_hand(index):
    # 3 texts of 2, 3 and 1 words, 2 on average; k1 = 0.6, b = 0.75.
    # idf: loan, in 2 of 3: ln(1 + 1.5/2.5) = 0.4700; renewal, in 1: ln(1 + 2.5/1.5) = 0.9808; together 1.4508.
    # A word that stands once in a text of 2 words counts 1/(1 + 0.6·(0.25 + 0.75·2/2)) = 1/1.6 = 0.625 of its idf,
    # in one of 3 words 1/(1 + 0.6·(0.25 + 0.75·3/2)) = 1/1.825 = 0.5479.
    # loan renewal: 0.625·1.4508/1.4508 = 0.625; loan subsidy rate: 0.5479·0.4700/1.4508 = 0.1775; subsidy: 0.
    assert index.scores("loan renewal") == pytest.approx([0.625, 0.1775, 0], abs=1e-4)


def test_a_word_no_text_has_lowers_the_score_of_all(index):
    # Unseen: ln(1 + 3.5/0.5) = ln 8 = 2.0794; 0.625·0.4700/(0.4700 + 2.0794) = 0.1152 and 0.5479·0.4700/2.5494 = 0.1010
    assert index.scores("loan zebra") == pytest.approx([0.1152, 0.1010, 0], abs=1e-4)
    assert index.scores("loan")[0] > index.scores("loan zebra")[0] > index.scores("loan zebra unicorn")[0] > 0


def test_a_query_of_unknown_words_or_of_none_finds_nothing(index):
    for query in ("zebra", "", "？", "the of"):
        assert index.scores(query).tolist() == [0, 0, 0]


def test_rarity_is_the_inverse_document_frequency(index):
    assert index.rarity("loan") == pytest.approx(math.log(1.6), abs=1e-6)
    assert index.rarity("zebra") == pytest.approx(math.log(8), abs=1e-6)
    assert index.knows("loan")
    assert not index.knows("zebra")


def test_scores_of_the_shipped_corpus_lie_between_0_and_1(snapshot):
    for language, queries in {
        "zh": ["无还本续贷怎么办理", "贷款", "续贷 续贷 续贷 续贷", "天气怎么样", "零售业企业划型标准从业人员营业收入"],
        "en": ["renewal renewal renewal", "loan", "How is the weather?", "interest subsidy for SME loans"],
    }.items():
        lexical = snapshot.searcher.languages[language].lexical
        for query in queries:
            scores = lexical.scores(query)
            assert scores.dtype == np.float32
            assert 0 <= scores.min() <= scores.max() <= 1, query


def test_a_saved_index_gives_the_same_scores(index, words, tmp_path):
    index.save(tmp_path / "words")
    loaded = LexicalIndex.load(tmp_path / "words", words)
    assert np.array_equal(loaded.scores("loan renewal"), index.scores("loan renewal"))


@pytest.mark.parametrize("name", ["count.json", "vocab.index.json", "data.csc.index.npy", "params.index.json"])
@pytest.mark.parametrize("content", [None, b"", b"{"], ids=["missing", "empty", "cut"])
def test_a_damaged_file_is_said_to_be_one(index, words, tmp_path, name, content):
    index.save(tmp_path / "words")
    path = tmp_path / "words" / name
    assert path.exists()
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DamagedSnapshotError, match=r"word index in .* cannot be read.*index build --fresh"):
        LexicalIndex.load(tmp_path / "words", words)
