"""Case studies: an enterprise as somebody would describe it, the verdict on one programme, and the reasons for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.eligibility.conditions import Finding, leaves
from assistant.eligibility.rules import Candidate, Condition, Holds, conditions_in
from assistant.eligibility.rules import Source as RuleSource
from assistant.eligibility.verdict import Verdict
from assistant.training.makers.description import described
from assistant.training.makers.enterprises import enterprises
from assistant.training.makers.profiles import Drawn, draw
from assistant.training.makers.rule_words import RuleWords, chance, shuffled
from assistant.training.material import Material
from assistant.training.types import Drill, DrillKind, Option
from assistant.wording import condition_words
from index.text import normalise

VERDICTS = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN)
_TURNS = (1, 2)  # how many enterprises are drawn for each verdict
_FEWEST_FINDINGS = 2
_MOST_REASONS = 3  # that are right
_REASONS = 5
_OPPOSITE = 0.5  # how often a true reason has its opposite beside it
_LIST = "mechanism-list"
_SEEN = {"fields", "industry", "form", "region"}  # nobody would ask for these again


@dataclass(frozen=True, slots=True)
class _Reason:
    """A statement to tick or not."""

    text: str
    why: str
    right: bool


def cases(material: Material) -> Iterator[Drill]:
    """Drills on every candidate whose published conditions can be judged, with each verdict that can be drawn."""
    book = material.rulebook
    if book is None:
        return
    words = RuleWords(material, book)
    for candidate in book.candidates.values():
        if candidate.only_named or not _usable(candidate, words):
            continue
        seen: set[str] = set()
        for verdict in VERDICTS:
            for turn in _TURNS:
                drill_id = f"{DrillKind.CASE}:{candidate.about.clause}:{candidate.id}-{verdict}-{turn}"
                random = chance(drill_id)
                drawn = draw(candidate, book, material.on, verdict, random)
                if drawn is None or len(drawn.assessment.findings) < _FEWEST_FINDINGS:
                    continue
                drill = _drill(drill_id, drawn, words, random)
                if drill.prompt not in seen:
                    seen.add(drill.prompt)
                    yield drill


def _usable(candidate: Candidate, words: RuleWords) -> bool:
    """Whether all its clauses still say what its rules quote, and it is open on the day."""
    parts = (candidate, *candidate.modes)
    values = [value for part in parts for condition in conditions_in(part.needs) for value in condition.values]
    open_now = not candidate.window or any(window.on(words.material.on) for window in candidate.window)
    return open_now and all(words.stands(source) for source in (candidate.about, *values, *candidate.window))


def _drill(drill_id: str, drawn: Drawn, words: RuleWords, random: Random) -> Drill:
    material, say, candidate = words.material, words.drill, drawn.assessment.candidate
    question = _question(candidate, words)
    prompt = f"{described(drawn, words, random)}\n{question}{say('sentence_gap')}{say('case.task')}"
    reasons = _reasons(drawn, words, random)
    reasons = [reasons[place] for place in shuffled(reasons, random)]
    verdicts = [
        Option(say(f"case.verdict.{verdict}"), _verdict_why(verdict, drawn.verdict, words)) for verdict in VERDICTS
    ]
    options = (*verdicts, *(Option(reason.text, reason.why) for reason in reasons))
    right = (
        VERDICTS.index(drawn.verdict),
        *(len(VERDICTS) + place for place, reason in enumerate(reasons) if reason.right),
    )
    rests_on = _rests_on(drawn)
    sources = words.sources(rests_on)
    return Drill(
        drill_id, DrillKind.CASE, words.language, material.on, words.topics(sources), prompt,
        _explanation(drawn, rests_on, words), sources,
        material.fingerprint(sources, material.rules, prompt), options, right, len(VERDICTS),
        profile=drawn.profile, difficulty=3 if len(right) > 2 else 2,
    )  # fmt: skip


def _question(candidate: Candidate, words: RuleWords) -> str:
    if candidate.id == _LIST:
        return words.drill("case.list_question")
    kind = "person" if candidate.id in enterprises().persons else str(candidate.kind)
    return words.drill(f"case.ask.{kind}", name=candidate.name.in_(words.say.language))


def _verdict_why(verdict: Verdict, true: Verdict, words: RuleWords) -> str:
    if verdict is true:
        return words.drill(f"case.verdict_why.{verdict}")
    if verdict is Verdict.UNKNOWN and true is Verdict.NOT_MET:
        return words.drill("case.verdict_decided")
    if true is Verdict.UNKNOWN:
        return words.drill(f"case.verdict_open.{verdict}")
    return words.drill(f"case.verdict_wrong.{verdict}")


def _deciding(drawn: Drawn) -> list[Finding]:
    """The findings that make the verdict."""
    return [finding for finding in drawn.assessment.findings if finding.verdict is drawn.verdict]


def _reasons(drawn: Drawn, words: RuleWords, random: Random) -> list[_Reason]:
    """Those that decide, then false ones of every kind, so that no kind gives the verdict away."""
    deciding = _deciding(drawn)
    met = [finding for finding in drawn.assessment.findings if finding.verdict is Verdict.MET]
    met = list({(finding.asks or finding.rule, _value(finding)): finding for finding in reversed(met)}.values())[::-1]
    met = [finding for finding in met if finding.holds is not Holds.WITHIN] or met  # where it is lies open to view
    strangers = _strangers(drawn, words, random)
    stated = _stated_labels(drawn, words)
    random.shuffle(stated)
    wrong: list[_Reason]
    if drawn.verdict is Verdict.NOT_MET:
        right = [_reason("not_met", words.condition(finding), "not_met", True, words) for finding in deciding]
        others = random.sample(met, min(2, len(met)))
        wrong = [_reason("not_met", words.condition(finding), "not_met_not_so", False, words) for finding in others]
        wrong += [_reason("unknown", label, "unknown_not_so", False, words) for label in stated[:1]]
        if random.random() < _OPPOSITE:
            wrong += [_reason("met", words.condition(deciding[0]), "met_not_so", False, words)]
        wrong += [_reason("not_met", stranger, "stranger", False, words) for stranger in strangers[:1]]
    elif drawn.verdict is Verdict.UNKNOWN:
        right = [_reason("unknown", words.ask(fact), "unknown", True, words) for fact in drawn.left_out]
        others = random.sample(met, min(1, len(met)))
        taken = random.choice(("not_met", "met"))
        wrong = [_reason(taken, words.condition(deciding[0]), f"{taken}_unknown", False, words)]
        wrong += [_reason("unknown", label, "unknown_not_so", False, words) for label in stated[:1]]
        wrong += [_reason("not_met", words.condition(finding), "not_met_not_so", False, words) for finding in others]
        wrong += [_reason("met", stranger, "stranger", False, words) for stranger in strangers[:1]]
    else:
        chosen = random.sample(met, min(_MOST_REASONS, len(met) - 1)) if len(met) > 1 else met
        left = chosen if random.random() < _OPPOSITE else [finding for finding in met if finding not in chosen]
        right = [_reason("met", words.condition(finding), "met", True, words) for finding in chosen]
        wrong = [_reason("not_met", words.condition(f), "not_met_not_so", False, words) for f in left[:1]]
        wrong += [_reason("unknown", label, "unknown_not_so", False, words) for label in stated[:1]]
        wrong += [_reason("met", stranger, "stranger", False, words) for stranger in strangers[:1]]
    return _distinct([*right, *wrong])[: max(_REASONS, len(right) + 2)]


def _value(finding: Finding) -> object:
    """What tells conditions on one fact apart: one that says the same in other words would be confusing."""
    return finding.source.value if finding.source is not None else None


def _reason(kind: str, what: str, why: str, right: bool, words: RuleWords) -> _Reason:
    place = "fact" if kind == "unknown" else "condition"
    return _Reason(words.drill(f"case.reason.{kind}", **{place: what}), words.drill(f"case.why.{why}"), right)


def _distinct(reasons: Sequence[_Reason]) -> list[_Reason]:
    """Each text once; what is right goes first."""
    return list({reason.text: reason for reason in reversed(reasons)}.values())[::-1]


def _stated_labels(drawn: Drawn, words: RuleWords) -> list[str]:
    """What was stated and is asked by one of the conditions: no need to ask it again."""
    facts = [
        leaf.asks
        for finding in drawn.assessment.findings
        for leaf in leaves(finding)
        if leaf.asks in drawn.profile.stated and leaf.asks not in _SEEN
    ]
    return [words.ask(fact) for fact in dict.fromkeys(facts) if fact is not None]


def _strangers(drawn: Drawn, words: RuleWords, random: Random) -> list[str]:
    """Conditions of other programmes that this one's document does not speak of at all."""
    candidate = drawn.assessment.candidate
    asked = {condition.asks for part in candidate.offers for condition in (*conditions_in(part.needs), *part.prefers)}
    document = next((d for d in words.material.documents if d.id == candidate.document), None)
    speaks = normalise(" ".join(clause.text for clause in document.clauses)) if document else ""
    found = [
        fact
        for fact, signs in enterprises().strangers.items()
        if fact not in asked and fact not in drawn.profile.stated and not any(sign in speaks for sign in signs)
    ]
    conditions = [
        condition
        for other in words.book.candidates.values()
        for condition in other.needs
        if isinstance(condition, Condition) and condition.asks in found and words.stands(condition.values[0])
    ]
    told = dict.fromkeys(condition_words(c.says, c.asks, c.values[0], words.book.facts, words.say) for c in conditions)
    return random.sample(list(told), min(2, len(told)))


