"""Claims as people see them: marks, citations, notices."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.texts import texts
from index.types import Language

QUESTIONS = [
    "个人创业担保贷款最高能贷多少", "小微企业贷款到期了还不上本金怎么办", "金规〔2024〕13号第三条怎么说",
    "北京首次贷款贴息多少",
    "2026年3月末普惠小微贷款余额是多少", "无还本续贷是哪个文件规定的", "What is the maximum start-up guarantee loan?",
    "How do I use the fund-flow credit platform, step by step?",
]  # fmt: skip


@pytest.fixture(scope="module", params=QUESTIONS, ids=lambda question: question[:24])
def answer(request, ask):
    return ask(request.param)


def test_marks_and_citations_match(answer):
    body = "\n".join(line for line in answer.text.splitlines() if not line.startswith(">"))
    marked = {int(number) for number in re.findall(r"\[(\d+)\]", body)}
    assert marked == {citation.n for citation in answer.citations}
    assert marked == {number for _, numbers in answer.claims for number in numbers}


def test_citations_are_numbered_in_the_order_of_the_text(answer):
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    body = "\n".join(line for line in answer.text.splitlines() if not line.startswith(">"))
    first = dict.fromkeys(int(number) for number in re.findall(r"\[(\d+)\]", body))
    assert list(first) == sorted(first)


def test_each_sentence_carries_its_own_mark(answer):
    gap = "" if answer.language is Language.ZH else " "
    for claim, numbers in answer.claims:
        assert claim.text + gap + "".join(f"[{n}]" for n in numbers) in answer.text


def test_the_quote_is_the_clause_as_stored(answer, assistant):
    for citation in answer.citations:
        document = assistant.document(citation.document_id, answer.language)
        clause = next(clause for clause in document.clauses if clause.id == citation.clause_id)
        assert citation.quote == clause.text
        assert citation.clause == clause.reference
        assert citation.title == document.title


def test_spans_point_at_the_claims(answer):
    for citation in answer.citations:
        told = {claim.text for claim, numbers in answer.claims if citation.n in numbers and str(claim.kind) == "quoted"}
        assert {citation.quote[start:end] for start, end in citation.spans} == told


def test_notices_stand_in_the_text(answer):
    for notice in answer.notices:
        assert notice in answer.text


def notices(ask, question: str, *context: str, on: date) -> str:
    return "\n".join(ask(question, *context, on=on).notices)


def test_a_lapsed_rule_is_named_as_lapsed_with_its_date(ask):
    assert "到2026年2月18日为止，现在已经失效" in notices(ask, "北京首次贷款贴息多少", on=date(2026, 2, 19))
    assert "18 February 2026 and is no longer in force" in notices(
        ask, "Beijing first-loan subsidy rate", on=date(2026, 2, 19)
    )


def test_the_last_day_in_force_brings_no_such_notice(ask):
    assert "失效" not in notices(ask, "北京首次贷款贴息多少", on=date(2026, 2, 18))
    assert "no longer" not in notices(ask, "Beijing first-loan subsidy rate", on=date(2026, 2, 18))


def test_a_rule_in_force_names_its_last_day_beforehand(ask):
    answer = ask("北京首次贷款贴息多少", on=date(2026, 2, 18))
    assert "有效期到2026年2月18日" in "".join(answer.notices)


def test_a_rule_to_come_is_named_with_its_first_day(ask):
    assert "自2026年1月1日起才施行" in notices(ask, "2026年中小微企业贷款贴息多少", on=date(2025, 12, 31))
    assert "才施行" not in notices(ask, "2026年中小微企业贷款贴息多少", on=date(2026, 1, 1))


def test_the_notice_names_the_citations_it_is_about(ask):
    answer = ask("北京首次贷款贴息多少", on=date(2026, 11, 22))
    lapsed = [str(citation.n) for citation in answer.citations if citation.in_force == "no"]
    told = next(notice for notice in answer.notices if "失效" in notice)
    assert re.findall(r"\[(\d+)\]", told) == lapsed


def test_sources_not_compared_with_the_original_are_named(ask):
    answer = ask("台州信保基金担保费率多少")
    known = [str(citation.n) for citation in answer.citations if citation.verification == "known"]
    assert known
    told = next(notice for notice in answer.notices if "尚未与原文逐字核对" in notice)
    assert re.findall(r"\[(\d+)\]", told) == known


def test_the_glossary_is_ours_and_needs_no_such_notice(ask):
    answer = ask("什么是首贷户")
    assert answer.citations[0].document_id == "glossary"
    told = [notice for notice in answer.notices if "尚未与原文逐字核对" in notice]
    assert all("[1]" not in notice for notice in told)


def test_rules_nobody_could_confirm_are_named(ask):
    answer = ask("浙江贷款码怎么申请")
    unknown = [str(citation.n) for citation in answer.citations if citation.in_force == "unknown"]
    assert unknown
    told = next(notice for notice in answer.notices if "尚未确认" in notice)
    assert re.findall(r"\[(\d+)\]", told) == unknown


def test_national_rules_for_someone_in_a_place_without_its_own_say_so(ask):
    answer = ask("我在成都开店，创业担保贷款最高能贷多少")
    assert "30万元" in answer.claims[0][0].text
    assert "我没有收录成都的专门规定，以上是全国性的规定。" in answer.notices


def test_a_place_with_rules_of_its_own_brings_no_such_notice(ask):
    assert "专门规定" not in "".join(ask("我在深圳开店，创业担保贷款最高能贷多少").notices)


def test_questions_offered_next_are_about_the_leading_document_and_not_answered_yet(ask):
    answer = ask("小微企业续贷怎么办理")
    assert 1 <= len(answer.follow_ups) <= 3
    assert len(set(answer.follow_ups)) == len(answer.follow_ups)
    told = {citation.heading for citation in answer.citations}
    assert all("：" in offered and offered.split("：", 1)[1] not in told for offered in answer.follow_ups)


def test_a_declined_question_without_evidence_names_what_lies_nearest(ask):
    answer = ask("养猪场的粪污处理技术规范")
    assert str(answer.outcome) == "no_evidence"
    assert answer.claims == ()


@pytest.mark.parametrize("language", list(Language))
def test_dates_are_written_as_in_the_language(language):
    from assistant.answering.present import as_written

    assert as_written(date(2026, 2, 8), texts(language)) == {"zh": "2026年2月8日", "en": "8 February 2026"}[language]
