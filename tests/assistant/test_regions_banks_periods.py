"""Places, lenders and times that a question names."""

from __future__ import annotations

from datetime import date

import pytest
from today import TODAY

from assistant.lexicon.banks import banks_in, without_banks
from assistant.lexicon.periods import holds_over, periods_in, speaks_of
from assistant.lexicon.regions import applies, places_in, without_places


def places(text: str) -> list[str]:
    return [place.name for place in places_in(text)]


def banks(text: str) -> list[str]:
    return [bank.zh for bank in banks_in(text)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("北京首贷贴息", ["北京"]),
        ("河南省郑州市的融资协调机制", ["河南", "郑州"]),
        ("loans in Shenzhen", ["深圳"]),
        ("LOANS IN SHENZHEN", ["深圳"]),
        ("Xi'an and Huai'an", ["西安", "淮安"]),
        ("Inner Mongolia", ["内蒙古"]),
        ("全国的贴息政策", []),
        ("mangzhongshanghai", []),
    ],
)
def test_places_are_told_in_the_order_named(text, named):
    assert places(text) == named


def test_shanxi_and_shaanxi_are_two_provinces():
    assert places("Shanxi") == ["山西"]
    assert places("Shaanxi") == ["陕西"]


def test_taizhou_in_zhejiang_and_taizhou_in_jiangsu_are_two_cities():
    (tai,), (tai_jiangsu,) = places_in("台州小微企业信保基金"), places_in("泰州有什么贴息")
    assert tai.province == "浙江省"
    assert tai_jiangsu.province == "江苏省"
    assert tai != tai_jiangsu


def test_taizhou_alone_is_the_one_in_zhejiang_that_we_hold_rules_of():
    assert places("Does Taizhou have a guarantee fund?") == ["台州"]


@pytest.mark.parametrize("text", ["Taizhou, Jiangsu", "Taizhou Jiangsu", "Taizhou in Jiangsu", "Taizhou (Jiangsu)"])
def test_taizhou_with_its_province_is_the_one_in_jiangsu(text):
    assert places(f"Is there a guarantee fund in {text}?") == ["泰州"]


def test_taizhou_with_the_other_province_is_the_one_in_zhejiang():
    assert places("Taizhou, Zhejiang") == ["台州", "浙江"]


@pytest.mark.parametrize(
    ("text", "bank"),
    [
        ("北京银行有什么产品", "北京银行"),
        ("上海银行的信用贷款", "上海银行"),
        ("台州银行小微贷款", "台州银行"),
        ("loans of Bank of Beijing", "北京银行"),
        ("Bank of Taizhou", "台州银行"),
        ("Bank of Nanjing", "南京银行"),
        ("Bank of Hangzhou", "杭州银行"),
        ("Bank of Chengdu", "成都银行"),
        ("Bank of Chongqing", "重庆银行"),
        ("Harbin Bank", "哈尔滨银行"),
    ],
)
def test_a_bank_named_after_a_place_is_a_bank_and_no_place(text, bank):
    assert places(text) == []
    assert banks(text) == [bank]


def test_a_place_beside_the_bank_named_after_it_is_still_a_place():
    assert places("在北京的北京银行") == ["北京"]


def test_rules_of_a_city_concern_its_province_and_itself_and_no_other():
    assert applies("浙江省", places_in("台州"))
    assert not applies("浙江省", places_in("泰州"))
    assert applies("江苏省", places_in("泰州"))
    assert applies("Zhejiang", places_in("台州"))
    assert not applies("北京市", places_in("上海"))
    assert not applies("北京市", ())


def test_taking_places_out_leaves_banks_named_after_them():
    assert without_places("北京的北京银行").replace(" ", "") == "的北京银行"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("工行经营快贷", ["中国工商银行"]),
        ("ICBC loans", ["中国工商银行"]),
        ("icbc loans", ["中国工商银行"]),
        ("CCB's tax loan", ["中国建设银行"]),
        ("招行和建行哪个好", ["中国建设银行", "招商银行"]),
        ("邮储的小微易贷", ["中国邮政储蓄银行"]),
        ("Industrial and Commercial Bank of China", ["中国工商银行"]),
        ("Agricultural Bank of China", ["中国农业银行"]),
        ("Bank of China", ["中国银行"]),
        ("兴业银行", ["兴业银行"]),
        ("Industrial Bank", ["兴业银行"]),
        ("民生银行民生惠", ["中国民生银行"]),
        ("中信银行", ["中信银行"]),
        ("Bohai Bank", ["渤海银行"]),
        ("哪家银行利率低", []),
    ],
)
def test_lenders_are_told_by_all_their_names(text, named):
    assert banks(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "中国银行业协会", "中国银行保险监督管理委员会", "People's Bank of China", "新发放贷款中信用贷款占多少",
        "其中银行贷款多少",
        "民生领域的贷款", "外贸新兴业态", "推广发放信用贷款", "信贷人员工行为管理", "新建行业目录", "其中行业分类",
        "全新网站",
        "the abc of lending",
    ],
)  # fmt: skip
def test_longer_words_that_hold_a_banks_name_name_no_bank(text):
    assert banks(text) == []


