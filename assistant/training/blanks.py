"""Figures of clauses that can be asked for, and the wrong figures that tempt beside them."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from assistant.lexicon.figure_roles import Measure, Quantity, quantities
from assistant.training.material import Material, Provision
from assistant.training.sentences import Sentence, is_statistic, quotable
from assistant.training.slips import slips
from assistant.training.stated import Stated, What, also_true, related, stated
from assistant.training.written import Written
from index.types import Language

_WRONG = 3  # wrong options of a choice
_ROUND = 3  # digits a rule's figure has at most; longer ones were counted
_NEIGHBOUR, _SLIP = 1, 3  # ranks of wrong figures
_WHOLE = 100  # per cent
_COUNTED = {"people", "times"}  # kinds, items, banks and firms counted are how things stand, not a rule
_TIMES = {Measure.MONEY: 6.0, Measure.SHARE: 3.0, Measure.MONTHS: 4.1, Measure.DAYS: 5.0, Measure.COUNT: 6.0}
_NAMES_A_RATE = re.compile(r"^\s*(?:期|倍LPR|(?:or over-5-year )?LPR|loan prime)")
_AMOUNT = r"\d[\d,.]*\s?(?:%|％|[万亿]*元|million|billion|yuan|年|个月|years?|months?)*"
_LISTED = re.compile(rf"{_AMOUNT}\s?(?:[-–—~～至到、或和]|或者|or|and|to|, )\s?$")  # a range, or one of several figures
_LISTED_AFTER = re.compile(
    r"^\s?(?:[-–—~～至到、或和]|或者|or |and |to |, )\s?\d|^[，（(,]?\s?(?:即|也就是|that is)|^[（(][^）)]*分之"
)
_MULTIPLIED = re.compile(r"×\s?#|#\s?×")
_PAST = re.compile(
    r"(?:由|从|原为|原定|原先|原来的?|此前的?|\bfrom|\bformerly|\bpreviously|\binstead of)\s*(?:the )?$", re.I
)
_PAST_AFTER = re.compile(r"^\s*before\)|^[^，。,.]{0,4}(?:提高|降低|降|调整|增加|扩大)[到至为]")


@dataclass(frozen=True, slots=True)
class Blank:
    """A figure of a quotable sentence that stands in it once, so that it can be left out."""

    sentence: Sentence
    stated: Stated
    written: Written

    @property
    def said(self) -> str:
        """The figure as the clause says it."""
        return self.stated.quantity.said

    @property
    def value(self) -> Decimal:
        """In the unit of its measure."""
        assert isinstance(self.stated.quantity.value, Decimal)
        return self.stated.quantity.value

    @property
    def id(self) -> str:
        """Clause and figure, the same in both languages."""
        return f"{self.sentence.provision.address}:{self.stated.key}"

    def filled(self, words: str) -> str:
        """The sentence with something else in the place of the figure."""
        return replaced(self.sentence.text, self.stated, words)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong figure, as it is written, and the clause that says it of something else or said it once."""

    text: str
    value: Decimal
    source: Provision | None = None


def replaced(sentence: str, figure: Stated, words: str) -> str:
    """A sentence with other words in the place of one of its figures."""
    start = figure.quantity.start
    return sentence[:start] + words + sentence[start + len(figure.quantity.said) :]


@lru_cache(maxsize=4)
def blanks(material: Material) -> tuple[Blank, ...]:
    """Every figure that can be asked for, each once per clause, in the order of the corpus."""
    found: dict[str, Blank] = {}
    for sentence in quotable(material):
        if not is_statistic(material, sentence):
            for blank in _of(sentence, material.language):
                found.setdefault(blank.id, blank)
    return tuple(found.values())


def _of(sentence: Sentence, language: Language) -> Iterator[Blank]:
    said = quantities(sentence.text, language)
    for quantity in said:
        after = sentence.text[quantity.start + len(quantity.said) :]
        if sentence.text[quantity.start :][: len(quantity.said)] != quantity.said:
            continue
        if quantity.measure is Measure.DATE or quantity.former or _NAMES_A_RATE.match(after):
            continue
        if _PAST.search(sentence.text[: quantity.start]) or _PAST_AFTER.match(after):
            continue
        if _MULTIPLIED.search(f"{sentence.text[: quantity.start]}#{after}") or _is_worked_out(quantity, said):
            continue  # the sum is done in the sentence
        if _LISTED.search(sentence.text[: quantity.start]) or _LISTED_AFTER.match(after):
            continue  # its neighbours would rule options out
        if quantity.measure is Measure.COUNT and (quantity.noun not in _COUNTED or quantity.value == 1):
            continue
        if sum(other.measure is quantity.measure and other.value == quantity.value for other in said) > 1:
            continue  # the sentence would give its own answer away
        if quantity.measure is Measure.SHARE and _completes(quantity, said):
            continue  # what is left of a whole is found by taking away
        if (written := Written.of(quantity)) is not None and len(
            written.number.normalize().as_tuple().digits
        ) <= _ROUND:
            figure = Stated(sentence.provision, sentence.text, quantity)
            if written.number and not re.search(
                rf"(?<![\d.]){re.escape(str(written.number))}(?![\d.])", _around(sentence, figure)
            ):
                yield Blank(sentence, figure, written)


def _completes(share: Quantity, said: Sequence[Quantity]) -> bool:
    """Whether a share and one or two others of its sentence make up 100 per cent."""
    others = [other.value for other in said if other.measure is Measure.SHARE and isinstance(other.value, Decimal)]
    others = [value for value in others if value != share.value]
    return any(sum(some, share.value) == _WHOLE for n in (1, 2) for some in combinations(others, n))


