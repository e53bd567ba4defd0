"""When expected words stand in a text: blanks, widths, thousands marks and citation marks do not matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text import normalise


def holds(text: str, wordings: Sequence[str]) -> bool:
    """Whether one of the wordings stands in the text."""
    comparable = _comparable(text)
    return any(_comparable(wording) in comparable for wording in wordings)


def _comparable(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))|\s|\[\d+\]", "", normalise(text))
