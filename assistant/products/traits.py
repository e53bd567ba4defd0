"""What products are told apart by, read from the words of their sheets and rules by the patterns of `traits.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.eligibility.rules import Candidate, Source, TermKind, conditions_in
from assistant.lexicon.banks import banks_in
from assistant.products.types import PUBLIC, UNSTATED, Group, Trait
from assistant.texts import load_model
from index.text import sentences
from index.types import Clause, Document, Kind, Language

_FILE = Path(__file__).with_name("traits.yaml")
_WHOSE = ("form", "size_class")  # facts whose conditions say who may borrow


class _Clauses(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    ids: list[str]
    heading: str


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    positive: list[str]
    negated: list[str]
    kind: dict[str, list[str]]
    kind_of: dict[str, str]
    security: dict[str, list[str]]
    borrower: dict[str, list[str]]
    clauses: dict[Group, _Clauses]
    conflicts: list[str]
    left_open: list[str]
    left_open_words: dict[Language, str]
    mentions: dict[Group, dict[Language, str]]


@cache
def _patterns() -> _Patterns:
    return load_model(_FILE, _Patterns)


def values(trait: Trait) -> tuple[str, ...]:
    """The values a trait may have, in the order they are listed; providers are too many to list."""
    patterns = _patterns()
    named = {
        Trait.KIND: [*patterns.kind, *patterns.kind_of.values()],
        Trait.SECURITY: patterns.security,
        Trait.BORROWER: patterns.borrower,
        Trait.PROVIDER: [],
    }[trait]
    return (*named, UNSTATED)


def traits_of(
    candidate: Candidate | None, document: Document, sheets: Sequence[Document]
) -> dict[Trait, frozenset[str]]:
    """All traits of a product, from documents in Chinese (or in the one language there is)."""
    patterns = _patterns()
    own = [*_own(candidate, sheets)]
    kinds = _matching(patterns.kind, "\n".join([*own, *_topics(sheets)]))
    kinds |= {patterns.kind_of[kind] for kind in (candidate.kinds if candidate else ()) if kind in patterns.kind_of}
    secured = "\n".join([*_security(candidate, sheets), *_topics(sheets)])
    borrowers = "\n".join(_borrowers(candidate, sheets))
    return {
        Trait.PROVIDER: frozenset(providers_of(document)),
        Trait.KIND: frozenset(kinds) or frozenset({UNSTATED}),
        Trait.SECURITY: _matching(patterns.security, secured) or frozenset({UNSTATED}),
        Trait.BORROWER: _narrowed(candidate, _matching(patterns.borrower, borrowers)) or frozenset({UNSTATED}),
    }


def providers_of(document: Document) -> tuple[str, ...]:
    """The banks a document is of, by their Chinese names; PUBLIC where authorities or public bodies issued it."""
    found = [bank.zh for issuer in document.issuers for bank in banks_in(issuer)]
    if document.kind is Kind.PRODUCT and not found and len(document.issuers) == 1 and "银行" in document.issuers[0]:
        return document.issuers
    return tuple(dict.fromkeys(found)) or (PUBLIC,)


def is_sheet(document: Document) -> bool:
    """Whether a document is about one product and nothing else: a bank's, or one that ends with who is to be asked."""
    return document.kind is Kind.PRODUCT or any(_leaves_open(clause) for clause in document.clauses)


def group_of(clause: Clause, *, sheet: bool) -> Group | None:
    """What a clause is about; None where neither its id nor its heading tells."""
    stem = clause.id.split("-")[0]
    for group, told in _patterns().clauses.items():
        if sheet and stem in told.ids:
            return group
    return next((g for g, told in _patterns().clauses.items() if re.search(told.heading, clause.heading, re.I)), None)


def tells_conflict(clause: Clause) -> bool:
    """Whether a clause says how sources differ."""
    return clause.id.split("-")[0] in _patterns().conflicts


