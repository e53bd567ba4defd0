"""Case studies: an enterprise as somebody would describe it, the verdict on one programme, and the reasons for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.eligibility.conditions import Finding, leaves
from assistant.eligibility.rules import Candidate, Condition, Holds, conditions_in
from assistant.eligibility.rules import Source as RuleSource
from assistant.eligibility.verdict import Verdict
from assistant.training.makers.description import PLAIN, described
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
    """A statement to tick or not; `key` tells it apart in every language."""

    key: str
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
    """Whether all that counts on the day still stands in its clauses, and it is open and clear."""
    on = words.material.on
    conditions = [condition for part in (candidate, *candidate.modes) for condition in conditions_in(part.needs)]
    if any(word in condition.says.zh for condition in conditions for word in enterprises().vague):
        return False
    values = [condition.on(on) for condition in conditions]
    window = next((one for one in candidate.window if one.on(on)), None)
    if candidate.window and window is None:
        return False
    return all(words.stands(source) for source in (*values, window) if source is not None)


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
    return words.drill(f"case.ask.{kind}", name=words.name(candidate))


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
    met = _met(drawn)
    strangers = [_of_stranger(condition, words) for condition in _strangers(drawn, words, random)]
    stated = [_of_fact(fact, "unknown_not_so", False, drawn, words) for fact in _stated(drawn, random)]
    if drawn.verdict is Verdict.NOT_MET:
        right = [_of_finding("not_met", finding, "not_met", True, words) for finding in deciding]
        others = random.sample(met, min(2, len(met)))
        wrong = stated[:1]
        if random.random() < _OPPOSITE or not stated:
            wrong.append(_of_finding("met", deciding[0], "met_not_so", False, words))
        wrong += [_of_finding("not_met", finding, "not_met_not_so", False, words) for finding in others]
        wrong += [stranger("not_met") for stranger in strangers[:1]]
    elif drawn.verdict is Verdict.UNKNOWN:
        right = [_of_fact(fact, "unknown", True, drawn, words) for fact in drawn.left_out]
        others = random.sample(met, min(1, len(met)))
        taken = random.choice(("not_met", "met"))
        wrong = [_of_finding(taken, deciding[0], f"{taken}_unknown", False, words), *stated[:1]]
        wrong += [_of_finding("not_met", finding, "not_met_not_so", False, words) for finding in others]
        wrong += [stranger("met") for stranger in strangers[:1]]
    else:
        chosen = random.sample(met, min(_MOST_REASONS, max(len(met) - 1, 1)))
        left = [finding for finding in met if finding not in chosen]
        opposite = chosen if random.random() < _OPPOSITE or not left else left
        right = [_of_finding("met", finding, "met", True, words) for finding in chosen]
        wrong = [_of_finding("not_met", opposite[0], "not_met_not_so", False, words), *stated[:1]]
        wrong += [stranger("met") for stranger in strangers[:1]]
    once = {reason.key: reason for reason in reversed([*right, *wrong])}  # what is right goes first
    return list(once.values())[::-1][: max(_REASONS, len(right) + 2)]


def _met(drawn: Drawn) -> list[Finding]:
    """The findings that are met, each condition once; what lies open to view comes last."""
    met = [finding for finding in drawn.assessment.findings if finding.verdict is Verdict.MET]
    # Of conditions that differ in words alone ("at most 65", "term plus age at most 65") one would be confusing.
    once = {(finding.asks or finding.rule, _value(finding)): finding for finding in reversed(met)}
    found = list(once.values())[::-1]
    told = [one for one in found if one.holds is not Holds.WITHIN and not _goes_without_saying(one)]
    return told or found


def _goes_without_saying(finding: Finding) -> bool:
    """Whether a condition shuts out a kind of enterprise which a case never speaks of: no financing vehicle, say."""
    shut_out = finding.holds in (Holds.HAS_NONE, Holds.NONE_OF) and finding.asks == "fields"
    return shut_out and isinstance(value := _value(finding), tuple) and set(value) <= PLAIN


def _value(finding: Finding) -> object:
    return finding.source.value if finding.source is not None else None


def _of_finding(kind: str, finding: Finding, why: str, right: bool, words: RuleWords) -> _Reason:
    text = words.drill(f"case.reason.{kind}", condition=words.condition(finding))
    key = f"{kind} {finding.rule} {finding.holds} {_value(finding)}"
    return _Reason(key, text, words.drill(f"case.why.{why}"), right)


def _of_fact(fact: str, why: str, right: bool, drawn: Drawn, words: RuleWords) -> _Reason:
    text = words.drill("case.reason.unknown", fact=_asked(fact, drawn, words))
    return _Reason(f"ask {fact}", text, words.drill(f"case.why.{why}"), right)


def _asked(fact: str, drawn: Drawn, words: RuleWords) -> str:
    """The question for a fact; nobody asks what amount is wanted of a loan that was paid out."""
    paid_out = words.drill.section("case.paid_out").get(fact) if "loan_issued" in drawn.profile.stated else None
    return str(paid_out) if paid_out else words.ask(fact)


def _of_stranger(condition: Condition, words: RuleWords) -> Callable[[str], _Reason]:
    """A condition of another programme, said to be met or not."""
    told = condition_words(condition.says, condition.asks, condition.values[0], words.book.facts, words.say)

    def said(kind: str) -> _Reason:
        text = words.drill(f"case.reason.{kind}", condition=told)
        return _Reason(f"{kind} {condition.says.zh}", text, words.drill("case.why.stranger"), False)

    return said


def _stated(drawn: Drawn, random: Random) -> list[str]:
    """What was stated and is asked by one of the conditions, in any order: no need to ask it again."""
    facts = [leaf.asks for finding in drawn.assessment.findings for leaf in leaves(finding)]
    found = [fact for fact in dict.fromkeys(facts) if fact in drawn.profile.stated and fact not in _SEEN]
    random.shuffle(found)
    return [fact for fact in found if fact is not None]


def _strangers(drawn: Drawn, words: RuleWords, random: Random) -> list[Condition]:
    """Conditions of other programmes that this one's document does not speak of at all, in either language."""
    candidate, material = drawn.assessment.candidate, words.material
    asked = {condition.asks for part in candidate.offers for condition in (*conditions_in(part.needs), *part.prefers)}
    documents = [item for item in (*material.documents, *material.others) if item.id == candidate.document]
    speaks = normalise(" ".join(clause.text for document in documents for clause in document.clauses))
    found = {
        fact
        for fact, signs in enterprises().strangers.items()
        if fact not in asked and fact not in drawn.profile.stated and not any(sign in speaks for sign in signs)
    }
    once: dict[str, Condition] = {}
    for other in words.book.candidates.values():
        for node in other.needs:
            fits = isinstance(node, Condition) and node.asks in found and _plain(node, other)
            if isinstance(node, Condition) and fits and words.stands(node.values[0]):
                once.setdefault(node.says.zh, node)
    return random.sample(list(once.values()), min(2, len(once)))


