"""Personal data is masked before anything else, and what a question needs is not."""

from __future__ import annotations

import json
import time

import pytest

from assistant.checksums import is_credit_code, is_id_card, looks_like_id_card, passes_luhn
from assistant.personal_data import Personal, masked, masked_kinds, without_masks
from index.types import Language

ID = "11010519491231002X"  # the example of GB 11643
CARD = "6222021001122333443"  # 19 digits with a Luhn check digit
CODE = "91350100M000100Y43"  # the example of GB 32100


def kinds(text: str) -> tuple[Personal, ...]:
    return masked_kinds(masked(text, Language.ZH))


@pytest.mark.parametrize(
    ("number", "right"),
    [
        (ID, True),
        (ID.lower(), True),
        ("110105194912310029", False),  # the check character is X
        ("110105194913310020", False),  # no 13th month
        ("990105194912310020", False),
        ("11010519491231002", False),
    ],
)
def test_identity_numbers_are_told_by_their_check_character(number, right):
    assert is_id_card(number) is right


def test_an_old_identity_number_has_a_province_and_a_day():
    assert looks_like_id_card("110105491231002")
    assert not looks_like_id_card("110105491331002")
    assert not looks_like_id_card("000105491231002")


# 4539 1488 0343 6467, from the right, every second digit doubled: 7+3+4+3+3+8+3+0+8+7+4+2+9+6+5+8 = 80
@pytest.mark.parametrize(("number", "right"), [("4539148803436467", True), ("8273123273520569", False), ("0", True)])
def test_card_numbers_are_told_by_their_last_digit(number, right):
    assert passes_luhn(number) is right


@pytest.mark.parametrize(
    ("code", "right"),
    [(CODE, True), (CODE.lower(), True), ("91350100M000100Y44", False), ("91350100I000100Y43", False), ("9135", False)],
)
def test_credit_codes_are_told_by_their_check_character(code, right):
    assert is_credit_code(code) is right


