"""Products narrowed to what is wanted. What is not published rules nothing out: it stays, and is marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from assistant.eligibility.matching import Assessment, Standing, assess
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import Dated, Term, TermKind, Words
from assistant.eligibility.verdict import Verdict
from assistant.lexicon.regions import places_in
from assistant.products.cells import figures
from assistant.products.traits import mentioned, tells_conflict
from assistant.products.types import PUBLIC, UNSTATED, Group, Product, Trait
from assistant.profile import Profile, Stated
from index.quantities import Unit, quantities
from index.text import sentences
from index.types import StrEnum

_CEILING, _LONGEST = (TermKind.AMOUNT, TermKind.GUARANTEE), (TermKind.MONTHS,)
_RATES = (TermKind.RATE,)
_WAN = Decimal(10_000)  # yuan


class Doubt(StrEnum):
    """Why a product is kept although nothing published says that it is what is wanted."""

    NO_CEILING = "no_ceiling"
    NO_LOAN = "no_loan"  # a subsidy or guarantee, which goes with a loan of such an amount or term
    NO_TERM = "no_term"
    DISPUTED = "disputed"  # the figure is lower, and some source gives a higher one
    NO_SECURITY = "no_security"
    NO_BORROWER = "no_borrower"


class Order(StrEnum):
    """How products are sorted."""

    PROVIDER = "provider"
    CEILING = "ceiling"  # highest first
    RATE = "rate"  # lowest first
    TERM = "term"  # longest first


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty values want nothing in particular. Amounts in wan, terms in months."""

    words: str = ""
    traits: Mapping[Trait, frozenset[str]] = field(default_factory=dict)
    amount: Decimal | None = None
    months: Decimal | None = None
    order: Order = Order.PROVIDER


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a product with the way in it is for, where it is not the same for all."""

    value: Decimal
    term: Term
    dated: Dated
    way: Words | None


@dataclass(frozen=True, slots=True)
class Found:
    """A product with what the list says of it."""

    product: Product
    assessment: Assessment | None
    ceiling: Figure | None
    longest: Figure | None
    rate: Figure | None
    doubts: tuple[Doubt, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether the time for it has passed, or has not begun."""
        return self.assessment is not None and self.assessment.standing is Standing.NOT_IN_FORCE


def looked_at(products: Iterable[Product], region: str | None, book: Rulebook | None, day: date) -> list[Found]:
    """The products as they are at a place on a day, without those made for another place."""
    found = (_at(product, region, book, day) for product in products)
    return [item for item in found if item is not None]


def narrowed(found: Iterable[Found], wanted: Wanted) -> list[Found]:
    """Those that are what is wanted, then those that may be; what has ended comes last."""
    kept = [doubted for item in found if (doubted := _kept(item, wanted)) is not None]
    return sorted(kept, key=lambda item: (item.ended, bool(item.doubts), *_sorting(item, wanted.order)))


def facets(found: Sequence[Found], wanted: Wanted) -> dict[Trait, Counter[str]]:
    """By trait: how many products each value would leave, all other filters kept."""
    counts: dict[Trait, Counter[str]] = {}
    for trait in Trait:
        others = {name: chosen for name, chosen in wanted.traits.items() if name is not trait}
        left = (_kept(item, replace(wanted, traits=others)) for item in found)
        counts[trait] = Counter(value for item in left if item is not None for value in item.product.traits[trait])
    return counts


def _at(product: Product, region: str | None, book: Rulebook | None, day: date) -> Found | None:
    """The product as it is at a place; None where it is made for another one."""
    assessment = None
    if product.candidate is not None and book is not None:
        stated = [Stated("region", region, "")] if region else []
        assessment = assess(product.candidate, book.view(Profile.of(stated), day))
        if assessment.elsewhere:
            return None
    elif region and not _serves(product, region):
        return None
    ways = _ways(assessment)

    def best(kinds: tuple[TermKind, ...], least: bool = False) -> Figure | None:
        values = [
            Figure(dated.value, term, dated, mode.name if mode and not mode.general else None)
            for mode, term, dated in figures(product, kinds, day)
            if (mode is None or mode.id in ways) and isinstance(dated.value, Decimal)
        ]
        choose = min if least else max
        return choose(values, key=lambda figure: figure.value) if values else None

    return Found(product, assessment, best(_CEILING), best(_LONGEST), best(_RATES, least=True))