def mentioned(text: str, language: Language) -> frozenset[Group]:
    """The groups a heading or sentence speaks of."""
    found = {g for g, says in _patterns().mentions.items() if re.search(says[language], text, re.I)}
    return frozenset(found)


def left_open(document: Document) -> dict[Group, tuple[str, str]]:
    """By group: the clause and the sentence of it that leave the matter to the provider."""
    patterns = _patterns()
    found: dict[Group, tuple[str, str]] = {}
    for clause in document.clauses:
        if not _leaves_open(clause):
            continue
        for sentence in sentences(clause.text, document.language):
            if not re.search(patterns.left_open_words[document.language], sentence, re.I):
                continue
            for group in mentioned(sentence, document.language):
                found.setdefault(group, (clause.id, sentence))
    return found


def _leaves_open(clause: Clause) -> bool:
    return clause.id.split("-")[0] in _patterns().left_open


def _matching(wanted: Mapping[str, list[str]], text: str) -> frozenset[str]:
    patterns = _patterns()
    bare = re.sub("|".join(patterns.negated), " ", text)
    return frozenset(
        value
        for value, says in wanted.items()
        if re.search("|".join(says), bare if value in patterns.positive else text)
    )


def _topics(sheets: Iterable[Document]) -> Iterable[str]:
    return (topic for sheet in sheets for topic in sheet.topics)


def _own(candidate: Candidate | None, sheets: Sequence[Document]) -> Iterable[str]:
    """The words that say what a product is."""
    if candidate is None:
        yield from (sheet.title for sheet in sheets)
        yield from (clause.text for sheet in sheets for clause in sheet.clauses if _is(clause, Group.BASICS))
        return
    yield from (candidate.name.zh, *candidate.also.get("zh", ()), candidate.about.quote.zh)
    yield from (mode.name.zh for mode in candidate.modes)
    yield from (source.quote.zh for source in _secured(candidate))


def _security(candidate: Candidate | None, sheets: Sequence[Document]) -> Iterable[str]:
    if candidate is not None:
        yield candidate.about.quote.zh
        yield from (source.quote.zh for source in _secured(candidate))
    yield from (clause.text for sheet in sheets for clause in sheet.clauses if clause.id == "guarantee")
    yield from (clause.text for sheet in sheets for clause in sheet.clauses if clause.id == "overview")
    if candidate is None:
        yield from (c.text for s in sheets for c in s.clauses if _is(c, Group.GUARANTEE) or _is(c, Group.BASICS))


def _secured(candidate: Candidate) -> Iterable[Source]:
    return (v for offer in candidate.offers for t in offer.terms if t.what is TermKind.SECURITY for v in t.values)


def _borrowers(candidate: Candidate | None, sheets: Sequence[Document]) -> Iterable[str]:
    if candidate is not None:
        yield candidate.about.quote.zh
        for offer in candidate.offers:
            for condition in conditions_in(offer.needs):
                if condition.asks in _WHOSE:
                    yield condition.says.zh
                    yield from (value.quote.zh for value in condition.values)
    for sheet in sheets:
        yield from (clause.text for clause in sheet.clauses if clause.id in ("overview", "conditions"))
        if candidate is None:
            whom = (Group.BASICS, Group.CONDITIONS)
            yield from (clause.text for clause in sheet.clauses if group_of(clause, sheet=True) in whom)


def _narrowed(candidate: Candidate | None, borrowers: frozenset[str]) -> frozenset[str]:
    """Of two candidates of one programme each says in its name for whom it is: 创业担保贷款（个人）."""
    named = re.search(r"（([^）]*)）", candidate.name.zh) if candidate else None
    whom = _matching(_patterns().borrower, named[1]) if named else frozenset()
    if "enterprise" in whom:
        return borrowers & whom or whom
    return borrowers - {"enterprise"} or whom if whom else borrowers


def _is(clause: Clause, group: Group) -> bool:
    return group_of(clause, sheet=True) is group
