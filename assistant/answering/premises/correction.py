"""What is said first where a question takes something for granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Claim, ClaimKind, Part
from index.text import normalise
from index.types import Passage


@dataclass(frozen=True, slots=True)
class Correction:
    """A few words of ours and the words of the clause, which go before everything else."""

    text: str  # ours
    passages: tuple[Passage, ...]  # never empty; the quoted one first
    quote: str = ""  # the clause's words, behind ours; nothing where ours say it all
    given: str = ""  # the user's words, which its figures may come from

    @property
    def claim(self) -> Claim:
        """Both as one claim."""
        if not self.quote:
            return Claim(
                self.text, ClaimKind.COMPUTED, Part.LEAD, self.passages, line=True, given=self.given, stated=self.text
            )
        return Claim(
            self.quote, ClaimKind.QUOTED, Part.LEAD, self.passages, line=True, given=self.given, stated=self.text,
            preface=self.text,
        )  # fmt: skip

    def before(self, claims: Sequence[Claim]) -> list[Claim]:
        """The claims of an answer after this one.

        Those that only say its quotation again are left out, and further points of other documents: what was asked is
        answered by the correction, and they lead away from it.
        """
        said = normalise(self.quote)
        documents = {claim.passages[0].document_id for claim in (self.claim, *claims) if claim.part is not Part.MORE}
        rest = [claim for claim in claims if not self.quote or normalise(claim.text) not in said]
        return [self.claim, *(c for c in rest if c.part is not Part.MORE or c.passages[0].document_id in documents)]
