"""A product sheet → a draft of terms and conditions in the form of corpus/rules, for a person to confirm.

What the sheet does not say stays out: no default is put in for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from index.documents.metadata.types import Certainty, Metadata, Proposal
from index.documents.structure.types import Draft
from index.documents.yaml_files import load_yaml
from index.quantities import Bound, Quantity, Unit, quantities
from index.text import sentences

_FILE = Path(__file__).with_name("product_terms.yaml")
_HOLDS = {
    Bound.AT_MOST: "at_most",
    Bound.BELOW: "less_than",
    Bound.AT_LEAST: "at_least",
    Bound.ABOVE: "more_than",
}
_AGES = re.compile(r"(\d{2})(?:周?岁)?(?:\(含\)|（含）)?\s*(?:至|到|-|—|–|~|～)\s*(\d{2})(?:\(含\)|（含）)?\s*周?岁")


@dataclass(frozen=True, slots=True)
class Term:
    """Something the product offers. `value`: 万元 (amount), percent a year (rate), months; None for words only."""

    what: str  # amount, rate, rate_ceiling, months, security, repayment
    value: Decimal | None
    clause_id: str
    proposal: Proposal[str]  # the sentence


@dataclass(frozen=True, slots=True)
class Need:
    """A condition of borrowing."""

    fact: str  # of corpus/rules/facts.yaml
    holds: str  # at_least, at_most, more_than, less_than, is, one_of
    value: Decimal | bool | tuple[str, ...]
    clause_id: str
    proposal: Proposal[str]


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """What a sheet says of a product."""

    name: Proposal[str] | None
    bank: Proposal[str] | None
    region: Proposal[str] | None
    terms: tuple[Term, ...]
    needs: tuple[Need, ...]

    def as_candidate(self, document_id: str) -> dict[str, Any]:
        """The entry of corpus/rules/candidates/products, with the sheet's own words in its own language only."""
        return {
            "id": document_id,
            "kind": "product",
            "document": document_id,
            "name": self.name.value if self.name else None,
            "terms": [
                {"what": term.what}
                | ({"value": _plain(term.value)} if term.value is not None else {})
                | {"clause": f"{document_id}#{term.clause_id}", "quote": term.proposal.evidence}
                for term in self.terms
            ],
            "needs": [
                {
                    "asks": need.fact,
                    "holds": need.holds,
                    "value": _plain(need.value),
                    "clause": f"{document_id}#{need.clause_id}",
                    "quote": need.proposal.evidence,
                }
                for need in self.needs
            ],
        }


