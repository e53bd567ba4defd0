"""Words marked in a text, and the part of a long text that shows them."""

from __future__ import annotations

import pytest

from assistant.reference.marking import Marker
from index.words import Words


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(["续贷", "无还本续贷"])


def marked(marker: Marker, text: str) -> list[str]:
    pieces = marker.pieces(text)
    assert "".join(piece.text for piece in pieces) == text
    return [piece.text for piece in pieces if piece.found]


def test_words_and_official_words_are_marked(words):
    assert marked(Marker(["借新还旧 期限", "续贷"], words), "续贷的期限不超过3年。") == ["续贷", "期限"]


def test_neighbours_are_marked_as_one(words):
    assert marked(Marker(["续贷期限"], words), "续贷期限最长3年") == ["续贷期限"]


def test_english_words_are_marked_in_all_their_forms(words):
    assert marked(Marker(["renewing loans"], words), "A loan is renewed; Renewals of LOANS.") == [
        "loan", "renewed", "Renewals", "LOANS",
    ]  # fmt: skip


def test_nothing_is_marked_without_words(words):
    assert marked(Marker([], words), "续贷") == marked(Marker(["？？"], words), "续贷") == []


def test_characters_of_patterns_and_markup_are_only_characters(words):
    assert marked(Marker(["<b>.*(续贷"], words), "<b>续贷</b> .*") == ["b", "续贷", "b"]


def test_a_long_text_is_cut_in_whole_sentences_where_the_words_stand(words):
    text = "第一句什么也没有。" * 20 + "续贷期限为三年。" + "末句什么也没有。" * 20
    cut = Marker(["续贷期限"], words).excerpt(text, 40)
    assert "续贷期限为三年。" in cut
    assert len(cut) <= 42
    assert cut.startswith("…续贷")
    assert cut.endswith("。…")


def test_a_short_text_stays_whole(words):
    assert Marker(["续贷"], words).excerpt("续贷三年。", 40) == "续贷三年。"
