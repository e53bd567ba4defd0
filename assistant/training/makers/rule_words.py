"""What drills made of rules share: their words, their clauses cited, and chance that is the same everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TypeVar

from assistant.eligibility.conditions import Finding
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.rules import Candidate
from assistant.eligibility.rules import Source as RuleSource
from assistant.profile import Range, Value
from assistant.reference.citation import CitationForm, cite
from assistant.texts import Texts, room_texts, texts
from assistant.training.material import Material
from assistant.training.types import Source
from assistant.wording import condition_words, plain, value_words
from index.types import Language

T = TypeVar("T")
_MARKS = str.maketrans("“”‘’", "\"\"''")
_WITHIN = str.maketrans("“”", "‘’")  # quotation marks within quotation marks


def chance(drill_id: str) -> Random:
    """Chance that belongs to a drill: alike in both languages, on every machine and in every process."""
    return Random(int.from_bytes(hashlib.sha256(drill_id.encode()).digest()[:8], "big"))  # noqa: S311  # nothing secret


def shuffled(items: Sequence[T], random: Random) -> list[int]:
    """The places of the items in a new order."""
    return random.sample(range(len(items)), len(items))


def verbatim(quote: str, text: str) -> str | None:
    """A rule's quotation as the clause writes it, whose quotation marks may differ; None where it is not there."""
    start = text.translate(_MARKS).find(quote.translate(_MARKS))
    return text[start : start + len(quote)] if start >= 0 else None


@dataclass(frozen=True)
class RuleWords:
    """Rules and clauses in the words of one language."""

    material: Material
    book: Rulebook

    @cached_property
    def drill(self) -> Texts:
        """The wording of drills made of rules."""
        return room_texts("rule_drills", self.language)

    @cached_property
    def say(self) -> Texts:
        """The wording of values, as answers use it."""
        return texts(self.language)

    @property
    def language(self) -> Language:
        """The language of the drills."""
        return self.material.language

    def name(self, candidate: Candidate) -> str:
        """What a programme is called, fit to stand in quotation marks."""
        return candidate.name.in_(self.say.language).translate(_WITHIN)

    def stands(self, source: RuleSource) -> bool:
        """Whether the clause is there, holds on the day and still says what the rule quotes, in both languages."""
        document_id, clause_id = source.clause.split("#")
        return all(
            (item := material.provision(document_id, clause_id)) is not None
            and item.in_force(material.on)
            and verbatim(source.quote.in_(str(material.language)), item.clause.text) is not None
            for material in (self.material, self.material.twin)
        )

    def source(self, source: RuleSource) -> Source:
        """A rule's source as a drill's."""
        document_id, clause_id = source.clause.split("#")
        text = self.material.provisions[document_id, clause_id].clause.text
        quote = source.quote.in_(str(self.language))
        return Source(document_id, clause_id, verbatim(quote, text) or quote)

    def sources(self, sources: Sequence[RuleSource]) -> tuple[Source, ...]:
        """Several, each once."""
        return tuple(dict.fromkeys(map(self.source, sources)))

    def cited(self, source: Source) -> str:
        """Document, number and clause, as cited in a sentence."""
        item = self.material.provisions[source.document_id, source.clause_id]
        return cite(item.document, item.clause, CitationForm.INLINE, self.material.on)

    def quoted(self, sources: Sequence[Source]) -> str:
        """The clauses named, each with its words."""
        told = [
            self.drill(
                "quoted_whole" if source.quote[-1] in "。.！？!?" else "quoted",
                cited=self.cited(source), quote=source.quote,
            )
            for source in sources
        ]  # fmt: skip
        return self.drill("sentence_gap").join(told)

    def topics(self, sources: Sequence[Source]) -> tuple[str, ...]:
        """The topics of the documents the sources are from."""
        found = [self.material.provisions[item.document_id, item.clause_id].document for item in sources]
        return tuple(dict.fromkeys(topic for document in found for topic in document.topics))

    def condition(self, finding: Finding) -> str:
        """A condition in a few words, its value filled in; of a group without words of its own, its parts."""
        if finding.says is not None:
            told = condition_words(finding.says, finding.asks, finding.source, self.book.facts, self.say)
            return told.translate(_WITHIN)
        joint = self.drill("and") if finding.group == "all" else self.say("value.or")
        return joint.join(self.condition(part) for part in finding.parts)

    def value(self, fact: str, known: Value) -> str:
        """What is known of a fact; how often something happened as a bare number, whose word the wording adds."""
        about = self.book.facts[fact]
        if about.unit == "times" and isinstance(known, Range) and known.exact is not None:
            return plain(known.exact)
        return value_words(about, known, self.say)

    def label(self, fact: str) -> str:
        """What a fact is called."""
        return self.book.facts[fact].label.in_(str(self.language))

    def ask(self, fact: str) -> str:
        """The question for a fact, as sentences of their own."""
        asked = self.book.facts[fact].ask.in_(str(self.language))
        return asked if asked.rstrip(')）”"')[-1] in "？?。." else asked + self.drill("full_stop")
