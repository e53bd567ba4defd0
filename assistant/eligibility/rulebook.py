"""Everything that decides, in one value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.eligibility.rules import Candidate, Fact, RenewalDesk, SizeStandard, SumRule
from assistant.eligibility.view import View
from assistant.profile import Profile

_GAP = ".{0,10}?"  # what "…" in a name stands for: 中小微…贴息
DERIVED = {"hire_share_percent"}  # facts that are worked out and that nobody states


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Candidates by id, the facts they ask for by id, the size standard, the renewal desk, and what is stale."""

    candidates: Mapping[str, Candidate]
    facts: Mapping[str, Fact]
    size: SizeStandard
    desk: RenewalDesk
    stale: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # clause and Chinese quotation
    stale_notes: tuple[str, ...] = ()  # the same for staff: file, place and what is wrong
    sums: Mapping[str, SumRule] = field(default_factory=dict)  # by id: what a clause gives the rate or formula of

    def view(self, profile: Profile, on: date) -> View:
        """A profile as these rules see it on a day."""
        return View(profile, self.facts, self.size, on, self.stale)

    def named_in(self, text: str, language: str) -> tuple[str, ...]:
        """The ids of candidates whose name the text has, longest first; a name within a longer one counts not."""
        said = text.casefold()
        found: list[tuple[int, str]] = []
        for name, ids in sorted(self._names(language).items(), key=lambda item: -len(item[0])):
            pattern = _GAP.join(map(re.escape, name.split("…")))
            if re.search(pattern, said):
                said = re.sub(pattern, "\0", said)
                found += [(-len(name), candidate) for candidate in ids]
        return tuple(dict.fromkeys(candidate for _, candidate in sorted(found)))

    def names(self, language: str) -> tuple[str, ...]:
        """What candidates are called, in full and for short."""
        return tuple(self._names(language))

    def _names(self, language: str) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for candidate in self.candidates.values():
            for name in self._names_of(candidate, language):
                names.setdefault(name.casefold(), []).append(candidate.id)
        return names

    @staticmethod
    def _names_of(candidate: Candidate, language: str) -> Iterable[str]:
        yield candidate.name.in_(language)
        yield from candidate.also.get(language, ())
