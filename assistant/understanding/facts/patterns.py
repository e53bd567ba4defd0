"""Regular expressions over marked texts: the signs for numbers, days and the like, and the {places} of a pattern."""

from __future__ import annotations

import re

NOISE = "\ue000"  # what is beside the point
NUMBER, MONEY, DATE, SPAN, PERCENT = "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
BANK = "\ue006"
MONTHLY_RATE = "\ue007"  # 月息5厘, already made a rate per year

_ANY = "[^，。；！？,;!?\\n\ue000-\ue00f]"
# What may stand between the name of a fact and its figure: 营业额去年大概有…, 从业人数：…, 收入，一年，….
_IS = (
    r"(?:[(（][^()（）\ue000-\ue00f]{0,8}\ue003?[)）]|\s|[:：=,，]|大概|大约|约|差不多|估计|平均|总共|一共|共计|合计|共|总额|总数|总计|全部|加起来"
    r"|去年|上年度?|上一年|今年|一年|全年|每年|年均|年|\ue003|现在|目前|如今|也就|就是|就|只有|才|已经|达到?|约为|能有|做到|做了?|还有|还剩|得有|有|是|为|在|个|了|到|得|额|数|嘛|呢|倒|好|不错|还行|还可以|一般|有点|比较|很?高)"
)
_MACROS = {
    "{n}": NUMBER, "{money}": f"[{NUMBER}{MONEY}]", "{wan}": MONEY, "{date}": DATE, "{span}": SPAN,
    "{percent}": PERCENT, "{rate}": MONTHLY_RATE, "{bank}": BANK, "{noise}": NOISE,
    "{figure}": f"[{NUMBER}{MONEY}{PERCENT}]", "{is}": _IS + "{0,6}",
    "{gap}": _ANY + "{0,5}", "{wide}": _ANY + "{0,12}",
}  # fmt: skip


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern with its {places} filled in."""
    for macro, meaning in _MACROS.items():
        pattern = pattern.replace(macro, meaning)
    # Marked texts are in half-width characters, patterns are written in full-width ones.
    pattern = pattern.replace("[^，。；", "[^，。；,;")
    return re.compile(pattern, re.I)