def _plain(condition: Condition, candidate: Candidate) -> bool:
    """Whether it is the only one of its candidate on its fact with this value: others need their context."""
    alike = [other for other in candidate.needs if isinstance(other, Condition) and other.asks == condition.asks]
    return sum(other.values[0].value == condition.values[0].value for other in alike) == 1


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
    sized = _sized(drawn, words)
    partly = candidate.unpublished if candidate.unpublished not in rests_on else None
    if partly is not None and drawn.verdict is Verdict.MET and words.stands(partly):
        rest += say("case.unpublished", quoted=words.quoted(words.sources([partly])))
    if drawn.verdict is Verdict.MET:
        rest += say("case.decides")
    conditions = say("comma").join(say("case.condition", condition=words.condition(f)) for f in _deciding(drawn))
    facts = say("sentence_gap").join(_asked(fact, drawn, words) for fact in drawn.left_out)
    values = {"met": {}, "not_met": {"conditions": conditions}, "unknown": {"facts": facts}}[str(drawn.verdict)]
    return say(f"case.explain.{drawn.verdict}", quoted=f"{sized}{quoted}", rest=rest, **values)


def _sized(drawn: Drawn, words: RuleWords) -> str:
    """The size class of the enterprise, where it decides: no clause of the programme tells how it was found."""
    decides = any(leaf.asks == "size_class" for finding in _deciding(drawn) for leaf in leaves(finding))
    exact = words.book.view(drawn.profile, words.material.on).size.exact
    if exact is None or not decides or drawn.verdict is Verdict.UNKNOWN:
        return ""
    return words.drill("case.sized", **{"class": words.book.facts["size_class"].choices[exact].in_(words.say.language)})
