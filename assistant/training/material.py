"""What drills are made of: the documents everybody sees, the rules, and the day that is asked about."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.eligibility.rulebook import Rulebook
from assistant.serving import Serving
from assistant.texts import Texts, room_texts
from assistant.training.types import Drill, Source
from index.types import Clause, Document, Kind, Language, Validity, Verification

_LENGTH = 16  # hexadecimal digits of a fingerprint


@dataclass(frozen=True, slots=True)
class Provision:
    """A clause with the document it is from."""

    document: Document
    clause: Clause

    @property
    def address(self) -> str:
        """`document#clause`, as rule files write it and ids of drills begin."""
        return f"{self.document.id}#{self.clause.id}"

    @property
    def number(self) -> str | None:
        """The number to cite: the clause's own where a digest gathers several documents."""
        return self.clause.document_number or self.document.document_number

    @property
    def label(self) -> str:
        """Printed reference and heading: what the clause is about."""
        return f"{self.clause.reference} {self.clause.heading}"

    def in_force(self, on: date) -> bool:
        """Whether it holds that day by its dates; a document that nobody could confirm counts as in force."""
        return self.document.period_of(self.clause).on(on) is Validity.YES

    def source(self, quote: str) -> Source:
        """These words of it, as what a drill rests on."""
        return Source(self.document.id, self.clause.id, quote)


@dataclass(frozen=True, eq=False)  # told apart by being the same object: comparing whole corpora would take seconds
class Material:
    """One state of corpus and rules on one day, in one language; `twin` is the same in the other."""

    language: Language
    on: date
    documents: tuple[Document, ...]  # of this language: the corpus and released originals that everybody sees
    rulebook: Rulebook | None = None
    rules: str = ""  # digest of the rule files
    shadowed: frozenset[tuple[str, str]] = frozenset()  # clauses of digests that a released original says itself
    others: tuple[Document, ...] = ()  # the documents of the other language

    @classmethod
    def of(cls, serving: Serving, language: Language, on: date) -> Material:
        """What everybody is taught from: documents of groups are left out, whoever asks."""
        open_to_all = serving.seen_by(())
        languages = open_to_all.searcher.languages
        index, other = languages[language], languages.get(other_than(language))
        return cls(
            language, on, tuple(index.documents), open_to_all.parts.rulebook, open_to_all.rules, index.shadowed,
            tuple(other.documents) if other is not None else (),
        )  # fmt: skip

    @cached_property
    def twin(self) -> Material:
        """The same day and rules in the other language."""
        return Material(
            other_than(self.language), self.on, self.others, self.rulebook, self.rules, self.shadowed, self.documents
        )

    @cached_property
    def say(self) -> Texts:
        """The wording of drills in this language."""
        return room_texts("drills", self.language)

    @cached_property
    def provisions(self) -> Mapping[tuple[str, str], Provision]:
        """Every clause, whether in force or not, by document and clause."""
        return {
            (document.id, clause.id): Provision(document, clause)
            for document in self.documents
            for clause in document.clauses
        }

    def provision(self, document_id: str, clause_id: str) -> Provision | None:
        """A clause; None where it is not there."""
        return self.provisions.get((document_id, clause_id))

    @cached_property
    def in_force(self) -> tuple[Provision, ...]:
        """Every clause that holds on the day, confirmed or not: what a wrong answer must not be true by."""
        return tuple(item for item in self.provisions.values() if item.in_force(self.on))

    @cached_property
    def lapsed(self) -> tuple[Provision, ...]:
        """Every clause that does not hold on the day: older rules and later ones, whose figures tempt."""
        return tuple(item for item in self.provisions.values() if not item.in_force(self.on))

    def teaches(self, item: Provision) -> bool:
        """Whether a clause may be taught: in force and confirmed, seen at its source, and not said better elsewhere.

        The glossary explains words without a source of its own; a clause that only tells where sources differ, or
        that the bank's own notice decides, gives nothing to learn by heart.
        """
        document, clause = item.document, item.clause
        return (
            item.in_force(self.on)
            and document.kind is not Kind.GLOSSARY
            and document.status_confirmed
            and Verification.SEEN is document.verification is clause.verification
            and (document.id, clause.id) not in self.shadowed
            and not self._is_doubtful(item)
        )

    def _is_doubtful(self, item: Provision) -> bool:
        """By its reference and heading, in either language."""
        other = self.twin.provision(item.document.id, item.clause.id)
        return self._doubtful(item.label) or (other is not None and self.twin._doubtful(other.label))

    @cached_property
    def taught(self) -> tuple[Provision, ...]:
        """The clauses drills are made of, in the order of the corpus."""
        return tuple(item for item in self.provisions.values() if self.teaches(item))

    @cached_property
    def _doubtful(self) -> Callable[[str], bool]:
        pattern = re.compile("|".join(self.say.list("doubtful_headings")), re.I)
        return lambda label: bool(pattern.search(label))

    def fingerprint(self, sources: Sequence[Source], *also: str) -> str:
        """A digest of the clauses a drill rests on, their dates, and whatever else it is made of.

        `also` holds what may change while the clauses stay: the options, a changed sentence, the digest of the rules.
        An unknown clause raises KeyError.
        """
        made_of: list[object] = [
            self._state(self.provisions[source.document_id, source.clause_id]) for source in sources
        ]
        written = json.dumps([*made_of, *also], ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()[:_LENGTH]

    @staticmethod
    def _state(item: Provision) -> list[str]:
        period = item.document.period_of(item.clause)
        days = [str(day) for day in (period.effective, period.expires, period.repealed)]
        return [item.address, item.clause.heading, item.clause.text, *days]


Maker = Callable[[Material], Iterator[Drill]]
"""Makes the drills of one kind out of what there is, in the order of the corpus."""


def other_than(language: Language) -> Language:
    """The other of the two languages."""
    return Language.EN if language is Language.ZH else Language.ZH
