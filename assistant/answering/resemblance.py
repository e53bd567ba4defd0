"""What a question resembles: sayings that were declined before, or questions that were answered.

Patterns know wordings, vectors know meanings: "弄漂亮点再交银行" resembles the sayings on forged accounts though it has
none of their words. A linear classifier over the encoder's vectors, learnt from sayings/*.yaml by
`python -m assistant learn`; what it learnt lies beside this file and belongs to one encoder.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

import numpy as np

from assistant.errors import TextsError
from assistant.texts import load_data

SAYINGS = Path(__file__).with_name("sayings")
LEARNT = Path(__file__).with_name("resemblance.npz")
GOES_ON = "goes_on"
FRAUD = "fraud"


@dataclass(frozen=True)
class Likeness:
    """The kind of declined sayings a question resembles most."""

    label: str  # reason, or reason.variant
    share: float  # how much it resembles all sayings of that reason, in [0, 1]


@dataclass(frozen=True)
class Learnt:
    """Weights over centred vectors; `labels` names the rows. `sayings` is the digest of what it was learnt from."""

    encoder: str
    sayings: str
    labels: tuple[str, ...]
    centre: np.ndarray  # (dimension,)
    weights: np.ndarray  # (labels, dimension)
    bias: np.ndarray  # (labels,)
    ELSEWHERE: ClassVar[tuple[str, ...]] = (GOES_ON, FRAUD)  # answered, or judged by deceit.py

    def likeness(self, vector: np.ndarray) -> Likeness:
        """What a query's vector resembles."""
        scores = self.weights @ (vector - self.centre) + self.bias
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        by_reason: dict[str, float] = {}
        for label, share in zip(self.labels, shares.tolist(), strict=True):
            by_reason[label.partition(".")[0]] = by_reason.get(label.partition(".")[0], 0.0) + share
        reason = max((name for name in by_reason if name not in self.ELSEWHERE), key=lambda name: by_reason[name])
        return Likeness(self._closest(reason, scores), by_reason[reason])

    def fraud(self, vector: np.ndarray) -> str:
        """The kind of fraud a question is about, if it is about any."""
        return self._closest(FRAUD, self.weights @ (vector - self.centre) + self.bias)

    def _closest(self, reason: str, scores: np.ndarray) -> str:
        variants = [n for n, label in enumerate(self.labels) if label.partition(".")[0] == reason]
        return self.labels[max(variants, key=lambda n: float(scores[n]))]


@cache
def learnt() -> Learnt:
    """What was learnt, read once; raises TextsError when the file is missing or damaged."""
    try:
        with np.load(LEARNT, allow_pickle=False) as kept:
            return Learnt(
                str(kept["encoder"]), str(kept["sayings"]), tuple(map(str, kept["labels"])),
                kept["centre"], kept["weights"].astype(np.float32), kept["bias"],
            )  # fmt: skip
    except (OSError, KeyError, ValueError) as error:
        raise TextsError(f"{LEARNT} cannot be used ({error}). Run `python -m assistant learn`.") from error


def sayings() -> list[tuple[str, str]]:
    """(label, what was said) of every example, in the order of the files."""
    return [
        (str(label), str(said))
        for file in sorted(SAYINGS.glob("*.yaml"))
        for label, group in load_data(file).items()
        for said in group
    ]


def sayings_digest() -> str:
    """Changes when any example does."""
    return hashlib.sha256(repr(sayings()).encode()).hexdigest()