def test_taking_banks_out_leaves_such_words():
    assert without_banks("建设银行贷款中信用贷款").replace(" ", "") == "贷款中信用贷款"


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("去年普惠小微贷款余额", {"2025"}),
        ("last year's balance", {"2025"}),
        ("前年", {"2024"}),
        ("去年底", {"2025-12"}),
        ("去年9月末", {"2025-09"}),
        ("今年上半年", {"2026-06"}),
        ("2025年上半年", {"2025-06"}),
        ("first half of 2025", {"2025-06"}),
        ("2025年一季度", {"2025-03"}),
        ("2025年三季度末", {"2025-09"}),
        ("2025年前三季度", {"2025-09"}),
        ("the third quarter of 2025", {"2025-09"}),
        ("Q3 2025", {"2025-09"}),
        ("mid-2025", {"2025-06"}),
        ("2025年中的余额", {"2025-06"}),
        ("2025年末", {"2025-12"}),
        ("at the end of 2025", {"2025-12"}),
        ("end of June 2025", {"2025-06"}),
        ("2025年6月末和2025年9月末", {"2025-06", "2025-09"}),
        ("2025-06", {"2025-06"}),
        ("2025年", {"2025"}),
        ("in 2025", {"2025"}),
    ],
)
def test_times_are_told_as_months_or_years(text, periods):
    assert periods_in(text, TODAY) == periods


@pytest.mark.parametrize(
    "text",
    [
        "13号文第三条怎么说", "金规〔2024〕13号", "金规[2024]13号", "金规（2024）13号", "2024年13号文", "财金2026年4号",
        "财政部公告2023年第13号", "贷款2年期", "近3年", "1000万元", "document No. 13", "满12个月",
    ],
)  # fmt: skip
def test_numbers_that_are_no_times(text):
    assert periods_in(text, TODAY) == frozenset()


def test_medium_and_small_firms_are_not_the_middle_of_a_year():
    assert periods_in("2026年中小微企业贷款贴息政策", TODAY) == {"2026"}
    assert periods_in("2025年中型企业续贷", TODAY) == {"2025"}


def test_last_year_is_counted_from_the_day_asked():
    assert periods_in("去年", date(2025, 1, 1)) == {"2024"}
    assert periods_in("去年", date(2024, 12, 31)) == {"2023"}


def test_a_text_speaks_of_a_month_by_a_date_within_it():
    assert speaks_of("截至2025年6月末", "2025-06")
    assert speaks_of("2025年6月30日公布", "2025-06")
    assert not speaks_of("截至2025年7月末", "2025-06")
    assert not speaks_of("2024年6月", "2025-06")


def test_a_text_speaks_of_a_year_by_its_number():
    assert speaks_of("2025年末", "2025")
    assert not speaks_of("2024年末", "2025")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022年第2季度起提高到2%", "2022-06"), ("2025年上半年新增授信", "2025-06"), ("2025年下半年", "2025-12"),
        ("2025年末余额36.57万亿元", "2025-12"), ("2025年前三季度", "2025-09"), ("in the second quarter of 2022", "2022-06"),
        ("the first half of 2025", "2025-06"), ("at the end of 2025", "2025-12"),
    ],
)  # fmt: skip
def test_a_part_of_a_year_is_the_month_it_ends_with(text, period):
    assert speaks_of(text, period)


def test_a_part_of_one_year_is_not_that_of_another():
    assert not speaks_of("2024年为1%，2025年第2季度起为2%", "2024-06")


@pytest.mark.parametrize(
    ("text", "within", "outside"),
    [
        ("2022年第2季度起提高到2%", "2022-04", "2022-03"), ("自2026年1月19日起下调", "2026-01", "2025-12"),
        ("2025年9月1日至2026年12月31日发放的", "2026-12", "2027-01"), ("2024年起", "2024-01", "2023-12"),
        ("since October 2024", "2024-10", "2024-09"), ("from 1 January 2026 to 31 December 2026", "2026-06", "2027-01"),
        ("from the second quarter of 2022", "2022-04", "2022-03"),
    ],
)  # fmt: skip
def test_what_holds_from_a_day_on_holds_in_the_months_within(text, within, outside):
    assert holds_over(text, within)
    assert not holds_over(text, outside)
