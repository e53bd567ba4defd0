"""What is said first where a question takes something for granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Claim, ClaimKind, Part
from index.text import normalise
from index.types import Passage


@dataclass(frozen=True, slots=True)
class Correction:
    """One sentence of ours with the words of the clause, which goes before everything else."""

    text: str
    passages: tuple[Passage, ...]  # never empty; the quoted one first
    quote: str = ""  # the clause's words within the text
    given: str = ""  # the user's words, which its figures may come from

    @property
    def claim(self) -> Claim:
        """The sentence as a claim."""
        return Claim(self.text, ClaimKind.PHRASED, Part.LEAD, self.passages, line=True, given=self.given)

    def before(self, claims: Sequence[Claim]) -> list[Claim]:
        """The claims of an answer after this one.

        Those that only say its quotation again are left out, and further points of other documents: what was asked is
        answered by the correction, and they lead away from it.
        """
        said = normalise(self.quote)
        documents = {claim.passages[0].document_id for claim in (self.claim, *claims) if claim.part is not Part.MORE}
        rest = [claim for claim in claims if not self.quote or normalise(claim.text) not in said]
        return [self.claim, *(c for c in rest if c.part is not Part.MORE or c.passages[0].document_id in documents)]