def _is_worked_out(asked: Quantity, said: Sequence[Quantity]) -> bool:
    """Whether an amount, a rate and what the rate comes to stand in one sentence, and one of the three is asked for."""
    money, shares, months = (
        [one.value for one in said if one.measure is measure and isinstance(one.value, Decimal)]
        for measure in (Measure.MONEY, Measure.SHARE, Measure.MONTHS)
    )
    times = [Decimal(1), *(length / 12 for length in months)]  # a year, or the years of the sentence
    sums = [
        (whole, share, part)
        for whole in money
        for share in shares
        if (part := next((sum_ for time in times if (sum_ := whole * share / _WHOLE * time) in money), None))
    ]
    return asked.measure in (Measure.MONEY, Measure.SHARE) and any(asked.value in one for one in sums)


def _around(sentence: Sentence, figure: Stated) -> str:
    """The sentence and the heading of its clause without the figure."""
    return f"{replaced(sentence.text, figure, ' ')} {sentence.provision.clause.heading}"


def wrong_figures(material: Material, blank: Blank) -> tuple[Wrong, ...]:
    """Three wrong figures for a blank, the most tempting ones; fewer where there are not enough.

    They come from older and neighbouring rules first, then from what people slip to. None stands in the sentence, and
    none is said of the same thing by any clause in force on the day.
    """
    return _all_wrong(material)[blank.id]


@lru_cache(maxsize=4)
def _all_wrong(material: Material) -> Mapping[str, tuple[Wrong, ...]]:
    return {blank.id: _wrong(material, blank) for blank in blanks(material)}


def _wrong(material: Material, blank: Blank) -> tuple[Wrong, ...]:
    said = quantities(blank.sentence.text, material.language)
    measure = blank.stated.quantity.measure
    beside = [q.value for q in said if q.measure is measure and isinstance(q.value, Decimal) and q.value != blank.value]
    visible = {quantity.value for quantity in said}
    taken: list[Wrong] = []
    spare: list[Wrong] = []
    above = int(hashlib.sha256(blank.id.encode()).hexdigest(), 16) % (_WRONG + 1)  # how many shall lie above
    for wrong in _tempting(material, blank):
        if any((wrong.value < one) != (blank.value < one) for one in beside):
            continue  # a longest term is longer than the usual one beside it: this would be ruled out by reading on
        if wrong.value in visible or also_true(material, blank.stated, wrong.value) is not None:
            continue
        is_above = wrong.value > blank.value
        on_this_side = sum((other.value > blank.value) == is_above for other in taken)
        (taken if on_this_side < (above if is_above else _WRONG - above) else spare).append(wrong)
        if len(taken) == _WRONG:
            break
    return tuple([*taken, *spare][:_WRONG])


def _tempting(material: Material, blank: Blank) -> Iterator[Wrong]:
    """Candidates, each value once, most tempting first."""
    found: dict[Decimal, tuple[int, Wrong]] = {}
    for value, others in _by_value(material).get(blank.stated.what, {}).items():
        if (text := _fits(material, blank, value)) is not None:
            rank, other = min(((_rank(material, blank, other), other) for other in others), key=lambda pair: pair[0])
            told = rank <= _NEIGHBOUR and _one_rule(blank, other)
            found[value] = rank, Wrong(text, value, other.provision if told else None)
    for value in slips().ladders[blank.stated.quantity.measure]:
        if found.get(value, (_SLIP + 1,))[0] > _SLIP and (text := _fits(material, blank, value)) is not None:
            found[value] = _SLIP, Wrong(text, value)
    ordered = sorted(found.values(), key=lambda pair: (pair[0], _far(blank, pair[1].value), pair[1].value))
    return (wrong for _, wrong in ordered)


def _rank(material: Material, blank: Blank, other: Stated) -> int:
    """How much a figure tempts: 0 an older rule, 1 a neighbouring one, then what people slip to, then any other."""
    same_role = bool(other.quantity.facets & blank.stated.quantity.facets)
    if not related(blank.sentence.provision, other.provision):
        return _SLIP + 1 if same_role else _SLIP + 2
    if other.quantity.former or not other.provision.in_force(material.on):
        return 0
    return _NEIGHBOUR if same_role else _NEIGHBOUR + 1


@lru_cache(maxsize=4)
def _by_value(material: Material) -> Mapping[What, Mapping[Decimal, list[Stated]]]:
    found: dict[What, dict[Decimal, list[Stated]]] = {}
    for what, items in stated(material).items():
        for item in items:
            if isinstance(item.quantity.value, Decimal):
                found.setdefault(what, {}).setdefault(item.quantity.value, []).append(item)
    return found


def _one_rule(blank: Blank, other: Stated) -> bool:
    """Whether telling where a wrong figure is from would help: from the same document, or one of its number."""
    one, two = blank.sentence.provision, other.provision
    return one.document.id == two.document.id or (one.number is not None and one.number == two.number)


def _far(blank: Blank, value: Decimal) -> float:
    return abs(math.log(float(value / blank.value)))


def _fits(material: Material, blank: Blank, value: Decimal) -> str | None:
    """The value as it would be written in the blank; None where nobody would take it for the right one."""
    measure = blank.stated.quantity.measure
    if value <= 0 or value == blank.value or _far(blank, value) > math.log(_TIMES[measure]):
        return None
    if measure is Measure.SHARE and value > 100 >= blank.value:
        return None
    if _digits(value) > max(2, _digits(blank.value)):
        return None  # 238 million beside 50 million was counted somewhere
    return blank.written.as_written(value, material.language)


def _digits(value: Decimal) -> int:
    """Significant digits."""
    return len(value.normalize().as_tuple().digits)
