"""Rules of another day than today: what held then, what holds now, what is known of a time to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.answering.present import as_written
from assistant.texts import Texts, texts
from assistant.types import Claim, ClaimKind, Evidence, Part, Query, Span
from index.text import normalise
from index.types import Kind, Language, Passage, Validity

# How far under the best evidence of any day a rule of the day asked about may lie: less where its topic is another.
_BELOW_BEST, _BELOW_BEST_ELSEWHERE = 0.60, 0.05


def held_on(passage: Passage, day: date) -> bool:
    """Whether a clause is known to have been the rule on a day: in force, and from something issued by then.

    A guide without any date tells of today only.
    """
    if passage.validity(day) is Validity.NO:
        return False
    period = passage.period
    start = period.effective or (None if period.expires else passage.document.issued)
    if start is not None:
        return start <= day
    return period.expires is not None or period.repealed is not None


def rules_of(evidence: Sequence[Evidence], day: date) -> list[Evidence]:
    """The evidence that was the rule on a past day, best first; empty where the best of it is about something else."""
    then = [item for item in evidence if held_on(item.passage, day)]
    best = max(evidence, key=lambda item: item.hit.score, default=None)  # before validity counts
    if not then or best is None:
        return []
    alike = _share_topics(then[0].passage, best.passage)
    allowed = _BELOW_BEST if alike else _BELOW_BEST_ELSEWHERE
    return then if then[0].hit.score >= best.hit.score - allowed else []


def _share_topics(one: Passage, other: Passage) -> bool:
    """Whether two clauses are of one document, or of documents on one particular topic."""
    if one.document_id == other.document_id:
        return True
    return bool({*map(normalise, one.document.topics)} & {*map(normalise, other.document.particular_topics)})


def present_rules(evidence: Sequence[Evidence], lead: Passage, day: date) -> list[Evidence]:
    """What took the place of a clause that is in force no more: of its document, or of one on the same topic."""
    return [
        item
        for item in evidence
        if item.passage.validity(day) is not Validity.NO
        and item.passage.document.kind not in (Kind.GLOSSARY, Kind.FIGURES)
        and _share_topics(item.passage, lead)
    ]


def ended(passage: Passage) -> date | None:
    """The last day on which a clause was in force, where one is known."""
    period = passage.period
    return period.expires or (period.repealed - timedelta(days=1) if period.repealed else None)


def told_until(claim: Claim, language: Language) -> Claim:
    """A sentence of a rule that ended, with its last day."""
    return _dated(claim, "validity.until", ended(claim.passages[0]), language)


def told_since(claim: Claim, language: Language) -> Claim:
    """A sentence of a rule that came later, with its first day where it is known."""
    return _dated(claim, "validity.since", claim.passages[0].period.effective, language)


def told_now(claim: Claim, language: Language) -> Claim:
    """A sentence of the rule of today, beside one of another day."""
    return _introduced(claim, texts(language)("validity.now"))


def _dated(claim: Claim, key: str, day: date | None, language: Language) -> Claim:
    if day is None:
        return replace(claim, line=True)
    say = texts(language)
    return _introduced(claim, say(key, day=as_written(day, say)))


def _introduced(claim: Claim, words: str) -> Claim:
    """A sentence of a clause behind a few words of ours."""
    return replace(claim, preface=words, stated=words, part=Part.LEAD, line=True)


def ahead(query: Query, lead: Passage) -> Claim | None:
    """What is known of days to come: whether the rule ends before, among or after them; None where no end is set."""
    span, last = query.span, ended(lead)
    if span is None or last is None:
        return None
    say = texts(query.language)
    key = "ends_before" if last < span.first else "ends_within" if last < span.last else "ends_after"
    text = say(f"validity.{key}", day=as_written(last, say), said=span.said, title=lead.document.short_title)
    return Claim(text, ClaimKind.COMPUTED, Part.LEAD, (lead,), line=True, given=span.said, stated=text)


def in_words(span: Span, say: Texts) -> str:
    """A span as people write it: 2023年, 2023年6月, 2023年9月30日, or from day to day."""
    if span.first == span.last:
        return as_written(span.first, say)
    if (span.first.month, span.first.day, span.last.month, span.last.day) == (1, 1, 12, 31):
        if span.first.year == span.last.year:
            return say("validity.year", year=span.first.year)
        return say("validity.years", first=span.first.year, last=span.last.year)
    if (span.first.year, span.first.month) == (span.last.year, span.last.month) and span.first.day == 1:
        return say("value.month_of", year=span.first.year, month=span.first.month, month_name=span.first.strftime("%B"))
    return say("value.days_between", first=as_written(span.first, say), last=as_written(span.last, say))