def _ways(assessment: Assessment | None) -> set[str]:
    """The ways in that are open as far as is known."""
    if assessment is None or assessment.mode is None:
        return set()
    others = [mode.id for mode, verdict in assessment.other_modes if verdict is not Verdict.NOT_MET]
    return {assessment.mode.id, *others}


def _serves(product: Product, region: str) -> bool:
    """Whether a sheet without rules may concern a place, by the region it names."""
    named = places_in(product.document.region)
    return not named or any(place.province == region.split("/")[0] for place in named)


def _kept(item: Found, wanted: Wanted) -> Found | None:
    product, doubts = item.product, list[Doubt]()
    if wanted.words and not _speaks_of(product, wanted.words):
        return None
    for trait, chosen in wanted.traits.items():
        own = product.traits[trait]
        if not chosen or own & chosen:
            continue
        if own != {UNSTATED} or trait not in (Trait.SECURITY, Trait.BORROWER):
            return None
        doubts.append(Doubt.NO_SECURITY if trait is Trait.SECURITY else Doubt.NO_BORROWER)
    for least, best, unknown, group in (
        (wanted.amount, item.ceiling, Doubt.NO_CEILING, Group.AMOUNT),
        (wanted.months, item.longest, Doubt.NO_TERM, Group.TERM),
    ):
        if least is None:
            continue
        if best is None:
            doubts.append(unknown if product.lends else Doubt.NO_LOAN)
        elif best.value < least:
            if not _disputed(product, group, least):
                return None
            doubts.append(Doubt.DISPUTED)
    return replace(item, doubts=tuple(dict.fromkeys(doubts)))


def _speaks_of(product: Product, words: str) -> bool:
    """Whether every word stands in its name, what it is also called, who offers it, or what it is about."""
    document, candidate = product.document, product.candidate
    parts = [document.title, document.short_title, document.document_number or "", *document.issuers, *document.topics]
    if candidate is not None:
        parts += [candidate.name.zh, candidate.name.en, *(name for names in candidate.also.values() for name in names)]
    said = "\n".join(parts).casefold()
    return all(word in said for word in words.casefold().split())


def _disputed(product: Product, group: Group, least: Decimal) -> bool:
    """Whether a clause on differing figures gives as much as is wanted."""
    unit, factor = (Unit.YUAN, _WAN) if group is Group.AMOUNT else (Unit.MONTHS, Decimal(1))
    for sheet in product.sheets:
        for clause in sheet.clauses:
            if not tells_conflict(clause) or group not in mentioned(clause.heading, sheet.language):
                continue
            for sentence in sentences(clause.text, sheet.language):
                if any(Decimal(q.value) >= least * factor for q in quantities(sentence) if q.unit is unit):
                    return True
    return False


def _sorting(item: Found, order: Order) -> tuple[object, ...]:
    name = min(item.product.traits[Trait.PROVIDER])
    provider = (name == PUBLIC, name)
    by = {Order.CEILING: item.ceiling, Order.TERM: item.longest, Order.RATE: item.rate}.get(order)
    if order is Order.PROVIDER:
        told = sum(figure is not None for figure in (item.ceiling, item.longest, item.rate))
        return (*provider, -told, item.product.id)  # of a bank's products first those that most is published of
    if by is None:
        return (True, Decimal(0), *provider, item.product.id)
    return (False, by.value if order is Order.RATE else -by.value, *provider, item.product.id)
