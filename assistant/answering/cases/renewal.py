"""A loan that falls due: whether it can be renewed, its dates, its class, and what if the bank says no."""

from __future__ import annotations

from assistant.answering.cases.conditions import condition_claims, rule_claims
from assistant.answering.cases.phrasing import Phrasing
from assistant.answering.worked import Planned
from assistant.eligibility.matching import Standing
from assistant.eligibility.renewal import Renewal
from assistant.eligibility.rules import DeskStep, RenewalDesk, Source
from assistant.eligibility.timeline import LAST_WORKING_DAY, OVERDUE, Milestone, StepKind
from assistant.eligibility.verdict import Verdict
from assistant.types import Claim, Part
from assistant.wording import day_words


def renewal_claims(words: Phrasing, found: Renewal, desk: RenewalDesk) -> list[Claim]:
    """Claims in the order in which an owner needs them."""
    claims = _verdict(words, found, desk.limits)
    if found.possible:
        claims += words.quoted(desk.procedure[0], Part.LEAD)
    claims += rule_claims(words, found.best.findings if found.possible else found.best.failed)
    steps = {name: step for name, step in found.steps if found.possible or step.kind == "due"}
    late = [item.id for item in found.milestones if item.past and item.kind is StepKind.LATEST]
    shown = [item for item in found.milestones if item.id not in late[1:]]  # of what is late the first step comes first
    claims += [claim for item in shown for claim in _milestone(words, found, item, steps)]
    if found.possible:
        claims += _normal(words, found)
    for alternative in found.alternatives:
        says = alternative.says.in_(str(words.language))
        for source in alternative.basis[:1]:
            quote = source.quote.in_(str(words.language))
            text = words.say("case.renewal.alternative", says=says, quote=quote)
            claims += words.claim(text, Part.OTHERWISE, [source])
        claims += [claim for source in alternative.basis[1:] for claim in words.quoted(source, Part.OTHERWISE)]
    for source in desk.papers:
        claims += words.quoted(source, Part.NEXT)
    return claims + words.quoted(desk.decides, Part.MORE)


def calendar_notice(words: Phrasing, found: Renewal) -> str | None:
    """That days off are not published yet, where dates rest on them."""
    years = sorted({item.day.year for item in found.milestones if not item.schedule_known})
    return words.say("case.renewal.not_published", year=years[-1]) if years else None


def _verdict(words: Phrasing, found: Renewal, limits: Source) -> list[Claim]:
    best = found.best
    overdue = next((item for item in found.milestones if item.id == OVERDUE), None)
    claims: list[Claim] = []
    if words.view.value("loan_overdue") is True:
        barred = [leaf.source for leaf in found.normal.failed if leaf.source]
        claims += words.claim(words.say("case.renewal.arrears"), Part.LEAD, barred[:1] or [best.candidate.about])
    if overdue is not None:
        text = words.say("case.renewal.overdue", day=day_words(overdue.day, words.say))
        claims += words.claim(text, Part.LEAD, [best.candidate.about])
        if best.standing in (Standing.ELIGIBLE, Standing.OPEN):
            return claims  # renewal is settled before a loan falls due
    sources: list[Source] = [leaf.source for leaf in best.failed if leaf.source]
    if best.standing is Standing.NOT_IN_FORCE and best.window is not None and best.window.until is not None:
        text = words.say("case.renewal.lapsed", day=day_words(best.window.until, words.say))
        return claims + words.claim(text, Part.LEAD, [best.window]) + words.quoted(limits, Part.LEAD)
    key = {Standing.ELIGIBLE: "eligible", Standing.OPEN: "open"}.get(best.standing, "not_eligible")
    if claims and key != "not_eligible":
        key = "after_arrears"
    text = words.say(f"case.renewal.{key}", name=words.name(best))
    claims += words.claim(text, Part.LEAD, sources[:2] or [best.candidate.about], line=False)
    return claims if best.standing in (Standing.ELIGIBLE, Standing.OPEN) else claims + words.quoted(limits, Part.LEAD)


def _milestone(words: Phrasing, found: Renewal, item: Milestone, steps: dict[str, DeskStep]) -> list[Claim]:
    if item.id == OVERDUE or (item.past and item.kind is StepKind.EARLIEST):
        return []
    day = day_words(item.day, words.say)
    weekday = words.say.list("case.weekdays")[item.day.weekday()]
    if item.id == LAST_WORKING_DAY:
        text = words.say("case.renewal.due_holiday", day=day)
        about = words.case.assessments[0].candidate.about
        return words.claim(text, Part.DATES, [about], worked=_planned(words, found, item))
    if item.id not in steps:
        return []
    step = steps[item.id]
    says = step.says.in_(str(words.language))
    later = day_words(item.day_if_later, words.say) if item.day_if_later else ""
    left = words.say("case.renewal.today") if item.days_left == 0 else words.say(
        "case.renewal.in_days", days=item.days_left
    )  # fmt: skip
    key = "step_now" if item.past else "step_span" if item.day_if_later else "step"
    if key == "step" and step.kind == "latest":
        key = "step_latest"
    if key == "step_now" and item.days_left > 0:  # today is a day of rest
        key = "step_soon"
    text = words.say(
        f"case.renewal.{key}", day=day, weekday=weekday, left=left, title=step.title.in_(str(words.language)),
        says=says, later=later,
    )  # fmt: skip
    if step.basis is None and step.kind != "due":
        text += words.say("case.renewal.advice")
    basis = [step.basis] if step.basis else [words.case.assessments[0].candidate.about]
    return words.claim(text, Part.DATES, basis, worked=_planned(words, found, item))


def _planned(words: Phrasing, found: Renewal, item: Milestone) -> list[Planned]:
    if found.due is None:
        return []
    step = next((step for step in found.plan if step.id == item.id), None)
    today = words.view.on
    return [Planned(item, step, max(found.due.first, today), found.due.last, today)]


def _normal(words: Phrasing, found: Renewal) -> list[Claim]:
    """Whether the renewed loan stays in the normal class."""
    findings = found.normal.findings
    sources = [leaf.source for leaf in findings if leaf.source]
    against = [finding for finding in findings if finding.verdict is Verdict.NOT_MET]
    unknown = [finding for finding in findings if finding.verdict is Verdict.UNKNOWN]
    if against:
        claims = words.claim(words.say("case.renewal.normal_not"), Part.NORMAL, sources[:1])
        return claims + [claim for item in against for claim in condition_claims(words, item, Part.NORMAL)]
    if unknown:
        conditions = words.say("list_comma").join(words.condition(item) for item in unknown)
        return words.claim(words.say("case.renewal.normal_open", conditions=conditions), Part.NORMAL, sources)
    return words.claim(words.say("case.renewal.normal_met"), Part.NORMAL, sources[:1])