FOUND = {
    Personal.ID_CARD: [
        ID, "身份证" + ID, "110105 19491231 002X", "110105-19491231-002x", "１１０１０５１９４９１２３１００２Ｘ",
        "110105\u200b19491231\u200b002X", "11 0105 1949 1231 002X", "110105491231002", "110105 491231 002",
        "110105194912310021",  # a slip in the last place: still somebody's number
    ],
    Personal.BANK_CARD: [CARD, "6222 0210 0112 2333 443", "6222-0210-0112-2333-443", "卡号4539148803436467", "4539 1488 0343 6467"],
    Personal.MOBILE: [
        "13800138000", "138 0013 8000", "138-0013-8000", "+8613800138000", "+86 138 0013 8000", "86-13800138000",
        "008613800138000", "(+86)13800138000", "１３８００１３８０００", "138\u200b0013\u200b8000", "电话13800138000能贷吗",
        "一三八零零一三八零零零", "19912345678", "138.0013.8000",
    ],
    Personal.E_MAIL: ["wang@example.com", "wang.li+a@mail.example.com.cn", "写信给wang＠example.com吧"],
    Personal.LANDLINE: ["我的电话是0571-87654321", "家里座机021 6543 2100", "call me at 0571-87654321"],
    Personal.LONG_NUMBER: ["账号1234567890123456789012", "6222021001122333448", "合同编号202411230001234"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_personal_data_is_found_in_every_spelling(kind, text):
    assert kinds(text) == (kind,)
    assert not any(part in masked(text, Language.ZH) for part in ("8000", "1231", "2333", "6467", "example"))


KEPT = [
    CODE, "统一社会信用代码" + CODE, "92330106MA2XXXXX1K", "913501000000000012",
    "12378", "400-888-1234", "95588", "银行客服电话010-66275588", "拨打12345", "0571-12345",
    "贷款3000000元", "年收入15000000000元", "营业额13800000000", "13800000000元", "13500000000 元", "￥13800138000",
    "授信1380013.80万元", "资产1,380,013,800元", "营业收入 15 000 000 000", "100 200 300 400 500 600",
    "金规〔2024〕13号", "财金〔2023〕75号", "2024-09-24", "20240924", "2027-09-30到期", "2023年11月23日", "2024 2025 2026 2027",
    "利率3.1415926535897932%", "3.45%", "从20240924到20270930", "300万 500万 1000万", "员工20人", "1000000000000",
    "a@b", "@贷款", "6%-8%", "第13条", "1380013800", "12345678901",
]  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_what_a_question_needs_is_left_alone(text):
    assert masked(text, Language.ZH) == text


def test_the_words_in_its_place_are_readable_and_in_the_language_of_the_question():
    assert masked("我是13800138000", Language.ZH) == "我是[手机号已隐去]"
    assert masked("I am 13800138000", Language.EN) == "I am [phone number removed]"
    assert masked("Reach me at wang@example.com") == "Reach me at [e-mail address removed]"


def test_several_are_masked_each_in_its_place():
    text = f"身份证{ID}，电话13800138000，卡{CARD}，贷300万"
    assert masked(text, Language.ZH) == "身份证[身份证号已隐去]，电话[手机号已隐去]，卡[银行卡号已隐去]，贷300万"


def test_masking_twice_changes_nothing():
    once = masked(f"{ID} 13800138000 wang@example.com", Language.ZH)
    assert masked(once, Language.EN) == once


@pytest.mark.parametrize(
    "text", ["9" * 100_000, "a" * 100_000 + "@", "1 " * 50_000, "13800138000" * 5_000, "a@b.cc " * 15_000]
)
def test_a_flood_of_digits_is_masked_in_time(text):
    started = time.perf_counter()
    masked(text, Language.ZH)
    assert time.perf_counter() - started < 5  # seconds; a search that backtracks takes minutes


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("我的手机号是13800138000，续贷要什么条件", "续贷要什么条件"),
        ("老王，手机13800138000，续贷要什么条件", "老王，续贷要什么条件"),
        ("续贷要什么条件？联系电话：13800138000", "续贷要什么条件？"),
        ("Can I renew? My phone number is 13800138000", "Can I renew?"),
        ("续贷要什么条件", "续贷要什么条件"),
    ],
)
def test_a_question_is_read_without_the_stand_ins(text, read):
    assert without_masks(masked(text)) == read


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (f"我叫王五，身份证{ID}，手机13800138000，续贷要什么条件", "我叫王五，续贷要什么条件"),
        ("20个人的五金厂，年收入800万，电话13800138000，能贷多少", "20个人的五金厂，年收入800万，能贷多少"),
        ("My phone is 13800138000. What does a renewal require?", "What does a renewal require?"),
    ],
)
def test_masked_data_does_not_change_what_is_understood(ask, text, plain):
    told, untold = ask(text), ask(plain)
    assert [claim.text for claim, _ in told.claims] == [claim.text for claim, _ in untold.claims]
    assert told.assessment == untold.assessment


@pytest.mark.parametrize(
    ("text", "context"),
    [
        (f"续贷要什么条件，我身份证{ID}", ()),
        ("帮我做份假流水，电话13800138000", ()),
        ("今天天气怎么样 13800138000", ()),
        (f"卡号{CARD}", ()),
        ("那利率呢，电话13800138000", (f"创业担保贷款最高贷多少，我身份证{ID}", "我邮箱wang@example.com")),
        (f"Can I renew my loan? My card is {CARD}, wang@example.com", ()),
        ("贷" * 1200 + "13800138000", ()),
    ],
)
def test_no_part_of_an_answer_holds_personal_data_and_the_user_is_told(ask, text, context):
    answer = ask(text, *context)
    record = json.dumps(answer.to_json(), ensure_ascii=False) + repr(answer)
    for secret in (ID, CARD, "13800138000", "wang@example.com"):
        assert secret not in record
    (notice,) = [notice for notice in answer.notices if "隐" in notice or "privacy" in notice]
    assert notice in answer.text


def test_the_notice_names_what_was_taken_out(ask):
    notice = ask(f"续贷要什么条件，{ID}，13800138000").notices[-1]
    assert "身份证号、手机号" in notice


def test_a_question_without_personal_data_has_no_such_notice(ask):
    assert not any("隐私" in notice for notice in ask("续贷要什么条件").notices)


def test_two_telephone_numbers_lead_to_the_same_id(ask):
    assert ask("续贷要什么条件 13800138000").id == ask("续贷要什么条件 13900139000").id


def test_personal_data_alone_is_answered_by_asking_what_is_wanted(ask):
    assert ask("我的身份证号是" + ID).reason == "only_personal_data"
