"""Words and meaning, each switched off: what search goes by is a setting."""

from __future__ import annotations

import pytest

from index.errors import SettingsError
from index.settings import IndexSettings
from index.snapshot import open_snapshot
from index.types import Language, Retriever

QUERY = "续贷的风险分类"


def hits(small_index, encoder, *retrievers):
    snapshot = open_snapshot(small_index, encoder, 60, use_chroma=False, retrievers=frozenset(retrievers))
    return snapshot.searcher.by_words_only, snapshot.searcher.search(QUERY, Language.ZH)


def test_without_words_only_meaning_counts(small_index, encoder):
    by_words_only, found = hits(small_index, encoder, Retriever.MEANING)
    assert not by_words_only
    assert {hit.words for hit in found} == {0.0}
    assert all(hit.cosine is not None for hit in found)
    assert [hit.cosine for hit in found] == sorted((hit.cosine for hit in found), reverse=True)


def test_without_meaning_only_words_count(small_index, encoder):
    by_words_only, found = hits(small_index, encoder, Retriever.WORDS)
    assert by_words_only
    assert {hit.cosine for hit in found} == {None}
    assert [hit.words for hit in found] == sorted((hit.words for hit in found), reverse=True)


def test_words_serve_while_meaning_alone_is_wanted_and_not_there_yet(small_index):
    by_words_only, found = hits(small_index, None, Retriever.MEANING)
    assert by_words_only
    assert found[0].words > 0


@pytest.mark.parametrize(
    ("value", "chosen"),
    [("words", {Retriever.WORDS}), (" meaning , words ", set(Retriever)), ("", set(Retriever))],
)
def test_retrievers_are_listed_in_the_environment(value, chosen):
    assert IndexSettings.from_environment({"SME_RETRIEVERS": value}).retrievers == chosen


@pytest.mark.parametrize("value", ["bm25", ",", "words,vectors"])
def test_an_unknown_retriever_is_refused_by_name(value):
    with pytest.raises(SettingsError, match="SME_RETRIEVERS"):
        IndexSettings.from_environment({"SME_RETRIEVERS": value})
