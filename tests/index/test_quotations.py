"""What rule files quote, and whether the clauses still say it: word for word after normalisation, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.documents.quotations import Quotation, read_quotations, rule_files, stale
from index.errors import CorpusError
from index.types import Clause, Document, Kind, Language

ZH, EN = Language


def page(language: Language, *clauses: tuple[str, str]) -> Document:
    told = tuple(Clause(name, name, name, text) for name, text in clauses)
    return Document("notice", language, Kind.NOTICE, "通知", "通知", told)


PAGES = [
    page(ZH, ("1", "小微企业的贷款快到期、仍需用款的，可以向银行申请续贷。"), ("2", "贴息1.5%，最长2年（24个月）。")),
    page(EN, ("1", "Small firms may apply for renewal."), ("2", "The subsidy is 1.5% for up to 2 years (24 months).")),
]


def quotation(clause: str, zh: str | None = None, en: str | None = None) -> Quotation:
    words = tuple((language, said) for language, said in ((ZH, zh), (EN, en)) if said is not None)
    return Quotation("rules/a.yaml", "0", clause, words)


def problems(*quotations: Quotation) -> list[str]:
    return [problem for _, problem in stale(quotations, PAGES)]


# Whether it still stands


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("可以向银行申请续贷", "may apply for renewal"),  # part of a sentence
        ("小微企业的贷款快到期、仍需用款的，可以向银行申请续贷。", "Small firms may apply for renewal."),
        ("小微企业的贷款快到期、仍需用款的,可以向银行申请续贷", "small firms  may apply\nfor renewal"),  # punctuation, blanks, case
    ],
)  # fmt: skip
def test_words_that_stand_in_the_clause_are_in_order(zh, en):
    assert problems(quotation("notice#1", zh, en)) == []


def test_full_width_and_half_width_are_the_same():
    assert problems(quotation("notice#2", "贴息１．５％，最长２年(24个月)", "1.5% for up to 2 years")) == []


@pytest.mark.parametrize(
    ("zh", "en", "gone"),
    [
        ("不可以向银行申请续贷", "may apply for renewal", "'不可以向银行申请续贷'"),
        ("可以向银行申请续贷", "may apply for an extension", "'may apply for an extension'"),
        ("可以向银行续贷", "may renew", "'可以向银行续贷'"),  # both gone: the first is named
        ("", "may apply for renewal", "''"),  # nothing is no quotation
        ("  ", "may apply for renewal", "'  '"),
    ],
)
def test_words_that_do_not_are_named_with_the_clause(zh, en, gone):
    assert problems(quotation("notice#1", zh, en)) == [f"notice#1 does not say {gone}"]


def test_words_of_another_clause_do_not_count():
    assert problems(quotation("notice#2", "可以向银行申请续贷", "may apply for renewal")) == [
        "notice#2 does not say '可以向银行申请续贷'"
    ]


@pytest.mark.parametrize("clause", ["notice#3", "other#1"])
def test_a_clause_that_is_not_there_is_named_with_the_languages_it_lacks(clause):
    assert problems(quotation(clause, "一", "a")) == [f"there is no clause {clause!r} in zh and en"]


def test_a_clause_that_one_language_lacks():
    found = stale([quotation("notice#1", "可以向银行申请续贷", "may apply for renewal")], PAGES[:1])
    assert [problem for _, problem in found] == ["there is no clause 'notice#1' in en"]


def test_each_stale_quotation_comes_with_itself_in_order():
    first, good, last = (
        quotation("notice#9", "一"),
        quotation("notice#1", "可以向银行申请续贷"),
        quotation("notice#1", "没有"),
    )
    assert [item for item, _ in stale([first, good, last], PAGES)] == [first, last]


# Where quotations are found


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def test_rule_files_are_the_yaml_of_the_rules_folder_the_size_standard_and_the_premises(tmp_path):
    assert rule_files(tmp_path) == []
    for name in ("rules/b.yaml", "rules/deep/er/a.yaml", "size_standard.yaml", "premises.yaml", "synonyms.yaml",
                 "rules/README.md"):  # fmt: skip
        write(tmp_path, name, "{}")
    found = [path.relative_to(tmp_path).as_posix() for path in rule_files(tmp_path)]
    assert found == ["rules/b.yaml", "rules/deep/er/a.yaml", "premises.yaml", "size_standard.yaml"]


NESTED = """
- id: loan
  about: {clause: notice#1, quote: {zh: 一, en: one}}
  needs:
    - any:
        - values: [{clause: notice#2, value: 1, quote: {zh: 二, en: two}}, {clause: notice#3, quote: {en: three}}]
"""


def test_quotations_are_found_at_any_depth_with_the_way_to_them(tmp_path):
    write(tmp_path, "rules/a.yaml", NESTED)
    assert read_quotations(tmp_path) == [
        Quotation("rules/a.yaml", "0.about", "notice#1", ((ZH, "一"), (EN, "one"))),
        Quotation("rules/a.yaml", "0.needs.0.any.0.values.0", "notice#2", ((ZH, "二"), (EN, "two"))),
        Quotation("rules/a.yaml", "0.needs.0.any.0.values.1", "notice#3", ((EN, "three"),)),
    ]


@pytest.mark.parametrize(
    "text",
    ["clause: notice#1", "quote: {zh: 一}", "{clause: 1, quote: {zh: 一}}", "{clause: a#1, quote: 一}", "- 1", ""],
)
def test_a_mapping_without_both_is_no_quotation(tmp_path, text):
    write(tmp_path, "rules/a.yaml", text)
    assert read_quotations(tmp_path) == []


def test_a_quotation_may_hold_others(tmp_path):
    write(tmp_path, "rules/a.yaml", "{clause: n#1, quote: {zh: 一}, more: {clause: n#2, quote: {zh: 二}}}")
    assert [(item.place, item.clause) for item in read_quotations(tmp_path)] == [("", "n#1"), ("more", "n#2")]


def test_every_file_that_is_no_yaml_is_named(tmp_path):
    write(tmp_path, "rules/a.yaml", "[")
    write(tmp_path, "rules/b.yaml", "{a: 1, a: 2}")
    write(tmp_path, "rules/c.yaml", NESTED)
    (tmp_path / "size_standard.yaml").write_bytes("划型".encode("gbk"))
    with pytest.raises(CorpusError) as refused:
        read_quotations(tmp_path)
    told = str(refused.value)
    assert all(
        name in told for name in ("a.yaml", "b.yaml", "duplicate key 'a'", "size_standard.yaml", "cannot be read")
    )
    assert "c.yaml" not in told
