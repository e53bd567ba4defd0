"""How much a question reads like a request to deceive a lender, an authority or a court: by words and meaning.

Meaning alone confuses "make the accounts look better" with "read the accounts", words alone know only their wording.
A logistic regression over the encoder's vector and pieces of words (runs of up to four characters in Chinese, words,
pairs of words and runs of four letters in English), learnt by `python -m assistant learn` from sayings/*.yaml against
everything people ask of the clauses. What it learnt lies beside this file and belongs to one encoder.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from assistant.errors import TextsError
from index.documents.instructions import plainly

LEARNT = Path(__file__).with_name("deceit.npz")
_RUN = re.compile(r"[a-z0-9']+|[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z0-9']+")
_LONGEST = 4  # characters of a piece


def pieces(text: str) -> list[str]:
    """The pieces of words of a text, with a blank where a run of letters or characters begins or ends."""
    found = []
    for run in _RUN.findall(plainly(text)):
        edged = f" {run} "
        if run[0] < "\u3400":
            found.append(edged)
            if len(run) > _LONGEST:
                found += [edged[at : at + _LONGEST] for at in range(len(edged) - _LONGEST + 1)]
        else:
            found += [edged[at : at + n] for n in range(1, _LONGEST + 1) for at in range(len(edged) - n + 1)]
    words = _WORD.findall(plainly(text))
    return found + [f"{first} {second}" for first, second in pairwise(words)]


@dataclass(frozen=True)
class Deceit:
    """What was learnt. A piece counts 1 + log of its number times its rarity, the whole text being of length 1."""

    encoder: str
    sayings: str  # digest of what it was learnt from
    centre: np.ndarray  # (dimension,)
    meaning: np.ndarray  # (dimension,) weights of the vector less its centre
    places: dict[str, int]  # of each piece known
    rarity: np.ndarray  # (pieces,)
    words: np.ndarray  # (pieces,) weights
    bias: float

    def share(self, text: str, vector: np.ndarray) -> float:
        """How far a question asks to deceive, in [0, 1]: 0.5 is where it was learnt to be as likely as not."""
        score = self.bias + float((vector - self.centre) @ self.meaning)
        counts = Counter(self.places[piece] for piece in pieces(text) if piece in self.places)
        if counts:
            at = np.fromiter(counts, dtype=np.int64)
            held = (1 + np.log(np.fromiter(counts.values(), dtype=np.float64))) * self.rarity[at]
            score += float(held @ self.words[at] / np.linalg.norm(held))
        return float(1 / (1 + np.exp(-score)))


@cache
def deceit() -> Deceit:
    """What was learnt, read once; raises TextsError when the file is missing or damaged."""
    try:
        with np.load(LEARNT, allow_pickle=False) as kept:
            known = bytes(kept["pieces"]).decode("utf-8").split("\n")
            return Deceit(
                str(kept["encoder"]), str(kept["sayings"]), kept["centre"], kept["meaning"].astype(np.float32),
                {piece: place for place, piece in enumerate(known)}, kept["rarity"].astype(np.float32),
                kept["words"].astype(np.float32), float(kept["bias"]),
            )  # fmt: skip
    except (OSError, KeyError, ValueError) as error:
        raise TextsError(f"{LEARNT} cannot be used ({error}). Run `python -m assistant learn`.") from error
