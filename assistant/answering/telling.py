"""The claims of an answer, of the rules of the day the question is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.compose import Composer
from assistant.answering.emphasis import Emphasis
from assistant.answering.history import (
    ahead,
    ended,
    in_words,
    present_rules,
    rules_of,
    told_now,
    told_since,
    told_until,
)
from assistant.texts import texts
from assistant.types import Asked, Claim, Evidence, Part, Query
from index.types import Validity


@dataclass(frozen=True, slots=True)
class Told:
    """What is answered, and the line before it that says of which days."""

    claims: list[Claim]
    preface: str = ""
    judged_on: date | None = None  # the day whose rules these are, where it is another than today


@dataclass(frozen=True)
class Teller:
    """Composes from the rules of today, of a day gone by, or of one to come."""

    composer: Composer
    query: Query
    emphasis: Emphasis
    today: date
    shown: int  # clauses shown to the composer
    weigh: Callable[[date], Sequence[Evidence]]  # the evidence as weighed for a day, best first

    def tell(self, evidence: Sequence[Evidence]) -> Told:
        """Claims and preface. `evidence` is weighed for the day the question is about, never empty."""
        span = self.query.span
        if span is not None and span.is_past(self.today):
            return self._past(evidence)
        claims = self._compose(evidence)
        if span is not None and span.is_ahead(self.today):
            return self._ahead(claims)
        return Told(self._with_the_rule_of_today(claims))

    def _past(self, evidence: Sequence[Evidence]) -> Told:
        span = self.query.span
        assert span is not None
        say = texts(self.query.language)
        of_last, of_first = rules_of(evidence, span.last), rules_of(self.weigh(span.first), span.first)
        if not of_last and not of_first:
            return Told(self._compose(self.weigh(self.today)), say("validity.then_unknown", span=in_words(span, say)))
        last = self._compose(of_last) if of_last else []
        first = self._compose(of_first) if of_first else []
        claims = last or first
        if last and first and self._changed(first[0], last[0], span.last):
            language = self.query.language
            claims = [told_until(first[0], language), told_since(last[0], language), *_without(last[1:], first[0])]
        judged_on = span.last if of_last else span.first
        return Told(self._with_the_rule_of_today(claims), say("validity.then", span=in_words(span, say)), judged_on)

    def _changed(self, first: Claim, last: Claim, on: date) -> bool:
        """Whether the rule of the first day was another one, and had ended by the last."""
        return first.text != last.text and first.passages[0].validity(on) is Validity.NO

    def _with_the_rule_of_today(self, claims: list[Claim]) -> list[Claim]:
        """What holds now, after a lead that does not any more."""
        if Asked.REFERENCE in self.query.asked:
            return claims  # the document that was asked for, whatever came after it
        lead = next((claim for claim in reversed(claims) if claim.part is Part.LEAD), claims[0]).passages[0]
        end = ended(lead)
        if end is None or end >= self.today or lead.validity(self.today) is not Validity.NO:
            return claims
        rules = present_rules(self.weigh(self.today), lead, self.today)
        if not rules:
            return claims
        now = self._compose(rules)[0]
        leads = [claim for claim in claims if claim.part is Part.LEAD]
        rest = [claim for claim in claims if claim.part is not Part.LEAD]
        return [*leads, told_now(now, self.query.language), *_without(rest, now)]

    def _ahead(self, claims: list[Claim]) -> Told:
        """The end of the rule first, where it has one."""
        span = self.query.span
        assert span is not None
        first = ahead(self.query, claims[0].passages[0])
        if first is not None:
            return Told([first, *claims])
        say = texts(self.query.language)
        return Told(claims, say("validity.no_end", said=span.said))

    def _compose(self, evidence: Sequence[Evidence]) -> list[Claim]:
        return self.composer.compose(self.query, evidence[: self.shown], self.emphasis)


def _without(claims: Sequence[Claim], said: Claim) -> list[Claim]:
    return [claim for claim in claims if claim.text not in said.shown]


def judged_on(query: Query, today: date) -> date:
    """The day for which clauses are weighed: the last one asked about where that is over, or else today."""
    return query.span.last if query.span is not None and query.span.is_past(today) else today


def without_span(query: Query) -> Query:
    """The question without the words that name its days: those choose among rules, and are not what a rule is about."""
    if query.span is None:
        return query
    return replace(query, text=query.text.replace(query.span.said, " ").strip(), periods=frozenset())
