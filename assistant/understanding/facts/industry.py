"""What line of business a text speaks of, from everyday words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.profile import Choice, Several, Stated
from assistant.texts import load_model

_SECTOR = re.compile(
    r"(?P<label>行业[:\s是为属于算]*)[:\s是为于](?P<name>[\u4e00-\u9fff]{2,4}?)(?=吧?(?:[，,。；;\s]|$))"
)
_FILE = Path(__file__).with_name("industries.yaml")


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    industry: tuple[str, ...]
    section: str = ""  # empty: one of several
    fields: tuple[str, ...] = ()
    zh: list[str] = []
    en: list[str] = []
    patterns: list[str] = []  # where words alone are too many: 养 and any animal


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    not_own_before: list[str]
    not_own_after: list[str]
    unless: list[str]
    heads: list[str]
    words: list[_Line]


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business as somebody named it."""

    line: _Line
    start: int
    end: int


@cache
def _file() -> _File:
    return load_model(_FILE, _File)


@cache
def _not_own() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What right before or after a word shows that it is somebody else's business, or none."""
    before, after = ("|".join(f"(?:{p})" for p in found) for found in (_file().not_own_before, _file().not_own_after))
    return re.compile(before, re.I), re.compile(after, re.I)


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, _Line], frozenset[str]]:
    """One pattern for all there is, the line of each word and of each named group, and the heads of compounds."""
    file = _file()
    spelled_out = [(f"line{number}", line) for number, line in enumerate(file.words) if line.patterns]
    lines = {word.casefold(): line for line in file.words for word in (*line.zh, *line.en)}
    # A plural counts as its singular; a word of Latin letters ends where letters end.
    words = sorted(lines, key=len, reverse=True)
    latin = "|".join(_with_plural(word) for word in words if word.isascii())
    # 厂 alone is the head of a compound (饼干厂), never a word.
    chinese = "|".join(re.escape(word) for word in words if not word.isascii() and word != "厂")
    spelled = rf"{chinese}|(?<=[\u4e00-\u9fff])厂(?![房家商区长牌妹门里])|(?<![A-Za-z])(?:{latin})(?![A-Za-z])"
    others = [re.escape(word) for word in sorted(file.unless, key=len, reverse=True)]
    grouped = "|".join(f"(?P<{name}>{'|'.join(line.patterns)})" for name, line in spelled_out)
    pattern = re.compile(f"(?:{'|'.join(others)})|(?P<word>{spelled})|{grouped or '(?!)'}", re.I)
    return pattern, {**lines, **dict(spelled_out)}, frozenset(file.heads)


def _with_plural(word: str) -> str:
    return rf"{re.escape(word[:-1])}(?:y|ies)" if word.endswith("y") else rf"{re.escape(word)}(?:e?s)?"


def _line(word: str, lines: dict[str, _Line]) -> _Line | None:
    """The line of a word or of the singular of a plural."""
    singular = (re.sub(ending + "$", one, word) for ending, one in (("", ""), ("s", ""), ("es", ""), ("ies", "y")))
    return next((lines[form] for form in singular if form in lines), None)


def trades_in(text: str) -> list[Trade]:
    """The lines of business a text names, in its order; a compound is what its last word says (服装批发)."""
    pattern, lines, heads = _lexicon()
    before, after = _not_own()
    found: list[Trade] = []
    for match in pattern.finditer(text):
        if not match.lastgroup:
            continue
        word = match[0]
        line = _line(word.casefold(), lines) if match.lastgroup == "word" else lines[match.lastgroup]
        others = before.search(text[max(0, match.start() - 20) : match.start()])
        if line is None or others or after.match(text, match.end()):
            continue
        last = found[-1] if found else None
        between = text[last.end : match.start()] if last else ""
        if last and ((not between and word in heads) or between == "-"):
            found[-1] = Trade(line, last.start, match.end())
        else:
            found.append(Trade(line, match.start(), match.end()))
    return found


def _as_a_sector(found: re.Match[str]) -> str:
    """行业：建筑 is short for 建筑业; the separator gives way, so that the text stays as long."""
    _, lines, _ = _lexicon()
    name = found["name"]
    return f"{found['label']}{name}业" if f"{name}业" in lines and name not in lines else found[0]


def industry_of(text: str, source: str, turn: int | None) -> list[Stated]:
    """Industry, with the section and the policy fields that follow from it; several industries leave only a choice.

    `text` is `source` with other people's affairs taken out, as long as it.
    """
    trades = trades_in(_SECTOR.sub(_as_a_sector, text))
    if not trades:
        return []
    if any("批发" in text[trade.start : trade.end] for trade in trades):
        # 卖鲜花的，做批发: what is sold does not make it a shop.
        trades = [trade for trade in trades if text[trade.start] != "卖"] or trades
    exact = [trade for trade in trades if len(trade.line.industry) == 1]
    among = frozenset(industry for trade in exact or trades for industry in trade.line.industry)
    kept = [trade for trade in trades if set(trade.line.industry) & among]
    first = max(kept, key=lambda trade: (len(trade.line.industry) == 1, trade.end - trade.start))
    said = source[first.start : first.end]
    found = [Stated("industry", Choice(among), said, turn)]
    if len(among) > 1 and len({trade.line.industry for trade in kept}) > 1:
        said = source[kept[0].start : kept[-1].end]
        return [Stated("industry", Choice(among), said, turn)]
    return found + list(_inferred(first, kept, said, turn))


def _inferred(first: Trade, kept: list[Trade], said: str, turn: int | None) -> Iterator[Stated]:
    sections = {trade.line.section for trade in kept}
    if len(sections) == 1 and "" not in sections:
        yield Stated("section", Choice(frozenset(sections)), said, turn, inferred=True)
    fields = frozenset(first.line.fields)
    if fields:
        yield Stated("fields", Several(fields), said, turn, inferred=True)
