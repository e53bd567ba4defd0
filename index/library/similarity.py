"""How much of a text stands in another one: runs of characters, sampled by their hash."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from index.text import normalise

LENGTH = 8  # characters of a run
ONE_IN = 4  # runs kept: those whose hash is a multiple of it, the same in every text
FEWEST = 12  # sampled runs under which nothing can be said
NEAR = 0.6  # share from which a document is worth a look
_NO_WORD = re.compile(r"[^\w]+")

Runs = npt.NDArray[np.uint32]


def runs(texts: Iterable[str]) -> Runs:
    """The sampled runs of a document's clauses, sorted, each once. Punctuation and blanks do not count."""
    found: set[int] = set()
    for text in texts:
        letters = _NO_WORD.sub("", normalise(text)).encode("utf-32-le")
        for start in range(0, len(letters) - 4 * LENGTH + 1, 4):
            value = zlib.crc32(letters[start : start + 4 * LENGTH])
            if value % ONE_IN == 0:
                found.add(value)
    return np.array(sorted(found), dtype=np.uint32)


def share(of: Runs, within: Runs) -> float:
    """The share of the first text's runs that the second one has, 0 to 1; 0 where there are too few to tell."""
    if len(of) < FEWEST:
        return 0.0
    return float(np.isin(of, within, assume_unique=True).mean())
