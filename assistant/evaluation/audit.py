"""The auditor: figures in the shown text of an answer that nothing vouches for.

It reads the answer record as users get it and shares no code with answering/grounding.py. A figure, date or document
number is supported where it
- stands in the clauses marked behind it: their text, heading, title, number, or what the corpus records of them (days);
- was said by the user in this conversation, or stands in the profile that was read from that;
- is the result of a sum shown in the answer, worked out again here, or of a repayment worked out by formula;
- is the day asked about, a day of the plan of dates, or the days left until one, counted again here;
- counts something of the assessment: candidates by how they stand, conditions, or the marks of conditions shown;
- is the last day of an old rule, before one that a clause names as the first of another;
- is the share that one stated figure is of another, or what a share named by the clause makes of one, rounded up;
- stands in the title of a document that an answer without evidence says lies near;
- is part of fixed wording (assistant/texts: hotlines, "缺1项就降1档"), or an assumption called one.
Numbers of lists and citation marks are no figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from assistant.evaluation.reading import Amount, Day, Figure, Number, read
from assistant.evaluation.records import CitedClause, Record, Told
from assistant.evaluation.shown import stretches
from assistant.evaluation.sums import operands, repayments, results
from assistant.texts import texts
from index.types import Language

_PLACE = re.compile(r"\{[^{}]*\}")
_ENDED = re.compile(r"旧规，只适用到|old rule, which applied until")  # texts: premise.old
_LISTED = re.compile(r"^- \*\*", re.M)
_TWO_PLACES = Decimal("0.01")
_SHORTEST = 4  # characters besides digits that make wording recognisable as ours


def unsupported(told: Told) -> list[str]:
    """The figures of an answer that nothing vouches for, as read, in the order of the text; each once."""
    record = told.record
    clauses = {clause.n: clause for clause in record.citations}
    general, stated = _general(told, record), _stated(record)
    found: list[str] = []
    for stretch in stretches(record.text):
        words = _without_fixed(stretch.words, record.language)
        wanted = read(words)
        if not wanted:
            continue
        cited = [clauses[n] for n in stretch.marks if n in clauses]
        near = [] if record.citations else [item for title in told.titles for item in read(title)]
        clauses_say = [item for clause in cited for item in _of_clause(clause, told.recorded)]
        eves = _eves(clauses_say) if _ENDED.search(words) else ()
        vouching = [*general, *near, *clauses_say, *eves, *_shares(stated, clauses_say)]
        used = operands(words)
        for figure in wanted:
            constant = isinstance(figure, Amount) and figure.value in used
            if not constant and not _vouched(figure, vouching):
                found.append(str(figure))
    return list(dict.fromkeys(found))


def _vouched(figure: Figure, vouching: Iterable[Figure]) -> bool:
    for other in vouching:
        if isinstance(figure, Day):
            # A bare 2026 may be a year on one side and a number on the other.
            year = isinstance(other, Amount) and other.unit is None and figure == Day(int(other.value), None, None)
            if year or (isinstance(other, Day) and figure.told_by(other)):
                return True
        elif isinstance(figure, Number):
            if isinstance(other, Number) and figure.told_by(other):
                return True
        elif isinstance(other, Amount) and figure.told_by(other):
            return True
    return False


def _of_clause(clause: CitedClause, recorded: dict[str, str]) -> tuple[Figure, ...]:
    part = f"第{clause.clause}部分"  # how a provision printed as 五 is named in a sentence
    written = (clause.quote, clause.heading, clause.title, clause.clause, part, clause.document_number or "")
    return _read("\n".join([*written, recorded.get(clause.name, "")]))


def _eves(figures: Iterable[Figure]) -> Iterator[Day]:
    """The days before those named."""
    yield from (_day(day - timedelta(days=1)) for figure in figures if (day := _whole(figure)) is not None)


def _whole(figure: Figure) -> date | None:
    """The date of a figure that is one with year, month and day."""
    if not isinstance(figure, Day) or not (figure.year and figure.month and figure.day):
        return None
    try:
        return date(figure.year, figure.month, figure.day)
    except ValueError:
        return None


@cache
def _read(text: str) -> tuple[Figure, ...]:
    return tuple(read(text))


def _general(told: Told, record: Record) -> list[Figure]:
    """What may stand anywhere in the answer."""
    said = [told.case.question, *told.case.context]
    found: list[Figure] = [item for text in said for item in read(text)]
    found.append(_day(record.as_of))
    found += results(record.text.replace("**", ""))
    if record.reason == "too_long":
        found.append(Amount(Decimal(len(record.question)), None))
    if record.assessment:
        found += _of_assessment(record.assessment, record)
    return found


def _of_assessment(assessment: dict[str, Any], record: Record) -> Iterator[Figure]:
    profile = {item["fact"]: item for item in assessment.get("profile", [])}
    for item in profile.values():
        yield from read(f"{item['label']}\n{item['value']}\n{item['said']}")
    yield from (Amount(Decimal(count), "item") for count in _counts(assessment, record.text))
    for item in assessment.get("dates", []):
        day = date.fromisoformat(item["day"])
        yield _day(day)
        if item.get("day_if_later"):
            yield _day(date.fromisoformat(item["day_if_later"]))
        yield Amount(Decimal((day - record.as_of).days), "day")
    if assessment.get("desk") == "schedule":
        yield from _of_schedule(profile, record.text)


def _stated(record: Record) -> list[Amount]:
    """The amounts of the profile."""
    profile = record.assessment.get("profile", []) if record.assessment else []
    return [figure for item in profile for figure in read(item["value"]) if isinstance(figure, Amount)]


def _shares(stated: list[Amount], clauses_say: list[Figure]) -> Iterator[Amount]:
    for part in stated:
        for whole in stated:
            if part.unit == whole.unit and whole.value:
                share = (100 * part.value / whole.value).quantize(_TWO_PLACES, ROUND_HALF_UP)
                yield Amount(share, "%")
    for figure in clauses_say:
        if isinstance(figure, Amount) and figure.unit == "%":
            for whole in stated:
                needed = (whole.value * figure.value / 100).to_integral_value(ROUND_CEILING)
                yield Amount(needed, whole.unit or "")


def _counts(assessment: dict[str, Any], text: str) -> set[int]:
    """How many candidates stand how, how many of those in force are not listed, how many conditions each has."""
    candidates = assessment.get("candidates", [])
    here = [item for item in candidates if "place_unknown" not in item.get("fit", [])]  # those of a place count apart
    stands = Counter(item["standing"] for item in candidates)
    stands_here = Counter(item["standing"] for item in here)
    compared = sum(stands_here.values()) - stands_here["not_in_force"]
    left = sum(stands.values()) - stands["not_in_force"] - len(_LISTED.findall(text))
    conditions = {count for item in candidates for count in item.get("conditions", {}).values()}
    marked = {text.count("✓"), text.count("✗")}
    return {*stands.values(), *stands_here.values(), len(candidates) - len(here), compared, left, *conditions, *marked}


def _of_schedule(profile: dict[str, Any], text: str) -> Iterator[Figure]:
    """Figures of the text that come to what a formula makes of principal, rate and term."""
    known = {fact: [i for i in read(item["value"]) if isinstance(i, Amount)] for fact, item in profile.items()}
    principal = next((v[0] for k, v in known.items() if k in ("loan_principal_wan", "loan_wanted_wan") and v), None)
    rate, term = (next(iter(known.get(fact, [])), None) for fact in ("loan_rate", "term_months"))
    if principal is None or rate is None or term is None:
        return
    right = list(repayments(principal.value, rate.value, int(term.value)))
    for figure in read(text):
        if isinstance(figure, Amount) and any(abs(figure.value - value) <= drift for value, drift in right):
            yield figure


def _day(day: date) -> Day:
    return Day(day.year, day.month, day.day)


@cache
def _fixed(language: Language) -> tuple[str, ...]:
    """Wording of ours with figures in it, longest first: what stands between the places of each text."""
    found: set[str] = set()

    def walk(item: object) -> None:
        if isinstance(item, dict):
            for value in item.values():
                walk(value)
        elif isinstance(item, list):
            for value in item:
                walk(value)
        elif isinstance(item, str):
            for part in _PLACE.split(item.replace("**", "")):
                for line in part.split("\n"):
                    if read(line) and len(re.sub(r"[\d\s\W]", "", line)) >= _SHORTEST:
                        found.add(line.strip())

    walk({key: texts(language).section(key) for key in ("abstain", "partial", "answer", "case")})
    return tuple(sorted(found, key=len, reverse=True))


def _without_fixed(words: str, language: Language) -> str:
    for wording in _fixed(language):
        words = words.replace(wording, " ; ")
    return words
