"""Figures and dates come out the same however and in whichever language they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.figures import dates, document_numbers, figures, plain


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["23.6万亿元", "23.6 trillion yuan", "CNY 23,600 billion", "23600000000000"], {"23600000000000"}),
        (["5000万元", "50 million yuan", "0.5亿元", "50,000,000 yuan"], {"50000000"}),
        (["2万户", "20,000 firms", "20 thousand firms"], {"20000"}),
        (["50万元", "500,000 yuan", "0.5 million yuan"], {"500000"}),
        (["3千万元", "30 million yuan"], {"30000000"}),
        (["32.8%", "32.80%", "32.8 per cent", "32.8 percent", "32.8％", "32.8 %"], {"32.8%"}),
        (["0.05‰"], {"0.05‰"}),
        (["10%—30%", "10%–30%", "from 10% to 30%"], {"10%", "30%"}),
        (["3年、3个月、3%", "3 years, 3 months, 3%"], {"3", "3%"}),
        (["5000万元×1.5%×2年", "50 million yuan × 1.5% × 2 years"], {"50000000", "1.5%", "2"}),
        (["日万分之三", "three in ten thousand a day", ""], set()),
    ],
)
def test_quantities_have_one_form(texts, expected):
    assert [figures(text) for text in texts] == [expected] * len(texts)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["2024年9月24日", "24 September 2024", "September 24, 2024", "24 Sept. 2024", "2024-09-24"], {"2024-09-24"}),
        (["2025年6月末", "end of June 2025", "2025-06"], {"2025-06"}),
        (["每年9月30日", "30 September each year"], {"--09-30"}),
        (["12月", "December"], {"--12"}),
        (["2025年5月", "May 2025"], {"2025-05"}),
        (["Firms may apply", "apply in march step"], set()),
        (["13月"], set()),
    ],
)
def test_dates_have_one_form_and_keep_what_is_left_open(texts, expected):
    assert [dates(text) for text in texts] == [expected] * len(texts)


def test_a_date_gives_no_numbers_beside_itself():
    assert figures("自2026年1月1日起，到2026年12月31日止") == {"2026-01-01", "2026-12-31"}
    assert figures("from 1 January 2026 to 31 December 2026") == {"2026-01-01", "2026-12-31"}


def test_a_year_alone_is_a_number_like_any_other():
    assert figures("2024年") == figures("in 2024") == {"2024"}


@pytest.mark.parametrize(
    "text",
    ["金规〔2024〕13号", "国务院令第802号", "2023年第13号", "第13号令", "No. 13", "第十条", "第10条", "二（一）",
     "Article 10", "Articles 10 and 12", "Section 2(1)"],
)  # fmt: skip
def test_document_numbers_and_clause_references_are_no_quantities(text):
    assert figures(text) == set()


def test_a_document_number_is_found_in_any_brackets():
    assert document_numbers("见财金[2026]4号、金规（2024）13号和工信部联企业〔2011〕300号") == {
        "财金〔2026〕4号", "金规〔2024〕13号", "企业〔2011〕300号",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"), [("36.00", "36"), ("3.480", "3.48"), ("2.36E+13", "23600000000000"), ("0", "0"), ("100", "100")]
)
def test_a_number_is_written_without_exponent_or_trailing_zeros(value, text):
    assert plain(Decimal(value)) == text
