"""The facts of an enterprise over a whole conversation: what was added, taken back and contradicted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.profile import Days, Profile, Range, Stated
from assistant.texts import load_model
from assistant.understanding.facts.marks import mark
from assistant.understanding.facts.merging import added, together
from assistant.understanding.facts.numbers import Number
from assistant.understanding.facts.patterns import compiled
from assistant.understanding.facts.reader import read_facts
from index.text import clean
from index.types import Language

_FILE = Path(__file__).with_name("conversation.yaml")
_FOLLOWS = {"section": "industry", "fields": "industry"}  # inferred facts, and what they were inferred from


class _Cues(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    replaces: dict[Language, list[str]]
    more: dict[str, dict[Language, str]]
    fewer: dict[str, dict[Language, str]]


@cache
def _cues() -> _Cues:
    return load_model(_FILE, _Cues)


@cache
def _replaces() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for patterns in _cues().replaces.values() for p in patterns), re.I)


@cache
def _changes(fact: str) -> list[tuple[int, re.Pattern[str]]]:
    cues = _cues()
    return [
        (sign, compiled(pattern))
        for sign, changes in ((1, cues.more), (-1, cues.fewer))
        for pattern in changes.get(fact, {}).values()
    ]


def profile_of(turns: Sequence[str], language: Language, as_of: date, expected: Sequence[str | None] = ()) -> Profile:
    """What a conversation tells, the user's turns oldest first; `expected[i]` is what was asked for before turn i.

    A later statement takes the place of an earlier one when it corrects or supposes, answers a question, is more
    precise or is all there is in its turn; otherwise two different statements are a contradiction.
    """
    profile = Profile()
    for turn, text in enumerate(turns):
        asked = expected[turn] if turn < len(expected) else None
        relative = list(_relative(profile, text, as_of, turn))
        found, apart = read_facts(text, language, as_of, turn, asked, "\n".join(turns[max(0, turn - 2) : turn]))
        replaces = bool(_replaces().search(clean(text).strip()))
        if replaces and not found and not relative:
            found = _corrected(profile, text, language, as_of, turn)
        changed = {item.fact for item in relative}
        found = [item for item in found if item.fact not in changed]
        alone = len({item.fact for item in found if not item.inferred}) == 1 and _is_bare(text, found)
        for item in _stated_first(found):
            profile = _with(profile, item, replaces or alone or item.fact == asked)
        profile = profile.with_(*relative)
        for pair in apart:
            profile = Profile(profile.stated, (*profile.contradictions, pair))
    return profile


def _corrected(profile: Profile, text: str, language: Language, as_of: date, turn: int) -> list[Stated]:
    """A figure without a name that corrects (不是11月，是12月30号): of the facts known, the latest it can be."""
    known = sorted(
        (item for item in profile.stated.values() if item.turn is not None and not item.inferred),
        key=lambda item: -(item.turn or 0),
    )
    for item in known:
        if isinstance(item.value, (Range, Days, str)):
            found, _ = read_facts(text, language, as_of, turn, item.fact)
            if kept := [new for new in found if new.fact == item.fact]:
                return kept
    return []


def _stated_first(found: Iterable[Stated]) -> list[Stated]:
    return sorted(found, key=lambda item: item.inferred)


def _with(profile: Profile, item: Stated, replaces: bool) -> Profile:
    earlier = profile.stated.get(item.fact)
    if item.inferred:
        source = profile.stated.get(_FOLLOWS.get(item.fact, ""))
        # Where the industry stands in doubt or as it was, so do its consequences.
        return profile.with_(item) if source is None or source.said == item.said else profile
    if earlier is None:
        return profile.with_(item)
    both = together(earlier.value, item.value)
    if both is not None:
        narrower = item if both == item.value else Stated(item.fact, both, item.said, item.turn)
        if both == earlier.value:
            return profile
        return _settled(profile, narrower)
    if replaces:
        return _settled(profile, item)
    if any(first.fact == item.fact for first, _ in profile.contradictions):
        return profile
    return Profile(profile.stated, (*profile.contradictions, (earlier, item)))


def _settled(profile: Profile, item: Stated) -> Profile:
    """A fact replaced, without what was inferred from its earlier value."""
    for follower, source in _FOLLOWS.items():
        known = profile.stated.get(follower)
        if source == item.fact and known is not None and known.inferred:
            profile = profile.without(follower)
    return profile.with_(item)


def _relative(profile: Profile, text: str, as_of: date, turn: int) -> Iterable[Stated]:
    """再招3个人: a number known exactly before, changed by some."""
    marked = mark(clean(text), as_of)
    for fact in {*_cues().more, *_cues().fewer}:
        known = profile.value(fact)
        if not isinstance(known, Range):
            continue
        for sign, pattern in _changes(fact):
            match = pattern.search(marked.text)
            item = (
                next((marked.found[at] for at in range(*match.span()) if at in marked.found), None) if match else None
            )
            if match and isinstance(item, Number):
                by = item.count if fact == "employees" else item.wan
                value = added(known, sign * by.exact) if by and by.exact is not None else None
                if value is not None and value.low is not None and value.low >= 0:
                    yield Stated(fact, value, marked.said(*match.span()), turn)
                    break


def _is_bare(text: str, found: Sequence[Stated]) -> bool:
    """Whether a turn is hardly more than the words of its one fact: 11人."""
    rest = clean(text)
    for item in found:
        rest = rest.replace(item.said, "", 1)
    return len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z0-9]+", rest)) <= 2
