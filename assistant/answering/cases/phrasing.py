"""What all cases need to be put into words: facts, conditions and terms in a language, and claims on clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.eligibility.changes import Change
from assistant.eligibility.conditions import Finding
from assistant.eligibility.desks import Case
from assistant.eligibility.matching import Assessment
from assistant.eligibility.rulebook import DERIVED, Rulebook
from assistant.eligibility.rules import CandidateKind, Dated, Holds, Source, Term, TermKind
from assistant.eligibility.view import View
from assistant.profile import Range, Stated
from assistant.texts import Texts, texts
from assistant.types import Claim, ClaimKind, Part, Worked
from assistant.wording import condition_words, plain, quantity, range_words, rule_value, value_words
from index.search import Searcher
from index.types import Language, Passage

_MONEY = {TermKind.AMOUNT, TermKind.GUARANTEE, TermKind.SUBSIDY_BASE, TermKind.SUBSIDY_CAP}
_MONTHS = {TermKind.MONTHS, TermKind.SUBSIDY_MONTHS}
_CHANGES = {"at_least", "more_than", "at_most", "less_than", "has_any", "has_all", "has_none", "is_true", "is_false"}
_DEFECTS = (
    "loan_overdue", "overdue_now", "bad_record", "abnormal_list", "seriously_dishonest", "tax_arrears", "wage_arrears",
    "misused",
)  # fmt: skip
_PUBLIC = {CandidateKind.MECHANISM, CandidateKind.SUBSIDY, CandidateKind.RELIEF, CandidateKind.STANDARD}


class Phrasing:
    """One case in one language."""

    def __init__(self, case: Case, book: Rulebook, searcher: Searcher, language: Language) -> None:
        self.case = case
        self.view: View = case.view
        self.facts = book.facts
        self.language = language
        self.say: Texts = texts(language)
        self._searcher = searcher
        worked_out = sorted({*DERIVED, "revenue_wan"} - set(case.profile.stated))
        told = [self.value(name) for name in worked_out if self.view.value(name) is not None]
        names = [self.name(item) for item in case.assessments]  # their figures stand in clauses: tests/corpus
        self.given = "。\n".join([*(self._given(item) for item in case.profile.stated.values()), *told, *names])

    def passage(self, source: Source) -> Passage | None:
        """The clause of a source, in the language."""
        document, clause = source.clause.split("#")
        return self._searcher.clause(document, clause, self.language)

    def claim(
        self,
        text: str,
        part: Part,
        sources: Iterable[Source],
        line: bool = True,
        worked: Sequence[Worked] = (),
    ) -> list[Claim]:
        """A statement on the clauses of its sources; nothing where none of them is there.

        Its figures may come from those clauses, from what the user stated, and from what was `worked` out, which is
        checked again.
        """
        passages = [passage for source in sources if (passage := self.passage(source)) is not None]
        once = tuple({passage.id: passage for passage in passages}.values())
        return [Claim(text, ClaimKind.COMPUTED, part, once, line, self.given, tuple(worked), text)] if once else []

    def quoted(self, source: Source, part: Part) -> list[Claim]:
        """The words of a clause."""
        passage = self.passage(source)
        words = source.quote.in_(str(self.language))
        return [Claim(words, ClaimKind.QUOTED, part, (passage,), line=True)] if passage is not None else []

    def label(self, fact: str) -> str:
        """What a fact is called."""
        return self.facts[fact].label.in_(str(self.language)) if fact in self.facts else fact

    def value(self, fact: str) -> str:
        """What is known of a fact, in words."""
        known = self.view.value(fact)
        if fact not in self.facts:  # a share that is worked out
            return range_words(_rounded(known), "percent", self.say) if isinstance(known, Range) else ""
        return value_words(self.facts[fact], known, self.say)

    def summary(self, facts: Iterable[str]) -> str:
        """The values of facts that are known, in a row."""
        known = [fact for fact in facts if self.view.value(fact) is not None]
        return self.say("list_comma").join(self.short(fact) for fact in known)

    def condition(self, finding: Finding) -> str:
        """A condition or a group of conditions in a few words."""
        if finding.says is not None:
            return condition_words(finding.says, finding.asks, finding.source, self.facts, self.say)
        joint = self.say("case.change.all") if finding.group == "all" else self.say("value.or")
        return joint.join(self.condition(part) for part in finding.parts)

    def changes(self, changes: Sequence[Change]) -> str:
        """What would have to change, in words."""
        return self.say("case.change.all").join(self._change(change) for change in changes)

    def terms(self, item: Assessment, kinds: Iterable[TermKind]) -> tuple[str, list[Source]]:
        """Terms with a figure, in words and with their sources."""
        wanted = list(kinds)
        found = [(term, value) for term, value in item.terms if term.what in wanted and value.value is not None]
        found.sort(key=lambda pair: wanted.index(pair[0].what))
        return self.say("list_comma").join(self.term(*pair) for pair in found), [value for _, value in found]

    def term(self, term: Term, value: Dated) -> str:
        """One term in a few words."""
        number = Decimal(str(value.value))
        unit = "wan" if term.what in _MONEY else "months" if term.what in _MONTHS else "percent"
        return self.say(f"case.term.{term.what}", value=quantity(number, unit, self.say), points=plain(number))

    def name(self, item: Assessment) -> str:
        """The name of a candidate, with the way in that fits best."""
        name = item.candidate.name.in_(str(self.language))
        if item.mode is None or item.mode.general:
            return name
        return self.say("case.match.in_mode", name=name, mode=item.mode.name.in_(str(self.language)))

    def short(self, fact: str) -> str:
        """A value with its label where it would not tell by itself what it is of; of what is so the label alone."""
        if self.view.value(fact) is True:
            return self.label(fact)
        if fact in ("industry", "form", "size_class"):
            return self.value(fact)
        return self.label(fact) + ("" if self.language is Language.ZH else " ") + self.value(fact)

    def asks(self) -> tuple[str, ...]:
        """The questions to the user; what was contradicted is put as such."""
        pairs = {first.fact: (first, second) for first, second in self.case.profile.contradictions}
        return tuple(self._ask(fact, pairs.get(fact)) for fact in self.case.asks)

    def defects(self) -> list[str]:
        """What the user named that lenders look at, whether or not a published condition speaks of it."""
        return [self.label(fact) for fact in _DEFECTS if self.view.profile.value(fact) is True]

    def facts_notice(self) -> str | None:
        """What the answer took for granted, so that it can be corrected."""
        stated = [item for item in self.case.profile.stated.values() if not item.inferred]
        if not stated:
            return None
        told = self.say("list_comma").join(self._told(item) for item in stated)
        number = next((item for item in stated if isinstance(item.value, Range) and item.value.exact is not None), None)
        example = self.say("case.example", value=self.value(number.fact)) if number else ""
        return self.say("case.facts", facts=told, example=example)

    def decides(self, items: Sequence[Assessment]) -> str:
        """Whose decision it is in the end."""
        public = bool(items) and all(item.candidate.kind in _PUBLIC for item in items)
        return self.say("case.decides_public" if public else "case.decides")

    def _ask(self, fact: str, pair: tuple[Stated, Stated] | None) -> str:
        if pair is not None:
            return self.say("case.contradiction", label=self.label(fact), first=pair[0].said, second=pair[1].said)
        return self.facts[fact].ask.in_(str(self.language))

    def _told(self, item: Stated) -> str:
        key = "case.fact_said" if item.said else "case.fact"
        return self.say(key, label=self.label(item.fact), value=self.value(item.fact), said=item.said)

    def _given(self, item: Stated) -> str:
        return f"{item.said} {self.label(item.fact)} {value_words(self.facts[item.fact], item.value, self.say)}"

    def _change(self, change: Change) -> str:
        fact = self.facts.get(change.fact)
        key = {Holds.IS: "is_true" if change.value is True else "is_false"}.get(change.holds, str(change.holds))
        words = self.say(
            f"case.change.{key if key in _CHANGES else 'other'}",
            label=self.label(change.fact), value=rule_value(fact, change.value, self.say),
        )  # fmt: skip
        if change.size_class:
            words += self.say("case.change.size_class", **{"class": self.size_word(change.size_class)})
        return words

    def size_word(self, size_class: str) -> str:
        """A size class in words."""
        return self.facts["size_class"].choices[size_class].in_(str(self.language))


def _rounded(known: Range) -> Range:
    """To two decimals: 7 of 60 are 11.67 %."""
    low, high = (end if end is None else end.quantize(Decimal("0.01")) for end in (known.low, known.high))
    return Range(low, high)
