"""Correct sentences made wrong, one thing at a time: a digit, date, unit, bound, party, name, place, negation or number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.text import normalise


@dataclass(frozen=True, slots=True)
class Mutant:
    """A wrong sentence and what was changed."""

    text: str
    change: str


_SWAPS = {
    "unit": [
        ("个工作日", "天"), ("个百分点", "个基点"), ("个月", "年"), ("万元", "亿元"), ("亿元", "万元"), ("万亿", "亿"),
        ("%", "‰"), ("年，", "个月，"), ("年。", "个月。"), ("months", "years"), ("million", "billion"),
        ("trillion", "billion"), ("percentage point", "basis point"), ("working days", "days"), (" yuan", " dollars"),
    ],
    "bound": [
        ("不超过", "超过"), ("不低于", "低于"), ("不到", "超过"), ("最高", "最低"), ("最多", "最少"), ("最长", "最短"),
        ("以上", "以下"), ("以下", "以上"), ("上限", "下限"), ("下限", "上限"), ("低于", "高于"), ("at most", "at least"),
        ("up to", "at least"), ("no more than", "no less than"), ("below", "above"), ("at least", "at most"), ("lower limit", "upper limit"),
    ],
    "party": [
        ("小微企业", "中型企业"), ("小型", "中型"), ("微型", "大型"), ("中型", "小型"), ("个人", "企业"), ("个体工商户", "大型企业"),
        ("流动资金贷款", "固定资产贷款"), ("固定资产", "流动资金"), ("民营", "国有"), ("续贷", "展期"), ("信用贷款", "抵押贷款"),
        ("工作专班", "法院"), ("银行", "小额贷款公司"), ("small", "large"), ("micro", "large"), ("medium", "small"),
        ("working-capital", "fixed-asset"), ("fixed-asset", "working-capital"), ("Renewal", "Extension"), ("renewal", "extension"),
        ("banks", "courts"), ("the bank", "the court"), ("working team", "court"),
    ],
    "name": [
        ("建设银行", "工商银行"), ("工商银行", "农业银行"), ("中国银行", "招商银行"), ("江苏银行", "平安银行"), ("国家金融监督管理总局", "财政部"),
        ("发展改革部门", "税务部门"), ("金融监管支局", "财政局"), ("财政部", "商务部"), ("国务院办公厅", "财政部"), ("全国人民代表大会", "国务院"),
        ("Construction Bank", "Merchants Bank"), ("National Financial Regulatory Administration", "Ministry of Finance"),
        ("development and reform department", "tax office"), ("合肥", "成都"), ("Hefei", "Chengdu"), ("大庆", "杭州"),
    ],
    "negation": [
        ("不需要", "需要"), ("不符合", "符合"), ("不得", "可以"), ("不用", "要"), ("没有", "有"), ("不是", "是"), ("不能", "能"), ("不在", "在"),
        ("可以", "不可以"), ("属于", "不属于"), ("符合", "不符合"), ("还要确认", "不用确认"), ("达到", "没达到"), ("必须", "不必"), ("✓", "✗"),
        ("✗", "✓"), ("? ", "✓ "), (" is ", " is not "), (" not ", " "), (" may ", " may not "), (" can ", " cannot "), ("nothing", "something"),
        ("outside", "inside"), ("has no ", "has "), ("without ", "with "),
    ],
    "limit": [
        ("只限", "包括"), ("仅", ""), ("阶段性", ""), ("原则上", ""), ("暂定", ""), ("一般", ""), ("可以", "必须"), ("应当", "可以"),
        ("in principle", ""), ("only", ""), ("must", "may"), ("may", "must"),
    ],
}  # fmt: skip
_NUMBER = re.compile(r"(?<![\d\[])\d+(?:[.,]\d+)*")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日|(\d{1,2}) (January|March|September|November|December) (\d{4})")


def mutants(text: str) -> Iterator[Mutant]:
    """Every mutant of a sentence; each differs from it after normalisation."""
    seen = {normalise(text)}
    for mutant in (*_digits(text), *_dates(text), *_numbers_of_documents(text), *_swapped(text)):
        if normalise(mutant.text) not in seen:
            seen.add(normalise(mutant.text))
            yield mutant


def _digits(text: str) -> Iterator[Mutant]:
    for match in _NUMBER.finditer(text):
        for place in {0, len(match[0]) - 1}:
            digit = match[0][place]
            if digit.isdigit():
                other = str(int(digit) % 9 + 1)
                changed = match[0][:place] + other + match[0][place + 1 :]
                yield Mutant(text[: match.start()] + changed + text[match.end() :], "digit")


def _dates(text: str) -> Iterator[Mutant]:
    for match in _DATE.finditer(text):
        for number in (group for group in match.groups() if group and group.isdigit()):
            other = str(int(number) + 1)
            yield Mutant(text[: match.start()] + match[0].replace(number, other, 1) + text[match.end() :], "date")


def _numbers_of_documents(text: str) -> Iterator[Mutant]:
    for match in re.finditer(r"(\w{2})〔(\d{4})〕(\d+)号", text):
        for other in (f"银发〔{match[2]}〕{match[3]}号", f"{match[1]}〔{int(match[2]) - 1}〕{match[3]}号"):
            yield Mutant(text[: match.start()] + other + text[match.end() :], "document number")


def _swapped(text: str) -> Iterator[Mutant]:
    for change, pairs in _SWAPS.items():
        for old, new in pairs:
            start = text.find(old)
            if start >= 0:
                yield Mutant(text[:start] + new + text[start + len(old) :], change)
