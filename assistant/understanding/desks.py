"""Whether a turn wants something decided for one's own enterprise, and at which desk."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.lexicon.kinds import kinds_of
from assistant.profile import Desk, Profile, Stated
from assistant.texts import load_model
from assistant.types import Asked
from index.text import clean
from index.types import Language

_FILE = Path(__file__).with_name("desks.yaml")
_METRICS = {"employees", "revenue_wan", "revenue_so_far_wan", "invoiced_revenue_wan", "assets_wan"}
_LOAN = {"loan_due", "loan_lender", "loan_principal_wan", "loan_class", "loan_overdue", "loan_kind"}
_RENEWABLE = _LOAN | _METRICS | {"size_class"}
_AMOUNT = {"loan_wanted_wan", "loan_principal_wan"}
_LITTLE = {
    "region",
    "purpose",
    "financing_need",
    "operating",
    "exports",
    "section",
    "fields",
}
_FIGURES = _METRICS | {"months", "loan_wanted_wan", "tax_paid_wan", "owner_age", "credit_inquiries", "new_hires"}
# What clauses answer and rules do not: a question for it is looked up, whatever facts it carries.
_LOOKED_UP = {Asked.COMPARISON, Asked.REFERENCE, Asked.DEFINITION, Asked.MATERIALS, Asked.FIGURE}
_PARTICULAR = {Asked.AMOUNT, Asked.RATE, Asked.TERM, Asked.DATE, Asked.WHERE, Asked.PROCEDURE}
_ENOUGH = 2  # facts that make a question with a wish one about an enterprise of one's own


_SHORT = {Language.ZH: 20, Language.EN: 60}  # characters
# 有没有合适的贷款 asks for what the desk of matching gives: that is a wish, not a question to look up.
_ASKS = re.compile(
    r"[?？]|吗|怎么|什么|哪|多少|多久|多长|咋|谁|为何|为啥|能不能|可不可以|是不是"
    r"|有没有(?!.{0,8}(?:贷款|政策|补贴|补助|扶持|优惠|支持))"
    r"|\bhow\b|\bwhat\b|\bwhich\b|\bwhen\b",
    re.I,
)


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    size: dict[Language, list[str]]
    renewal: dict[Language, list[str]]
    subsidy: dict[Language, list[str]]
    schedule: dict[Language, list[str]]
    wishes: dict[Language, list[str]]
    seeks: dict[Language, list[str]]
    subjects: dict[Language, list[str]]
    judges: dict[Language, list[str]]
    supposes: dict[Language, list[str]]
    unsure: dict[Language, list[str]]
    bare: dict[Language, list[str]]
    own: dict[Language, list[str]]
    other: dict[Language, list[str]]
    kinds: dict[str, dict[Language, list[str]]]


@cache
def _patterns() -> _Patterns:
    return load_model(_FILE, _Patterns)


@cache
def _pattern(name: str, language: Language) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in getattr(_patterns(), name)[language]), re.I)


def kinds_named(text: str, language: Language) -> frozenset[str]:
    """The kinds of candidates a text names as a group: subsidy, guarantee, mechanism."""
    return frozenset(
        kind
        for kind, patterns in _patterns().kinds.items()
        if re.search("|".join(patterns[language]), text, re.I)
    )  # fmt: skip


def desk_of(
    text: str, language: Language, profile: Profile, fresh: Iterable[Stated], decisive: frozenset[str]
) -> Desk | None:
    """The desk a turn comes to by its own words; None where it wants nothing decided.

    `profile` holds everything stated so far and `fresh` what this turn states. `decisive` are the facts that decide
    about what the turn names (a product, a subsidy); empty when it names nothing.
    """
    said = clean(text).strip()
    asked = set(kinds_of(said, language))
    known = {name for name, item in profile.stated.items() if not item.inferred}
    own = {item.fact for item in fresh if not item.inferred}
    if _says("other", said, language) or Asked.REFERENCE in asked:
        return None
    if _says("schedule", said, language) and known & _AMOUNT and known & {"loan_rate", "term_months"}:
        return Desk.SCHEDULE
    if _says("subsidy", said, language) and known & _AMOUNT:
        return Desk.SUBSIDY
    due = bool(known & {"loan_due", "loan_overdue"}) or len(known & _RENEWABLE) > 1
    if _says("renewal", said, language) and due:
        return Desk.RENEWAL
    if _says("size", said, language) and known & _METRICS:
        return Desk.SIZE
    if not (_says("own", said, language) or own & _FIGURES) or asked & _LOOKED_UP:
        return None
    if decisive and asked & _PARTICULAR:
        return None
    if decisive & own and _says("judges", said, language):
        return Desk.MATCH
    # Over all programmes only what seeks them is decided; a question about something else is looked up.
    seeks = _says("wishes" if decisive else "seeks", said, language) and not _says("subjects", said, language)
    if len(own - _LITTLE) >= _ENOUGH and seeks:
        return Desk.MATCH
    return Desk.MATCH if _says("bare", said, language) else None


def goes_on(text: str, language: Language, fresh: Iterable[Stated]) -> bool:
    """Whether a turn goes on with the case before it: it states facts, or puts them otherwise, and asks no more."""
    said = clean(text).strip()
    if not list(fresh) or _says("other", said, language):
        return False
    return _says("supposes", said, language) or not _ASKS.search(said)


def does_not_know(text: str, language: Language) -> bool:
    """Whether a turn says that what was asked for is not known."""
    return _says("unsure", clean(text).strip(), language)


def only_tells(text: str, language: Language) -> bool:
    """Whether a short turn asks nothing, so that it belongs to the case before it even where nothing of it is read."""
    said = clean(text).strip()
    short = len(said) <= _SHORT[language] and not _ASKS.search(said)
    return short and not any(_says(name, said, language) for name in ("other", "size", "schedule", "subsidy"))


def introduces(text: str, fresh: Iterable[Stated]) -> bool:
    """Whether a turn introduces an enterprise and asks nothing; what it asks would be looked up."""
    told = {item.fact for item in fresh if not item.inferred} - _LITTLE
    return len(told) >= _ENOUGH and not _ASKS.search(clean(text))


def _says(name: str, said: str, language: Language) -> bool:
    return _pattern(name, language).search(said) is not None