class _Says(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    says: str
    unless: str | None = None

    def fits(self, text: str) -> bool:
        return bool(re.search(self.says, text, re.I)) and not (self.unless and re.search(self.unless, text, re.I))


class _Term(_Says):
    what: str
    unit: Unit | None = None


class _Need(_Says):
    fact: str
    unit: Unit | None = None
    value: bool | None = None
    values: dict[str, str] | None = None


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    terms: list[_Term]
    words: list[_Term]
    needs: list[_Need]


@cache
def _patterns() -> _Patterns:
    return _Patterns.model_validate(load_yaml(_FILE.read_text(encoding="utf-8")))


def product_draft(draft: Draft, metadata: Metadata) -> ProductDraft:
    """Terms and conditions with the sentences they stand in; the first sentence that says a thing counts."""
    said = list(_sentences(draft))
    return ProductDraft(
        _name(metadata),
        metadata.issuers[0] if metadata.issuers else None,
        metadata.region,
        (*_terms(said), *_words(said)),
        tuple(_needs(said)),
    )


_Sentence = tuple[str, str, int]  # text, clause id, page


def _sentences(draft: Draft) -> Iterator[_Sentence]:
    for clause in draft.clauses:
        for sentence in sentences(clause.text, draft.language):
            at = clause.text.find(sentence)
            page = next((span.page for span in clause.spans if span.start <= at < span.end), 1)
            # A heading is part of what is said: 贷款期限 above "最长3年".
            named = f"{clause.heading}：{sentence}" if clause.heading and len(clause.heading) <= 12 else sentence
            yield (sentence if clause.table or clause.heading in sentence else named), clause.id, page


def _name(metadata: Metadata) -> Proposal[str] | None:
    title = metadata.title
    if title is None:
        return None
    match = re.search(r"[“\"「]([^”\"」]{2,20})[”\"」]", title.value)
    if match:
        return Proposal(match[1], title.evidence, title.page, Certainty.SURE)
    bare = re.sub(r"(?:产品)?(?:说明书?|介绍|简介|手册|要素表?)$", "", title.value)
    for issuer in metadata.issuers:
        bare = bare.removeprefix(issuer.value)
    return Proposal(bare or title.value, title.evidence, title.page, Certainty.LIKELY)


def _terms(said: list[_Sentence]) -> Iterator[Term]:
    for pattern in _patterns().terms:
        best: tuple[int, list[Quantity], _Sentence] | None = None
        for entry in said:
            for piece in re.split(r"[；;，,](?!\d{3})", entry[0]):
                if not pattern.fits(piece):
                    continue
                found = [quantity for quantity in quantities(piece) if quantity.unit is pattern.unit]
                # "最高300万元" says it is the limit; a bare figure beside the word may be an example.
                weight = 2 if any(q.bound is Bound.AT_MOST for q in found) else 1
                if found and (best is None or weight > best[0]):
                    best = (weight, found, (piece.strip(), entry[1], entry[2]))
        if best is not None:
            yield from _offered(pattern.what, best[1], best[2], sure=best[0] == 2)


def _offered(what: str, found: list[Quantity], said: _Sentence, *, sure: bool) -> Iterator[Term]:
    text, clause_id, page = said
    proposal = Proposal(text, text, page, Certainty.SURE if sure else Certainty.LIKELY)
    values = [Decimal(quantity.value) for quantity in found if not quantity.lowered]
    if not values:
        return
    if what == "rate":
        yield Term("rate", min(values), clause_id, proposal)
        if max(values) != min(values):
            yield Term("rate_ceiling", max(values), clause_id, proposal)
    else:
        yield Term(what, max(values) / (10000 if what == "amount" else 1), clause_id, proposal)


def _words(said: list[_Sentence]) -> Iterator[Term]:
    for pattern in _patterns().words:
        for text, clause_id, page in said:
            if pattern.fits(text):
                yield Term(pattern.what, None, clause_id, Proposal(text, text, page, Certainty.LIKELY))
                break


def _needs(said: list[_Sentence]) -> Iterator[Need]:
    seen: set[tuple[str, str]] = set()
    for text, clause_id, page in said:
        for piece in re.split(r"[；;，,。](?!\d{3})", text):
            for pattern in _patterns().needs:
                if not pattern.fits(piece):
                    continue
                for holds, value in _held(pattern, piece):
                    if (pattern.fact, holds) not in seen:
                        seen.add((pattern.fact, holds))
                        evidence = Proposal(piece.strip(), piece.strip(), page, Certainty.LIKELY)
                        yield Need(pattern.fact, holds, value, clause_id, evidence)


def _held(pattern: _Need, text: str) -> Iterator[tuple[str, Decimal | bool | tuple[str, ...]]]:
    if pattern.value is not None:
        yield "is", pattern.value
    elif pattern.values is not None:
        named = tuple(name for name, says in pattern.values.items() if re.search(says, text))
        if named:
            yield "one_of", named
    elif pattern.fact == "owner_age" and (ages := _AGES.search(text)):
        yield "at_least", Decimal(ages[1])
        yield "at_most", Decimal(ages[2])
    else:
        for quantity in quantities(text):
            if quantity.unit is pattern.unit and quantity.bound in _HOLDS:
                yield _HOLDS[quantity.bound], Decimal(quantity.value)


def _plain(value: Decimal | bool | tuple[str, ...]) -> int | float | bool | list[str]:
    if isinstance(value, bool):
        return value
    if isinstance(value, tuple):
        return list(value)
    return int(value) if value == value.to_integral_value() else float(value)
