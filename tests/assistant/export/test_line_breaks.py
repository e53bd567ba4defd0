import pytest

from assistant.export.glyphs import printable
from assistant.export.lines import broken


def letters(text):
    """A font in which Chinese characters are 2 wide and all others 1."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("贷款利率", 4, ["贷款", "利率"]),
        ("贷款利率。", 8, ["贷款利", "率。"]),  # the full stop takes the character before it along
        ("贷款利率”。", 8, ["贷款利", "率”。"]),  # and so do two marks
        ("贷款（含税）", 6, ["贷款", "（含", "税）"]),  # an opening mark goes with what it opens
        ("贷款LPR加300点", 7, ["贷款LPR", "加300点"]),
        ("贷款LPR加300点", 6, ["贷款", "LPR加", "300点"]),  # neither word nor number is torn
        ("one two three", 8, ["one two", "three"]),
        ("don’t do it", 6, ["don’t", "do it"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),  # longer than a line: torn all the same, nothing is lost
        ("一\n\n二", 10, ["一", "", "二"]),
        ("5,000万元", 6, ["5,000", "万元"]),
        ("　　首行", 20, ["　　首行"]),
    ],
)
def test_lines_break_where_chinese_and_english_may(text, width, lines):
    assert broken(text, width, letters) == lines


def test_breaking_loses_nothing_but_white_space():
    text = "第十条（一）单户授信1000万元“含”：LPR+300BP；see https://example.cn/a?b=c，“应贷尽贷”…… " * 20
    for width in range(2, 60, 3):
        joined = "".join(broken(text, width, letters))
        assert joined.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("小微", "小微"),
        ("✗ 不行", "× 不行"),  # by a likeness
        ("𠮷野", "〔U+20BB7〕野"),  # by its number
        ("e\u0301", "é"),  # composed
        ("a\u200bb\ufe0f", "ab"),  # what leaves no ink is dropped
        ("a\x07\nb", "a\nb"),
        ("ﬁ", "fi"),
    ],
)
def test_a_character_the_font_lacks_is_never_lost(text, shown):
    covered = {ord(letter) for letter in "小微不行野 abefi×〔〕+U0123456789Bé"}
    assert printable(text, covered) == shown
