"""Clauses in other words: what says the same passes, what only looks alike does not."""

from __future__ import annotations

import pytest
import yaml

from assistant.answering.grounding import objection
from assistant.types import Claim, ClaimKind, Part
from index.documents.corpus import Corpus
from index.settings import ROOT
from index.types import Language, Passage

SAMPLES = [
    (entry["clause"], Language(language), kind, text)
    for entry in yaml.safe_load((ROOT / "tests/assistant/answering/paraphrases.yaml").read_text(encoding="utf-8"))
    for language in ("zh", "en")
    for kind in ("right", "wrong")
    for text in entry.get(language, {}).get(kind, [])
]


def phrased(corpus: Corpus, clause: str, language: Language, text: str) -> Claim:
    name, _, id = clause.partition("#")
    document = next(d for d in corpus.documents if d.id == name and d.language is language)
    position, own = next((n, c) for n, c in enumerate(document.clauses) if c.id == id)
    passage = Passage(clause, name, id, language, own.reference, own.heading, own.text, (0, len(own.text)), position, document)
    return Claim(text, ClaimKind.PHRASED, Part.LEAD, (passage,))


@pytest.mark.parametrize(("clause", "language", "kind", "text"), [s for s in SAMPLES if s[2] == "right"])
def test_what_says_the_same_in_other_words_holds(corpus, clause, language, kind, text):
    assert objection(phrased(corpus, clause, language, text)) is None


@pytest.mark.parametrize(("clause", "language", "kind", "text"), [s for s in SAMPLES if s[2] == "wrong"])
def test_what_only_looks_alike_is_caught(corpus, clause, language, kind, text):
    assert objection(phrased(corpus, clause, language, text)) is not None


def test_a_true_sentence_on_another_clause_is_caught(corpus):
    true = "续不续贷由银行按市场化、法治化原则自主评审决定，企业没有当然续贷的权利。"
    assert objection(phrased(corpus, "jingui-2024-13#bank-decides", Language.ZH, true)) is None
    assert objection(phrased(corpus, "jingui-2024-13#4", Language.ZH, true)) is not None


def test_one_wrong_sentence_among_right_ones_is_caught(corpus):
    right = "续不续贷由银行按市场化、法治化原则自主评审决定，企业没有当然续贷的权利。"
    both = right + "银行必须在3天内答复。"
    assert objection(phrased(corpus, "jingui-2024-13#bank-decides", Language.ZH, both)) is not None
