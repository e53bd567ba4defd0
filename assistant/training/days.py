"""Days of clauses that can be asked for, and the wrong days that tempt beside them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.lexicon.figure_roles import Measure, Quantity, quantities
from assistant.training.blanks import replaced
from assistant.training.material import Material
from assistant.training.sentences import Sentence, is_statistic, quotable
from assistant.training.stated import Stated, also_true, related, stated
from assistant.training.written import day_as_written, moved
from index.types import Language

_WRONG = 3
_BESIDE = {Language.ZH: (10, 16), Language.EN: (60, 30)}  # characters before and after a date that tell what it is
_SHIFTS = ((1, 0), (-1, 0), (0, -3), (0, 3), (2, 0), (0, -6), (0, 6), (-2, 0), (0, 1), (0, -1))  # years, months


@dataclass(frozen=True, slots=True)
class Day:
    """A date of consequence in a quotable sentence."""

    sentence: Sentence
    stated: Stated

    @property
    def said(self) -> str:
        """As the clause writes it."""
        return self.stated.quantity.said

    @property
    def value(self) -> str:
        """YYYY-MM-DD."""
        return str(self.stated.quantity.value)

    @property
    def id(self) -> str:
        """Clause and date, the same in both languages."""
        return f"{self.sentence.provision.address}:{self.value}"

    def filled(self, words: str) -> str:
        """The sentence with something else in the place of the date."""
        return replaced(self.sentence.text, self.stated, words)


@lru_cache(maxsize=4)
def days(material: Material) -> tuple[Day, ...]:
    """Every date of effect, expiry or deadline, each once per clause, in the order of the corpus."""
    found: dict[str, Day] = {}
    for one in _of_consequence(material):
        if not _can_be_counted(quantities(one.sentence.text, material.language)):
            found.setdefault(one.id, one)
    return tuple(found.values())


@lru_cache(maxsize=4)
def consequences(material: Material) -> frozenset[str]:
    """The ids of all such days, those too that follow from another day of their sentence."""
    return frozenset(one.id for one in _of_consequence(material))


@lru_cache(maxsize=4)
def _of_consequence(material: Material) -> tuple[Day, ...]:
    return tuple(Day(sentence, day) for sentence, day in _asked(material))


def _asked(material: Material) -> Iterator[tuple[Sentence, Stated]]:
    roles, former = _roles(material), re.compile("|".join(material.say.list("date.former")), re.I)
    room_before, room_after = _BESIDE[material.language]
    for sentence in quotable(material):
        if is_statistic(material, sentence):
            continue
        said = quantities(sentence.text, material.language)
        for day in said:
            written = sentence.text[day.start :][: len(day.said)]
            if day.measure is not Measure.DATE or day.former or len(str(day.value)) < len("2024-01-01"):
                continue
            if written != day.said or day_as_written(str(day.value), written, material.language) != written:
                continue
            before, after = sentence.text[: day.start], sentence.text[day.start + len(written) :]
            if before.endswith(("（", "(")) or after.startswith(("）", ")", "末", "底", "初")):
                continue  # when a source was published
            if former.search(before):
                continue  # it holds no more
            if sum(str(other.value).startswith(str(day.value)) for other in said) > 1:
                continue
            if roles.search(f"{before[-room_before:].rstrip()} # {after[:room_after].lstrip()}"):
                yield sentence, Stated(sentence.provision, sentence.text, day)


def _can_be_counted(said: Sequence[Quantity]) -> bool:
    """Whether a sentence has two days and the time between: the one follows from the other."""
    days_said = sum(one.measure is Measure.DATE for one in said)
    return days_said > 1 and any(one.measure is Measure.MONTHS for one in said)


@lru_cache(maxsize=4)
def _roles(material: Material) -> re.Pattern[str]:
    return re.compile("|".join(material.say.list("date.roles")), re.I)


def wrong_days(material: Material, day: Day) -> dict[str, str]:
    """Three wrong dates and how they are written, or fewer: those of related documents, then days one slips to."""
    asked, sentence, right = day.stated, day.sentence, day.value
    item, said = sentence.provision, day.said
    visible = {str(quantity.value) for quantity in quantities(sentence.text, material.language)}
    found: dict[str, str] = {}
    for other_day in [*_of_the_document(material, asked), *_slips(right, f"{item.number} {sentence.text}", day.id)]:
        text = day_as_written(other_day, said, material.language)
        if text is None or other_day == right or other_day in visible or other_day in found or text in sentence.text:
            continue
        if any((other_day < other) != (right < other) for other in visible - {right}):
            continue  # nothing takes effect before it was issued
        if also_true(material, asked, other_day) is None:
            found[other_day] = text
        if len(found) == _WRONG:
            break
    return found


def _of_the_document(material: Material, asked: Stated) -> list[str]:
    """Up to two other dates that documents on the same subject state, the nearest first."""
    right = str(asked.quantity.value)
    others = {
        str(other.quantity.value)
        for other in stated(material).get(asked.what, ())
        if related(asked.provision, other.provision) and len(str(other.quantity.value)) == len(right)
    }
    near = [day for day in others if abs(int(day[:4]) - int(right[:4])) <= 2]
    return sorted(near, key=lambda day: (abs(_count(day) - _count(right)), day))[:2]


def _count(day: str) -> int:
    year, month, *rest = (int(part) for part in day.split("-"))
    return year * 372 + month * 31 + (rest[0] if rest else 0)


def _slips(right: str, around: str, key: str) -> list[str]:
    """The same day of other years and months; of the same year where its number or the sentence names the year."""
    turn = int(hashlib.sha256(key.encode()).hexdigest(), 16) % len(_SHIFTS)
    shifts = _SHIFTS[turn:] + _SHIFTS[:turn]
    days = [moved(right, years, months) for years, months in shifts]
    known = [day for day in days if day is not None]
    if re.search(rf"{right[:4]}(?!-)", around.replace(right, "")):
        known.sort(key=lambda day: day[:4] != right[:4])
    return known