def _rests_on(drawn: Drawn) -> list[RuleSource]:
    """The clauses that decide, each once."""
    sources = [
        leaf.source
        for finding in _deciding(drawn)
        for leaf in leaves(finding)
        if leaf.source is not None and (leaf.verdict is drawn.verdict or finding.group is None)
    ]
    once: dict[tuple[str, str], RuleSource] = {}
    for source in sources:
        once.setdefault((source.clause, source.quote.zh), source)
    kept = [
        one
        for one in once.values()
        if not any(
            one.clause == other.clause and one.quote.zh in other.quote.zh for other in once.values() if other != one
        )
    ]
    main = drawn.assessment.candidate.document
    return sorted(kept, key=lambda one: one.clause.split("#")[0] != main)[:_REASONS]


def _explanation(drawn: Drawn, rests_on: Sequence[RuleSource], words: RuleWords) -> str:
    say, candidate = words.drill, drawn.assessment.candidate
    quoted = words.quoted(words.sources(rests_on))
    rest = ""
    partly = candidate.unpublished if candidate.unpublished not in rests_on else None
    if partly is not None and drawn.verdict is Verdict.MET and words.stands(partly):
        rest += say("case.unpublished", quoted=words.quoted(words.sources([partly])))
    if drawn.verdict is Verdict.MET:
        rest += say("case.decides")
    conditions = say("comma").join(say("case.condition", condition=words.condition(f)) for f in _deciding(drawn))
    facts = say("sentence_gap").join(words.ask(fact) for fact in drawn.left_out)
    values = {"met": {}, "not_met": {"conditions": conditions}, "unknown": {"facts": facts}}[str(drawn.verdict)]
    return say(f"case.explain.{drawn.verdict}", quoted=quoted, rest=rest, **values)
