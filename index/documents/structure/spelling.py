"""The text of one printed line as we keep it: blanks that only spread characters apart are gone, nothing else is."""

from __future__ import annotations

import re

from index.documents.hidden import without_strays
from index.text import clean

CJK = "\u3400-\u9fff\uf900-\ufaff"
_WIDE = "，。；：、？！（）《》〈〉“”‘’【】〔〕—…·％"
_FULL = str.maketrans({chr(0xFF01 + n): chr(0x21 + n) for n in range(94)} | {"\u3000": " ", "．": ".", "﹒": "."})
# 总　则, 目 录, 通　知: characters set apart to fill a line.
_SPREAD = re.compile(rf"(?<![{CJK}A-Za-z0-9])[{CJK}](?: [{CJK}])+(?![{CJK}])")
_BEFORE_DIGIT = re.compile(rf"(?<=[{CJK}{_WIDE}]) +(?=\d)")
_AFTER_DIGIT = re.compile(r"(?<=[\d%‰]) +(?=[年月日号时个项条款章节户家人天次亿万元％%‰至到以及的，。；：、）】〕])")
_UNIT = "月|日|号|时|个|项(?!目)|条(?!件|款)|款(?!项)|章(?!程)|户(?!籍)|家(?!庭)|人(?!员)|天|次|亿|万|元|倍|以"
_NUMBER = re.compile(rf"(?:\d{{1,2}}|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}) (?!{_UNIT})(?=[\u3400-\u9fffA-Z(（“])")
_BESIDE_WIDE = re.compile(
    rf"(?<=[，。；：、？！（《〈【〔]) +(?=[{CJK}\d])|(?<=[{CJK}\d]) +(?=[，。；：、？！）》〉】〕])"
)


def tidy(text: str) -> str:
    """One line without strays, doubled blanks and blanks that layout put between Chinese characters."""
    text = re.sub(r"[ \t\u3000\xa0\u2002-\u200a\n]+", " ", clean(without_strays(text))).strip()
    text = _SPREAD.sub(lambda match: match[0].replace(" ", ""), text)
    number = _NUMBER.match(text)  # 2.1 年利率: the blank parts a number from its text
    kept = number[0] if number else ""
    rest = text[len(kept) :]
    for pattern in (_BEFORE_DIGIT, _AFTER_DIGIT, _BESIDE_WIDE):
        rest = pattern.sub("", rest)
    return kept + rest


def flat(text: str) -> str:
    """Full-width letters, digits and brackets as their ASCII twins, one for one: offsets stay the same."""
    return text.translate(_FULL)


def is_wide(text: str) -> bool:
    """Whether a character is Chinese or Chinese punctuation, beside which no blank is set."""
    return bool(re.match(rf"[{CJK}{_WIDE}]", text))
