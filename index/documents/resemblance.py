"""How much of two documents is the same, from short sketches of them that can be kept beside each document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from index.text import normalise

# From VERSION on, a document is probably another version of the same text, from SAME on the same text printed anew.
# On the project's test documents amended versions lie between 0.52 and 0.76, any two others below 0.04.
SAME = 0.9
VERSION = 0.25
_SHINGLE = 5  # characters of Chinese, digits, or words of English
_KEPT = 256  # smallest hashes; the error of the estimate is about 1 / sqrt(256) = 0.06


def sketch(texts: Iterable[str]) -> tuple[int, ...]:
    """The smallest hashes of a document's shingles, in order; lines and pages make no difference."""
    plain = normalise(" ".join(texts))
    units = re.findall(r"[\u3400-\u9fff]|\d|[a-z]+", plain)
    shingles = {"".join(units[place : place + _SHINGLE]) for place in range(max(1, len(units) - _SHINGLE + 1))}
    hashes = sorted(
        int.from_bytes(hashlib.blake2b(shingle.encode(), digest_size=8).digest(), "big") for shingle in shingles
    )
    return tuple(hashes[:_KEPT])


def resemblance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of shingles two documents have in common (Jaccard), estimated; 0 to 1.

    By bottom-k sketches: of the k smallest hashes of both, those that are in each (Broder, 1997).
    """
    if not one or not other:
        return 0.0
    size = min(_KEPT, max(len(one), len(other)))
    both = sorted(set(one) | set(other))[:size]
    common = set(one) & set(other)
    return sum(value in common for value in both) / len(both)
