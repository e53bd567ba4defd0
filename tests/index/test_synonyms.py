"""What people say, in the words documents use."""

from __future__ import annotations

from index.synonyms import Synonym, Synonyms
from index.types import Language

ZH, EN = Language.ZH, Language.EN
SYNONYMS = Synonyms([
    Synonym(("倒贷", "接着贷"), ("续贷", "无还本续贷"), ZH),
    Synonym(("没抵押",), ("信用贷款",), ZH),
    Synonym(("免还本",), ("无还本续贷",), ZH),
    Synonym(("roll over", "r&d"), ("renewal",), EN),
    Synonym(("ip",), ("intellectual property",), EN),
])  # fmt: skip


def test_colloquial_words_bring_the_official_ones_in_the_order_of_the_data():
    assert SYNONYMS.official_words("没抵押能不能倒贷", ZH) == ["续贷", "无还本续贷", "信用贷款"]


def test_an_official_word_the_question_has_already_is_not_added():
    assert SYNONYMS.official_words("倒贷就是续贷吗", ZH) == ["无还本续贷"]


def test_an_official_word_comes_once():
    assert SYNONYMS.official_words("接着贷、免还本", ZH) == ["续贷", "无还本续贷"]


def test_english_expressions_match_whole_words_in_any_case():
    assert SYNONYMS.official_words("Can I Roll  Over my loan?", EN) == ["renewal"]
    assert SYNONYMS.official_words("a loan on my IP", EN) == ["intellectual property"]
    assert SYNONYMS.official_words("zip code of the ship", EN) == []


def test_each_language_has_its_own():
    assert SYNONYMS.official_words("倒贷", EN) == []
    assert SYNONYMS.official_words("roll over", ZH) == []


def test_full_width_writing_matches_too():
    assert SYNONYMS.official_words("ｒ＆ｄ", EN) == ["renewal"]


def test_a_question_in_official_words_gets_none():
    assert SYNONYMS.official_words("无还本续贷怎么办理", ZH) == []
