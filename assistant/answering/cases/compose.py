"""A decided case → the answer: claims composed, grounded and presented."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.cases.match import match_claims
from assistant.answering.cases.phrasing import Phrasing
from assistant.answering.cases.record import assessment
from assistant.answering.cases.renewal import calendar_notice, renewal_claims
from assistant.answering.cases.size import size_claims
from assistant.answering.cases.sums import schedule_claims, subsidy_claims
from assistant.answering.grounding import ground
from assistant.answering.premises.correction import Correction
from assistant.answering.present import presented_case
from assistant.eligibility.desks import Case
from assistant.eligibility.matching import Standing
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.verdict import Verdict
from assistant.profile import Desk
from assistant.types import Answer, Claim, Outcome
from index.search import Searcher

_FOLLOW_UPS = 2


def answer_case(
    base: Answer, case: Case, book: Rulebook, searcher: Searcher, first: Correction | None = None
) -> Answer | None:
    """The answer to a case; None where nothing of it can be said on a clause, so that search may answer.

    `first` corrects what the question takes for granted, before everything else.
    """
    words = Phrasing(case, book, searcher, base.language)
    claims, dropped = ground(_claims(words, book))
    base = replace(base, dropped=tuple(dropped))
    if not claims and not case.asks:
        return None
    told = [words.say("case.unread", said=case.unread)] if case.unread else []
    if case.desk in (Desk.MATCH, Desk.SUBSIDY):
        told.append(words.decides(case.assessments))
    if case.desk is Desk.SCHEDULE and case.schedules:
        told.append(words.say("case.schedule.note"))
    if case.desk is not Desk.SIZE and (defects := words.defects()):
        told.insert(0, words.say("case.defects", defects=words.say("list_comma").join(defects)))
    if case.desk in (Desk.SIZE, Desk.MATCH) and case.view.revenue_from != "revenue_wan" and case.view.size.among:
        told.append(words.say("case.size.invoiced"))
    if case.renewal is not None and (unsure := calendar_notice(words, case.renewal)) is not None:
        told.append(unsure)
    if (stale := _stale(words)) is not None:
        told.append(stale)
    if (notice := words.facts_notice()) is not None:
        told.append(notice)
    outcome = _outcome(case, claims)
    if first is not None:
        claims = [*ground([first.claim])[0], *claims]
    answer = presented_case(
        base, base.language, claims, assessment(words), words.asks(), told, _follow_ups(words), outcome, case.judged_on
    )
    if not dropped:
        return answer
    return replace(answer, outcome=Outcome.PARTIAL if claims else outcome, reason="claims_dropped")


def _claims(words: Phrasing, book: Rulebook) -> list[Claim]:
    case = words.case
    if case.desk is Desk.SIZE:
        return size_claims(words)
    if case.desk is Desk.RENEWAL and case.renewal is not None:
        return renewal_claims(words, case.renewal, book.desk)
    if case.desk is Desk.SUBSIDY:
        return subsidy_claims(words)
    if case.desk is Desk.SCHEDULE:
        return schedule_claims(words, book.desk.repayment) if case.schedules else []
    return match_claims(words)


def _outcome(case: Case, claims: list[Claim]) -> Outcome:
    """Questions alone are no answer, and a class that stays open is half of one."""
    if not claims or (case.desk is Desk.SIZE and len(case.view.size.among) in (0, 4) and case.asks):
        return Outcome.CLARIFY
    if case.desk is Desk.SIZE and case.view.size.exact is None and case.asks:
        return Outcome.PARTIAL
    return Outcome.ANSWERED


def _stale(words: Phrasing) -> str | None:
    """Which rules could not be used, where any of those told of could not."""
    stale = [item for item in words.case.assessments if item.stale]
    if not stale:
        return None
    names = [item.candidate.name.in_(str(words.language)) for item in stale]
    return words.say("case.stale_note", rules=words.say("list_comma").join(names[:3]))


def _follow_ups(words: Phrasing) -> list[str]:
    """How to go about the best candidates."""
    open_ = [item for item in words.case.assessments if item.standing in (Standing.ELIGIBLE, Standing.OPEN)]
    chosen = [item for item in open_ if all(f.verdict is not Verdict.NOT_MET for f in item.findings)][:_FOLLOW_UPS]
    names = dict.fromkeys(item.candidate.name.in_(str(words.language)) for item in chosen)
    return [words.say("case.follow_up", name=name) for name in names]
