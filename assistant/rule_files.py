"""Rule files → the rulebook: read from the corpus and checked against its clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.eligibility.rulebook import DERIVED, Rulebook
from assistant.eligibility.rules import (
    Candidate,
    Condition,
    Dated,
    Fact,
    FactKind,
    Holds,
    RenewalDesk,
    SizeStandard,
    SumRule,
    TermKind,
    conditions_in,
)
from assistant.errors import RulesError
from assistant.premise_files import FILE as PREMISES
from index.documents.corpus import fingerprint
from index.documents.quotations import read_quotations, stale
from index.documents.yaml_files import load_yaml
from index.figures import figures
from index.types import Document, Language

_RULES, _FACTS, _SIZE, _RENEWAL = "rules", "facts.yaml", "size_standard.yaml", "renewal_desk.yaml"
_SUMS = "sums.yaml"  # may be left out
_NOT_CANDIDATES = {_FACTS, _RENEWAL, _SUMS}
_FITS = {
    FactKind.NUMBER: {Holds.AT_LEAST, Holds.MORE_THAN, Holds.AT_MOST, Holds.LESS_THAN},
    FactKind.DATE: {Holds.SINCE, Holds.UNTIL},
    FactKind.FLAG: {Holds.IS},
    FactKind.CHOICE: {Holds.ONE_OF, Holds.NONE_OF},
    FactKind.SEVERAL: {Holds.HAS_ANY, Holds.HAS_ALL, Holds.HAS_NONE},
    FactKind.PLACE: {Holds.WITHIN},
    FactKind.NAME: {Holds.ONE_OF},
}
_VALUES: dict[FactKind, type] = {  # what a rule's value for a fact of a kind is written as
    FactKind.NUMBER: Decimal,
    FactKind.DATE: date,
    FactKind.FLAG: bool,
    FactKind.CHOICE: tuple,
    FactKind.SEVERAL: tuple,
    FactKind.PLACE: str,
    FactKind.NAME: tuple,
}
T = TypeVar("T")


def rules_digest(corpus_dir: Path) -> str:
    """The digest of everything eligibility is decided and beliefs are corrected by."""
    others = [corpus_dir / _SIZE, corpus_dir / PREMISES]
    return fingerprint(corpus_dir, [*sorted((corpus_dir / _RULES).rglob("*.yaml")), *others])


def load_rulebook(corpus_dir: Path, documents: Iterable[Document]) -> Rulebook | None:
    """Read and check all rules; None for a corpus without them. Raises RulesError with every problem found.

    A quotation that its clause no longer says is no error: the rule is stale, is not used and is reported.
    """
    folder = corpus_dir / _RULES
    if not folder.is_dir():
        return None
    problems: list[str] = []
    facts = _read(folder / _FACTS, dict[str, Fact], problems) or {}
    size = _read(corpus_dir / _SIZE, SizeStandard, problems)
    candidates: dict[str, Candidate] = {}
    for path in sorted(folder.rglob("*.yaml")):
        if path.name in _NOT_CANDIDATES:
            continue
        for candidate in _read(path, list[Candidate], problems) or []:
            if candidate.id in candidates:
                problems.append(f"{path}: the id {candidate.id!r} stands twice")
            candidates[candidate.id] = candidate
            problems += [f"{path}: {candidate.id}: {problem}" for problem in _problems(candidate, facts)]
    problems += [
        f"{folder}: {item.id}: variant_of: there is no candidate {item.variant_of!r}"
        for item in candidates.values()
        if item.variant_of is not None and item.variant_of not in candidates
    ]
    desk = _read(folder / _RENEWAL, RenewalDesk, problems)
    for name in (*desk.candidates, desk.normal_class) if desk else ():
        if name not in candidates:
            problems.append(f"{folder / _RENEWAL}: there is no candidate {name!r}")
    sums = (_read(folder / _SUMS, dict[str, SumRule], problems) if (folder / _SUMS).exists() else None) or {}
    for name, rule in sums.items():
        problems += [f"{folder / _SUMS}: {name}: {problem}" for problem in _sum_problems(rule)]
    if problems or size is None or desk is None:
        raise RulesError(problems)
    wrong = stale(read_quotations(corpus_dir), documents)
    return Rulebook(
        candidates,
        facts,
        size,
        desk,
        frozenset((item.clause, dict(item.words).get(Language.ZH, "")) for item, _ in wrong),
        tuple(f"{item.file}: {item.place}: {problem}" for item, problem in wrong),
        sums,
    )


def _read(path: Path, kind: type[T], problems: list[str]) -> T | None:
    try:
        return TypeAdapter(kind).validate_python(load_yaml(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problems.append(f"{path}: cannot be read: {error}")
    except ValidationError as error:
        problems += [f"{path}: {_place(item['loc'])}: {item['msg']}" for item in error.errors()]
    return None


def _place(loc: Sequence[Any]) -> str:
    return ".".join(map(str, loc)) or "file"


def _problems(candidate: Candidate, facts: Mapping[str, Fact]) -> list[str]:
    """What is wrong with a candidate beyond its form: unknown facts, comparisons that do not fit, unquoted figures."""
    found: list[str] = []
    if candidate.dated_by and (candidate.dated_by not in facts or facts[candidate.dated_by].kind is not FactKind.DATE):
        found.append(f"dated_by: {candidate.dated_by!r} is not a date of facts.yaml")
    for part in candidate.offers:
        for condition in (*conditions_in(part.needs), *part.prefers):
            found += _condition_problems(condition, facts)
        for term in part.terms:
            unit = "wan" if term.what in _MONEY_TERMS else "months" if term.what in _TIME_TERMS else None
            for value in term.values:
                if value.value is None:
                    continue
                if not isinstance(value.value, Decimal):
                    found.append(f"{term.what}: {value.value!r} is not a number")
                elif term.what is TermKind.SUBSIDY_MONTHS and value.value % 12:
                    found.append(f"{term.what}: {value.value} months are not whole years")
                else:
                    found += _unquoted(value, str(term.what), unit)
    return found


def _sum_problems(rule: SumRule) -> list[str]:
    if rule.way == "annualise":
        return [] if rule.value is None else ["value: the formula needs none"]
    if rule.value is None:
        return ["value: a daily rate is missing"]
    figure = f"{_plain(rule.value)}%"
    return [
        f"{figure} does not stand in its quotation {rule.quote.in_(language)!r}"
        for language in map(str, Language)
        if figure not in figures(rule.quote.in_(language))
    ]


_MONEY_TERMS = {TermKind.AMOUNT, TermKind.GUARANTEE, TermKind.SUBSIDY_BASE, TermKind.SUBSIDY_CAP}
_TIME_TERMS = {TermKind.MONTHS, TermKind.SUBSIDY_MONTHS}


def _condition_problems(condition: Condition, facts: Mapping[str, Fact]) -> list[str]:
    name = condition.asks
    unit: str | None
    if name in DERIVED:
        kind, choices, unit = FactKind.NUMBER, {}, "percent"
    elif name not in facts:
        return [f"{name!r} is not a fact of facts.yaml"]
    else:
        kind, choices, unit = facts[name].kind, facts[name].choices, facts[name].unit
    if condition.holds not in _FITS[kind]:
        return [f"{name} is a {kind} and cannot be compared by {condition.holds}"]
    if all(value.value is None for value in condition.values):
        return [f"{name}: there is no value to compare with"]
    found: list[str] = []
    for value in condition.values:
        if value.value is None:
            continue
        if not isinstance(value.value, _VALUES[kind]):
            found.append(f"{name} is a {kind} and cannot be compared with {value.value!r}")
        elif isinstance(value.value, tuple) and choices and (unknown := set(value.value) - set(choices)):
            found.append(f"{name} has no choice {sorted(unknown)}")
        elif kind in (FactKind.NUMBER, FactKind.DATE):
            found += _unquoted(value, name, unit)
    return found


def _unquoted(value: Dated, name: str, unit: str | None) -> list[str]:
    """A figure must stand in its quotation, in each language."""
    accepted = _written(value.value, unit)
    return [
        f"{name}: {value.value} does not stand in its quotation {value.quote.in_(language)!r}"
        for language in map(str, Language)
        if not accepted & figures(value.quote.in_(language))
    ]


def _written(value: Any, unit: str | None) -> set[str]:
    """How index.figures writes a rule's value: money in yuan, months also as years."""
    if isinstance(value, Decimal):
        forms = {value * 10_000} if unit == "wan" else {value, value / 12} if unit == "months" else {value}
        plain = {_plain(form) for form in forms}
        return plain | {f"{form}%" for form in plain}
    return {str(value)}


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
