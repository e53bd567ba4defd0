"""Whether an answer begins with the answer.

The first sentence is direct where an expected fact stands in it; where the question asks for yes or no and it says so;
or where rules decided the case and it gives the verdict. All by the patterns of directness.yaml. An answer that begins
by saying what it lacks is not direct.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from assistant.evaluation.cases import Case
from assistant.evaluation.matching import holds
from assistant.evaluation.records import Record
from assistant.evaluation.shown import first_sentence
from assistant.texts import load_data
from index.types import Language


def direct(case: Case, record: Record) -> bool:
    """Whether the first sentence of an answer answers the question."""
    first = first_sentence(record.text, record.language)
    if any(holds(first, wordings) for wordings in case.expect.facts):
        return True
    if record.assessment is not None and _pattern("verdict", record.language).search(first):
        return True
    asks = _pattern("asks_yes_or_no", case.language).search(case.question.strip())
    return bool(asks and record.reason is None and _pattern("says_yes_or_no", record.language).search(first))


@cache
def _pattern(name: str, language: Language) -> re.Pattern[str]:
    words = load_data(Path(__file__).with_suffix(".yaml"))
    return re.compile(words[name][str(language)].strip(), re.I)
