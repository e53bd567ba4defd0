"""Findings → safe HTML: each condition with its verdict, what was entered, and the clause it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from assistant.eligibility.changes import Change
from assistant.eligibility.conditions import Finding
from assistant.eligibility.rules import Fact, FactKind
from assistant.eligibility.verdict import Verdict
from assistant.eligibility.view import View
from assistant.profile import Range
from assistant.texts import Texts
from assistant.ui.clauses import Shelf
from assistant.wording import condition_words, range_words, rule_value, value_words

SIGNS = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNKNOWN: "?"}


class Writer:
    """Everything that is needed to put a decided case into words and HTML."""

    def __init__(self, view: View, shelf: Shelf, words: Texts, say: Texts) -> None:
        self.view = view
        self.shelf = shelf
        self.words = words
        self.say = say

    def label(self, fact: str) -> str:
        """What a fact is called."""
        known = self.view.facts.get(fact)
        return known.label.in_(self.say.language) if known else self.words(f"derived.{fact}")

    def labels(self, names: Iterable[str]) -> str:
        """Several of them."""
        return self.say("list_comma").join(self.label(name) for name in names)

    def condition(self, finding: Finding) -> str:
        """A condition, or what a group of them is about, in a few words."""
        if finding.group and finding.says is None:
            return self.words(f"check.group.{finding.group}")
        assert finding.says is not None
        return condition_words(finding.says, finding.asks, finding.source, self.view.facts, self.say)

    def known(self, finding: Finding) -> str:
        """What was entered or worked out for a condition; empty where nothing is known."""
        if finding.asks is None or finding.known is None:
            return ""
        fact = self.view.facts.get(finding.asks)
        if fact is not None:
            said = value_words(fact, finding.known, self.say)
            if fact.kind is FactKind.FLAG:  # a bare "no" beside "has no arrears" would say the opposite
                said = self.words("check.flag", fact=self.label(finding.asks), value=said)
        elif isinstance(finding.known, Range):
            said = range_words(finding.known, "percent", self.say)
        else:
            return ""
        derived = fact is None or finding.known != self.view.profile.value(finding.asks)
        return self.words("check.derived" if derived else "check.entered", value=said)

    def change(self, change: Change) -> str:
        """A change in a few words: 从业人员达到10人."""
        fact = self.view.facts.get(change.fact)
        if fact is not None and fact.kind is FactKind.FLAG:
            value = self.say("value.yes" if change.value else "value.no")
        else:
            value = rule_value(fact, change.value, self.say)
        said = self.words(f"check.change.{change.holds}", fact=self.label(change.fact), value=value)
        if change.size_class is not None:
            said += self.words("check.change.reaches", size=self.size(change.size_class))
        return said

    def changes(self, changes: Sequence[Change]) -> str:
        """Several changes that are needed together."""
        return self.words("check.change.and").join(self.change(change) for change in changes)

    def size(self, size_class: str) -> str:
        """The name of a size class."""
        return self.view.facts["size_class"].choices[size_class].in_(self.say.language)

    def question(self, name: str) -> str:
        """What a user is asked for a fact."""
        fact: Fact | None = self.view.facts.get(name)
        return fact.ask.in_(self.say.language) if fact else self.label(name)

    def rows(self, findings: Sequence[Finding], asked: set[str] | None = None) -> str:
        """A list of conditions; a question that several of them wait for stands with the first only."""
        asked = set() if asked is None else asked
        return f'<ul class="rows">{"".join(self.row(finding, asked) for finding in findings)}</ul>'

    def row(self, finding: Finding, asked: set[str]) -> str:
        """One condition, or a group with its parts beneath."""
        verdict = finding.verdict
        sign = (
            f'<span class="sign" aria-hidden="true">{SIGNS[verdict]}</span>'
            f'<span class="sr">{escape(self.words(f"check.sign.{verdict}"))}</span>'
        )
        says = f'<span class="says">{escape(self.condition(finding))}</span>'
        if finding.group:
            note = self.words(f"check.group_note.{finding.group}") if finding.says else ""
            note = f'<span class="note">{escape(note)}</span>' if note else ""
            return f'<li class="row {verdict} nested">{sign}<div>{says}{note}{self._parts(finding, asked)}</div></li>'
        details = "".join(f'<span class="note">{escape(text)}</span>' for text in self._notes(finding, asked) if text)
        clause = self.shelf.html(finding.source) if finding.source else ""
        return f'<li class="row {verdict}">{sign}<div>{says}{details}{clause}</div></li>'

    def _parts(self, finding: Finding, asked: set[str]) -> str:
        """The parts of a group; of one where a part suffices and is met, the others stand behind a click."""
        if finding.group != "any" or finding.verdict is not Verdict.MET:
            return self.rows(finding.parts, asked)
        enough = [part for part in finding.parts if part.verdict is Verdict.MET]
        others = [part for part in finding.parts if part.verdict is not Verdict.MET]
        if not others:
            return self.rows(enough, asked)
        more = escape(self.words("check.other_parts", count=len(others)))
        return (
            f'{self.rows(enough, asked)}<details class="others" data-keep="{self.shelf.key()}">'
            f"<summary>{more}</summary>{self.rows(others, asked)}</details>"
        )

    def _notes(self, finding: Finding, asked: set[str]) -> Iterable[str]:
        if finding.stale:
            yield self.words("check.stale")
            return
        yield self.known(finding)
        if finding.verdict is Verdict.UNKNOWN:
            for name in finding.missing:
                if name not in asked:
                    asked.add(name)
                    yield self.question(name)
