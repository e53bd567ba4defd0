"""The authorities a text names."""

from __future__ import annotations

import pytest

from assistant.lexicon.authorities import authorities_in, without_authorities
from assistant.lexicon.banks import banks_in
from assistant.lexicon.regions import places_in
from index.types import Kind, Language


@pytest.mark.parametrize("language", Language)
def test_every_issuer_of_a_policy_is_a_known_authority_bank_or_place(corpus, language):
    policies = [d for d in corpus.documents if d.language is language and d.kind is not Kind.GLOSSARY]
    issuers = {issuer for document in policies for issuer in document.issuers}
    unknown = {name for name in issuers if not (authorities_in(name) or banks_in(name) or places_in(name))}
    assert unknown <= {"各地人民政府及有关部门", "Local governments and their departments"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中国人民银行征信中心建设", ("中国人民银行征信中心",)),
        ("人民银行和财政部", ("中国人民银行", "财政部")),
        ("国务院办公厅印发", ("国务院办公厅",)),
        ("the People’s Bank of China and the NFRA", ("中国人民银行", "国家金融监督管理总局")),
        ("银行和企业", ()),
    ],
)
def test_the_longest_name_counts_and_short_forms_are_known(text, expected):
    assert authorities_in(text) == expected


def test_names_are_taken_out_whole():
    assert without_authorities("由中国人民银行征信中心运营").split() == ["由", "运营"]
